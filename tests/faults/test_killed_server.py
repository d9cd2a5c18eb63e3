"""A server that is killed while desks write to it: what was acknowledged is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event, Thread

import psycopg
import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.domain.rules import Rules
from hazardctl.errors import Unusable
from hazardctl.ledger import reading, writing
from hazardctl.ledger.checking import prove
from hazardctl.store import postgres
from hazardctl.store.place import Server
from tests.builders import TODAY, added, stamp
from tests.servers import a_folder, hold_up, kill, restart, start

DESKS = 4
PATIENCE = 90  # seconds for a desk to come to its end: it may be waiting for another's lock


class Desk(Thread):
    """It adds hazards until it is over, and keeps the numbers that it was told.

    It ends with the test: whatever it waits for, nobody waits for it.
    """

    def __init__(self, server: Server, name: str, is_over: Event) -> None:
        super().__init__(name=name, daemon=True)
        self.server, self.is_over = server, is_over
        self.told: list[str] = []
        self.fault: BaseException | None = None

    def run(self) -> None:
        """Add, and where the server is away, try again."""
        try:
            while not self.is_over.is_set():
                try:
                    self.told.append(added(self.server, by=self.name))
                except Unusable:
                    time.sleep(0.05)
        except BaseException as fault:
            self.fault = fault


def lost(*, kills: int) -> Iterator[set[str]]:
    """Kill a server so often under load: after each, what was told before it and is not there.

    Its writer of the log gets no turn: what was answered must not be left to it.
    """
    with a_folder() as folder:
        started = start(folder)
        with psycopg.connect(f"{started.url}/postgres", autocommit=True) as owner:
            owner.execute("CREATE DATABASE ledger TEMPLATE template0")
        server = Server(f"{started.url}/ledger")
        writing.begin(server, stamp(), Rules())
        with psycopg.connect(f"{started.url}/postgres", autocommit=True) as owner:
            owner.execute("CHECKPOINT")  # it is there, whatever is lost later
        is_over = Event()
        desks = [Desk(server, f"{place}号台", is_over) for place in range(DESKS)]
        for desk in desks:
            desk.start()
        try:
            for _ in range(kills):
                hold_up(started, "walwriter")
                time.sleep(1.5)
                kill(started)
                told = {number for desk in desks for number in desk.told}
                started = restart(folder, started)
                yield told - there(server)
            time.sleep(1)
        finally:
            is_over.set()
            for desk in desks:
                desk.join(PATIENCE)
        assert not [desk.name for desk in desks if desk.is_alive()], "it never came back"
        assert not [desk.fault for desk in desks if desk.fault]
        assert all(desk.told for desk in desks)
        print(sum(len(desk.told) for desk in desks), "answers,", kills, "kills")
        yield {number for desk in desks for number in desk.told} - there(server)
        assert prove(server, TODAY, taxonomy()).findings == []


def there(server: Server) -> set[str]:
    """The numbers of all hazards, once the server is open again."""
    return {str(one["number"]) for one in reading.listing(server, Filter(), TODAY)}


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.long)])
def test_nothing_that_was_acknowledged_is_lost(kills: int) -> None:
    assert list(lost(kills=kills)) == [set()] * (kills + 1)


def test_the_campaign_finds_a_server_that_answers_before_it_has_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The program, but for one setting: synchronous_commit=off."""
    promised = ("UTF8", "off", *postgres._PROMISED[2:])
    monkeypatch.setitem(postgres.SETTINGS, "synchronous_commit", "off")
    monkeypatch.setattr(postgres, "_PROMISED", promised)
    assert any(lost(kills=3))
