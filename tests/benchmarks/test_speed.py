"""Every row of design.md §8 beside its yardstick in the same run, and a planted one that is over.

Run by `pytest -m benchmark -n 0 tests/benchmarks`; `-m 'benchmark and not minutes'` leaves out the
ledger of a million hazards. Quote the ratios, not the seconds.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.benchmarks.ledgers import ENVIRONMENT, ROOT
from tests.benchmarks.measuring import Bench, Measured, Row
from tests.benchmarks.rows import ASKED, PLANTED, ROWS, ours, shell
from tests.benchmarks.table import cells, verdict

pytestmark = pytest.mark.benchmark

ROWS_AS_PARAMS = [
    pytest.param(
        row,
        id=f"{row.what} / {row.yardstick.name}",
        marks=[pytest.mark.minutes] if row.asks_for("million") else [],
    )
    for row in ROWS
]


# What the SQL counts of a rate that ours prints.
RATES = {
    "on_time_rate": ("on_time", "due"),
    "on_time_rate_original": ("on_time_original", "due_original"),
    "same_day_rate": ("same_day", "found"),
}


@pytest.mark.parametrize("row", ROWS_AS_PARAMS)
def test_a_row_is_within_its_budget(row: Row, bench: Bench, table: list[Measured]) -> None:
    measured = bench.measured(row)
    table.append(measured)
    if not measured.holds:
        pytest.fail(" | ".join(cells(measured)), pytrace=False)
    if not measured.theirs:
        pytest.skip(verdict(measured))


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: row.what)
def test_what_is_planted_is_found_over_its_budget(row: Row, bench: Bench) -> None:
    assert not bench.measured(row).holds


@pytest.mark.parametrize("question", ASKED)
def test_the_sql_by_hand_answers_the_same_question(question: str, bench: Bench) -> None:
    told = answered(ours("sample", *ASKED[question], "-f", "json"), bench)
    by_hand = {row.pop("key"): row for row in answered(shell(question, "sample"), bench)}
    rows = {row["key"]: row for row in told["rows"]}
    if told["by"] == "industry":  # ours are rolled up: what is the same is the sum
        names = [*next(iter(by_hand.values()))]
        by_hand = {None: {name: sum(row[name] for row in by_hand.values()) for name in names}}
        rows = {None: told["total"]}
    for key, figures in by_hand.items():
        assert {**rows[key], **with_rates(figures)} == rows[key]


def with_rates(figures: dict[str, int]) -> dict[str, float | None]:
    """The figures as ours prints them: a rate for what was counted of it."""
    rates = {name: parts for name, parts in RATES.items() if parts[0] in figures}
    counted = {part for of, among in rates.values() for part in (of, among)} - {"found"}
    return {
        **{name: count for name, count in figures.items() if name not in counted},
        **{name: share(figures[of], figures[among]) for name, (of, among) in rates.items()},
    }


def share(part: int, whole: int) -> float | None:
    """One of the other, with 4 decimals."""
    return round(part / whole, 4) if whole else None


def answered(command: tuple[str, ...], bench: Bench) -> Any:
    """What a command prints as JSON."""
    called = [word.format_map(bench.made) for word in command]
    told = subprocess.run(called, check=True, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT)
    return json.loads(told.stdout)
