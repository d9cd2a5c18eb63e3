"""How a hazard is handed over and followed: assigned, accepted, reported on, given more time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from hazardctl.domain.deadline import Due
from hazardctl.domain.hazard import Event, Hazard, Stamp
from hazardctl.domain.lifecycle import Action, step, target
from hazardctl.domain.names import is_same
from hazardctl.domain.refusals import (
    AssurancesMissing,
    CaseLeaderNeeded,
    DueBeforeFound,
    DueIsSet,
    ExtensionNotLater,
    ExtensionPending,
    NoExtensionPending,
    NotAccepted,
    SamePerson,
    TooManyExtensions,
)
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import DueKind, State
from hazardctl.errors import MissingOptions, NoDueDay

# The five assurances of rectification (隐患整改五落实): 责任, 措施, 资金, 时限, 预案.
ASSURANCES = ("responsibility", "measures", "funds", "deadline", "plan")

# What was typed as a deadline, reckoned from the day it counts from.
Deadline = Callable[[date], Due]


@dataclass(frozen=True, slots=True)
class Order:
    """To whom a hazard is handed (交办单); what is not named stays as it was."""

    responsible_unit: str | None = None
    responsible_person: str | None = None
    case_leader: str | None = None
    regulator: str | None = None
    doc_no: str | None = None

    def people(self) -> dict[str, object]:
        """The fields of the hazard that the order names."""
        named = {
            "responsible_unit": self.responsible_unit,
            "responsible_person": self.responsible_person,
            "case_leader": self.case_leader,
            "regulator": self.regulator,
        }
        return {name: value for name, value in named.items() if value}


def reckon(deadline: Deadline, *, number: str | None, found_on: date, from_on: date) -> Due:
    """The due date: 立行立改 is due on the day found, `7d` that many days after `from_on`.

    Raises NoDueDay, DueBeforeFound.
    """
    due = deadline(from_on)
    if due.kind is DueKind.IMMEDIATE:
        due = Due(on=found_on, kind=due.kind, text=due.text)
    if due.on is None:
        raise NoDueDay(text=due.text)
    if due.on < found_on:
        raise DueBeforeFound(number=number, due_on=due.on, found_on=found_on)
    return due


def reckon_for(hazard: Hazard, deadline: Deadline, *, from_on: date) -> Due:
    """The due date of a hazard that is in the ledger, as `reckon` has it."""
    return reckon(deadline, number=hazard.number, found_on=hazard.found_on, from_on=from_on)


def set_due(due: Due) -> dict[str, object]:
    """The fields that a first due date of a cycle sets; the original one never moves again."""
    return {
        "due_on": due.on,
        "original_due_on": due.on,
        "due_kind": due.kind,
        "due_text": due.text,
    }


def assign(
    hazard: Hazard,
    stamp: Stamp,
    *,
    order: Order,
    deadline: Deadline | None,
    rules: Rules,
    from_on: date | None = None,
) -> list[Event]:
    """The event that hands a hazard over; a second one changes the people, never the due date.

    Raises WrongState, MissingOptions, NoDueDay, DueBeforeFound, DueIsSet, CaseLeaderNeeded.
    """
    state = target(hazard, Action.ASSIGN)
    is_first = hazard.state is State.REGISTERED
    people = order.people()
    due = reckon_for(hazard, deadline, from_on=from_on or stamp.on) if deadline else None
    missing = []
    if is_first and not due and not hazard.due_on:
        missing.append("--due")
    if (not is_first and not people) or not any(
        people.get(name) or getattr(hazard, name)
        for name in ("responsible_unit", "responsible_person")
    ):
        missing.append("--responsible-person")
    if missing:
        raise MissingOptions(options=missing)
    if due and not is_first and due.on != hazard.due_on:
        raise DueIsSet(number=hazard.number, due_on=hazard.due_on, given=due.on)
    if not (order.case_leader or hazard.case_leader) and (
        hazard.is_major or rules.case_leader_for_all
    ):
        raise CaseLeaderNeeded(number=hazard.number)
    first = {**(set_due(due) if due else {}), "assigned_on": stamp.on} if is_first else {}
    if is_first and not due:
        first["original_due_on"] = hazard.original_due_on or hazard.due_on
    kind = "assigned" if state is State.ASSIGNED and is_first else "reassigned"
    return [
        step(
            hazard,
            Action.ASSIGN,
            stamp,
            kind=kind,
            facts={"doc_no": order.doc_no},
            changes={**people, **first},
        )
    ]


def accept(hazard: Hazard, stamp: Stamp, *, assurances: Mapping[str, str]) -> list[Event]:
    """The event by which the responsible unit takes a hazard on.

    Raises WrongState; AssurancesMissing if it is major and one of the five is not given.
    """
    late = hazard.state is State.RECTIFYING and hazard.is_major and not hazard.accepted_on
    action = Action.PROGRESS if late else Action.ACCEPT  # graded major on the way: accepted late
    target(hazard, action)
    missing = [name for name in ASSURANCES if not assurances.get(name)]
    if hazard.is_major and missing:
        raise AssurancesMissing(number=hazard.number, missing=missing)
    return [
        step(
            hazard,
            action,
            stamp,
            kind="accepted",
            facts={"assurances": dict(assurances)},
            changes={"accepted_on": stamp.on, "rectifying_on": hazard.rectifying_on or stamp.on},
        )
    ]


def progress(
    hazard: Hazard, stamp: Stamp, *, note: str | None, percent: int | None = None
) -> list[Event]:
    """The event that tells how the rectification goes; `percent` is 0 to 100.

    Raises WrongState, MissingOptions, NotAccepted.
    """
    target(hazard, Action.PROGRESS)
    if not note:
        raise MissingOptions(options=["--note"])
    must_be_accepted(hazard, Action.PROGRESS)
    changes: dict[str, object] = {
        "rectifying_on": hazard.rectifying_on or stamp.on,
        "progress_on": stamp.on,
    }
    if percent is not None:
        changes["percent"] = percent
    return [
        step(
            hazard,
            Action.PROGRESS,
            stamp,
            kind="progressed",
            facts={"note": note},
            changes={**changes},
        )
    ]


def must_be_accepted(hazard: Hazard, action: Action) -> None:
    """Raises NotAccepted if a major hazard was not accepted by the unit that is to rectify it."""
    if hazard.is_major and not hazard.accepted_on:
        raise NotAccepted(number=hazard.number, action=action)


def request_extension(
    hazard: Hazard, stamp: Stamp, *, deadline: Deadline | None, reason: str | None, rules: Rules
) -> list[Event]:
    """The event that asks for a later due date; it moves nothing yet.

    Raises WrongState, MissingOptions, ExtensionPending, TooManyExtensions, ExtensionNotLater.
    """
    target(hazard, Action.EXTEND)
    missing = [option for option, given in (("--due", deadline), ("--reason", reason)) if not given]
    if missing or not deadline:
        raise MissingOptions(options=missing)
    if hazard.pending_due_on:
        raise ExtensionPending(number=hazard.number, due_on=hazard.pending_due_on)
    if hazard.extensions >= rules.extensions:
        raise TooManyExtensions(
            number=hazard.number, granted=hazard.extensions, allowed=rules.extensions
        )
    due = reckon_for(hazard, deadline, from_on=stamp.on)
    _must_be_later(hazard, due.on)
    return [
        step(
            hazard,
            Action.EXTEND,
            stamp,
            kind="extension-requested",
            facts={"reason": reason, "due_text": due.text},
            changes={"pending_due_on": due.on, "pending_by": stamp.by},
        )
    ]


def approve_extension(hazard: Hazard, stamp: Stamp) -> list[Event]:
    """The event that moves the due date; the original one stays.

    Raises WrongState, NoExtensionPending, SamePerson, ExtensionNotLater.
    """
    target(hazard, Action.EXTEND)
    _must_be_pending(hazard)
    if is_same(stamp.by, hazard.pending_by):
        raise SamePerson(number=hazard.number, name=stamp.by, part="approver", other="requester")
    _must_be_later(hazard, hazard.pending_due_on)
    return [
        step(
            hazard,
            Action.EXTEND,
            stamp,
            kind="extension-approved",
            facts={"requested_by": hazard.pending_by},
            changes={
                "due_on": hazard.pending_due_on,
                "extensions": hazard.extensions + 1,
                **NOT_PENDING,
            },
        )
    ]


def refuse_extension(hazard: Hazard, stamp: Stamp, *, reason: str | None) -> list[Event]:
    """The event that refuses an extension.

    Raises WrongState, NoExtensionPending, MissingOptions.
    """
    target(hazard, Action.EXTEND)
    _must_be_pending(hazard)
    if not reason:
        raise MissingOptions(options=["--reason"])
    return [
        step(
            hazard,
            Action.EXTEND,
            stamp,
            kind="extension-refused",
            facts={"reason": reason, "due_on": hazard.pending_due_on},
            changes={**NOT_PENDING},
        )
    ]


NOT_PENDING: dict[str, object] = {"pending_due_on": None, "pending_by": None}


def drop_extension(hazard: Hazard, stamp: Stamp, *, on: date | None = None) -> list[Event]:
    """The event that drops a waiting extension when the hazard moves on without it, if any."""
    if not hazard.pending_due_on:
        return []
    facts: dict[str, object] = {"due_on": hazard.pending_due_on}
    kind = "extension-dropped"
    return [Event(kind, on=on or stamp.on, by=stamp.by, changes=dict(NOT_PENDING), facts=facts)]


def _must_be_pending(hazard: Hazard) -> None:
    if not hazard.pending_due_on:
        raise NoExtensionPending(number=hazard.number)


def _must_be_later(hazard: Hazard, day: date | None) -> None:
    if hazard.due_on and day and day <= hazard.due_on:
        raise ExtensionNotLater(number=hazard.number, due_on=hazard.due_on, given=day)
