"""The replay of a ledger, here and in a process of its own."""

from __future__ import annotations

import json
import pickle
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from hazardctl.store import replaying
from hazardctl.store.replaying import replayed
from hazardctl.store.versions import admitted
from tests.builders import a_ledger, added

WHOLE = [(-(2**63 - 1), 20_220_000_002), (20_220_000_002, 2**63 - 1)]
HERE, APART = 1 << 60, 0  # from which size on a ledger is large


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = a_ledger(tmp_path)
    for _ in range(3):
        added(made)
    return made


def altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        for statement in statements:
            book.execute(statement)


def test_a_sound_ledger_is_sound_in_either_process(path: Path) -> None:
    for large in (HERE, APART):
        assert replayed(path, prefix="YH", parts=WHOLE, large=large) == []
    assert replaying._apart(path, "YH", WHOLE) == [], "the other process came to no end"


def test_the_same_is_found_in_either_process(path: Path) -> None:
    altered(
        path,
        "UPDATE hazard SET district = '别处' WHERE id % 10 = 1",
        "DELETE FROM card WHERE id % 10 = 3",
    )
    here, apart = (replayed(path, prefix="YH", parts=WHOLE, large=large) for large in (HERE, APART))
    assert here == apart
    assert [one.code for one in here] == ["row-differs", "row-missing"]


def test_a_copy_that_is_being_proved_is_read_by_the_other_process_too(path: Path) -> None:
    altered(path, "PRAGMA user_version = -3")
    with admitted(path):
        assert replaying._apart(path, "YH", WHOLE) == [], "the other process came to no end"


def test_what_cannot_be_read_is_told_from_either_process(path: Path) -> None:
    altered(path, "DROP TABLE event")
    here, apart = (replayed(path, prefix="YH", parts=WHOLE, large=large) for large in (HERE, APART))
    assert here == apart
    assert {one.code for one in here} == {"unreadable"}


@pytest.mark.skipif(sys.platform == "win32", reason="there a process that ends is not seen so")
def test_a_replay_ends_with_the_one_who_asked_for_it(path: Path) -> None:
    code = (
        "import json,os,sys;sys.path[:]=json.loads(sys.argv[1]);"
        "from hazardctl.store import replaying;"
        "replaying._here=lambda *_: __import__('time').sleep(60);"
        "replaying.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdin
        pickle.dump((path, "YH", WHOLE), child.stdin)
        child.stdin.flush()
        time.sleep(0.5)
        child.stdin.close()
        assert child.wait(timeout=10) == 1
