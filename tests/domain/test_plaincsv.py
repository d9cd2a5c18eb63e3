"""A line of CSV: cells as they were, whoever makes another line at the same time."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from hazardctl.domain.plaincsv import csv_line

# None of them is as it is printed: a cell is quoted, or guarded.
VALUES: list[list[object]] = [
    ["甲,乙", "=1+1", None, True, ["丙", "丁"], 3],
    ['"', "-1", "戊\n己", False, {}, 4],
]


@pytest.fixture
def in_small_steps() -> Iterator[None]:
    """Threads take turns as often as they can."""
    was = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(was)


@pytest.mark.usefixtures("in_small_steps")
def test_lines_that_are_made_at_once_do_not_run_into_one_another() -> None:
    alone = [csv_line(values) for values in VALUES]
    assert [*csv.reader(alone[:1])] == [["甲,乙", "'=1+1", "", "true", "丙、丁", "3"]]

    def made(turn: int) -> bool:
        return csv_line(VALUES[turn % 2]) == alone[turn % 2]

    with ThreadPoolExecutor(4) as beside:
        assert all(beside.map(made, range(4_000)))
