"""The proof of a ledger while other desks write: it is of one moment, and so is its digest."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from hazardctl.ledger.digesting import Kept, digest, held_against
from hazardctl.store.place import Place
from tests.builders import PHOTO, a_ledger, added, day, due, moved
from tests.homes import Home
from tests.reference import Move
from tests.whole import keep_photo, proved

PROOFS = 25


@contextmanager
def another_desk(path: Place) -> Iterator[list[str]]:
    """Hazards are entered and signed off meanwhile; those that were."""
    ended, numbers = Event(), []

    def writing() -> None:
        while not ended.is_set():
            number = added(path, deadline=due(10), person="甲", evidence=[PHOTO])
            steps = (Move("submit", "甲", day(1)), Move("verify", "乙", day(2), verifiers=("乙",)))
            moved(path, number, *steps, Move("close", "丁", day(3)))
            numbers.append(number)

    with ThreadPoolExecutor(1) as beside:
        written = beside.submit(writing)
        try:
            yield numbers
        finally:
            ended.set()
            written.result()


def test_a_proof_and_its_digest_are_of_one_moment_while_others_write(home: Home) -> None:
    path = a_ledger(home)
    keep_photo(path, home.folder)
    events = set()
    with another_desk(path) as numbers:
        for _ in range(PROOFS):
            proof = proved(path)
            assert proof.findings == []
            made = digest(proof, "2022-12-31T09:00:00Z")
            kept = Kept("d.json", made.text().encode())
            assert held_against(kept, path, proved(path)).findings == []
            events.add(made.n)
    assert numbers
    assert len(events) > 2
