"""What must add up in the national monthly form, and how its rows are called."""

from __future__ import annotations

import pytest

from hazardctl.data import industries, load
from hazardctl.domain.figures import figures
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.months import COLUMNS, Month, checks, line_named, lines, returns

TAXONOMY = Taxonomy(industries(), simplified=lambda text: text)
ONE = Month(
    enterprises_due=8,
    enterprises_checked=6,
    enterprises_unchecked=2,
    general_found=10,
    general_rectified=9,
    general_unrectified=1,
    major_found=3,
    major_closed=1,
    major_unclosed=2,
    major_planned=2,
    major_in_place=1,
    major_listed=2,
    listed_provincial=1,
    listed_otherwise=1,
    funds_fen=123_456,
)


def test_what_adds_up_is_told_so() -> None:
    tested = checks(ONE + ONE, ONE + ONE)
    assert [check.name for check in tested if not check.holds] == []
    assert {
        "major_found = major_closed + major_unclosed",
        "coverage_rate = inspected / registered",
    } <= {check.name for check in tested}


@pytest.mark.parametrize("name", Month._fields)
def test_any_one_figure_that_is_off_is_found(name: str) -> None:
    total = ONE + ONE
    off = total._replace(**{name: getattr(total, name) + 1})
    assert not all(check.holds for check in checks(off, total))
    assert not all(check.holds for check in checks(total, off))


def test_the_rates_are_those_of_the_columns_before_them() -> None:
    told = figures(ONE, COLUMNS)
    assert (told["coverage_rate"], told["general_rate"], told["major_rate"]) == (0.75, 0.9, 0.3333)
    nothing = figures(Month(), COLUMNS)
    assert nothing["coverage_rate"] is nothing["general_rate"] is nothing["major_rate"] is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("fireworks", "fireworks"),
        ("烟花爆竹企业", "fireworks"),
        ("fireworks-retail", "fireworks"),
        ("Coal Mines", "coal-mines"),
        ("（2）经营企业和单位", "hazchem-traders"),
        ("花炮", "fireworks"),
        ("烟花爆竹", "fireworks"),
        ("Fireworks", "fireworks"),
        ("没有这一行", "没有这一行"),
    ],
)
def test_a_row_is_named_by_its_key_its_name_or_an_industry(text: str, key: str) -> None:
    assert line_named(returns(load("monthly")), text, TAXONOMY) == key


def test_every_word_for_an_industry_that_means_one_names_its_row() -> None:
    sheets = returns(load("monthly"))
    rows = {slug: line.key for line in lines(sheets) for slug in line.industries}
    own = {name for line in lines(sheets) for name in (line.key, line.name, line.english)}
    for industry in TAXONOMY:
        for word in {industry.name, industry.english, *industry.aliases} - own:
            if found := TAXONOMY.find(word):
                assert line_named(sheets, word, TAXONOMY) == rows[found.slug]
