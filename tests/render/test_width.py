"""Cells of a terminal: measuring, cutting, folding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hazardctl.render.visible import show
from hazardctl.render.width import balanced, cut, fold, padded, wide

SHOWN = st.text(st.one_of(st.sampled_from("ab，。（）“”…—安全生产隐患 ·①é😀𠮷"), st.characters()))


@given(SHOWN.map(show))
def test_the_width_is_the_terminals_width(text: str) -> None:
    assert wide(text) == cell_len(text)


@given(SHOWN.map(show), st.integers(1, 30))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    short = cut(text, width)
    assert wide(short) <= width
    assert short == text or (short[-1] == "…" and text.startswith(short[:-1]))


@given(SHOWN.map(show), st.integers(2, 30))
def test_folded_lines_fit_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    folded = fold(text, width)
    assert all(wide(line) <= width for line in folded)
    assert "".join("".join(folded).split()) == "".join(text.split())


@given(SHOWN.map(show), st.integers(2, 30))
def test_balanced_lines_are_as_few_as_folded_ones(text: str, width: int) -> None:
    assert len(balanced(text, width)) == len(fold(text, width))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Awaiting verification", 12, ["Awaiting", "verification"]),
        ("按期整改率（原期限）", 10, ["按期整改率", "（原期限）"]),
        ("现场，无标志", 4, ["现", "场，", "无标", "志"]),
        ("他说“五落实”吗", 6, ["他说", "“五落", "实”吗"]),
        ("  indented", 20, ["  indented"]),
        ("", 5, [""]),
    ],
)
def test_lines_turn_between_words_and_keep_punctuation_with_them(
    text: str, width: int, lines: list[str]
) -> None:
    assert fold(text, width) == lines


def test_a_short_last_line_is_evened_out() -> None:
    assert fold("包案领导", 6) == ["包案领", "导"]
    assert balanced("包案领导", 6) == ["包案", "领导"]


def test_figures_stand_on_the_right() -> None:
    assert padded("12", 4, right=True) == "  12"
    assert padded("安全", 6) == "安全  "
