"""A command and its yardstick run in turn: how many times as long it takes, whether that holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import ChainMap, Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.benchmarks.ledgers import ENVIRONMENT, ROOT, Made

STOPWATCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("stopwatch.py")))
# By which a row is judged: "wall", or "cpu" where others keep the machine busy.
CLOCK = os.environ.get("HAZARDCTL_BENCHMARK_CLOCK", "wall")


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a command is measured by; `needs` is a program or a module that may not be here."""

    name: str
    command: tuple[str, ...]
    needs: str = sys.executable

    def is_here(self) -> bool:
        """Whether it can be run on this machine."""
        return bool(shutil.which(self.needs) or find_spec(self.needs))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a command beside a yardstick, and the most it may cost.

    In a command `{name}` is what `ledgers` makes of that name, `{n}` the number of the turn, and
    `{new}` a path where nothing is yet. Without `at_most` the row is told and not judged.
    """

    what: str
    ours: tuple[str, ...]
    yardstick: Yardstick
    at_most: float | None
    turns: int = 7
    most_memory: int | None = None  # MiB

    def asks_for(self, name: str) -> bool:
        """Whether one of the commands names a thing of this kind."""
        return any(f"{{{name}" in word for word in (*self.ours, *self.yardstick.command))


class Failed(Exception):
    """A command that was to be measured did not do its work."""


class Spent(NamedTuple):
    """What one run of a command took: seconds on the wall, of processors, MiB at its largest."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A row and what its runs took, pair by pair; no pairs where the yardstick is not here."""

    row: Row
    ours: tuple[Spent, ...]
    theirs: tuple[Spent, ...]

    @property
    def memory(self) -> float:
        """The most memory (MiB) of any process of ours in any turn."""
        return max((one.memory for one in self.ours), default=0.0)

    def ratios(self, clock: str = CLOCK) -> list[float]:
        """How many times as long ours took as the yardstick, of each pair."""
        pairs = zip(self.ours, self.theirs, strict=False)
        return [getattr(one, clock) / getattr(other, clock) for one, other in pairs]

    @property
    def holds(self) -> bool:
        """Whether nothing is over its budget."""
        row, ratios = self.row, self.ratios()
        in_time = not ratios or row.at_most is None or median(ratios) <= row.at_most
        return in_time and (row.most_memory is None or self.memory <= row.most_memory)


class Bench:
    """Where rows are measured, and how often each command was run there."""

    def __init__(self, scratch: Path) -> None:
        self.made, self.scratch = Made(scratch), scratch
        self.times: Counter[tuple[str, ...]] = Counter()

    def measured(self, row: Row) -> Measured:
        """A row's commands run in turn, after one of each that is not counted if there are turns.

        Without its yardstick ours is run for its memory only, if that has a budget.
        """
        if row.yardstick.is_here():
            commands: tuple[tuple[str, ...], ...] = (row.ours, row.yardstick.command)
        else:
            commands = (row.ours,) if row.most_memory else ()
        warm = row.turns > 1
        turns = [[*map(self._spent, commands)] for _ in range(row.turns + warm)][warm:]
        ours, theirs = [*zip(*turns, strict=True), (), ()][:2]
        return Measured(row, ours, theirs)

    def _spent(self, command: tuple[str, ...]) -> Spent:
        """One run of a command; raises Failed with what it said."""
        self.times[command] += 1
        with TemporaryDirectory(dir=self.scratch) as place:
            words = ChainMap({"n": str(self.times[command]), "new": f"{place}/new"}, self.made)
            called = [word.format_map(words) for word in command]
            told = Path(place) / "spent"
            watched = [*STOPWATCH, str(told), *called]
            done = subprocess.run(
                watched, check=True, env=ENVIRONMENT, cwd=ROOT, stderr=subprocess.PIPE, text=True
            )
            wall, cpu, memory, status = map(float, told.read_text().split())
        if status:
            raise Failed(f"{called} ended with {status:.0f}: {done.stderr}")
        return Spent(wall, cpu, memory)
