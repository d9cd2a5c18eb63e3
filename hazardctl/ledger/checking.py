"""The proof of a whole ledger: nothing lost, nothing rewritten, and every sum agrees."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TypeVar

from hazardctl.domain.figures import counted
from hazardctl.domain.filter import Filter
from hazardctl.domain.finding import Finding
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.proof import Proof, Step
from hazardctl.domain.report import Question
from hazardctl.errors import Damaged, NoLedger, Unreachable
from hazardctl.ledger import reporting
from hazardctl.store import (
    attached,
    evidence,
    proof,
    register_proof,
    replaying,
    settings,
    suspicions,
)
from hazardctl.store.conditions import Ask
from hazardctl.store.evidence import File
from hazardctl.store.findings import guarded
from hazardctl.store.opening import (
    Reading,
    expected,
    look,
    reading,
    version_seen,
)
from hazardctl.store.place import Place, Server
from hazardctl.store.proof import Chain
from hazardctl.store.refusals import NotBegun
from hazardctl.store.replay import ODD

_PARTS = 4  # in which hazards are replayed beside one another
_FARTHEST = 2**63 - 1  # no id is larger
AtFault = Callable[[Sequence[File]], Iterable[Finding]]
Answer = TypeVar("Answer")


def prove(
    path: Place, today: date, taxonomy: Taxonomy, *, files_at_fault: AtFault | None = None
) -> Proof:
    """Prove a ledger: every promise is looked at, and every fault is told, not the first alone.

    `files_at_fault` looks at its evidence where that does not stand beside it. Raises NoLedger,
    NotALedger, NewerLedger: what is no ledger of ours is not proved.
    """
    said = look(path)
    if said is None:
        raise NotBegun(path=str(path)) if isinstance(path, Server) else NoLedger(path=str(path))
    about = _about(path)
    with ThreadPoolExecutor(os.cpu_count()) as beside:  # the database needs no thread of ours
        # What takes longest begins first.
        replay = beside.submit(replaying.replayed, path, prefix=about.prefix, parts=about.parts)
        # The chain is ours to reckon, the pages the database's: neither waits for the other.
        seen = beside.submit(_seen, path, about.ledger_id, said)
        storage = beside.submit(told, path, proof.storage)
        remarks = beside.submit(_remarks, path)
        schema = told(path, partial(_schema, path, said))
        sums = guarded(path, lambda: _sums(path, today, taxonomy))
    events = seen.result()
    rows = [*about.faults, *events.rows, *replay.result()]
    count, head = events.chain.count, events.chain.head.hex()
    at_fault = files_at_fault or partial(evidence.damaged, path)
    altered = guarded(path, lambda: at_fault(events.files))
    return Proof(
        ledger_id=about.ledger_id,
        schema=events.version,
        events=count,
        head=head,
        states=events.states,
        evidence=len(events.files),
        steps=(
            Step("storage", {}, storage.result()),
            Step("schema", {"version": events.version}, schema),
            Step("chain", {"events": count, "head": head}, events.broken),
            Step("replay", {"hazards": sum(events.states.values())}, _each_once(rows)),
            Step("sums", counted(events.states), sums),
            Step("evidence", {"files": len(events.files)}, altered),
        ),
        remarks=[
            *suspicions.readable_by_others(path),
            *remarks.result(),
            *suspicions.of_the_clock(events.chain),
        ],
    )


def _schema(path: Place, said: int, book: Reading) -> Iterator[Finding]:
    """Whether it is made as a ledger of its version is."""
    version = version_seen(path, book, said)
    return proof.made_as(book.objects(), expected(path, version))


@dataclass(frozen=True, slots=True)
class _About:
    """What is to be proved: whose events, and which hazards, in parts of their ids."""

    ledger_id: str
    prefix: str
    parts: Sequence[tuple[int, int]]
    faults: Sequence[Finding]


def _about(path: Place) -> _About:
    """As far as it can be read; that something cannot be is a fault."""
    faults: list[Finding] = []

    def asked(question: Callable[[Ask], Answer], otherwise: Answer) -> Answer:
        answers: list[Answer] = []

        def ask(book: Reading) -> Iterable[Finding]:
            answers.append(question(book.ask))
            return ()

        faults.extend(told(path, ask))
        return answers[0] if answers else otherwise

    kept: dict[str, str] = asked(settings.settings, {})
    ledger_id = asked(proof.begun_as, None) or kept.get("ledger_id", "")
    edges = asked(proof.edges, None)
    return _About(ledger_id, kept.get("prefix", ""), _parts(*edges or (0, 0)), faults)


def _parts(first: int, last: int) -> list[tuple[int, int]]:
    """All ids in parts of equal length from the first to the last, each after the one before it.

    Nothing is left out: another desk may enter a hazard while the ledger is proved.
    """
    marks = [first + (last + 1 - first) * part // _PARTS for part in range(1, _PARTS)]
    marks = [-_FARTHEST, *marks, _FARTHEST]
    return [(start, end) for start, end in pairwise(marks) if start < end]


def told(path: Place, look_at: Callable[[Reading], Iterable[Finding]]) -> list[Finding]:
    """What one part of a proof finds, in a reading transaction of its own."""

    def found() -> Iterator[Finding]:
        with reading(path) as book:
            yield from look_at(book)

    return guarded(path, found)


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """What cannot be read is met more than once; it is told once."""
    told_already: set[object] = set()
    kept = []
    for one in findings:
        reason = one.facts.get("reason") if one.code == "unreadable" else None
        if reason is None or reason not in told_already:
            kept.append(one)
        told_already.add(reason)
    return kept


@dataclass(slots=True)
class _Seen:
    """The events, and what was compared with them at the same moment."""

    version: int
    chain: Chain = field(default_factory=Chain)
    broken: list[Finding] = field(default_factory=list)
    rows: list[Finding] = field(default_factory=list)
    states: Mapping[str, int] = field(default_factory=dict)
    files: Sequence[File] = ()


def _seen(path: Place, ledger_id: str, said: int) -> _Seen:
    """All that goes into a digest, seen in one transaction: other desks write on meanwhile."""
    seen = _Seen(version=said)

    def count(ask: Ask) -> Iterator[Finding]:
        seen.states = proof.states(ask)
        seen.files = [attached.file(record) for record in attached.every(ask)]
        yield from ()

    def look_at(book: Reading) -> Iterator[Finding]:
        seen.version = version_seen(path, book, said)
        seen.broken = guarded(path, lambda: proof.links(book, ledger_id, seen.chain))
        parts: list[Callable[[Ask], Iterable[Finding]]] = [
            count,
            proof.without_events,
            proof.settings,
            register_proof.register,
        ]
        if seen.version >= proof.BEARS_REQUESTS:
            parts.append(lambda ask: proof.requests(ask, seen.chain))
            parts.append(lambda ask: proof.reporters(ask, seen.chain))
        for part in parts:
            yield from guarded(path, partial(part, book.ask))

    seen.rows = told(path, look_at)
    return seen


def _sums(path: Place, today: date, taxonomy: Taxonomy) -> Iterator[Finding]:
    """Whether every sum of the summary agrees, today."""
    told = reporting.report(path, Question("summary", Filter(), today, "industry", taxonomy))
    for check in told.checks:
        if not check.holds:
            facts = {"sum": check.name, "left": check.left, "right": check.right}
            yield Finding("sum-differs", facts=facts)


def _remarks(path: Place) -> list[Finding]:
    """What is suspicious; of a ledger that cannot be read nothing is said here."""
    remarks: list[Finding] = []
    with contextlib.suppress(Damaged, Unreachable, *ODD), reading(path) as book:
        remarks.extend(suspicions.suspicions(book.ask))
    return remarks
