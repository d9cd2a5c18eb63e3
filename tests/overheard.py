"""What is said to a server, as its own log has it, and whether every engine would take it.

The rules are those for engines that speak PostgreSQL's language (trust.md §5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from hazardctl.store.place import Server
from hazardctl.store.postgres import LOCK
from tests import servers

FORBIDDEN = re.compile(
    r"\b((SMALL|BIG)?SERIAL|SEQUENCE|NEXTVAL|SETVAL|GENERATED|AS IDENTITY|LOCK TABLE|DEFERRABLE"
    r"|DEFERRED|EXCLUDE|LISTEN|NOTIFY|PG_\w*ADVISORY\w*|JSONB\w*|ARRAY|ARRAY_AGG|UNNEST|DISTINCT ON"
    r"|CTID|MERGE|SAVEPOINT|GEN_RANDOM_UUID|UUID_GENERATE\w*"
    r"|ON CONFLICT(?! \([\w, ]+\)))\b|ON CONFLICT$|\w\[\]|\bLOCK\s+(?!TABLE)\w+\s+IN\b",
    re.IGNORECASE,
)
_TEXT = re.compile(r"\$\$.*?\$\$|'(?:[^']|'')*'", re.DOTALL)
_DDL = re.compile(r"(CREATE|ALTER|DROP|TRUNCATE|COMMENT|GRANT|REVOKE)\b", re.IGNORECASE)
_DATA = re.compile(r"(INSERT|UPDATE|DELETE|COPY|MERGE)\b|WITH\b.*\b(INSERT|UPDATE|DELETE)\b", re.I)
_WRITES = re.compile(r"BEGIN( TRANSACTION)?( ISOLATION LEVEL READ COMMITTED)?( READ WRITE)?$")
_READS = re.compile(r"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY$")
# What is written before there is an event of it, and waits for nobody: see `served`, `serving`.
_BEFORE = re.compile(r"(INSERT INTO|DELETE FROM) (evidence_part|chain_head)\b")
_SAID = re.compile(r"([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|LOG:  (?:statement|execute [^:]*): (.*)")
Transaction = Sequence[str]  # its statements, its beginning the first of them


@contextmanager
def overhearing(server: Server) -> Iterator[Callable[[], list[Transaction]]]:
    """Ask within it what the program has said to a server since it began."""
    name, log = urlsplit(server.url).path[1:], servers.log()
    begun = log.stat().st_size
    with psycopg.connect(server.url, autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {name} SET log_statement = 'all'".encode())
        try:
            yield lambda: transactions(log.read_bytes()[begun:].decode(), name)
        finally:
            owner.execute(f"ALTER DATABASE {name} RESET log_statement".encode())


def transactions(log: str, database: str) -> list[Transaction]:
    """The transactions of the program in a database, in the order in which they ended."""
    ended: list[Transaction] = []
    open_: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?!\t)", log):
        said = _SAID.match(entry.replace("\n\t", " "))
        if not said or said[1] != database or said[2] != "hazardctl":
            continue
        session, sql = said[3], " ".join(said[4].split())
        if sql.upper().startswith("BEGIN"):
            open_[session] = [sql]
        elif sql.upper() in ("COMMIT", "ROLLBACK"):
            ended.append(open_.pop(session, []))
        elif session in open_:
            open_[session].append(sql)
        else:
            ended.append(["BEGIN", sql])
    return ended + list(open_.values())


def faults(transaction: Transaction) -> Iterator[str]:
    """What some engine would not take of a transaction, or would take otherwise than another."""
    begun, *statements = transaction
    for sql in statements:
        if found := FORBIDDEN.search(bare(sql)):
            yield f"{found[0]}: {sql}"
    changing = [sql for sql in statements if _DATA.match(sql) and not _BEFORE.match(sql)]
    written = [sql for sql in statements if _DATA.match(sql)]
    made = [sql for sql in statements if _DDL.match(sql) and "pg_temp" not in "".join(statements)]
    if made and written:
        yield f"tables and rows in one transaction: {made[0]}; {written[0]}"
    if (written or made) and not _WRITES.match(begun):
        yield f"written in another isolation: {begun}"
    if changing and statements[0] != LOCK:
        yield f"something before the lock: {statements[0]}"
    if not written and not made and not (_WRITES.match(begun) or _READS.match(begun)):
        yield f"read in another isolation: {begun}"


def bare(sql: str) -> str:
    """SQL without what stands in quotes: texts, and the bodies of functions."""
    return _TEXT.sub("''", sql)
