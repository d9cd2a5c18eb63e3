"""The verb that carries a whole ledger to another place: to a server, to a file, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from hazardctl.domain.digest import Digest
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.manifest import LEDGER
from hazardctl.errors import LedgerAtFault, Unusable
from hazardctl.ledger import pasts
from hazardctl.ledger.checking import prove
from hazardctl.ledger.digesting import differing, digest
from hazardctl.ledger.evidence import listing
from hazardctl.store import attached, copying, evidence, proof
from hazardctl.store.conditions import Ask
from hazardctl.store.copying import Stand, head_at, stand
from hazardctl.store.opening import Reading, look, reading
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import (
    CopyDiffers,
    CopyStopped,
    HalfCopied,
    OccupiedTarget,
    Overtaken,
)
from hazardctl.store.schema import must_be_current

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
    with suppress(HalfCopied):
        look(target)  # a place that is no good is told before anything is read
    with _still(source, target) as still:
        digest(prove(still, today, taxonomy, files_at_fault=partial(evidence.damaged, source)), at)
        with reading(still) as book:
            must_be_current(source, book.version)
            new = stand(book.ask)
            assert new  # it was proved just now
            had = _rows(book, target, new, partial(_bring_evidence, source, still, target), watch)
            wanted = proof.standing_at(book, new.n)
        return Carried(_proved(target, wanted, at, today, taxonomy), new.n - had)


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


def copied(source: Place, copy: Path) -> None:
    """Copy a ledger, without its evidence, as it stands at one moment to a new file."""
    if isinstance(source, Server):
        put(source, copy)
    else:
        copying.copy(source, copy)


def put(source: Place, target: Place, *, before: Callable[[], None] = lambda: None) -> None:
    """Carry a ledger to where none stands, once what comes `before` is done: its evidence.

    Raises OccupiedTarget and what `carry` raises of a place.
    """
    with reading(source) as book:
        new = stand(book.ask)
        assert new  # it is proved before it is put anywhere, or after
        _rows(book, target, new, before, _unseen)


def _unseen(_count: int, _share: float | None) -> None:
    """Nobody looks on."""


def _rows(
    book: Reading, target: Place, new: Stand, before: Callable[[], None], watch: Watch
) -> int:
    """Carry all rows that are not there, once what comes `before` is done.

    Returns how many events were there.
    """
    from hazardctl.store import carrying

    had = carrying.begin(target, partial(_is_behind, target, new=new, book=book))
    if had is None:
        return new.n
    total, done = carrying.total(book), had

    def came(rows: int) -> None:
        nonlocal done
        done += rows
        watch(done, min(done / total, 1.0))

    try:
        before()
        carrying.events(book, target, after=had, came=came)
        carrying.beside(book, target, came=came)
        carrying.finish(target)
    except Overtaken:
        raise
    except Unusable as fault:
        reason = fault.facts.get("reason", fault.code())
        raise CopyStopped(path=str(target), reason=reason) from fault
    return had


def _bring_evidence(source: Place, still: Place, target: Place) -> None:
    """Store the evidence of a ledger where its events are to come."""
    for record in listing(still, None):
        file = attached.file(record)
        evidence.take(target, evidence.parts(source, file), size=file.size)


def _is_behind(target: Place, ask: Ask, *, new: Stand, book: Reading) -> bool:
    """Whether more is to come to what stands there; raises OccupiedTarget if nothing may."""
    was = pasts.compared(ask, new, partial(head_at, book.ask))
    if was.what not in (pasts.SAME, pasts.BEHIND):
        raise OccupiedTarget(path=str(target), what=was.what)
    return was.what == pasts.BEHIND


def _proved(
    target: Place, wanted: proof.Standing, at: str, today: date, taxonomy: Taxonomy
) -> Digest:
    """The digest of what was carried; raises CopyDiffers if it is another than its source's."""
    from hazardctl.store import carrying

    try:
        made = digest(prove(target, today, taxonomy), at)
        faults = len(list(differing(made, wanted, str(target))))
    except LedgerAtFault as fault:
        faults = int(str(fault.facts["faults"]))
    if faults:
        carrying.finish(target, is_whole=False)
        raise CopyDiffers(path=str(target), faults=faults)
    return made
