"""A form that is filled in: what is theirs stays theirs, what is ours stands in its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from hazardctl.domain.form import Form
from hazardctl.errors import CannotExport, UnusableTemplate
from hazardctl.render.filling import filled, has_pictures

HEADINGS = ["序号", "隐患描述", "排查时间", "整改时限", "整改资金", "备注"]
FIELDS = {1: "seq_no", 2: "description", 3: "found_on", 4: "due_on", 6: "remark"}
FORM = Form("附件1", 3, dict(enumerate(HEADINGS, start=1)), FIELDS)
THIN = Side("thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def a_form(*, rows: int = 3) -> Workbook:
    """A form with a title, a line above its headings, some rows, a sum and two footers."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "附件1"
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "隐患整改情况汇总表"
    sheet.append(["填报单位："])
    sheet.append(HEADINGS)
    for row in range(4, 4 + rows):
        sheet.row_dimensions[row].height = 40
        for column in range(1, 7):
            sheet.cell(row, column).border = BOX
            sheet.cell(row, column).font = Font(name="仿宋")
        sheet.cell(row, 1, row - 3)
        sheet.cell(row, 3).number_format = "m月d日"
    below = 4 + rows
    sheet.cell(below, 1, "合计")
    sheet.cell(below, 5, f"=SUM(E4:E{below - 1})")
    sheet.cell(below + 1, 1, "填表人：")
    sheet.merge_cells(start_row=below + 1, end_row=below + 1, start_column=1, end_column=3)
    sheet.row_dimensions[below + 1].height = 33
    sheet.cell(below + 2, 1, f"=E{below}")
    if rows:
        follow(sheet, below - 1)
    sheet.print_area = f"A1:F{below + 2}"
    book.create_sheet("说明")["A1"] = "按月报送"
    return book


def follow(sheet: Any, last: int) -> None:
    """A list to choose from and a colour for the rows of the form."""
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add(f"F4:F{last}")
    sheet.add_data_validation(choice)
    red = Rule(type="cellIs", operator="equal", formula=['"x"'])
    sheet.conditional_formatting.add(f"F4:F{last}", red)


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def some(count: int, **more: Any) -> list[dict[int, Any]]:
    """So many rows for the form."""
    return [
        {1: at, 2: f"第{at}处", 3: date(2022, 10, at), 4: date(2022, 11, at), 6: more.get("remark")}
        for at in range(1, count + 1)
    ]


def sheet_of(book: Workbook, rows: Sequence[Mapping[int, Any]], form: Form = FORM) -> Any:
    """The form's sheet after it was filled in."""
    return load_workbook(BytesIO(filled(saved(book), form, rows, file="f.xlsx")))[form.sheet]


def told(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]][:6]


def test_rows_stand_below_the_headings_and_look_like_the_first() -> None:
    sheet = sheet_of(a_form(), some(2, remark="x"))
    assert told(sheet, 4) == [1, "第1处", datetime(2022, 10, 1), datetime(2022, 11, 1), None, "x"]
    assert told(sheet, 5)[:2] == [2, "第2处"]
    for row in (4, 5):
        assert sheet.cell(row, 2).border.left.style == "thin"
        assert sheet.cell(row, 2).font.name == "仿宋"
        assert sheet.row_dimensions[row].height == 40
    assert (sheet["C4"].number_format, sheet["D4"].number_format) == ("m月d日", "yyyy-mm-dd")
    assert told(sheet, 1)[0] == "隐患整改情况汇总表"
    assert "A1:F1" in map(str, sheet.merged_cells.ranges)


def test_numbers_that_nobody_filled_in_are_taken_out() -> None:
    sheet = sheet_of(a_form(), some(1))
    assert [told(sheet, row)[0] for row in (4, 5, 6, 7)] == [1, None, None, "合计"]
    assert [told(sheet_of(a_form(), []), row)[0] for row in (4, 7)] == [None, "合计"]


