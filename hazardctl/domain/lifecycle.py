"""The life of a hazard: which step leads where, and what a step does to the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from hazardctl.domain.hazard import PREVIOUS, Event, Hazard, Stamp
from hazardctl.domain.refusals import FutureDay, OutOfOrder, WrongState
from hazardctl.domain.words import OPEN, ORDERED, UNRECTIFIED, State


class Action(StrEnum):
    """What can be done to a hazard that is in the ledger; the commands bear these names."""

    ASSIGN = "assign"
    ACCEPT = "accept"
    PROGRESS = "progress"
    SUBMIT = "submit"
    REJECT = "reject"
    VERIFY = "verify"
    CLOSE = "close"
    REOPEN = "reopen"
    EXTEND = "extend"
    LOOKBACK = "lookback"
    VOID = "void"
    TRANSFER = "transfer"
    TAKE_BACK = "take-back"
    GRADE = "grade"
    EDIT = "edit"


MOVES: dict[tuple[State, Action], State] = {
    (State.REGISTERED, Action.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Action.ASSIGN): State.ASSIGNED,
    (State.RECTIFYING, Action.ASSIGN): State.RECTIFYING,
    (State.ASSIGNED, Action.ACCEPT): State.RECTIFYING,
    (State.ASSIGNED, Action.PROGRESS): State.RECTIFYING,
    (State.RECTIFYING, Action.PROGRESS): State.RECTIFYING,
    (State.ASSIGNED, Action.SUBMIT): State.SUBMITTED,
    (State.RECTIFYING, Action.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Action.REJECT): State.RECTIFYING,
    (State.VERIFIED, Action.REJECT): State.RECTIFYING,
    (State.SUBMITTED, Action.VERIFY): State.VERIFIED,
    (State.VERIFIED, Action.CLOSE): State.CLOSED,
    (State.CLOSED, Action.REOPEN): State.ASSIGNED,
    (State.ASSIGNED, Action.EXTEND): State.ASSIGNED,
    (State.RECTIFYING, Action.EXTEND): State.RECTIFYING,
    (State.CLOSED, Action.LOOKBACK): State.CLOSED,
    (State.TRANSFERRED, Action.TAKE_BACK): State.REGISTERED,
    **{(state, Action.VOID): State.VOID for state in UNRECTIFIED},
    **{(state, Action.GRADE): state for state in UNRECTIFIED},
    **{(state, Action.TRANSFER): State.TRANSFERRED for state in OPEN},
    **{(state, Action.EDIT): state for state in OPEN},
}

# What is claimed in a cycle, and is lost when the claim is refused, taken back or begun anew.
CLAIMS: dict[str, object] = {
    "measures": None,
    "rectified_on": None,
    "rectified_by": None,
    "submitted_on": None,
    "submitted_by": None,
    "verified_on": None,
    "verified_by": (),
}

# Fields that move on without taking anything back: they begin no new stretch of the record.
_RUNNING = frozenset(
    {"state", "since_on", "percent", "progress_on", "pending_due_on", "pending_by"}
    | {"lookback_on", "lookback_result", "rectifying_on", "was_submitted"}
)
_ORDER = frozenset({"assigned_on", *ORDERED})
# Corrections of the record hold for every day of it; all other events are steps.
CORRECTION = "edited"


def possible(state: State) -> list[str]:
    """The commands that start from a state, in the order of the life."""
    actions = [action for action in Action if (state, action) in MOVES]
    return [_COMMANDS.get(action, str(action)) for action in actions if action is not Action.GRADE]


# Actions whose commands bear another name; a grade is changed by `edit`.
_COMMANDS = {Action.TAKE_BACK: "transfer --take-back", Action.EXTEND: "extend request"}


def target(hazard: Hazard, action: Action) -> State:
    """The state that an action leads to.

    Raises WrongState if the action does not start from where the hazard stands.
    """
    try:
        return MOVES[hazard.state, action]
    except KeyError:
        raise WrongState(
            number=hazard.number,
            state=hazard.state,
            action=action,
            possible=possible(hazard.state),
        ) from None


def step(
    hazard: Hazard,
    action: Action,
    stamp: Stamp,
    *,
    kind: str,
    on: date | None = None,
    facts: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> Event:
    """The event of one step, if it may be taken from this state on that day.

    Raises WrongState; FutureDay after today; OutOfOrder before the step that it follows.
    """
    state = target(hazard, action)
    day = on or stamp.on
    last = hazard.since_on or hazard.found_on
    if day > stamp.today:
        raise FutureDay(number=hazard.number, what=action, on=day, today=stamp.today)
    if day < last:
        raise OutOfOrder(
            number=hazard.number, what=action, on=day, after=hazard.state, after_on=last
        )
    return Event(
        kind=kind,
        on=day,
        by=stamp.by,
        changes={"state": state, "since_on": day, **(changes or {})},
        facts={
            key: value for key, value in (facts or {}).items() if value not in (None, "", (), [])
        },
    )


def born(number: str, event: Event) -> Hazard:
    """The hazard that a first event makes."""
    return Hazard(number=number, **event.changes)  # type: ignore[arg-type]  # the event names the fields


def takes_back(before: Hazard, event: Event) -> bool:
    """Whether a step replaces what was so until then, so that the record up to then is past."""
    return replaces(partial(getattr, before), event.kind, event.changes)


def replaces(known: Callable[[str], object], kind: str, changes: Mapping[str, object]) -> bool:
    """The same of a record of which single fields are asked: of values as they are, or as JSON."""
    if kind == CORRECTION:
        return False
    for name, value in changes.items():
        if name not in _RUNNING and known(name) not in (None, (), [], value):
            return True
    return not _ORDER.isdisjoint(changes) and _orders_again(known, changes)


def _orders_again(known: Callable[[str], object], changes: Mapping[str, object]) -> bool:
    """Whether an order says more than was known before it, of which one day cannot tell."""
    if known("assigned_on"):
        return any(known(name) != changes[name] for name in ORDERED if name in changes)
    return bool(changes.get("assigned_on")) and any(known(name) for name in ORDERED)


def apply(hazard: Hazard, event: Event) -> Hazard:
    """The hazard after the event: every record is the fold of its events by this."""
    after = replace(hazard, **event.changes)  # type: ignore[arg-type]  # the event names the fields
    return replace(after, from_on=event.on) if takes_back(hazard, event) else after


def past(before: Hazard | None, event: Event, after: Hazard) -> Hazard | None:
    """The record that the event makes past: it speaks for the days before `after.from_on`."""
    if before is not None:
        return before if takes_back(before, event) else None
    if after.cycle == 1:
        return None
    return replace(after, **_cycle_before(after, event.facts))


def _cycle_before(reopened: Hazard, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the cycle before the one that a file states: how it ended, if that."""
    known = {name: facts.get(told) for told, name in PREVIOUS.items()}
    closed_on = known["closed_on"] or known["lookback_on"]  # what was looked back on was closed
    return {
        **CLAIMS,
        **dict.fromkeys(_OF_A_CYCLE),
        "cycle": reopened.cycle - 1,
        "state": State.CLOSED if closed_on else State.ASSIGNED,
        "since_on": closed_on or reopened.found_on,
        "from_on": reopened.found_on,
        "assigned_on": reopened.found_on,
        **known,
    }


_OF_A_CYCLE = (
    "due_on",
    "original_due_on",
    "due_kind",
    "due_text",
    "accepted_on",
    "rectifying_on",
    "closed_by",
    "reopened_on",
)
