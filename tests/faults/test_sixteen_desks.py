"""Sixteen desks write to one ledger at once: no error, no loss, no long wait."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from hazardctl.store.place import Server
from tests.builders import a_ledger, ready
from tests.faults.campaign import PROGRAM, Place, wrong
from tests.faults.desks import by_command_lines, by_verbs, judged
from tests.faults.forge import Forge
from tests.homes import Home

DESKS = 16
SHORT, LONG = 6, 63  # command lines of each desk: a thousand in all
MANY = 200  # writes of each by the verbs
PATIENCE = 10.0  # seconds
BESIDE_OTHER_TESTS = 30.0


def at_once(place: Place, count: int, *, patience: float = PATIENCE) -> None:
    """Sixteen desks type one command after the other, and the ledger is judged."""
    with ThreadPoolExecutor(DESKS) as desks:
        told = desks.map(lambda desk: by_command_lines(place, desk, count), range(DESKS))
        judged(place.ledger, told, patience=patience)


def place_in(home: Home, program: Sequence[str] = PROGRAM, forge: Forge | None = None) -> Place:
    """Where the desks are; whoever comes first begins the ledger, unless it is on a server."""
    ledger = ready(home)
    server = ledger if isinstance(ledger, Server) else None
    return Place(home.folder, program, forge, server)


def test_sixteen_desks_at_once_lose_nothing(home: Home, forge: Forge) -> None:
    at_once(place_in(home, forge=forge), SHORT, patience=BESIDE_OTHER_TESTS)


@pytest.mark.long
def test_a_thousand_command_lines_of_sixteen_desks_lose_nothing(home: Home) -> None:
    at_once(place_in(home), LONG)


@pytest.mark.long
def test_three_thousand_writes_by_the_verbs_lose_nothing(home: Home) -> None:
    path = ready(home)
    with get_context("spawn").Pool(DESKS) as desks:
        told = desks.starmap(by_verbs, [(path, desk, MANY) for desk in range(DESKS)])
    judged(path, told, patience=PATIENCE)


def test_the_campaign_finds_desks_that_do_not_lock_before_they_read(
    home: Home, forge: Forge
) -> None:
    a_ledger(home)  # what desks find in a ledger half begun is another matter
    place = place_in(home, wrong("begins_without_the_lock"), forge)
    with pytest.raises(AssertionError, match=r"is damaged|held by another|lost or"):
        at_once(place, SHORT)
