"""Sixteen desks write to one file at once: no error, no loss, no long wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.faults.campaign import Place, wrong
from tests.faults.desks import by_command_lines, by_verbs, judged
from tests.faults.forge import Forge

DESKS = 16
SHORT, LONG = 6, 63  # writes of each desk: a thousand in all
PATIENCE = 10.0  # seconds
BESIDE_OTHER_TESTS = 30.0


def at_once(place: Place, count: int, *, patience: float = PATIENCE) -> None:
    """Sixteen desks type one command after the other, and the ledger is judged."""
    with ThreadPoolExecutor(DESKS) as desks:
        told = desks.map(lambda desk: by_command_lines(place, desk, count), range(DESKS))
        judged(place.ledger, told, patience=patience)


def test_sixteen_desks_at_once_lose_nothing(tmp_path: Path, forge: Forge) -> None:
    place = Place(tmp_path, forge=forge)  # whoever comes first begins the ledger
    at_once(place, SHORT, patience=BESIDE_OTHER_TESTS)


@pytest.mark.long
def test_a_thousand_command_lines_of_sixteen_desks_lose_nothing(tmp_path: Path) -> None:
    at_once(Place(tmp_path), LONG)


@pytest.mark.long
def test_a_thousand_writes_by_the_verbs_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with get_context("spawn").Pool(DESKS) as desks:
        told = desks.starmap(by_verbs, [(str(path), desk, LONG) for desk in range(DESKS)])
    judged(path, told, patience=PATIENCE)


def test_the_campaign_finds_desks_that_do_not_lock_before_they_read(
    tmp_path: Path, forge: Forge
) -> None:
    begun = Place(tmp_path, forge=forge).run(["init"])
    assert begun.code == 0, begun.err  # what desks find in a ledger half begun is another matter
    place = Place(tmp_path, wrong("begins_without_the_lock"), forge)
    with pytest.raises(AssertionError, match=r"is damaged|held by another|lost or"):
        at_once(place, SHORT)
