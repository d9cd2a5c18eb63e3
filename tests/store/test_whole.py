"""Every hazard with all that is known of it, as a replay of its events sees it on any day."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import PREVIOUS, Hazard
from hazardctl.domain.layout import LAYOUT, REPORTED_BY
from hazardctl.ledger.exporting import records
from hazardctl.ledger.reading import listing
from hazardctl.store.place import Place
from tests.builders import TODAY, a_ledger, added, day, due, moved
from tests.homes import Home, seeds
from tests.ledgers import a_filter, a_random_ledger, events_of, replayed, some_days
from tests.reference import Move

ALL = Filter()


def handed_out(ledger: Place, wanted: Filter, as_of: date, **asked: bool) -> list[dict[str, Any]]:
    """The records of a ledger on a day."""
    with records(ledger, wanted, as_of, **asked) as told:
        return list(told)


def plain(hazard: Hazard, name: str) -> object:
    """A field as a record tells it."""
    value = getattr(hazard, name)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) or None if isinstance(value, tuple) else value


def test_every_field_of_a_hazard_is_in_the_layout_but_three() -> None:
    fields = set(Hazard.__dataclass_fields__) - {"imported", "reporter"}
    assert set(LAYOUT) == fields | set(PREVIOUS)
    assert len(LAYOUT) == len(set(LAYOUT))
    assert REPORTED_BY not in LAYOUT


@pytest.mark.parametrize("seed", seeds(8, on_a_server=3))
def test_any_day_is_handed_out_as_the_events_tell_it(seed: int, home: Home) -> None:
    ledger, draw = a_random_ledger(home, seed).path, Random(seed)
    events = events_of(ledger)
    for as_of in some_days(draw, 4):
        stood = {hazard.number: hazard for hazard in replayed(events, as_of)}
        for wanted in (ALL, a_filter(draw), a_filter(draw)):
            told = handed_out(ledger, wanted, as_of)
            listed = listing(ledger, wanted, as_of)
            assert [one["number"] for one in told] == [one["number"] for one in listed]
            for record in told:
                hazard = stood[record["number"]]
                for name in LAYOUT:
                    if name not in PREVIOUS:
                        assert record[name] == plain(hazard, name), (as_of, name)
                assert bool(record["previous_closed_on"]) == (hazard.cycle > 1)


def test_a_reopened_hazard_tells_when_its_cycle_before_was_closed(home: Home) -> None:
    ledger = a_ledger(home)
    number = added(ledger, person="甲", deadline=due(10))
    closing = Move("close", "丁", day(3), verifiers=("乙",), rectified_by="甲")
    again = Move("reopen", "赵六", day(6), due=day(20))
    moved(ledger, number, closing, again)
    for as_of in (TODAY, day(6)):
        (record,) = handed_out(ledger, ALL, as_of)
        assert (record["cycle"], record["previous_closed_on"]) == (2, day(3).isoformat())
        assert record["closed_on"] is None
    (record,) = handed_out(ledger, ALL, day(5))
    assert (record["cycle"], record["previous_closed_on"]) == (1, None)
    assert record["closed_on"] == day(3).isoformat()


def test_who_reported_is_in_a_record_only_if_asked_for(home: Home) -> None:
    ledger = a_ledger(home)
    added(ledger, reporter="张三")
    added(ledger)
    for as_of in (TODAY, day(0)):
        assert all(REPORTED_BY not in one for one in handed_out(ledger, ALL, as_of))
        told = handed_out(ledger, ALL, as_of, with_reporters=True)
        assert [one[REPORTED_BY] for one in told] == ["张三", None]
