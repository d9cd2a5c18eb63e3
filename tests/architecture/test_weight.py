"""What is loaded before it is needed: a fresh interpreter tells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.domain.assigning import Order
from hazardctl.ledger import writing
from tests.builders import FOUND, WHAT, stamp

HEAVY = (
    *("sqlmodel", "sqlalchemy", "pydantic", "xlsxwriter", "openpyxl", "python_calamine"),
    *("docx", "jinja2", "zhconv", "chinese_calendar", "charset_normalizer"),
)
TOLD = f"""
import sys
from hazardctl.cli.main import run
status = run(sys.argv[1:])
loaded = [name for name in {HEAVY!r} + ("rich",) if name in sys.modules]
sys.stderr.write(f"LOADED {{status}} {{' '.join(loaded)}}")
"""


def loaded(path: Path, *line: str, **environment: str) -> tuple[int, list[str]]:
    """The status of a command line, and what of the heavy libraries it loaded."""
    known = {"HAZARDCTL_LEDGER": str(path), "HAZARDCTL_LANG": "en", "HOME": str(path.parent)}
    done = subprocess.run(
        [sys.executable, "-c", TOLD, *line],
        env={**os.environ, **known, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    status, *names = done.stderr.split("LOADED ")[1].split()
    return int(status), names


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    writing.add(path, stamp(), what=WHAT, found_on=FOUND, order=Order())
    return path


@pytest.mark.parametrize(
    "line",
    [
        "--help",
        "--version",
        "add --help",
        "close --help",
        "import --help",
        "show 1 -f json",
        "log 1 -f json",
        "list -f json",
        "list -f csv",
        "list --industry 花炮 --overdue --since 2022-01-01 -f json",
        "report -f json",
        "report --by month --as-of 2022-06-01 -f csv",
        "industries -f json",
        "config show -f json",
    ],
)
def test_reading_and_help_load_nothing_heavy(line: str, ledger: Path) -> None:
    assert loaded(ledger, *line.split()) == (0, [])


@pytest.mark.parametrize("line", ["show 1", "log", "list", "report", "industries"])
def test_a_table_loads_the_terminal_and_nothing_else(line: str, ledger: Path) -> None:
    status, names = loaded(ledger, *line.split())
    assert status == 0
    assert set(names) <= {"rich"}


def test_a_change_does_load_the_database_side(ledger: Path) -> None:
    status, names = loaded(ledger, "--as", "甲", "void", "1", "--reason", "误录")
    assert status == 0
    assert {"sqlmodel", "sqlalchemy"} <= set(names)  # else the test above could not fail


def test_completion_loads_nothing_heavy(ledger: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "hazardctl"],
        env={
            **os.environ,
            "HAZARDCTL_LEDGER": str(ledger),
            "_HAZARDCTL_COMPLETE": "complete_bash",
            "COMP_WORDS": "hazardctl re",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == {"reject", "reopen", "report"}
    assert not [name for name in HEAVY if f" {name}\n" in done.stderr]
