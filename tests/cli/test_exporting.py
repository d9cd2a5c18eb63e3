"""Handing out the ledger from the command line: whole, or in a superior's own form."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from hazardctl.domain.guard import MARKER
from hazardctl.domain.layout import LAYOUT, REPORTED_BY
from tests.cli.at_a_desk import Desk

STATES = ["registered", "assigned", "submitted", "closed", "void"]
HEADINGS = [
    "序号",
    "单位名称",
    "隐患描述",
    "排查时间",
    "整改时限",
    "是否整改",
    "是否销号",
    "是否逾期",
]


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """A ledger with hazards in several states, and a reporter."""
    for state in STATES:
        desk.in_state(state)
    desk.add("有人举报", "--reporter 张三 --source public-report --campaign 百日、行动")
    return desk


def a_form(desk: Desk, *headings: str, name: str = "form.xlsx") -> Path:
    """A superior's form."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["隐患整改情况汇总表"])
    sheet.append(list(headings) or HEADINGS)
    sheet.cell(4, 1, "填表人：")
    path = desk.folder / name
    book.save(path)
    return path


def told(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_name_of_the_file_says_the_format(ledger: Desk) -> None:
    for name in ("a.csv", "a.json", "a.jsonl", "a.ndjson", "a.xlsx", "A.JSON", "a.txt"):
        ledger.does(f"export -o {name}")
    folder = ledger.folder
    assert (folder / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,cycle,")
    assert (folder / "a.txt").read_bytes() == (folder / "a.csv").read_bytes()
    assert json.loads((folder / "a.json").read_text("utf-8"))[0]["number"] == "YH-2022-00001"
    assert (folder / "A.JSON").read_bytes() == (folder / "a.json").read_bytes()
    lines = (folder / "a.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["state"] for line in lines] == [*STATES, "registered"]
    assert (folder / "a.ndjson").read_bytes() == (folder / "a.jsonl").read_bytes()
    assert told(folder / "a.xlsx")[1][0] == "YH-2022-00001"


def test_a_format_that_is_asked_for_goes_before_the_name(ledger: Desk) -> None:
    ledger.does("export -f json -o a.csv")
    assert len(json.loads((ledger.folder / "a.csv").read_text("utf-8"))) == 6


@pytest.mark.parametrize("line", ["export -f table", "export -o a.docx", "export -f plain"])
def test_a_format_that_there_is_not_is_refused(ledger: Desk, line: str) -> None:
    refused = ledger(line)
    assert (refused.code, refused.out) == (2, "")
    assert "csv, json, ndjson, xlsx" in refused.err


def test_to_a_pipe_goes_csv_with_every_field_and_the_marker(ledger: Desk) -> None:
    heading, *rows = csv.reader(io.StringIO(ledger.does("export").out))
    assert heading == [*LAYOUT, MARKER]
    assert len(rows) == 6
    assert all(len(row) == len(heading) for row in rows)


def test_json_tells_what_a_hazard_is_in_plain_values(ledger: Desk) -> None:
    *_, reported = ledger.does("export -f json").json
    assert list(reported) == list(LAYOUT)
    assert reported["campaigns"] == ["百日、行动"]
    assert reported["was_submitted"] is False
    assert reported["cycle"] == 1
    assert reported["closed_on"] is None


def test_nothing_is_an_empty_answer(ledger: Desk) -> None:
    assert ledger.does("export --district 没有 -f json").out == "[]\n"
    assert ledger.does("export --district 没有 -f ndjson").out == ""
    assert len(ledger.does("export --district 没有").out.splitlines()) == 1
    ledger.does("export --district 没有 -o a.xlsx")
    assert len(told(ledger.folder / "a.xlsx")) == 1


def test_the_filters_and_the_day_are_those_of_a_list(ledger: Desk) -> None:
    for line in ("--state closed", "--open", "--as-of 2022-10-04", "--as-of 2022-10-05 --open"):
        exported = ledger.does(f"export -f json {line}").json
        listed = ledger.does(f"list -f json {line}").json
        assert [one["number"] for one in exported] == [one["number"] for one in listed]
        for one, other in zip(exported, listed, strict=True):
            assert one["state"] == other["state"]
            assert one["closed_on"] == other["closed_on"]


def test_who_reported_is_told_only_if_asked_for(ledger: Desk) -> None:
    for form in ("csv", "json", "ndjson"):
        assert "张三" not in ledger.does(f"export -f {form}").out
        out = ledger.does(f"export -f {form} --with-reporters").out
        assert "张三" in out
        assert REPORTED_BY in out
    ledger.does("export --with-reporters -o a.xlsx")
    assert any("张三" in row for row in told(ledger.folder / "a.xlsx"))
    assert "reporter" not in ledger.does("export -f json").json[0]


def test_a_workbook_is_in_the_words_of_the_reader(ledger: Desk) -> None:
    for language, state, heading in (
        ("zh", "待验收", "状态"),
        ("en", "awaiting verification", "State"),
    ):
        ledger.does(f"export -o a.xlsx --lang {language}")
        book = openpyxl.load_workbook(ledger.folder / "a.xlsx")
        sheet, aside = book.worksheets
        rows = told(ledger.folder / "a.xlsx")
        assert rows[3][rows[0].index(heading)] == state
        assert rows[0][-1] == MARKER
        assert sheet.column_dimensions[get_column_letter(len(rows[0]))].hidden
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        assert aside.sheet_state == "hidden"
        offered = {
            str(one.sqref).partition("2")[0] for one in sheet.data_validations.dataValidation
        }
        assert {"C", "D", "E"} <= offered  # state, severity, industry


def test_what_is_handed_out_is_taken_in_as_it_was(ledger: Desk) -> None:
    for name in ("a.csv", "a.json", "a.ndjson", "a.xlsx"):
        ledger.does(f"export -o {name}")
        told = ledger(f"import {name} --dry-run -f json").json
        assert (told["rows"], told["duplicates"], told["rejected"]) == (6, 6, 0)


def test_a_reading_command_makes_no_ledger(desk: Desk) -> None:
    refused = desk("export -o a.csv")
    assert refused.code == 6
    assert not (desk.folder / "a.csv").exists()
    assert not desk.ledger.exists()


def test_a_terminal_shows_text_and_no_workbook(ledger: Desk) -> None:
    assert "YH-2022-00001" in ledger.at_terminal("export").out
    refused = ledger.at_terminal("export -f xlsx")
    assert refused.code == 2
    assert "-o FILE" in refused.out


def test_a_folder_takes_the_file_under_a_name_of_its_own(ledger: Desk) -> None:
    (ledger.folder / "out").mkdir()
    ledger("export -o out --lang zh")
    assert (ledger.folder / "out" / "隐患台账.csv").is_file()


def test_a_form_is_filled_in_beside_itself(ledger: Desk) -> None:
    form = a_form(ledger)
    before = form.read_bytes()
    done = ledger(
        "export --template form.xlsx -o out.xlsx --state assigned --state closed --lang en"
    )
    assert (done.code, done.out, done.err) == (0, "", "")
    title, headings, first, second, footer = told(ledger.folder / "out.xlsx")
    assert headings == HEADINGS
    assert first[0:2] == [1, "某花炮厂"]
    assert first[3:] == [datetime(2022, 10, 1), datetime(2022, 10, 20), "否", "否", "否"]
    assert second[0] == 2
    assert second[5:] == ["是", "是", "否"]
    assert footer[0] == "填表人："
    assert title[0] == "隐患整改情况汇总表"
    assert form.read_bytes() == before


def test_what_a_form_asks_and_nobody_can_answer_is_told(ledger: Desk) -> None:
    a_form(ledger, *HEADINGS, "天气", "整改资金来源")
    done = ledger("export --template form.xlsx -o out.xlsx")
    assert done.code == 0
    assert "天气, 整改资金来源" in done.err
    assert all(row[8:] == [None, None] for row in told(ledger.folder / "out.xlsx")[2:])
    done = ledger("export --template form.xlsx -o out.xlsx --map 天气=remark --map 没有=remark")
    assert "天气" not in done.err
    assert "没有" in done.err


def test_a_deadline_asked_for_in_days_is_told_in_days(ledger: Desk) -> None:
    a_form(ledger, "隐患描述", "排查时间", "整改期限(天)")
    ledger("export --template form.xlsx -o out.xlsx --state assigned --state registered")
    days = [row[2] for row in told(ledger.folder / "out.xlsx")[2:-1]]
    assert days == [None, 19, None]


def test_a_heading_that_may_mean_two_things_is_asked_about(ledger: Desk) -> None:
    a_form(ledger, *HEADINGS, "整改时间")
    refused = ledger("export --template form.xlsx -o out.xlsx")
    assert refused.code == 5
    assert "--map" in refused.err
    assert not (ledger.folder / "out.xlsx").exists()
    line = "export --template form.xlsx -o out.xlsx --map 整改时间=rectified_on"
    assert ledger(line).code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 5),
        (b"PK\x03\x04 and nothing more", 5),
        ("隐患描述,单位名称\n".encode(), 5),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 5),
        (None, 5),
    ],
)
def test_what_is_no_form_is_refused(ledger: Desk, content: bytes | None, code: int) -> None:
    if content is not None:
        ledger.file("form.xlsx", content)
    refused = ledger("export --template form.xlsx -o out.xlsx")
    assert (refused.code, refused.out) == (code, "")
    assert "form.xlsx" in refused.err
    assert not (ledger.folder / "out.xlsx").exists()


def test_a_workbook_without_a_table_is_refused(ledger: Desk) -> None:
    a_form(ledger, "甲", "乙")
    assert ledger("export --template form.xlsx -o out.xlsx").code == 5


@pytest.mark.parametrize(
    "line",
    [
        "export --template form.xlsx",
        "export --template form.xlsx -o form.xlsx",
        "export --template form.xlsx -o ./form.xlsx",
        "export --template form.xlsx -o out.csv",
        "export --template form.xlsx -o out.xlsx -f csv",
        "export --template form.xlsx -o out.xlsx --map x=nothing",
        "export --map 天气=remark",
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(ledger: Desk, line: str) -> None:
    before = a_form(ledger).read_bytes()
    assert ledger(line).code == 2
    assert (ledger.folder / "form.xlsx").read_bytes() == before
    assert not (ledger.folder / "out.xlsx").exists()
