"""A process that reads beside this one, and does not come to its end."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from queue import Queue

import pytest

from hazardctl.cli.beside import _listen, _next
from hazardctl.intake.refusals import Damaged

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


def test_a_reader_that_failed_of_itself_is_a_fault_of_ours() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as child,
        pytest.raises(RuntimeError, match=r"a\.csv ended with 3"),
    ):
        _next(child, heard_of(b""), "a.csv")
