"""The verb that carries a whole ledger to another place: to a server, to a file, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from hazardctl.domain.digest import Digest
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.manifest import LEDGER
from hazardctl.errors import Unusable
from hazardctl.ledger import pasts
from hazardctl.ledger.checking import prove
from hazardctl.ledger.digesting import digest
from hazardctl.ledger.evidence import listing
from hazardctl.store import attached, copying, evidence, proof
from hazardctl.store.conditions import Ask
from hazardctl.store.copying import Stand, head_at, stand
from hazardctl.store.opening import Reading, reading
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import (
    CopyDiffers,
    CopyStopped,
    OccupiedTarget,
    Overtaken,
)
from hazardctl.store.versions import admitted, must_be_current

Watch = Callable[[int, float | None], None]  # told how many rows have come, and which share it is


@dataclass(frozen=True, slots=True)
class Carried:
    """What stands there now, and how many of its events were not there before."""

    digest: Digest
    came: int


def carry(
    source: Place, target: Place, *, at: str, today: date, taxonomy: Taxonomy, watch: Watch
) -> Carried:
    """Carry a ledger with its evidence to another place, and prove it there.

    It goes on where it was stopped, and brings the same ledger up to date. Raises LedgerAtFault
    (only what is whole is carried), OlderLedger, OccupiedTarget (what stands there is no earlier
    state of it), CopyStopped, CopyDiffers, and what says that a place cannot be used.
    """
    from hazardctl.store.carrying import look_at

    look_at(target)  # what is no good is told before anything is read
    with _still(source, target) as still:
        digest(prove(still, today, taxonomy, files_at_fault=partial(evidence.damaged, source)), at)
        with reading(still) as book:
            must_be_current(source, book.version)
            new = _stand(book)
            had = _rows(book, target, new, partial(_bring_evidence, source, still, target), watch)
            wanted = proof.standing_at(book, new.n)
        return Carried(_finished(target, new.n, wanted, at, today, taxonomy), new.n - had)


def put(
    source: Path,
    target: Server,
    *,
    before: Callable[[], None],
    at: str,
    today: date,
    taxonomy: Taxonomy,
) -> None:
    """Carry a ledger that is proved to a server, once what comes `before` is done: its evidence.

    Raises OccupiedTarget and what `carry` raises of a place.
    """
    with reading(source) as book:
        new = _stand(book)
        _rows(book, target, new, before, _unseen)
        _finished(target, new.n, proof.standing_at(book, new.n), at, today, taxonomy)


def copied(source: Place, copy: Path) -> None:
    """Copy a ledger, without its evidence, as it stands at one moment to a new file.

    It is not proved.
    """
    if not isinstance(source, Server):
        copying.copy(source, copy)
        return
    from hazardctl.store import carrying

    with reading(source) as book:
        new = _stand(book)
        _rows(book, copy, new, lambda: None, _unseen)
        carrying.finish(copy, n=new.n)


def _stand(book: Reading) -> Stand:
    new = stand(book.ask)
    assert new  # it is proved just before, or right after
    return new


@contextmanager
def _still(source: Place, target: Place) -> Iterator[Place]:
    """A ledger that nobody is kept from writing to while it is read for long.

    A server keeps what a reader sees; of a file a copy is made.
    """
    if isinstance(source, Server):
        yield source
        return
    with copying.room(target) as room:
        copy = room / LEDGER
        copying.copy(source, copy)
        yield copy


def _unseen(_count: int, _share: float | None) -> None:
    """Nobody looks on."""


def _rows(
    book: Reading, target: Place, new: Stand, before: Callable[[], None], watch: Watch
) -> int:
    """Carry all rows that are not there, once what comes `before` is done.

    Returns how many events were there.
    """
    from hazardctl.store import carrying

    begun = carrying.begin(target, partial(_must_be_behind, target, new=new, book=book))
    total, done = carrying.total(book), begun.had

    def came(rows: int) -> None:
        nonlocal done
        done += rows
        watch(done, min(done / total, 1.0))

    try:
        before()
        if not begun.is_ledger:
            carrying.events(book, target, after=begun.had, came=came)
            carrying.beside(book, target, n=new.n, came=came)
        elif begun.had < new.n:
            carrying.bring_up_to_date(book, target, after=begun.had, came=came)
    except Overtaken:
        raise
    except Unusable as fault:
        reason = fault.facts.get("reason", fault.code())
        raise CopyStopped(path=str(target), reason=reason) from fault
    return begun.had


def _bring_evidence(source: Place, still: Place, target: Place) -> None:
    """Store the evidence of a ledger where its events are to come."""
    for record in listing(still, None):
        file = attached.file(record)
        evidence.take(target, evidence.parts(source, file), size=file.size)


def _must_be_behind(target: Place, ask: Ask, *, new: Stand, book: Reading) -> None:
    """Raises OccupiedTarget unless what stands there is the ledger, now or as it was."""
    was = pasts.compared(ask, new, partial(head_at, book.ask))
    if was.what not in (pasts.SAME, pasts.BEHIND):
        raise OccupiedTarget(path=str(target), what=was.what)


def _finished(
    target: Place, n: int, wanted: proof.Standing, at: str, today: date, taxonomy: Taxonomy
) -> Digest:
    """The digest of what was carried, which is a ledger once it is proved; raises CopyDiffers.

    Of one that was a ledger before, others may have made more meanwhile.
    """
    from hazardctl.store import carrying

    with admitted(target):
        proved = prove(target, today, taxonomy)
        with reading(target) as book:
            there = proof.standing_at(book, n)
    faults = len(proved.findings) + (replace(there, count=wanted.count) != wanted)
    if faults:
        raise CopyDiffers(path=str(target), faults=faults)
    carrying.finish(target, n=n)
    return digest(proved, at)
