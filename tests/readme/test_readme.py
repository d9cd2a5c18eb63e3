"""The README says what the program does: its console blocks run and print what they show."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hazardctl.cli.table import COMMANDS

README = Path(__file__).parents[2] / "README.md"
TEXT = README.read_text("utf-8")


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        line, _, printed = part.partition("\n")
        yield line, printed


def test_every_console_block_prints_what_it_shows(tmp_path: Path) -> None:
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
    }
    blocks = re.findall(r"^```console\n(.*?)^```", TEXT, flags=re.M | re.S)
    assert len(blocks) >= 3
    for block in blocks:
        for line, printed in commands(block):
            if line.startswith("export "):
                environment |= dict(word.split("=", 1) for word in shlex.split(line)[1:])
                continue
            done = subprocess.run(
                ["bash", "-c", line],
                cwd=tmp_path,
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            assert done.stdout == printed, line


def test_the_quick_start_is_two_commands() -> None:
    quick = TEXT.split("## Quick start")[1].split("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", quick, flags=re.M | re.S)
    assert [block.count("\n") for block in blocks] == [1, 1]


@pytest.mark.parametrize("command", sorted({key.split()[0] for key in COMMANDS}))
def test_every_command_is_in_the_readme(command: str) -> None:
    table = TEXT.split("## Commands")[1].split("\n## ")[0]
    assert f"`{command}" in table
