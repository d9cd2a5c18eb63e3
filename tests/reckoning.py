"""The figures and filters of design.md §4 and §5, counted one hazard at a time.

It shares nothing with the SQL of the store: what both agree on is what the design says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hazardctl.domain.figures import Counts
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.words import State
from hazardctl.store.chain import START, chained

WAITING_TO_BE_DONE = {"registered", "assigned", "rectifying"}
DONE = {"submitted", "verified", "closed"}
NOT_COUNTED = {"void", "transferred"}


def population(hazards: Iterable[Hazard]) -> list[Hazard]:
    """Those of the hazards that a summary counts."""
    return [hazard for hazard in hazards if hazard.state not in NOT_COUNTED]


def is_overdue(hazard: Hazard, as_of: date) -> bool:
    """Whether it should have been rectified by the day before."""
    late = hazard.due_on is not None and hazard.due_on < as_of
    return late and hazard.state in WAITING_TO_BE_DONE


def is_due_soon(hazard: Hazard, as_of: date, days: int) -> bool:
    """Whether it is to be rectified from that day on until so many days later."""
    soon = hazard.due_on is not None and as_of <= hazard.due_on <= as_of + timedelta(days=days)
    return soon and hazard.state in WAITING_TO_BE_DONE


def is_in_time(hazard: Hazard, due_on: date | None) -> bool:
    """Whether it was rectified by a due date."""
    rectified_on = hazard.rectified_on
    return bool(hazard.state in DONE and rectified_on and due_on and rectified_on <= due_on)


def counts(hazards: Iterable[Hazard], as_of: date, *, soon: int = 10) -> Counts:
    """The figures of hazards as they stand at the end of a day."""
    counted = population(hazards)
    due = [hazard for hazard in counted if hazard.due_on and hazard.due_on <= as_of]
    originally = [one for one in counted if one.original_due_on and one.original_due_on <= as_of]
    closed = [hazard for hazard in counted if hazard.state == "closed"]
    return Counts(
        found=len(counted),
        found_major=sum(hazard.severity == "major" for hazard in counted),
        closed=len(closed),
        closed_major=sum(hazard.severity == "major" for hazard in closed),
        awaiting_verification=sum(hazard.state == "submitted" for hazard in counted),
        awaiting_sign_off=sum(hazard.state == "verified" for hazard in counted),
        due_soon=sum(is_due_soon(hazard, as_of, soon) for hazard in counted),
        overdue=sum(is_overdue(hazard, as_of) for hazard in counted),
        due=len(due),
        on_time=sum(is_in_time(hazard, hazard.due_on) for hazard in due),
        due_original=len(originally),
        on_time_original=sum(is_in_time(hazard, hazard.original_due_on) for hazard in originally),
        reopened=sum(hazard.cycle > 1 for hazard in counted),
    )


def key(hazard: Hazard, by: str) -> str | None:
    """The group of a hazard; several campaigns are one group, each on its line."""
    match by:
        case "month":
            return hazard.found_on.isoformat()[:7]
        case "leader":
            return hazard.case_leader
        case "person":
            return hazard.responsible_person
        case "campaign":
            return "\n".join(hazard.campaigns) or None
        case _:
            value = getattr(hazard, by)
            return str(value) if value else None


def grouped(
    hazards: Iterable[Hazard], as_of: date, *, by: str, soon: int = 10
) -> dict[str | None, Counts]:
    """The figures of each group that has any."""
    groups: dict[str | None, list[Hazard]] = {}
    for hazard in population(hazards):
        groups.setdefault(key(hazard, by), []).append(hazard)
    return {name: counts(group, as_of, soon=soon) for name, group in groups.items()}


def passes(hazard: Hazard, wanted: Filter, as_of: date) -> bool:
    """Whether a hazard is one of those that a filter means."""
    found_on, due_on = hazard.found_on, hazard.due_on
    return (
        _is_one_of(hazard.industry, wanted.industry)
        and _is_one_of(hazard.state, wanted.state)
        and _is_one_of(hazard.severity, wanted.severity)
        and _is_one_of(hazard.source, wanted.source)
        and _is_named(hazard.enterprise, wanted.enterprise)
        and _is_named(hazard.district, wanted.district)
        and _is_named(hazard.case_leader, wanted.leader)
        and _is_named(hazard.responsible_person, wanted.person)
        and (
            not wanted.campaign or any(_is_named(one, wanted.campaign) for one in hazard.campaigns)
        )
        and (not wanted.open or hazard.state in WAITING_TO_BE_DONE | {"submitted", "verified"})
        and (wanted.since is None or found_on >= wanted.since)
        and (wanted.until is None or found_on <= wanted.until)
        and (wanted.due_before is None or (due_on is not None and due_on < wanted.due_before))
        and (not wanted.overdue or is_overdue(hazard, as_of))
        and (wanted.due_soon is None or is_due_soon(hazard, as_of, wanted.due_soon))
        and (not wanted.text or any(_says(hazard, text) for text in wanted.text))
    )


def _is_one_of(value: str | None, wanted: Sequence[str]) -> bool:
    return not wanted or (value is not None and str(value) in wanted)


def _is_named(value: str | None, wanted: Sequence[str]) -> bool:
    return not wanted or (value is not None and bare(value) in {bare(one) for one in wanted})


def bare(name: str) -> str:
    """A name as names are compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _says(hazard: Hazard, text: str) -> bool:
    told = (
        *(hazard.number, hazard.description, hazard.location, hazard.enterprise),
        *(hazard.measures, hazard.remark),
    )
    return any(text.lower() in said.lower() for said in told if said)


def state_on(hazard: Hazard, day: date) -> State:
    """The state at the end of a day that the record speaks for, told from its own days."""
    if (hazard.since_on or hazard.found_on) <= day:
        return hazard.state
    told = (
        (hazard.closed_on, State.CLOSED),
        (hazard.verified_on, State.VERIFIED),
        (hazard.submitted_on or hazard.rectified_on, State.SUBMITTED),
        (hazard.rectifying_on, State.RECTIFYING),
        (hazard.assigned_on, State.ASSIGNED),
    )
    return next((state for on, state in told if on and on <= day), State.REGISTERED)


def first_broken(
    ledger_id: str, rows: Iterable[Sequence[object]], *, seq: int = 0, head: bytes = START
) -> int | None:
    """The `seq` of the first row that does not follow, None if all do.

    Rows are `seq, prev, hash` and then the `FIELDS`; they begin after `seq`, whose hash is `head`.
    """
    for place, prev, hashed, *parts in rows:
        seq += 1
        if place != seq or prev != head or hashed != chained(ledger_id, head, seq, parts):
            return seq
        head = hashed
    return None
