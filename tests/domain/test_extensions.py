"""Extensions: asked for by one, granted by another, and never of the original due date."""

from __future__ import annotations

import pytest

from hazardctl.domain.assigning import approve_extension, refuse_extension, request_extension
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.refusals import (
    DueBeforeFound,
    ExtensionNotLater,
    ExtensionPending,
    NoExtensionPending,
    SamePerson,
    TooManyExtensions,
)
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import State
from hazardctl.errors import MissingOptions
from tests.builders import after, day, decide, due, in_days, in_state, stamp
from tests.reference import Move

UNDER_WAY = (State.ASSIGNED, State.RECTIFYING)


def requested(hazard: Hazard, until: int, *, on: int = 4, allowed: int = 2) -> Hazard:
    """The hazard after 甲 asked for a later due date."""
    events = request_extension(
        hazard,
        stamp("甲", on),
        deadline=due(until),
        reason="设备未到货",
        rules=Rules(extensions=allowed),
    )
    return after(hazard, events)


def extended(hazard: Hazard, until: int, *, on: int = 4) -> Hazard:
    """The hazard after a later due date was asked for and granted."""
    asked = requested(hazard, until, on=on)
    return after(asked, approve_extension(asked, stamp("赵六", on)))


@pytest.mark.parametrize("state", UNDER_WAY)
def test_a_request_moves_nothing_yet(state: State) -> None:
    hazard = requested(in_state(state), 20)
    assert (hazard.state, hazard.due_on, hazard.extensions) == (state, day(10), 0)
    assert (hazard.pending_due_on, hazard.pending_by) == (day(20), "甲")


@pytest.mark.parametrize("state", UNDER_WAY)
def test_an_approval_moves_the_due_date_and_never_the_original_one(state: State) -> None:
    hazard = extended(extended(in_state(state), 20), 30)
    assert (hazard.due_on, hazard.original_due_on) == (day(30), day(10))
    assert (hazard.state, hazard.extensions, hazard.pending_due_on) == (state, 2, None)


def test_a_refusal_leaves_everything_as_it_was() -> None:
    asked = requested(in_state(State.ASSIGNED), 20)
    with pytest.raises(MissingOptions):
        refuse_extension(asked, stamp(on=4), reason="")
    hazard = after(asked, refuse_extension(asked, stamp(on=4), reason="理由不足"))
    assert (hazard.due_on, hazard.extensions, hazard.pending_due_on) == (day(10), 0, None)
    assert extended(hazard, 20).extensions == 1


@pytest.mark.parametrize("same", ["甲", " 甲", "甲\u3000"])
def test_nobody_approves_their_own_request(same: str) -> None:
    asked = requested(in_state(State.ASSIGNED), 20)
    with pytest.raises(SamePerson) as refusal:
        approve_extension(asked, stamp(same, 4))
    assert (refusal.value.facts["part"], refusal.value.facts["other"]) == ("approver", "requester")


@pytest.mark.parametrize("until", [10, 9, 0])
def test_an_extension_is_later_than_the_present_due_date(until: int) -> None:
    with pytest.raises(ExtensionNotLater) as refusal:
        requested(in_state(State.ASSIGNED), until)
    assert refusal.value.facts["due_on"] == day(10)
    with pytest.raises(ExtensionNotLater):
        requested(extended(in_state(State.ASSIGNED), 20), 20)


def test_an_extension_to_before_it_was_found_is_refused_too() -> None:
    with pytest.raises(DueBeforeFound):
        requested(in_state(State.ASSIGNED), -1)


def test_one_request_waits_at_a_time() -> None:
    with pytest.raises(ExtensionPending):
        requested(requested(in_state(State.ASSIGNED), 20), 30)


def test_an_answer_needs_a_question() -> None:
    for answer in (Move("approve", "赵六", day(4)), Move("refuse", "赵六", day(4))):
        with pytest.raises(NoExtensionPending):
            decide(in_state(State.ASSIGNED), answer)


@pytest.mark.parametrize("allowed", [0, 1, 2, 3])
def test_a_cycle_has_no_more_extensions_than_the_ledger_allows(allowed: int) -> None:
    hazard = in_state(State.ASSIGNED)
    for granted in range(allowed):
        asked = requested(hazard, 20 + granted, allowed=allowed)
        hazard = after(asked, approve_extension(asked, stamp(on=4)))
    with pytest.raises(TooManyExtensions) as refusal:
        requested(hazard, 60, allowed=allowed)
    assert (refusal.value.facts["granted"], refusal.value.facts["allowed"]) == (allowed, allowed)


def test_what_was_refused_or_dropped_does_not_count() -> None:
    hazard = in_state(State.ASSIGNED)
    for _ in range(3):
        asked = requested(hazard, 20)
        hazard = after(asked, refuse_extension(asked, stamp(on=4), reason="理由不足"))
    assert requested(hazard, 20).pending_due_on == day(20)


def test_the_next_cycle_counts_anew() -> None:
    hazard = extended(extended(in_state(State.ASSIGNED), 20), 30)
    for move in (
        Move("submit", "甲", day(5)),
        Move("verify", "乙", day(6)),
        Move("close", "丁", day(7)),
        Move("reopen", "赵六", day(8), due=day(50)),
    ):
        hazard = after(hazard, decide(hazard, move))
    assert (hazard.extensions, hazard.original_due_on) == (0, day(50))
    assert extended(hazard, 60, on=9).extensions == 1


def test_a_request_names_the_day_and_the_reason() -> None:
    with pytest.raises(MissingOptions) as refusal:
        request_extension(
            in_state(State.ASSIGNED), stamp(on=4), deadline=None, reason=None, rules=Rules()
        )
    assert refusal.value.facts["options"] == ["--due", "--reason"]


def test_days_of_an_extension_count_from_the_request() -> None:
    hazard = in_state(State.ASSIGNED)
    events = request_extension(
        hazard, stamp("甲", 4), deadline=in_days(10), reason="设备未到货", rules=Rules()
    )
    assert after(hazard, events).pending_due_on == day(14)


@pytest.mark.parametrize("move", [Move("submit", "甲", day(5)), Move("transfer", "赵六", day(5))])
def test_what_still_waits_is_dropped_with_an_event_when_the_hazard_moves_on(move: Move) -> None:
    asked = requested(in_state(State.RECTIFYING), 20)
    dropped, step = decide(asked, move)
    assert (dropped.kind, dropped.facts["due_on"]) == ("extension-dropped", day(20))
    assert step.kind == {"submit": "submitted", "transfer": "transferred"}[move.action]
    hazard = after(asked, [dropped, step])
    assert (hazard.pending_due_on, hazard.pending_by, hazard.due_on) == (None, None, day(10))


def test_signing_off_by_walking_drops_it_too() -> None:
    asked = requested(in_state(State.RECTIFYING), 20)
    events = decide(asked, Move("close", "丁", day(5), rectified_by="甲", verifiers=("乙",)))
    assert [event.kind for event in events] == [
        "extension-dropped",
        "submitted",
        "verified",
        "closed",
    ]


def test_an_extension_that_waits_all_the_same_stops_the_signing_off() -> None:
    waiting = in_state(State.VERIFIED, pending_due_on=day(20), pending_by="甲")
    with pytest.raises(ExtensionPending):
        decide(waiting, Move("close", "丁", day(5)))
