"""A process that reads beside this one, and does not come to its end."""

from __future__ import annotations

import pickle
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from queue import Queue
from subprocess import PIPE

import pytest

from hazardctl.cli.beside import _listen, _next
from hazardctl.intake.refusals import Damaged
from tests.intake.telling import options

WAITS = "import time;time.sleep(60)"


def heard_of(content: bytes) -> Queue[bytes]:
    heard: Queue[bytes] = Queue()
    _listen(BytesIO(content), heard)
    return heard


def test_what_was_cut_off_is_not_heard() -> None:
    whole, cut = b"\0" * 7 + b"\3abc", b"\0" * 7 + b"\3ab"
    heard = heard_of(whole + cut)
    assert [heard.get(), heard.get(), heard.empty()] == [b"abc", b"", True]


def test_a_file_whose_reader_was_killed_is_refused() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITS]) as child:
        child.kill()
        with pytest.raises(Damaged) as refused:
            _next(child, heard_of(b""), "a.csv")
    assert refused.value.facts["file"] == "a.csv"


def test_a_reader_that_nobody_hears_any_more_ends_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"甲厂,灯坏{number},2022-10-05\n" for number in range(2_000))
    path.write_text(f"企业名称,隐患描述,发现日期\n{rows}", encoding="utf-8")
    given = {name: value for name, value in vars(options()).items() if name != "taxonomy"}
    start = "from hazardctl.cli.beside import main;main()"
    with subprocess.Popen(
        [sys.executable, "-c", start], stdin=PIPE, stdout=PIPE, stderr=PIPE
    ) as it:
        assert it.stdin
        assert it.stdout
        assert it.stderr
        it.stdout.close()
        it.stdin.write(pickle.dumps((path, given, "")))
        it.stdin.close()
        assert it.stderr.read() == b""


def test_a_reader_that_failed_of_itself_is_a_fault_of_ours() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as child,
        pytest.raises(RuntimeError, match=r"a\.csv ended with 3"),
    ):
        _next(child, heard_of(b""), "a.csv")
