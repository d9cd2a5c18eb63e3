"""A server that is killed while desks write to it: what was acknowledged is there."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import psycopg
import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.domain.rules import Rules
from hazardctl.errors import Unusable
from hazardctl.ledger import reading, writing
from hazardctl.ledger.checking import prove
from hazardctl.store.place import Server
from tests.builders import TODAY, added, stamp
from tests.servers import end, restart, start

DESKS = 4


def adds(server: Server, desk: int, is_over: Event) -> list[str]:
    """One desk adds hazards until it is over; returns the numbers that it was told."""
    told = []
    while not is_over.is_set():
        try:
            told.append(added(server, by=f"desk {desk}"))
        except Unusable:
            time.sleep(0.05)
    return told


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.long)])
def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path, kills: int) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)  # the server runs as somebody else
    started = start(tmp_path)
    try:
        with psycopg.connect(f"{started.url}/postgres", autocommit=True) as owner:
            owner.execute("CREATE DATABASE ledger TEMPLATE template0")
        server = Server(f"{started.url}/ledger")
        writing.begin(server, stamp(), Rules())
        is_over = Event()
        with ThreadPoolExecutor(DESKS) as desks:
            working = [desks.submit(adds, server, desk, is_over) for desk in range(DESKS)]
            try:
                for _ in range(kills):
                    time.sleep(1.5)
                    end(started, signal.SIGKILL)
                    started = restart(tmp_path, started)
                time.sleep(1)
            finally:
                is_over.set()
            told = {number for desk in working for number in desk.result()}
        there = {one["number"] for one in reading.listing(server, Filter(), TODAY)}
        assert told
        assert told <= there
        assert prove(server, TODAY, taxonomy()).findings == []
        assert urlsplit(server.url).port == started.port
    finally:
        end(started)
