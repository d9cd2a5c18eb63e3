"""A file that is written whole or not at all: what stood there before stays if anything fails."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def save(content: bytes | bytearray, path: Path) -> None:
    """Puts the bytes where the path says; raises OSError and then nothing has changed."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)  # a device or a pipe (or a folder, which refuses)
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    draft = target.with_name(f".hazardctl-{secrets.token_hex(8)}.tmp")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    settle(target.parent)


def settle(folder: Path) -> None:
    """Makes the folder's new entry survive a power loss, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows has no fsync of folders
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
