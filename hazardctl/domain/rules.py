"""The rules that one ledger may set for itself, with the values it begins with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """A ledger's own rules; the prefix is chosen once, so that districts never collide."""

    prefix: str = "YH"
    extensions: int = 2  # how many one cycle may have
    case_leader_for_all: bool = False  # else only a major hazard needs one
    due_soon: int = 10  # days ahead that count as soon
