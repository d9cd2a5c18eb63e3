"""Every state of a referral and every step: which follows, and on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from hazardctl.domain.entering import apply, born, correct, enter
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.referring import ADVANCED, STEPS, advance, day_of, reached
from hazardctl.domain.refusals import DaysInDisorder, FutureDay, StepInDisorder
from hazardctl.domain.register import REFERRAL, Referral, ReferralState
from tests.builders import TODAY, day, stamp

# The states of the guide, written out: from each, the steps that follow.
TABLE = {
    "proposed": "approved rejected",
    "approved": "sent",
    "rejected": "",
    "sent": "received",
    "received": "not-filed filed",
    "filed": "decided returned",
    "not-filed": "reconsideration supervised returned",
    "reconsideration": "supervised filed returned",
    "supervised": "filed returned",
    "returned": "",
    "decided": "",
}
STATES = list(ReferralState)
pairs = pytest.mark.parametrize(
    ("state", "to"), [(state, to) for state in STATES for to in STATES], ids=str
)


def altered(referral: Referral, /, **fields: Any) -> Referral:
    """The referral with other values, however they came about."""
    return replace(referral, **fields)


def standing(state: ReferralState, on: date | None = None) -> Referral:
    """A referral that came to a state five days after it was proposed."""
    proposed = Referral(number="YH-YS-00001", reported_on=day(0), enterprise="某厂")
    if state == ReferralState.PROPOSED:
        return altered(proposed, reported_on=on or day(5))
    return altered(proposed, state=state, **{day_of(state): on or day(5)})


def test_the_table_speaks_of_every_state() -> None:
    assert set(TABLE) == set(STATES) == set(STEPS)


@pairs
def test_a_step_is_taken_where_the_table_has_it(state: ReferralState, to: ReferralState) -> None:
    referral = standing(state)
    if to in TABLE[state].split():
        event = advance(referral, stamp("甲", 6), to=to)
        after = apply(referral, event)
        assert (event.kind, event.on, event.by) == (ADVANCED, day(6), "甲")
        assert after == altered(referral, state=to, **{day_of(to): day(6)})
    else:
        with pytest.raises(StepInDisorder) as refused:
            advance(referral, stamp("甲", 6), to=to)
        assert refused.value.facts == {
            "number": "YH-YS-00001",
            "state": state,
            "other": to,
            "possible": TABLE[state].split(),
        }


@pytest.mark.parametrize("state", [state for state in STATES if TABLE[state]], ids=str)
def test_a_step_is_not_before_the_one_it_follows_and_the_same_day_is_in_time(
    state: ReferralState,
) -> None:
    to = ReferralState(TABLE[state].split()[0])
    with pytest.raises(DaysInDisorder) as refused:
        advance(standing(state), stamp("甲", 4), to=to)
    assert refused.value.facts == {
        "number": "YH-YS-00001",
        "what": to,
        "on": day(4),
        "after": state,
        "after_on": day(5),
    }
    assert advance(standing(state), stamp("甲", 5), to=to).on == day(5)


def test_a_step_is_not_taken_tomorrow() -> None:
    with pytest.raises(FutureDay):
        advance(
            standing(ReferralState.PROPOSED),
            stamp("甲", TODAY.replace(year=2023)),
            to=ReferralState.APPROVED,
        )


def test_a_step_says_more_and_leaves_out_what_is_empty() -> None:
    event = advance(
        standing(ReferralState.APPROVED),
        stamp("甲", 6),
        to=ReferralState.SENT,
        facts={"doc_no": "移送〔2022〕1号", "note": None},
        changes={"police": "浏阳市公安局"},
    )
    assert event.facts == {"doc_no": "移送〔2022〕1号"}
    assert event.changes["police"] == "浏阳市公安局"


def test_every_state_has_a_day_of_its_own() -> None:
    days = [day_of(state) for state in STATES]
    assert len(set(days)) == len(STATES)
    assert set(days) <= set(REFERRAL.fields)
    assert REFERRAL.settled == {"number", "state"}  # which follows from the days


def test_the_state_of_a_referral_follows_from_its_days_when_they_are_corrected() -> None:
    day = date(2022, 11, 1)
    stamp = Stamp(by="甲", at="2022-12-01T08:00:00.000000Z", on=day, today=date(2022, 12, 1))
    given = {"reported_on": day, "enterprise": "某厂", "approved_on": day + timedelta(days=2)}
    entered = enter(REFERRAL, stamp, given)
    assert entered.changes["state"] == "approved"
    made = born(REFERRAL, "YH-YS-00001", entered)
    (taken_away,) = correct(REFERRAL, made, stamp, corrections={"approved_on": None})
    assert taken_away.changes == {"approved_on": None, "state": "proposed"}
    with pytest.raises(DaysInDisorder):
        correct(REFERRAL, made, stamp, corrections={"reported_on": day + timedelta(days=3)})
    with pytest.raises(StepInDisorder):
        correct(REFERRAL, made, stamp, corrections={"received_on": day + timedelta(days=3)})


def ways(state: ReferralState) -> list[list[ReferralState]]:
    """Every way from a state on, without a state twice."""
    return [[state]] + [
        [state, *way] for to in STEPS[state] for way in ways(to) if state not in way
    ]


@pytest.mark.parametrize("way", ways(ReferralState.PROPOSED), ids=lambda way: "-".join(way))
def test_the_days_of_its_steps_tell_where_a_referral_stands(way: list[ReferralState]) -> None:
    days = {day_of(state): day(place) for place, state in enumerate(way)}
    assert reached(days) == way[-1]
    same_day = dict.fromkeys(days, day(0))
    assert reached(same_day) == way[-1]
    for missing in way[1:-1]:
        rest = [state for state in way if state != missing]
        follows = all(after in STEPS[before] for before, after in pairwise(rest))
        left = {day_of(state): days[day_of(state)] for state in rest}
        assert reached_or_refused(left) == (way[-1] if follows else None), missing
    if len(way) > 2:
        days[day_of(way[-1])] = day(-1)
        with pytest.raises(DaysInDisorder):
            reached(days)


def reached_or_refused(days: dict[str, date]) -> ReferralState | None:
    """Where the days lead; None if they do not follow one another."""
    try:
        return reached(days)
    except StepInDisorder:
        return None
