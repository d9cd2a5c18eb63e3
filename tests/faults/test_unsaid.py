"""Saved, but unsaid: the status tells, and the same request gives the answer that was missed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.campaign import Place, wrong
from tests.faults.judging import judged, seen, whole
from tests.faults.kinds import ADD, CLOSE, FIRST_ADD, IMPORT, PENALTY, RULE, Kind

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


def asked_again(kind: Kind, place: Place, way: Callable[[], None]) -> None:
    """Ask where the answer is lost, and once more under the id that was told."""
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
@pytest.mark.parametrize(("kind", "way"), WAYS, ids=lambda one: getattr(one, "name", None))
def test_what_is_saved_and_unsaid_is_told_when_it_is_asked_again(
    kind: Kind, way: Callable[[], None], tmp_path: Path
) -> None:
    asked_again(kind, Place(tmp_path), way)


def test_the_campaign_finds_a_program_that_forgets_what_was_asked(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="done twice"):
        asked_again(ADD, Place(tmp_path, wrong("forgets_what_was_asked")), full)
