"""What it takes to hand a hazard over, to take it on and to tell how it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hazardctl.domain.assigning import ASSURANCES, Deadline, Order, accept, assign, progress
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.refusals import (
    AssurancesMissing,
    CaseLeaderNeeded,
    DueBeforeFound,
    DueIsSet,
    NotAccepted,
)
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import DueKind, Severity, State
from hazardctl.errors import MissingOptions, NoDueDay
from tests.builders import (
    FIVE,
    FOUND,
    after,
    at_once,
    day,
    decide,
    due,
    in_days,
    in_state,
    no_day,
    registered,
    stamp,
)
from tests.reference import Move

SOMEONE = Order(responsible_person="甲")
EVERYONE_NEEDS_ONE = Rules(case_leader_for_all=True)


def assigned(
    hazard: Hazard,
    *,
    order: Order = SOMEONE,
    deadline: Deadline | None = None,
    on: int = 1,
    rules: Rules | None = None,
) -> Hazard:
    """The hazard after it was assigned."""
    rules = rules or Rules()
    return after(hazard, assign(hazard, stamp(on=on), order=order, deadline=deadline, rules=rules))


# the first order


def test_an_order_names_the_due_date_and_someone_responsible() -> None:
    hazard = assigned(registered(), deadline=due(10))
    assert hazard.state is State.ASSIGNED
    assert (hazard.due_on, hazard.original_due_on, hazard.due_kind) == (
        day(10),
        day(10),
        DueKind.DATE,
    )
    assert (hazard.responsible_person, hazard.assigned_on) == ("甲", day(1))


def test_all_that_an_order_lacks_is_named_at_once() -> None:
    with pytest.raises(MissingOptions) as refusal:
        assigned(registered(), order=Order(regulator="应急局"))
    assert refusal.value.facts["options"] == ["--due", "--responsible-person"]


@pytest.mark.parametrize(
    "order", [Order(responsible_unit="镇政府"), Order(responsible_person="甲")]
)
def test_a_unit_or_a_person_is_enough(order: Order) -> None:
    assert assigned(registered(), order=order, deadline=due(10)).state is State.ASSIGNED


def test_what_was_told_when_it_was_added_need_not_be_told_again() -> None:
    hazard = registered(responsible_unit="镇政府", deadline=due(10))
    assert assigned(hazard, order=Order()).due_on == day(10)
    assert assigned(hazard, order=Order(), deadline=due(12)).due_on == day(12)


@pytest.mark.parametrize("before", [-1, -30])
def test_nothing_is_due_before_it_was_found(before: int) -> None:
    with pytest.raises(DueBeforeFound) as refusal:
        assigned(registered(), deadline=due(before))
    assert refusal.value.facts["found_on"] == FOUND


def test_it_may_be_due_on_the_day_it_was_found() -> None:
    assert assigned(registered(), deadline=due(0)).due_on == FOUND


def test_days_count_from_the_order_and_at_once_means_the_day_found() -> None:
    assert assigned(registered(), deadline=in_days(7), on=3).due_on == day(10)
    hazard = assigned(registered(), deadline=at_once, on=3)
    assert (hazard.due_on, hazard.due_kind) == (FOUND, DueKind.IMMEDIATE)


def test_a_deadline_that_names_no_day_is_no_due_date() -> None:
    with pytest.raises(NoDueDay):
        assigned(registered(), deadline=no_day)


def test_a_major_hazard_needs_a_case_leader() -> None:
    major = registered(severity=Severity.MAJOR)
    with pytest.raises(CaseLeaderNeeded):
        assigned(major, deadline=due(10))
    order = replace(SOMEONE, case_leader="李局")
    assert assigned(major, order=order, deadline=due(10)).case_leader == "李局"
    led = registered(severity=Severity.MAJOR, case_leader="王局")
    assert assigned(led, deadline=due(10)).case_leader == "王局"


def test_a_ledger_may_ask_a_case_leader_of_every_hazard() -> None:
    with pytest.raises(CaseLeaderNeeded):
        assigned(registered(), deadline=due(10), rules=EVERYONE_NEEDS_ONE)


# a second order


@pytest.mark.parametrize("state", [State.ASSIGNED, State.RECTIFYING])
def test_a_second_order_changes_the_people_and_neither_due_date_nor_state(state: State) -> None:
    before = in_state(state)
    hazard = assigned(before, order=Order(responsible_person="己", case_leader="王局"), on=9)
    assert (hazard.responsible_person, hazard.case_leader) == ("己", "王局")
    assert (hazard.state, hazard.due_on, hazard.original_due_on) == (state, day(10), day(10))
    assert hazard.assigned_on == before.assigned_on


def test_whom_a_second_order_does_not_name_stays() -> None:
    hazard = assigned(in_state(State.ASSIGNED), order=Order(regulator="应急局"), on=9)
    assert (hazard.responsible_person, hazard.case_leader) == ("甲", "李局")
    assert hazard.regulator == "应急局"


def test_a_second_order_may_repeat_the_due_date_and_not_change_it() -> None:
    order = Order(responsible_person="己")
    again = assigned(in_state(State.ASSIGNED), order=order, deadline=due(10), on=9)
    assert again.due_on == day(10)
    with pytest.raises(DueIsSet) as refusal:
        assigned(in_state(State.ASSIGNED), order=order, deadline=due(11), on=9)
    assert refusal.value.facts["due_on"] == day(10)
    assert refusal.value.facts["given"] == day(11)


def test_after_an_extension_the_present_due_date_is_the_one_to_repeat() -> None:
    extended = in_state(State.ASSIGNED, due_on=day(20))
    order = Order(responsible_person="己")
    assert assigned(extended, order=order, deadline=due(20), on=9).original_due_on == day(10)
    with pytest.raises(DueIsSet):
        assigned(extended, order=order, deadline=due(10), on=9)


@pytest.mark.parametrize("order", [Order(), Order(doc_no="交办〔2022〕1号")])
def test_a_second_order_that_names_nobody_is_none(order: Order) -> None:
    with pytest.raises(MissingOptions):
        assigned(in_state(State.ASSIGNED), order=order, on=9)


# taking it on


def test_a_general_hazard_is_accepted_without_assurances() -> None:
    hazard = after(
        in_state(State.ASSIGNED), accept(in_state(State.ASSIGNED), stamp(on=2), assurances={})
    )
    assert (hazard.state, hazard.accepted_on) == (State.RECTIFYING, day(2))


@pytest.mark.parametrize("lacking", ASSURANCES)
def test_a_major_hazard_is_accepted_with_all_five_assurances(lacking: str) -> None:
    major = in_state(State.ASSIGNED, major=True)
    some = {name: text for name, text in FIVE.items() if name != lacking}
    with pytest.raises(AssurancesMissing) as refusal:
        accept(major, stamp(on=2), assurances=some)
    assert refusal.value.facts["missing"] == [lacking]
    (event,) = accept(major, stamp(on=2), assurances=FIVE)
    assert event.facts["assurances"] == FIVE


def test_the_five_assurances_are_those_of_the_rule() -> None:
    assert ASSURANCES == ("responsibility", "measures", "funds", "deadline", "plan")


@pytest.mark.parametrize("action", ["progress", "submit"])
def test_a_major_hazard_goes_no_further_before_it_is_accepted(action: str) -> None:
    with pytest.raises(NotAccepted):
        decide(in_state(State.ASSIGNED, major=True), Move(action, "甲", day(2), evidence=True))


@pytest.mark.parametrize("action", ["progress", "submit"])
def test_a_general_hazard_needs_no_acceptance(action: str) -> None:
    assert decide(in_state(State.ASSIGNED), Move(action, "甲", day(2)))


# how it goes


def test_progress_tells_a_note_and_perhaps_a_share() -> None:
    hazard = in_state(State.ASSIGNED)
    with pytest.raises(MissingOptions) as refusal:
        progress(hazard, stamp(on=2), note=None, percent=50)
    assert refusal.value.facts["options"] == ["--note"]
    hazard = after(hazard, progress(hazard, stamp(on=2), note="已清运一半", percent=50))
    assert (hazard.state, hazard.percent) == (State.RECTIFYING, 50)
    hazard = after(hazard, progress(hazard, stamp(on=3), note="等材料"))
    assert (hazard.percent, hazard.progress_on, hazard.rectifying_on) == (50, day(3), day(2))
