"""Figures add up, however they are sliced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl import data
from hazardctl.domain.figures import COUNTED, RATES, SUMMARY, Counts, Tally, checks, figures, rate
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import Question, Row, by_campaign, by_industry, by_key
from hazardctl.domain.words import Severity, Source, State
from tests import reckoning
from tests.builders import altered, day, registered

AS_OF = day(20)
TAXONOMY = Taxonomy(data.industries(), simplified=lambda text: text)
SLUGS = [industry.slug for industry in TAXONOMY]


def asked(chosen: str | None = None) -> Question:
    """A summary by industry; under one that was chosen."""
    return Question("summary", Filter(), date(2022, 12, 31), "industry", TAXONOMY, chosen)


DAYS = st.integers(0, 40).map(day)
MAYBE = st.none() | DAYS
NAMES = st.sampled_from([None, "李局", "王局", "李 局", "张局"])


def hazards() -> st.SearchStrategy[list[Hazard]]:
    """Hazards as they may stand, likely or not."""
    one = st.builds(
        altered,
        st.just(registered()),
        state=st.sampled_from(State),
        severity=st.sampled_from(Severity),
        source=st.none() | st.sampled_from(Source),
        industry=st.sampled_from(SLUGS),
        district=NAMES,
        case_leader=NAMES,
        responsible_person=NAMES,
        campaigns=st.lists(st.sampled_from(["百日行动", "消防专项", "夏季"]), unique=True).map(
            tuple
        ),
        found_on=DAYS,
        due_on=MAYBE,
        original_due_on=MAYBE,
        rectified_on=MAYBE,
        cycle=st.integers(1, 3),
    )
    return st.lists(one, max_size=30)


def tally(found: Sequence[Hazard]) -> Tally:
    """The same hazards counted all together."""
    counted = reckoning.population(found)
    return Tally(
        found=len(counted),
        closed=sum(one.state is State.CLOSED for one in counted),
        open=sum(one.is_open for one in counted),
        rectified=sum(one.state in ("submitted", "verified", "closed") for one in counted),
        overdue=sum(reckoning.is_overdue(one, AS_OF) for one in counted),
    )


def rows_of(found: Sequence[Hazard], by: str) -> tuple[list[Row], Counts]:
    """The rows of a summary, and what they count more than once."""
    counted = reckoning.grouped(found, AS_OF, by=by).items()
    if by == "industry":
        return by_industry(counted, asked()), Counts()
    if by == "campaign":
        return by_campaign(counted, nothing=Counts())
    return by_key(counted, by), Counts()


BYS = ["industry", "district", "leader", "person", "source", "severity", "state", "month"]


@pytest.mark.parametrize("by", [*BYS, "enterprise", "campaign"])
@settings(max_examples=40, deadline=None)
@given(found=hazards())
def test_the_rows_and_what_they_count_twice_make_the_total(by: str, found: list[Hazard]) -> None:
    rows, overlap = rows_of(found, by)
    whole = reckoning.counts(found, AS_OF)
    total = sum((row.counts for row in rows), start=Counts()) - overlap
    assert total == whole
    assert all(check.holds for check in checks(total, tally(found)))
    assert len({row.key for row in rows}) == len(rows)
    for counts in (total, *(row.counts for row in rows)):
        assert counts.found == counts.closed + counts.open
        assert counts.open >= counts.awaiting_verification + counts.awaiting_sign_off
        assert counts.on_time <= counts.due <= counts.found
        assert counts.on_time_original <= counts.due_original <= counts.found
        assert counts.closed_major <= min(counts.closed, counts.found_major)
        assert counts.due_soon + counts.overdue <= counts.open


@settings(max_examples=40, deadline=None)
@given(found=hazards(), pivot=st.integers(0, 30))
def test_figures_of_parts_are_the_figures_of_the_whole(found: list[Hazard], pivot: int) -> None:
    some, others = found[:pivot], found[pivot:]
    parts = reckoning.counts(some, AS_OF) + reckoning.counts(others, AS_OF)
    assert parts == reckoning.counts(found, AS_OF)
    assert parts - reckoning.counts(others, AS_OF) == reckoning.counts(some, AS_OF)


@settings(max_examples=40, deadline=None)
@given(found=hazards())
def test_an_industry_and_its_children_make_the_row_of_the_parent(found: list[Hazard]) -> None:
    counted = reckoning.grouped(found, AS_OF, by="industry")
    for row in by_industry(counted.items(), asked()):
        assert row.key
        family = TAXONOMY.family(row.key)
        inside = {slug: counts for slug, counts in counted.items() if slug in family}
        children = by_industry(inside.items(), asked(row.key))
        assert sum((child.counts for child in children), start=Counts()) == row.counts
        assert {child.key for child in children} <= set(family)


def test_rows_come_in_the_order_in_which_they_are_read() -> None:
    few, many = Counts(found=1), Counts(found=5)
    assert [
        row.key for row in by_key({"b": few, None: many, "a": few, "c": many}.items(), "x")
    ] == [
        "c",
        "a",
        "b",
        None,
    ]
    months = {"2022-11": few, "2022-09": many}
    assert [row.key for row in by_key(months.items(), "month")] == ["2022-09", "2022-11"]
    states = {"closed": many, "registered": few}
    assert [row.key for row in by_key(states.items(), "state")] == ["registered", "closed"]
    assert [
        row.key for row in by_industry({"other": few, "fireworks": few}.items(), asked())
    ] == sorted(["fireworks", "other"], key=SLUGS.index)


def test_a_hazard_in_two_campaigns_stands_in_both_rows_and_once_in_the_total() -> None:
    both = [altered(registered(), campaigns=("百日行动", "消防专项"))]
    counted = reckoning.grouped(both, AS_OF, by="campaign").items()
    rows, overlap = by_campaign(counted, nothing=Counts())
    assert [(row.key, row.counts.found) for row in rows] == [("消防专项", 1), ("百日行动", 1)]
    assert overlap.found == 1


@pytest.mark.parametrize("name", Tally._fields)
def test_a_total_that_does_not_agree_with_the_second_count_fails_its_check(name: str) -> None:
    found = [registered(), altered(registered(), state=State.CLOSED)]
    wrong = tally(found)._replace(**{name: 7})
    assert not all(check.holds for check in checks(reckoning.counts(found, AS_OF), wrong))


@given(part=st.integers(0, 10_000), whole=st.integers(0, 10_000))
def test_a_rate_lies_between_0_and_1_with_4_decimals(part: int, whole: int) -> None:
    part = min(part, whole)
    found = rate(part, whole)
    if not whole:
        assert found is None
        return
    assert found is not None
    assert 0 <= found <= 1
    assert found == round(found, 4)
    assert abs(Fraction(found) - Fraction(part, whole)) <= Fraction(1, 19_999)


def test_a_summary_row_has_the_keys_of_the_contract() -> None:
    row = figures(Counts())
    assert " ".join(row) == (
        "found found_major closed closed_major closure_rate rectified rectification_rate open"
        " awaiting_verification awaiting_sign_off due_soon overdue on_time_rate"
        " on_time_rate_original reopened"
    )
    assert tuple(row) == SUMMARY
    rates = [name for name in SUMMARY if name in RATES]
    assert {name: row[name] for name in rates} == dict.fromkeys(rates)


@settings(max_examples=40, deadline=None)
@given(found=hazards())
def test_the_rates_are_those_of_the_design(found: list[Hazard]) -> None:
    counted = reckoning.population(found)
    row = figures(reckoning.counts(found, AS_OF))
    closed = [one for one in counted if one.state is State.CLOSED]
    assert row["closure_rate"] == (round(len(closed) / len(counted), 4) if counted else None)
    due = [one for one in counted if one.due_on and one.due_on <= AS_OF]
    in_time = [
        one
        for one in due
        if one.state in ("submitted", "verified", "closed")
        and one.rectified_on
        and one.due_on
        and one.rectified_on <= one.due_on
    ]
    assert row["on_time_rate"] == (round(len(in_time) / len(due), 4) if due else None)


def test_due_soon_and_overdue_meet_at_the_day_itself() -> None:
    for until, overdue, soon in ((-1, 1, 0), (0, 0, 1), (10, 0, 1), (11, 0, 0)):
        one = altered(registered(), due_on=AS_OF + timedelta(days=until))
        counts = reckoning.counts([one], AS_OF)
        assert (counts.overdue, counts.due_soon) == (overdue, soon)


def test_every_figure_is_counted_by_itself() -> None:
    assert Counts._fields == COUNTED
    assert tuple(Counts(*range(len(COUNTED)))) == tuple(range(len(COUNTED)))
