"""How a hazard enters the ledger, and how its description is corrected afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hazardctl.domain.assigning import Deadline, reckon, set_due
from hazardctl.domain.hazard import PREVIOUS, Draft, Event, Hazard, Stamp
from hazardctl.domain.lifecycle import CORRECTION, Action, step, target
from hazardctl.domain.names import each_once
from hazardctl.domain.refusals import (
    BasisNeeded,
    CaseLeaderNeeded,
    DaysInDisorder,
    FutureDay,
    GradeSettled,
)
from hazardctl.domain.words import UNRECTIFIED, Severity
from hazardctl.errors import MissingOptions, NothingCorrected


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
    _must_be_listed_rightly(what, number=None, found_on=found_on, today=stamp.today)
    what = {**what, "campaigns": _each_once(what.get("campaigns"))}
    given = {name: value for name, value in what.items() if value not in (None, "", ())}
    days: dict[str, object] = dict.fromkeys(("found_on", "since_on", "from_on"), found_on)
    if deadline:
        days |= set_due(reckon(deadline, number=None, found_on=found_on, from_on=found_on))
    return Event(kind="registered", on=found_on, by=stamp.by, changes={**given, **days})


def take_in(draft: Draft, *, by: str, file: Mapping[str, object]) -> Event:
    """The event that enters a hazard as a file states it, with the raw row beside it."""
    facts: dict[str, object] = {
        **file,
        "sheet": draft.sheet,
        "row": draft.row,
        "raw": draft.raw,
    }
    facts |= {name: value for name in PREVIOUS if (value := getattr(draft, name))}
    found_on = draft.changes["found_on"]
    assert isinstance(found_on, date)
    return Event(kind="imported", on=found_on, by=by, changes=draft.changes, facts=facts)


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
    if "listing" in corrections and not corrections["listing"]:
        corrections = {"listed_on": None, **corrections}
    changed = {name: value for name, value in corrections.items() if getattr(hazard, name) != value}
    if not changed:
        return []
    if not changed.keys().isdisjoint(("listing", "listed_on")):
        listed = {name: changed.get(name, getattr(hazard, name)) for name in _LISTED}
        _must_be_listed_rightly(
            listed, number=hazard.number, found_on=hazard.found_on, today=stamp.today
        )
    was = {name: getattr(hazard, name) for name in changed}
    return [Event(CORRECTION, on=stamp.on, by=stamp.by, changes=changed, facts={"was": was})]


_LISTED = ("listing", "listed_on")


def _must_be_listed_rightly(
    told: Mapping[str, object], *, number: str | None, found_on: date, today: date
) -> None:
    """A listing (挂牌督办) has its day, which is none before the hazard was found.

    Raises MissingOptions, FutureDay, DaysInDisorder.
    """
    listing, on = (told.get(name) for name in _LISTED)
    if bool(listing) != bool(on):
        raise MissingOptions(options=["--listed-on" if listing else "--listing"])
    if not isinstance(on, date):
        return
    if on > today:
        raise FutureDay(number=number, what="listed_on", on=on, today=today)
    if on < found_on:
        raise DaysInDisorder(
            number=number, what="listed_on", on=on, after="found_on", after_on=found_on
        )


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
    """Each campaign once, however it is spelled; a line names one."""
    assert campaigns is None or isinstance(campaigns, (list, tuple))
    return each_once(campaigns or ())
