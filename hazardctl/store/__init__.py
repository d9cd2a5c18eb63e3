"""Where a ledger is kept: the door to its reading side and to its writing side."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hazardctl.domain.hazard import Stamp
    from hazardctl.domain.rules import Rules
    from hazardctl.store.book import Book


def writing(
    path: Path, stamp: Stamp, *, begin: Rules | None = None, undoes: bool = False
) -> AbstractContextManager[Book]:
    """A book open for one transaction; SQLModel is loaded here, and nowhere before."""
    from hazardctl.store.transaction import writing as opened

    return opened(path, stamp, begin=begin, undoes=undoes)


def upgrade(path: Path, stamp: Stamp) -> bool:
    """Bring the schema of a ledger up to date, in one transaction.

    Raises Damaged if its events are not whole; NotALedger, NewerLedger, Unreachable, Busy.
    """
    from hazardctl.store.upgrading import upgrade as upgraded

    return upgraded(path, stamp)
