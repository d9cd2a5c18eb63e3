"""What one ledger is to another: the same, ahead of it, behind it, or with another past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hazardctl.store.conditions import Ask
from hazardctl.store.copying import Stand, head_at, stand

AHEAD, BEHIND, SAME = "ledger-ahead", "ledger-behind", "the-same-ledger"


@dataclass(frozen=True, slots=True)
class Was:
    """What stands in a place: what it is to what is to come there, by how many events."""

    what: str
    events: int = 0
    stand: Stand | None = None  # None if that could not be told


def compared(ask: Ask, new: Stand, new_head_at: Callable[[int], str | None]) -> Was:
    """What a ledger is to the one that is to take its place, of which the heads can be asked."""
    old = stand(ask)
    if old is None:
        return Was("damaged-ledger")
    if old.ledger_id != new.ledger_id:
        return Was("another-ledger", stand=old)
    if old == new:
        return Was(SAME, stand=old)
    if old.n > new.n and head_at(ask, new.n) == new.head:
        return Was(AHEAD, old.n - new.n, old)
    if new.n > old.n and new_head_at(old.n) == old.head:
        return Was(BEHIND, new.n - old.n, old)
    return Was("another-past", stand=old)
