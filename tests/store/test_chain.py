"""The chain: whoever touches an event is stopped, and what was touched all the same is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.store.chain import FIELDS, START, chained
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from tests.attackers import Hand, holding
from tests.builders import a_ledger, added, day, due, moved
from tests.homes import Home, kept
from tests.reckoning import first_broken
from tests.reference import Move

COLUMNS = ("seq", "id", "subject", "subject_seq", "kind", "at", "actor", "body", "prev", "hash")

# How a database says no.
STOPPED = (sqlite3.IntegrityError, psycopg.errors.RaiseException, psycopg.IntegrityError)


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger with some history."""
    ledger = a_ledger(home)
    number = added(ledger, deadline=due(10), person="甲")
    moved(ledger, number, Move("submit", "甲", day(3)), Move("reject", "乙", day(4)))
    added(ledger, by="戊")
    added(ledger)
    return ledger


@pytest.fixture
def attacker(path: Place) -> Iterator[Hand]:
    """Somebody who holds the ledger, and uses the database's defaults."""
    with holding(path) as hand:
        yield hand


def written(path: Place) -> tuple[str, list[Sequence[object]]]:
    """The id of a ledger and its events, as the chain is recomputed from them."""
    columns = ", ".join(("seq", "prev", "hash", *FIELDS))
    with reading(path) as book:
        ((ledger_id,),) = book.ask("SELECT value FROM setting WHERE name = 'ledger_id'")
        return ledger_id, list(book.ask(f"SELECT {columns} FROM event ORDER BY seq"))


def test_the_chain_of_a_ledger_is_whole(path: Place) -> None:
    ledger_id, events = written(path)
    assert len(events) == 9
    assert first_broken(ledger_id, events) is None
    assert [event[0] for event in events] == list(range(1, 10))
    assert events[0][1] == START


def test_a_part_of_the_chain_is_whole_from_where_it_begins(path: Place) -> None:
    ledger_id, events = written(path)
    head = events[3][2]
    assert isinstance(head, bytes)
    assert first_broken(ledger_id, events[4:], seq=4, head=head) is None
    assert first_broken(ledger_id, events[4:], seq=4, head=START) == 5
    assert first_broken(ledger_id, []) is None


def test_every_ledger_has_a_chain_of_its_own(path: Place) -> None:
    _, events = written(path)
    assert first_broken("another ledger", events) == 1


def test_events_are_counted_within_their_subject(path: Place) -> None:
    _, events = written(path)
    places: dict[object, list[object]] = {}
    for event in events:
        places.setdefault(event[4], []).append(event[5])
    assert all(place == list(range(1, len(place) + 1)) for place in places.values())
    hazards = (f"YH-2022-0000{place}" for place in (1, 2, 3))
    assert set(places) == {"ledger", "YH-QY-00001", *hazards}


# tampering


@pytest.mark.parametrize("column", range(10))
def test_a_change_of_any_value_of_any_event_is_found(path: Place, column: int) -> None:
    ledger_id, events = written(path)
    for place, event in enumerate(events):
        row = list(event)
        value: Any = row[column]
        if isinstance(value, bytes):
            row[column] = bytes([value[0] ^ 1]) + value[1:]
        else:
            row[column] = value + 1 if isinstance(value, int) else value + " "
        tampered = [*events[:place], row, *events[place + 1 :]]
        assert first_broken(ledger_id, tampered) == place + 1


def test_an_event_that_is_missing_doubled_or_out_of_place_is_found(path: Place) -> None:
    ledger_id, events = written(path)
    for tampered, found in (
        (events[:3] + events[4:], 4),
        (events[:3] + events[2:], 4),
        ([*events[:3], events[4], events[3], *events[5:]], 4),
        (events[1:], 1),
        (list(reversed(events)), 1),
    ):
        assert first_broken(ledger_id, tampered) == found


PARTS = st.lists(st.text(st.sampled_from("ab|,:1\0"), max_size=3), min_size=7, max_size=7)


@given(PARTS, PARTS)
def test_only_the_same_parts_have_the_same_hash(one: list[str], other: list[str]) -> None:
    same = chained("L", START, 1, one) == chained("L", START, 1, other)
    assert same == (one == other)


def test_the_hash_is_the_one_that_is_written_down() -> None:
    parts = ["id", "YH-2022-00001", 1, "assigned", "2022-10-01T00:00:00Z", "赵六", '{"on":"x"}']
    assert len(parts) == len(FIELDS)
    assert chained("ledger", START, 1, parts).hex() == (
        "b8cedc6b3e9ba26352722a1e4823fcc18f462a2ffb6321422e68acf184ed258f"
    )


# what the database itself stops


def values(attacker: Hand, where: str = "seq = 4") -> dict[str, Any]:
    """One event as it stands."""
    return attacker.row(f"SELECT {', '.join(COLUMNS)} FROM event WHERE {where}")


