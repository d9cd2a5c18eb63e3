"""A whole ledger carried to another place: its events first, then every table beside them.

Until it is finished the version of what stands there is negative, so that nobody takes it for a
ledger; whoever carries it again goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from hazardctl.store import lookups, tables
from hazardctl.store.batch import Batch, table_of
from hazardctl.store.conditions import Ask
from hazardctl.store.opening import Reading, look
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import HalfCopied, Overtaken
from hazardctl.store.schema import VERSION, must_be_current
from hazardctl.store.sqlite import make
from hazardctl.store.transaction import (
    keep_head,
    make_schema,
    mark_version,
    schema_version,
    transaction,
)

AT_ONCE = 5_000  # rows that are read and written before the next are
_EVENTS = tables.EventRow


def _tables() -> list[type[SQLModel]]:
    found = (one for one in vars(tables).values() if isinstance(one, type))
    return [one for one in found if issubclass(one, SQLModel) and hasattr(one, "__table__")]


_BESIDE = [one for one in _tables() if one is not _EVENTS]

Came = Callable[[int], None]  # told how many more rows have come
Row = Sequence[Any]


def begin(target: Place, is_wanted: Callable[[Ask], bool]) -> int | None:
    """Make a place ready to be carried into; returns how many events have come already.

    `is_wanted` is asked of what stands there, and whether more is to come to it: else it is left
    as it is, and this returns None. Raises NotALedger, NewerLedger, OlderLedger, what the question
    raises, and what says that the place cannot be used.
    """
    with suppress(HalfCopied):
        look(target)
    if isinstance(target, Server):
        from hazardctl.store.serving import prepare

        prepare(target)
    else:
        make(target)
    with transaction(target) as connection:
        version = schema_version(connection)
        ask = _asking(connection)
        if not must_be_current(target, abs(version)):
            make_schema(connection, target)
        elif version > 0 or lookups.head(ask)[0]:
            is_behind = is_wanted(ask)
            if version > 0 and not is_behind:
                return None
        mark_version(connection, -VERSION)
        return lookups.head(ask)[0]


def total(source: Reading) -> int:
    """How many rows there are to carry."""
    names = [table_of(made).name for made in _tables()]
    return sum(source.ask(f"SELECT count(*) FROM {name}")[0][0] for name in names)


def events(source: Reading, target: Place, *, after: int, came: Came) -> None:
    """Carry the events after a place, so many at once; each lot is saved before the next is read.

    Raises Overtaken if somebody else carries them too.
    """
    rows = source.each(f"{_selected(table_of(_EVENTS))} WHERE seq > ? ORDER BY seq", (after,))
    for lot in _lots(rows):
        with transaction(target) as connection:
            if lookups.head(_asking(connection))[0] != lot[0][0] - 1:
                raise Overtaken(path=str(target))
            _insert(connection, _EVENTS, lot)
            keep_head(connection, _asking(connection))
        came(len(lot))


def beside(source: Reading, target: Place, *, came: Came) -> None:
    """Carry every other table, each whole in a transaction; what is there and equal stays."""
    for made in _BESIDE:
        table = table_of(made)
        keys = ", ".join(column.name for column in table.primary_key)
        sql = f"{_selected(table)} ORDER BY {keys}"
        with transaction(target) as connection:
            if _hashed(_streamed(connection, sql)) != _hashed(source.each(sql)):
                connection.exec_driver_sql(f"DELETE FROM {table.name}")
                for lot in _lots(source.each(sql)):
                    _insert(connection, made, lot)
                    came(len(lot))


def finish(target: Place, *, is_whole: bool = True) -> None:
    """From now on it is a ledger; or is not, where it turned out to be none."""
    with transaction(target) as connection:
        mark_version(connection, VERSION if is_whole else -VERSION)


def _asking(connection: Connection) -> Ask:
    return lambda sql, values: list(connection.exec_driver_sql(sql, tuple(values)).fetchall())


def _selected(table: Table) -> str:
    return f"SELECT {', '.join(table.columns.keys())} FROM {table.name}"


def _lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while lot := list(islice(waiting, AT_ONCE)):
        yield lot


def _insert(connection: Connection, made: type[SQLModel], rows: Sequence[Row]) -> None:
    batch = Batch(connection)
    for row in rows:
        batch.put(made, tuple(row))
    batch.write()


def _streamed(connection: Connection, sql: str) -> Iterator[Row]:
    """The rows of the place that is written to, never all of them at once."""
    options = {"stream_results": True, "yield_per": AT_ONCE}
    yield from connection.exec_driver_sql(sql, execution_options=options)


def _hashed(rows: Iterable[Row]) -> bytes:
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(repr(tuple(row)).encode())
    return hashed.digest()
