"""The table of what may be fined: which article is meant, on which day, and the largest of all."""

from __future__ import annotations

from datetime import date

import pytest

from hazardctl.cli.taxonomy import ceiling as told
from hazardctl.data import load

ceiling = told()

ON = date(2022, 10, 8)


@pytest.mark.parametrize(
    ("basis", "yuan"),
    [
        ("安全生产法第99条", 200_000),
        ("《中华人民共和国安全生产法》第九十九条第（一）项", 200_000),
        ("安全生产法第九十四条", 100_000),
        ("安全生产法第94条、第101条", 200_000),
        ("《烟花爆竹安全管理条例》第36条、《安全生产法》第102条", 100_000),
        ("安全生产法第一百零一条", 200_000),
        ("安全生产法第114条", 100_000_000),
        ("烟花爆竹安全管理条例第36条", 100_000),
        ("烟花爆竹安全管理条例第三十七条", 50_000),
    ],
)
def test_an_article_is_known_however_its_number_is_written(basis: str, yuan: int) -> None:
    known = ceiling(basis, ON, None)
    assert known
    assert known[0] == yuan * 100
    assert known[1].split()[0] in basis


@pytest.mark.parametrize(
    "basis",
    [
        None,
        "",
        "消防法第60条",
        "安全生产法",
        "安全生产法第199条",
        "安全生产法第九百九十九条",
        "烟花爆竹安全管理条例第136条",
    ],
)
def test_without_a_known_article_it_is_the_largest_of_the_industry_on_the_day(
    basis: str | None,
) -> None:
    for industry in (None, "gas-user", "fireworks-retail", "coal-mine"):
        assert ceiling(basis, ON, industry) == (200_000_00, "安全生产法 第97条")
    later = date(2024, 5, 1)
    assert ceiling(basis, later, "coal-mine") == (2_000_000_00, "煤矿安全生产条例 第64条")
    assert ceiling(basis, later, "fireworks-retail") == (200_000_00, "安全生产法 第97条")


def test_an_article_counts_from_the_day_it_is_in_force() -> None:
    known = ceiling("煤矿安全生产条例第64条", date(2024, 5, 1), None)
    assert known
    assert known[0] == 2_000_000_00
    assert ceiling("煤矿安全生产条例第64条", date(2024, 4, 30), None) == (
        200_000_00,
        "安全生产法 第97条",
    )
    assert ceiling(None, date(2000, 1, 1), None) is None


def test_every_article_has_its_amount_its_day_and_two_ways_to_write_it() -> None:
    for row in load("fines")["article"]:
        assert row["most"] > 0
        assert isinstance(row["from"], date)
        assert len(row["articles"]) % 2 == 0
        assert row["laws"]
