"""A hazard that is about to be entered: all of its rows that does not depend on its number."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from hazardctl.domain.hazard import Event
from hazardctl.store import rows
from hazardctl.store.cards import TOLD, card, line, seen

FIELDS = rows.FIELDS[1:]  # the columns after the number


class Entry(NamedTuple):
    """The first event of a hazard and what it makes, but for the number and the chain.

    It holds texts, whole numbers and bytes alone, so that another process may have made it.
    """

    kind: str
    by: str
    on: str
    body: str  # of the event, still open for what the transaction adds
    values: Sequence[object]  # of FIELDS
    likeness: bytes

    def value(self, name: str) -> str | None:
        """A column that holds text."""
        found = self.values[_PLACES[name]]
        return None if found is None else str(found)

    def text(self, name: str) -> str:
        """A column that every hazard has."""
        return str(self.values[_PLACES[name]])

    @property
    def state(self) -> str:
        """The state that the hazard is entered in."""
        return str(self.values[_STATE])

    def printed(self, number: str) -> tuple[str, str]:
        """The card and the line of the hazard under a number."""
        told = seen(_told((number, *self.values)))
        return card(told), line(told)


_PLACES = {name: at for at, name in enumerate(FIELDS)}
_STATE = _PLACES["state"]
_columns = itemgetter(*FIELDS)
_told = itemgetter(*map(rows.FIELDS.index, TOLD))  # of the number and the columns after it


def entry(event: Event) -> Entry:
    """What the event that enters a hazard makes of it."""
    changes = rows.plain(event.changes)
    row = {**rows.BLANK, **rows.joined(changes)}
    return Entry(
        kind=event.kind,
        by=event.by,
        on=event.on.isoformat(),
        body=rows.open_body(event, changes),
        values=_columns(row),
        likeness=rows.likeness_of(row),
    )
