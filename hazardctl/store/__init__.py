"""Where a ledger is kept: the door to its reading side and to its writing side."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from hazardctl.store.opening import kept_by
from hazardctl.store.place import Place, Server

if TYPE_CHECKING:
    from hazardctl.domain.hazard import Stamp
    from hazardctl.domain.rules import Rules
    from hazardctl.store.book import Book
    from hazardctl.store.speaking import Lookup


def writing(
    place: Place,
    stamp: Stamp,
    *,
    begin: Rules | None = None,
    undoes: bool = False,
    ahead: Sequence[Lookup] = (),
) -> AbstractContextManager[Book]:
    """A book open for one transaction; SQLModel is loaded here, and nowhere before.

    `begin` makes a ledger with those rules where none stands yet, but on no server.
    """
    from hazardctl.store.transaction import writing as opened

    begin = begin if isinstance(place, Path) else None
    return opened(place, stamp, begin=begin, undoes=undoes, ahead=ahead)


def beginning(place: Place, stamp: Stamp, rules: Rules) -> AbstractContextManager[Book]:
    """The same where a ledger is to be begun, on a server too."""
    from hazardctl.store.transaction import writing as opened

    if isinstance(place, Server):
        kept_by(place)  # is its driver there?
        from hazardctl.store.serving import prepare

        prepare(place)
    return opened(place, stamp, begin=rules)


def upgrade(path: Path, stamp: Stamp) -> bool:
    """Bring the schema of a ledger up to date, in one transaction.

    Raises Damaged if its events are not whole; NotALedger, NewerLedger, Unreachable, Busy.
    """
    from hazardctl.store.upgrading import upgrade as upgraded

    return upgraded(path, stamp)
