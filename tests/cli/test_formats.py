"""Every command in every format that it has: what machines read is what the design promises."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from hazardctl.cli.table import COMMANDS, load
from hazardctl.domain.register import KINDS
from hazardctl.domain.words import SHOWN
from hazardctl.render.alerts import KEYS as ALERT
from hazardctl.text import Words
from tests.cli.at_a_desk import Desk

READING = ["show 1", "log", "log 1", "list", "report", "alerts", "industries", "config show"]
READING += ["evidence list"]
EVENT = ["seq", "number", "kind", "on", "at", "actor", "recorded_by", "changes", "facts"]
FIGURES = [
    *("key", "label", "found", "found_major", "closed", "closed_major", "closure_rate"),
    *("rectified", "rectification_rate", "open", "awaiting_verification", "awaiting_sign_off"),
    *("due_soon", "overdue", "on_time_rate", "on_time_rate_original", "reopened"),
]
# What no list shows: what nobody needs there.
MORE = ["basis", "stop_order", "listing", "listed_on", "funds_fen"]
COLUMNS = {
    "show 1": [*SHOWN, *MORE],
    "log": EVENT,
    "log 1": EVENT,
    "list": [*SHOWN],
    "report": FIGURES,
    "alerts": [*ALERT],
    "industries": ["slug", "parent", "name", "english", "aliases", "regulator", "standard"],
    "config show": ["name", "value", "origin"],
    "evidence list": ["number", "sha256", "name", "size", "kind", "attached_on", "attached_by"],
}
LINE = {  # a change that works on the hazard of `in_state`
    "add": ("", "add 堵塞 --industry 花炮 --enterprise 某厂"),
    "assign": ("registered", "assign 1 --due 7d --responsible-person 乙"),
    "accept": ("assigned", "accept 1"),
    "progress": ("assigned", "progress 1 --note x"),
    "submit": ("assigned", "submit 1 --measures x"),
    "verify": ("submitted", "verify 1 --verified-by 丙"),
    "reject": ("submitted", "reject 1 --reason x"),
    "close": ("verified", "close 1"),
    "reopen": ("closed", "reopen 1 --reason x --basis y --due 7d"),
    "lookback": ("closed", "lookback 1 --result confirmed --inspector 庚"),
    "void": ("registered", "void 1 --reason x"),
    "transfer": ("registered", "transfer 1 --to x --reason y"),
    "edit": ("registered", "edit 1 --district x"),
    "extend request": ("assigned", "extend request 1 --due 2022-11-01 --reason x"),
    "extend approve": ("asked", "extend approve 1"),
    "extend refuse": ("asked", "extend refuse 1 --reason x"),
}
CHANGES = list(LINE)
UNKNOWN = [
    (command, form)
    for command, entry in COMMANDS.items()
    for form in ("yaml", "JSON", "xlsx")
    if form not in entry.formats
]


def test_every_command_is_tried_here() -> None:
    reading = {" ".join(word for word in line.split() if word != "1") for line in READING}
    elsewhere = {
        "init",
        "import",
        "config set",
        "check",
        "digest",
        "evidence get",
        "evidence verify",
        "backup",
        "restore",
        "copy",
        "export",
        "template",
    }
    of_the_register = {command for command in COMMANDS if command.split()[0] in KINDS}
    assert {*CHANGES, *reading, *elsewhere, *of_the_register} == set(COMMANDS)


def prepared(desk: Desk, command: str) -> str:
    """The line of a change, on a hazard that is ready for it."""
    state, line = LINE[command]
    if state:
        desk.in_state("assigned" if state == "asked" else state)
    if state == "asked":
        desk.does("extend request 1 --due 2022-11-01 --reason x", by="乙")
    return line


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def in_order(columns: list[str]) -> list[str]:
    """The columns, the lateness of a hazard last: that depends on the day it is seen from."""
    late = ["overdue", "days_overdue"]
    return [*(name for name in columns if name not in late), *(late if late[0] in columns else [])]


@pytest.mark.parametrize("command", CHANGES)
def test_a_change_answers_with_the_hazard(desk: Desk, command: str) -> None:
    line = prepared(desk, command)
    seen: dict[str, Any] = desk.does(f"{line} -f json", by="丁").json
    assert sorted(seen) == sorted(SHOWN)
    assert seen["number"] == "YH-2022-00001"
    assert seen == {name: desk.show("1")[name] for name in seen}


@pytest.mark.parametrize("command", CHANGES)
def test_a_change_answers_in_every_format(desk: Desk, command: str) -> None:
    line = prepared(desk, command)
    copy = desk.ledger.read_bytes() if desk.ledger.exists() else b""
    for form in ("ndjson", "csv", "plain"):
        desk.ledger.write_bytes(copy)
        out = desk.does(f"{line} -f {form}", by="丁").out
        if form == "ndjson":
            assert [json.loads(one)["number"][:8] for one in out.splitlines()] == ["YH-2022-"]
        elif form == "csv":
            heading, cells = rows(out)
            assert heading == [*SHOWN]
            assert len(cells) == len(heading)
        else:
            assert "number" not in out
            assert len(out.splitlines()) == 1


def test_several_changes_are_a_list(desk: Desk) -> None:
    desk.in_state("registered")
    desk.in_state("registered")
    numbers = ["YH-2022-00001", "YH-2022-00002"]
    seen = desk.does("edit 1 2 --district x -f json", by="甲").json
    assert [one["number"] for one in seen] == numbers
    lines = desk.does("edit 1 2 --district y -f ndjson", by="甲").out.splitlines()
    assert [json.loads(one)["number"] for one in lines] == numbers
    table = rows(desk.does("edit 1 2 --district z -f csv", by="甲").out)
    assert [row[0] for row in table] == ["number", *numbers]


@pytest.mark.parametrize("line", READING)
def test_csv_begins_with_the_keys_and_plain_does_not(desk: Desk, line: str) -> None:
    desk.in_state("closed")
    desk.in_state("assigned")
    table = rows(desk.does(f"{line} -f csv").out)
    assert in_order(table[0]) == in_order(COLUMNS[line])
    plain = desk.does(f"{line} -f plain").out
    assert len(plain.splitlines()) == len(table) - 1
    assert table[0][0] != plain.split("\t")[0]


@pytest.mark.parametrize("line", READING)
def test_json_and_ndjson_say_the_same(desk: Desk, line: str) -> None:
    desk.in_state("closed")
    desk.in_state("assigned")
    whole = desk.does(f"{line} -f json").json
    lines = [json.loads(one) for one in desk.does(f"{line} -f ndjson").out.splitlines()]
    records = whole["rows"] if line == "report" else whole
    assert lines == (records if isinstance(records, list) else [records])


@pytest.mark.parametrize("line", ["list", "log --limit 0", "report --state void"])
def test_nothing_is_an_empty_answer_with_its_columns(desk: Desk, line: str) -> None:
    desk.does("init", by="甲")
    header = rows(desk.does(f"{line} -f csv").out)
    assert len(header) == 1
    assert in_order(header[0]) == in_order(COLUMNS[line.split()[0]])
    assert desk.does(f"{line} -f plain").out == ""
    assert desk.does(f"{line} -f ndjson").out == ""
    whole = desk.does(f"{line} -f json").json
    assert (whole["rows"] if line.startswith("report") else whole) == []
    assert "Nothing to show." in desk.does(line).out


def test_a_list_of_one_is_a_list(desk: Desk) -> None:
    desk.add()
    assert len(desk.does("list -f json").json) == 1


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("list", "xlsx html md docx"),
        ("report", "xlsx html md docx"),
        ("show 1", "xlsx html md docx"),
        ("log", "xlsx"),
        ("industries", "xlsx"),
        ("evidence list", "xlsx"),
        ("evidence verify", "xlsx"),
    ],
)
def test_papers_are_written(desk: Desk, line: str, forms: str) -> None:
    desk.in_state("assigned")
    for form in forms.split():
        target = desk.folder / f"answer.{form}"
        assert desk.does(f"{line} -f {form} -o {target} --lang zh").out == ""
        opens[form](target)


def opened_workbook(path: Path) -> None:
    book = CalamineWorkbook.from_path(str(path))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert any(isinstance(cell, str) and cell for cell in cells)


def opened_page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("<!doctype html>") or text.startswith("<!DOCTYPE html>")
    assert "<script" not in text


def opened_markdown(path: Path) -> None:
    assert "|" in path.read_text("utf-8")


def opened_document(path: Path) -> None:
    assert "word/document.xml" in ZipFile(path).namelist()


opens = {
    "xlsx": opened_workbook,
    "html": opened_page,
    "md": opened_markdown,
    "docx": opened_document,
}


def test_a_workbook_may_go_through_a_pipe(desk: Desk) -> None:
    desk.add()
    done = desk.shell("hazardctl list -f xlsx > piped.xlsx")
    assert (done.code, done.err) == (0, "")
    opened_workbook(desk.folder / "piped.xlsx")


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_what_is_no_text_does_not_go_to_a_terminal(desk: Desk, form: str) -> None:
    desk.add()
    done = desk.at_terminal(f"list -f {form}")
    assert (done.code, done.out) == (2, f"{form} is not for a terminal. Add -o FILE.\n")


@pytest.mark.parametrize(("command", "form"), UNKNOWN)
def test_an_unknown_format_is_refused_before_anything_is_done(
    desk: Desk, command: str, form: str
) -> None:
    made: Any = load(command, Words("en"))
    takes_one = any(param.param_type_name == "argument" for param in made.params)
    bare = "config set as 甲" if command == "config set" else f"{command} {'1' * takes_one}"
    line = LINE.get(command, ("", bare))[1]
    told = desk(f"{line} -f {form} --lang zh", by="甲")
    assert (told.code, told.out) == (2, "")
    assert f"“{form}”" in told.err
    assert "、".join(COMMANDS[command].formats) in told.err
    assert not desk.ledger.exists()


def test_codes_and_keys_are_never_translated(desk: Desk) -> None:
    desk.in_state("submitted")
    desk.in_state("closed", major=True)
    for line in READING:
        if line not in ("config show", "alerts"):  # an alert has a sentence: see test_alerts
            for form in ("json", "csv", "ndjson", "plain"):
                english = desk.does(f"{line} -f {form}").out
                chinese = desk.does(f"{line} -f {form} --lang zh").out
                assert without_labels(english) == without_labels(chinese), (line, form)


def without_labels(text: str) -> str:
    """The answer without the one thing in it that is for people: the label of a row."""
    for label in ("Fireworks", "烟花爆竹", "Total", "合计"):
        text = text.replace(label, "")
    return text


def test_csv_for_a_pipe_runs_in_no_spreadsheet(desk: Desk) -> None:
    desk.does(["add", "=1+1", "--industry", "花炮", "--enterprise", "@SUM(A1)"], by="甲")
    (row,) = csv.DictReader(io.StringIO(desk.does("list -f csv").out))
    assert (row["description"], row["enterprise"]) == ("'=1+1", "'@SUM(A1)")
    assert desk.does("list -f json").json[0]["description"] == "=1+1"


def test_a_file_of_csv_opens_in_a_spreadsheet(desk: Desk) -> None:
    desk.add()
    desk.does("list -f csv -o list.csv")
    content = (desk.folder / "list.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfnumber,")
    assert content.endswith(b"\r\n")


def test_colour_is_for_a_terminal_that_wants_it(desk: Desk) -> None:
    desk.add()
    assert "\x1b" not in desk.does("list").out
    assert "\x1b[1m" in desk.at_terminal("list").out
    assert "\x1b" not in desk.at_terminal("list", env={"NO_COLOR": "1"}).out
    assert "\x1b" not in desk.at_terminal("list -f json").out
    assert "\x1b" not in desk.at_terminal("show 9").out


def test_a_table_keeps_to_the_width_of_the_terminal(desk: Desk) -> None:
    desk.add("很长的描述" * 30)
    desk.setenv("COLUMNS", "60")
    lines = desk.does("list").out.splitlines()
    assert max(map(len, lines)) <= 60
    assert "YH-2022-00001" in lines[2] + lines[3] + lines[4]
    assert any("-f csv" in line for line in lines)
