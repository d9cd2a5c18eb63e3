"""Evidence on a server: its content in pieces in a table, there before an event names it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

import psycopg

from hazardctl.store.place import Server
from hazardctl.store.postgres import Reading, connect, must_keep, reading
from hazardctl.store.served_refusals import explained

PIECE = 1024 * 1024  # bytes
_IN_MEMORY = 32 * PIECE
_PARTS = "SELECT part FROM evidence_part WHERE sha256 = ? ORDER BY part"
_PIECE = "SELECT content FROM evidence_part WHERE sha256 = ? AND part = ?"
_PUT = "INSERT INTO evidence_part VALUES (?, ?, ?)"


def stored(server: Server, content: Iterable[bytes]) -> str:
    """Store content under its hash, in one transaction; what is there and good stays.

    Raises what says that the ledger is unusable, and what the content raises.
    """
    hashed = hashlib.sha256()
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        for piece in content:
            hashed.update(piece)
            kept.write(piece)
        digest = hashed.hexdigest()
        if not _is_kept(server, digest):
            kept.seek(0)
            try:
                _put(server, digest, iter(lambda: kept.read(PIECE), b""))
            except psycopg.errors.UniqueViolation as fault:  # another desk has just stored it
                with explained(server):
                    if not _is_kept(server, digest):
                        raise fault
    return digest


def _put(server: Server, digest: str, pieces: Iterator[bytes]) -> None:
    """Insert the pieces; raises UniqueViolation if they are there."""
    with connect(server) as connection:
        must_keep(connection)
        try:
            if connection.execute(_PARTS, (digest,)).fetchone():  # and damaged, as we have seen
                connection.execute("DELETE FROM evidence_part WHERE sha256 = ?", (digest,))
            for part, piece in enumerate(pieces):
                connection.execute(_PUT, (digest, part, piece))
            connection.commit()
        except psycopg.errors.UniqueViolation:
            raise
        except psycopg.Error:
            with explained(server):
                raise


def _is_kept(server: Server, digest: str) -> bool:
    """Whether that content is stored already, whole."""
    hashed = hashlib.sha256()
    with explained(server), connect(server) as connection:  # a ledger may be only on its way there
        for piece in _pieces(Reading(connection), digest):
            hashed.update(piece)
    return hashed.hexdigest() == digest


def pieces(server: Server, digest: str) -> Iterator[bytes]:
    """The pieces that are stored under a hash, in their order; none if nothing is."""
    with reading(server) as book:
        yield from _pieces(book, digest)


def _pieces(book: Reading, digest: str) -> Iterator[bytes]:
    for (part,) in book.ask(_PARTS, (digest,)):
        for (piece,) in book.ask(_PIECE, (digest, part)):  # one at a time: they are large
            yield piece
