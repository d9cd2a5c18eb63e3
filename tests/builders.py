"""Makes the values that tests are about, so that each test names only what matters to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, overload

from hazardctl.domain import afterwards, assigning, registering, signing_off
from hazardctl.domain.assigning import ASSURANCES, Deadline, Order
from hazardctl.domain.deadline import Due
from hazardctl.domain.hazard import Draft, Event, Evidence, Hazard, Stamp, as_changes
from hazardctl.domain.lifecycle import apply, born
from hazardctl.domain.rules import Rules
from hazardctl.domain.signing_off import Account
from hazardctl.domain.words import DueKind, LookbackResult, Severity, State
from hazardctl.ledger import writing
from hazardctl.store.opening import look
from hazardctl.store.place import Place, Server
from tests.homes import Home
from tests.reference import Move

FOUND = date(2022, 10, 8)
TODAY = date(2022, 12, 31)
JPEG = b"\xff\xd8\xff"
PHOTO: Evidence = {"sha256": sha256(JPEG).hexdigest(), "name": "整改后.jpg", "size": len(JPEG)}
FIVE = {name: f"{name}: done" for name in ASSURANCES}
WHAT: Mapping[str, object] = {
    "industry": "fireworks",
    "enterprise": "浏阳市永兴出口花炮有限公司",
    "description": "仓库内堆放半成品超量",
}


def day(after: int) -> date:
    """The day so many days after the sample hazard was found."""
    return FOUND + timedelta(days=after)


def stamp(by: str = "赵六", on: int | date = 0, *, today: date = TODAY) -> Stamp:
    """Who acts on which day, `on` counted from the day the sample hazard was found."""
    at = f"{today.isoformat()}T08:00:00.000000Z"
    return Stamp(by=by, at=at, on=on if isinstance(on, date) else day(on), today=today)


def drafted(
    hazard: Hazard, raw: Mapping[str, str], *, sheet: str | None = None, row: int = 2, **before: Any
) -> Draft:
    """A row of a file that states a hazard, and what was `before` its cycle."""
    values = {one.name: getattr(hazard, one.name) for one in fields(hazard)}
    number = values.pop("number")
    return Draft(sheet, row, as_changes(values), raw, number, **before)


def due(after: int | date) -> Deadline:
    """A deadline on one day, whenever it is reckoned."""
    on = after if isinstance(after, date) else day(after)
    return lambda _from_on: Due(on=on, kind=DueKind.DATE, text=on.isoformat())


def in_days(count: int) -> Deadline:
    """A deadline so many days after it is reckoned."""
    return lambda from_on: Due(from_on + timedelta(days=count), DueKind.DAYS, f"{count}d")


def at_once(from_on: date) -> Due:
    """The deadline 立行立改."""
    return Due(on=from_on, kind=DueKind.IMMEDIATE, text="立行立改")


def no_day(_from_on: date) -> Due:
    """A deadline that names no day."""
    return Due(on=None, kind=None, text="尽快")


def folded(events: Iterable[Event], number: str = "YH-2022-00001") -> Hazard:
    """The record that events make, from the first on."""
    first, *others = events
    hazard = born(number, first)
    for event in others:
        hazard = apply(hazard, event)
    return hazard


def after(hazard: Hazard, events: Iterable[Event]) -> Hazard:
    """The record after further events."""
    for event in events:
        hazard = apply(hazard, event)
    return hazard


def altered(hazard: Hazard, /, **fields: Any) -> Hazard:
    """The record with other values, however they came about."""
    return replace(hazard, **fields)


def registered(**what: Any) -> Hazard:
    """A hazard that was entered and not yet assigned."""
    deadline = what.pop("deadline", None)
    event = registering.register(
        stamp(),
        found_on=what.pop("found_on", FOUND),
        what={**WHAT, **what},
        deadline=deadline,
    )
    return born("YH-2022-00001", event)


def in_state(state: State, *, major: bool = False, **fields: Any) -> Hazard:
    """A hazard brought to a state by the steps that lead there, a day apart, and then altered.

    赵六 orders, 甲 rectifies and submits, 乙 (and 丙) verify, 丁 signs off; due ten days after.
    """
    hazard = registered(severity=Severity.MAJOR if major else Severity.GENERAL)
    path: dict[State, Move] = {
        State.ASSIGNED: Move("assign", "赵六", day(1), due=day(10), person="甲", leader="李局"),
        State.RECTIFYING: Move("accept", "甲", day(2), assured=True),
        State.SUBMITTED: Move("submit", "甲", day(3), evidence=True),
        State.VERIFIED: Move("verify", "乙", day(4), verifiers=("乙", "丙") if major else ("乙",)),
        State.CLOSED: Move("close", "丁", day(5)),
    }
    if state is State.VOID:
        path = {State.VOID: Move("void", "赵六", day(1))}
    if state is State.TRANSFERRED:
        path = {State.TRANSFERRED: Move("transfer", "赵六", day(1))}
    for reached, move in path.items() if state is not State.REGISTERED else ():
        hazard = after(hazard, decide(hazard, move))
        if reached is state:
            break
    assert hazard.state is state
    return replace(hazard, **fields)


def decide(
    hazard: Hazard, move: Move, *, today: date = TODAY, rules: Rules | None = None
) -> list[Event]:
    """What the program makes of a move: its events, or its refusal."""
    rules = rules or Rules()
    who = stamp(move.by, move.on, today=today)
    deadline = due(move.due) if move.due else None
    words = "words" if move.words else None
    files = (PHOTO,) if move.evidence else ()
    match move.action:
        case "assign":
            order = Order(responsible_person=move.person, case_leader=move.leader)
            return assigning.assign(hazard, who, order=order, deadline=deadline, rules=rules)
        case "accept":
            return assigning.accept(hazard, who, assurances=FIVE if move.assured else {})
        case "progress":
            return assigning.progress(hazard, who, note=words)
        case "request":
            return assigning.request_extension(
                hazard, who, deadline=deadline, reason=words, rules=rules
            )
        case "approve":
            return assigning.approve_extension(hazard, who)
        case "refuse":
            return assigning.refuse_extension(hazard, who, reason=words)
        case "submit":
            return signing_off.submit(
                hazard,
                who,
                measures=words,
                rectified_by=move.rectified_by,
                rectified_on=move.rectified_on,
                evidence=files,
            )
        case "reject":
            return signing_off.reject(hazard, who, reason=words)
        case "verify":
            return signing_off.verify(hazard, who, verifiers=move.verifiers)
        case "close":
            account = Account(
                measures=words,
                rectified_by=move.rectified_by,
                rectified_on=move.rectified_on,
                evidence=files,
                verified_by=move.verifiers,
                verified_on=move.verified_on,
            )
            return signing_off.walk(hazard, who, account)
        case "reopen":
            return afterwards.reopen(hazard, who, reason=words, basis=words, deadline=deadline)
        case "lookback":
            return afterwards.look_back(
                hazard,
                who,
                result=LookbackResult(move.result),
                inspectors=move.inspectors,
                reopening=move.reopening,
                deadline=deadline,
            )
        case "void":
            return afterwards.void(hazard, who, reason=words)
        case "transfer":
            return afterwards.transfer(hazard, who, to="消防救援大队", reason=words)
        case "take-back":
            return afterwards.take_back(hazard, who)
        case "grade":
            severity = Severity.MAJOR if move.major else Severity.GENERAL
            return registering.grade(hazard, who, severity=severity, basis=words)
        case "edit":
            return registering.edit(hazard, who, corrections={"stop_order": move.stop_order})
    raise AssertionError(f"no such action: {move.action}")


def place_in(home: Home | Path) -> Place:
    """Where the ledger of a home, or of a folder, is or is to be."""
    return home.ledger() if isinstance(home, Home) else home / "ledger.db"


def ready(home: Home | Path) -> Place:
    """Where a ledger may be added to: on a server it has to be begun first."""
    place = place_in(home)
    if isinstance(place, Server) and look(place) is None:
        writing.begin(place, stamp(), Rules())
    return place


@overload
def a_ledger(home: Path, **rules: Any) -> Path: ...
@overload
def a_ledger(home: Home, **rules: Any) -> Place: ...
def a_ledger(home: Home | Path, **rules: Any) -> Place:
    """A ledger that was just begun."""
    place = place_in(home)
    writing.begin(place, stamp(), Rules(**rules))
    return place


def added(path: Place, *, by: str = "赵六", found_on: date = FOUND, **what: Any) -> str:
    """The number of a hazard that was added."""
    change = writing.add(
        path,
        stamp(by, what.pop("on", found_on)),
        what={**WHAT, **what.pop("what", {})},
        found_on=found_on,
        order=Order(
            responsible_person=what.pop("person", None), case_leader=what.pop("leader", None)
        ),
        deadline=what.pop("deadline", None),
        evidence=what.pop("evidence", ()),
        reporter=what.pop("reporter", None),
    )
    assert not what
    return change.number


def moved(path: Place, number: str, *moves: Move) -> Hazard:
    """The hazard after the ledger has taken these moves, one transaction each."""
    for move in moves:
        (change,) = writing.act(
            path,
            [number],
            stamp(move.by, move.on),
            lambda hazard, rules, move=move: decide(hazard, move, rules=rules),  # type: ignore[misc]  # mypy infers no default
        )
    return change.after
