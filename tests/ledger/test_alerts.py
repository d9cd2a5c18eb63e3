"""What stands on a day: against a count of one record at a time, and at the edge of each limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

from hazardctl.data import load
from hazardctl.data.calendar import workday
from hazardctl.domain.alerts import WATCHES, Alert, Raised
from hazardctl.domain.asking import Asked
from hazardctl.domain.filter import Filter
from hazardctl.domain.referring import advance
from hazardctl.domain.register import CAMPAIGN, ENTERPRISE, PENALTY, REFERRAL, ReferralState
from hazardctl.domain.words import Severity
from hazardctl.ledger import alerting, registering, writing
from hazardctl.store.place import Place
from tests import watching
from tests.builders import FOUND, a_ledger, added, day, due, moved, stamp
from tests.homes import Home, seeds
from tests.ledgers import a_filter, a_random_ledger
from tests.records import a_record, edited, entered, stepped
from tests.reference import Move

SEEDS = 4
RULES = (
    *("due_soon", "verification_days", "progress_days", "campaign_progress_days"),
    *("acceptance_days", "extension_decision_days", "lookback_days", "self_report_days"),
)


def alerts(path: Place, on: date, wanted: Filter | None = None, *kinds: Alert) -> list[Raised]:
    """The alerts of a filter on a day."""
    asked = wanted or Filter()
    return alerting.alerts(path, asked, on, kinds=kinds, told=load("alerts"), workday=workday)


def a_watched_ledger(home: Home, seed: int) -> tuple[Place, Mapping[str, tuple[date, date]]]:
    """A ledger with hazards, cases and campaigns, its limits short; the days of the campaigns."""
    path = a_random_ledger(home, seed, hazards=14, moves=70).path
    draw = Random(f"watched {seed}")
    limits = {name: str(draw.choice([0, 1, 1, 3, 10])) for name in RULES}
    limits["self_report_days"] = str(draw.choice([0, 10, 30, 90]))
    writing.set_rules(path, stamp(), limits)
    for after in (5, 20):
        _close_a_major(path, day(after))
    running = {}
    for name in ("百日行动", "消防专项"):
        starts = FOUND + timedelta(days=draw.randint(0, 30))
        running[name] = (starts, starts + timedelta(days=draw.randint(0, 30)))
        facts = dict(zip(("starts_on", "ends_on"), running[name], strict=True))
        entered(path, CAMPAIGN, {"name": name, **facts})
    for place in range(40):
        record = a_record(draw, PENALTY, f"{seed}-{place}")
        if record["filed_on"] and draw.random() < 0.4:
            record["decided_on"] = None
        elif record["filed_on"] and draw.random() < 0.4:
            record["filed_on"] = record["decided_on"] - timedelta(days=draw.randint(89, 92))
        elif draw.random() < 0.4:
            paid_on = record["decided_on"] + timedelta(days=draw.randint(0, 30))
            record["paid_on"] = min(paid_on, day(84))
        if record["amount_fen"] and draw.random() < 0.5:
            record["enterprise"] = "永兴"  # an alias
        entered(path, PENALTY, record) if place else _with_alias(path, record)
    for place in range(10):
        done = entered(path, REFERRAL, a_record(draw, REFERRAL, f"{seed}-{place}"))
        for _ in range(draw.randint(0, 3)):
            stepped(path, draw, done.number)
    for one in registering.listing(path, ENTERPRISE, Asked()):
        placed = {"industry": "other", "district": "永安镇"}
        missing: dict[str, Any] = {name: told for name, told in placed.items() if not one[name]}
        if draw.random() < 0.2:
            missing["retired_on"] = day(draw.randint(60, 84))
        if missing:
            edited(path, ENTERPRISE, one["number"], missing)
    return path, running


def _close_a_major(path: Place, on: date) -> None:
    """Add a major hazard and bring it to its end, all on one day."""
    number = added(path, what={"severity": Severity.MAJOR}, found_on=on)
    moved(
        path,
        number,
        Move("assign", "赵六", on, due=on, person="甲", leader="李局"),
        Move("accept", "甲", on, assured=True),
        Move("submit", "甲", on, evidence=True),
        Move("verify", "乙", on, verifiers=("乙", "丙")),
        Move("close", "丁", on),
    )


def _with_alias(path: Place, record: Mapping[str, Any]) -> None:
    """Give an enterprise its alias first."""
    for one in registering.listing(path, ENTERPRISE, Asked()):
        if one["name"] == "永兴花炮有限公司":
            edited(path, ENTERPRISE, one["number"], {"aliases": ("永兴",)})
            break
    else:
        entered(path, ENTERPRISE, {"name": "永兴花炮有限公司", "aliases": ("永兴",)})
    entered(path, PENALTY, record)


def told(one: Raised) -> watching.Told:
    """What the count tells of an alert as well."""
    return str(one.alert), one.subject, one.since, one.limit_on, one.days, one.counts


Watched = tuple[Place, Mapping[str, tuple[date, date]]]


@pytest.fixture(scope="module")
def watched(homes: Callable[[], Home]) -> Callable[[int], Watched]:
    """Ledgers that are watched, by what they are drawn with."""
    return cache(lambda seed: a_watched_ledger(homes(), seed))


@pytest.mark.parametrize("seed", seeds(SEEDS, on_a_server=1))
def test_the_alerts_are_what_the_records_of_that_day_make_of_it(
    watched: Callable[[int], Watched], seed: int
) -> None:
    path, running = watched(seed)
    ledger, draw = watching.read(path, running), Random(f"days {seed}")
    for place in range(20):
        on = FOUND + timedelta(days=draw.choice([draw.randint(-1, 90), draw.randint(90, 400)]))
        wanted = Filter() if place % 2 else a_filter(draw)
        if wanted.enterprise or wanted.campaign:  # they go by the register: see below
            wanted = Filter()
        found = alerts(path, on, wanted)
        assert sorted(map(told, found), key=str) == sorted(
            watching.expected(ledger, wanted, on), key=str
        ), (seed, on, wanted)


@pytest.mark.only_on("sqlite", "it is a matter of what is drawn")
def test_every_alert_is_met_by_some_ledger(watched: Callable[[int], Watched]) -> None:
    met: set[Alert] = set()
    for path, _running in map(watched, range(SEEDS)):
        for days in (20, 50, 84, 120, 200, 400):
            met |= {one.alert for one in alerts(path, FOUND + timedelta(days=days))}
    assert met == set(Alert)


def at_the_edge(path: Place, alert: Alert, last: date) -> None:
    """The last day of a limit is in time; the next one is not."""
    assert not alerts(path, last, None, alert)
    (over,) = alerts(path, last + timedelta(days=1), None, alert)
    assert (over.limit_on, over.days) == (last, 1)


def test_the_day_of_a_limit_itself_is_in_time(home: Home) -> None:
    path = a_ledger(home)
    number = added(path, person="甲", deadline=due(5), leader="李局")
    at_the_edge(path, Alert.OVERDUE, day(5))
    at_the_edge(path, Alert.NO_PROGRESS, day(90))
    moved(path, number, Move("request", "甲", day(1), due=day(9)))
    # ten working days after 9 October 2022, a Sunday that is a working day (调休)
    at_the_edge(path, Alert.EXTENSION_UNDECIDED, date(2022, 10, 21))
    moved(path, number, Move("submit", "甲", day(2)))
    assert not alerts(path, day(40), None, Alert.EXTENSION_UNDECIDED)
    assert alerts(path, day(1) + timedelta(days=0), None, Alert.EXTENSION_UNDECIDED) == []
    at_the_edge(path, Alert.VERIFICATION_LATE, day(12))
    moved(path, number, Move("verify", "乙", day(3), verifiers=("乙",)))
    at_the_edge(path, Alert.SIGN_OFF_STALE, day(33))


def test_due_soon_begins_ten_days_before_and_ends_with_the_due_day(home: Home) -> None:
    path = a_ledger(home)
    added(path, person="甲", deadline=due(30))
    left = {days: alerts(path, day(days), None, Alert.DUE_SOON) for days in (19, 20, 30, 31)}
    assert [len(found) for found in left.values()] == [0, 1, 1, 0]
    assert [found[0].days for found in left.values() if found] == [-10, 0]


def test_the_steps_of_a_referral_have_days_and_one_has_hours(home: Home) -> None:
    path = a_ledger(home)
    number = entered(path, REFERRAL, {"reported_on": FOUND}).number
    at_the_edge(path, Alert.REFERRAL_UNAPPROVED, day(3))
    for state, after, alert, last in (
        ("approved", 1, Alert.REFERRAL_UNSENT, 2),
        ("sent", 2, None, 0),
        ("received", 3, Alert.REFERRAL_UNDECIDED, 6),
    ):
        step(path, number, state, after)
        if alert:
            at_the_edge(path, alert, day(last))
    step(path, number, "filed", 4)
    assert not alerts(path, day(80))
    # as of a day before a step, the step was not taken
    assert [one.alert for one in alerts(path, day(7), None)] == []


def step(path: Place, number: str, state: str, after: int) -> None:
    """Move a referral on, so many days after it was proposed."""
    who = stamp("赵六", after)
    registering.act(
        path,
        who,
        REFERRAL,
        [number],
        lambda one: [advance(one, who, to=ReferralState(state))],  # type: ignore[arg-type]  # it is a referral
    )


def test_a_case_has_ninety_days_and_a_fine_fifteen(home: Home) -> None:
    path = a_ledger(home)
    filed = {"decided_on": None, "filed_on": date(2022, 5, 1), "amount_fen": 500_000}
    number = entered(path, PENALTY, filed).number
    at_the_edge(path, Alert.CASE_UNDECIDED, date(2022, 7, 30))
    edited(path, PENALTY, number, {"decided_on": date(2022, 8, 2)})
    assert not alerts(path, date(2022, 12, 1), None, Alert.CASE_UNDECIDED)
    (late,) = alerts(path, date(2022, 12, 1), None, Alert.CASE_LATE)
    assert (late.limit_on, late.days) == (date(2022, 7, 30), 3)
    assert alerts(path, date(2023, 8, 1), None, Alert.CASE_LATE)
    assert not alerts(path, date(2023, 8, 2), None, Alert.CASE_LATE)  # after a year it is let be
    at_the_edge(path, Alert.FINE_UNPAID, date(2022, 8, 17))
    edited(path, PENALTY, number, {"paid_on": date(2022, 8, 20)})
    assert not alerts(path, date(2022, 12, 1), None, Alert.FINE_UNPAID)
    assert alerts(path, date(2022, 8, 19), None, Alert.FINE_UNPAID)


def test_a_law_is_not_older_than_it_is(home: Home) -> None:
    path = a_ledger(home)
    entered(path, PENALTY, {"decided_on": None, "filed_on": date(2021, 1, 1)})
    assert not alerts(path, date(2021, 7, 14))
    assert [one.alert for one in alerts(path, date(2021, 7, 15))] == [Alert.CASE_UNDECIDED]


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        ((0, 10, 20), (3, 3)),
        ((-159, 10, 20), (3, 3)),  # 180 days with the last one
        ((-160, 10, 20), None),
        ((-300, -250, -160, 20), (1, 4)),
        ((-345, -250, -100, 20), None),
        ((-344, -250, -100, 20), (2, 4)),  # 365 days with the last one
        ((0, 1, 2, 3), (4, 4)),
        ((-345, -340, -300), (3, 3)),  # they stay
        ((-400, -399, -345), (3, 3)),  # until the last one is more than 365 days old
        ((-400, -399, -346), None),
        ((-345, -344, -343, 20), (3, 3)),
    ],
)
def test_an_enterprise_with_a_major_hazard_is_punished_so_often(
    home: Home, days: tuple[int, ...], counts: tuple[int, int] | None
) -> None:
    path = a_ledger(home)
    added(path, what={"enterprise": "某厂"})  # a general one
    for place, after in enumerate(days):
        warned(path, day(after), str(place))
    assert not alerts(path, day(20), None, Alert.REPEATED_PENALTIES)
    added(path, what={"enterprise": "某 厂", "severity": Severity.MAJOR}, found_on=day(20))
    found = alerts(path, day(20), None, Alert.REPEATED_PENALTIES)
    assert [one.counts for one in found] == ([counts] if counts else [])
    assert not alerts(path, day(19), None, Alert.REPEATED_PENALTIES)
    if found:
        assert found[0].source.startswith("安全生产法 第113条")
        assert found[0].enterprise == "某厂"


def warned(path: Place, on: date, case_no: str) -> None:
    """Enter a penalty that is a warning."""
    told = {"decided_on": on, "kinds": ("warning",), "amount_fen": 0, "case_no": case_no}
    entered(path, PENALTY, told)


def test_three_penalties_stay_three_when_days_go_by(home: Home) -> None:
    path = a_ledger(home)
    days = [date(2022, 1, 10), date(2022, 2, 10), date(2022, 7, 8)]
    for place, on in enumerate(days):
        warned(path, on, str(place))
    added(path, what={"enterprise": "某厂", "severity": Severity.MAJOR}, found_on=date(2022, 1, 1))
    assert not alerts(path, date(2022, 7, 7), None, Alert.REPEATED_PENALTIES)
    for on in (days[-1], date(2022, 7, 9), date(2023, 7, 8)):
        (one,) = alerts(path, on, None, Alert.REPEATED_PENALTIES)
        assert (one.since, one.limit_on, one.counts) == (days[0], days[-1], (3, 3))
        assert one.days == (on - days[-1]).days
    assert not alerts(path, date(2023, 7, 9), None, Alert.REPEATED_PENALTIES)


def test_a_unit_that_says_one_thing_of_itself_is_not_silent(home: Home) -> None:
    path = a_ledger(home)
    added(path, what={"enterprise": "某厂", "source": "grid", "district": "永安镇"})
    added(path, what={"enterprise": "某 厂", "source": "media"}, found_on=day(1))
    added(path, what={"enterprise": "甲厂"})  # nobody says how it came to be known
    (silent,) = alerts(path, day(2), None, Alert.SILENT_UNIT)
    assert (silent.enterprise, silent.district, silent.counts) == ("某厂", "永安镇", (2,))
    assert silent.subject == "YH-QY-00001"
    assert alerts(path, day(90), None, Alert.SILENT_UNIT)[0].counts == (1,)
    assert not alerts(path, day(91), None, Alert.SILENT_UNIT)
    assert alerts(path, day(2), Filter(district=("永安镇",)), Alert.SILENT_UNIT) == [silent]
    assert not alerts(path, day(2), Filter(industry=("other",)), Alert.SILENT_UNIT)
    added(path, what={"enterprise": "某厂", "source": "self-check"}, found_on=day(2))
    assert not alerts(path, day(2), None, Alert.SILENT_UNIT)
    assert alerts(path, day(1), None, Alert.SILENT_UNIT)


def test_a_campaign_that_runs_wants_progress_every_week(home: Home) -> None:
    path = a_ledger(home)
    runs = {"starts_on": FOUND, "ends_on": day(60)}
    entered(path, CAMPAIGN, {"name": "百日行动", **runs})
    entered(path, CAMPAIGN, {"name": "第一轮", "parent": "百日 行动"})
    told = {"campaigns": ("第一轮",)}
    added(path, what=told, person="甲", deadline=due(200))
    added(path, what={"campaigns": ("别的",)}, person="甲", deadline=due(200))
    at_the_edge(path, Alert.NO_PROGRESS, day(7))
    assert len(alerts(path, day(60), None, Alert.NO_PROGRESS)) == 1
    assert not alerts(path, day(61), None, Alert.NO_PROGRESS)
    (hurried,) = alerts(path, day(8), None, Alert.NO_PROGRESS)
    assert (hurried.limit, hurried.rule) == (7, "campaign_progress_days")
    writing.set_rules(path, stamp(), {"campaign_progress_days": "0"})
    assert not alerts(path, day(8), None, Alert.NO_PROGRESS)
    assert {one.rule for one in alerts(path, day(91), None)} >= {"progress_days"}


@pytest.mark.only_on("sqlite", "it is asked hundreds of times, in the same words")
def test_a_limit_of_nothing_switches_its_alert_off(home: Home) -> None:
    path, _ = a_watched_ledger(home, 2)
    number = added(path, person="甲", deadline=due(20))
    moved(path, number, Move("submit", "甲", day(1)))
    days = [day(after) for after in range(1, 85, 4)]
    writing.set_rules(path, stamp(), dict.fromkeys(RULES, "1"))
    seen = {one.rule for on in days for one in alerts(path, on)}
    rules = {watch.rule for watch in WATCHES.values() if watch.rule}
    assert rules == set(RULES) == rules & seen
    for rule in rules:
        writing.set_rules(path, stamp(), {rule: "0"})
        assert {one.rule for on in days for one in alerts(path, on)} == seen - {rule}
        writing.set_rules(path, stamp(), {rule: "1"})


def test_the_worst_comes_first_of_each_kind(watched: Callable[[int], Watched]) -> None:
    found = alerts(watched(0)[0], day(84))
    order = list(Alert)
    places = [order.index(one.alert) for one in found]
    assert places == sorted(places)
    for alert in Alert:
        days = [one.days or 0 for one in found if one.alert is alert]
        assert days == sorted(days, reverse=True)


def test_records_are_filtered_by_what_they_tell_and_left_out_otherwise(home: Home) -> None:
    path = a_ledger(home)
    added(path, what={"enterprise": "某厂"}, person="甲", deadline=due(1))
    entered(path, ENTERPRISE, {"name": "新厂", "aliases": ("老厂",)})
    entered(path, REFERRAL, {"enterprise": "老厂", "campaigns": ("百日行动",)})
    both = (Alert.OVERDUE, Alert.REFERRAL_UNAPPROVED)
    for wanted, expected in (
        (Filter(), [*both]),
        (Filter(enterprise=("新 厂",)), [Alert.REFERRAL_UNAPPROVED]),
        (Filter(enterprise=("某厂",)), [Alert.OVERDUE]),
        (Filter(campaign=("百日行动",)), [Alert.REFERRAL_UNAPPROVED]),
        (Filter(person=("甲",)), [Alert.OVERDUE]),
        (Filter(since=FOUND), [Alert.OVERDUE]),
        (Filter(person=("乙",)), []),
    ):
        assert [one.alert for one in alerts(path, day(5), wanted, *both)] == expected, wanted
