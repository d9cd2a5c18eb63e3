"""The verb that makes a backup: one file, proved whole before it gets its name."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.manifest import DIGEST, LEDGER, Manifest, Member, named
from hazardctl.errors import FileInTheWay
from hazardctl.ledger.carrying import copied
from hazardctl.ledger.checking import prove
from hazardctl.ledger.digesting import digest
from hazardctl.ledger.evidence import listing
from hazardctl.store import archive, attached, copying, evidence
from hazardctl.store.evidence import File
from hazardctl.store.place import Place

_PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its manifest, and how large it is in bytes."""

    manifest: Manifest
    size: int


def back_up(ledger: Place, target: Path, *, at: str, today: date, taxonomy: Taxonomy) -> Backup:
    """Copy a ledger and its evidence into one new file, read back before it gets its name.

    Raises FileInTheWay, LedgerAtFault (only what is whole is copied), EvidenceDamaged, NotABackup
    (it does not read back as it was written), and what says that the ledger cannot be read or the
    file not written; then there is no such file.
    """
    if os.path.lexists(target):
        raise FileInTheWay(path=str(target))
    with copying.room(target) as room:
        copy, draft = room / LEDGER, room / "backup.tar"
        copied(ledger, copy)
        proved = prove(
            copy, today, taxonomy, files_at_fault=lambda files: evidence.damaged(ledger, files)
        )
        text = digest(proved, at).text().encode()
        files = {named(file.sha256): file for file in _files(copy)}

        def content(member: Member) -> Iterable[bytes]:
            if member.name == DIGEST:
                return [text]
            return (
                _parts(copy)
                if member.name == LEDGER
                else evidence.parts(ledger, files[member.name])
            )

        try:
            manifest = Manifest(
                ledger_id=proved.ledger_id,
                n=proved.events,
                head=proved.head,
                schema=proved.schema,
                at=at,
                members=(
                    Member(DIGEST, len(text), hashlib.sha256(text).hexdigest()),
                    _member(copy, LEDGER),
                    *(Member(name, files[name].size, files[name].sha256) for name in sorted(files)),
                ),
            )
            archive.write(draft, manifest, content)
            size = _read_back(draft)
            copying.publish(draft, target)
        except FileExistsError:  # somebody else's, since we looked
            raise FileInTheWay(path=str(target)) from None
        except OSError as fault:
            raise copying.unreachable(target, fault) from None
    return Backup(manifest, size)


def _files(copy: Path) -> list[File]:
    return [attached.file(record) for record in listing(copy, None)]


def _read_back(draft: Path) -> int:
    """Read every part again, as a restore does; returns the size. Raises NotABackup, OSError."""
    with archive.opened(draft) as backup:
        for member in backup.manifest.members:
            deque(backup.parts(member), maxlen=0)
        return backup.size


def _member(path: Path, name: str) -> Member:
    with path.open("rb") as file:
        hashed = hashlib.file_digest(file, "sha256")
        return Member(name, file.tell(), hashed.hexdigest())


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(_PART):
            yield part
