"""What became of a request: asked where a command ends before it could tell."""

from __future__ import annotations

from hazardctl.domain.hazard import Request
from hazardctl.errors import NoLedger, Unreachable
from hazardctl.store import lookups
from hazardctl.store.opening import is_to_be_undone, reading, settled
from hazardctl.store.place import Place
from hazardctl.store.schema import VERSION


def saved(path: Place, request: Request) -> list[str]:
    """What a request has saved: the numbers or the files, nothing if it has not been done.

    Raises RequestReused and what says that the ledger is unusable.
    """
    try:
        settled(path)
        with reading(path) as book:
            # Nothing is written to a ledger of an earlier program before it is upgraded.
            done = lookups.done(book.ask, request) if book.version == VERSION else None
            return lookups.written(book.ask, done) if done else []
    except NoLedger:
        return []
    except Unreachable:  # a full disk has no room to undo a change either: it will be, later
        if is_to_be_undone(path):
            return []
        raise
