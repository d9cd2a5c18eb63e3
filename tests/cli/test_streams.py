"""Streams that are closed, full or gone: what was saved is said to be, and nothing is doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.at_a_desk import PROGRAM, Desk

ADD = "--as 甲 add 堵塞 --industry 花炮 --enterprise 某厂"
READING = ["list", "list -f json", "show 1", "log", "report", "industries", "config show"]
WORDS = ["--help", "list --help", "--version"]
FULL = Path("/dev/full")

needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


def numbers(desk: Desk) -> list[str]:
    return [one["number"] for one in desk.does("list -f json").json]


@pytest.mark.parametrize("line", [*READING, *WORDS])
def test_a_reader_that_has_gone_ends_a_question_quietly(desk: Desk, line: str) -> None:
    desk.add()
    reader, writer = os.pipe()
    os.close(reader)
    done = desk.process(line, stdout=writer)
    os.close(writer)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_reader_that_has_gone_leaves_a_change_saved_and_said(desk: Desk, form: str) -> None:
    desk.add()
    reader, writer = os.pipe()
    os.close(reader)
    done = desk.process(f"{ADD} -f {form}", stdout=writer)
    os.close(writer)
    assert done.code == 8
    assert "Saved: YH-2022-00002." in done.err
    if form == "json":
        assert done.error["facts"]["numbers"] == ["YH-2022-00002"]
    assert numbers(desk) == ["YH-2022-00001", "YH-2022-00002"]


@needs_full
def test_a_full_disk_leaves_a_change_saved_and_said(desk: Desk) -> None:
    desk.in_state("registered")
    desk.in_state("registered")
    with FULL.open("wb") as full:
        done = desk.process("--as 甲 edit 1 2 --district x --lang zh", stdout=full)
    assert done.code == 8
    assert done.err.startswith("已保存：YH-2022-00001、YH-2022-00002。")
    assert desk.show("2")["district"] == "x"


@needs_full
@pytest.mark.parametrize("line", [*READING[:3], *WORDS])
def test_a_full_disk_is_told_by_a_question(desk: Desk, line: str) -> None:
    desk.add()
    with FULL.open("wb") as full:
        done = desk.process(line, stdout=full)
    assert done.code == 2
    assert done.err.startswith('{"error"' if "json" in line else "The answer cannot be written")
    assert done.err.count("\n") == 1


@needs_full
@pytest.mark.parametrize(
    "line", ["init --as 甲", "config set lang zh", "--as 甲 config set extensions 3"]
)
def test_whatever_was_saved_is_said_to_be(desk: Desk, line: str) -> None:
    if "init" not in line:
        desk.does("init", by="甲")
    with FULL.open("wb") as full:
        done = desk.process(line, stdout=full)
    assert done.code == 8
    assert done.err.startswith("Saved: ")


@needs_full
def test_an_import_that_cannot_be_told_is_saved_and_said(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    with FULL.open("wb") as full:
        done = desk.process("--as 甲 import a.csv", stdout=full)
        again = desk.process("--as 甲 import a.csv", stdout=full)
    assert (done.code, done.err.splitlines()[0][:13]) == (8, "Saved: a.csv.")
    assert again.code == 2  # nothing was new, so nothing was saved
    assert numbers(desk) == ["YH-2022-00001"]


def test_a_change_told_to_a_file_that_cannot_be_written_is_saved_and_said(desk: Desk) -> None:
    done = desk(f"{ADD} -o nowhere/a.json")
    assert done.code == 8
    assert done.err.startswith("Saved: YH-2022-00001. But the answer could not be written (")
    assert "No such file or directory" in done.err
    assert "{" not in done.err


@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        (">&-", 8, "Saved: YH-2022-00002."),
        ("2>&-", 0, ""),
        ("<&-", 0, ""),
        (">&- 2>&-", 8, ""),
        ("<&- >&- 2>&-", 8, ""),
        (">&- 2>/dev/full", 8, ""),
    ],
)
def test_a_change_survives_streams_that_are_closed(
    desk: Desk, closed: str, code: int, said: str
) -> None:
    desk.add()
    done = desk.shell(f"hazardctl {ADD} {closed}")
    assert done.code == code
    assert done.err.startswith(said)
    assert "Traceback" not in done.err
    assert numbers(desk) == ["YH-2022-00001", "YH-2022-00002"]
    with desk.ledger.open("rb") as ledger:
        assert ledger.read(15) == b"SQLite format 3"


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-", "2>/dev/full"])
@pytest.mark.parametrize("line", ["--as 甲 add x", "--as 甲 add x -f json", "bogus"])
def test_a_refusal_keeps_its_exit_status_when_nobody_hears_it(
    desk: Desk, line: str, closed: str
) -> None:
    assert desk.shell(f"hazardctl {line} {closed}").code == 2


def test_a_question_on_a_closed_stream_is_no_crash(desk: Desk) -> None:
    desk.add()
    for line in ("list", "list -f json", "--help", "--version"):
        done = desk.shell(f"hazardctl {line} >&-")
        assert done.code == 2, line
        assert "Traceback" not in done.err


def test_data_go_to_stdout_and_warnings_to_stderr(desk: Desk) -> None:
    major = desk(f"{ADD} --severity major -f json")
    assert json.loads(major.out)["severity"] == "major"
    assert major.err.startswith("YH-2022-00001: major without a basis.")
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    taken = desk("import a.csv", by="甲")
    assert taken.out.startswith("a.csv: 1 rows: 1 imported")
    assert taken.out.count("\n") == 1
    assert "name no industry" in taken.err
    refused = desk("show 99")
    assert (refused.out, refused.err != "") == ("", True)


def until_open(pid: int, path: Path) -> None:
    """Wait until a process has opened a file; where that cannot be seen, long enough."""
    handles = Path(f"/proc/{pid}/fd")
    end = time.monotonic() + 20
    while handles.is_dir() and time.monotonic() < end:
        if any(os.path.realpath(one) == str(path) for one in handles.iterdir()):
            break
        time.sleep(0.05)
    time.sleep(0.5 if handles.is_dir() else 3)


def test_an_interrupt_ends_with_130_and_saves_nothing(desk: Desk) -> None:
    """The ledger is held by another desk: the command waits, and is stopped while it does."""
    desk.add()
    before = desk.ledger.read_bytes()
    holder = subprocess.Popen(
        [
            PROGRAM[0],
            "-c",
            "import sqlite3,sys\n"
            "held = sqlite3.connect('ledger.db', isolation_level=None)\n"
            "held.execute('BEGIN IMMEDIATE')\n"
            "print('held', flush=True)\n"
            "sys.stdin.read()",
        ],
        cwd=desk.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    waiting = subprocess.Popen(
        [*PROGRAM, *ADD.split()],
        cwd=desk.folder,
        env=desk.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until_open(waiting.pid, desk.ledger)
    assert waiting.poll() is None
    waiting.send_signal(signal.SIGINT)
    time.sleep(0.2)
    holder.communicate(b"")
    out, err = waiting.communicate(timeout=40)
    assert (waiting.returncode, out) == (130, b"")
    assert err == b"Interrupted. Nothing was saved.\n"
    assert desk.ledger.read_bytes() == before
