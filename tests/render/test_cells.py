"""How values read."""

from __future__ import annotations

import pytest

from hazardctl.render.cells import shown
from hazardctl.render.sheet import Cell, Kind


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (None, Kind.TEXT, ""),
        (None, Kind.COUNT, ""),
        (None, Kind.DAY, ""),
        (None, Kind.MONEY, ""),
        (None, Kind.RATE, "/"),
        (0, Kind.COUNT, "0"),
        (-12, Kind.COUNT, "-12"),
        ("2022-10-12", Kind.DAY, "2022-10-12"),
        ("a\nb", Kind.TEXT, "a ⏎ b"),
        (0.9877, Kind.RATE, "98.8%"),
        (0.9985, Kind.RATE, "99.9%"),
        (1, Kind.RATE, "100%"),
        (1.0, Kind.RATE, "100%"),
        (0.98, Kind.RATE, "98%"),
        (0, Kind.RATE, "0%"),
        (600_000, Kind.MONEY, "0.6"),
        (1034_000_000, Kind.MONEY, "1034"),
        (92_449_000_001, Kind.MONEY, "92449.000001"),
        (0, Kind.MONEY, "0"),
    ],
)
def test_a_value_reads_by_its_kind(value: Cell, kind: Kind, words: str) -> None:
    assert shown(value, kind) == words


def test_nearly_all_is_not_all_and_nearly_none_is_not_none() -> None:
    assert shown(0.9999, Kind.RATE) == "99.9%"
    assert shown(0.0001, Kind.RATE) == "0.1%"
