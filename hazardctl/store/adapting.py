"""How the driver of a server takes what is said to SQLite, and gives what SQLite gives."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.types.numeric import NumericBinaryLoader, NumericLoader

from hazardctl.store.dialect import question

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]


class Question(psycopg.Cursor[Row]):
    """A cursor that takes SQL as SQLite does."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        """Ask, or change."""
        return super().execute(question(query), tuple(params or ()), **more)

    def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
        """Change many times."""
        super().executemany(question(query), params_seq, **more)


class _Whole(NumericLoader):
    """A sum is a whole number here as it is in SQLite."""

    def load(self, data: Any) -> Any:
        return int(super().load(data))


class _WholeBinary(NumericBinaryLoader):
    """The same from its bytes."""

    def load(self, data: Any) -> Any:
        return int(super().load(data))


class _Flag(Dumper):
    """A flag is a number here as it is in SQLite."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


def as_sqlite_gives(connection: Connection) -> Connection:
    """The connection, and values come through it as they come from SQLite."""
    connection.adapters.register_loader("numeric", _Whole)
    connection.adapters.register_loader("numeric", _WholeBinary)
    return connection


def as_sqlite_takes(connection: Connection) -> Connection:
    """The connection, and values are written through it as they are to SQLite."""
    connection.adapters.register_dumper(bool, _Flag)
    return connection
