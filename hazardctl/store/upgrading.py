"""How a ledger of an earlier program is brought up to this one: whole, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel, delete

from hazardctl.domain.hazard import Stamp
from hazardctl.errors import Damaged
from hazardctl.store import proof
from hazardctl.store.batch import Batch, table_of
from hazardctl.store.book import Book
from hazardctl.store.lookups import IS_HAZARD
from hazardctl.store.registry import MET
from hazardctl.store.replay import Row, Unfollowable, Written, life
from hazardctl.store.schema import MIGRATIONS, VERSION
from hazardctl.store.speaking import Speaking
from hazardctl.store.sqlite import Reading, look
from hazardctl.store.tables import (
    CardRow,
    EvidenceRow,
    HazardRow,
    LineRow,
    LookbackRow,
    PastRow,
    RequestRow,
    Setting,
)
from hazardctl.store.transaction import schema_version, transaction

_OF_A_HAZARD: dict[str, type[SQLModel]] = {
    "hazard": HazardRow,
    "card": CardRow,
    "line": LineRow,
    "past": PastRow,
    "evidence": EvidenceRow,
    "lookback": LookbackRow,
}


def upgrade(path: Path, stamp: Stamp) -> bool:
    """Bring the schema of a ledger up to date in one transaction; tells whether it was needed.

    All other tables are made anew from the events. Raises Damaged if these are not whole, and
    what `look` raises.
    """
    look(path)
    with transaction(path, undoes=True) as connection:  # it sorts whole tables: not in memory
        said = Speaking(connection)
        version = schema_version(said)
        if version >= VERSION:
            return False  # another desk was here first
        for migration in MIGRATIONS[version:]:
            for statement in migration.sqlite:
                connection.exec_driver_sql(statement)
        _rebuild(connection, path)
        connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
        book = Book(said, replace(stamp, request=None))
        _meet(book)
        book.note("schema-migrated", {"from": version, "to": VERSION})
        book.finish()
        _whole(connection, path)
    return True


def _meet(book: Book) -> None:
    """Register the enterprises of hazards that were entered before there was a register."""
    columns = ("number", "found_on", *MET)
    for row in book.ask(f"SELECT {', '.join(columns)} FROM hazard ORDER BY id"):
        told = dict(zip(columns, row, strict=True))
        book.register.meet(told, named_in=told["number"], on=told["found_on"], by=book.stamp.by)


def _rebuild(connection: Connection, path: Path) -> None:
    """Make every table but the events, and who reported, anew from the events."""
    batch = Batch(Speaking(connection))
    told: list[type[SQLModel]] = [*_OF_A_HAZARD.values(), RequestRow, Setting]
    for table in told:
        connection.execute(delete(table_of(table)))
    for tables in _told(connection, path):
        for name, rows in tables.items():
            for row in rows:
                if batch.add(_OF_A_HAZARD[name], row):
                    batch.write()
    batch.write()
    for name, value in proof.told_settings(Reading(_driver(connection)).ask).items():
        batch.add(Setting, {"name": name, "value": value})
    for ident, content, first, last in proof.told_requests(_whole(connection, path)):
        batch.add(RequestRow, {"id": ident, "content": content, "first": first, "last": last})
    batch.write()


def _told(connection: Connection, path: Path) -> Iterator[dict[str, list[Row]]]:
    """The rows of all hazards in the order of their numbers; raises Damaged."""
    rows = connection.exec_driver_sql(
        "SELECT subject, seq, subject_seq, kind, actor, body FROM event"
        f" WHERE {IS_HAZARD} ORDER BY subject, subject_seq"
    )
    for number, events in groupby(rows, key=itemgetter(0)):
        try:
            yield life(number, (Written(*event[1:]) for event in events)).tables()
        except Unfollowable as fault:
            raise Damaged(path=str(path), reason=f"event {fault.seq}") from fault


def _whole(connection: Connection, path: Path) -> proof.Chain:
    """The chain as this transaction sees it; raises Damaged if it is broken."""
    book, seen = Reading(_driver(connection)), proof.Chain()
    broken = list(proof.links(book, proof.begun_as(book.ask) or "", seen))
    if broken or book.ask("PRAGMA foreign_key_check"):
        raise Damaged(path=str(path), reason=f"event {broken[0].seq}" if broken else "foreign key")
    return seen


def _driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection: the questions of the reading side are asked through it."""
    driver = connection.connection.dbapi_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
