"""Several desks at one ledger at once: nothing is lost, no number is given twice."""

from __future__ import annotations

from multiprocessing import get_context

from hazardctl.domain.filter import Filter
from hazardctl.domain.words import State
from hazardctl.ledger.reading import listing
from hazardctl.store.chain import FIELDS
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from tests.builders import TODAY, a_ledger, added, day, due, moved, ready
from tests.homes import Home
from tests.reckoning import first_broken
from tests.reference import Move

DESKS, ADDS = 8, 25


def adds(path: Place, desk: int) -> list[str]:
    """One desk adds its hazards, each with its assignment."""
    return [added(path, by=f"desk {desk}", deadline=due(10), person="甲") for _ in range(ADDS)]


def follows(path: Place, number: str) -> int:
    """One desk reports on the same hazard again and again."""
    for _ in range(ADDS):
        moved(path, number, Move("progress", "甲", day(9)))
    return ADDS


def is_whole(path: Place) -> bool:
    """Whether the chain of a ledger is whole."""
    columns = ", ".join(("seq", "prev", "hash", *FIELDS))
    with reading(path) as book:
        ((ledger_id,),) = book.ask("SELECT value FROM setting WHERE name = 'ledger_id'")
        events = book.ask(f"SELECT {columns} FROM event ORDER BY seq")
    return first_broken(ledger_id, events) is None


def test_desks_that_add_at_once_lose_nothing(home: Home) -> None:
    path = ready(home)  # whoever comes first begins it, in a file
    with get_context("spawn").Pool(DESKS) as desks:
        answers = desks.starmap(adds, [(path, desk) for desk in range(DESKS)])
    told = [number for numbers in answers for number in numbers]
    assert sorted(told) == [f"YH-2022-{place:05}" for place in range(1, DESKS * ADDS + 1)]
    found = listing(path, Filter(), TODAY)
    assert sorted(told) == [record["number"] for record in found]
    assert {record["state"] for record in found} == {State.ASSIGNED}
    with reading(path) as book:
        # The ledger begun, the rules set, the enterprise registered as it came.
        assert book.ask("SELECT count(*) FROM event") == [(3 + 2 * DESKS * ADDS,)]
        assert book.ask("SELECT number FROM enterprise") == [("YH-QY-00001",)]
        assert book.ask("SELECT count(*) FROM event WHERE kind = 'ledger-begun'") == [(1,)]
        by = book.ask(
            "SELECT actor, count(*) FROM event WHERE kind = 'assigned'"
            " GROUP BY actor ORDER BY actor"
        )
    assert by == [(f"desk {desk}", ADDS) for desk in range(DESKS)]
    assert is_whole(path)


def test_desks_that_change_the_same_hazard_lose_no_event(home: Home) -> None:
    path = a_ledger(home)
    number = added(path, deadline=due(10), person="甲")
    with get_context("spawn").Pool(4) as desks:
        desks.starmap(follows, [(path, number)] * 4)
    with reading(path) as book:
        ((last, events),) = book.ask(
            "SELECT max(subject_seq), count(*) FROM event WHERE subject = ?", [number]
        )
    assert last == events == 2 + 4 * ADDS
    assert is_whole(path)
