"""How a ledger is copied while others write to it, and how a finished file gets its name."""

from __future__ import annotations

import filecmp
import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from hazardctl.errors import Busy, NoFolder, Unreachable
from hazardctl.store import proof
from hazardctl.store.conditions import Ask
from hazardctl.store.evidence import settle
from hazardctl.store.place import Place, Server
from hazardctl.store.replay import ODD
from hazardctl.store.sqlite import PATIENCE, Reading, explained, make, reading, refusal

_UNTOLD = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# The copying of pages tells its fault as a number alone.
_FAULTS = {
    getattr(sqlite3, name): name
    for name in (
        *("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY"),
        *("SQLITE_CORRUPT", "SQLITE_NOTADB"),
    )
}
_OF_THE_TARGET = frozenset({"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY"})


@dataclass(frozen=True, slots=True)
class Stand:
    """Which ledger it is, and how far: its id, how many events, the hash of the last in hex."""

    ledger_id: str
    n: int
    head: str


def stand(ask: Ask) -> Stand | None:
    """How a ledger stands; None if its rows cannot tell."""
    try:
        ((n, head),) = _rows(ask, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", ())
        return Stand(str(proof.begun_as(ask)), int(n), bytes(head).hex())
    except ODD:
        return None


def head_at(ask: Ask, seq: int) -> str | None:
    """The hash of the event of that number, in hex; None if there is none."""
    try:
        ((head,),) = _rows(ask, "SELECT hash FROM event WHERE seq = ?", (seq,))
        return bytes(head).hex()
    except ODD:
        return None


def _rows(ask: Ask, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    """The rows that answer; none of what is no ledger, or not whole."""
    try:
        return ask(sql, values)
    except sqlite3.Error as fault:
        if fault.sqlite_errorcode & 0xFF not in _UNTOLD:
            raise
        return []


def has_no_log(path: Path) -> bool:
    """Whether a database has no write-ahead log: a copy that we made has none."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\1\1"


@contextmanager
def room(target: Place) -> Iterator[Path]:
    """A folder for its owner alone, beside a file that is to be made; it goes with all in it.

    There is none beside a server: it is where what is passing is kept.

    Raises NoFolder, Unreachable.
    """
    if isinstance(target, Server):
        with tempfile.TemporaryDirectory(prefix="hazardctl-") as passing:
            yield Path(passing)
        return
    made = target.parent / f".hazardctl-{secrets.token_hex(8)}.tmp"
    try:
        try:
            _make(made, target)
            yield made
        except Unreachable as fault:  # whoever reads of it knows the file alone
            if Path(str(fault.facts["path"])).parent != made:
                raise
            raise type(fault)(**{**fault.facts, "path": str(target)}) from fault
        finally:
            shutil.rmtree(made, ignore_errors=True)
    finally:  # a Ctrl-C may have struck in there
        shutil.rmtree(made, ignore_errors=True)


def _make(made: Path, target: Path) -> None:
    try:
        made.mkdir(mode=0o700)
    except FileNotFoundError:
        raise NoFolder(path=str(target), folder=str(target.parent)) from None
    except OSError as fault:
        raise unreachable(target, fault) from None


def copy(source: Path, target: Path) -> None:
    """Copy a ledger as it stands at one moment to a new file, and on to the disk.

    Raises what `reading` raises; Unreachable for the new file.
    """
    with reading(source) as book:
        book.ask("SELECT count(*) FROM sqlite_schema")  # all of it is read as of this moment
        copied(book, source, target)


def keep_copy(source: Path, target: Path) -> Path:
    """Copy a ledger to a file that is to stay: whole or absent, and over nothing else.

    Returns where it is: at the target, or beside it if something else stands there. Raises what
    `copy` raises.
    """
    with room(target) as beside:
        draft = beside / target.name
        copy(source, draft)
        return publish_as(draft, target)


def publish(draft: Path, target: Path) -> None:
    """Give a finished file its name; raises FileExistsError, or another OSError."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from None
        os.rename(draft, target)
    settle(target.parent)


def publish_as(draft: Path, target: Path) -> Path:
    """Give a finished file this name, or the next that is free or holds the same; returns it.

    Raises Unreachable.
    """
    for path in _names(target):
        try:
            publish(draft, path)
        except FileExistsError:
            with suppress(OSError):
                if not path.is_symlink() and filecmp.cmp(draft, path, shallow=False):
                    return path
        except OSError as fault:
            raise unreachable(target, fault) from None
        else:
            return path
    raise AssertionError("the names do not end")


def _names(target: Path) -> Iterator[Path]:
    yield target
    for number in count(2):
        yield target.with_name(f"{target.stem}-{number}{target.suffix}")


def copied(book: Reading, source: Path, target: Path) -> None:
    """Copy an open ledger to a new file, and on to the disk. Raises Unreachable, Damaged."""
    make(target)
    with explained(target), closing(sqlite3.connect(target, isolation_level=None)) as new:
        new.execute("PRAGMA journal_mode=OFF")  # it is whole when it gets its name, not before
        new.execute("PRAGMA synchronous=OFF")
        filled(book, source, new, target)
        new.execute("PRAGMA journal_mode=DELETE")
    try:
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as fault:
        raise unreachable(target, fault) from None


def filled(book: Reading, source: Path, other: sqlite3.Connection, target: Path) -> None:
    """Copy an open ledger into another database, in one transaction of that.

    Raises Busy, Unreachable, Damaged.
    """
    told = [sqlite3.SQLITE_OK]

    def watch(status: int, _left: int, _all: int) -> None:
        told[0] = status & 0xFF
        if told[0] in _BUSY:  # it would be tried for ever
            raise Busy(path=str(target), seconds=PATIENCE)

    with explained(source):
        try:
            book.copy_to(other, watch=watch)
        except sqlite3.OperationalError as fault:
            name = _FAULTS.get(told[0], "")
            fault.sqlite_errorname = name
            raise refusal(target if name in _OF_THE_TARGET else source, fault) from fault


def unreachable(path: Place, fault: OSError) -> Unreachable:
    """The refusal that stands for a fault of the system."""
    return Unreachable(path=str(path), reason=fault.strerror or type(fault).__name__)
