"""The limits of a day, and what a clock that has run over one is told as."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hazardctl.data import load
from hazardctl.domain.alerts import IN_WORKDAYS, WATCHES, Alert, Clock, Limit, limits, raised
from hazardctl.domain.rules import Rules, rules_from

ON = date(2022, 11, 18)
LIMIT = Limit("a_rule", "a source", 10)
TOLD = load("alerts")


def no_workdays(_start: date, _count: int) -> date:
    """What is in days of the calendar needs none."""
    raise AssertionError


def clock(watch: str, since: date, **more: Any) -> Clock:
    """A clock that nobody answers for."""
    return Clock(watch, "YH-2022-00001", None, None, None, None, since.isoformat(), **more)


def test_every_alert_is_watched_and_every_watch_has_its_source() -> None:
    assert {watch.alert for watch in WATCHES.values()} == set(Alert)
    assert set(TOLD) == set(WATCHES)
    for name, texts in TOLD.items():
        assert texts
        for text in texts:
            assert text["source"]
            # A limit is a rule of the ledger or stands in a law, and a law has its day.
            is_a_law = not WATCHES[name].rule and name != "overdue"
            assert is_a_law == ("days" in text) == ("from" in text)
            assert bool(text.get("rule")) != bool(WATCHES[name].rule)


def test_of_several_texts_the_last_one_in_force_holds() -> None:
    told = {
        **TOLD,
        "case-undecided": [
            {"rule": "旧法", "source": "旧", "days": 60, "from": date(2020, 1, 1)},
            {"rule": "新法", "source": "新", "days": 90, "from": date(2021, 7, 15)},
        ],
    }
    for on, expected in (
        (date(2021, 7, 15), Limit("新法", "新", 90)),
        (date(2021, 7, 14), Limit("旧法", "旧", 60)),
        (date(2019, 12, 31), None),
    ):
        assert limits(Rules(), told, on).get("case-undecided") == expected


def test_a_rule_of_nothing_watches_nothing() -> None:
    assert set(limits(Rules(), TOLD, ON)) == set(WATCHES)
    for name, watch in WATCHES.items():
        if watch.rule:
            rules = rules_from({watch.rule: "0"})
            assert set(WATCHES) - set(limits(rules, TOLD, ON)) == {name}


@pytest.mark.parametrize("days", [0, 1, 30])
def test_days_are_counted_from_the_day_the_limit_ran_out(days: int) -> None:
    since = ON - timedelta(days=10 + days)
    told = raised(clock("sign-off-stale", since), LIMIT, ON, workday=no_workdays)
    assert told
    assert (told.since, told.limit_on, told.days) == (since, since + timedelta(days=10), days)
    assert (told.alert, told.limit, told.rule) == (Alert.SIGN_OFF_STALE, 10, "a_rule")


def test_a_clock_that_was_stopped_is_late_by_the_days_until_then() -> None:
    since, stopped = date(2022, 1, 1), date(2022, 1, 15)
    told = raised(
        clock("case-late", since, stopped=stopped.isoformat()), LIMIT, ON, workday=no_workdays
    )
    assert told
    assert (told.limit_on, told.days) == (date(2022, 1, 11), 4)


def test_what_is_due_on_a_day_of_its_own_is_counted_from_that() -> None:
    told = raised(clock("due-soon", ON, until="2022-11-20"), LIMIT, ON, workday=no_workdays)
    assert told
    assert (told.days, told.limit) == (-2, 10)


def test_working_days_may_not_be_over_when_the_others_are() -> None:
    assert {"extension-undecided"} == IN_WORKDAYS

    def workday(start: date, count: int) -> date:
        return start + timedelta(days=2 * count)

    asked = clock("extension-undecided", ON - timedelta(days=20))
    assert raised(asked, LIMIT, ON, workday=workday) is None
    told = raised(asked, LIMIT, ON + timedelta(days=1), workday=workday)
    assert told
    assert (told.limit_on, told.days) == (ON, 1)
