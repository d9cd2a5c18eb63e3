"""Opening a file: looked at as bytes first, refused by name, and touched only if it is ours."""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hazardctl.domain.filter import Filter
from hazardctl.domain.rules import Rules
from hazardctl.errors import (
    Busy,
    Damaged,
    LedgerExists,
    NewerLedger,
    NoFolder,
    NoLedger,
    NotALedger,
    Unreachable,
    Unusable,
)
from hazardctl.ledger import reading, writing
from hazardctl.store.schema import APPLICATION_ID, VERSION
from hazardctl.store.sqlite import SYNC, engine, look
from hazardctl.store.sqlite import reading as opened
from tests.builders import TODAY, a_ledger, added, day, moved, stamp
from tests.reference import Move

Act = Callable[[Path], object]


def reads(path: Path) -> object:
    """A reading command."""
    return reading.listing(path, Filter(), TODAY)


def adds(path: Path) -> object:
    """A writing command that would make a ledger."""
    return added(path)


def begins(path: Path) -> None:
    """The command that makes a ledger."""
    writing.begin(path, stamp(), Rules())


def acts(path: Path) -> object:
    """A writing command that needs a ledger."""
    return moved(path, "1", Move("void", "赵六", day(1)))


EVERY: list[Act] = [reads, adds, begins, acts]


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refused(act: Act, path: Path, kind: type[Unusable], folder: Path) -> Unusable:
    """The refusal of an act, which must leave every byte of the folder as it was."""
    before = everything_in(folder)
    with pytest.raises(kind) as refusal:
        act(path)
    assert everything_in(folder) == before
    return refusal.value


# what is no ledger


