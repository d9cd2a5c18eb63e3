"""CSV and plain lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.door import admitted
from hazardctl.domain.guard import MARKER, guarded, unguarded
from hazardctl.errors import CannotExport, NotText
from hazardctl.render.sheet import Answer, Cell, Column, Kind, Sheet
from hazardctl.render.writing import render
from hazardctl.text import Language, Words

FORMULAS = json.loads((Path(__file__).parent / "payloads/formulas.json").read_text())
MakeAnswer = Callable[..., Answer]


def enters(text: str) -> bool:
    """Whether the door lets the text in."""
    try:
        return admitted(text) == text
    except NotText:
        return False


ADMITTED = st.text(
    st.one_of(
        st.sampled_from("\n\t'=+-@＝＋－＠|%,;\" 安全\u200b\u202e"),
        st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffd"),
    )
).filter(enters)
COLUMNS = (Column("number", "Number"), Column("text", "Text"), Column("n", "N", Kind.COUNT))


def cells(content: bytes | bytearray) -> list[list[str]]:
    """The cells of a CSV file as its reader sees them."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@given(st.lists(st.tuples(ADMITTED, ADMITTED, st.integers()), max_size=4), st.booleans())
def test_what_was_admitted_comes_back_character_for_character(
    rows: list[tuple[str, str, int]], for_file: bool
) -> None:
    answer = Answer(data=list, sheets=lambda: [Sheet("s", COLUMNS, rows)])
    header, *back = cells(render(answer, "csv", Words("en"), for_file=for_file))
    assert header == ["number", "text", "n"]
    assert [(unguarded(a), unguarded(b), int(n)) for a, b, n in back] == rows


@pytest.mark.parametrize("payload", FORMULAS.values())
def test_no_cell_begins_like_a_formula_and_each_comes_back(
    payload: str, answer_of: MakeAnswer
) -> None:
    answer = answer_of(Sheet("s", COLUMNS, [(payload, "a", 1)]))
    cell = cells(render(answer, "csv", Words("en")))[1][0]
    assert cell == guarded(payload)
    assert unguarded(cell) == payload
    assert cell[0] not in "=+-@\t\r\n\0＝＋－＠|%"


def test_raw_csv_guards_nothing_and_so_the_gate_can_fail(answer_of: MakeAnswer) -> None:
    answer = answer_of(Sheet("s", COLUMNS, [(cell, cell, 1) for cell in FORMULAS.values()]))
    rows = cells(render(answer, "csv", Words("en"), raw=True))[1:]
    assert [row[0] for row in rows] == list(FORMULAS.values())
    assert sum(row[0][0] in "=+-@\t\n＝＋－＠|%" for row in rows) >= 20


def test_figures_stay_bare_and_nothing_stays_empty(answer_of: MakeAnswer) -> None:
    kinds = (Kind.COUNT, Kind.RATE, Kind.RATE, Kind.MONEY, Kind.TEXT)
    columns = tuple(Column(f"c{at}", f"C{at}", kind) for at, kind in enumerate(kinds))
    rows: list[tuple[Cell, ...]] = [(-5, 0.9877, None, 600_000, "-5")]
    total = (-5, 1.0, 0.5, 0, None)
    content = render(answer_of(Sheet("s", columns, rows, total)), "csv", Words("zh"))
    assert content.decode() == ("c0,c1,c2,c3,c4\n-5,0.9877,,600000,'-5\n")


def test_a_file_for_people_begins_with_a_mark_and_a_pipe_does_not(answer_of: MakeAnswer) -> None:
    answer = answer_of(Sheet("s", COLUMNS, [("安", "全", 1)]))
    assert render(answer, "csv", Words("zh")) == "number,text,n\n安,全,1\n".encode()
    filed = render(answer, "csv", Words("zh"), for_file=True)
    assert filed == "number,text,n\r\n安,全,1\r\n".encode("utf-8-sig")


def test_a_sheet_that_imports_back_is_marked(answer_of: MakeAnswer) -> None:
    answer = answer_of(Sheet("s", COLUMNS, [("=1", "b", 1)], imports_back=True))
    assert cells(render(answer, "csv", Words("en"))) == [
        ["number", "text", "n", MARKER],
        ["'=1", "b", "1", ""],
    ]
    assert cells(render(answer, "csv", Words("en"), raw=True))[0] == ["number", "text", "n"]


def test_text_that_is_no_unicode_is_refused_by_its_row(answer_of: MakeAnswer) -> None:
    answer = answer_of(Sheet("Hazards", COLUMNS, [("1", "a", 1), ("2", "b\udc9b", 2)]))
    with pytest.raises(CannotExport) as refusal:
        render(answer, "csv", Words("en"))
    assert refusal.value.facts == {
        "sheet": "Hazards",
        "row": 3,
        "column": "Text",
        "first": "2",
        "reason": "surrogate",
    }


def test_a_plain_row_is_one_line_of_cells(answer_of: MakeAnswer) -> None:
    rows: list[tuple[Cell, ...]] = [("1", "a\tb\nc", None), ("2", "=1", -5)]
    answer = answer_of(Sheet("s", COLUMNS, rows), Sheet("other", COLUMNS, [("3", "", 0)]))
    assert render(answer, "plain", Words("en")).decode() == "1\ta b ⏎ c\t\n2\t=1\t-5\n"


def test_plain_without_a_sheet_is_the_words() -> None:
    answer = Answer(data=list, text=lambda: "YH-2022-00017 closed\x07")
    assert render(answer, "plain", Words("en")) == b"YH-2022-00017 closed\\u{7}\n"


def test_only_the_first_sheet_is_in_csv(paper: Callable[[Language], Answer]) -> None:
    assert len(cells(render(paper("zh"), "csv", Words("zh")))) == 5
