"""A sender's workbook with its faults marked: everything else as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.dimensions import ColumnDimension

from hazardctl.render.marking import NOTES, RED
from hazardctl.render.rebuilding import Cell, rebuild
from hazardctl.render.returned import Page, Plan, Remark, Told, marked
from tests.intake.packages import HEAD, MAIN, cell, headings, write

WRONG = "“2022-13-05”：没有这一天。请改为正确的日期。"
HEADINGS = ["单位名称", "隐患描述", "检查时间"]


class Rows:
    """A sheet of a file, as it is read."""

    def __init__(self, name: str | None, *rows: tuple[int, list[Cell]]) -> None:
        self.name, self.rows = name, rows


def a_book() -> Any:
    """A workbook with a title, a table of two rows, and a second sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "九月"
    sheet["A1"] = "隐患排查台账"
    sheet.merge_cells("A1:C1")
    sheet.append(HEADINGS)
    sheet.append(["甲厂", "通道堵塞", "2022-13-05"])
    sheet.append(["乙厂", "线路老化", date(2022, 9, 5)])
    book.create_sheet("说明")["B2"] = "填表说明"
    return book


def content_of(book: Any) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def page(*rows: tuple[int, list[Told]], told_in: int | None = None) -> Page:
    faults = [(row, told, len(told)) for row, told in rows]
    return Page("九月", heading_row=2, width=3, told_in=told_in, rows=faults)


def plan(*pages: Page) -> Plan:
    return Plan("错误说明", list(pages or [page((3, [(2, WRONG)]))]))


def opened(content: bytes | None) -> Any:
    assert content is not None
    return openpyxl.load_workbook(BytesIO(content), rich_text=True)


def marks(sheet: Any) -> dict[str, str | None]:
    """The red cells, each with its note."""
    return {
        one.coordinate: one.comment.text if one.comment else None
        for row in sheet.iter_rows()
        for one in row
        if one.fill.fgColor.rgb == RED
    }


def test_a_fault_is_marked_in_its_cell_and_told_beside_its_row() -> None:
    sheet = opened(marked(content_of(a_book()), plan()))["九月"]
    assert marks(sheet) == {"C3": WRONG}
    assert [sheet.cell(row, 4).value for row in range(1, 5)] == [None, "错误说明", WRONG, None]
    assert sheet["D2"].font.bold
    assert sheet["D3"].data_type == "s"


def test_everything_else_is_as_it_was() -> None:
    book = a_book()
    sheet = book["九月"]
    sheet["A1"].font = Font(size=18, bold=True)
    sheet["B4"] = "=cmd|' /C calc'!A0"
    sheet["B4"].data_type = "s"
    sheet["A4"] = "=A3"
    sheet["C4"].number_format = "yyyy年m月d日"
    sheet["C4"].comment = Comment("送来时就有", "甲")
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.column_dimensions["B"].width = 41
    sheet.row_dimensions[1].height = 40
    sheet.row_dimensions[4].hidden = True
    after = opened(marked(content_of(book), plan()))
    assert after.sheetnames == ["九月", "说明"]
    assert after["说明"]["B2"].value == "填表说明"
    seen = after["九月"]
    assert [str(one) for one in seen.merged_cells.ranges] == ["A1:C1"]
    assert (seen["A1"].font.size, seen.column_dimensions["B"].width) == (18, 41)
    assert (seen.row_dimensions[1].height, seen.row_dimensions[4].hidden) == (40, True)
    assert (seen["A4"].value, seen["A4"].data_type) == ("=A3", "f")
    assert (seen["B4"].value, seen["B4"].data_type) == ("=cmd|' /C calc'!A0", "s")
    assert (seen["C4"].value, seen["C4"].number_format) == (datetime(2022, 9, 5), "yyyy年m月d日")
    assert seen["C4"].comment.text == "送来时就有"
    assert seen["A3"].fill.fgColor.rgb == "FFFFFF00"


def test_what_we_say_is_never_a_formula() -> None:
    said = plan(page((3, [(2, '=HYPERLINK("http://example.org")')])))
    sheet = opened(marked(content_of(a_book()), said))["九月"]
    assert (sheet["D3"].data_type, sheet["D3"].number_format) == ("s", "@")


