"""Evidence files: stored once under their hash, whole on the disk before an event names them."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hazardctl.domain.door import admitted
from hazardctl.domain.finding import Finding
from hazardctl.domain.hazard import Evidence
from hazardctl.errors import (
    EvidenceDamaged,
    EvidenceRefused,
    NoFolder,
    UnknownEvidence,
    Unreachable,
)
from hazardctl.store.place import Place, Server

FOLDER = "evidence"
LARGEST = 200 * 1024 * 1024  # bytes
_PART = 1024 * 1024
_AHEAD = 4  # parts that are written before they are hashed
_ABANDONED = 3600  # seconds: a draft that old was left by a desk that was killed
_DIGEST = re.compile("[0-9a-f]{64}")
# Not every system has all of these; each keeps an odd file from being followed, waited for, or
# read as if it were lines of text.
_PLAINLY = ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")
_READING = os.O_RDONLY | sum(getattr(os, name, 0) for name in _PLAINLY)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_FAULTS = ("evidence-missing", "evidence-altered", "evidence-replaced")


@dataclass(frozen=True, slots=True)
class File:
    """A stored file as the ledger knows it: the hazard it was attached to, hash, name, size."""

    number: str
    sha256: str
    name: str
    size: int


def keep(ledger: Place, file: str) -> Evidence:
    """Store a file beside the ledger; returns its hash, the name it came with and its size.

    Links, devices and pipes are not followed, whatever the folders above are. Raises NotText,
    EvidenceRefused; NoFolder, Unreachable if nothing can be stored there.
    """
    name = os.path.basename(admitted(file, "--evidence"))
    try:
        handle, seen = _opened(file)
    except OSError as fault:
        raise EvidenceRefused(path=file, reason=_said(fault)) from None
    try:
        if seen.st_size > LARGEST:
            raise EvidenceRefused(path=file, reason="too-large")
        digest = _stored(_source(handle, seen, file), ledger, size=seen.st_size)
    except OSError as fault:
        raise Unreachable(path=_folder(ledger), reason=_said(fault)) from None
    finally:
        os.close(handle)
    return {"sha256": digest, "name": name, "size": seen.st_size}


def take(ledger: Place, content: Iterable[bytes], *, size: int) -> str:
    """Store content of so many bytes that is read elsewhere; returns its hash.

    Raises NoFolder, Unreachable if nothing can be stored there, and what the content raises.
    """
    try:
        return _stored(content, ledger, size=size)
    except OSError as fault:
        raise Unreachable(path=_folder(ledger), reason=_said(fault)) from None


def _folder(ledger: Place) -> str:
    return str(ledger if isinstance(ledger, Server) else beside(ledger) / FOLDER)


def beside(ledger: Path) -> Path:
    """The folder that a ledger stands in, by whatever link it was reached."""
    return Path(os.path.realpath(ledger)).parent


def place(ledger: Path, digest: str) -> Path:
    """Where the file of a hash is stored; raises UnknownEvidence for what can be no hash."""
    if not _DIGEST.fullmatch(digest):
        raise UnknownEvidence(sha256=digest)
    return beside(ledger) / FOLDER / digest[:2] / digest


def damaged(ledger: Place, files: Iterable[File]) -> Iterator[Finding]:
    """One finding for each file that is not what was attached; every content is read once."""
    verdicts: dict[tuple[str, int], str | None] = {}
    for file in files:
        content = (file.sha256, file.size)
        if content not in verdicts:
            verdicts[content] = _verdict(ledger, file)
        fault = verdicts[content]
        if fault is None:
            continue
        facts: dict[str, object] = {"name": file.name, "sha256": file.sha256}
        if fault in _FAULTS:
            yield Finding(fault, number=file.number, facts=facts)
        else:
            facts["reason"] = fault
            yield Finding("evidence-unreadable", number=file.number, facts=facts)


def parts(ledger: Place, file: File) -> Iterator[bytes]:
    """The content of a stored file, hashed on the way; no link is followed.

    Raises EvidenceDamaged: at once if it is not there or of another size, else at the end.
    """
    told = {"number": file.number, "name": file.name, "sha256": file.sha256}
    if isinstance(ledger, Server):
        yield from _served(ledger, file, told)
        return
    hashed = hashlib.sha256()
    try:
        handle, seen = _reached(ledger, file.sha256)
        try:
            for part in _whole(handle, seen) if seen.st_size == file.size else ():
                hashed.update(part)
                yield part
        finally:
            os.close(handle)
    except (FileNotFoundError, UnknownEvidence):
        raise EvidenceDamaged(**told, reason="evidence-missing") from None
    except OSError as fault:
        is_replaced = fault.errno in (errno.ELOOP, errno.ENOTDIR)
        reason = "evidence-replaced" if is_replaced else _said(fault)
        raise EvidenceDamaged(**told, reason=reason) from None
    if seen.st_size != file.size or hashed.hexdigest() != file.sha256:
        raise EvidenceDamaged(**told, reason="evidence-altered")


def _served(ledger: Server, file: File, told: Mapping[str, object]) -> Iterator[bytes]:
    """The same from a server."""
    from hazardctl.store import served_evidence

    hashed, size = hashlib.sha256(), 0
    for part in served_evidence.pieces(ledger, file.sha256):
        hashed.update(part)
        size += len(part)
        yield part
    if not size and file.size:
        raise EvidenceDamaged(**told, reason="evidence-missing")
    if size != file.size or hashed.hexdigest() != file.sha256:
        raise EvidenceDamaged(**told, reason="evidence-altered")


def _verdict(ledger: Place, file: File) -> str | None:
    """Why a stored file is not what was attached; None if it is."""
    try:
        deque(parts(ledger, file), maxlen=0)
    except EvidenceDamaged as fault:
        return str(fault.facts["reason"])
    return None


def _opened(path: str | Path) -> tuple[int, os.stat_result]:
    """A plain file, open to be read, and what the system tells of it; raises OSError.

    It is looked at first: to open a device may be to act on it, and not every system can refuse
    a link while it opens.
    """
    before = os.lstat(path)
    if stat.S_ISLNK(before.st_mode):
        raise OSError(errno.ELOOP, "is-a-link")
    if not stat.S_ISREG(before.st_mode):
        raise OSError(errno.ELOOP, "not-a-regular-file")
    handle = os.open(path, _READING)
    seen = os.fstat(handle)
    if not os.path.samestat(before, seen):
        os.close(handle)
        raise OSError(errno.ELOOP, "changed-while-read")
    return handle, seen


def _reached(ledger: Path, digest: str) -> tuple[int, os.stat_result]:
    """The stored file of a hash, opened in folders that are folders; raises as `_opened` does."""
    path = place(ledger, digest)
    for folder in (path.parent.parent, path.parent):
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise OSError(errno.ELOOP, "is-a-link")
    return _opened(path)


def _whole(handle: int, seen: os.stat_result) -> Iterator[bytes]:
    """The parts of a file; raises OSError if it is not what it was when it was opened."""
    left = seen.st_size
    while left >= 0 and (part := os.read(handle, _PART)):
        left -= len(part)
        yield part
    now = os.fstat(handle)
    if left or (now.st_size, now.st_mtime_ns) != (seen.st_size, seen.st_mtime_ns):
        raise OSError(errno.EAGAIN, "changed-while-read")


def _source(handle: int, seen: os.stat_result, file: str) -> Iterator[bytes]:
    """The parts of the file that is to be kept; raises EvidenceRefused."""
    try:
        yield from _whole(handle, seen)
    except OSError as fault:
        raise EvidenceRefused(path=file, reason=_said(fault)) from None


def _stored(content: Iterable[bytes], ledger: Place, *, size: int) -> str:
    """Store content under its hash, durable before it is named; what is there and good stays."""
    if isinstance(ledger, Server):
        from hazardctl.store import served_evidence

        return served_evidence.stored(ledger, content)
    folder = beside(ledger) / FOLDER
    _make(folder, ledger)
    draft = folder / f".{secrets.token_hex(8)}.tmp"
    try:
        with open(os.open(draft, _WRITING, 0o600), "wb") as copy:
            digest = _copied(content, copy)
            is_new = not _is_kept(ledger, digest, size)
            if is_new:
                copy.flush()
                if hasattr(os, "fchmod"):
                    os.fchmod(copy.fileno(), 0o400)
                os.fsync(copy.fileno())
        _sweep(folder, draft)
        target = place(ledger, digest)
        if is_new:
            _make(target.parent, ledger)
            os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    for changed in (target.parent, folder, folder.parent):
        settle(changed)  # another desk may have made it, and not have settled it yet
    return digest


def _copied(content: Iterable[bytes], copy: BinaryIO) -> str:
    """Write content, and hash it at the same time: each takes about as long; returns the hash."""
    from concurrent.futures import Future, ThreadPoolExecutor

    hashed = hashlib.sha256()
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(max_workers=1) as beside:
        for part in content:
            waiting.append(beside.submit(hashed.update, part))
            copy.write(part)
            if len(waiting) > _AHEAD:
                waiting.popleft().result()
    return hashed.hexdigest()


def _is_kept(ledger: Path, digest: str, size: int) -> bool:
    """Whether that content is stored already, whole, and as nobody may change it."""
    if _verdict(ledger, File("", digest, "", size)) is not None:
        return False
    mode = stat.S_IMODE(os.lstat(place(ledger, digest)).st_mode)
    return mode == 0o400 or not hasattr(os, "fchmod")


def _make(folder: Path, ledger: Path) -> None:
    """A folder for its owner alone, whatever the umask; raises NoFolder, or OSError for a link."""
    try:
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
    except FileNotFoundError:
        raise NoFolder(path=str(ledger), folder=str(folder.parent)) from None
    except FileExistsError:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


def _sweep(folder: Path, draft: Path) -> None:
    """Remove the drafts of desks that were killed: those far older than this one."""
    with suppress(OSError):
        now = draft.stat().st_mtime
        for left in folder.glob(".*.tmp"):
            if now - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def settle(folder: Path) -> None:
    """Make the folder's new entry survive a power loss, where the system can."""
    if hasattr(os, "O_DIRECTORY"):  # Windows has no fsync of folders
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _said(fault: OSError) -> str:
    """What the system says of a fault."""
    return fault.strerror or type(fault).__name__
