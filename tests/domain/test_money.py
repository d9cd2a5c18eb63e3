"""Amounts of money: in whose unit, to the fen, and never below nothing."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.money import WAN, YUAN, read_amount, units_in
from hazardctl.errors import UnreadAmount

AMOUNTS = st.integers(0, 10**15)
CHINESE = {
    **{"元": YUAN, "百元": 100 * YUAN, "千元": 1_000 * YUAN, "万元": WAN, "十万元": 10 * WAN},
    **{
        "百万元": 100 * WAN,
        "千万元": 1_000 * WAN,
        "亿元": 10_000 * WAN,
        "人民币千元": 1_000 * YUAN,
    },
}
OTHERS = {"万": WAN, "百万": 100 * WAN, "亿": 10_000 * WAN, "分": 1, "yuan": YUAN, "Wan": WAN}
UNITS = {**CHINESE, **OTHERS}
# As they stand in headings, ours and theirs.
HEADINGS = [
    "罚款金额({})",
    "治理资金（{}）",
    "罚款（{}人民币）",
    "单位：{}",
    "整改资金{}",
    "元月罚款({})",
]
ENGLISH = {
    **{"Amount (10,000 yuan)": WAN, "fine (yuan)": YUAN, "amount_wan": WAN, "amount_fen": 1},
    **{"funds_yuan": YUAN, "Fine (thousand yuan)": 1_000 * YUAN, "1,000 yuan": 1_000 * YUAN},
    **{"ten thousand yuan": WAN, "million yuan": 100 * WAN, "100 million yuan": 10_000 * WAN},
    **{"10k yuan": WAN, "罚款（分）": 1},
}


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("5000元", 5_000_00),
        ("5万元", 50_000_00),
        ("5 万 元", 50_000_00),
        ("0.5万", 5_000_00),
        ("1034万元", 1_034_0000_00),
        ("￥5,000.50元", 5_000_50),
        ("¥5000元", 5_000_00),
        ("５０００元", 5_000_00),
        ("1,034,000元", 1_034_000_00),
        ("0元", 0),
        ("12分", 12),
        ("0.01元", 1),
        ("0.000001万元", 1),
        ("5000 yuan", 5_000_00),
        ("5千元", 5_000_00),
        ("1.5百万元", 1_500_000_00),
        ("0.1亿元", 10_000_000_00),
        ("0.00000001亿元", 1_00),
    ],
)
def test_an_amount_is_read_in_the_unit_that_stands_with_it(text: str, fen: int) -> None:
    assert read_amount(text) == fen
    assert read_amount(text, unit=WAN) == fen


def test_a_number_alone_is_in_the_unit_of_its_column() -> None:
    assert read_amount("5000", unit=YUAN) == 5_000_00
    assert read_amount("0.5", unit=WAN) == 5_000_00
    assert read_amount("￥5,000", unit=YUAN) == 5_000_00


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5000", "no-unit"),
        ("￥5000", "no-unit"),
        ("-5元", "below-nothing"),
        ("－5元", "below-nothing"),
        ("−5元", "below-nothing"),
        ("-5", "below-nothing"),
        ("-0.01万元", "below-nothing"),
        ("0.001元", "part-of-a-fen"),
        ("5.00001万分", "not-an-amount"),
        ("0.0000001万元", "part-of-a-fen"),
        ("1.5分", "part-of-a-fen"),
        ("", "not-an-amount"),
        ("元", "not-an-amount"),
        ("万元", "not-an-amount"),
        ("五千元", "not-an-amount"),
        ("5千", "not-an-amount"),
        ("5元元", "not-an-amount"),
        ("5万千元", "not-an-amount"),
        ("5元5", "not-an-amount"),
        ("5万5千元", "not-an-amount"),
        ("5000至8000元", "not-an-amount"),
        ("5.元", "not-an-amount"),
        ("1.2.3元", "not-an-amount"),
        ("+5元", "not-an-amount"),
        ("1e3元", "not-an-amount"),
        ("5美元", "not-an-amount"),
        ("99999999999999元", "amount-too-large"),
        ("9" * 100 + "元", "amount-too-large"),
        ("1" + "0" * 16, "no-unit"),
        ("1e16", "amount-too-large"),
        ("1E+16", "amount-too-large"),
        ("0.00000000000000000000000000000001元", "part-of-a-fen"),
        ("1." + "0" * 40 + "1元", "part-of-a-fen"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadAmount) as refused:
        read_amount(text)
    assert refused.value.facts == {"text": text, "reason": reason}


@pytest.mark.parametrize("text", ["1,5万元", "12,34元", "5,0元", ",5元", "5,元", "1,0000元"])
def test_a_comma_parts_thousands_and_nothing_else(text: str) -> None:
    """1,5 may be fifteen or one and a half: it is asked, not guessed."""
    with pytest.raises(UnreadAmount):
        read_amount(text)


@given(AMOUNTS, st.sampled_from(sorted(UNITS)))
def test_what_is_written_comes_back_to_the_fen(fen: int, unit: str) -> None:
    number = f"{Decimal(fen) / UNITS[unit]:f}"
    assert read_amount(number + unit) == fen
    assert read_amount(number, unit=UNITS[unit]) == fen


@given(AMOUNTS, st.sampled_from(sorted(CHINESE)), st.sampled_from(HEADINGS))
def test_every_unit_is_the_same_in_a_heading_and_in_a_cell(
    fen: int, unit: str, heading: str
) -> None:
    number = f"{Decimal(fen) / CHINESE[unit]:f}"
    (each,) = units_in(heading.format(unit))
    assert read_amount(number, unit=each) == read_amount(number + unit) == fen


@pytest.mark.parametrize("heading", sorted(ENGLISH))
def test_a_unit_is_read_in_english_too(heading: str) -> None:
    assert units_in(heading) == {ENGLISH[heading]}


@given(st.sampled_from(sorted(CHINESE)), st.sampled_from(sorted(CHINESE)))
def test_a_heading_that_names_two_units_names_both(one: str, other: str) -> None:
    assert units_in(f"罚款({one}/{other})") == {CHINESE[one], CHINESE[other]}


@pytest.mark.parametrize(
    "heading", ["罚款金额(美元)", "治理资金(万美元)", "单元", "罚款", "得分", ""]
)
def test_what_is_no_unit_of_ours_is_none(heading: str) -> None:
    assert not units_in(heading)


@pytest.mark.parametrize("heading", ["罚款5000元", "单位：1000元"])
def test_a_number_before_the_unit_of_a_heading_may_belong_to_it_or_not(heading: str) -> None:
    assert len(units_in(heading)) == 2


@given(AMOUNTS)
def test_thousands_may_be_parted(fen: int) -> None:
    assert read_amount(f"{fen // 100:,}.{fen % 100:02d}元") == fen


@given(AMOUNTS.filter(bool), st.sampled_from(sorted(UNITS)))
def test_an_amount_below_nothing_is_refused_in_every_unit(fen: int, unit: str) -> None:
    for text in (f"-{fen}{unit}", f"-{Decimal(fen) / UNITS[unit]:f}{unit}"):
        with pytest.raises(UnreadAmount) as refused:
            read_amount(text, unit=YUAN)
        assert refused.value.facts["reason"] == "below-nothing"


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(UnreadAmount):
        assert 0 <= read_amount(text, unit=YUAN) <= 10**15