def test_several_faults_are_told_one_a_line() -> None:
    said = plan(page((3, [(0, "甲"), (2, "乙"), (2, "丙"), (None, "丁")])))
    sheet = opened(marked(content_of(a_book()), said))["九月"]
    assert sheet["D3"].value == "甲\n乙\n丙\n丁"
    assert marks(sheet) == {"A3": "甲", "C3": "乙\n丙"}


def test_a_fault_in_a_merged_cell_is_marked_where_it_shows() -> None:
    book = a_book()
    book["九月"].merge_cells("A3:A4")
    said = plan(page((3, [(0, "甲")]), (4, [(0, "甲")])))
    sheet = opened(marked(content_of(book), said))["九月"]
    assert marks(sheet) == {"A3": "甲"}
    assert [sheet["D3"].value, sheet["D4"].value] == ["甲", "甲"]


def test_a_fault_of_the_whole_table_stands_at_the_new_heading() -> None:
    sheet = opened(marked(content_of(a_book()), plan(page((2, [(None, "甲")])))))["九月"]
    assert marks(sheet) == {"D2": "甲"}
    assert sheet["D2"].value == "错误说明"


def test_a_fault_of_a_heading_is_marked_in_it() -> None:
    sheet = opened(marked(content_of(a_book()), plan(page((2, [(1, "甲")])))))["九月"]
    assert (marks(sheet), sheet["D2"].value) == ({"B2": "甲"}, "错误说明")


def test_what_was_marked_before_is_marked_anew() -> None:
    once = marked(content_of(a_book()), plan(page((3, [(2, WRONG)]), (4, [(0, "甲")]))))
    assert once is not None
    again = marked(once, plan(page((4, [(1, "乙")]), told_in=3)))
    sheet = opened(again)["九月"]
    assert marks(sheet) == {"B4": "乙"}
    assert [sheet.cell(row, 4).value for row in range(2, 5)] == ["错误说明", None, "乙"]
    assert sheet.max_column == 4


def test_the_new_column_takes_nobodys_place() -> None:
    book = a_book()
    book["九月"]["D9"] = "旁注"
    sheet = opened(marked(content_of(book), plan()))["九月"]
    assert (sheet["D9"].value, sheet["E2"].value) == ("旁注", "错误说明")


@pytest.mark.parametrize("first", [2, 4])
def test_columns_that_have_their_width_together_keep_it(first: int) -> None:
    book = a_book()
    dimensions = book["九月"].column_dimensions
    letter = "ABCD"[first - 1]
    dimensions[letter] = ColumnDimension(book["九月"], letter, width=9, min=first, max=16384)
    after = opened(marked(content_of(book), plan()))["九月"].column_dimensions
    spans = sorted((one.min, one.max, one.width) for one in after.values())
    assert spans == [*([(2, 3, 9)] if first == 2 else []), (4, 4, 60), (5, 16384, 9)]


def test_a_note_of_the_senders_stays() -> None:
    book = a_book()
    book["九月"]["C3"].comment = Comment("待核", "甲")
    assert marks(opened(marked(content_of(book), plan()))["九月"]) == {"C3": "待核"}


def test_texts_with_escapes_stay_as_they_were(tmp_path: Path) -> None:
    texts = cell("A2", "_x005F_x0041_") + cell("B2", "a_x000D_b") + cell("C2", "_x005F_")
    before = write(tmp_path / "a.xlsx", headings() + f'<row r="2">{texts}</row>').read_bytes()
    said = Plan("错误说明", [replace(page((2, [(2, "甲")])), sheet="S", heading_row=1)])
    after = marked(before, said)
    assert after is not None
    assert _texts(after)[1][:3] == _texts(before)[1]


