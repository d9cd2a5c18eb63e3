"""Saved, but unsaid: the status tells, and the same request gives the answer that was missed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from hazardctl.store.place import Server
from tests.faults.campaign import PROGRAM, Place, wrong
from tests.faults.judging import judged, seen, whole
from tests.faults.kinds import ADD, CLOSE, FIRST_ADD, IMPORT, OF_A_FILE, PENALTY, RULE, Kind
from tests.homes import Home

FULL = Path("/dev/full")


def full() -> None:
    """The answer goes to a disk that is full."""
    os.dup2(os.open(FULL, os.O_WRONLY), 1)


def closed() -> None:
    """There is nowhere for the answer to go."""
    os.close(1)


def gone() -> None:
    """Whoever was to read the answer has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)


WAYS = [(ADD, full), (ADD, closed), (ADD, gone), (CLOSE, full), (IMPORT, gone)]
WAYS += [(RULE, closed), (FIRST_ADD, full), (PENALTY, full)]


def asked_again(
    kind: Kind, home: Home, way: Callable[[], None], program: Sequence[str] = PROGRAM
) -> None:
    """Ask where the answer is lost, and once more under the id that was told."""
    ledger = home.ledger()
    server = ledger if isinstance(ledger, Server) else None
    place = Place(home.folder, program, server=server)
    kind.begin(place)
    words = [*kind.words(place, 0), "-f", "json"]
    before = seen(place.ledger)
    lost = place.run(words, before=way)
    assert lost.code == 8, lost
    after = whole(place.ledger)
    assert judged(before, after, [after.kinds[len(before.events) :]])
    told = json.loads(lost.err)["error"]
    assert (told["code"], len(told["facts"]["numbers"])) == ("saved-unsaid", 1)
    said = place.run([*words, "--request-id", told["facts"]["request"]])
    assert said.code == 0, said
    assert json.loads(said.out)
    assert whole(place.ledger) == after, "done twice"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("kind", "way"),
    [
        pytest.param(
            kind,
            way,
            id=f"{kind.name}-{way.__name__}",
            marks=[OF_A_FILE] if kind is FIRST_ADD else [],
        )
        for kind, way in WAYS
    ],
)
def test_what_is_saved_and_unsaid_is_told_when_it_is_asked_again(
    kind: Kind, way: Callable[[], None], home: Home
) -> None:
    asked_again(kind, home, way)


def test_the_campaign_finds_a_program_that_forgets_what_was_asked(home: Home) -> None:
    with pytest.raises(AssertionError, match="done twice"):
        asked_again(ADD, home, full, wrong("forgets_what_was_asked"))
