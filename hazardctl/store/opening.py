"""How a ledger is opened, wherever it stands: what is asked of either engine, chosen here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import PostgresNotInstalled

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from hazardctl.errors import Unusable

Row = tuple[Any, ...]


class Reading(Protocol):
    """One reading transaction: the ledger as of one moment."""

    engine: str  # sqlite, postgresql

    @property
    def version(self) -> int:
        """The version of the schema, 0 where no ledger was begun."""

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that answer a question."""

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The same rows one by one, for an answer that is large; only within the transaction."""

    def columns(self, table: str) -> list[str]:
        """The columns of a table in their order; none if it is not there."""

    def objects(self) -> dict[str, str]:
        """What the database is made of, by name, each as it was made."""

    def complaints(self) -> Iterable[str]:
        """What the database itself says is wrong with it."""


class Engines(Protocol):
    """What either engine module answers."""

    def look(self, place: Any) -> int | None:
        """The schema version of the ledger there, None if none was begun."""

    def reading(
        self, place: Any, *, texts: Callable[[bytes], object] = ...
    ) -> AbstractContextManager[Reading]:
        """A ledger opened to be read."""

    def explained(self, place: Any) -> AbstractContextManager[None]:
        """What the database says no to, told as a refusal of ours."""

    def refusal(self, place: Any, fault: BaseException) -> Unusable:
        """The refusal that stands for a fault of the database."""

    def version_seen(self, place: Any, book: Any, said: int) -> int:
        """The version of the schema in a transaction; what was `said` if it cannot be asked."""

    def is_to_be_undone(self, place: Any) -> bool:
        """Whether a change was begun and not saved, and stands in the way."""

    def settled(self, place: Any) -> None:
        """Wait until no change is on its way."""

    def engine(self, place: Any, *, undoes: bool = ...) -> Engine:
        """The one way to write: every transaction locks the ledger first.

        `undoes` if much may be undone within one.
        """

    def expected(self, place: Any, version: int) -> dict[str, str]:
        """What `objects` tells of a ledger of that version."""


def kept_by(place: Place) -> Engines:
    """The engine that keeps a ledger; raises PostgresNotInstalled."""
    if isinstance(place, Server):
        try:
            from hazardctl.store import postgres
        except ImportError:
            raise PostgresNotInstalled(package="hazardctl[postgres]") from None
        return postgres
    from hazardctl.store import sqlite

    return sqlite


def look(place: Place) -> int | None:
    """The schema version of the ledger there, None if none was begun.

    Raises NotALedger, NewerLedger, Unreachable.
    """
    return kept_by(place).look(place)


def reading(
    place: Place, *, texts: Callable[[bytes], object] = str
) -> AbstractContextManager[Reading]:
    """A ledger opened to be read: never made, never changed, seen as of one moment.

    `texts` makes texts of their bytes, where a file may be damaged. Raises NoLedger and what
    `look` and `explained` raise.
    """
    return kept_by(place).reading(place, texts=texts)


def explained(place: Place) -> AbstractContextManager[None]:
    """What the database says no to, told as a refusal of ours.

    Raises Busy, Damaged, NotALedger, Unreachable, Overtaken.
    """
    return kept_by(place).explained(place)


def expected(place: Place, version: int) -> dict[str, str]:
    """What `Reading.objects` tells of a ledger of that version."""
    return kept_by(place).expected(place, version)


def version_seen(place: Place, book: Reading, said: int) -> int:
    """The version of the schema in a transaction; what was `said` if it cannot be asked."""
    return kept_by(place).version_seen(place, book, said)


def is_to_be_undone(place: Place) -> bool:
    """Whether a change was begun and not saved, and stands in the way."""
    return kept_by(place).is_to_be_undone(place)


def settled(place: Place) -> None:
    """Wait until no change is on its way: one whose desk is gone may still be being saved.

    Raises Busy, and what says that the ledger is unusable.
    """
    kept_by(place).settled(place)
