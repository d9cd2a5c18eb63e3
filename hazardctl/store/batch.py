"""Rows gathered and written many at a time, by the statements that the table classes make."""

from __future__ import annotations

from operator import itemgetter

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel, insert, update

ENOUGH = 2_000  # rows of one table that are gathered before they are written

Values = dict[str, object]


class Batch:
    """The rows of one transaction that are not written yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._gathered: dict[type[SQLModel], list[Values]] = {}

    def add(self, table: type[SQLModel], row: Values) -> bool:
        """Gather a row; tells whether it is time to write."""
        rows = self._gathered.setdefault(table, [])
        rows.append(row)
        return len(rows) >= ENOUGH

    def write(self) -> None:
        """Insert all that is gathered.

        The rows go to the driver as they are: SQLAlchemy's own handling of their values costs
        more than the database's work.
        """
        for table, rows in self._gathered.items():
            made = insert(table_of(table)).compile(dialect=self._connection.dialect)
            names = made.positiontup or []
            values = itemgetter(*names)
            self._connection.exec_driver_sql(str(made), [values(row) for row in rows])
        self._gathered.clear()

    def replace(self, table: type[SQLModel], row: Values) -> None:
        """Change the row of an id."""
        target = table_of(table)
        self._connection.execute(update(target).where(target.c.id == row["id"]).values(row))


def table_of(table: type[SQLModel]) -> Table:
    """The table that a class declares."""
    found: Table = table.__table__  # type: ignore[attr-defined]  # SQLModel leaves it untyped
    return found
