"""What one look at a ledger finds: all of it, and that it comes to no end if it comes to none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hazardctl.domain.finding import Finding
from hazardctl.errors import Damaged, Unreachable
from hazardctl.store.opening import explained
from hazardctl.store.place import Place
from hazardctl.store.replay import ODD


def guarded(path: Place, find: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings; that they cannot be told to their end is a finding too."""
    found: list[Finding] = []
    try:
        with explained(path):
            found.extend(find())
    except (Damaged, Unreachable) as fault:
        found.append(Finding("unreadable", facts={"reason": fault.facts["reason"]}))
    except ODD as fault:
        found.append(Finding("unreadable", facts={"reason": str(fault) or type(fault).__name__}))
    return found
