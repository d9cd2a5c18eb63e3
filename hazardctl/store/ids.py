"""The ids of events and requests: random, and in the order in which they were made."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import count

_LOW = (1 << 62) - 1  # what follows the variant
_LAST = (1 << 48) - 1  # what follows the last hyphen


def ids(at: str) -> Iterator[str]:
    """Ids without end that sort by a moment, then by their order (RFC 9562, version 7).

    Only the first is drawn, and each is one more than the one before: an index takes them one
    behind the other, where ids drawn each for itself fall all over it.
    """
    moment = f"{int(datetime.fromisoformat(at).timestamp() * 1000):012x}"
    lead = f"{moment[:8]}-{moment[8:]}-7"
    for value in count(secrets.randbits(73)):  # of 74 bits: there is room for those that follow
        low = value & _LOW
        yield f"{lead}{value >> 62:03x}-{low >> 48 | 0x8000:04x}-{low & _LAST:012x}"