def _texts(content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    return rows


def test_what_cannot_be_opened_is_not_marked(tmp_path: Path) -> None:
    assert marked(b"PK\x03\x04 and no more", plan()) is None
    rows = f'<worksheet xmlns="{MAIN}"><sheetData>{headings()}</sheetData>'
    merged = f'{rows}<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells></worksheet>'
    part = {"xl/worksheets/sheet1.xml": HEAD + merged}
    assert marked(write(tmp_path / "a.xlsx", "", extra=part).read_bytes(), plan()) is None


def test_a_day_that_no_calendar_has_is_not_made_an_error() -> None:
    book = a_book()
    book["九月"]["C4"] = 99_999_999
    book["九月"]["C4"].number_format = "yyyy-mm-dd"
    assert marked(content_of(book), plan()) is None


def test_notes_are_no_more_than_a_program_can_show() -> None:
    book = a_book()
    rows: list[tuple[int, list[Told]]] = [(row, [(2, WRONG)]) for row in range(3, NOTES + 13)]
    for _ in rows:
        book["九月"].append(["丙厂", "未接地", "2022-13-05"])
    seen = marks(opened(marked(content_of(book), plan(page(*rows))))["九月"])
    assert len(seen) == NOTES + 10
    assert sum(note is not None for note in seen.values()) == NOTES


@pytest.mark.parametrize(
    ("headings", "places"), [(["检查时间"], ["C2"]), ([], ["A1"]), (["没有"], ["A1"])]
)
def test_a_refused_heading_is_marked_where_it_stands(
    headings: Sequence[str], places: list[str]
) -> None:
    said = Plan("错误说明", remark=Remark(None, list(headings), "甲"))
    sheet = opened(marked(content_of(a_book()), said))["九月"]
    assert marks(sheet) == dict.fromkeys(places, "甲")
    assert sheet.max_column == 3


# a workbook that is made of rows


def test_rows_become_a_workbook_with_every_cell_as_it_was() -> None:
    day = date(2022, 9, 5).toordinal()
    rows: list[tuple[int, list[Cell]]] = [(1, ["=甲", 1.5, day, True]), (3, ["00123", "", "", ""])]
    made = rebuild([Rows("一", *rows), Rows("二", (1, ["乙"]))], "送来", doubtful=set())
    assert made is not None
    assert (made.names, made.moved) == ({"一": "一", "二": "二"}, {("一", 3): 2})
    sheet = opened(made.content)["一"]
    assert [one.value for one in sheet[1]] == ["=甲", 1.5, datetime(2022, 9, 5), True]
    assert sheet["A1"].data_type == "s"
    assert sheet["A2"].value == "00123"


def test_a_sheet_without_a_name_is_named_after_its_file() -> None:
    made = rebuild([Rows(None, (1, ["甲"]))], "2022年9月[一]", doubtful=set())
    assert made is not None
    assert opened(made.content).sheetnames == ["2022年9月_一_"]
    moved = Plan("错误说明", [Page(None, 1, 1, None, [(7, [(0, "甲")], 1)])]).within(made)
    assert moved.pages[0].sheet == "2022年9月_一_"


def test_a_figure_that_is_doubtful_as_a_day_stays_one() -> None:
    made = rebuild([Rows(None, (1, ["2022.10", "2022.10", "10.1"]))], "a", doubtful={(None, 1, 0)})
    assert made is not None
    sheet = opened(made.content).active
    assert [one.value for one in sheet[1]] == [2022.1, "2022.10", "10.1"]
    assert sheet["A1"].number_format == "0.00"


def test_what_no_workbook_can_hold_stays_a_fault() -> None:
    made = rebuild([Rows(None, (1, ["半\ud800个", "长" * 40_000]))], "a", doubtful=set())
    assert made is not None
    sheet = opened(made.content).active
    assert sheet["A1"].value == "半�个"
    assert len(sheet["B1"].value) > 32_000


def test_what_is_no_day_and_no_number_of_a_workbook_is_a_text() -> None:
    long_ago = date(1850, 1, 1).toordinal()
    made = rebuild([Rows(None, (1, [long_ago, float("inf")]))], "a", doubtful=set())
    assert made is not None
    assert [one.value for one in opened(made.content).active[1]] == ["1850-01-01", "inf"]


def test_days_are_counted_as_they_were() -> None:
    made = rebuild([Rows(None, (1, [700_000, 41_000.0]))], "a", doubtful=set(), is_1904=True)
    assert made is not None
    book = opened(made.content)
    assert book.epoch.year == 1904
    assert [one.value for one in book.active[1]] == [datetime.fromordinal(700_000), 41_000]


def test_more_rows_than_are_read_are_not_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazardctl.render.rebuilding.ROWS", 2)
    rows: list[tuple[int, list[Cell]]] = [(row, ["甲"]) for row in range(1, 4)]
    assert rebuild([Rows(None, *rows)], "a", doubtful=set()) is None
