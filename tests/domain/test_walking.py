"""Signing off in one act: every step that is still missing, each with its own guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.refusals import (
    AlreadyRecorded,
    FutureDay,
    OutOfOrder,
    SamePerson,
    StepsMissing,
    StopOrderStands,
    TwoVerifiersNeeded,
    WrongState,
)
from hazardctl.domain.signing_off import Account, walk
from hazardctl.domain.words import State
from tests.builders import FOUND, PHOTO, TODAY, after, day, in_state, registered, stamp

TOLD = Account(measures="已清运", rectified_by="甲", verified_by=("乙",))
TOLD_OF_MAJOR = replace(TOLD, verified_by=("乙", "丙"), evidence=(PHOTO,))


def signed(
    hazard: Hazard, account: Account = TOLD, *, by: str = "丁", on: int = 9
) -> tuple[Hazard, list[Event]]:
    """The hazard after it was signed off, and the events of it."""
    events = walk(hazard, stamp(by, on), account)
    return after(hazard, events), events


def missing(hazard: Hazard, account: Account, *, on: int = 9) -> tuple[list[str], str | None]:
    """What a sign-off still lacks: options, and the step that comes first."""
    with pytest.raises(StepsMissing) as refusal:
        walk(hazard, stamp("丁", on), account)
    facts = refusal.value.facts
    assert facts["number"] == hazard.number
    assert facts["state"] is hazard.state
    return facts["missing"], facts["first"]  # type: ignore[return-value]  # facts are objects


@pytest.mark.parametrize("state", [State.ASSIGNED, State.RECTIFYING])
def test_every_step_has_its_own_event_and_its_own_people(state: State) -> None:
    account = replace(TOLD, rectified_on=day(4), verified_on=day(6), note="现场查看")
    hazard, events = signed(in_state(state), account)
    assert [(event.kind, event.by, event.on) for event in events] == [
        ("submitted", "甲", day(4)),
        ("verified", "乙", day(6)),
        ("closed", "丁", day(9)),
    ]
    assert hazard.state is State.CLOSED
    assert (hazard.rectified_by, hazard.submitted_by) == ("甲", "甲")
    assert (hazard.verified_by, hazard.closed_by) == (("乙",), "丁")
    assert (hazard.rectified_on, hazard.submitted_on) == (day(4), day(4))


def test_only_what_is_missing_is_done() -> None:
    _, from_submitted = signed(in_state(State.SUBMITTED), Account(verified_by=("乙",)))
    assert [event.kind for event in from_submitted] == ["verified", "closed"]
    _, from_verified = signed(in_state(State.VERIFIED), Account())
    assert [event.kind for event in from_verified] == ["closed"]


def test_the_days_not_told_are_the_day_of_signing() -> None:
    hazard, _ = signed(in_state(State.RECTIFYING))
    assert hazard.rectified_on == hazard.verified_on == hazard.closed_on == day(9)


def test_what_was_rectified_before_the_last_step_is_submitted_on_the_day_of_that_step() -> None:
    hazard, _ = signed(in_state(State.RECTIFYING), replace(TOLD, rectified_on=day(1)))
    assert (hazard.rectified_on, hazard.submitted_on) == (day(1), day(2))


def test_evidence_goes_with_the_first_step_that_takes_any() -> None:
    for state, kind in ((State.RECTIFYING, "submitted"), (State.VERIFIED, "closed")):
        account = replace(TOLD if state is State.RECTIFYING else Account(), evidence=(PHOTO,))
        _, events = signed(in_state(state), account)
        assert [event.kind for event in events if "evidence" in event.facts] == [kind]


# what is missing


def test_all_that_is_missing_is_listed_at_once() -> None:
    assert missing(in_state(State.RECTIFYING), Account()) == (
        ["--measures", "--rectified-by", "--verified-by"],
        None,
    )
    assert missing(in_state(State.RECTIFYING, major=True), Account()) == (
        ["--measures", "--rectified-by", "--evidence", "--verified-by", "--verified-by"],
        None,
    )


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        (replace(TOLD_OF_MAJOR, measures=None), ["--measures"]),
        (replace(TOLD_OF_MAJOR, measures=""), ["--measures"]),
        (replace(TOLD_OF_MAJOR, rectified_by=None), ["--rectified-by"]),
        (replace(TOLD_OF_MAJOR, evidence=()), ["--evidence"]),
        (replace(TOLD_OF_MAJOR, verified_by=("乙",)), ["--verified-by"]),
        (replace(TOLD_OF_MAJOR, verified_by=()), ["--verified-by", "--verified-by"]),
    ],
)
def test_each_option_that_is_missing_is_named(told: Account, lacking: list[str]) -> None:
    assert missing(in_state(State.RECTIFYING, major=True), told) == (lacking, None)


def test_what_was_submitted_lacks_only_its_verifiers() -> None:
    assert missing(in_state(State.SUBMITTED), Account()) == (["--verified-by"], None)


def test_a_registered_hazard_is_assigned_first() -> None:
    assert missing(registered(), TOLD) == ([], "assign")
    assert missing(registered(), Account()) == (
        ["--measures", "--rectified-by", "--verified-by"],
        "assign",
    )


def test_a_major_hazard_is_assigned_and_accepted_first() -> None:
    major = in_state(State.REGISTERED, major=True)
    assert missing(major, replace(TOLD_OF_MAJOR, rectified_on=FOUND)) == ([], "assign")
    assert missing(in_state(State.ASSIGNED, major=True), TOLD_OF_MAJOR) == ([], "accept")
    hazard, _ = signed(in_state(State.RECTIFYING, major=True), TOLD_OF_MAJOR)
    assert hazard.state is State.CLOSED


# on the spot


@pytest.mark.parametrize("spot", [0, 1])
def test_what_was_corrected_on_the_spot_is_closed_straight_from_registered(spot: int) -> None:
    hazard, events = signed(registered(), replace(TOLD, rectified_on=day(spot)))
    assert [event.kind for event in events] == ["submitted", "verified", "closed"]
    assert (hazard.rectified_on, hazard.submitted_on) == (day(spot), day(spot))
    assert hazard.assigned_on is None


def test_two_days_later_is_not_on_the_spot() -> None:
    assert missing(registered(), replace(TOLD, rectified_on=day(2))) == ([], "assign")


def test_without_a_day_the_day_of_signing_decides() -> None:
    hazard, _ = signed(registered(), on=1)
    assert hazard.rectified_on == day(1)
    assert missing(registered(), TOLD, on=2) == ([], "assign")


def test_it_may_be_signed_off_long_after_it_was_corrected_on_the_spot() -> None:
    hazard, _ = signed(registered(), replace(TOLD, rectified_on=FOUND), on=60)
    assert (hazard.rectified_on, hazard.closed_on) == (FOUND, day(60))


# the guards of the steps hold within the walk


@pytest.mark.parametrize("signer", ["甲", " 甲", "乙"])
def test_the_signer_is_nobody_who_did_or_verified_it(signer: str) -> None:
    for hazard in (in_state(State.RECTIFYING), registered()):
        with pytest.raises(SamePerson):
            signed(hazard, replace(TOLD, rectified_on=FOUND), by=signer)


@pytest.mark.parametrize("rectifier", ["乙", "丙、乙", "丙，乙 "])
def test_the_verifier_is_none_of_those_who_rectified(rectifier: str) -> None:
    with pytest.raises(SamePerson):
        signed(in_state(State.RECTIFYING), replace(TOLD, rectified_by=rectifier))


def test_two_spellings_of_one_verifier_are_one() -> None:
    major = in_state(State.RECTIFYING, major=True)
    with pytest.raises(TwoVerifiersNeeded):
        signed(major, replace(TOLD_OF_MAJOR, verified_by=("王伟", "王 伟")))


def test_days_out_of_order_are_refused() -> None:
    hazard = in_state(State.RECTIFYING)
    for account in (
        replace(TOLD, rectified_on=day(-1)),
        replace(TOLD, rectified_on=day(5), verified_on=day(4)),
        replace(TOLD, rectified_on=day(5), verified_on=day(10)),
    ):
        with pytest.raises(OutOfOrder):
            signed(hazard, account)
    for account in (replace(TOLD, rectified_on=TODAY.replace(year=2030)),):
        with pytest.raises(FutureDay):
            signed(hazard, account)


def test_a_stop_order_stops_the_walk() -> None:
    with pytest.raises(StopOrderStands):
        signed(in_state(State.RECTIFYING, stop_order="停产令1号"))


@pytest.mark.parametrize("state", [State.CLOSED, State.VOID, State.TRANSFERRED])
def test_nothing_is_signed_off_that_is_not_open(state: State) -> None:
    with pytest.raises(WrongState):
        signed(in_state(state))


# facts of steps that were taken already


def test_a_fact_may_be_told_again_and_not_otherwise() -> None:
    hazard = in_state(State.SUBMITTED)
    signed(hazard, Account(rectified_by=" 甲 ", rectified_on=day(3), verified_by=("乙",)))
    for otherwise, option in (
        (Account(rectified_by="戊", verified_by=("乙",)), "--rectified-by"),
        (Account(rectified_on=day(2), verified_by=("乙",)), "--rectified-on"),
        (Account(measures="另一种", verified_by=("乙",)), "--measures"),
    ):
        with pytest.raises(AlreadyRecorded) as refusal:
            signed(hazard, otherwise)
        assert refusal.value.facts["option"] == option


def test_who_verified_it_is_not_told_otherwise_either() -> None:
    hazard = in_state(State.VERIFIED)
    signed(hazard, Account(verified_by=(" 乙",), verified_on=day(4)))
    major = in_state(State.VERIFIED, major=True)
    signed(major, Account(verified_by=("丙", "乙")))
    with pytest.raises(AlreadyRecorded):
        signed(hazard, Account(verified_by=("丙",)))
