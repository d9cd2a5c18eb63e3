"""How a writing transaction is opened: a book for one of them, on a ledger that is up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import insert

from hazardctl.domain.hazard import Stamp
from hazardctl.domain.rules import Rules
from hazardctl.errors import Damaged, NoLedger, NotALedger, Unreachable, Unsettled
from hazardctl.store import lookups
from hazardctl.store.book import Book
from hazardctl.store.conditions import Ask
from hazardctl.store.ids import ids
from hazardctl.store.opening import kept_by, look
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import NotBegun
from hazardctl.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from hazardctl.store.sqlite import make
from hazardctl.store.tables import Setting
from hazardctl.store.versions import must_be_current

# What goes wrong while a connection is closed is raised; beside that it would be told on stderr.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


@contextmanager
def writing(
    path: Place, stamp: Stamp, *, begin: Rules | None = None, undoes: bool = False
) -> Iterator[Book]:
    """A book open for one transaction: saved whole when the block ends, or not at all.

    `begin` makes a ledger with those rules where none stands yet; `undoes` if much of what is
    written may be undone within it. Raises NoLedger, OlderLedger and whatever says that the file
    cannot be used.
    """
    if not isinstance(path, Server):
        stands = look(path) is not None
        if begin and not stands:
            make(path)
        elif not stands:
            raise NoLedger(path=str(path))
    with transaction(path, undoes=undoes) as connection:
        # Another desk may have been here since `look`, or been killed before it.
        if must_be_current(path, schema_version(connection)):
            book = Book(connection, stamp)
        elif begin:
            book = _begun(connection, path, stamp, begin)
        else:
            raise NotBegun(path=str(path)) if isinstance(path, Server) else NoLedger(path=str(path))
        yield book
        book.finish()
        keep_head(connection, book.ask)


@contextmanager
def transaction(path: Place, *, undoes: bool = False) -> Iterator[Connection]:
    """One transaction that has locked the ledger; what the database says no to is a refusal.

    Raises Unsettled if the disk fails while the transaction ends: it may be saved even so.
    """
    engines = kept_by(path)
    is_ending = False
    try:
        with engines.engine(path, undoes=undoes).begin() as connection:
            yield connection
            is_ending = True
    except Damaged as fault:
        if isinstance(path, Server) and look(path) is None:
            raise NotBegun(path=str(path)) from fault  # its head was not to be locked
        raise
    except DBAPIError as fault:
        refused = engines.refusal(path, fault.orig or fault)
        if isinstance(refused, Damaged) and isinstance(path, Server) and look(path) is None:
            raise NotBegun(path=str(path)) from fault  # nothing was there to be locked
        if is_ending and isinstance(refused, Unreachable):
            raise Unsettled(**refused.facts) from fault
        raise refused from fault


def keep_head(connection: Connection, ask: Ask) -> None:
    """Note the last event where every writer on a server locks first; a file needs no note."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_HEAD, lookups.head(ask))


def schema_version(connection: Connection) -> int:
    """The version of the schema that stands there, 0 where none does."""
    if connection.dialect.name == "postgresql":
        return int(connection.exec_driver_sql(_SCHEMA_VERSION).scalar() or 0)
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


# On a server: the row that everyone locks, and the version, of which there is none before a ledger.
_HEAD = "UPDATE chain_head SET seq = ?, hash = ? WHERE chain = 1"
_SCHEMA_VERSION = "SELECT version FROM schema_version"
_MARK = """INSERT INTO schema_version VALUES (1, ?)
 ON CONFLICT (one) DO UPDATE SET version = excluded.version"""


def _begun(connection: Connection, path: Place, stamp: Stamp, rules: Rules) -> Book:
    """Make the first events, and a file's schema, in the transaction that is open."""
    make_schema(connection, path)
    mark_version(connection, VERSION)
    ledger_id = next(ids(stamp.at))
    connection.execute(insert(Setting), [{"name": "ledger_id", "value": ledger_id}])
    book = Book(connection, stamp)
    book.note("ledger-begun", {"ledger_id": ledger_id})
    book.set_rules({"prefix": rules.prefix})
    return book


def make_schema(connection: Connection, path: Place) -> None:
    """Make the tables in a file; on a server they are there. Raises NotALedger."""
    if isinstance(path, Server):
        return
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar():
        raise NotALedger(path=str(path), what="other-database")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    for migration in MIGRATIONS:
        for statement in migration.sqlite:
            connection.exec_driver_sql(statement)


def mark_version(connection: Connection, version: int) -> None:
    """Note the version of the schema: what stands there is a ledger of it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_MARK, (version,))
    else:
        connection.exec_driver_sql(f"PRAGMA user_version={int(version)}")
