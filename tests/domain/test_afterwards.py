"""After the sign-off: looked back on, reopened; and the two other ways out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hazardctl.domain.afterwards import look_back, reopen, take_back, transfer, void
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.lifecycle import CLAIMS, apply, past
from hazardctl.domain.refusals import (
    AssurancesMissing,
    DueBeforeFound,
    NotAccepted,
    NothingToReopen,
    OutOfOrder,
    StepsMissing,
    WasSubmitted,
    WrongState,
)
from hazardctl.domain.words import LookbackResult, State
from hazardctl.errors import MissingOptions
from tests.builders import FOUND, after, day, decide, due, in_days, in_state, stamp
from tests.reference import Move

REOPEN = Move("reopen", "赵六", day(8), due=day(30))


def reopened(hazard: Hazard) -> Hazard:
    """The hazard in its next cycle."""
    return after(hazard, decide(hazard, REOPEN))


# reopening


def test_reopening_opens_the_next_cycle_with_a_due_date_of_its_own() -> None:
    hazard = reopened(in_state(State.CLOSED))
    assert (hazard.cycle, hazard.state, hazard.reopened_on) == (2, State.ASSIGNED, day(8))
    assert (hazard.due_on, hazard.original_due_on) == (day(30), day(30))
    assert (hazard.closed_on, hazard.closed_by) == (None, None)
    assert {name: getattr(hazard, name) for name in CLAIMS} == CLAIMS
    assert hazard.responsible_person == "甲"


def test_the_closed_cycle_is_kept_as_it_was() -> None:
    closed = in_state(State.CLOSED)
    (event,) = decide(closed, REOPEN)
    assert past(closed, event, apply(closed, event)) == closed


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({"reason": None}, ["--reason"]),
        ({"basis": ""}, ["--basis"]),
        ({"deadline": None}, ["--due"]),
        ({"reason": "", "basis": None, "deadline": None}, ["--reason", "--basis", "--due"]),
    ],
)
def test_reopening_needs_a_reason_a_basis_and_a_new_due_date(
    given: dict[str, None], lacking: list[str]
) -> None:
    told = {"reason": "反弹", "basis": "回头看记录", "deadline": due(30), **given}
    with pytest.raises(MissingOptions) as refusal:
        reopen(in_state(State.CLOSED), stamp(on=8), **told)  # type: ignore[arg-type]  # what a test gives
    assert refusal.value.facts["options"] == lacking


def test_a_new_due_date_counts_from_the_reopening_and_is_not_before_it_was_found() -> None:
    closed = in_state(State.CLOSED)
    events = reopen(closed, stamp(on=8), reason="反弹", basis="回头看", deadline=in_days(7))
    assert after(closed, events).due_on == day(15)
    with pytest.raises(DueBeforeFound):
        reopen(closed, stamp(on=8), reason="反弹", basis="回头看", deadline=due(-1))


def test_a_reopened_major_hazard_is_accepted_anew() -> None:
    hazard = reopened(in_state(State.CLOSED, major=True))
    with pytest.raises(NotAccepted):
        decide(hazard, Move("submit", "甲", day(9), evidence=True))
    with pytest.raises(AssurancesMissing):
        decide(hazard, Move("accept", "甲", day(9)))
    hazard = after(hazard, decide(hazard, Move("accept", "甲", day(9), assured=True)))
    assert decide(hazard, Move("submit", "甲", day(9), evidence=True))


# looking back


def looked(
    hazard: Hazard, result: LookbackResult | None = LookbackResult.CONFIRMED, *, on: int = 6
) -> Hazard:
    """The hazard after a look-back."""
    return after(hazard, look_back(hazard, stamp(on=on), result=result, inspectors=["壬"]))


@pytest.mark.parametrize("result", LookbackResult)
def test_a_look_back_is_recorded_and_leaves_the_hazard_closed(result: LookbackResult) -> None:
    hazard = looked(in_state(State.CLOSED), result)
    assert (hazard.state, hazard.closed_on) == (State.CLOSED, day(5))
    assert (hazard.lookback_on, hazard.lookback_result) == (day(6), result)


@pytest.mark.parametrize("on", [5, 4])
def test_a_look_back_comes_after_the_day_of_the_sign_off(on: int) -> None:
    with pytest.raises(OutOfOrder) as refusal:
        looked(in_state(State.CLOSED), on=on)
    assert refusal.value.facts["after_on"] == day(5)


def test_a_second_look_back_is_not_before_the_first() -> None:
    hazard = looked(in_state(State.CLOSED), on=9)
    assert looked(hazard, on=9).lookback_on == day(9)
    with pytest.raises(OutOfOrder):
        looked(hazard, on=8)


def test_a_look_back_needs_a_result_and_an_inspector() -> None:
    with pytest.raises(MissingOptions) as refusal:
        look_back(in_state(State.CLOSED), stamp(on=6), result=None, inspectors=[])
    assert refusal.value.facts["options"] == ["--result", "--inspector"]


def test_a_bad_result_may_reopen_it_at_once() -> None:
    closed = in_state(State.CLOSED)
    events = look_back(
        closed,
        stamp(on=6),
        result=LookbackResult.REBOUND,
        inspectors=["壬", "癸"],
        reopening=True,
        deadline=due(30),
    )
    assert [event.kind for event in events] == ["looked-back", "reopened"]
    assert events[0].facts["inspectors"] == ["壬", "癸"]
    hazard = after(closed, events)
    assert (hazard.state, hazard.cycle, hazard.original_due_on) == (State.ASSIGNED, 2, day(30))


def test_reopening_by_a_look_back_needs_a_due_date() -> None:
    move = Move("lookback", "壬", day(6), reopening=True)
    with pytest.raises(MissingOptions) as refusal:
        decide(in_state(State.CLOSED), move)
    assert refusal.value.facts["options"] == ["--due"]


def test_what_was_confirmed_gives_no_cause_to_reopen() -> None:
    move = Move("lookback", "壬", day(6), reopening=True, due=day(30), result="confirmed")
    with pytest.raises(NothingToReopen):
        decide(in_state(State.CLOSED), move)


# void


@pytest.mark.parametrize("state", [State.REGISTERED, State.ASSIGNED, State.RECTIFYING])
def test_a_mistaken_entry_is_void_with_its_reason(state: State) -> None:
    hazard = in_state(state)
    events = void(hazard, stamp(on=6), reason="重复登记", duplicate_of="YH-2022-00007")
    hazard = after(hazard, events)
    assert (hazard.state, hazard.duplicate_of) == (State.VOID, "YH-2022-00007")
    with pytest.raises(MissingOptions):
        void(in_state(state), stamp(on=6), reason=None)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.VERIFIED, State.CLOSED])
def test_what_is_submitted_is_not_made_void(state: State) -> None:
    with pytest.raises(WrongState):
        void(in_state(state), stamp(on=6), reason="重复登记")


def test_what_was_ever_submitted_in_any_cycle_is_not_made_void() -> None:
    rejected = in_state(State.SUBMITTED)
    rejected = after(rejected, decide(rejected, Move("reject", "乙", day(6))))
    returned = in_state(State.SUBMITTED)
    for move in (Move("transfer", "赵六", day(6)), Move("take-back", "赵六", day(7))):
        returned = after(returned, decide(returned, move))
    for hazard in (rejected, returned, reopened(in_state(State.CLOSED))):
        with pytest.raises(WasSubmitted):
            void(hazard, stamp(on=9), reason="重复登记")


# transferred


def test_a_transfer_says_to_whom_and_why() -> None:
    hazard = in_state(State.RECTIFYING)
    with pytest.raises(MissingOptions) as refusal:
        transfer(hazard, stamp(on=6), to=None, reason=None)
    assert refusal.value.facts["options"] == ["--to", "--reason"]
    (event,) = transfer(hazard, stamp(on=6), to="住建局", reason="不属本部门", doc_no="移1")
    assert after(hazard, [event]).transferred_to == "住建局"
    assert event.facts == {"reason": "不属本部门", "doc_no": "移1"}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.VERIFIED])
def test_what_is_taken_back_is_registered_and_has_lost_its_claims(state: State) -> None:
    hazard = in_state(state, major=True)
    hazard = after(hazard, transfer(hazard, stamp(on=6), to="住建局", reason="不属本部门"))
    hazard = after(hazard, take_back(hazard, stamp(on=7)))
    assert hazard.state is State.REGISTERED
    assert {name: getattr(hazard, name) for name in CLAIMS} == CLAIMS
    assert (hazard.transferred_to, hazard.assigned_on, hazard.accepted_on) == (None, None, None)


def test_what_is_taken_back_keeps_its_due_date_until_it_is_assigned_anew() -> None:
    extended = in_state(State.RECTIFYING, due_on=day(20), extensions=1)
    hazard = after(extended, transfer(extended, stamp(on=6), to="住建局", reason="不属本部门"))
    hazard = after(hazard, take_back(hazard, stamp(on=7)))
    assert (hazard.due_on, hazard.original_due_on) == (day(20), day(10))
    kept = after(hazard, decide(hazard, Move("assign", "赵六", day(8), person="己")))
    assert (kept.due_on, kept.original_due_on, kept.extensions) == (day(20), day(10), 1)
    anew = after(hazard, decide(hazard, Move("assign", "赵六", day(8), person="己", due=day(40))))
    assert anew.due_on == day(40)


def test_what_is_taken_back_is_the_same_cycle() -> None:
    hazard = reopened(in_state(State.CLOSED))
    for move in (Move("transfer", "赵六", day(9)), Move("take-back", "赵六", day(10))):
        hazard = after(hazard, decide(hazard, move))
    assert (hazard.cycle, hazard.state) == (2, State.REGISTERED)


def test_a_general_hazard_taken_back_is_closed_straight_only_if_it_was_corrected_on_the_spot() -> (
    None
):
    hazard = in_state(State.TRANSFERRED)
    hazard = after(hazard, take_back(hazard, stamp(on=7)))
    close = Move("close", "丁", day(9), rectified_by="甲", rectified_on=FOUND, verifiers=("乙",))
    assert after(hazard, decide(hazard, close)).submitted_on == day(7)
    with pytest.raises(StepsMissing):
        decide(hazard, replace(close, rectified_on=day(7)))
