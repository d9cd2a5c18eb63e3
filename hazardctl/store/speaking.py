"""What is said to the database in a writing transaction: to a server, several things at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from hazardctl.store.conditions import Ask

_HEAD = "UPDATE chain_head SET seq = ?, hash = ? WHERE chain = 1"

Lookup = Callable[[Ask], object]
Question = tuple[str, tuple[object, ...]]


class Speaking:
    """The statements of one transaction.

    A server is spoken to through its driver, which need not wait for each answer: what it says no
    to is raised where it answers, at the latest when what was said together ends.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_server = connection.dialect.name == "postgresql"
        self._server: Any = connection.connection.dbapi_connection if self.is_server else None
        self._is_together = False
        # What was asked, and where the answer is or will be: some of it as the lock was asked for.
        self._ahead: dict[Question, Any] = connection.info.pop("answers", {})

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows that answer a question."""
        answer = self._ahead.pop((sql, tuple(values)), None) or self._said(sql, values)
        return list(answer.fetchall())

    def each(self, sql: str, count: int) -> Iterator[Any]:
        """The rows that answer a question one by one, so many of them fetched at a time."""
        options = {"stream_results": True, "yield_per": count}
        yield from self._connection.exec_driver_sql(sql, execution_options=options)

    def change(self, sql: str, *rows: Sequence[object]) -> None:
        """Change the database, once with each of these values; no answer is known any more."""
        self._ahead.clear()
        if len(rows) < 2:
            self._said(sql, *rows)
        elif self.is_server:
            with self._faults():
                self._server.cursor().executemany(sql, rows)
        else:
            self._connection.exec_driver_sql(sql, [*map(tuple, rows)])

    def ahead(self, *lookups: Lookup) -> None:
        """Ask a server together what these would ask first; they find the answers there."""
        if self.is_server:
            with self.together():
                self._ahead = {asked: self._said(*asked) for asked in map(first, lookups)}

    def keep_head(self, seq: int, hash: bytes) -> None:
        """Note the last event where every writer on a server locks first; a file needs no note."""
        if self.is_server:
            self.change(_HEAD, (seq, hash))

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is said to a server within it needs one way there and back, not one each."""
        if self._is_together or not self.is_server:
            yield
            return
        self._is_together = True
        try:
            with self._faults(), self._server.pipeline():
                yield
        finally:
            self._is_together = False

    def _said(self, sql: str, values: Sequence[object] = ()) -> Any:
        if self.is_server:
            with self._faults():
                return self._server.execute(sql, values)
        return self._connection.exec_driver_sql(sql, tuple(values))

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What the driver raises, in the words of SQLAlchemy, as if it had stood between."""
        try:
            yield
        except self._connection.dialect.loaded_dbapi.Error as fault:
            if self._server.closed:
                self._connection.invalidate(fault)  # nothing is to be rolled back any more
            raise DBAPIError(None, None, fault) from fault


class _Asked(Exception):
    """A lookup has come to its first question."""


def first(lookup: Lookup) -> Question:
    """What a lookup asks first; no answer is given to it."""
    asked: list[Question] = []

    def ask(sql: str, values: Sequence[object] = ()) -> list[Any]:
        asked.append((sql, tuple(values)))
        raise _Asked

    with suppress(_Asked):
        lookup(ask)
    return asked[0]
