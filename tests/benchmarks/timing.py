"""Whole commands timed in pairs, and the table of their ratios."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path
from statistics import median

PROGRAM = [sys.executable, "-m", "hazardctl"]
SAMPLE = Path(__file__).parents[2] / "sample_data" / "hazards-2022.xlsx"
# What was timed, beside what, the ratio, our seconds, and the most that the ratio may be.
Measured = tuple[str, str, float, float, float]


def run(command: Sequence[str], environment: dict[str, str]) -> float:
    """Run a whole command; returns its seconds. What reads its output is not timed."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def ratio(
    ours: Iterator[list[str]],
    theirs: list[str] | Iterator[list[str]],
    environment: dict[str, str],
    times: int,
) -> tuple[float, float]:
    """Ours and the yardstick in turn, after one of each; the median of the ratios, our seconds."""
    beside = repeat(theirs) if isinstance(theirs, list) else theirs
    run(next(ours), environment)
    run(next(beside), environment)
    pairs = [(run(next(ours), environment), run(next(beside), environment)) for _ in range(times)]
    return median(one / other for one, other in pairs), median(one for one, _ in pairs)


def always(command: list[str]) -> Iterator[list[str]]:
    while True:
        yield [*PROGRAM, *command]


def printed(rows: Sequence[Measured]) -> None:
    """The table, on stdout."""
    sys.stdout.write("\n| what | yardstick | ratio | at most | seconds |\n|---|---|---|---|---|\n")
    for name, yardstick, times, seconds, most in rows:
        over = " **over**" if times > most else ""
        sys.stdout.write(f"| {name} | {yardstick} | {times:.2f}{over} | {most} | {seconds:.3f} |\n")
    assert all(times > 0 for _name, _yardstick, times, _seconds, _most in rows)
