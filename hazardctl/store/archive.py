"""The one file that a backup is: a plain tar, written and read part by part, trusted in nothing."""

from __future__ import annotations

import hashlib
import os
import stat
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from hazardctl.domain.manifest import DIGEST, LEDGER, MANIFEST, Manifest, Member, read_manifest
from hazardctl.errors import NotABackup
from hazardctl.store import evidence

_BLOCK, _RECORD = tarfile.BLOCKSIZE, tarfile.RECORDSIZE
_PART = 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024 * 1024  # bytes: the parts of some 300,000 evidence files
_LARGEST = {DIGEST: 64 * 1024, LEDGER: 1 << 36}
_PLAINLY = ("O_NONBLOCK", "O_NOCTTY", "O_BINARY")  # a pipe is not waited for
_READING = os.O_RDONLY | sum(getattr(os, name, 0) for name in _PLAINLY)


def write(path: Path, manifest: Manifest, content: Callable[[Member], Iterable[bytes]]) -> None:
    """Write a backup to a new file, its owner's alone, and on to the disk.

    Raises OSError, and what the content raises.
    """
    moment = int(datetime.fromisoformat(manifest.at).timestamp())
    text = manifest.text().encode()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        _put(file, Member(MANIFEST, len(text), ""), moment, [text])
        for member in manifest.members:
            _put(file, member, moment, content(member))
        file.write(bytes(2 * _BLOCK))
        file.write(bytes(-file.tell() % _RECORD))
        file.flush()
        os.fsync(file.fileno())


def _put(file: BinaryIO, member: Member, moment: int, parts: Iterable[bytes]) -> None:
    """One part: its header, its content, and what fills its last block."""
    head = tarfile.TarInfo(member.name)
    head.size, head.mode, head.mtime = member.size, 0o600, moment
    file.write(head.tobuf(tarfile.GNU_FORMAT))
    file.writelines(parts)
    file.write(bytes(-member.size % _BLOCK))


class Archive:
    """A backup that is open to be read; what it holds is what its manifest says, or refused."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self.name = name
        self.size = os.fstat(file.fileno()).st_size
        self.manifest = self._manifest()
        self._places: dict[str, int] = {}
        place = self._file.tell()
        for member in self.manifest.members:
            self._places[member.name] = place
            place += _BLOCK + member.size + -member.size % _BLOCK
        whole = place + 2 * _BLOCK
        whole += -whole % _RECORD
        if self.size != whole:
            raise NotABackup(file=name, reason="cut-short" if self.size < whole else "holds-more")
        with _read_from(name):
            self._file.seek(place)
            rest = self._file.read()
        if rest.strip(b"\0"):
            raise NotABackup(file=name, reason="holds-more")

    def _manifest(self) -> Manifest:
        """The first part; raises NotABackup."""
        size = self._header(MANIFEST).size
        if not 0 < size <= min(_LARGEST_MANIFEST, self.size):
            raise NotABackup(file=self.name, reason="not-a-backup")
        text = self._read(size)
        self._padding(size)
        manifest = read_manifest(text, self.name)
        for member in manifest.members:
            if member.size > _LARGEST.get(member.name, evidence.LARGEST):
                raise NotABackup(file=self.name, reason="unbelievable-size")
        return manifest

    def parts(self, member: Member) -> Iterator[bytes]:
        """The content of a part, hashed on the way.

        Raises NotABackup, at the end if it is not what the manifest says.
        """
        hashed = hashlib.sha256()
        left = member.size
        with _read_from(self.name):
            self._file.seek(self._places[member.name])
            if self._header(member.name).size != left:
                raise NotABackup(file=self.name, reason="other-part")
        while left:
            part = self._read(min(left, _PART))
            hashed.update(part)
            left -= len(part)
            yield part
        self._padding(member.size)
        if hashed.hexdigest() != member.sha256:
            raise NotABackup(file=self.name, reason="altered-part")

    def _header(self, name: str) -> tarfile.TarInfo:
        """The header that stands here, if it is that of a plain file of this name."""
        try:
            head = tarfile.TarInfo.frombuf(self._read(_BLOCK), "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            reason = "not-a-backup" if name == MANIFEST else "other-part"
            raise NotABackup(file=self.name, reason=reason) from None
        if head.type != tarfile.REGTYPE:
            raise NotABackup(file=self.name, reason="not-a-regular-file")
        if head.name != name or head.linkname:
            reason = "not-a-backup" if name == MANIFEST else "other-part"
            raise NotABackup(file=self.name, reason=reason)
        return head

    def _padding(self, size: int) -> None:
        if self._read(-size % _BLOCK).strip(b"\0"):
            raise NotABackup(file=self.name, reason="holds-more")

    def _read(self, size: int) -> bytes:
        with _read_from(self.name):
            found = self._file.read(size)
        if len(found) < size:
            raise NotABackup(file=self.name, reason="cut-short" if self.size else "not-a-backup")
        return found


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup, open to be read; raises NotABackup for whatever else the file is."""
    with _read_from(str(path)):
        handle = os.open(path, _READING)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotABackup(file=str(path), reason="not-a-regular-file")
    with open(handle, "rb") as file:
        yield Archive(file, str(path))


@contextmanager
def _read_from(name: str) -> Iterator[None]:
    """A file that cannot be opened or read is no backup; raises NotABackup."""
    try:
        yield
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise NotABackup(file=name, reason=reason) from None
