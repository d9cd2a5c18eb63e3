"""Every state and every action: which step starts where, and where it leads."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from hazardctl.domain.hazard import Hazard
from hazardctl.domain.lifecycle import MOVES, Action, apply, possible
from hazardctl.domain.refusals import FutureDay, GradeSettled, OutOfOrder, WrongState
from hazardctl.domain.words import OPEN, State
from tests.builders import FOUND, TODAY, after, altered, day, decide, in_state
from tests.reference import Move

# The table of the design, written out: from each state, what may be done and where it leads.
TABLE: dict[str, dict[str, str]] = {
    "registered": {
        "assign": "assigned",
        "void": "void",
        "transfer": "transferred",
        "grade": "registered",
        "edit": "registered",
    },
    "assigned": {
        "assign": "assigned",
        "accept": "rectifying",
        "progress": "rectifying",
        "submit": "submitted",
        "extend": "assigned",
        "void": "void",
        "transfer": "transferred",
        "grade": "assigned",
        "edit": "assigned",
    },
    "rectifying": {
        "assign": "rectifying",
        "progress": "rectifying",
        "submit": "submitted",
        "extend": "rectifying",
        "void": "void",
        "transfer": "transferred",
        "grade": "rectifying",
        "edit": "rectifying",
    },
    "submitted": {
        "reject": "rectifying",
        "verify": "verified",
        "transfer": "transferred",
        "edit": "submitted",
    },
    "verified": {
        "reject": "rectifying",
        "close": "closed",
        "transfer": "transferred",
        "edit": "verified",
    },
    "closed": {"reopen": "assigned", "lookback": "closed"},
    "void": {},
    "transferred": {"take-back": "registered"},
}

LATE = day(20)
MOVE = {
    "assign": Move("assign", "赵六", LATE, person="己", leader="王局"),
    "accept": Move("accept", "甲", LATE, assured=True),
    "progress": Move("progress", "甲", LATE),
    "submit": Move("submit", "甲", LATE, evidence=True),
    "reject": Move("reject", "乙", LATE),
    "verify": Move("verify", "乙", LATE, verifiers=("乙", "丙")),
    "close": Move("close", "丁", LATE),
    "reopen": Move("reopen", "赵六", LATE, due=day(40)),
    "extend": Move("request", "甲", LATE, due=day(40)),
    "lookback": Move("lookback", "壬", LATE),
    "void": Move("void", "赵六", LATE),
    "transfer": Move("transfer", "赵六", LATE),
    "take-back": Move("take-back", "赵六", LATE),
    "grade": Move("grade", "赵六", LATE, major=True),
    "edit": Move("edit", "赵六", LATE, stop_order="停产令1号"),
}


def test_the_table_is_the_one_of_the_design() -> None:
    assert {state: set(moves) for state, moves in TABLE.items()} == {
        state: {action for action in Action if (state, action) in MOVES} for state in State
    }
    assert set(MOVE) == {str(action) for action in Action}


LEGAL = [(state, action, to) for state, moves in TABLE.items() for action, to in moves.items()]


def hazard_in(state: str) -> Hazard:
    """A hazard in a state; a registered one has a due date already."""
    hazard = in_state(State(state))
    due_on = hazard.due_on or day(10)
    return altered(hazard, due_on=due_on, original_due_on=due_on)


@pytest.mark.parametrize(("state", "action", "to"), LEGAL)
def test_an_action_leads_where_the_table_says(state: str, action: str, to: str) -> None:
    hazard = hazard_in(state)
    assert after(hazard, decide(hazard, MOVE[action])).state == to


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (state, str(action))
        for state in TABLE
        for action in Action
        if action not in TABLE[state] and not (action is Action.CLOSE and state in OPEN)
    ],
)
def test_every_other_action_is_refused(state: str, action: str) -> None:
    hazard = hazard_in(state)
    with pytest.raises((WrongState, GradeSettled)) as refusal:
        decide(hazard, MOVE[action])
    assert refusal.value.facts["number"] == hazard.number
    assert refusal.value.facts["state"] == state


@pytest.mark.parametrize("state", TABLE)
def test_a_refusal_names_what_is_possible_instead(state: str) -> None:
    action = next(one for one in ("reopen", "verify") if one not in TABLE[state])
    with pytest.raises(WrongState) as refusal:
        decide(hazard_in(state), MOVE[action])
    assert refusal.value.facts["action"] == action
    commands = {"take-back": "transfer --take-back", "extend": "extend request"}
    allowed = [str(one) for one in Action if one in TABLE[state] and one != "grade"]
    assert refusal.value.facts["possible"] == [commands.get(one, one) for one in allowed]


def test_open_means_neither_closed_nor_void_nor_transferred() -> None:
    assert set(State) - set(OPEN) == {State.CLOSED, State.VOID, State.TRANSFERRED}
    for state in State:
        assert in_state(state).is_open is (state in OPEN)


def test_what_is_possible_is_told_in_the_order_of_the_life() -> None:
    assert [str(action) for action in possible(State.VERIFIED)] == [
        "reject",
        "close",
        "transfer",
        "edit",
    ]


@pytest.mark.parametrize(
    ("state", "action"), [(state, action) for state, action, _to in LEGAL if action != "edit"]
)
def test_a_step_is_taken_on_no_day_before_the_one_it_follows(state: str, action: str) -> None:
    hazard = hazard_in(state)
    assert hazard.since_on
    with pytest.raises(OutOfOrder) as refusal:
        decide(hazard, replace(MOVE[action], on=hazard.since_on - timedelta(days=1)))
    assert refusal.value.facts["number"] == hazard.number


@pytest.mark.parametrize(
    ("state", "action"), [(state, action) for state, action, _to in LEGAL if action != "lookback"]
)
def test_late_paper_may_be_of_the_very_day_of_the_step_before(state: str, action: str) -> None:
    hazard = hazard_in(state)
    on = hazard.since_on or FOUND
    (*_, event) = decide(hazard, replace(MOVE[action], on=on))
    assert event.on == on


@pytest.mark.parametrize(("state", "action"), [(state, action) for state, action, _to in LEGAL])
def test_nothing_happens_in_the_future(state: str, action: str) -> None:
    move = MOVE[action]
    tomorrow = replace(move, on=TODAY + timedelta(days=1), due=move.due and TODAY)
    if action == "reopen":
        tomorrow = replace(tomorrow, due=TODAY + timedelta(days=9))
    with pytest.raises(FutureDay) as refusal:
        decide(hazard_in(state), tomorrow)
    assert refusal.value.facts["today"] == TODAY


@pytest.mark.parametrize(("state", "action"), [(state, action) for state, action, _to in LEGAL])
def test_a_step_changes_nothing_but_what_its_event_says(state: str, action: str) -> None:
    hazard = hazard_in(state)
    then = hazard
    for event in decide(hazard, MOVE[action]):
        following = apply(then, event)
        differing = {
            one.name
            for one in fields(Hazard)
            if getattr(then, one.name) != getattr(following, one.name)
        }
        assert differing <= {*event.changes, "from_on"}
        then = following
    assert then.number == hazard.number
    assert then.found_on == hazard.found_on
