"""How a ledger file is opened: looked at as bytes first, then read, or written to."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hazardctl.errors import (
    Busy,
    CannotKeep,
    Damaged,
    NoFolder,
    NoLedger,
    NotALedger,
    Unreachable,
    Unusable,
)
from hazardctl.store import schema
from hazardctl.store.schema import APPLICATION_ID, MIGRATIONS
from hazardctl.store.versions import must_be_known

if TYPE_CHECKING:
    from sqlalchemy import Engine

Row = tuple[Any, ...]
_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # what a journal of SQLite begins with
PATIENCE = 30  # seconds to wait for another desk
_AT_ONCE = 2048  # pages that are copied before anybody is asked whether to go on
SYNC = {"delete": ("EXTRA", 3), "wal": ("FULL", 2)}  # never NORMAL, never DELETE with FULL


def look(path: Path) -> int | None:
    """The schema version of the ledger at `path`, None if none was begun; read as bytes.

    Raises NotALedger, NewerLedger, Unreachable, before SQLite touches the file.
    """
    try:
        if path.is_dir():
            raise NotALedger(path=str(path), what="folder")
        if path.exists() and not path.is_file():
            raise NotALedger(path=str(path), what="device")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise Unreachable(path=str(path), reason=fault.strerror or type(fault).__name__) from None
    if not head:
        return None
    if not head.startswith(b"SQLite format 3\0") or len(head) < 100:
        if _is_being_begun(path):
            return None
        raise NotALedger(path=str(path), what="not-a-database")
    version = int.from_bytes(head[60:64], "big", signed=True)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotALedger(path=str(path), what="other-database")
    return must_be_known(path, version)


def _is_being_begun(path: Path) -> bool:
    """Whether the file was empty before a change that is not saved yet, or never was.

    Of a large first change SQLite writes other pages before the first one; its journal says how
    many pages there were before.
    """
    try:
        with Path(f"{os.path.realpath(path)}-journal").open("rb") as journal:
            head = journal.read(20)
    except OSError:
        return False
    return head.startswith(_JOURNAL) and head[16:] == bytes(4)


def is_to_be_undone(path: Path) -> bool:
    """Whether a change was begun and not saved: its journal goes when it is saved, or undone."""
    try:
        return os.path.getsize(f"{os.path.realpath(path)}-journal") > 0
    except OSError:
        return False


def settled(_path: Path) -> None:
    """Nothing is on its way once its desk is gone: it was saved, or is undone."""


def make(path: Path) -> None:
    """An empty file that only its owner may read; one that is already there is left alone.

    Raises NoFolder, Unreachable.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except FileNotFoundError:
        raise NoFolder(path=str(path), folder=str(path.parent)) from None
    except OSError as fault:
        raise Unreachable(path=str(path), reason=fault.strerror or type(fault).__name__) from None


class Reading:
    """One reading transaction; what is asked is fetched before it ends."""

    engine = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def version(self) -> int:
        """The version of the schema as this transaction sees it, 0 where no ledger was begun."""
        return int(self.ask("PRAGMA user_version")[0][0])

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that answer a question."""
        return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The same rows one by one, for an answer that is large; only within the transaction."""
        return iter(self._connection.execute(sql, values))

    def columns(self, table: str) -> list[str]:
        """The columns of a table in their order; none if it is not there."""
        here = self.ask("SELECT 1 FROM main.sqlite_schema WHERE name = ?", (table,))
        return [column[1] for column in self.ask(f"PRAGMA table_info({table})")] if here else []

    def objects(self) -> dict[str, str]:
        """What the database is made of: tables, indexes and triggers by name, as written."""
        return schema.objects(self.ask)

    def complaints(self) -> Iterator[str]:
        """What the database itself says of its pages, its indexes and its references."""
        for (said,) in self.ask("PRAGMA integrity_check"):
            if said != "ok":
                yield said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        for row in self.ask("PRAGMA foreign_key_check"):
            yield f"foreign key: {row[0]} {row[1]}"

    def teach(self, name: str, function: Callable[..., bool]) -> None:
        """Make a function of ours known to SQL, for this transaction."""
        self._connection.create_function(name, -1, function, deterministic=True)

    def copy_to(
        self, other: sqlite3.Connection, *, watch: Callable[[int, int, int], object]
    ) -> None:
        """Copy every page, as this transaction sees it, into another database: all or nothing."""
        self._connection.backup(other, pages=_AT_ONCE, progress=watch)


