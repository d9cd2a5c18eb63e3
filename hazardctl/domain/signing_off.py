"""How a hazard is rectified, verified and signed off, by people who are kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hazardctl.domain.assigning import drop_extension, must_be_accepted
from hazardctl.domain.hazard import Event, Evidence, Hazard, Stamp
from hazardctl.domain.lifecycle import CLAIMS, Action, apply, step, target
from hazardctl.domain.names import is_among, people, sameness
from hazardctl.domain.refusals import (
    AlreadyRecorded,
    EvidenceNeeded,
    ExtensionPending,
    FutureDay,
    OutOfOrder,
    SamePerson,
    StepsMissing,
    StopOrderStands,
    TwoVerifiersNeeded,
)
from hazardctl.domain.words import UNRECTIFIED, State
from hazardctl.errors import MissingOptions

ON_THE_SPOT = timedelta(days=1)  # 立行立改: rectified no later than the day after it was found


def submit(
    hazard: Hazard,
    stamp: Stamp,
    *,
    measures: str | None,
    rectified_by: str | None = None,
    rectified_on: date | None = None,
    evidence: Sequence[Evidence] = (),
    on: date | None = None,
) -> list[Event]:
    """The events that apply for sign-off; the submitter is whoever acts.

    Raises WrongState, MissingOptions,
    NotAccepted, FutureDay, OutOfOrder, EvidenceNeeded.
    """
    target(hazard, Action.SUBMIT)
    if not measures:
        raise MissingOptions(options=["--measures"])
    must_be_accepted(hazard, Action.SUBMIT)
    rectified_on = rectified_on or on or stamp.on
    _must_be_possible(hazard, rectified_on, today=stamp.today)
    submitted_on = on or stamp.on
    if rectified_on > submitted_on:
        raise OutOfOrder(
            number=hazard.number,
            what=Action.SUBMIT,
            on=submitted_on,
            after="rectified",
            after_on=rectified_on,
        )
    if hazard.is_major and not evidence:
        raise EvidenceNeeded(number=hazard.number)
    dropped = drop_extension(hazard, stamp, on=submitted_on)
    return [
        *dropped,
        step(
            hazard,
            Action.SUBMIT,
            stamp,
            kind="submitted",
            on=submitted_on,
            facts={"evidence": list(evidence)},
            changes={
                "measures": measures,
                "rectified_on": rectified_on,
                "rectified_by": rectified_by or stamp.by,
                "submitted_on": submitted_on,
                "submitted_by": stamp.by,
                "was_submitted": True,
            },
        ),
    ]


def reject(hazard: Hazard, stamp: Stamp, *, reason: str | None) -> list[Event]:
    """The event that sends a claim back; what was claimed is cleared.

    Raises WrongState, MissingOptions.
    """
    target(hazard, Action.REJECT)
    if not reason:
        raise MissingOptions(options=["--reason"])
    return [
        step(
            hazard,
            Action.REJECT,
            stamp,
            kind="rejected",
            facts={"reason": reason},
            changes={**CLAIMS, "rectifying_on": hazard.rectifying_on or stamp.on},
        )
    ]


def verify(
    hazard: Hazard,
    stamp: Stamp,
    *,
    verifiers: Sequence[str],
    note: str | None = None,
    evidence: Sequence[Evidence] = (),
    on: date | None = None,
) -> list[Event]:
    """The event by which others than those who rectified find the hazard gone.

    Raises WrongState, SamePerson, TwoVerifiersNeeded, FutureDay, OutOfOrder.
    """
    target(hazard, Action.VERIFY)
    named = tuple({sameness(name): name for name in verifiers or (stamp.by,)}.values())
    for name in named:
        keep_apart(hazard, name, part="verifier", parties=("rectified_by", "submitted_by"))
    if hazard.is_major and len(named) < 2:
        raise TwoVerifiersNeeded(number=hazard.number, named=list(named))
    return [
        step(
            hazard,
            Action.VERIFY,
            stamp,
            kind="verified",
            on=on,
            facts={"note": note, "evidence": list(evidence)},
            changes={"verified_on": on or stamp.on, "verified_by": named},
        )
    ]


def close(
    hazard: Hazard, stamp: Stamp, *, doc_no: str | None = None, evidence: Sequence[Evidence] = ()
) -> list[Event]:
    """The event by which the acting person signs a verified hazard off (销号).

    Raises WrongState, SamePerson, TwoVerifiersNeeded, ExtensionPending, StopOrderStands.
    """
    target(hazard, Action.CLOSE)
    parties = ("verified_by", "submitted_by", "rectified_by")
    keep_apart(hazard, stamp.by, part="signer", parties=parties)
    if hazard.is_major and len(hazard.verified_by) < 2:
        raise TwoVerifiersNeeded(number=hazard.number, named=list(hazard.verified_by))
    if hazard.pending_due_on:
        raise ExtensionPending(number=hazard.number, due_on=hazard.pending_due_on)
    if hazard.stop_order:
        raise StopOrderStands(number=hazard.number, order=hazard.stop_order)
    return [
        step(
            hazard,
            Action.CLOSE,
            stamp,
            kind="closed",
            facts={"doc_no": doc_no, "evidence": list(evidence)},
            changes={"closed_on": stamp.on, "closed_by": stamp.by},
        )
    ]


@dataclass(frozen=True, slots=True)
class Account:
    """What the person at the desk tells of the steps that are still missing at sign-off."""

    measures: str | None = None
    rectified_by: str | None = None
    rectified_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    verified_by: tuple[str, ...] = ()
    verified_on: date | None = None
    note: str | None = None
    doc_no: str | None = None


def walk(hazard: Hazard, stamp: Stamp, account: Account) -> list[Event]:
    """Every event still missing on the way to `closed`, each with its own guard and actor.

    A general hazard corrected on the spot may start from `registered`; any other is assigned
    first, and a major one accepted. Raises what the steps raise; StepsMissing with the options
    that are still to be given.
    """
    if not hazard.is_open:
        target(hazard, Action.CLOSE)
    _must_agree(hazard, account)
    _must_be_complete(hazard, stamp, account)
    events: list[Event] = []
    evidence = account.evidence
    if hazard.state in UNRECTIFIED:
        submitter = replace(stamp, by=account.rectified_by or "")
        rectified_on = account.rectified_on or stamp.on
        last = hazard.since_on or hazard.found_on
        _must_be_possible(hazard, rectified_on, today=stamp.today)
        asked = replace(hazard, state=State.ASSIGNED)  # on the spot nothing is assigned before
        events += submit(
            asked if hazard.state is State.REGISTERED else hazard,
            submitter,
            measures=account.measures,
            rectified_on=rectified_on,
            evidence=evidence,
            on=max(rectified_on, last),
        )
        evidence = ()
    for event in events:
        hazard = apply(hazard, event)
    if hazard.state is State.SUBMITTED:
        verifiers = replace(stamp, by="、".join(account.verified_by))
        events += verify(
            hazard,
            verifiers,
            verifiers=account.verified_by,
            note=account.note,
            on=account.verified_on or stamp.on,
        )
        hazard = apply(hazard, events[-1])
    return [*events, *close(hazard, stamp, doc_no=account.doc_no, evidence=evidence)]


def keep_apart(hazard: Hazard, name: str, *, part: str, parties: Sequence[str]) -> None:
    """Raises SamePerson if a name already has one of the other parts in this hazard."""
    for party in parties:
        held = getattr(hazard, party) or ()
        if is_among(name, held if isinstance(held, tuple) else (held, *people(held))):
            raise SamePerson(number=hazard.number, name=name, part=part, other=party)


def is_on_the_spot(hazard: Hazard, rectified_on: date) -> bool:
    """Whether a general hazard was rectified no later than the day after it was found."""
    return not hazard.is_major and rectified_on <= hazard.found_on + ON_THE_SPOT


def _must_be_possible(hazard: Hazard, rectified_on: date, *, today: date) -> None:
    if rectified_on > today:
        raise FutureDay(number=hazard.number, what="rectified", on=rectified_on, today=today)
    if rectified_on < hazard.found_on:
        raise OutOfOrder(
            number=hazard.number,
            what="rectified",
            on=rectified_on,
            after="found",
            after_on=hazard.found_on,
        )


def _must_agree(hazard: Hazard, account: Account) -> None:
    """A fact of a step already taken may be repeated, not changed."""
    settled = {
        "measures": hazard.measures,
        "rectified_by": hazard.rectified_by,
        "rectified_on": hazard.rectified_on,
        "verified_by": hazard.verified_by,
        "verified_on": hazard.verified_on,
    }
    for name, recorded in settled.items():
        given = getattr(account, name)
        if not recorded or not given or given == recorded:
            continue
        if name.endswith("_by") and _names(given) == _names(recorded):
            continue
        raise AlreadyRecorded(
            number=hazard.number, option=_option(name), recorded=recorded, given=given
        )


def _names(told: object) -> set[str]:
    """Whom a text or a list names, as names are compared."""
    listed = people(told) if isinstance(told, str) else told
    assert isinstance(listed, tuple)
    return set(map(sameness, listed))


def _must_be_complete(hazard: Hazard, stamp: Stamp, account: Account) -> None:
    """One list of all that is missing, and the step that must come first, if any."""
    missing: list[str] = []
    first = None
    if hazard.state in UNRECTIFIED:
        missing += [
            _option(name) for name in ("measures", "rectified_by") if not getattr(account, name)
        ]
        if hazard.is_major and not account.evidence:
            missing.append("--evidence")
        if hazard.state is State.REGISTERED:
            spot = is_on_the_spot(hazard, account.rectified_on or stamp.on)
            first = None if spot else Action.ASSIGN
        elif hazard.is_major and not hazard.accepted_on:
            first = Action.ACCEPT
    if hazard.state is not State.VERIFIED:
        lacking = (2 if hazard.is_major else 1) - len(account.verified_by)
        missing += ["--verified-by"] * max(lacking, 0)
    if missing or first:
        raise StepsMissing(number=hazard.number, state=hazard.state, missing=missing, first=first)


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")
