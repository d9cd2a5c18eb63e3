"""The verb that puts a backup in the place of a ledger: proved first, and nothing lost."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from hazardctl.domain.digest import read_digest
from hazardctl.domain.finding import Finding
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.manifest import LEDGER, Manifest
from hazardctl.errors import (
    BackupAtFault,
    Damaged,
    HazardctlError,
    LedgerExists,
    LedgerInTheWay,
    NewerLedger,
    NotABackup,
    NotADigest,
    NotALedger,
)
from hazardctl.ledger.carrying import put
from hazardctl.ledger.checking import prove, told
from hazardctl.ledger.digesting import digest
from hazardctl.ledger.pasts import Was, compared
from hazardctl.store import archive, copying, evidence, proof, replacing, schema
from hazardctl.store.archive import Archive
from hazardctl.store.conditions import Ask
from hazardctl.store.copying import Stand, head_at, stand
from hazardctl.store.evidence import File
from hazardctl.store.opening import look, reading
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import HalfCopied, NotOnAServer, OccupiedTarget
from hazardctl.store.sqlite import make


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored, what stood there before, and where that is kept."""

    manifest: Manifest
    was: Was | None = None
    kept: Path | None = None


def restore(
    file: Path, ledger: Place, *, replace: bool, today: date, taxonomy: Taxonomy
) -> Restored:
    """Put the ledger of a backup, and its evidence, where the ledger is to stand.

    What stands there is kept beside it; on a server it stays. Raises NotABackup, BackupAtFault,
    NewerLedger; LedgerInTheWay unless it may `replace`; NotOnAServer; and what says that the place
    cannot be used. Then the ledger is what it was.
    """
    try:
        stands = look(ledger) is not None
    except HalfCopied:  # what was stopped on its way to a server is gone on with
        if not isinstance(ledger, Server):
            raise
        stands = False
    if stands and replace and isinstance(ledger, Server):
        raise NotOnAServer(command="restore --replace")
    with archive.opened(file) as backup, copying.room(ledger) as room:
        copy = room / LEDGER
        _unpack(backup, copy, ledger)
        new = _recognised(backup, copy)
        if stands and not replace:
            with reading(ledger) as there:
                was = _was(there.ask, copy, new)
            if isinstance(ledger, Server):
                raise OccupiedTarget(path=str(ledger), what=was.what)
            raise LedgerInTheWay(path=str(ledger), what=was.what, events=was.events)
        _must_be_whole(backup, copy, today, taxonomy)
        if isinstance(ledger, Server):
            put(
                copy,
                ledger,
                before=partial(_bring_evidence, backup, ledger),
                at=backup.manifest.at,
                today=today,
                taxonomy=taxonomy,
            )
            return Restored(backup.manifest)
        _bring_evidence(backup, ledger)
        if stands:
            was, kept = _replaced(copy, ledger, new)
            return Restored(backup.manifest, was, kept)
        try:
            replacing.put(copy, ledger)
        except FileExistsError:  # another desk was here since `look`
            raise LedgerExists(path=str(ledger)) from None
        return Restored(backup.manifest)


def _bring_evidence(backup: Archive, ledger: Place) -> None:
    """Store the evidence of a backup where its ledger is to stand."""
    for member in backup.manifest.evidence:
        evidence.take(ledger, backup.parts(member), size=member.size)


def is_restored(file: Path, ledger: Place) -> bool:
    """Whether the ledger is the one in a backup: asked when a restore was stopped."""
    try:
        with archive.opened(file) as backup, reading(ledger) as book:
            return stand(book.ask) == _stated(backup.manifest)
    except HazardctlError:
        return False


def _stated(manifest: Manifest) -> Stand:
    return Stand(manifest.ledger_id, manifest.n, manifest.head)


def _unpack(backup: Archive, copy: Path, ledger: Place) -> None:
    """Write the ledger of a backup to a new file, its owner's alone, and on to the disk."""
    make(copy)
    try:
        with copy.open("rb+") as file:
            file.writelines(backup.parts(backup.manifest.ledger))
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise copying.unreachable(ledger, fault) from None


def _recognised(backup: Archive, copy: Path) -> Stand:
    """How the ledger of a backup stands, once it is known to be made as ours are.

    Nothing is asked of its tables before. Raises NotABackup, NewerLedger, BackupAtFault.
    """
    try:
        version = look(copy)
    except NotALedger:
        version = None
    except NewerLedger as fault:
        raise NewerLedger(**{**fault.facts, "path": backup.name}) from None
    if version is None or not copying.has_no_log(copy):
        raise NotABackup(file=backup.name, reason="holds-no-ledger")
    if faults := told(copy, lambda book: proof.made_as(book.objects(), schema.expected(version))):
        raise BackupAtFault(file=backup.name, faults=len(faults))
    with _about(backup), reading(copy) as book:
        new = stand(book.ask)
    if new is None:
        raise BackupAtFault(file=backup.name, faults=1)
    if version != backup.manifest.schema or new != _stated(backup.manifest):
        raise NotABackup(file=backup.name, reason="parts-differ")
    return new


def _must_be_whole(backup: Archive, copy: Path, today: date, taxonomy: Taxonomy) -> None:
    """Raises BackupAtFault, NotABackup: every part is read, and the ledger proved with them."""
    brought = {}
    for member in backup.manifest.evidence:
        deque(backup.parts(member), maxlen=0)
        brought[member.sha256] = member.size
    wanted: set[str] = set()

    def at_fault(files: Sequence[File]) -> Iterator[Finding]:
        for file in files:
            wanted.add(file.sha256)
            if brought.get(file.sha256) != file.size:
                facts = {"name": file.name, "sha256": file.sha256}
                yield Finding("evidence-missing", number=file.number, facts=facts)

    with _about(backup):
        proved = prove(copy, today, taxonomy, files_at_fault=at_fault)
    if proved.findings:
        raise BackupAtFault(file=backup.name, faults=len(proved.findings))
    content = b"".join(backup.parts(backup.manifest.digest))
    try:
        is_its_digest = read_digest(content, backup.name) == digest(proved, backup.manifest.at)
    except NotADigest:
        is_its_digest = False
    if not is_its_digest or brought.keys() != wanted:
        raise NotABackup(file=backup.name, reason="parts-differ")


@contextmanager
def _about(backup: Archive) -> Iterator[None]:
    """What cannot be read of the copy is a fault of the backup that it was taken from."""
    try:
        yield
    except (Damaged, NotALedger):
        raise BackupAtFault(file=backup.name, faults=1) from None


def _was(ask: Ask, copy: Path, new: Stand) -> Was:
    """What a ledger is to the one that is to take its place."""
    with reading(copy) as book:
        return compared(ask, new, partial(head_at, book.ask))


def _replaced(copy: Path, ledger: Path, new: Stand) -> tuple[Was, Path]:
    """Keep what stands beside it, and write the other in its place; returns what it was, where."""
    before = copy.with_name("before.db")
    with ExitStack() as hold:
        try:
            book = hold.enter_context(replacing.held(ledger))
        except (Damaged, NotALedger):
            return Was("damaged-ledger"), replacing.swapped(copy, ledger, beside=copy.parent)
        was = _was(book.ask, copy, new)
        book.copy(before)
        kept = copying.publish_as(before, replacing.name_before(ledger, was.stand, before))
        try:
            book.become(copy)
        except BaseException:
            is_untouched = was.stand not in (None, new) and stand(book.ask) == was.stand
            if is_untouched and before.exists() and kept.samefile(before):
                kept.unlink()
            raise
    return was, kept
