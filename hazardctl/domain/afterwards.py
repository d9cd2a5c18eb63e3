"""What happens after the sign-off, and the two other ways out of a ledger."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl.domain.assigning import (
    NOT_PENDING,
    Deadline,
    drop_extension,
    reckon_for,
    set_due,
)
from hazardctl.domain.hazard import Event, Evidence, Hazard, Stamp
from hazardctl.domain.lifecycle import CLAIMS, Action, apply, step, target
from hazardctl.domain.refusals import NothingToReopen, OutOfOrder, WasSubmitted
from hazardctl.domain.words import LookbackResult
from hazardctl.errors import MissingOptions

_NEW_CYCLE: dict[str, object] = {
    **CLAIMS,
    **NOT_PENDING,
    "closed_on": None,
    "closed_by": None,
    "accepted_on": None,
    "rectifying_on": None,
    "percent": None,
    "progress_on": None,
    "extensions": 0,
    "lookback_on": None,
    "lookback_result": None,
}


def reopen(
    hazard: Hazard,
    stamp: Stamp,
    *,
    reason: str | None,
    basis: str | None,
    deadline: Deadline | None,
) -> list[Event]:
    """The event that opens the next cycle; the closed one is kept as it was.

    Raises WrongState, MissingOptions, NoDueDay, DueBeforeFound.
    """
    target(hazard, Action.REOPEN)
    given = (("--reason", reason), ("--basis", basis), ("--due", deadline))
    missing = [option for option, value in given if not value]
    if missing or not deadline:
        raise MissingOptions(options=missing)
    due = reckon_for(hazard, deadline, from_on=stamp.on)
    return [
        step(
            hazard,
            Action.REOPEN,
            stamp,
            kind="reopened",
            facts={"reason": reason, "basis": basis},
            changes={
                "cycle": hazard.cycle + 1,
                "reopened_on": stamp.on,
                "assigned_on": stamp.on,
                **_NEW_CYCLE,
                **set_due(due),
            },
        )
    ]


def look_back(
    hazard: Hazard,
    stamp: Stamp,
    *,
    result: LookbackResult | None,
    inspectors: Sequence[str],
    note: str | None = None,
    evidence: Sequence[Evidence] = (),
    reopening: bool = False,
    deadline: Deadline | None = None,
) -> list[Event]:
    """The events of a look-back (回头看) on a closed hazard, and of its reopening if wanted.

    Raises WrongState, MissingOptions, OutOfOrder if it is not after the day of sign-off,
    NothingToReopen, and what reopening raises.
    """
    target(hazard, Action.LOOKBACK)
    given = (
        ("--result", result),
        ("--inspector", inspectors),
        ("--due", deadline or not reopening),
    )
    missing = [option for option, value in given if not value]
    if missing or not result:
        raise MissingOptions(options=missing)
    closed_on = hazard.closed_on or hazard.since_on
    if closed_on and stamp.on <= closed_on:
        raise OutOfOrder(
            number=hazard.number,
            what=Action.LOOKBACK,
            on=stamp.on,
            after="closed",
            after_on=closed_on,
        )
    if reopening and result is LookbackResult.CONFIRMED:
        raise NothingToReopen(number=hazard.number, result=result)
    looked = step(
        hazard,
        Action.LOOKBACK,
        stamp,
        kind="looked-back",
        facts={"inspectors": list(inspectors), "note": note, "evidence": list(evidence)},
        changes={"lookback_on": stamp.on, "lookback_result": result},
    )
    if not reopening:
        return [looked]
    basis = f"look-back {stamp.on.isoformat()}"
    after = apply(hazard, looked)
    return [looked, *reopen(after, stamp, reason=note or result, basis=basis, deadline=deadline)]


def void(
    hazard: Hazard, stamp: Stamp, *, reason: str | None, duplicate_of: str | None = None
) -> list[Event]:
    """The event that takes a mistaken entry out of the count; its number is never used again.

    Raises WrongState, WasSubmitted, MissingOptions.
    """
    target(hazard, Action.VOID)
    if hazard.was_submitted:
        raise WasSubmitted(number=hazard.number)
    if not reason:
        raise MissingOptions(options=["--reason"])
    changes: dict[str, object] = {"duplicate_of": duplicate_of} if duplicate_of else {}
    facts: dict[str, object] = {"reason": reason}
    return [
        *drop_extension(hazard, stamp),
        step(hazard, Action.VOID, stamp, kind="voided", facts=facts, changes=changes),
    ]


def transfer(
    hazard: Hazard, stamp: Stamp, *, to: str | None, reason: str | None, doc_no: str | None = None
) -> list[Event]:
    """The events that hand a hazard to another authority (安全生产法 art. 69).

    Raises WrongState, MissingOptions.
    """
    target(hazard, Action.TRANSFER)
    missing = [option for option, value in (("--to", to), ("--reason", reason)) if not value]
    if missing:
        raise MissingOptions(options=missing)
    return [
        *drop_extension(hazard, stamp),
        step(
            hazard,
            Action.TRANSFER,
            stamp,
            kind="transferred",
            facts={"reason": reason, "doc_no": doc_no},
            changes={"transferred_to": to},
        ),
    ]


def take_back(hazard: Hazard, stamp: Stamp, *, reason: str | None = None) -> list[Event]:
    """The event that takes a transferred hazard back: it keeps its due date and loses its claims.

    Raises WrongState.
    """
    return [
        step(
            hazard,
            Action.TAKE_BACK,
            stamp,
            kind="taken-back",
            facts={"reason": reason},
            changes={
                **CLAIMS,
                "transferred_to": None,
                "assigned_on": None,
                "accepted_on": None,
                "rectifying_on": None,
            },
        )
    ]
