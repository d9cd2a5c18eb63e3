"""Sixteen desks write to one database at once: by the verbs, or no more than the head of a chain.

Both load the same modules before the desks part, so that what differs is what they write.
"""

import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import hazardctl.store.transaction  # noqa: F401  # loaded before the desks part
from hazardctl import store
from hazardctl.domain.rules import Rules
from tests.builders import added, stamp

DESKS = 16
WRITES = 25  # of each desk


def by_verbs(path: str, desk: int) -> None:
    """Each write is a hazard with its event."""
    for turn in range(WRITES):
        added(Path(path), what={"description": f"{desk}号台 第{turn}处"})


def bare(path: str, desk: int) -> None:
    """Each write reads the head of the chain under the lock and puts one event after it."""
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as book:
        book.execute("PRAGMA synchronous=FULL")
        for turn in range(WRITES):
            body = f"{desk}号台 第{turn}处".encode()
            book.execute("BEGIN IMMEDIATE")
            seq, head = book.execute(
                "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
            ).fetchone() or (0, bytes(32))
            one = hashlib.sha256(head + body).digest()
            book.execute("INSERT INTO event VALUES (?, ?, ?)", (seq + 1, body, one))
            book.execute("COMMIT")


def begun(path: str, way: str) -> int:
    """A database to write to; returns how many events it begins with."""
    if way == "by_verbs":
        with store.writing(Path(path), stamp(), begin=Rules()):
            pass
    with closing(sqlite3.connect(path)) as book:
        if way == "bare":
            book.execute("CREATE TABLE event(seq INTEGER PRIMARY KEY, body BLOB, hash BLOB)")
        return int(book.execute("SELECT count(*) FROM event").fetchone()[0])


if __name__ == "__main__":
    way, path = sys.argv[1:]
    before = begun(path, way)
    work = {"by_verbs": by_verbs, "bare": bare}[way]
    desks = [get_context("fork").Process(target=work, args=(path, desk)) for desk in range(DESKS)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    with closing(sqlite3.connect(path)) as book:
        (after,) = book.execute("SELECT count(*) FROM event").fetchone()
    lost = after - before < DESKS * WRITES
    os._exit(1 if lost or any(desk.exitcode for desk in desks) else 0)
