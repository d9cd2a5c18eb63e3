"""The manifest of a backup: which ledger, how far, and every part with its size and its hash."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from hazardctl.errors import NotABackup

FORM = 1  # the form of a backup; a later one gets a new number
MANIFEST, DIGEST, LEDGER = "manifest.json", "digest.json", "ledger.db"
_EVIDENCE = re.compile("evidence/([0-9a-f]{2})/(\\1[0-9a-f]{62})")
_HASH = re.compile("[0-9a-f]{64}")
_SPARSE = 25  # bytes for each comma, at least: what has more is made to fill the memory


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a backup: its name, its size in bytes, the SHA-256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The ledger that a backup holds, and its parts: the digest, the ledger, then the evidence."""

    ledger_id: str
    n: int
    head: str  # 64 hex digits
    schema: int
    at: str  # the moment it was made, UTC
    members: Sequence[Member]
    form: int = FORM

    def text(self) -> str:
        """The one text of it."""
        body = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{body}\n"

    @property
    def digest(self) -> Member:
        """The digest of the ledger."""
        return self.members[0]

    @property
    def ledger(self) -> Member:
        """The ledger itself."""
        return self.members[1]

    @property
    def evidence(self) -> Sequence[Member]:
        """The evidence files, in the order of their hashes."""
        return self.members[2:]


def named(sha256: str) -> str:
    """What an evidence file of that hash is called in a backup."""
    return f"evidence/{sha256[:2]}/{sha256}"


def read_manifest(content: bytes, file: str) -> Manifest:
    """The manifest in these bytes; raises NotABackup for anything that we would not write."""
    read = None
    if content.count(b",") * _SPARSE <= len(content):
        try:
            read = json.loads(content.decode())
        except (ValueError, RecursionError):
            read = None
    if not isinstance(read, Mapping) or not isinstance(read.get("members"), list):
        raise NotABackup(file=file, reason="not-a-backup")
    if read.get("form") != FORM:
        raise NotABackup(file=file, reason="later-form")
    try:
        members = tuple(Member(**one) for one in read["members"])
        made = Manifest(**{**read, "members": members})
        is_ours = _is_well_typed(made) and made.text().encode() == content
    except (TypeError, ValueError):
        is_ours = False
    if not is_ours or not _is_in_order(made.members):
        raise NotABackup(file=file, reason="not-a-backup")
    return made


def _is_well_typed(made: Manifest) -> bool:
    """Whether every value is of its kind: numbers whole and not negative, the rest text."""
    numbers = [made.n, made.schema, *(one.size for one in made.members)]
    texts = [made.ledger_id, made.at, *(one.name for one in made.members)]
    hashes = [made.head, *(one.sha256 for one in made.members)]
    return (
        all(type(number) is int and number >= 0 for number in numbers)
        and all(type(text) is str for text in [*texts, *hashes])
        and all(_HASH.fullmatch(digits) for digits in hashes)
    )


def _is_in_order(members: Sequence[Member]) -> bool:
    """Whether the names are those that a backup has, each once, in their order."""
    evidence = [_EVIDENCE.fullmatch(one.name) for one in members[2:]]
    names = [one.name for one in members]
    return (
        names[:2] == [DIGEST, LEDGER]
        and names[2:] == sorted(set(names[2:]))
        and all(
            found is not None and found[2] == one.sha256
            for found, one in zip(evidence, members[2:], strict=True)
        )
    )
