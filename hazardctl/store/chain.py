"""The chain: what is hashed of an event, and what the first one follows."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from functools import cache

START = bytes(32)  # what the first event follows
_TAG = b"hazardctl/event/v1\0"
_lead = struct.Struct(">Q").pack
_EIGHT = _lead(8)  # what leads the place
FIELDS = ("id", "subject", "subject_seq", "kind", "at", "actor", "body")


def chained(ledger_id: str, prev: bytes, seq: int, parts: Sequence[object]) -> bytes:
    """The hash of an event: its ledger, its predecessor, its place and its parts in `FIELDS` order.

    Each part is led by its length, so that "ab","c" and "a","bc" differ.
    """
    pieces = [_begun(ledger_id), _lead(len(prev)), prev, _EIGHT, _lead(seq)]
    for part in parts:
        text = part if part.__class__ is bytes else str(part).encode()
        pieces += (_lead(len(text)), text)
    return hashlib.sha256(b"".join(pieces)).digest()


@cache
def _begun(ledger_id: str) -> bytes:
    """What the hash of each event of a ledger begins with."""
    text = ledger_id.encode()
    return _TAG + _lead(len(text)) + text
