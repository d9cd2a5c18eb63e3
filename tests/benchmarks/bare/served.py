"""Sixteen desks write to one server at once: by the verbs, or no more than the head of a chain.

Both load the same modules before the desks part, and each write has a connection of its own, as a
command line has it: what differs is what they say.
"""

import hashlib
import os
import sys
from multiprocessing import get_context

import psycopg

import hazardctl.store.transaction  # noqa: F401  # loaded before the desks part
from hazardctl.domain.rules import Rules
from hazardctl.ledger import writing
from hazardctl.store.place import Server
from hazardctl.store.postgres import LOCK
from tests.builders import added, stamp
from tests.servers import database

DESKS = 16
WRITES = 25  # of each desk
BODY = "第{turn}处 " + "x" * 420  # about as long as what the verbs write of a hazard


def by_verbs(server: Server, desk: int) -> None:
    """Each write is a hazard with its event."""
    for turn in range(WRITES):
        added(server, what={"description": f"{desk}号台 第{turn}处"})


def bare(server: Server, _desk: int) -> None:
    """Each write locks the head of the chain, puts one event after it, and moves the head."""
    for turn in range(WRITES):
        body = BODY.format(turn=turn).encode()
        with psycopg.connect(server.url) as book:
            ((seq, head),) = book.execute(LOCK).fetchall()
            one = hashlib.sha256(head + body).digest()
            book.execute("INSERT INTO plain VALUES (%s, %s, %s)", (seq + 1, body, one))
            book.execute("UPDATE chain_head SET seq = %s, hash = %s", (seq + 1, one))


def events(server: Server, way: str) -> int:
    """How many events there are."""
    table = "event" if way == "by_verbs" else "plain"
    with psycopg.connect(server.url) as book:
        return int(book.execute(f"SELECT count(*) FROM {table}".encode()).fetchall()[0][0])


if __name__ == "__main__":
    (way,) = sys.argv[1:]
    work = {"by_verbs": by_verbs, "bare": bare}[way]
    with database() as server:
        writing.begin(server, stamp(), Rules())
        with psycopg.connect(server.url) as book:
            book.execute("CREATE TABLE plain(seq BIGINT PRIMARY KEY, body BYTEA, hash BYTEA)")
        before = events(server, way)
        desks = [get_context("fork").Process(target=work, args=(server, n)) for n in range(DESKS)]
        for desk in desks:
            desk.start()
        for desk in desks:
            desk.join()
        lost = events(server, way) - before < DESKS * WRITES
    os._exit(1 if lost or any(desk.exitcode for desk in desks) else 0)
