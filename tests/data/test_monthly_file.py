"""The file of the national monthly form is whole: every industry stands in one row of it."""

from __future__ import annotations

from collections import Counter

from hazardctl.data import industries, load
from hazardctl.domain.months import lines, returns

SHEETS = returns(load("monthly"))


def test_every_industry_stands_in_exactly_one_row_of_one_sheet() -> None:
    told = Counter(slug for line in lines(SHEETS) for slug in line.industries)
    assert set(told.values()) == {1}
    assert told.keys() == {row["slug"] for row in industries()}


def test_there_are_two_sheets_with_the_rows_of_the_form() -> None:
    assert [sheet.key for sheet in SHEETS] == ["industrial", "other"]
    assert [len(sheet.lines) for sheet in SHEETS] == [10, 15]
    assert [sheet.lines[0].name for sheet in SHEETS] == ["煤矿企业", "道路运输企业"]
    assert [sheet.lines[-1].name for sheet in SHEETS] == ["其他企业", "其他企业和单位"]


def test_keys_and_names_are_unique() -> None:
    every = [line for sheet in SHEETS for line in sheet.lines]
    for name in ("key", "name", "english"):
        assert max(Counter(getattr(line, name) for line in every).values()) == 1


def test_a_row_is_made_of_industries_or_is_the_sum_of_the_rows_below_it() -> None:
    for sheet in SHEETS:
        whole = {line.key for line in sheet.lines if not line.industries}
        assert whole == {line.within for line in sheet.lines if line.within}
        for line in sheet.lines:
            if line.within:
                place = [one.key for one in sheet.lines].index(line.within)
                assert sheet.lines.index(line) > place
