"""How wide the columns of a table become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.render.layout import Need, fit, lanes, least_title, line
from hazardctl.render.sheet import Column, Kind, Sheet


def need(at: tuple[int, int, int, int], kept: bool) -> Need:
    """A need whose four widths are in order."""
    legible, readable, content, full = sorted(at)
    return Need(legible, readable, content, full, kept)


NEEDS = st.lists(
    st.builds(need, st.tuples(*[st.integers(1, 60)] * 4), st.booleans()), min_size=1, max_size=9
)


@given(NEEDS, st.integers(1, 200))
def test_the_line_fits_unless_only_kept_columns_are_left(needs: list[Need], width: int) -> None:
    widths = fit(needs, width)
    left_over = [at for at, own in enumerate(widths) if own and at and not needs[at].kept]
    assert line(widths) <= width or not left_over


@given(NEEDS, st.integers(1, 200))
def test_kept_columns_and_the_first_are_always_there(needs: list[Need], width: int) -> None:
    widths = fit(needs, width)
    for at, (own, wanted) in enumerate(zip(widths, needs, strict=True)):
        if own or wanted.kept or at == 0:
            assert own >= wanted.legible


@given(NEEDS, st.integers(1, 200))
def test_no_column_is_wider_than_it_needs(needs: list[Need], width: int) -> None:
    for own, wanted in zip(fit(needs, width), needs, strict=True):
        assert own <= wanted.full


@given(NEEDS)
def test_without_a_width_nothing_is_shortened(needs: list[Need]) -> None:
    assert fit(needs, None) == [wanted.full for wanted in needs]


def test_a_column_that_is_kept_is_as_wide_as_its_widest_cell() -> None:
    columns = (Column("number", "编号", kept=True), Column("text", "描述"))
    sheet = Sheet("", columns, [("YH-2022-000017", "安全" * 40)])
    assert fit([lane.need for lane in lanes(sheet)], 40) == [14, 24]


def test_figures_are_never_shortened() -> None:
    columns = (Column("text", "a"), Column("count", "n", Kind.COUNT))
    sheet = Sheet("", columns, [("b" * 90, 123456789012)])
    assert fit([lane.need for lane in lanes(sheet)], 30) == [16, 12]


def test_a_column_without_heading_and_cells_still_stands() -> None:
    sheet = Sheet("", (Column("a", ""), Column("b", "")), [(None, None)])
    assert all(fit([lane.need for lane in lanes(sheet)], 80))


@pytest.mark.parametrize(
    ("heading", "width"),
    [("逾期", 4), ("销号率", 6), ("其中重大", 4), ("按期整改率", 6), ("Awaiting verification", 12)],
)
def test_a_heading_is_folded_only_where_it_reads_well(heading: str, width: int) -> None:
    assert least_title(heading) == width
