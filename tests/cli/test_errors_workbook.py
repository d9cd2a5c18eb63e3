"""`import --errors`: senders get their own workbook back, correct it, and send it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.errors import FileRefused
from hazardctl.intake.reading import Reading, opened, read
from hazardctl.render.marking import RED
from hazardctl.render.rebuilding import rebuild
from tests.cli.at_a_desk import Desk, Done
from tests.intake.packages import HEAD, MAIN, cell, headings, ods_row, write, write_ods
from tests.intake.telling import asked, case_files

HEADINGS = ("单位名称", "隐患描述", "排查时间", "状态")
ROWS = (
    ("甲厂", "灭火器过期", "2022-09-05", "整改中"),
    (None, "通道堵塞", "2022-13-05", "未整改"),
    ("丙厂", "线路老化", "2022-09-07", "天知道"),
)
WRONG = {
    "A4": "The row names no enterprise. Write it, or give --enterprise NAME.",
    "C4": "“2022-13-05”: there is no such day. Write the right one.",
    "D5": "“天知道” is no state that is known. Write one such as 未整改, 整改中, 已整改, "
    "验收合格 or 已销号.",
}
DOUBTFUL = "ambiguous"
# Faults that a workbook of the rows cannot have: its rows have their cells, and all have a value.
NOT_OF_ROWS = {"error-cell", "formula-without-value", "too-few-cells", "too-many-cells"}
CORRECT = {"A4": "乙厂", "C4": "2022-09-06", "D5": "未整改"}


def a_workbook(desk: Desk, name: str = "九月.xlsx") -> Path:
    """A workbook with a title over its table, and another sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    sheet["A1"] = "隐患排查台账"
    sheet.merge_cells("A1:D1")
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    sheet.column_dimensions["B"].width = 33
    sheet["F9"] = "=1+1"
    book.create_sheet("说明")["A1"] = "填表说明"
    book.save(desk.folder / name)
    return desk.folder / name


def sheet_of(path: Path, name: str | None = None) -> Any:
    book = openpyxl.load_workbook(path)
    return book[name] if name else book.worksheets[0]


def marks(sheet: Any) -> dict[str, str | None]:
    """The red cells, each with its note."""
    return {
        one.coordinate: one.comment.text if one.comment else None
        for row in sheet.iter_rows()
        for one in row
        if one.fill.fgColor.rgb == RED
    }


def correct(path: Path, cells: Mapping[str, str | None]) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(path)


def counts(done: Done) -> dict[str, int]:
    names = ("rows", "imported", "duplicates", "rejected", "skipped")
    return {name: done.json[name] for name in names if done.json[name]}


def test_a_workbook_comes_back_with_its_faults_marked(desk: Desk) -> None:
    sent = a_workbook(desk).read_bytes()
    told = desk("import 九月.xlsx --errors out.xlsx -f json", by="甲")
    assert (told.code, told.err) == (5, "Faults of 九月.xlsx: out.xlsx\n")
    sheet = sheet_of(desk.folder / "out.xlsx")
    assert marks(sheet) == WRONG
    assert sheet["E2"].value == "Faults"
    assert sheet["E4"].value.split("\n") == [WRONG["C4"], WRONG["A4"]]
    assert [sheet["E3"].value, sheet["E5"].value] == [None, WRONG["D5"]]
    assert {*sheet["E4"].value.split("\n"), sheet["E5"].value} == {
        one["message"] for one in told.json["files"][0]["problems"]
    }
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    assert (sheet.column_dimensions["B"].width, sheet["F9"].value) == (33, "=1+1")
    assert sheet_of(desk.folder / "out.xlsx", "说明")["A1"].value == "填表说明"
    assert (desk.folder / "九月.xlsx").read_bytes() == sent


