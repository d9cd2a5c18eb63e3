"""What a disk may hold once the power has failed: a recorded command, replayed to any call.

A write counts for sure once its file is synced, and a name that comes or goes once its folder is.
What is not synced may be there or not, in part, or torn between two sectors.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.campaign import Place
from tests.faults.tracing import STRACE

SECTOR = 512
_TRACED = "openat,write,pwrite64,fsync,fdatasync,ftruncate,mkdir,?mkdirat,link,?linkat"
_GONE = "unlink,?unlinkat,rename,?renameat,?renameat2"
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")

Write = tuple[int, bytes | None]  # where, and what; a file that is cut there has None


@dataclass
class File:
    """What is in a file for sure, and what was written to it since it was synced."""

    kept: bytes = b""
    written: list[Write] = field(default_factory=list)

    def with_(self, some: Sequence[Write]) -> bytes:
        """The content with these of the writes."""
        content = bytearray(self.kept)
        for at, data in some:
            if data is None:
                del content[at:]
            else:
                content.extend(bytes(max(0, at - len(content))))
                content[at : at + len(data)] = data
        return bytes(content)

    def sync(self) -> None:
        """All that was written is there for sure."""
        self.kept, self.written = self.with_(self.written), []


Name = tuple[str, File | None]  # a name that comes, or goes


class Disk:
    """The files below a folder as a command changes them, call by call."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.names = {
            str(path): File(path.read_bytes()) for path in folder.rglob("*") if path.is_file()
        }
        self.renamed: list[Name] = []  # since their folder was synced
        self._places: dict[str, int] = {}

    def does(self, line: str) -> tuple[str, str] | None:
        """Take a call into account; its name and what it is done to, None if nothing changes."""
        if not (call := _CALL.match(line)):
            return None
        name, arguments, answer = call.groups()
        texts = [_decoded(text) for text in _TEXT.findall(arguments)]
        opened = _OPEN.match(arguments)
        if opened and name != "openat":
            return self._done_to(name, opened[1], _decoded(opened[2]).decode(), texts, arguments)
        paths = [os.path.join(self.folder, text.decode()) for text in texts]
        if name == "openat":
            self._places[answer] = 0
            if "O_CREAT" in arguments and paths[0] not in self.now() and self._is_ours(paths[0]):
                self.renamed.append((paths[0], File()))
                return name, paths[0]
        elif self._is_ours(paths[-1]) and not name.startswith("mkdir"):
            moved = self.now()[paths[0]]
            if name.startswith(("rename", "link")):
                self.renamed.append((paths[1], moved))
            if name.startswith(("rename", "unlink")):
                self.renamed.append((paths[0], None))
            return name, paths[0]
        return None

    def _done_to(
        self, name: str, number: str, path: str, texts: Sequence[bytes], arguments: str
    ) -> tuple[str, str] | None:
        if number in ("1", "2"):
            return name, number
        if not self._is_ours(path):
            return None
        if "sync" in name and path not in self.now():
            for named, file in [one for one in self.renamed if os.path.dirname(one[0]) == path]:
                _rename(self.names, named, file)
                self.renamed.remove((named, file))
        elif "sync" in name:
            self.now()[path].sync()
        elif name == "ftruncate":
            self.now()[path].written.append((int(arguments.rsplit(", ", 1)[1]), None))
        else:
            at = int(arguments.rsplit(", ", 1)[1]) if name == "pwrite64" else self._places[number]
            self._places[number] = at + len(texts[0])
            self.now()[path].written.append((at, texts[0]))
        return name, path

    def _is_ours(self, path: str) -> bool:
        return path == self.folder or path.startswith(f"{self.folder}/")

    def now(self) -> dict[str, File]:
        """The names as the programs see them."""
        names = dict(self.names)
        for named, file in self.renamed:
            _rename(names, named, file)
        return names

    def states(self, draw: Random) -> Iterator[dict[str, bytes]]:
        """What may be there if the power fails now."""
        ways: Sequence[tuple[Callable[[Sequence[Write]], Sequence[Write]], float]] = (
            (lambda _: (), 0.0),
            (lambda _: (), 1.0),
            (lambda some: some, 0.0),
            (lambda some: some, 1.0),
            (lambda some: some[-1:], 0.5),
            (lambda some: [one for one in some if draw.random() < 0.5], 0.5),
            (lambda some: [_torn(one, draw) for one in some if draw.random() < 0.5], 0.5),
        )
        for chosen, share in ways:
            names = dict(self.names)
            for named, file in self.renamed:
                if draw.random() < share:
                    _rename(names, named, file)
            yield {name: file.with_(chosen(file.written)) for name, file in names.items()}


def _rename(names: dict[str, File], named: str, file: File | None) -> None:
    if file is None:
        names.pop(named, None)
    else:
        names[named] = file


def _torn(write: Write, draw: Random) -> Write:
    """Some sectors of a write, from its beginning or to its end."""
    at, data = write
    if data is None or len(data) <= SECTOR:
        return write
    cut = draw.randrange(SECTOR, len(data), SECTOR)
    return (at, data[:cut]) if draw.random() < 0.5 else (at + cut, data[cut:])


def _decoded(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def recorded(place: Place, words: Sequence[str], notes: Path) -> list[str]:
    """The calls of a command, with all that it wrote."""
    around = [str(STRACE), "-qq", "-y", "-xx", "-s", "10000000", "-o", str(notes)]
    done = place.run(words, around=[*around, "-e", f"trace={_TRACED},{_GONE}"])
    assert done.code == 0, done.err
    return notes.read_text().splitlines()
