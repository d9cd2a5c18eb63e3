"""What somebody may do to a ledger who holds the file: past its triggers, and tidily."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from hazardctl.domain.register import KINDS, kind_of
from hazardctl.store import registered, rows
from hazardctl.store.chain import FIELDS, START, chained
from hazardctl.store.lookups import DRAWN, LEDGER
from hazardctl.store.proof import told_settings
from hazardctl.store.replay import Row, Written, life

OF_HAZARDS = ("hazard", "card", "line", "past", "evidence", "lookback")
OF_RECORDS = (*KINDS, "named")


@contextmanager
def holding(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in the hands of somebody whom its triggers stop."""
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        yield book


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """The same without its triggers, which are put back afterwards as they were."""
    with holding(path) as book:
        triggers = dict(book.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for name in triggers:
            book.execute(f"DROP TRIGGER {name}")
        yield book
        for sql in triggers.values():
            book.execute(sql)


def rechained(book: sqlite3.Connection) -> None:
    """Every event hashed anew, each upon the one before it."""
    ((ledger_id,),) = book.execute("SELECT value FROM setting WHERE name = 'ledger_id'")
    events = book.execute(f"SELECT seq, {', '.join(FIELDS)} FROM event ORDER BY seq").fetchall()
    head = START
    for seq, *parts in events:
        prev, head = head, chained(ledger_id, head, seq, parts)
        book.execute("UPDATE event SET prev = ?, hash = ? WHERE seq = ?", (prev, head, seq))


def renumbered(book: sqlite3.Connection) -> None:
    """Every event counted anew: in the ledger, in its subject, and in the requests."""
    old = [seq for (seq,) in book.execute("SELECT seq FROM event ORDER BY seq")]
    for new, seq in enumerate(old, start=1):
        book.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, seq))
        for edge in ("first", "last"):
            book.execute(f"UPDATE request SET {edge} = ? WHERE {edge} = ?", (new, seq))
    counted: dict[str, int] = {}
    for seq, subject in book.execute("SELECT seq, subject FROM event ORDER BY seq").fetchall():
        counted[subject] = counted.get(subject, 0) + 1
        sql = "UPDATE event SET subject_seq = ? WHERE seq = ?"
        book.execute(sql, (counted[subject], seq))


def mended(book: sqlite3.Connection) -> None:
    """Every row made anew from the events that there are."""
    for table in (*OF_HAZARDS, *OF_RECORDS, "drawn"):
        book.execute(f"DELETE FROM {table}")
    sql = "SELECT DISTINCT subject FROM event WHERE subject <> ?"
    for (number,) in book.execute(sql, (LEDGER,)).fetchall():
        sql = (
            "SELECT seq, subject_seq, kind, actor, body FROM event WHERE subject = ?"
            " ORDER BY subject_seq"
        )
        events = [Written(*row) for row in book.execute(sql, (number,))]
        for table, told in made(number, events).items():
            for row in told:
                put(book, table, row)
    sql = "SELECT seq, body FROM event WHERE kind = ?"
    for seq, body in book.execute(sql, (DRAWN,)).fetchall():
        said = json.loads(body)
        for number in said["facts"]["numbers"]:
            put(book, "drawn", {"id": rows.hazard_id(number), "seq": seq, "drawn_on": said["on"]})
    ((last,),) = book.execute("SELECT max(seq) FROM event")
    book.execute("DELETE FROM request WHERE first > ?", (last,))
    book.execute("UPDATE request SET last = ? WHERE last > ?", (last, last))
    kept = "SELECT reporter FROM hazard WHERE reporter IS NOT NULL"
    book.execute(f"DELETE FROM reporter WHERE id NOT IN ({kept})")
    kept_settings = told_settings(lambda sql, values: book.execute(sql, values).fetchall())
    book.execute("DELETE FROM setting")
    book.executemany("INSERT INTO setting VALUES (?, ?)", kept_settings.items())


def made(number: str, events: Sequence[Written]) -> dict[str, list[Row]]:
    """What the events of a hazard, or of a record of the register, make of it, table by table."""
    kind = kind_of(number)
    if kind is None:
        return life(number, events).tables()
    told = [
        registered.event_from(kind, what=one.kind, actor=one.actor, body=one.body) for one in events
    ]
    record = registered.folded(kind, number, told)
    named = [] if registered.has_likeness(kind) else registered.names_row(kind, record)
    return {kind.name: [registered.to_row(kind, record)], "named": named}


def put(book: sqlite3.Connection, table: str, row: Row) -> None:
    """A row, as it is."""
    marks = ", ".join(f":{name}" for name in row)
    book.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})", row)
