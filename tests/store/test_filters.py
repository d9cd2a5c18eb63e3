"""Which hazards are meant: every filter against the same filter applied one hazard at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.words import SHOWN
from hazardctl.ledger.reading import fields as field_by_field
from hazardctl.ledger.reading import listing, printed
from hazardctl.render.hazards import LISTED
from hazardctl.store.cards import FRAMES, KEYS
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from hazardctl.store.population import is_present, written
from tests import reckoning
from tests.builders import FOUND, TODAY, a_ledger, added, day, due
from tests.homes import Home, seeds
from tests.ledgers import a_filter, a_random_ledger, events_of, replayed


@pytest.fixture(scope="module", params=seeds(3, on_a_server=1))
def drawn(request: pytest.FixtureRequest, homes: Callable[[], Home]) -> tuple[Place, list[Hazard]]:
    """A random ledger, and its hazards as they stand."""
    made = a_random_ledger(homes(), request.param + 300, hazards=14, moves=50)
    return made.path, replayed(events_of(made.path), TODAY)


def numbers(path: Place, wanted: Filter) -> list[str]:
    """The numbers of the hazards that a filter means today."""
    return [record["number"] for record in listing(path, wanted, TODAY)]


@pytest.mark.parametrize("name", Filter._fields)
def test_a_filter_means_what_it_says(name: str, drawn: tuple[Place, list[Hazard]]) -> None:
    path, hazards = drawn
    tried = 0
    for seed in range(400):
        wanted = a_filter(Random(seed))
        if list(wanted.given()) == [name]:
            tried += 1
            assert numbers(path, wanted) == [
                hazard.number for hazard in hazards if reckoning.passes(hazard, wanted, TODAY)
            ]
    assert tried


def test_different_filters_are_and(drawn: tuple[Place, list[Hazard]]) -> None:
    path, hazards = drawn
    for seed in range(60):
        wanted = a_filter(Random(seed))
        assert numbers(path, wanted) == [
            hazard.number for hazard in hazards if reckoning.passes(hazard, wanted, TODAY)
        ], wanted


def test_the_fields_for_people_are_those_of_the_records(
    drawn: tuple[Place, list[Hazard]],
) -> None:
    path, hazards = drawn
    last = max(hazard.since_on or FOUND for hazard in hazards)
    for seed in range(40):
        wanted = a_filter(Random(seed))
        for as_of in (TODAY, last, last - timedelta(days=1), TODAY + timedelta(days=40)):
            records = listing(path, wanted, as_of, limit=9)
            told = field_by_field(path, wanted, as_of, names=LISTED, limit=9)
            assert list(told) == list(LISTED)
            for name, values in told.items():
                assert list(values) == [record[name] for record in records], name


@pytest.mark.parametrize("frame", FRAMES)
def test_the_texts_that_are_ready_are_those_that_are_made(
    frame: str, drawn: tuple[Place, list[Hazard]]
) -> None:
    path, hazards = drawn
    last = max(hazard.since_on or FOUND for hazard in hazards)
    for seed in range(40 if isinstance(path, Path) else 12):
        wanted = a_filter(Random(seed))
        for as_of in (TODAY, last, last - timedelta(days=1), TODAY + timedelta(days=40)):
            slow = written(listing(path, wanted, as_of), frame=FRAMES[frame])
            assert printed(path, wanted, as_of, frame=frame) == slow


def test_the_texts_that_are_ready_are_used_today_and_on_no_day_before(
    drawn: tuple[Place, list[Hazard]],
) -> None:
    path, hazards = drawn
    last = max(hazard.since_on or FOUND for hazard in hazards)
    with reading(path) as book:
        assert is_present(book.ask, TODAY)
        assert is_present(book.ask, last)
        assert not is_present(book.ask, last - timedelta(days=1))


def test_json_says_what_the_records_say(drawn: tuple[Place, list[Hazard]]) -> None:
    assert sorted(KEYS) == sorted(SHOWN)
    path, _ = drawn
    for wanted in (Filter(), Filter(text=("nobody says this",))):
        for as_of in (TODAY, FOUND):
            records = listing(path, wanted, as_of)
            array = json.loads(bytes(printed(path, wanted, as_of, frame="array")))
            assert array == records
            assert [list(one) for one in array] == [list(KEYS) for _ in records]
            lines = bytes(printed(path, wanted, as_of, frame="lines")).splitlines()
            assert [json.loads(line) for line in lines] == records


@pytest.mark.parametrize("limit", [0, 1, 3, 1000])
def test_a_limit_is_the_first_of_them(limit: int, drawn: tuple[Place, list[Hazard]]) -> None:
    path, _ = drawn
    found = listing(path, Filter(), TODAY)[:limit]
    assert listing(path, Filter(), TODAY, limit=limit) == found
    array = printed(path, Filter(), TODAY, frame="array", limit=limit)
    assert json.loads(bytes(array)) == found


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger of texts that a query could stumble over."""
    ledger = a_ledger(home)
    for text in ("100%安全", "100安全", "a_b", "aXb", "bang! bang", 'it\'s "quoted"', "反斜杠\\"):
        added(ledger, deadline=due(3), what={"description": text, "district": text})
    return ledger


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("100%", ["100%安全"]),
        ("a_b", ["a_b"]),
        ("A_B", ["a_b"]),
        ("!", ["bang! bang"]),
        ("'", ['it\'s "quoted"']),
        ("\\", ["反斜杠\\"]),
        ("' OR 1=1 --", []),
        ("%", ["100%安全"]),
        ("安全", ["100%安全", "100安全"]),
    ],
)
def test_what_is_looked_for_is_looked_for_to_the_letter(
    text: str, found: list[str], path: Place
) -> None:
    records: list[dict[str, Any]] = listing(path, Filter(text=(text,)), TODAY)
    assert [record["description"] for record in records] == found


@pytest.mark.parametrize("name", ["' OR 1=1 --", "%", "_", "100安全') --"])
def test_a_name_is_a_value_and_never_part_of_the_query(name: str, path: Place) -> None:
    assert listing(path, Filter(district=(name,)), TODAY) == []


def test_due_before_is_strict_and_the_other_days_are_inclusive(path: Place) -> None:
    every = 7
    for wanted, as_of, count in (
        (Filter(due_before=day(3)), TODAY, 0),
        (Filter(due_before=day(4)), TODAY, every),
        (Filter(overdue=True), day(3), 0),
        (Filter(overdue=True), day(4), every),
        (Filter(due_soon=0), day(3), every),
        (Filter(due_soon=3), day(0), every),
        (Filter(due_soon=2), day(0), 0),
        (Filter(due_soon=30), day(4), 0),
        (Filter(since=FOUND, until=FOUND), TODAY, every),
        (Filter(since=day(1)), TODAY, 0),
        (Filter(until=day(-1)), TODAY, 0),
    ):
        assert len(listing(path, wanted, as_of)) == count, wanted
