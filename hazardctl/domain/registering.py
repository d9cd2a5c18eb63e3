"""How a hazard enters the ledger, and how its description is corrected afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter

from hazardctl.domain.assigning import Deadline, reckon, set_due
from hazardctl.domain.hazard import Draft, Event, Hazard, Stamp
from hazardctl.domain.lifecycle import CORRECTION, Action, step, target
from hazardctl.domain.refusals import BasisNeeded, CaseLeaderNeeded, FutureDay, GradeSettled
from hazardctl.domain.words import UNRECTIFIED, Severity
from hazardctl.errors import NothingCorrected

_FIELDS = [one.name for one in fields(Hazard)]
_UNSTATED = [one.default for one in fields(Hazard)]
_values = attrgetter(*_FIELDS)


def register(
    stamp: Stamp,
    *,
    found_on: date,
    what: Mapping[str, object],
    deadline: Deadline | None = None,
) -> Event:
    """The event that enters a hazard, on the day it was found, perhaps with its due date.

    The book gives it its number. Raises FutureDay if it was found, or is entered, after today;
    NoDueDay, DueBeforeFound.
    """
    for what_day, on in (("found", found_on), ("registered", stamp.on)):
        if on > stamp.today:
            raise FutureDay(number=None, what=what_day, on=on, today=stamp.today)
    what = {**what, "campaigns": _each_once(what.get("campaigns"))}
    given = {name: value for name, value in what.items() if value not in (None, "", ())}
    days: dict[str, object] = dict.fromkeys(("found_on", "since_on", "from_on"), found_on)
    if deadline:
        days |= set_due(reckon(deadline, number=None, found_on=found_on, from_on=found_on))
    return Event(kind="registered", on=found_on, by=stamp.by, changes={**given, **days})


def take_in(draft: Draft, *, by: str, file: Mapping[str, object]) -> Event:
    """The event that enters a hazard as a file states it, with the raw row beside it."""
    stated = {
        name: value
        for name, value, default in zip(_FIELDS, _values(draft.hazard), _UNSTATED, strict=True)
        if value is not default and value != default and name != "number"
    }
    facts: dict[str, object] = {
        **file,
        "sheet": draft.sheet,
        "row": draft.row,
        "raw": {heading: cell for heading, cell in draft.raw.items() if cell},
    }
    if draft.previous_closed_on:
        facts["previous_closed_on"] = draft.previous_closed_on
    return Event(
        kind="imported",
        on=draft.hazard.found_on,
        by=by,
        changes=stated,
        facts=facts,
    )


def edit(hazard: Hazard, stamp: Stamp, *, corrections: Mapping[str, object]) -> list[Event]:
    """The event that corrects the description, with the old values beside the new.

    Raises WrongState, FutureDay, NothingCorrected if nothing is corrected.
    """
    target(hazard, Action.EDIT)
    if stamp.on > stamp.today:
        raise FutureDay(number=hazard.number, what=Action.EDIT, on=stamp.on, today=stamp.today)
    if not corrections:
        raise NothingCorrected(number=hazard.number)
    if "campaigns" in corrections:
        corrections = {**corrections, "campaigns": _each_once(corrections["campaigns"])}
    changed = {name: value for name, value in corrections.items() if getattr(hazard, name) != value}
    if not changed:
        return []
    was = {name: getattr(hazard, name) for name in changed}
    return [Event(CORRECTION, on=stamp.on, by=stamp.by, changes=changed, facts={"was": was})]


def grade(hazard: Hazard, stamp: Stamp, *, severity: Severity, basis: str | None) -> list[Event]:
    """The event that grades a hazard anew (安全生产法 art. 118; 法释〔2022〕19号 art. 4).

    What becomes major is accepted anew, with all five assurances. Raises GradeSettled once it was
    submitted, BasisNeeded, CaseLeaderNeeded for a major one that is already in someone's hands.
    """
    if severity is hazard.severity:
        return []
    if hazard.state not in UNRECTIFIED:
        raise GradeSettled(number=hazard.number, state=hazard.state)
    if not basis:
        raise BasisNeeded(number=hazard.number)
    if severity is Severity.MAJOR and hazard.assigned_on and not hazard.case_leader:
        raise CaseLeaderNeeded(number=hazard.number)
    facts: dict[str, object] = {"was": {"severity": hazard.severity, "basis": hazard.basis}}
    changes: dict[str, object] = {"severity": severity, "basis": basis}
    if severity is Severity.MAJOR:
        changes["accepted_on"] = None
    return [
        step(
            hazard,
            Action.GRADE,
            stamp,
            kind="graded",
            facts=facts,
            changes=changes,
        )
    ]


def _each_once(campaigns: object) -> tuple[str, ...]:
    """Each campaign once; a line names one."""
    assert campaigns is None or isinstance(campaigns, (list, tuple))
    lines = (line.strip() for name in campaigns or () for line in name.split("\n"))
    return tuple(dict.fromkeys(filter(None, lines)))