def following(attacker: Hand) -> dict[str, Any]:
    """An event that would follow the last one."""
    last = values(attacker, "seq = (SELECT max(seq) FROM event)")
    return {
        **last,
        "seq": last["seq"] + 1,
        "id": "0" * 36,
        "subject_seq": last["subject_seq"] + 1,
        "prev": last["hash"],
        "hash": b"\1" * 32,
    }


def insert(attacker: Hand, verb: str, row: dict[str, Any], rest: str = "") -> None:
    into, marks = ", ".join(row), ", ".join("?" * len(row))
    attacker.execute(f"{verb} INTO event({into}) VALUES ({marks}) {rest}", [*row.values()])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET actor = 'x' WHERE seq = 4",
        "UPDATE event SET actor = actor",
        "UPDATE event SET seq = seq + 100 WHERE seq = 9",
        "DELETE FROM event WHERE seq = 4",
        "DELETE FROM event WHERE seq = 9",
        "DELETE FROM event",
        "WITH last AS (SELECT max(seq) AS seq FROM event)"
        " DELETE FROM event WHERE seq = (SELECT seq FROM last)",
        "INSERT INTO event SELECT * FROM event WHERE seq = 4",
        "INSERT INTO event SELECT * FROM event WHERE seq = 4"
        " ON CONFLICT (seq) DO UPDATE SET body = '{}'",
    ],
)
def test_no_event_is_changed_removed_or_written_again(
    attacker: Hand, path: Place, sql: str
) -> None:
    before = kept(path)
    with pytest.raises(STOPPED, match="event: "):
        attacker.execute(sql)
    assert kept(path) == before


@pytest.mark.only_on("sqlite", "no other engine has these words")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE OR REPLACE event SET id = (SELECT id FROM event WHERE seq = 2) WHERE seq = 4",
        "UPDATE OR IGNORE event SET body = '{}' WHERE seq = 4",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 4",
        "INSERT OR IGNORE INTO event SELECT * FROM event WHERE seq = 9",
        "REPLACE INTO event SELECT * FROM event WHERE seq = 9",
    ],
)
def test_no_form_of_replace_changes_an_event(attacker: Hand, path: Place, sql: str) -> None:
    test_no_event_is_changed_removed_or_written_again(attacker, path, sql)


UNIQUE = ["id", "hash", "subject_seq", "seq"]


@pytest.mark.only_on("sqlite", "no other engine has these words")
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("unique", UNIQUE)
def test_no_form_of_replace_puts_an_event_in_the_place_of_another(
    attacker: Hand, path: Place, verb: str, unique: str
) -> None:
    takes_the_place(attacker, path, verb, unique)


@pytest.mark.parametrize("unique", UNIQUE)
def test_no_event_takes_the_place_of_another_by_any_unique_column(
    attacker: Hand, path: Place, unique: str
) -> None:
    takes_the_place(attacker, path, "INSERT", unique)


def takes_the_place(attacker: Hand, path: Place, verb: str, unique: str) -> None:
    """Somebody tries it, and is stopped."""
    before = kept(path)
    row = following(attacker)
    taken = values(attacker, "subject = 'YH-2022-00001' AND subject_seq = 2")
    row[unique] = taken[unique]
    row["subject"] = taken["subject"] if unique == "subject_seq" else row["subject"]
    said = "does not extend the chain|duplicate key"  # a server's index may be the first to say no
    with pytest.raises(STOPPED, match=said):
        insert(attacker, verb, row)
    assert kept(path) == before


@pytest.mark.only_on("sqlite", "elsewhere an upsert names its column, as it does above")
def test_an_upsert_changes_nothing_either(attacker: Hand, path: Place) -> None:
    before = kept(path)
    with pytest.raises(STOPPED, match="event: "):
        insert(attacker, "INSERT", values(attacker), "ON CONFLICT DO UPDATE SET body = '{}'")
    assert kept(path) == before


@pytest.mark.parametrize(
    "wrong", [{"seq": 11}, {"seq": 0}, {"seq": -1}, {"prev": START}, {"prev": b"\2" * 32}]
)
def test_an_event_extends_the_chain_or_is_not_written(
    attacker: Hand, wrong: dict[str, object]
) -> None:
    with pytest.raises(STOPPED):
        insert(attacker, "INSERT", {**following(attacker), **wrong})


def test_what_follows_may_be_written_so_that_the_refusals_mean_something(
    attacker: Hand, path: Place
) -> None:
    insert(attacker, "INSERT", following(attacker))
    ledger_id, events = written(path)
    assert first_broken(ledger_id, events) == 10  # its hash is a lie


def test_what_was_changed_behind_the_triggers_is_found(attacker: Hand, path: Place) -> None:
    for name in ("event_is_not_changed", "event_is_not_removed"):
        attacker.execute(f"DROP TRIGGER {name}{attacker.on_event}")
    attacker.execute("UPDATE event SET actor = '丁' WHERE seq = 5")
    ledger_id, events = written(path)
    assert first_broken(ledger_id, events) == 5