def test_it_comes_back_in_chinese(desk: Desk) -> None:
    a_workbook(desk)
    told = desk("import 九月.xlsx --errors out.xlsx --lang zh --dry-run -f json")
    assert told.err == "九月.xlsx 的问题已标注：out.xlsx\n"
    sheet = sheet_of(desk.folder / "out.xlsx")
    assert sheet["E2"].value == "错误说明"
    assert sheet["E5"].value.startswith("“天知道”不是已知的状态。")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_corrected_it_comes_in_and_what_was_there_is_known(desk: Desk, language: str) -> None:
    a_workbook(desk)
    line = f"import 九月.xlsx --partial --errors out.xlsx --lang {language} -f json"
    assert counts(desk(line, by="甲")) == {"rows": 3, "imported": 1, "rejected": 2}
    correct(desk.folder / "out.xlsx", CORRECT)
    again = desk("import out.xlsx -f json", by="甲")
    assert again.code == 0
    assert counts(again) == {"rows": 3, "imported": 2, "duplicates": 1}
    (told,) = again.json["files"]
    assert (list(told["mapping"]), told["unmapped_columns"]) == (list(HEADINGS), [])
    (event,) = desk.show("2")["events"]
    assert event["facts"]["raw"] == dict(
        zip(HEADINGS, ("乙厂", "通道堵塞", "2022-09-06", "未整改"), strict=True)
    )


def test_with_faults_left_its_column_is_written_anew(desk: Desk) -> None:
    a_workbook(desk)
    desk("import 九月.xlsx --errors out.xlsx --dry-run")
    correct(desk.folder / "out.xlsx", {"A4": "乙厂", "C4": "2022-09-06", "D3": "不知道"})
    told = desk("import out.xlsx --errors again.xlsx --lang zh --dry-run -f json")
    assert counts(told) == {"rows": 3, "rejected": 2}
    sheet = sheet_of(desk.folder / "again.xlsx")
    assert set(marks(sheet)) == {"D3", "D5"}
    assert [sheet.cell(row, 5).value is None for row in range(2, 6)] == [False, False, True, False]
    assert sheet["E2"].value == "错误说明"
    assert [one.value for one in sheet[2]].count(None) == sheet.max_column - 5


def test_a_row_that_was_emptied_is_no_row(desk: Desk) -> None:
    a_workbook(desk)
    desk("import 九月.xlsx --errors out.xlsx --dry-run")
    emptied = {f"{column}{row}": None for row in (4, 5) for column in "ABCD"}
    correct(desk.folder / "out.xlsx", emptied)
    again = desk("import out.xlsx -f json", by="甲")
    assert (again.code, counts(again)) == (0, {"rows": 1, "imported": 1})


def test_without_faults_nothing_is_written(desk: Desk) -> None:
    correct(a_workbook(desk), CORRECT)
    told = desk("import 九月.xlsx --errors out.xlsx -f json", by="甲")
    assert (told.code, told.err) == (0, "")
    assert not (desk.folder / "out.xlsx").exists()


def test_a_text_file_comes_back_as_a_workbook(desk: Desk) -> None:
    lines = [",".join(HEADINGS), '甲厂,"两行的\n描述",9月5日,整改中', "=乙厂,通道堵塞,9月31日,"]
    desk.file("2022年9月.csv", "\n".join(lines).encode("gb18030"))
    told = desk("import 2022年9月.csv --errors out.xlsx --partial -f json", by="甲")
    assert counts(told) == {"rows": 2, "imported": 1, "rejected": 1}
    sheet = sheet_of(desk.folder / "out.xlsx")
    assert sheet.title == "2022年9月"  # which says the year when the copy is sent
    assert set(marks(sheet)) == {"C3"}
    assert [one.value for one in sheet[3]][:3] == ["=乙厂", "通道堵塞", "9月31日"]
    assert sheet["A3"].data_type == "s"
    correct(desk.folder / "out.xlsx", {"C3": "9月30日", "A3": "乙厂"})
    again = desk("import out.xlsx -f json", by="甲")
    assert (again.code, counts(again)) == (0, {"rows": 2, "imported": 1, "duplicates": 1})


