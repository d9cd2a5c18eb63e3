"""How a ledger is begun on a PostgreSQL server: its tables, and the proof that its lock locks."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg

from hazardctl.errors import CannotKeep, NotALedger
from hazardctl.store import served
from hazardctl.store.adapting import Connection
from hazardctl.store.place import Server
from hazardctl.store.postgres import (
    LOCK,
    Reading,
    connect,
    found_tables,
    must_keep,
    schema_version,
)
from hazardctl.store.refusals import Overtaken
from hazardctl.store.served_refusals import explained

_SOON = "SET lock_timeout = '20ms'"  # it counts from when a lock is waited for
_BEGUN_BY_ANOTHER = ("42P07", "42723", "23505")  # a table, a function, a row of the catalog


def prepare(server: Server) -> None:
    """Make the tables of a ledger where none are, and prove that two desks keep each other out.

    No ledger is begun by it. Raises NotALedger, CannotKeep, Overtaken, Unreachable.
    """
    with explained(server), connect(server) as connection:
        must_keep(connection)
        book = Reading(connection)
        if schema_version(book.ask):
            return
        found = found_tables(book)
        connection.rollback()
        if not found:
            _change(connection, server, served.statements())
        elif found != served.tables():
            raise NotALedger(path=str(server), what="other-database")
        # Of its own: not every engine takes tables and rows in one transaction.
        _change(connection, server, [served.NO_EVENTS])
        with connect(server) as other:
            prove_lock(connection, other)


def _change(connection: Connection, server: Server, statements: Iterable[str]) -> None:
    """One transaction."""
    run = psycopg.Cursor(connection).execute
    try:
        for statement in statements:
            run(statement.encode())
        connection.commit()
    except psycopg.Error as fault:
        if fault.sqlstate in _BEGUN_BY_ANOTHER:  # another desk was here since we looked
            raise Overtaken(path=str(server)) from fault
        raise


def prove_lock(one: Connection, other: Connection) -> None:
    """Raises CannotKeep if two connections hold the head of the chain at once."""
    one.execute(LOCK)
    other.execute(_SOON)
    try:
        other.execute(LOCK)
    except psycopg.errors.LockNotAvailable:
        return
    finally:
        other.rollback()
        one.rollback()
    raise CannotKeep(kept="chain_head FOR UPDATE")
