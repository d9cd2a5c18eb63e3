"""A digest: what a ledger was at one moment, in a few figures, to be kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from hazardctl.errors import NotADigest

_MOST = 2**53
FORM = 1  # the form of a digest; a later one gets a new number
LARGEST = 64 * 1024  # bytes; ours has some three hundred


@dataclass(frozen=True, slots=True)
class Digest:
    """The ledger, how many events it had, the hash of the last, and what they made of it."""

    ledger_id: str
    n: int
    head: str  # 64 hex digits
    schema: int
    evidence_count: int
    open: int
    closed: int
    at: str  # the moment it was made, UTC
    v: int = FORM

    def moment(self) -> datetime:
        """When it was made; raises ValueError, OverflowError if `at` is no moment."""
        return datetime.fromisoformat(self.at).astimezone(UTC)

    def text(self) -> str:
        """The one text of it, whose bytes are signed."""
        body = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{body}\n"


def _is_one(value: object, kind: type) -> bool:
    """Whether a value is a text, or a count that a ledger may have."""
    return type(value) is kind and (not isinstance(value, int) or 0 <= value < _MOST)


def read_digest(content: bytes, name: str) -> Digest:
    """The digest in a file; raises NotADigest."""
    try:
        read = json.loads(content.decode()) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, Mapping):
        raise NotADigest(file=name, reason="not-a-digest")
    wanted = {one.name: int if one.type == "int" else str for one in fields(Digest)}
    if read.get("v") != FORM:
        raise NotADigest(file=name, reason="unknown-form")
    if any(not _is_one(read.get(key), kind) for key, kind in wanted.items()) or not read["n"]:
        raise NotADigest(file=name, reason="not-a-digest")
    made = Digest(**{key: read[key] for key in wanted})
    try:
        made.moment()
    except (ValueError, OverflowError):
        raise NotADigest(file=name, reason="not-a-digest") from None
    return made
