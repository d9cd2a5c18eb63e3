"""A whole ledger carried to another place: its events first, then every table beside them.

Until it is finished the version of what stands there is negative, so that nobody takes it for a
ledger; whoever carries it again goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Table
from sqlmodel import SQLModel

from hazardctl.errors import OlderLedger
from hazardctl.store import lookups, tables
from hazardctl.store.batch import Batch, table_of
from hazardctl.store.conditions import Ask
from hazardctl.store.opening import Reading, look
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import HalfCopied, OccupiedTarget, Overtaken
from hazardctl.store.schema import VERSION
from hazardctl.store.speaking import Speaking
from hazardctl.store.sqlite import make
from hazardctl.store.transaction import (
    make_schema,
    mark_version,
    schema_version,
    transaction,
)
from hazardctl.store.versions import must_be_current

AT_ONCE = 5_000  # rows that are read and written before the next are
_EVENTS = tables.EventRow


def _tables() -> list[type[SQLModel]]:
    found = (one for one in vars(tables).values() if isinstance(one, type))
    return [one for one in found if issubclass(one, SQLModel) and hasattr(one, "__table__")]


_BESIDE = [one for one in _tables() if one is not _EVENTS]

Came = Callable[[int], None]  # told how many more rows have come
Row = Sequence[Any]


class Begun(NamedTuple):
    """What stands where a ledger is carried to: how many of its events, and whether it is one."""

    had: int
    is_ledger: bool


def look_at(target: Place) -> None:
    """Raises what says that a place is no good, before anything is touched there."""
    with suppress(HalfCopied):
        look(target)


def begin(target: Place, must_be_behind: Callable[[Ask], None]) -> Begun:
    """Make a place ready to be carried into; what is there and is a ledger stays one.

    `must_be_behind` looks at what stands there, and raises what says that nothing may come to it.
    Raises NotALedger, NewerLedger, OccupiedTarget, and what says that the place cannot be used.
    """
    look_at(target)
    if isinstance(target, Server):
        from hazardctl.store.serving import prepare

        prepare(target)
    else:
        make(target)
    with _speaking(target) as said:
        version, ask = schema_version(said), said.ask
        try:
            is_begun = must_be_current(target, abs(version))
        except OlderLedger:
            raise OccupiedTarget(path=str(target), what="older-ledger") from None
        had = lookups.head(ask)[0] if is_begun else 0
        if version > 0 or had:
            must_be_behind(ask)
        if version > 0:
            return Begun(had, is_ledger=True)
        if not is_begun:
            make_schema(said, target)
            mark_version(said, -VERSION)
        return Begun(had, is_ledger=False)


def total(source: Reading) -> int:
    """How many rows there are to carry."""
    names = [table_of(made).name for made in _tables()]
    return sum(source.ask(f"SELECT count(*) FROM {name}")[0][0] for name in names)


def events(source: Reading, target: Place, *, after: int, came: Came) -> None:
    """Carry the events after a place, so many at once; each lot is saved before the next is read.

    Raises Overtaken if somebody else carries them too.
    """
    for lot in _lots(_after(source, after)):
        with _going_on(target, lot[0][0] - 1) as said:
            _insert(said, _EVENTS, lot)
            said.keep_head(*lookups.head(said.ask))
        came(len(lot))


def beside(source: Reading, target: Place, *, n: int, came: Came) -> None:
    """Carry every other table of a ledger of so many events, each whole in a transaction.

    What is there and equal stays. Raises Overtaken as `events` does.
    """
    for made in _BESIDE:
        with _going_on(target, n) as said:
            _replace(source, said, made, came)


def bring_up_to_date(source: Reading, target: Place, *, after: int, came: Came) -> None:
    """Carry all that is new to a ledger that is one: in one transaction, so that it stays one.

    Raises Overtaken if somebody writes to it meanwhile.
    """
    with _speaking(target) as said:
        if lookups.head(said.ask)[0] != after:
            raise Overtaken(path=str(target))
        for lot in _lots(_after(source, after)):
            _insert(said, _EVENTS, lot)
            came(len(lot))
        for made in _BESIDE:
            _replace(source, said, made, came)
        said.keep_head(*lookups.head(said.ask))


def finish(target: Place, *, n: int) -> None:
    """From now on it is a ledger, of so many events; what is one already stays one.

    Raises Overtaken if somebody else has carried more to it.
    """
    with _speaking(target) as said:
        if schema_version(said) < 0:
            if lookups.head(said.ask)[0] != n:
                raise Overtaken(path=str(target))
            mark_version(said, VERSION)


@contextmanager
def _speaking(target: Place) -> Iterator[Speaking]:
    with transaction(target) as connection:
        yield Speaking(connection)


@contextmanager
def _going_on(target: Place, n: int) -> Iterator[Speaking]:
    """A transaction on what is still on its way, and has come so far; raises Overtaken."""
    with _speaking(target) as said:
        if schema_version(said) != -VERSION or lookups.head(said.ask)[0] != n:
            raise Overtaken(path=str(target))
        yield said


def _after(source: Reading, place: int) -> Iterator[Row]:
    sql = f"{_selected(table_of(_EVENTS))} WHERE seq > ? ORDER BY seq"
    return source.each(sql, (place,))


def _replace(source: Reading, said: Speaking, made: type[SQLModel], came: Came) -> None:
    """Put the rows of a table in the place of those that are there, unless they are equal."""
    table = table_of(made)
    keys = ", ".join(column.name for column in table.primary_key)
    sql = f"{_selected(table)} ORDER BY {keys}"
    if _hashed(said.each(sql, AT_ONCE)) != _hashed(source.each(sql)):
        said.change(f"DELETE FROM {table.name}")
        for lot in _lots(source.each(sql)):
            _insert(said, made, lot)
            came(len(lot))


def _selected(table: Table) -> str:
    return f"SELECT {', '.join(table.columns.keys())} FROM {table.name}"


def _lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while lot := list(islice(waiting, AT_ONCE)):
        yield lot


def _insert(said: Speaking, made: type[SQLModel], rows: Sequence[Row]) -> None:
    batch = Batch(said)
    for row in rows:
        batch.put(made, tuple(row))
    batch.write()


def _hashed(rows: Iterable[Row]) -> bytes:
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(repr(tuple(row)).encode())
    return hashed.digest()
