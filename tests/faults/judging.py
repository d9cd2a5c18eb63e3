"""What a command left behind, read without the program's writing side, and judged."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.errors import NoLedger
from hazardctl.ledger.checking import prove
from hazardctl.store.opening import settled
from hazardctl.store.place import Server
from tests.faults.campaign import TODAY

_EVENT = "seq, prev, hash, id, subject, subject_seq, kind, at, actor, body"
_NUMBER = re.compile(r"\w+-(\d{4})-(\d{5})")
Event = tuple[object, ...]


@dataclass(frozen=True)
class Seen:
    """A ledger as the bare driver reads it: its events, hazards and requests."""

    events: Sequence[Event]
    numbers: Sequence[str]
    requests: Sequence[str]

    @property
    def kinds(self) -> list[str]:
        """The kinds of its events, in their order."""
        return [str(event[6]) for event in self.events]


NOTHING = Seen((), (), ())


def seen(place: Path | Server) -> Seen:
    """A ledger, once the database finds it whole and its events are one unbroken chain."""
    told = _of_server(place) if isinstance(place, Server) else _of_file(place)
    if told is NOTHING:
        return NOTHING
    _have_no_gaps(told.numbers)
    assert len(set(told.requests)) == len(told.requests), f"{told.requests}"
    return told


def _of_server(server: Server) -> Seen:
    """What stands there, once nothing is on its way: whose desk is gone may still be saved."""
    with psycopg.connect(server.url, autocommit=True) as book:
        ((is_made,),) = book.execute("SELECT to_regclass('schema_version') IS NOT NULL")
        if not is_made or not book.execute("SELECT 1 FROM schema_version").fetchall():
            return NOTHING
        head = book.execute("SELECT seq, hash FROM chain_head FOR UPDATE").fetchall()
        told = _told(lambda sql: book.execute(sql.encode()).fetchall(), has_requests=True)
    assert head == [(told.events[-1][0], told.events[-1][2])], "the head is not the last event"
    return told


def _told(ask: Callable[[str], list[Any]], *, has_requests: bool) -> Seen:
    events = ask(f"SELECT {_EVENT} FROM event ORDER BY seq")
    numbers = [one for (one,) in ask("SELECT number FROM hazard ORDER BY id")]
    requests = ask("SELECT id FROM request ORDER BY first") if has_requests else []
    ((ledger_id,),) = ask("SELECT value FROM setting WHERE name = 'ledger_id'")
    _follow_one_another(events, ledger_id)
    return Seen(events, numbers, [one for (one,) in requests])


def _of_file(path: Path) -> Seen:
    if not path.exists() or not path.stat().st_size:
        return NOTHING
    book = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=60)
    try:
        if book.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
            return NOTHING  # begun, and rolled back
        for question, answer in (("integrity", [("ok",)]), ("foreign_key", [])):
            told = book.execute(f"PRAGMA {question}_check").fetchall()
            assert told == answer, f"{question}: {told}"
        tables = {name for (name,) in book.execute("SELECT name FROM sqlite_schema")}
        return _told(lambda sql: book.execute(sql).fetchall(), has_requests="request" in tables)
    finally:
        book.close()


def _follow_one_another(events: Sequence[Event], ledger_id: str) -> None:
    """The chain, recomputed from what the design says of it."""
    head = bytes(32)
    for place, (seq, prev, kept, *parts) in enumerate(events, start=1):
        hashed = hashlib.sha256(b"hazardctl/event/v1\0")
        texts = [str(part).encode() for part in parts]
        for text in (ledger_id.encode(), head, struct.pack(">Q", place), *texts):
            hashed.update(struct.pack(">Q", len(text)) + text)
        assert (seq, prev, kept) == (place, head, hashed.digest()), f"event {place}"
        head = hashed.digest()


def _have_no_gaps(numbers: Sequence[str]) -> None:
    found: dict[str, list[int]] = {}
    for number in numbers:
        named = _NUMBER.fullmatch(number)
        assert named, number
        found.setdefault(named[1], []).append(int(named[2]))
    for year, places in found.items():
        assert sorted(places) == list(range(1, len(places) + 1)), year


def whole(path: Path | Server) -> Seen:
    """A ledger that is whole, by its own proof too (projections = replay, sums, evidence).

    The program comes first: what was left is healed by its own reading, as it is for a user.
    """
    settled(path)
    try:
        proved = prove(path, date.fromisoformat(TODAY), taxonomy())
    except NoLedger:
        assert seen(path) is NOTHING, "the program sees no ledger, and there is one"
        return NOTHING
    found = seen(path)
    assert not proved.findings, f"{proved.findings}"
    assert proved.events == len(found.events), f"{proved.events} events"
    return found


def judged(before: Seen, after: Seen, entered: Sequence[Sequence[str]]) -> bool:
    """Whether anything was saved: what was there stays, and what came is one of `entered`, whole.

    `entered` are the kinds of events that the command may leave, each as one whole.
    """
    was = len(before.events)
    assert list(after.events[:was]) == list(before.events), "the past has changed"
    came = after.kinds[was:]
    assert came in [[], *map(list, entered)], f"neither whole nor nothing: {came[:9]}"
    return bool(came)