def test_what_stands_below_moves_down_when_there_is_no_room() -> None:
    sheet = sheet_of(a_form(), some(7))
    assert [told(sheet, row)[0] for row in range(4, 13)] == [*range(1, 8), "合计", "填表人："]
    assert "A12:C12" in map(str, sheet.merged_cells.ranges)
    assert "A8:C8" not in map(str, sheet.merged_cells.ranges)
    assert sheet.row_dimensions[12].height == 33
    assert all(sheet.row_dimensions[row].height == 40 for row in range(4, 11))
    assert sheet["E11"].value == "=SUM(E4:E10)"
    assert sheet["A13"].value == "=E11"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F4:F10"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["F4:F10"]
    assert sheet.print_area.replace("$", "").endswith("A1:F13")


def test_nothing_moves_when_there_is_room() -> None:
    sheet = sheet_of(a_form(rows=9), some(7))
    assert told(sheet, 13)[0] == "合计"
    assert sheet["E13"].value == "=SUM(E4:E12)"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F4:F12"]


def test_a_form_without_a_blank_row_is_filled_too() -> None:
    book = a_form(rows=0)
    sheet = sheet_of(book, some(2))
    assert [told(sheet, row)[0] for row in range(3, 7)] == ["序号", 1, 2, "合计"]


def test_cells_that_are_merged_across_stay_so_and_those_merged_down_are_taken_apart() -> None:
    book = a_form()
    sheet: Any = book["附件1"]
    sheet.merge_cells("D4:E4")
    sheet.merge_cells("F4:F6")
    sheet = sheet_of(book, some(3, remark="x"))
    ranges = set(map(str, sheet.merged_cells.ranges))
    assert {"D4:E4", "D5:E5", "D6:E6"} <= ranges
    assert not any(area.startswith("F") for area in ranges)
    assert [told(sheet, row)[5] for row in (4, 5, 6)] == ["x"] * 3


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "@x", "#N/A", "_x0041_", "'=1", "a\nb", " x ", "1e5"]
)
def test_text_stays_text(text: str) -> None:
    content = filled(saved(a_form()), FORM, some(1, remark=text), file="f.xlsx")
    cell = load_workbook(BytesIO(content), rich_text=False)["附件1"]["F4"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x005F_", "_") == text


def test_the_other_sheets_are_as_they_were() -> None:
    content = filled(saved(a_form()), FORM, some(7), file="f.xlsx")
    assert load_workbook(BytesIO(content))["说明"]["A1"].value == "按月报送"


def test_what_other_sheets_and_names_say_of_the_table_follows() -> None:
    book = a_form()
    told_of: Any = book["说明"]
    told_of["A2"], told_of["A3"] = "=附件1!E7+E7", "=SUM('附件1'!E4:E6,说明!E4:E6)"
    book["附件1"]["F20"] = "=附件1!E7"
    book.defined_names["总数"] = DefinedName("总数", attr_text="附件1!$E$7")
    filled_in = load_workbook(BytesIO(filled(saved(book), FORM, some(7), file="f.xlsx")))
    assert filled_in["说明"]["A2"].value == "=附件1!E11+E7"
    assert filled_in["说明"]["A3"].value == "=SUM('附件1'!E4:E10,说明!E4:E6)"
    assert filled_in["附件1"]["F24"].value == "=附件1!E11"
    assert filled_in.defined_names["总数"].attr_text == "附件1!$E$11"


@pytest.mark.parametrize(("text", "reason"), [("x" * 40_000, "too-long"), ("a\x07", "not-xml")])
def test_what_a_workbook_cannot_hold_is_refused_by_its_row(text: str, reason: str) -> None:
    with pytest.raises(CannotExport) as refused:
        filled(saved(a_form()), FORM, [*some(1), {6: text}], file="f.xlsx")
    facts = refused.value.facts
    assert (facts["row"], facts["column"], facts["reason"]) == (5, "备注", reason)


def test_a_workbook_that_cannot_be_opened_is_refused() -> None:
    with pytest.raises(UnusableTemplate):
        filled(saved(a_form())[:-200], FORM, [], file="f.xlsx")


def test_pictures_are_noticed() -> None:
    assert not has_pictures(saved(a_form()))


def test_the_printed_area_follows_whatever_the_sheet_is_called() -> None:
    book = a_form()
    book["附件1"].title = "附件1,甲!"
    sheet = sheet_of(book, some(7), replace(FORM, sheet="附件1,甲!"))
    assert sheet.print_area.replace("$", "").endswith("A1:F13")
