"""What a spreadsheet would run, and how it is kept from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.guard import FIRST, guarded, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+86 138", "-5", "@SUM", "\t=1", "＝1", "|calc", "%0A", "'=1"]
)
def test_what_would_run_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "'", "'abc", "1=1", "安全", "2022-10-12", " =1"])
def test_other_text_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


@given(st.text(st.sampled_from("'=+-@\t\n＝＋－＠|%a安1 "), max_size=6))
def test_a_guarded_cell_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell) == cell or cell[0] in FIRST
