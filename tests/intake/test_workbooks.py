"""Workbooks, as they are and as they should not be."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from hazardctl.domain.hazard import Draft
from hazardctl.errors import FileRefused
from hazardctl.intake import package as looked_over
from hazardctl.intake.reading import Reading as Read
from hazardctl.intake.reading import read, stream
from hazardctl.intake.refusals import (
    Damaged,
    Encrypted,
    Harmful,
    NoDescriptionColumn,
    NoSuchSheet,
    NoTable,
    NotATable,
    TooLarge,
    TooManyColumns,
    TooManyRows,
)
from tests.intake.binary import write_xlsb
from tests.intake.packages import (
    HEAD,
    PACKAGE,
    RELATION,
    cell,
    headings,
    ods_row,
    write,
    write_ods,
)
from tests.intake.telling import CASES, codes, options, said

ROW = cell("A2", "甲厂") + cell("B2", "线路老化")
GOOD = headings() + f'<row r="2">{ROW}{cell("C2", "2022-10-05")}</row>'


def refusal(path: Path) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(path, options())
    assert refused.value.facts["file"] == path.name
    return refused.value


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "sent.csv", GOOD), options())
    assert (reading.format, reading.encoding, len(reading.drafts)) == ("xlsx", None, 1)
    text = tmp_path / "sent.xlsx"
    text.write_text("单位名称,隐患描述,检查时间\n甲,乙,2022-10-05\n", encoding="utf-8")
    assert read(text, options()).format == "csv"


@pytest.mark.parametrize("place", ["XFD1048576", "A999999999"])
def test_a_cell_at_the_end_of_the_world_kills_only_the_child(tmp_path: Path, place: str) -> None:
    number = place.lstrip("XFDA")
    path = write(tmp_path / "far.xlsx", GOOD + f'<row r="{number}">{cell(place, "x")}</row>')
    assert isinstance(refusal(path), Damaged)


MERGED = "".join(f'<mergeCell ref="A{2 + n}:C90000"/>' for n in range(100))


def test_merged_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    rows = GOOD + f'<row r="90000">{cell("A90000", "x")}</row>'
    path = write(tmp_path / "merged.xlsx", rows, after=f"<mergeCells>{MERGED}</mergeCells>")
    assert refusal(path).facts["reason"] == "merged"


def test_a_cell_longer_than_any_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    noise = os.urandom(1 << 19).hex()  # twice as many characters, and no less when packed
    path = write(tmp_path / "long.xlsx", GOOD + f'<row r="3">{cell("B3", noise)}</row>')
    assert refusal(path).facts["reason"] == "cell"


@pytest.mark.parametrize("target", ["../../../../etc/passwd", "/etc/passwd", "http://a.test/x"])
def test_a_part_that_lies_elsewhere_is_not_fetched(tmp_path: Path, target: str) -> None:
    relations = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATION}/worksheet" TargetMode="External" Target="{target}"/></Relationships>'
    )
    path = write(tmp_path / "out.xlsx", GOOD, extra={"xl/_rels/workbook.xml.rels": relations})
    assert isinstance(refusal(path), Damaged)


def test_a_binary_workbook_is_read_and_says_what_it_cannot_tell(tmp_path: Path) -> None:
    rows: list[list[str | float | None]] = [
        ["单位名称", "隐患描述", "检查时间", "整改期限(天)"],
        ["甲厂", "线路老化", 44839.0, 7.0],
        ["乙厂", "灯具不防爆", 20221005.0, None],
    ]
    reading = read(write_xlsb(tmp_path / "sent.xlsb", rows), options())
    assert (reading.format, codes(reading)) == ("xlsb", [])
    assert [draft.hazard.due_on for draft in reading.drafts] == [date(2022, 10, 12), None]
    assert "errors-unseen" in said(reading)


def test_a_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = headings() + f'<row r="2">{cell("A2", "x" * (4 << 20))}</row>'
    assert isinstance(refusal(write(tmp_path / "bomb.xlsx", rows)), Harmful)
    noise = os.urandom(2 << 20).hex()
    large = write(tmp_path / "large.xlsx", GOOD, extra={"xl/media/image1.png": noise})
    monkeypatch.setattr(looked_over, "ENTRY", 3)
    assert isinstance(refusal(large), TooLarge)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    prolog = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    path = write(tmp_path / "laughs.xlsx", GOOD, prolog=prolog)
    assert refusal(path).facts["reason"] == "doctype"


def test_what_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.xlsx", GOOD).read_bytes()
    for name, content in {
        "cut.xlsx": whole[:900],
        "noise.xlsx": b"PK\x03\x04" + bytes(range(256)) * 9,
        "noise.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 9,
    }.items():
        (tmp_path / name).write_bytes(content)
        assert isinstance(refusal(tmp_path / name), Damaged)


def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    content = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    path.write_bytes(content + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert isinstance(refusal(path), Encrypted)
    rows = ods_row("单位名称", "隐患描述", "检查时间")
    locked = write_ods(tmp_path / "secret.ods", rows, entry="<manifest:encryption-data/>")
    assert isinstance(refusal(locked), Encrypted)


def test_other_files_are_no_tables(tmp_path: Path) -> None:
    for name, part in {"paper.docx": "word/document.xml", "photos.zip": "photo.jpg"}.items():
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(part, "x")
        assert isinstance(refusal(tmp_path / name), NotATable)
    page = tmp_path / "page.xls"
    page.write_text("<html><table><tr><td>隐患描述</td></tr></table></html>", encoding="utf-8")
    assert isinstance(refusal(page), NotATable)


def test_cells_merged_down_to_the_last_row_count_in_it_too(tmp_path: Path) -> None:
    rows = GOOD + f'<row r="3">{cell("B3", "通道堵塞")}</row>'
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:C3"/></mergeCells>'
    reading = read(write(tmp_path / "merged.xlsx", rows, after=merged), options())
    assert not reading.problems
    assert {(d.hazard.enterprise, str(d.hazard.found_on)) for d in reading.drafts} == {
        ("甲厂", "2022-10-05")
    }
    assert len(reading.drafts) == 2


def test_cells_merged_down_count_in_each_row_of_an_open_document_too(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def text(said: str, down: int = 1) -> str:
        span = f' table:number-columns-spanned="1" table:number-rows-spanned="{down}"'
        kind = f'office:value-type="string"{span if down > 1 else ""}'
        return f"<table:table-cell {kind}><text:p>{said}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    rows = blank + row(*map(text, ["单位名称", "隐患描述", "检查时间"]))
    rows += row(text("甲厂", 3), text("线路老化"), text("2022-10-05", 2))
    rows += row(covered, text("通道堵塞"), covered)
    rows += row(covered, text("灯坏"), text("2022-10-06"))
    reading = read(write_ods(tmp_path / "merged.ods", rows), options())
    assert not reading.problems
    assert [(d.row, d.hazard.enterprise, str(d.hazard.found_on)) for d in reading.drafts] == [
        (4, "甲厂", "2022-10-05"),
        (5, "甲厂", "2022-10-05"),
        (6, "甲厂", "2022-10-06"),
    ]
    assert "merged-down" in {notice.code for notice in reading.warnings}


def test_too_many_rows_or_columns_are_refused_not_cut(tmp_path: Path) -> None:
    rows = headings() + f'<row r="100001">{cell("A100001", "x")}</row>'
    long = refusal(write(tmp_path / "long.xlsx", rows))
    assert isinstance(long, TooManyRows)
    assert long.facts["found"] == 100_001
    rows = headings() + f'<row r="2">{cell("ZZ2", "x")}</row>'
    assert isinstance(refusal(write(tmp_path / "wide.xlsx", rows)), TooManyColumns)


def test_a_dimension_that_lies_hides_nothing(tmp_path: Path) -> None:
    texts = {"A": "甲厂", "B": "线路老化", "C": "2022-10-05"}
    rows = "".join(
        f'<row r="{n}">{"".join(cell(f"{at}{n}", text) for at, text in texts.items())}</row>'
        for n in range(2, 502)
    )
    path = write(tmp_path / "sent.xlsx", headings() + rows, before='<dimension ref="A1"/>')
    assert len(read(path, options()).drafts) == 500


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ('<c r="C2" t="e"><f>1/0</f><v>#REF!</v></c>', "error-cell"),
        ('<c r="C2" t="e"><v>#N/A</v></c>', "error-cell"),
        ('<c r="C2"><f>A1+7</f></c>', "formula-without-value"),
        ('<c r="C2"><f>A1+7</f><v/></c>', "formula-without-value"),
        ('<c r="C2"><f>A1+7</f><v></v></c>', "formula-without-value"),
        ('<c r="C2"><f t="shared" si="0"/></c>', "formula-without-value"),
    ],
)
def test_a_cell_that_would_look_empty_is_a_fault(tmp_path: Path, place: str, code: str) -> None:
    path = write(tmp_path / "sent.xlsx", headings() + f'<row r="2">{ROW}{place}</row>')
    reading = read(path, options())
    assert codes(reading) == [code]
    assert (reading.problems[0].row, reading.problems[0].column) == (2, "检查时间")


def test_a_formula_with_its_value_is_the_value(tmp_path: Path) -> None:
    place = '<c r="C2" t="str"><f>"2022-10-05"</f><v>2022-10-05</v></c>'
    path = write(tmp_path / "sent.xlsx", headings() + f'<row r="2">{ROW}{place}</row>')
    assert read(path, options()).drafts[0].hazard.found_on == date(2022, 10, 5)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("44839", None),
        ("20221005", None),
        ("60000", "far-day"),
        ("4483", "far-day"),
        ("44839.354", None),
        ("10.1", "ambiguous"),
        ("2022.1", "not-a-day"),
        ("7", "not-a-day"),
    ],
)
def test_a_number_may_be_a_day(tmp_path: Path, number: str, code: str | None) -> None:
    place = f'<c r="C2"><v>{number}</v></c>'
    path = write(tmp_path / "sent.xlsx", headings() + f'<row r="2">{ROW}{place}</row>')
    reading = read(path, options(year=2022))
    assert codes(reading) == ([code] if code else [])
    assert [draft.hazard.found_on for draft in reading.drafts] == [date(2022, 10, 5)] * (not code)


def test_days_counted_from_1904_are_not_guessed(tmp_path: Path) -> None:
    place = '<c r="C2"><v>44839</v></c>'
    rows = headings() + f'<row r="2">{ROW}{place}</row>'
    path = write(tmp_path / "mac.xlsx", rows, workbook='<workbookPr date1904="1"/>')
    reading = read(path, options())
    assert codes(reading) == ["not-a-day"]
    assert "dates-from-1904" in said(reading)


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "low.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, text in enumerate(["单位名称", "隐患描述", "检查时间"]):
            sheet.write_string(6, at + 3, text)
        for at, text in enumerate(["甲厂", "线路老化", "2022.2.30"]):
            sheet.write_string(9, at + 3, text)
    assert [problem.row for problem in read(path, options()).problems] == [10]


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("封面")
        sheet = book.add_worksheet("隐藏")
        for row, texts in enumerate(
            [["单位名称", "隐患描述", "检查时间"], ["甲", "乙", "2022-10-05"]]
        ):
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.hide()
    reading = read(path, options())
    assert len(reading.drafts) == 1
    assert {"hidden-sheet", "hidden-rows"} <= said(reading).keys()
    assert [sheet.heading_row for sheet in reading.sheets] == [None, 1]


def test_one_sheet_can_be_asked_for(tmp_path: Path) -> None:
    path = CASES / "several-sheets.xlsx"
    reading = read(path, options(sheet="2022年9月"))
    assert [sheet.name for sheet in reading.sheets] == ["2022年9月"]
    with pytest.raises(NoSuchSheet) as refused:
        read(path, options(sheet="8月"))
    assert refused.value.facts["sheets"] == ["封面", "2022年9月", "2022年10月", "字典"]


def test_a_workbook_without_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    assert isinstance(refusal(write(path, f'<row r="1">{cell("A1", "封面")}</row>')), NoTable)
    rows = f'<row r="1">{cell("A1", "单位名称")}{cell("B1", "检查时间")}</row>'
    refused = refusal(write(path, rows))
    assert isinstance(refused, NoDescriptionColumn)
    assert refused.facts["headings"] == ["单位名称", "检查时间"]


def test_an_open_document_is_read_and_says_what_it_cannot_tell(tmp_path: Path) -> None:
    rows = ods_row("单位名称", "隐患描述", "检查时间") + ods_row("甲厂", "线路老化", "2022-10-05")
    reading = read(write_ods(tmp_path / "sent.ods", rows), options())
    assert (reading.format, len(reading.drafts)) == ("ods", 1)
    assert "errors-unseen" in said(reading)


def test_a_file_that_is_read_in_part_gives_no_reading(tmp_path: Path) -> None:
    reading = Read("sent.xlsx")
    drafts = stream(write(tmp_path / "sent.xlsx", GOOD), options(), reading)
    first = next(drafts)
    assert isinstance(first, Draft)
    assert first.hazard.enterprise == "甲厂"
    drafts.close()  # type: ignore[attr-defined]  # a generator
    assert reading.rows == 0


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.xlsx").code() == "cannot-open"
    assert refusal(tmp_path).facts["reason"] == "folder"
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(tmp_path / "pipe.csv").facts["reason"] == "not-a-regular-file"
    (tmp_path / "empty.xlsx").touch()
    assert refusal(tmp_path / "empty.xlsx").facts["format"] == "empty"
