"""The chain: what is hashed of an event, and whether events follow one another."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence

START = bytes(32)  # what the first event follows
_TAG = b"hazardctl/event/v1\0"
_lead = struct.Struct(">Q").pack
FIELDS = ("id", "subject", "subject_seq", "kind", "at", "actor", "body")


def chained(ledger_id: str, prev: bytes, seq: int, parts: Sequence[object]) -> bytes:
    """The hash of an event: its ledger, its predecessor, its place and its parts in `FIELDS` order.

    Each part is led by its length, so that "ab","c" and "a","bc" differ.
    """
    pieces = [_TAG]
    for text in (ledger_id.encode(), prev, _lead(seq), *[str(part).encode() for part in parts]):
        pieces += (_lead(len(text)), text)
    return hashlib.sha256(b"".join(pieces)).digest()


def first_broken(
    ledger_id: str, rows: Iterable[Sequence[object]], *, seq: int = 0, head: bytes = START
) -> int | None:
    """The `seq` of the first row that does not follow, None if all do.

    Rows are `seq, prev, hash` and then the `FIELDS`; they begin after `seq`, whose hash is `head`.
    """
    for place, prev, hashed, *parts in rows:
        seq += 1
        if place != seq or prev != head or hashed != chained(ledger_id, head, seq, parts):
            return seq
        head = hashed
    return None
