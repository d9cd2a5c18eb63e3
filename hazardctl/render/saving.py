"""A file that is written whole or not at all: what stood there before stays if anything fails."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def save(content: bytes | bytearray | Iterable[bytes], path: Path) -> None:
    """Puts the bytes, or parts of them, where the path says.

    Raises OSError, or what the parts raise, and then nothing has changed.
    """
    parts = (content,) if isinstance(content, (bytes, bytearray)) else content
    target = led_to(path)
    if target.exists() and not target.is_file():
        with target.open("wb") as file:  # a device or a pipe
            file.writelines(parts)
        return
    with drafted(parts, target.parent) as draft:
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        os.replace(draft, target)


def led_to(path: Path) -> Path:
    """The file that a path leads to; raises OSError if what stands there is not written over."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return target


def save_within(parts: Iterable[bytes], folder: Path, names: Iterable[str]) -> Path:
    """Puts the parts into a folder under the first of the names that is free; returns the path.

    Raises as `save` does.
    """
    with drafted(parts, folder) as draft:
        for name in names:
            path = folder / name
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            except FileExistsError:
                continue
            os.replace(draft, path)
            return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


@contextmanager
def drafted(parts: Iterable[bytes | bytearray], folder: Path) -> Iterator[Path]:
    """A draft in the folder that holds all parts, to be put in its place; else it is removed."""
    draft = folder / f".hazardctl-{secrets.token_hex(8)}.tmp"
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
    settle(folder)


def settle(folder: Path) -> None:
    """Makes the folder's new entry survive a power loss, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows has no fsync of folders
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
