"""Handing out the ledger: every hazard with all that is needed to take it in again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from hazardctl.domain.filter import Filter
from hazardctl.store import whole
from hazardctl.store.opening import reading
from hazardctl.store.place import Place


@contextmanager
def records(
    path: Place, wanted: Filter, as_of: date, *, with_reporters: bool = False
) -> Iterator[Iterator[dict[str, Any]]]:
    """The hazards of a filter in the ledger layout, while the ledger is open.

    A desk that reads holds up whoever writes: they are to be taken at once. Who reported is told
    only if asked for. Raises what says that the ledger is unusable.
    """
    with reading(path) as book:
        yield whole.records(book.ask, book.each, wanted, as_of, with_reporters=with_reporters)
