"""The chain: what is hashed of an event, and what the first one follows."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

START = bytes(32)  # what the first event follows
_TAG = b"hazardctl/event/v1\0"
_lead = struct.Struct(">Q").pack
FIELDS = ("id", "subject", "subject_seq", "kind", "at", "actor", "body")


def chained(ledger_id: str, prev: bytes, seq: int, parts: Sequence[object]) -> bytes:
    """The hash of an event: its ledger, its predecessor, its place and its parts in `FIELDS` order.

    Each part is led by its length, so that "ab","c" and "a","bc" differ.
    """
    pieces = [_TAG]
    for text in (ledger_id.encode(), prev, _lead(seq), *map(_bytes, parts)):
        pieces += (_lead(len(text)), text)
    return hashlib.sha256(b"".join(pieces)).digest()


def _bytes(part: object) -> bytes:
    return part if isinstance(part, bytes) else str(part).encode()
