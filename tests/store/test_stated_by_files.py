"""Hazards as files state them, seen from any day: told by the days that the row gives."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Draft, Hazard
from hazardctl.domain.registering import take_in
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import RECTIFIED, LookbackResult, State
from hazardctl.ledger.exporting import records
from hazardctl.ledger.reading import listing
from hazardctl.store import writing
from hazardctl.store.counting import counts, tally
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from hazardctl.store.rows import FIELDS, from_row
from tests import reckoning
from tests.builders import FOUND, TODAY, altered, day, drafted, folded, ready, registered, stamp
from tests.homes import Home, seeds
from tests.ledgers import events_of
from tests.reckoning import state_on
from tests.whole import proved

ORDER = [State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.VERIFIED, State.CLOSED]
DAYS = ("assigned_on", "rectifying_on", "rectified_on", "verified_on", "closed_on")


def a_draft(draw: Random, row: int) -> Draft:
    """A row that states how far a hazard has come, with some of the days on which it got there."""
    state = draw.choice([State.REGISTERED, *ORDER, State.VOID, State.TRANSFERRED])
    passed = ORDER.index(state) + 1 if state in ORDER else 0
    on, fields = FOUND + timedelta(days=draw.randint(0, 5)), dict[str, Any]()
    found_on = on
    for name in DAYS[:passed]:
        on += timedelta(days=draw.randint(0, 4))
        fields[name] = on
    fields["since_on"] = max(on, found_on)
    if passed:
        fields |= {"due_on": day(12), "original_due_on": day(12), "responsible_person": "甲"}
    if state in RECTIFIED:
        fields |= {"measures": "已清运", "rectified_by": "甲", "was_submitted": True}
        for name in ("verified_on", "closed_on"):
            if name in fields and draw.random() < 0.3:
                del fields[name]  # the file does not say when
    hazard = altered(
        registered(), number="", found_on=found_on, from_on=found_on, state=state, **fields
    )
    return drafted(altered(hazard, imported=True), {}, row=row)


def taken_in(home: Home, drafts: list[Draft]) -> Place:
    """A ledger of what the rows of one file state."""
    path = ready(home)
    with writing(path, stamp(on=60), begin=Rules()) as book:
        for draft in drafts:
            book.enter(take_in(draft, by="甲", file={"file": "x"}))
    return path


@pytest.mark.parametrize("seed", seeds(4, on_a_server=2))
def test_the_state_of_any_day_is_told_by_the_days_of_the_row(seed: int, home: Home) -> None:
    draw = Random(seed)
    hazards = [a_draft(draw, row) for row in range(40)]
    path = taken_in(home, hazards)
    for as_of in (FOUND + timedelta(days=days) for days in range(-1, 30)):
        stood = [seen(draft.hazard, as_of) for draft in hazards if draft.hazard.found_on <= as_of]
        records = listing(path, Filter(), as_of)
        assert [record["state"] for record in records] == [one.state for one in stood]
        for record in records:
            done = record["state"] in RECTIFIED
            assert (record["measures"] is not None) is done
            assert (record["rectified_by"] is not None) is done
        with reading(path) as book:
            found = tally(book.ask, Filter(), as_of)
            months = dict(counts(book.ask, Filter(), as_of, by="month", rules=Rules()))
        total = reckoning.counts(stood, as_of)
        assert (found.found, found.closed, found.overdue) == (
            total.found,
            total.closed,
            total.overdue,
        )
        assert months == reckoning.grouped(stood, as_of, by="month")


def seen(hazard: Hazard, as_of: date) -> Hazard:
    """A stated hazard with the state of a day, and no due date before it was ordered."""
    is_ordered = not hazard.assigned_on or hazard.assigned_on <= as_of
    return altered(
        hazard,
        state=state_on(hazard, as_of),
        due_on=hazard.due_on if is_ordered else None,
        original_due_on=hazard.original_due_on if is_ordered else None,
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_stated_hazard_is_kept_as_it_was_stated(seed: int, home: Home) -> None:
    draw = Random(seed + 10)
    drafts = [a_draft(draw, row) for row in range(40)]
    path = taken_in(home, drafts)
    with reading(path) as book:
        rows = book.ask(f"SELECT {', '.join(FIELDS)} FROM hazard ORDER BY id")
    records = [from_row(dict(zip(FIELDS, row, strict=True))) for row in rows]
    assert records == [
        altered(draft.hazard, number=record.number)
        for draft, record in zip(drafts, records, strict=True)
    ]
    assert records == [folded(events, number) for number, events in events_of(path).items()]


def test_what_a_file_states_without_its_day_is_there_on_the_days_it_stands(home: Home) -> None:
    said = {"measures": "已清运", "rectified_by": "甲", "verified_by": ("乙",), "closed_by": "丁"}
    undated = altered(registered(), number="", state=State.CLOSED, since_on=day(9), **said)
    later = altered(registered(), number="", found_on=day(20), from_on=day(20), since_on=day(20))
    drafts = [drafted(hazard, {}, row=row) for row, hazard in enumerate((undated, later))]
    path = taken_in(home, drafts)
    for as_of, told in ((day(8), None), (day(9), "丁"), (day(20), "丁")):
        record = listing(path, Filter(), as_of)[0]
        assert record["closed_by"] == told
        assert record["verified_by"] == (["乙"] if told else None)
        assert record["measures"] == ("已清运" if told else None)


def reopened(**changes: object) -> Hazard:
    """A hazard that a file states to be in its second cycle."""
    begun = dict.fromkeys(("from_on", "since_on", "assigned_on", "reopened_on"), day(9))
    stated = {"cycle": 2, "state": State.ASSIGNED, **begun, "due_on": day(20), **changes}
    return altered(registered(), number="", **stated)


def test_the_look_back_of_the_cycle_before_is_kept_beside_that_of_the_present_one(
    home: Home,
) -> None:
    ended = {"state": State.CLOSED, "since_on": day(12), "closed_on": day(12)}
    looked = {"lookback_on": day(15), "lookback_result": LookbackResult.CONFIRMED}
    before: dict[str, Any] = {
        "previous_lookback_on": day(7),
        "previous_lookback_result": LookbackResult.REBOUND,
    }
    drafts = [
        drafted(reopened(), {}, row=1, previous_closed_on=day(5), **before),
        drafted(reopened(**ended, **looked, description="二"), {}, row=2, **before),
    ]
    path = taken_in(home, drafts)
    with reading(path) as book:
        told = book.ask("SELECT id % 10, cycle, looked_on, result FROM lookback ORDER BY id, place")
        past = book.ask("SELECT state, closed_on, lookback_on, lookback_result FROM past")
    rebound, confirmed = (str(day(7)), "rebound"), (str(day(15)), "confirmed")
    assert told == [(1, 1, *rebound), (2, 1, *rebound), (2, 2, *confirmed)]
    assert past == [("closed", str(day(5)), *rebound), ("closed", None, *rebound)]
    assert not proved(path).findings
    states = [one["state"] for on in (6, 7, 8, 9) for one in listing(path, Filter(), day(on))]
    assert states == ["closed", "assigned", *["closed"] * 4, *["assigned"] * 2]
    for on in (TODAY, day(9)):
        with records(path, Filter(), on) as kept:
            for one in kept:
                assert (one["previous_lookback_on"], one["previous_lookback_result"]) == rebound


def test_a_reopened_hazard_is_seen_closed_between_its_cycles(home: Home) -> None:
    hazard = reopened()
    path = taken_in(home, [drafted(hazard, {}, row=1, previous_closed_on=day(5))])
    told = [
        (one["state"], one["cycle"])
        for on in (0, 4, 5, 8, 9)
        for one in listing(path, Filter(), day(on))
    ]
    assert told == [
        ("assigned", 1),
        ("assigned", 1),
        ("closed", 1),
        ("closed", 1),
        ("assigned", 2),
    ]
