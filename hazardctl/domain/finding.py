"""What a proof of the ledger finds: faults, and what is suspicious though lawful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its `code` (the sentence is in `text`), the hazard and the event it is about."""

    code: str
    number: str | None = None
    seq: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