@pytest.mark.parametrize("act", EVERY)
@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("not-a-database", "编号,隐患\n1,堆放\n".encode()),
        ("not-a-database", b"\0"),
        ("not-a-database", b"SQLite format 3\0"),
        ("not-a-database", b"PK\x03\x04" + bytes(200)),
        ("not-a-database", bytes(100)),
        ("other-database", b"SQLite format 3\0" + bytes(100)),
    ],
)
def test_a_foreign_file_is_not_touched(act: Act, what: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    assert refused(act, path, NotALedger, tmp_path).facts["what"] == what


@pytest.mark.parametrize("act", EVERY)
def test_another_programs_database_is_not_touched(act: Act, tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photo(id INTEGER)")
    assert refused(act, path, NotALedger, tmp_path).facts["what"] == "other-database"


@pytest.mark.parametrize("act", EVERY)
def test_a_folder_is_no_ledger(act: Act, tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    path.mkdir()
    assert refused(act, path, NotALedger, tmp_path).facts["what"] == "folder"


@pytest.mark.parametrize("act", EVERY)
def test_a_pipe_is_no_ledger_and_nobody_waits_for_it(act: Act, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert refused(act, path, NotALedger, tmp_path).facts["what"] == "device"


@pytest.mark.parametrize("act", EVERY)
def test_a_newer_ledger_is_not_touched(act: Act, tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    content = bytearray(path.read_bytes())
    content[60:64] = struct.pack(">I", VERSION + 1)
    path.write_bytes(content)
    refusal = refused(act, path, NewerLedger, tmp_path)
    assert refusal.facts == {"path": str(path), "version": VERSION + 1, "known": VERSION}


@pytest.mark.parametrize("act", [adds, begins])
def test_a_folder_that_is_not_there_is_named(act: Act, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "ledger.db"
    assert refused(act, path, NoFolder, tmp_path).facts["folder"] == str(tmp_path / "nowhere")


@pytest.mark.parametrize("act", [reads, acts])
def test_where_no_folder_is_there_is_no_ledger(act: Act, tmp_path: Path) -> None:
    refused(act, tmp_path / "nowhere" / "ledger.db", NoLedger, tmp_path)


@pytest.mark.parametrize("act", EVERY)
def test_a_file_is_no_folder(act: Act, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    refused(act, tmp_path / "file" / "ledger.db", Unusable, tmp_path)


# a ledger that was not begun


@pytest.mark.parametrize("act", [reads, acts])
@pytest.mark.parametrize("is_there", [True, False])
def test_only_init_and_add_make_a_ledger(act: Act, is_there: bool, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    if is_there:
        path.write_bytes(b"")
    assert refused(act, path, NoLedger, tmp_path).facts == {"path": str(path)}


@pytest.mark.parametrize("act", [adds, begins])
@pytest.mark.parametrize("is_there", [True, False])
def test_an_empty_file_is_a_ledger_not_yet_begun(act: Act, is_there: bool, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    if is_there:
        path.write_bytes(b"")
    act(path)
    assert look(path) == VERSION
    header = path.read_bytes()[:100]
    assert struct.unpack(">I", header[68:72])[0] == APPLICATION_ID
    assert everything_in(tmp_path).keys() == {"ledger.db"}


def test_a_ledger_is_begun_once(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    before = path.read_bytes()
    with pytest.raises(LedgerExists):
        begins(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_its_owner_may_read_a_ledger(mask: int, tmp_path: Path) -> None:
    old = os.umask(mask)
    try:
        path = tmp_path / "ledger.db"
        added(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_reading_changes_nothing_and_leaves_nothing_beside_the_ledger(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    added(path)
    before = everything_in(tmp_path)
    reads(path)
    reading.history(path, None)
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("name", ["a b.db", "50%?#.db", "台账.db", "-rf.db", "file:x.db", "'.db"])
def test_a_ledger_may_have_any_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    adds(path)
    assert len(reading.listing(path, Filter(), TODAY)) == 1
    assert everything_in(tmp_path).keys() == {name}


# damaged, busy, write-protected


@pytest.mark.parametrize("act", [reads, acts])
@pytest.mark.parametrize("damage", ["cut", "overwritten", "only the header"])
def test_a_damaged_ledger_is_told_from_a_foreign_file(
    act: Act, damage: str, tmp_path: Path
) -> None:
    path = a_ledger(tmp_path)
    adds(path)
    content = path.read_bytes()
    path.write_bytes(
        {
            "cut": content[:8192],
            "overwritten": content[:100] + b"\xff" * (len(content) - 100),
            "only the header": content[:100],
        }[damage]
    )
    refused(act, path, Damaged, tmp_path)


@pytest.fixture
def others_folder() -> Iterator[Path]:
    """A folder that everyone may enter: another run of pytest would close those below its own."""
    with TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def become_nobody() -> None:
    """Give up the rights of the superuser, whom no permission stops; all is loaded before."""
    with TemporaryDirectory() as folder:
        for act in (adds, reads, acts):
            act(Path(folder) / "ledger.db")
    if os.getuid() == 0:
        os.setuid(65534)


def outcome(act: Act, path: Path) -> str:
    """The name of what comes of an act."""
    try:
        act(path)
    except Exception as fault:
        return type(fault).__name__
    return "done"


def as_somebody_else(path: Path, *acts: Act) -> list[str]:
    """What comes of acts by somebody whom permissions stop."""
    with get_context("spawn").Pool(1, become_nobody) as somebody:
        return somebody.starmap(outcome, [(act, path) for act in acts])


def test_a_write_protected_ledger_is_read_and_not_written(others_folder: Path) -> None:
    path = a_ledger(others_folder)
    adds(path)
    path.chmod(0o444)
    before = everything_in(others_folder)
    refusal = Unreachable.__name__
    assert as_somebody_else(path, reads, adds, acts) == ["done", refusal, refusal]
    assert everything_in(others_folder) == before


def test_a_ledger_that_one_may_not_read_is_not_taken_for_none(others_folder: Path) -> None:
    path = a_ledger(others_folder)
    path.chmod(0o000)
    assert set(as_somebody_else(path, *EVERY)) == {Unreachable.__name__}


def test_no_ledger_is_made_where_one_may_not_write(others_folder: Path) -> None:
    closed = others_folder / "closed"
    closed.mkdir(mode=0o555)
    outcomes = as_somebody_else(closed / "ledger.db", adds, reads)
    assert outcomes == [Unreachable.__name__, NoLedger.__name__]
    assert list(closed.iterdir()) == []


# the settings


def test_what_the_database_is_told_it_keeps(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with engine(path).begin() as connection:
        kept = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
        assert connection.exec_driver_sql("PRAGMA cell_size_check").scalar() == 1
    assert kept == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_no_setting_is_one_that_loses_what_was_acknowledged() -> None:
    assert SYNC == {"delete": ("EXTRA", 3), "wal": ("FULL", 2)}


def test_a_writer_locks_before_it_reads(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with (
        engine(path).begin(),
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_a_reader_can_never_write(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Unusable), opened(path) as book:
        book.ask("DELETE FROM setting")
    assert path.read_bytes() == before


@pytest.mark.long
def test_another_desk_is_waited_for_and_then_named(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (reads, adds):
            refused(act, path, Busy, tmp_path)
