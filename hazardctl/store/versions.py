"""Which versions of the schema this program reads, and which it writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hazardctl.errors import NewerLedger, OlderLedger
from hazardctl.store.place import Place
from hazardctl.store.refusals import HalfCopied
from hazardctl.store.schema import VERSION

_BEING_PROVED: set[Place] = set()


@contextmanager
def admitted(place: Place) -> Iterator[None]:
    """While the block runs this process may read a ledger that is not finished: to prove it."""
    _BEING_PROVED.add(place)
    try:
        yield
    finally:
        _BEING_PROVED.discard(place)


def must_be_known(place: Place, version: int) -> int:
    """A version as it was read: of bytes, and again once the lock is there and all is healed.

    It is negative until all of a ledger is copied and proved. Raises NewerLedger, HalfCopied.
    """
    if version < 0:
        if place not in _BEING_PROVED:
            raise HalfCopied(path=str(place))
        version = -version
    if version > VERSION:
        raise NewerLedger(path=str(place), version=version, known=VERSION)
    return version


def must_be_current(place: Place, version: int) -> int:
    """The same for a writer, who needs the schema of this program. Raises OlderLedger too."""
    if 0 < must_be_known(place, version) < VERSION:
        raise OlderLedger(path=str(place), version=version, known=VERSION)
    return version
