"""Rows gathered and written many at a time, into the tables and columns of the table classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter

from sqlalchemy import Table
from sqlmodel import SQLModel

from hazardctl.store.speaking import Speaking

ENOUGH = 2_000  # rows of one table that are gathered before they are written

Values = dict[str, object]


class Batch:
    """The rows of one transaction that are not written yet."""

    def __init__(self, said: Speaking) -> None:
        self._said = said
        self._gathered: dict[type[SQLModel], list[Sequence[object]]] = {}

    def __bool__(self) -> bool:
        """Whether anything is gathered."""
        return bool(self._gathered)

    def add(self, table: type[SQLModel], row: Values) -> bool:
        """Gather a row; tells whether it is time to write."""
        return self.put(table, in_order(table)(row))

    def put(self, table: type[SQLModel], values: Sequence[object]) -> bool:
        """Gather a row whose values are in the order of the table's columns."""
        rows = self._gathered.setdefault(table, [])
        rows.append(values)
        return len(rows) >= ENOUGH

    def write(self) -> None:
        """Insert all that is gathered.

        The rows go to the driver as they are, in plain statements: SQLAlchemy's own handling of
        their values, or the making of a statement by it, costs more than the database's work. So
        does the driver's handling of each None: columns that no row fills are left out.
        """
        for table, rows in self._gathered.items():
            filled = _filled(rows)
            names = itemgetter(*filled)(table_of(table).columns.keys())
            marks = ", ".join("?" * len(names))
            sql = f"INSERT INTO {table_of(table).name} ({', '.join(names)}) VALUES ({marks})"
            self._said.change(sql, *map(itemgetter(*filled), rows))
        self._gathered.clear()

    def forget(self) -> None:
        """Write nothing of what is gathered."""
        self._gathered.clear()

    def replace(self, table: type[SQLModel], *rows: Values) -> None:
        """Change the rows of their ids; all have the same columns."""
        if rows:
            names = [name for name in rows[0] if name != "id"]
            told = ", ".join(f"{name} = ?" for name in names)
            sql = f"UPDATE {table_of(table).name} SET {told} WHERE id = ?"
            self._said.change(sql, *map(itemgetter(*names, "id"), rows))


def _filled(rows: Sequence[Sequence[object]]) -> list[int]:
    """The places in which any of the rows has a value; no table has fewer than two such columns."""
    return [
        at
        for at, values in enumerate(zip(*rows, strict=True))
        if values[0] is not None or values.count(None) < len(values)
    ]


def table_of(table: type[SQLModel]) -> Table:
    """The table that a class declares."""
    found: Table = table.__table__  # type: ignore[attr-defined]  # SQLModel leaves it untyped
    return found


@cache
def in_order(table: type[SQLModel]) -> Callable[[Values], Sequence[object]]:
    """Takes the values of a row in the order of the table's columns."""
    return itemgetter(*table_of(table).columns.keys())