@contextmanager
def reading(path: Path, *, texts: Callable[[bytes], object] = str) -> Iterator[Reading]:
    """A ledger opened to be read: never made, never changed, seen as of one moment.

    `texts` makes texts of their bytes, where they may be damaged. Not `mode=ro`: after a crash
    that cannot roll the journal back. Raises NoLedger and what `look` and `explained` raise.
    """
    if look(path) is None:
        raise NoLedger(path=str(path))
    with explained(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,  # one thread at a time asks it, and need not have opened it
        )
        try:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("BEGIN")
            connection.text_factory = texts
            book = Reading(connection)
            if _is_none(book, path):
                raise NoLedger(path=str(path))
            _look_current(connection)
            yield book
        finally:
            connection.close()


def expected(_path: Path, version: int) -> dict[str, str]:
    """What a ledger of that version is made of."""
    return schema.expected(version)


def _look_current(connection: sqlite3.Connection) -> None:
    """Give an earlier ledger, for this reader alone, what a later one has and it lacks."""
    try:
        ((version,),) = connection.execute("PRAGMA user_version").fetchall()
        lacking = [line for step in MIGRATIONS[abs(version) :] for line in step.seen]
        if not lacking:
            return
        connection.execute("PRAGMA query_only=OFF")
        for line in lacking:
            connection.execute(line)
        connection.execute("PRAGMA query_only=ON")
    except sqlite3.DatabaseError:
        connection.execute("PRAGMA query_only=ON")  # it is damaged: whoever asks is told


def version_seen(_path: Path, book: Any, said: int) -> int:
    """The version of the schema in a transaction; what the bytes `said` if it cannot be asked."""
    try:
        return abs(int(book.version))
    except sqlite3.Error:
        return said


def _is_none(book: Reading, path: Path) -> bool:
    """Whether there is no ledger after all, now that what a killed desk left is healed.

    What is damaged is one: whoever asks is told, and its proof goes on. Raises NewerLedger.
    """
    try:
        is_made = must_be_known(path, book.version) or book.ask("SELECT 1 FROM sqlite_schema")
    except sqlite3.Error as fault:
        if isinstance(refusal(path, fault), Damaged):
            return False
        raise
    return not is_made


def engine(path: Path, *, journal: str = "delete", undoes: bool = False) -> Engine:
    """The one way to write: settings are set and read back, and every transaction locks first.

    What SQLite keeps beside the file to undo a single statement is in memory, unless the
    transaction `undoes` much at once: on the disk it costs more than the statement itself.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.engine import URL
    from sqlalchemy.pool import NullPool

    level, code = SYNC[journal]
    options: dict[str, Any] = {"timeout": PATIENCE, "isolation_level": None}
    if sys.version_info >= (3, 12):  # the driver's default changes in Python 3.16
        options["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    url = URL.create("sqlite", database=str(path.absolute()))
    made = create_engine(url, poolclass=NullPool, connect_args=options)

    @event.listens_for(made, "connect")
    def settle(connection: sqlite3.Connection, _record: object) -> None:
        for line in (
            f"busy_timeout={PATIENCE * 1000}",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "cell_size_check=ON",
            "fullfsync=ON",
            "checkpoint_fullfsync=ON",
            "page_size=8192",
            "cache_size=-32768",
            f"temp_store={'FILE' if undoes else 'MEMORY'}",
            f"journal_mode={journal}",
            f"synchronous={level}",
        ):
            connection.execute(f"PRAGMA {line}")
        kept = tuple(
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        )
        if kept != (journal, code, 1, PATIENCE * 1000):
            raise CannotKeep(kept=kept)

    @event.listens_for(made, "handle_error")
    def keep(context: Any) -> None:
        # A Ctrl-C within a statement would have the connection thrown away as it is: its lock
        # stays while anything of the statement is remembered. It is rolled back as ever instead.
        context.is_disconnect = False

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What the database says no to, told as a refusal of ours.

    Raises Busy, Damaged, NotALedger, Unreachable.
    """
    try:
        yield
    except sqlite3.Error as fault:
        raise refusal(path, fault) from fault
    except UnicodeDecodeError as fault:  # the words of a damaged schema, in what SQLite says of it
        raise Damaged(path=str(path), reason=str(fault)) from fault


def refusal(path: Path, fault: BaseException) -> Unusable:
    """The refusal that stands for a fault of SQLite."""
    name = getattr(fault, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(path=str(path), seconds=PATIENCE)
    if name.startswith("SQLITE_NOTADB"):
        return NotALedger(path=str(path), what="not-a-database")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_SCHEMA")):
        return Damaged(path=str(path), reason=str(fault))
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return Unreachable(path=str(path), reason=str(fault))
    return Damaged(path=str(path), reason=str(fault))
