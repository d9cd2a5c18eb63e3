"""How a writing transaction is opened: a book for one of them, on a ledger that is up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import insert

from hazardctl.domain.hazard import Stamp
from hazardctl.domain.rules import Rules
from hazardctl.errors import NoLedger, NotALedger, Unreachable, Unsettled
from hazardctl.store.book import Book
from hazardctl.store.ids import ids
from hazardctl.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from hazardctl.store.sqlite import engine, look, make, must_be_current, refusal
from hazardctl.store.tables import Setting

# What goes wrong while a connection is closed is raised; beside that it would be told on stderr.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


@contextmanager
def writing(
    path: Path, stamp: Stamp, *, begin: Rules | None = None, undoes: bool = False
) -> Iterator[Book]:
    """A book open for one transaction: saved whole when the block ends, or not at all.

    `begin` makes a ledger with those rules where none stands yet; `undoes` if much of what is
    written may be undone within it. Raises NoLedger, OlderLedger and whatever says that the file
    cannot be used.
    """
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
            raise NoLedger(path=str(path))
        yield book
        book.finish()


@contextmanager
def transaction(path: Path, *, undoes: bool = False) -> Iterator[Connection]:
    """One transaction that has locked the ledger; what the database says no to is a refusal.

    Raises Unsettled if the disk fails while the transaction ends: it may be saved even so.
    """
    is_ending = False
    try:
        with engine(path, undoes=undoes).begin() as connection:
            yield connection
            is_ending = True
    except DBAPIError as fault:
        refused = refusal(path, fault.orig or fault)
        if is_ending and isinstance(refused, Unreachable):
            raise Unsettled(**refused.facts) from fault
        raise refused from fault


def schema_version(connection: Connection) -> int:
    """The version of the schema that stands there, 0 where none does."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def _begun(connection: Connection, path: Path, stamp: Stamp, rules: Rules) -> Book:
    """Make the schema and the first events, in the transaction that is open."""
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar():
        raise NotALedger(path=str(path), what="other-database")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    for migration in MIGRATIONS:
        for statement in migration.sqlite:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
    ledger_id = next(ids(stamp.at))
    connection.execute(insert(Setting), [{"name": "ledger_id", "value": ledger_id}])
    book = Book(connection, stamp)
    book.note("ledger-begun", {"ledger_id": ledger_id})
    book.set_rules({"prefix": rules.prefix})
    return book
