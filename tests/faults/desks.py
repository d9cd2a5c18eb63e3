"""Desks that write at once, and what each of them was told."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from hazardctl.errors import HazardctlError
from hazardctl.store.place import Server
from tests.builders import added, day, due, moved
from tests.cli.at_a_desk import CAME_ALONG
from tests.faults.campaign import Place
from tests.faults.judging import whole
from tests.reference import Move


@dataclass
class Told:
    """What one desk was told: the numbers it was given, what went wrong, its longest wait."""

    numbers: list[str] = field(default_factory=list)
    newcomers: list[str] = field(default_factory=list)  # enterprises registered on the way
    faults: list[str] = field(default_factory=list)
    longest: float = 0.0

    def waited(self, since: float) -> None:
        """Note how long an answer took."""
        self.longest = max(self.longest, time.monotonic() - since)


def by_command_lines(place: Place, desk: int, count: int) -> Told:
    """Each `add` is a program of its own, from its start to its exit."""
    told = Told()
    for turn in range(count):
        begun = time.monotonic()
        what = ["--industry", "花炮", "--enterprise", "某花炮厂", "-f", "plain"]
        done = place.run(["add", f"{desk}号台 第{turn}处", *what])
        told.waited(begun)
        told.numbers += done.out.split()[:1]
        told.newcomers += CAME_ALONG.findall(done.err)
        if done.code or CAME_ALONG.sub("", done.err):
            told.faults.append(f"{done.code} {done.err}")
    return told


def by_verbs(path: Path | Server, desk: int, count: int) -> Told:
    """A hazard is added and then reported on, in turns, a transaction each, in one process."""
    import_module("hazardctl.store.transaction")  # to load it is no waiting for another desk
    told = Told()
    for turn in range(count):
        begun = time.monotonic()
        try:
            if turn % 2 == 0:
                what = {"description": f"{desk}号台 第{turn}处"}
                told.numbers.append(added(path, deadline=due(10), person="甲", what=what))
            else:
                moved(path, told.numbers[-1], Move("progress", "甲", day(9)))
        except HazardctlError as refusal:
            told.faults.append(str(refusal))
        told.waited(begun)
    return told


def judged(path: Path | Server, desks: Iterable[Told], *, patience: float) -> None:
    """Nothing went wrong, nothing is lost or doubled, and nobody waited for long."""
    desks = list(desks)
    faults = [fault for told in desks for fault in told.faults]
    longest = max(told.longest for told in desks)
    numbers = [number for told in desks for number in told.numbers]
    print(f"{len(numbers)} hazards, longest wait {longest:.2f} s, {len(faults)} faults")
    assert not faults, faults[:3]
    assert sum(len(told.newcomers) for told in desks) <= 1, "one enterprise, registered twice"
    assert longest < patience, f"waited {longest} s"
    assert sorted(numbers) == list(whole(path).numbers), "lost or doubled"
