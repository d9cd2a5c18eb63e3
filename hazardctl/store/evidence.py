"""Evidence files: stored once under their hash, whole on the disk before an event names them."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from hazardctl.domain.hazard import Evidence
from hazardctl.errors import EvidenceRefused

LARGEST = 200 * 1024 * 1024  # bytes
_CHUNK = 1024 * 1024


def keep(ledger: Path, file: str) -> Evidence:
    """Store a file beside the ledger; returns its hash, the name it came with and its size.

    Links, devices and pipes are not followed. Raises EvidenceRefused.
    """
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os.O_NONBLOCK)
    except OSError as fault:
        raise EvidenceRefused(path=file, reason=fault.strerror) from None
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            raise EvidenceRefused(path=file, reason="not-a-regular-file")
        if seen.st_size > LARGEST:
            raise EvidenceRefused(path=file, reason="too-large")
        folder = ledger.parent / "evidence"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = _copied(handle, folder, size=seen.st_size)
    except OSError as fault:
        raise EvidenceRefused(path=file, reason=fault.strerror) from None
    finally:
        os.close(handle)
    if digest is None:
        raise EvidenceRefused(path=file, reason="changed-while-read")
    return {"sha256": digest, "name": os.path.basename(file), "size": seen.st_size}


def place(ledger: Path, digest: str) -> Path:
    """Where the file of a hash is stored."""
    return ledger.parent / "evidence" / digest[:2] / digest


def _copied(handle: int, folder: Path, *, size: int) -> str | None:
    """Copy into the folder under the hash of what was copied, durable before it is named.

    None, and nothing is kept, if there is more or less to read than `size`.
    """
    hashed, read = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as copy:
        try:
            while read <= size and (chunk := os.read(handle, _CHUNK)):
                hashed.update(chunk)
                read += copy.write(chunk)
            if read != size:
                Path(copy.name).unlink()
                return None
            copy.flush()
            os.fsync(copy.fileno())
            os.fchmod(copy.fileno(), 0o400)
            target = folder / hashed.hexdigest()[:2] / hashed.hexdigest()
            target.parent.mkdir(mode=0o700, exist_ok=True)
            os.replace(copy.name, target)
        except BaseException:
            Path(copy.name).unlink(missing_ok=True)
            raise
    for changed in (target.parent, folder):
        opened = os.open(changed, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    return hashed.hexdigest()