def test_what_is_doubtful_in_a_text_file_is_no_less_so_in_its_copy(desk: Desk) -> None:
    desk.file("a.csv", "单位名称,隐患描述,排查时间\n甲厂,未接地,10.1\n")
    desk("import a.csv --errors out.xlsx --dry-run")
    again = desk("import out.xlsx --dry-run -f json")
    (problem,) = again.json["files"][0]["problems"]
    assert (problem["code"], problem["found"]) == ("ambiguous", "10.1")


def test_lines_of_json_come_back_as_a_table(desk: Desk) -> None:
    record = {"单位名称": "甲厂", "隐患描述": "未接地", "排查时间": "2022-13-05"}
    desk.file("a.jsonl", json.dumps(record))
    desk("import a.jsonl --errors out.xlsx --dry-run")
    assert set(marks(sheet_of(desk.folder / "out.xlsx"))) == {"C2"}


def test_an_ods_file_comes_back_as_a_workbook(desk: Desk) -> None:
    rows = ods_row("隐患排查台账") + ods_row(*HEADINGS) + ods_row("甲厂", "未接地", "9月", "")
    write_ods(desk.folder / "a.ods", rows)
    desk("import a.ods --errors out.xlsx --dry-run")
    sheet = sheet_of(desk.folder / "out.xlsx", "S")
    assert (sheet["A1"].value, set(marks(sheet))) == ("隐患排查台账", {"C3"})


def test_a_workbook_that_would_take_all_memory_comes_back_plain(desk: Desk) -> None:
    rows = headings() + f'<row r="2">{cell("A2", "甲厂")}{cell("B2", "未接地")}</row>'
    part = (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        '<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells></worksheet>'
    )
    write(desk.folder / "a.xlsx", "", extra={"xl/worksheets/sheet1.xml": part})
    desk("import a.xlsx --errors out.xlsx --dry-run")
    assert set(marks(sheet_of(desk.folder / "out.xlsx"))) == {"C2"}


def test_what_a_copy_does_not_hold_is_said(desk: Desk) -> None:
    rows = headings() + f'<row r="2">{cell("A2", "甲厂")}{cell("B2", "未接地")}</row>'
    write(desk.folder / "a.xlsx", rows, extra={"xl/media/image1.png": "照片"})
    told = desk("import a.xlsx --errors out.xlsx --dry-run -f json")
    assert told.err.splitlines() == [
        "a.xlsx: its pictures, controls or macros are not in the marked copy.",
        "Faults of a.xlsx: out.xlsx",
    ]


def test_a_file_refused_for_its_headings_comes_back_with_them_marked(desk: Desk) -> None:
    desk.file("a.csv", "单位名称,隐患描述,排查时间,整改时间\n甲厂,未接地,2022-09-05,\n")
    told = desk("import a.csv --errors out.xlsx --dry-run -f json")
    (problem,) = told.json["files"][0]["problems"]
    assert problem["code"] == "ambiguous-heading"
    assert marks(sheet_of(desk.folder / "out.xlsx")) == {"D1": problem["message"]}
    correct(desk.folder / "out.xlsx", {"D1": "整改期限"})
    assert desk("import out.xlsx -f json", by="甲").code == 0


def test_a_file_that_could_not_be_read_does_not_come_back(desk: Desk) -> None:
    desk.file("a.xlsx", b"PK\x03\x04 and no more")
    told = desk("import a.xlsx --errors out.xlsx -f json", by="甲")
    assert told.code == 5
    assert told.err.startswith("a.xlsx: no copy with the faults marked could be made")
    assert not (desk.folder / "out.xlsx").exists()


def test_a_folder_takes_a_copy_of_each_file(desk: Desk) -> None:
    a_workbook(desk)
    desk.file("b.csv", "单位名称,隐患描述,排查时间\n甲厂,未接地,何时\n")
    desk.file("good.csv", "单位名称,隐患描述,排查时间\n甲厂,未接地,2022-09-05\n")
    (desk.folder / "back").mkdir()
    kept = desk.file("back/b.faults.xlsx", "别人的")
    told = desk("import 九月.xlsx b.csv good.csv --errors back --dry-run -f json")
    assert told.err.splitlines() == [
        "Faults of 九月.xlsx: back/九月.faults.xlsx",
        "Faults of b.csv: back/b.faults (2).xlsx",
    ]
    assert kept.read_text() == "别人的"
    assert len(list((desk.folder / "back").iterdir())) == 3
    again = desk("import back/九月.faults.xlsx --errors back --dry-run -f json")
    assert again.err == "Faults of 九月.faults.xlsx: back/九月.faults (2).xlsx\n"


