"""What stands in a ledger on a day that somebody must act on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from hazardctl.domain.alerts import WATCHES, Raised, Workday, limits, raised, worst_first
from hazardctl.domain.filter import Filter
from hazardctl.store import settings
from hazardctl.store.case_clocks import of_records
from hazardctl.store.clocks import of_hazards
from hazardctl.store.enterprise_clocks import of_enterprises
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


def alerts(
    path: Place,
    wanted: Filter,
    as_of: date,
    *,
    kinds: Collection[str],
    told: Mapping[str, Sequence[Mapping[str, Any]]],
    workday: Workday,
) -> list[Raised]:
    """The alerts of a filter at the end of a day, the worst first; of some kinds, or of all.

    `told` is what is known of laws and of the usual limits, `workday` reckons in working days.
    """
    with reading(path) as book:
        every = limits(settings.rules(book.ask), told, as_of)
        known = {
            name: limit
            for name, limit in every.items()
            if not kinds or WATCHES[name].alert in kinds
        }
        clocks = [
            clock
            for asked in (of_hazards, of_records, of_enterprises)
            for clock in asked(book.ask, wanted, as_of, known)
        ]
    found = [raised(clock, known[clock.watch], as_of, workday=workday) for clock in clocks]
    return worst_first([one for one in found if one])
