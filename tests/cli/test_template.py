"""The empty workbook for senders: it says what it wants, and what was filled in comes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.intake.headings import headings_of
from hazardctl.text import LANGUAGES
from tests.cli.at_a_desk import Desk

every_language = pytest.mark.parametrize("language", LANGUAGES)


def made(desk: Desk, language: str) -> Path:
    """The empty workbook."""
    desk.does(f"template -o form.xlsx --lang {language}")
    return desk.folder / "form.xlsx"


def filled_in(path: Path, **cells: Any) -> None:
    """Write one row, each cell under the heading that means its field."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    found = [headings_of().match(str(cell.value)) for cell in sheet[1]]
    fields = [one.fields[0] if one else None for one in found]
    for name, value in cells.items():
        sheet.cell(2, fields.index(name) + 1, value)
    book.save(path)


@every_language
def test_an_empty_one_holds_no_hazard(desk: Desk, language: str) -> None:
    made(desk, language)
    told = desk("import form.xlsx -f json", by="甲")
    assert told.code == 0
    assert (told.json["rows"], told.json["rejected"], told.json["skipped"]) == (0, 0, 0)
    (file,) = told.json["files"]
    assert file["unmapped_columns"] == []
    assert len(file["mapping"]) == len(set(file["mapping"].values())) == 27
    assert [sheet["heading_row"] for sheet in file["sheets"]] == [1, None, None]


@every_language
def test_one_that_was_filled_in_comes_in_without_a_word(desk: Desk, language: str) -> None:
    path = made(desk, language)
    lists = openpyxl.load_workbook(path).worksheets[2]
    industry, severity, source, state = (lists.cell(2, column).value for column in (1, 2, 3, 4))
    filled_in(
        path,
        description="通道堵塞",
        enterprise="某厂",
        found_on=date(2022, 10, 5),
        due_on="7天",
        responsible_person="张三",
        industry=industry,
        severity=severity,
        source=source,
        state=state,
        credit_code="430181199001011234",
    )
    told = desk("import form.xlsx -f json", by="甲")
    assert (told.code, told.err, told.json["imported"]) == (0, "", 1)
    assert told.json["files"][0]["warnings"] == []
    seen = desk.show("1")
    assert (seen["found_on"], seen["due_on"]) == ("2022-10-05", "2022-10-12")
    assert (seen["severity"], seen["source"]) == ("major", "routine-inspection")
    assert (seen["state"], seen["credit_code"]) == ("assigned", "430181199001011234")
    assert seen["industry"] != "other"


@every_language
def test_every_word_of_its_lists_is_read(desk: Desk, language: str) -> None:
    path = made(desk, language)
    lists = openpyxl.load_workbook(path).worksheets[2]
    columns = [
        [str(cell.value) for cell in column if cell.value is not None]
        for column in lists.iter_cols()
    ]
    rows = [
        f"第{at}处,某厂,2022-10-05,{industry},{columns[1][at % 2]},{columns[2][at % 11]}"
        for at, industry in enumerate(columns[0])
    ]
    desk.file("a.csv", "\n".join(["隐患描述,单位名称,排查时间,行业,级别,来源", *rows]))
    told = desk("import a.csv --dry-run -f json").json
    assert told["acceptable"] == len(columns[0])
    assert told["files"][0]["warnings"] == []


@every_language
def test_what_is_needed_is_marked_and_every_heading_has_its_message(
    desk: Desk, language: str
) -> None:
    sheet = openpyxl.load_workbook(made(desk, language)).worksheets[0]
    needed = {"zh": "（必填）", "en": "(required)"}[language]
    assert [str(cell.value).endswith(needed) for cell in sheet[1]] == [True] * 3 + [False] * 24
    rules = sheet.data_validations.dataValidation
    messages = {str(rule.sqref): rule.prompt for rule in rules if rule.prompt}
    assert {cell.coordinate for cell in sheet[1]} <= set(messages)
    assert "2022-10-05" in str(messages["C1"])
    assert sheet.column_dimensions["C"].number_format == "yyyy-mm-dd"


@every_language
def test_the_second_sheet_tells_how_it_is_filled_in(desk: Desk, language: str) -> None:
    first, second, third = openpyxl.load_workbook(made(desk, language)).worksheets
    told = [[cell.value for cell in row] for row in second.iter_rows()]
    assert sum(all(row) for row in told) == 28
    assert third.sheet_state == "hidden"
    assert first.sheet_state == second.sheet_state == "visible"


def test_it_needs_no_ledger_and_goes_to_no_terminal(desk: Desk) -> None:
    assert desk.at_terminal("template").code == 2
    assert desk("template -o form.csv").code == 2
    made(desk, "en")
    assert not desk.ledger.exists()
