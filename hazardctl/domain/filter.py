"""Which hazards are meant: the filters that `list`, `report` and `export` share."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Filter(NamedTuple):
    """What is asked for; several values of one are "or", different ones are "and"."""

    industry: tuple[str, ...] = ()  # slugs, children already included
    state: tuple[str, ...] = ()
    open: bool = False
    severity: tuple[str, ...] = ()
    enterprise: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    leader: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    since: date | None = None  # found_on, inclusive
    until: date | None = None  # found_on, inclusive
    due_before: date | None = None  # exclusive
    overdue: bool = False
    due_soon: int | None = None  # days ahead, inclusive
    text: tuple[str, ...] = ()

    def given(self) -> dict[str, object]:
        """The filters that were used, as plain values, days as text."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self._asdict().items()
            if value not in (None, (), False)
        }
