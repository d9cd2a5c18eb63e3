"""Rows gathered and written many at a time, by the statements that the table classes make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter

from sqlalchemy import Connection, Table, bindparam
from sqlmodel import SQLModel, insert, update

ENOUGH = 2_000  # rows of one table that are gathered before they are written

Values = dict[str, object]


class Batch:
    """The rows of one transaction that are not written yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._gathered: dict[type[SQLModel], list[Sequence[object]]] = {}

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

        The rows go to the driver as they are: SQLAlchemy's own handling of their values costs
        more than the database's work. So does the driver's of each None: columns that no row
        fills are left out.
        """
        for table, rows in self._gathered.items():
            filled = _filled(rows)
            names = list(itemgetter(*filled)(table_of(table).columns.keys()))
            made = insert(table_of(table)).compile(
                dialect=self._connection.dialect, column_keys=names
            )
            assert made.positiontup == names
            self._connection.exec_driver_sql(str(made), list(map(itemgetter(*filled), rows)))
        self._gathered.clear()

    def forget(self) -> None:
        """Write nothing of what is gathered."""
        self._gathered.clear()

    def replace(self, table: type[SQLModel], row: Values) -> None:
        """Change the row of an id."""
        target = table_of(table)
        self._connection.execute(update(target).where(target.c.id == row["id"]).values(row))

    def replace_all(self, table: type[SQLModel], rows: Sequence[Values]) -> None:
        """Change the rows of their ids."""
        if not rows:
            return
        target = table_of(table)
        columns = [column.name for column in target.columns if column.name != "id"]
        made = update(target).where(target.c.id == bindparam("_id"))
        self._connection.execute(
            made.values({name: bindparam(name) for name in columns}),
            [{**{name: row[name] for name in columns}, "_id": row["id"]} for row in rows],
        )


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
