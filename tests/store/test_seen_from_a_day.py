"""The ledger seen from any day: what the database counts is what a replay of the events counts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.registering import edit, grade
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import SHOWN, Severity
from hazardctl.ledger import writing
from hazardctl.ledger.reading import listing
from hazardctl.store.counting import GROUPS, counts, tally
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from hazardctl.store.rows import FIELDS, from_row
from tests import reckoning
from tests.builders import TODAY, added, day, due, moved, ready, stamp
from tests.homes import Home, seeds
from tests.ledgers import Drawn, a_filter, a_random_ledger, events_of, replayed, some_days
from tests.reckoning import state_on
from tests.reference import Move

ALL = Filter()


def printed(hazard: Hazard, as_of: date) -> dict[str, object]:
    """A hazard as JSON prints it on a day."""
    late = reckoning.is_overdue(hazard, as_of)
    told: dict[str, object] = {
        "reopened": hazard.cycle > 1,
        "overdue": late,
        "days_overdue": (as_of - hazard.due_on).days if late and hazard.due_on else None,
    }
    for name in SHOWN:
        if name not in told:
            value = getattr(hazard, name)
            if isinstance(value, date):
                value = value.isoformat()
            told[name] = list(value) or None if isinstance(value, tuple) else value
    return told


def agree(drawn: Drawn, draw: Random, *, days: int = 8, filters: int = 3) -> None:
    """The listing and every figure of some days are what a replay of the events says."""
    events = events_of(drawn.path)
    for as_of in some_days(draw, days):
        stood = replayed(events, as_of)
        assert listing(drawn.path, ALL, as_of) == [printed(hazard, as_of) for hazard in stood]
        for wanted in (ALL, *(a_filter(draw) for _ in range(filters))):
            meant = [hazard for hazard in stood if reckoning.passes(hazard, wanted, as_of)]
            found = [record["number"] for record in listing(drawn.path, wanted, as_of)]
            assert found == [hazard.number for hazard in meant], (wanted, as_of)
            soon = draw.choice([0, 3, 10])
            by = draw.choice(list(GROUPS))
            with reading(drawn.path) as book:
                rows = dict(counts(book.ask, wanted, as_of, by=by, rules=Rules(due_soon=soon)))
                whole = tally(book.ask, wanted, as_of)
            assert rows == reckoning.grouped(meant, as_of, by=by, soon=soon), (by, wanted, as_of)
            total = reckoning.counts(meant, as_of)
            assert (whole.found, whole.closed, whole.open, whole.rectified, whole.overdue) == (
                total.found,
                total.closed,
                total.open,
                total.rectified,
                total.overdue,
            )


@pytest.mark.parametrize("seed", seeds(12, on_a_server=4))
def test_any_day_is_seen_as_a_replay_of_the_events_sees_it(seed: int, home: Home) -> None:
    drawn = a_random_ledger(home, seed)
    agree(drawn, Random(seed))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_a_long_campaign_sees_no_day_otherwise(seed: int, home: Home) -> None:
    drawn = a_random_ledger(home, seed, hazards=8, moves=120)
    agree(drawn, Random(seed), days=20, filters=6)


def seen(path: Place, as_of: date) -> dict[str, Any]:
    """The one hazard of a ledger as it stood at the end of a day."""
    (record,) = listing(path, ALL, as_of)
    return record


@pytest.fixture
def path(home: Home) -> Place:
    """Where a ledger is to be."""
    return ready(home)


def test_what_was_found_later_is_not_there_yet(path: Place) -> None:
    added(path, found_on=day(5))
    assert listing(path, ALL, day(4)) == []
    assert len(listing(path, ALL, day(5))) == 1


def test_a_due_date_of_an_unassigned_hazard_is_known_from_the_day_it_was_found(path: Place) -> None:
    number = added(path, deadline=due(3))
    moved(path, number, Move("assign", "赵六", day(9), person="甲"))
    assert (seen(path, day(5))["due_on"], seen(path, day(5))["overdue"]) == (
        day(3).isoformat(),
        True,
    )


def test_the_people_of_an_order_are_known_from_the_day_of_the_order(path: Place) -> None:
    number = added(path)
    moved(
        path,
        number,
        Move("assign", "赵六", day(5), person="甲", due=day(20)),
        Move("assign", "赵六", day(9), leader="李局"),
    )
    told = [(one["responsible_person"], one["case_leader"]) for one in map_days(path, 4, 5, 8, 9)]
    assert told == [(None, None), ("甲", None), ("甲", None), ("甲", "李局")]


def map_days(path: Place, *days: int) -> list[dict[str, Any]]:
    """The one hazard of a ledger on several days."""
    return [seen(path, day(one)) for one in days]


def test_an_order_that_is_entered_late_holds_from_the_day_of_its_paper(path: Place) -> None:
    added(path, on=day(6), deadline=due(10), person="甲")
    told = [
        (one["state"], one["responsible_person"], one["due_on"]) for one in map_days(path, 5, 6)
    ]
    assert told == [("registered", None, None), ("assigned", "甲", day(10).isoformat())]


def test_a_claim_that_was_rejected_is_still_seen_on_the_days_it_stood(path: Place) -> None:
    number = added(path, deadline=due(10), person="甲")
    moved(
        path,
        number,
        Move("submit", "甲", day(3)),
        Move("verify", "乙", day(5)),
        Move("reject", "丁", day(8)),
        Move("submit", "戊", day(11)),
    )
    told = [(one["state"], one["rectified_by"]) for one in map_days(path, 2, 3, 4, 5, 7, 8, 10, 11)]
    assert told == [
        ("assigned", None),
        ("submitted", "甲"),
        ("submitted", "甲"),
        ("verified", "甲"),
        ("verified", "甲"),
        ("rectifying", None),
        ("rectifying", None),
        ("submitted", "戊"),
    ]


def test_a_closed_cycle_is_seen_closed_after_it_was_reopened(path: Place) -> None:
    number = added(path, deadline=due(10), person="甲")
    moved(
        path,
        number,
        Move("submit", "甲", day(3)),
        Move("verify", "乙", day(5)),
        Move("close", "丁", day(6)),
        Move("lookback", "壬", day(9)),
        Move("reopen", "赵六", day(12), due=day(30)),
    )
    told = [(one["state"], one["cycle"], one["reopened"]) for one in map_days(path, 5, 6, 11, 12)]
    assert told == [
        ("verified", 1, False),
        ("closed", 1, False),
        ("closed", 1, False),
        ("assigned", 2, True),
    ]


def test_an_extension_is_seen_from_the_day_it_was_granted(path: Place) -> None:
    number = added(path, deadline=due(10), person="甲")
    moved(
        path,
        number,
        Move("request", "甲", day(8), due=day(20)),
        Move("approve", "赵六", day(12)),
    )
    told = [(one["due_on"], one["overdue"], one["extensions"]) for one in map_days(path, 11, 12)]
    assert told == [(day(10).isoformat(), True, 0), (day(20).isoformat(), False, 1)]
    assert seen(path, day(12))["original_due_on"] == day(10).isoformat()


def test_what_was_transferred_or_void_is_out_of_the_figures_from_that_day_on(path: Place) -> None:
    transferred, void = added(path), added(path)
    moved(path, transferred, Move("transfer", "赵六", day(5)), Move("take-back", "赵六", day(9)))
    moved(path, void, Move("void", "赵六", day(7)))
    with reading(path) as book:
        found = [tally(book.ask, ALL, day(one)).found for one in (4, 5, 6, 7, 8, 9, 10)]
    assert found == [2, 1, 1, 0, 0, 1, 1]
    states = [[one["state"] for one in listing(path, ALL, day(one))] for one in (4, 6, 8, 9)]
    assert states == [
        ["registered", "registered"],
        ["transferred", "registered"],
        ["transferred", "void"],
        ["registered", "void"],
    ]


def test_a_correction_holds_for_every_day_those_before_it_as_well(path: Place) -> None:
    number = added(path, deadline=due(10), person="甲", what={"district": "永安镇"})
    moved(path, number, Move("submit", "甲", day(3)), Move("reject", "丁", day(8)))
    who = stamp("赵六", day(9))
    corrections = {"district": "沿溪镇", "campaigns": ("百日行动", "消防专项")}
    writing.act(path, [number], who, lambda one, _: edit(one, who, corrections=corrections))
    for record in map_days(path, 0, 3, 8, 9):
        assert (record["district"], record["campaigns"]) == ("沿溪镇", ["百日行动", "消防专项"])


def test_what_is_graded_and_corrected_at_once_is_seen_in_its_grade_of_the_day(path: Place) -> None:
    number = added(path, what={"district": "永安镇"})
    who = stamp("赵六", day(9))

    def graded_and_corrected(hazard: Hazard, _: object) -> list[Event]:
        return [
            *grade(hazard, who, severity=Severity.MAJOR, basis="判定标准第3条"),
            *edit(hazard, who, corrections={"district": "沿溪镇"}),
        ]

    writing.act(path, [number], who, graded_and_corrected)
    told = [(one["severity"], one["district"]) for one in map_days(path, 8, 9)]
    assert told == [("general", "沿溪镇"), ("major", "沿溪镇")]


@pytest.mark.parametrize("seed", seeds(3, on_a_server=1))
def test_the_state_of_a_day_is_told_by_the_record_of_that_day(seed: int, home: Home) -> None:
    drawn = a_random_ledger(home, seed + 50)
    events = events_of(drawn.path)
    columns = ", ".join(FIELDS)
    with reading(drawn.path) as book:
        present = book.ask(f"SELECT {columns}, '9999-12-31' FROM hazard")
        past = book.ask(f"SELECT {columns}, until_on FROM past")
    records = [
        (from_row(dict(zip(FIELDS, row[:-1], strict=True))), row[-1]) for row in present + past
    ]
    for as_of in some_days(Random(seed), 12):
        expected = {one.number: one.state for one in replayed(events, as_of)}
        told = [
            (record.number, state_on(record, as_of))
            for record, until in records
            if record.from_on and record.from_on <= as_of and as_of.isoformat() < until
        ]
        assert Counter(number for number, _ in told) == Counter(list(expected))
        assert dict(told) == expected


@pytest.mark.parametrize("seed", seeds(3, on_a_server=1))
def test_the_record_of_today_is_the_fold_of_all_its_events(seed: int, home: Home) -> None:
    drawn = a_random_ledger(home, seed + 80)
    columns = ", ".join(FIELDS)
    with reading(drawn.path) as book:
        rows = book.ask(f"SELECT {columns} FROM hazard ORDER BY id")
    records = [from_row(dict(zip(FIELDS, row, strict=True))) for row in rows]
    assert records == replayed(events_of(drawn.path), TODAY + timedelta(days=1))


def test_every_group_of_a_report_is_one_that_is_reckoned() -> None:
    assert set(GROUPS) == {
        *("industry", "district", "enterprise", "leader", "person", "source", "severity"),
        *("campaign", "state", "month"),
    }
