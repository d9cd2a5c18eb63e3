"""The calls of the system by which a command changes what is kept, and what is done at each."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.campaign import Place

STRACE = shutil.which("strace")
# Not every machine has all of them under these names; `?` lets strace pass over the others.
CHANGING = (
    *("openat", "write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "fchmod"),
    *("unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat"),
    *("chmod", "fchmodat", "link", "linkat"),
)
_CALL = re.compile(r"(\w+)\((.*)\)\s+= ")


@dataclass(frozen=True)
class Call:
    """One call: its name, which of that name it is, and what it says."""

    name: str
    nth: int
    text: str

    def __str__(self) -> str:
        return f"{self.name} {self.nth}: {self.text[:90]}"


def needs_strace() -> None:
    """Skip where nothing can be traced; where everything must be run, that is a failure."""
    if STRACE is None:
        assert not os.environ.get("CI"), "strace is not installed"
        pytest.skip("strace is not installed, so no call of the system can be traced")


def calls(place: Place, words: Sequence[str], notes: Path) -> list[Call]:
    """The calls by which a command that is not disturbed changes anything, in their order."""
    traced = ",".join(f"?{name}" for name in CHANGING)
    around = [str(STRACE), "-qq", "-o", str(notes), "-s", "40", "-e", f"trace={traced}"]
    done = place.run(words, around=around)
    assert done.code == 0, done.err
    counted: Counter[str] = Counter()
    found = []
    for line in notes.read_text(errors="replace").splitlines():
        if named := _CALL.match(line):
            counted[named[1]] += 1
            if named[1] != "openat" or "O_CREAT" in line:
                found.append(Call(named[1], counted[named[1]], named[2]))
    return found


def at(call: Call, what: str) -> list[str]:
    """The program around a command that does something to it at one call of the system."""
    rule = f"inject={call.name}:{what}:when={call.nth}"
    return [str(STRACE), "-qq", "-o", os.devnull, "-e", f"trace={call.name}", "-e", rule]


def some(found: Sequence[Call], count: int, seed: int) -> list[Call]:
    """So many of the calls, evenly, from a place that is drawn; the last one always."""
    step = max(1, -(-len(found) // count))
    return [*found[seed % step : -1 : step], found[-1]]
