"""The table of what was measured, as it stands at the end of a run."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from statistics import median

from tests.benchmarks.measuring import CLOCK, Measured, Spent

_HEADINGS = ("what", "ours", "yardstick", "its own", "ratio", "CPU", "peak", "at most", "holds")


def lines(every: Sequence[Measured]) -> list[str]:
    """The lines of the table, each cell as wide as its column."""
    rows = [_HEADINGS, *map(cells, every)]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    told = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)) + " |"
        for row in rows
    ]
    ruled = "|" + "|".join("-" * (width + 2) for width in wide) + "|"
    return [machine(), "", told[0], ruled, *told[1:]]


def cells(one: Measured) -> tuple[str, ...]:
    """One row: medians, the least and the most of the pairs' ratios, beside the budget."""
    row = one.row
    memory = f"{one.memory:.0f} MiB" if one.ours else "–"
    budget = [
        *([f"{row.at_most:.2f}"] if row.at_most is not None else []),
        *([f"{row.most_memory} MiB"] if row.most_memory is not None else []),
    ]
    if one.theirs:
        wall, cpu = one.ratios("wall"), one.ratios("cpu")
        ratio = f"{median(wall):.2f} ({min(wall):.2f}–{max(wall):.2f})"
        told = (_seconds(one.theirs), ratio, f"{median(cpu):.2f}")
    else:
        told = ("not here", "–", "–")
    name = row.yardstick.name
    told_budget = "; ".join(budget) or "–"
    return (row.what, _seconds(one.ours), name, *told, memory, told_budget, verdict(one))


def verdict(one: Measured) -> str:
    """Whether a row holds, or why that cannot be said."""
    if not one.holds:
        return "OVER"
    if not one.theirs:
        return f"{one.row.yardstick.needs}: not here"
    has_budget = one.row.at_most is not None or one.row.most_memory is not None
    return "yes" if has_budget else "no budget"


def machine() -> str:
    """On what it was measured: quote the ratios, not the seconds."""
    busy = f"{os.getloadavg()[0]:.1f} running on {os.cpu_count()} processors"
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{python}, {busy} at the end; judged by {CLOCK} time"


def _seconds(spent: Sequence[Spent]) -> str:
    return f"{median(one.wall for one in spent):.3f} s" if spent else "–"
