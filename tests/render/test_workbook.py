"""Excel workbooks, read back by the reader that the import uses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hazardctl.errors import CannotExport
from hazardctl.render.sheet import Answer, Cell, Column, Kind, Sheet
from hazardctl.render.writing import render
from hazardctl.text import Language, Words

FORMULAS = json.loads((Path(__file__).parent / "payloads/formulas.json").read_text())
COLUMNS = (Column("number", "Number"), Column("text", "Text"))
MakeAnswer = Callable[..., Answer]


def book_of(answer: Answer) -> CalamineWorkbook:
    """The workbook as the reader sees it."""
    return CalamineWorkbook.from_filelike(BytesIO(render(answer, "xlsx", Words("zh"))))


def rows_of(answer: Answer) -> list[list[object]]:
    """The rows of the first worksheet."""
    return [list(row) for row in book_of(answer).get_sheet_by_index(0).to_python()]


def test_every_formula_payload_comes_back_as_text(answer_of: MakeAnswer) -> None:
    rows = [(cell, cell) for cell in FORMULAS.values()]
    answer = answer_of(Sheet("s", COLUMNS, rows))
    assert rows_of(answer) == [["Number", "Text"], *map(list, rows)]
    with ZipFile(BytesIO(render(answer, "xlsx", Words("en")))) as package:
        page = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert 't="e"' not in page
    assert len(re.findall(r'<c [^>]*t="s"', page)) == 2 * len(rows) + 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            st.one_of(
                st.sampled_from("=+-@' _x0041_\n\t安"),
                st.characters(exclude_categories=["Cc", "Cs", "Cn"]),
            ),
            min_size=1,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_character_for_character(texts: list[str]) -> None:
    sheet = Sheet("s", COLUMNS, [("1", text) for text in texts])
    back = rows_of(Answer(data=list, sheets=lambda: [sheet]))
    assert [row[1] for row in back[1:]] == texts


def test_figures_are_figures_and_identifiers_and_days_are_text(answer_of: MakeAnswer) -> None:
    kinds = (Kind.TEXT, Kind.COUNT, Kind.RATE, Kind.RATE, Kind.MONEY, Kind.DAY)
    columns = tuple(Column(f"c{at}", f"C{at}", kind) for at, kind in enumerate(kinds))
    rows: list[tuple[Cell, ...]] = [
        ("110101199003074514", 12, 0.9877, None, 600_000, "2022-10-12"),
        ("00123", None, 1.0, 0, None, None),
    ]
    total = ("合计", 12, 0.99, None, 600_000, None)
    assert rows_of(answer_of(Sheet("s", columns, rows, total, ("a note",))))[1:] == [
        ["110101199003074514", 12, 0.9877, "/", 0.6, "2022-10-12"],
        ["00123", "", 1, 0, "", ""],
        ["合计", 12, 0.99, "/", 0.6, ""],
        ["", "", "", "", "", ""],
        ["a note", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("a" * 32_768, "too-long"),
        ("😀" * 16_384, "too-long"),
        ("a\udc9b", "not-xml"),
        ("a\uffff", "not-xml"),
        (2**53 + 1, "too-many-digits"),
    ],
)
def test_a_cell_that_would_not_be_exact_is_refused_by_its_row(
    cell: Cell, reason: str, answer_of: MakeAnswer
) -> None:
    answer = answer_of(Sheet("台账", COLUMNS, [("YH-1", "a"), ("YH-2", cell)]))
    with pytest.raises(CannotExport) as refusal:
        render(answer, "xlsx", Words("zh"))
    assert refusal.value.facts == {
        "sheet": "台账",
        "row": 3,
        "column": "Text",
        "first": "YH-2",
        "reason": reason,
    }


@pytest.mark.parametrize("cell", ["a" * 32_767, "😀" * 16_383, "隐" * 32_000])
def test_the_longest_texts_come_back_whole(cell: str, answer_of: MakeAnswer) -> None:
    assert rows_of(answer_of(Sheet("s", COLUMNS, [("1", cell)])))[1] == ["1", cell]


def test_names_of_worksheets_are_allowed_and_differ(answer_of: MakeAnswer) -> None:
    titles = ["a/b:c", "A/B:C", "", "History", "'quoted'", "安" * 40, "安" * 40, "😀" * 20, "\x07"]
    names = book_of(answer_of(*[Sheet(title, COLUMNS, []) for title in titles])).sheet_names
    assert names == [
        "a_b_c",
        "A_B_C (2)",
        "_",
        "_History",
        "quoted",
        "安" * 31,
        "安" * 27 + " (2)",
        "😀" * 15,
        "_u{7}",
    ]


def test_a_title_gives_no_orders_to_the_printed_header(answer_of: MakeAnswer) -> None:
    answer = answer_of(Sheet("A&B &[Picture] &D", COLUMNS, []))
    with ZipFile(BytesIO(render(answer, "xlsx", Words("en")))) as package:
        page = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>&amp;C&amp;BA＆B ＆[Picture] ＆D</oddHeader>" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sample_has_a_worksheet_for_each_sheet(
    language: Language, paper: Callable[[Language], Answer]
) -> None:
    answer = paper(language)
    book = book_of(answer)
    assert len(book.sheet_names) == 3
    for at, sheet in enumerate(answer.sheets()):
        header = book.get_sheet_by_index(at).to_python()[0]
        assert header == [column.heading for column in sheet.columns]