@pytest.mark.parametrize(
    ("line", "code", "language", "said"),
    [
        ("九月.xlsx --errors out.csv", "workbook-needed", "en", "ends in .xlsx"),
        ("九月.xlsx --errors out.csv", "workbook-needed", "zh", "用 .xlsx 结尾"),
        ("九月.xlsx b.csv --errors out.xlsx", "folder-for-several", "en", "need a folder"),
        ("九月.xlsx b.csv --errors out.xlsx", "folder-for-several", "zh", "文件夹"),
        ("九月.xlsx --errors ./九月.xlsx", "over-itself", "en", "Give another name"),
        ("九月.xlsx --errors ./九月.xlsx", "over-itself", "zh", "请另取名字"),
        ("九月.xlsx --errors a.xlsx -o a.xlsx", "over-itself", "en", "Give another name"),
        ("九月.xlsx --errors evidence/out.xlsx", "cannot-write", "en", "part of the ledger"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_before_anything_is_read(
    desk: Desk, line: str, code: str, language: str, said: str
) -> None:
    a_workbook(desk)
    desk.file("b.csv", "")
    before = desk.kept()
    refused = desk(f"import {line} --lang {language} -f json", by="甲")
    assert refused.code == 2
    assert refused.error["code"] == code
    assert said in refused.error["message"]
    assert desk.kept() == before


def test_a_copy_that_cannot_be_written_is_told_with_what_was_saved(desk: Desk) -> None:
    a_workbook(desk)
    line = "import 九月.xlsx --errors nowhere/out.xlsx -f json"
    refused = desk(line, by="甲")
    assert (refused.code, refused.error["code"]) == (2, "cannot-write")
    unsaid = desk(f"{line} --partial", by="甲")
    assert (unsaid.code, unsaid.error["code"]) == (8, "saved-unsaid")
    assert len(desk.does("list -f json").json) == 1


def test_thirty_thousand_rows_come_back(desk: Desk) -> None:
    rows = [
        f"第{at}厂,第{at}处隐患,{'2022-13-05' if at % 3 else '2022-09-05'}" for at in range(30_000)
    ]
    desk.file("a.csv", "\n".join(["单位名称,隐患描述,排查时间", *rows]))
    assert desk("import a.csv --errors out.xlsx --dry-run -f json").code == 5
    again = read(desk.folder / "out.xlsx", asked(desk.folder / "out.xlsx"))
    assert (again.rows, again.rejected) == (30_000, 20_000)


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.name)
def test_a_workbook_made_of_rows_says_what_they_said(path: Path, tmp_path: Path) -> None:
    """What is rebuilt is read as it was, whatever the file was: faults, hazards, and all."""
    options = asked(path)
    try:
        before = read(path, options)
    except FileRefused:
        return
    if {one.code for one in before.problems} & NOT_OF_ROWS:
        return
    doubtful = {(one.sheet, one.row, one.index) for one in before.problems if one.code == DOUBTFUL}
    with opened(path, options) as book:
        is_1904 = "dates-from-1904" in book.facts
        made = rebuild(book.grids, path.stem, doubtful=doubtful, is_1904=is_1904)
    assert made is not None
    copy = tmp_path / f"{path.stem}.xlsx"
    copy.write_bytes(made.content)
    assert said(read(copy, options)) == said(before)


def said(reading: Reading) -> list[Any]:
    """What was read, but for where it stood; characters that are none are lost ones then."""
    lost = ("surrogate", "noncharacter")
    return [
        [draft.hazard for draft in reading.drafts],
        ["replacement-character" if one.code in lost else one.code for one in reading.problems],
    ]
