"""How a hazard enters, how its grade is settled, how its description is corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hazardctl.domain.hazard import Draft
from hazardctl.domain.lifecycle import born, past
from hazardctl.domain.refusals import (
    AssurancesMissing,
    BasisNeeded,
    CaseLeaderNeeded,
    DueBeforeFound,
    FutureDay,
    GradeSettled,
    NotAccepted,
    WrongState,
)
from hazardctl.domain.registering import edit, grade, register, take_in
from hazardctl.domain.words import DueKind, Severity, State
from hazardctl.errors import NoDueDay, NothingCorrected
from tests.builders import (
    FOUND,
    TODAY,
    WHAT,
    after,
    at_once,
    day,
    decide,
    drafted,
    due,
    in_days,
    in_state,
    no_day,
    registered,
    stamp,
)
from tests.reckoning import state_on
from tests.reference import Move

TOMORROW = TODAY + timedelta(days=1)


# entering


def test_a_hazard_enters_on_the_day_it_was_found() -> None:
    event = register(stamp(on=9), found_on=FOUND, what=WHAT)
    hazard = born("YH-2022-00001", event)
    assert (event.on, event.kind, event.by) == (FOUND, "registered", "赵六")
    assert (hazard.state, hazard.cycle, hazard.severity) == (State.REGISTERED, 1, Severity.GENERAL)
    assert (hazard.since_on, hazard.from_on, hazard.due_on) == (FOUND, FOUND, None)


def test_it_may_be_found_today_and_not_tomorrow() -> None:
    assert registered(found_on=TODAY).found_on == TODAY
    with pytest.raises(FutureDay) as refusal:
        registered(found_on=TOMORROW)
    assert refusal.value.facts["on"] == TOMORROW


def test_a_major_hazard_may_enter_without_its_basis() -> None:
    assert registered(severity=Severity.MAJOR).is_major


def test_it_may_enter_with_a_due_date_counted_from_the_day_found() -> None:
    hazard = registered(deadline=in_days(7))
    assert (hazard.due_on, hazard.original_due_on) == (day(7), day(7))
    assert registered(deadline=at_once).due_kind is DueKind.IMMEDIATE
    with pytest.raises(DueBeforeFound):
        registered(deadline=due(-1))
    with pytest.raises(NoDueDay):
        registered(deadline=no_day)


def test_what_is_blank_is_not_stored() -> None:
    hazard = registered(district="", location=None, campaigns=())
    assert (hazard.district, hazard.location, hazard.campaigns) == (None, None, ())


# as a file states it


def stated(**fields: object) -> Draft:
    """A row of a file, as it states a hazard."""
    hazard = replace(registered(), number="", imported=True, **fields)  # type: ignore[arg-type]  # what a test gives
    return drafted(hazard, {"隐患": "堆放"}, sheet="台账", row=5)


def test_a_stated_hazard_enters_whole_with_its_raw_row() -> None:
    draft = stated(state=State.CLOSED, closed_on=day(3), since_on=day(3), closed_by="丁")
    event = take_in(draft, by="赵六", file={"file": "台账.xlsx"})
    assert born("YH-2022-00009", event) == replace(draft.hazard, number="YH-2022-00009")
    assert event.facts == {
        "file": "台账.xlsx",
        "sheet": "台账",
        "row": 5,
        "raw": {"隐患": "堆放"},
    }


def test_a_reopened_hazard_brings_the_day_on_which_its_last_cycle_was_closed() -> None:
    draft = replace(
        stated(cycle=2, state=State.ASSIGNED, from_on=day(9), since_on=day(9), assigned_on=day(9)),
        previous_closed_on=day(5),
    )
    event = take_in(draft, by="赵六", file={})
    before = past(None, event, born("YH-2022-00009", event))
    assert before
    assert (before.cycle, before.state, before.closed_on) == (1, State.CLOSED, day(5))
    assert state_on(before, day(4)) is State.ASSIGNED
    assert state_on(before, day(5)) is State.CLOSED


# grading


def graded(
    severity: Severity, *, state: State = State.ASSIGNED, basis: str | None = "判定标准第3条"
) -> None:
    """Grade a hazard of the other grade anew."""
    hazard = in_state(state, major=severity is Severity.GENERAL)
    hazard = after(hazard, grade(hazard, stamp(on=9), severity=severity, basis=basis))
    assert (hazard.severity, hazard.basis, hazard.state) == (severity, basis, state)


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("state", [State.REGISTERED, State.ASSIGNED, State.RECTIFYING])
def test_a_hazard_is_graded_either_way_until_it_is_submitted(
    severity: Severity, state: State
) -> None:
    graded(severity, state=state)


@pytest.mark.parametrize(
    "state", [state for state in State if state not in ("registered", "assigned", "rectifying")]
)
def test_from_then_on_the_grade_is_settled(state: State) -> None:
    with pytest.raises(GradeSettled):
        grade(in_state(state), stamp(on=9), severity=Severity.MAJOR, basis="判定标准第3条")


@pytest.mark.parametrize("basis", [None, ""])
@pytest.mark.parametrize("severity", Severity)
def test_a_grade_needs_its_basis(severity: Severity, basis: str | None) -> None:
    with pytest.raises(BasisNeeded):
        graded(severity, basis=basis)


def test_what_becomes_major_in_someones_hands_needs_a_case_leader() -> None:
    for state in (State.ASSIGNED, State.RECTIFYING):
        led_by_nobody = in_state(state, case_leader=None)
        with pytest.raises(CaseLeaderNeeded):
            grade(led_by_nobody, stamp(on=9), severity=Severity.MAJOR, basis="第3条")
    assert grade(registered(), stamp(on=9), severity=Severity.MAJOR, basis="第3条")


def test_what_becomes_major_is_accepted_with_all_five_assurances_however_it_was_accepted() -> None:
    hazard = in_state(State.ASSIGNED)
    for move in (Move("accept", "甲", day(2)), Move("grade", "赵六", day(3), major=True)):
        hazard = after(hazard, decide(hazard, move))
    with pytest.raises(NotAccepted):
        decide(hazard, Move("submit", "甲", day(4), evidence=True))
    with pytest.raises(AssurancesMissing):
        decide(hazard, Move("accept", "甲", day(4)))
    hazard = after(hazard, decide(hazard, Move("accept", "甲", day(4), assured=True)))
    assert decide(hazard, Move("submit", "甲", day(5), evidence=True))


def test_the_same_grade_again_is_nothing() -> None:
    assert grade(in_state(State.CLOSED), stamp(on=9), severity=Severity.GENERAL, basis=None) == []


# correcting


def test_a_correction_keeps_the_old_values_beside_the_new() -> None:
    hazard = registered(district="永安镇")
    (event,) = edit(hazard, stamp(on=9), corrections={"district": "沿溪镇", "location": "二车间"})
    assert event.changes == {"district": "沿溪镇", "location": "二车间"}
    assert event.facts == {"was": {"district": "永安镇", "location": None}}
    assert after(hazard, [event]).state is State.REGISTERED


def test_a_correction_takes_no_part_in_the_order_of_the_steps() -> None:
    hazard = in_state(State.RECTIFYING)
    (event,) = edit(hazard, stamp(on=1), corrections={"district": "沿溪镇"})
    assert after(hazard, [event]).since_on == hazard.since_on
    with pytest.raises(FutureDay):
        edit(hazard, stamp(on=TOMORROW), corrections={"district": "沿溪镇"})


def test_a_correction_that_corrects_nothing_writes_nothing() -> None:
    assert (
        edit(registered(district="永安镇"), stamp(on=9), corrections={"district": "永安镇"}) == []
    )
    with pytest.raises(NothingCorrected):
        edit(registered(), stamp(on=9), corrections={})


@pytest.mark.parametrize("state", [State.CLOSED, State.VOID, State.TRANSFERRED])
def test_what_is_not_open_is_not_corrected(state: State) -> None:
    with pytest.raises(WrongState):
        edit(in_state(state), stamp(on=9), corrections={"district": "沿溪镇"})
