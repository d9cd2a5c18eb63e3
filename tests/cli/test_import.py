"""Taking in spreadsheets from the command line: all rows or none, and every fault in its place."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.at_a_desk import Desk

HEADINGS = "隐患描述,单位名称,排查时间,整改期限,整改责任人,状态"
GOOD = f"""{HEADINGS}
灭火器过期,甲厂,2022-10-05,2022-10-20,张三,整改中
通道堵塞,乙厂,2022-10-06,2022-10-08,李四,未整改
"""
BAD = """隐患描述,单位名称,排查时间,状态
灭火器过期,甲厂,2022-13-05,整改中
通道堵塞,,2022-10-06,天知道
好的一行,丙厂,2022-10-07,
"""
COUNTS = [
    *("rows", "imported", "acceptable", "duplicates", "changed", "not_hazards", "rejected"),
    "skipped",
]


def counts(told: Any) -> dict[str, int]:
    return {name: told[name] for name in COUNTS if told[name]}


def a_workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "九月"
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_dry_run_tells_everything_and_saves_nothing(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    told = desk("import a.csv --dry-run")
    assert told.code == 0
    assert told.out.startswith("a.csv: columns: 隐患描述 → Description, ")
    assert "\na.csv: 2 rows: 2 would be imported, 0 already there" in told.out
    assert told.out.endswith("Nothing was saved.\n")
    assert "可导入 2" in desk("import a.csv --dry-run --lang zh").out
    seen = desk("import a.csv --dry-run -f json").json
    assert counts(seen) == {"rows": 2, "acceptable": 2}
    assert not desk.ledger.exists()
    desk.does("init", by="甲")
    before = desk.kept()
    assert desk("import a.csv --dry-run").code == 0
    assert desk.kept() == before


def test_rows_come_in_as_the_file_states_them(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    told = desk("import a.csv -f json", by="甲")
    assert (told.code, told.err) == (0, "")
    assert counts(told.json) == {"rows": 2, "imported": 2, "acceptable": 2}
    assert told.json["files"][0]["mapping"]["整改责任人"] == "responsible_person"
    first, second = desk.does("list -f json").json
    assert (first["state"], second["state"]) == ("rectifying", "assigned")
    assert first["source"] is None
    (event,) = desk.show("1")["events"]
    assert (event["kind"], event["actor"]) == ("imported", "甲")
    assert event["facts"]["raw"]["隐患描述"] == "灭火器过期"
    assert [one["kind"] for one in desk.does("log -f json").json][-1] == "file-imported"


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    desk("import a.csv", by="甲")
    before = desk.kept()
    again = desk("import a.csv a.csv -f json", by="乙")
    assert again.code == 0
    assert counts(again.json) == {"rows": 4, "duplicates": 4}
    assert desk.kept() == before


def test_a_row_that_has_moved_on_is_listed_and_not_applied(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    desk("import a.csv", by="甲")
    desk.file("b.csv", GOOD.replace("未整改", "已销号"))
    told = desk("import b.csv", by="甲")
    assert told.code == 0
    assert (
        "b.csv row 3: YH-2022-00002 is assigned here, closed in the file; not applied." in told.out
    )
    assert "台账中为“已交办”，文件中为“已销号”" in desk("import b.csv --lang zh", by="甲").out
    assert counts(desk("import b.csv -f json", by="甲").json) == {
        "rows": 2,
        "duplicates": 2,
        "changed": 1,
    }
    assert desk.show("2")["state"] == "assigned"


def test_a_file_with_a_fault_is_refused_whole(desk: Desk) -> None:
    desk.file("bad.csv", BAD)
    told = desk("import bad.csv -f json", by="甲")
    assert told.code == 5
    assert counts(told.json) == {"rows": 3, "acceptable": 1, "rejected": 2}
    problems = told.json["files"][0]["problems"]
    assert [(one["row"], one["column"], one["code"], one["found"]) for one in problems] == [
        (2, "排查时间", "no-such-day", "2022-13-05"),
        (3, "状态", "unknown-state", "天知道"),
        (3, "单位名称", "missing-enterprise", ""),
    ]
    assert {(one["file"], one["sheet"]) for one in problems} == {("bad.csv", None)}
    assert not desk.ledger.exists()


def test_the_good_rows_come_in_when_they_may(desk: Desk) -> None:
    desk.file("bad.csv", BAD)
    told = desk("import bad.csv --partial -f json", by="甲")
    assert told.code == 5
    assert counts(told.json) == {"rows": 3, "imported": 1, "acceptable": 1, "rejected": 2}
    assert [one["description"] for one in desk.does("list -f json").json] == ["好的一行"]
    again = desk("import bad.csv --partial -f json", by="甲")
    assert (again.code, counts(again.json)) == (5, {"rows": 3, "duplicates": 1, "rejected": 2})


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "“2022-13-05”: there is no such day.", "bad.csv: refused, nothing was imported"),
        ("zh", "“2022-13-05”：没有这一天。", "bad.csv：整个文件未导入：3 处问题。"),
    ],
)
def test_faults_are_a_table_for_people(desk: Desk, language: str, first: str, last: str) -> None:
    desk.file("bad.csv", BAD)
    told = desk(f"import bad.csv --lang {language}", by="甲")
    assert told.code == 5
    assert first in told.out
    assert told.out.splitlines()[-1].startswith(last)


def test_faults_for_machines_are_rows(desk: Desk) -> None:
    desk.file("bad.csv", BAD)
    told = desk("import bad.csv -f csv", by="甲")
    assert told.out.splitlines()[0] == "file,sheet,row,column,code,found,message"
    assert len(told.out.splitlines()) == 4
    assert "refused, nothing was imported" in told.err
    assert len(desk("import bad.csv -f plain", by="甲").out.splitlines()) == 3
    (line,) = desk("import bad.csv -f ndjson", by="甲").out.splitlines()
    assert json.loads(line)["file"] == "bad.csv"


def test_a_file_without_faults_is_counted_beside_its_columns(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    told = desk("import a.csv -f csv", by="甲")
    assert told.out == "file,sheet,row,column,code,found,message\n"
    assert told.err.startswith("a.csv: 2 rows: 2 imported")


def test_the_row_of_a_workbook_is_counted_as_the_spreadsheet_counts_it(desk: Desk) -> None:
    headings = tuple(BAD.splitlines()[0].split(","))
    a_workbook(
        desk.folder / "月报.xlsx",
        ("长沙市隐患台账",),
        headings,
        ("灭火器过期", "甲厂", "2022-02-30", "整改中"),
        ("通道堵塞", "乙厂", "2022-10-06", "整改中"),
    )
    told = desk("import 月报.xlsx -f json", by="甲")
    (problem,) = told.json["files"][0]["problems"]
    assert told.code == 5
    assert {name: problem[name] for name in ("file", "sheet", "row", "column", "code")} == {
        "file": "月报.xlsx",
        "sheet": "九月",
        "row": 3,
        "column": "排查时间",
        "code": "no-such-day",
    }


def test_one_bad_file_does_not_stop_the_others(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    desk.file("bad.csv", BAD)
    told = desk("import bad.csv a.csv nowhere.csv -f json", by="甲")
    assert told.code == 5
    assert [one["imported"] for one in told.json["files"]] == [0, 2, 0]
    assert told.json["imported"] == 2
    assert told.json["files"][2]["problems"][0]["code"] == "cannot-open"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-table"),
        (b"\x00\x01\x02", None),
        (b"PK\x03\x04 and nothing more", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        ("没有表头\n".encode(), "no-table"),
        (b'a,b\n"1,2\n', None),
        ("隐患描述,隐患描述\nx,y\n".encode(), None),
    ],
)
def test_what_is_no_table_is_refused_by_name(desk: Desk, content: bytes, code: str | None) -> None:
    desk.file("x.xlsx", content)
    told = desk("import x.xlsx -f json", by="甲")
    assert told.code == 5
    (problem,) = told.json["files"][0]["problems"]
    assert code in (None, problem["code"])
    assert "x.xlsx" in problem["message"]
    assert not desk.ledger.exists()


@pytest.mark.parametrize("name", ["nowhere.csv", ".", "n" * 300])
def test_a_file_that_cannot_be_opened_is_refused_by_name(desk: Desk, name: str) -> None:
    told = desk(["import", name, "-f", "json"], by="甲")
    assert told.code == 5
    assert told.json["files"][0]["problems"][0]["code"] == "cannot-open"


def test_a_pipe_is_refused_without_waiting_for_its_writer(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe.csv")
    told = desk("import pipe.csv -f json", by="甲")
    assert (told.code, told.json["files"][0]["problems"][0]["code"]) == (5, "cannot-open")
    assert not desk.ledger.exists()


def test_a_row_that_stands_twice_in_a_file_is_taken_once(desk: Desk) -> None:
    first, second = GOOD.splitlines()[1:]
    moved = second.replace("未整改", "已销号")
    desk.file("twice.csv", f"{GOOD}{first}\n{moved}\n")
    told = desk("import twice.csv -f json", by="甲").json
    assert counts(told) == {
        "rows": 4,
        "imported": 2,
        "acceptable": 2,
        "duplicates": 2,
        "changed": 1,
    }


def test_a_map_settles_what_a_heading_means(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间,谁来改\n堵塞,甲厂,2022-10-01,张三\n")
    told = desk("import a.csv -f json --dry-run")
    assert told.json["files"][0]["unmapped_columns"] == ["谁来改"]
    assert "谁来改" in desk("import a.csv --dry-run").err
    desk("import a.csv --map 谁来改=responsible_person", by="甲")
    assert desk.show("1")["responsible_person"] == "张三"


def test_a_year_settles_days_without_one(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,10月1日\n")
    told = desk("import a.csv -f json", by="甲")
    assert [one["code"] for one in told.json["files"][0]["problems"]] == ["no-year"]
    assert desk("import a.csv --year 2021", by="甲").code == 0
    assert desk.show("1")["found_on"] == "2021-10-01"


def test_constants_fill_a_missing_column(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述\n堵塞\n")
    refused = desk("import a.csv -f json", by="甲")
    assert refused.code == 5
    line = (
        "import a.csv --enterprise 某厂 --found-on 2022-09-01 --industry 花炮 --source media "
        "--campaign 百日行动 --district 永安镇"
    )
    taken = desk(line, by="甲")
    assert taken.code == 0
    assert taken.err == "a.csv: 1 enterprises were not on the register and are now: 某厂.\n"
    seen = desk.show("1")
    expected = {
        "enterprise": "某厂",
        "found_on": "2022-09-01",
        "industry": "fireworks",
        "source": "media",
        "campaigns": ["百日行动"],
        "district": "永安镇",
    }
    assert {name: seen[name] for name in expected} == expected


def test_several_problems_in_one_cell_are_split_when_asked(desk: Desk) -> None:
    text = '隐患描述,单位名称,排查时间\n"1.灭火器过期；2.通道堵塞",甲厂,2022-10-01\n'
    desk.file("a.csv", text)
    whole = desk("import a.csv --dry-run -f json").json
    assert (whole["acceptable"], whole["files"][0]["warnings"][-1]["code"]) == (
        1,
        "several-problems",
    )
    assert desk("import a.csv --dry-run --split -f json").json["acceptable"] == 2


def test_every_part_of_a_row_is_taken_under_the_one_code_of_the_row(desk: Desk) -> None:
    row = '隐患编号,隐患描述,单位名称,排查时间\nA-1,"1.灭火器过期；2.通道堵塞",甲厂,2022-10-01\n'
    desk.file("a.csv", row)
    for imported, duplicates in ((2, 0), (0, 2)):
        told = desk("import a.csv --split -f json", by="甲").json
        assert (told["imported"], told["duplicates"]) == (imported, duplicates)
    assert [desk.show(one)["external_code"] for one in ("1", "2")] == ["A-1", "A-1"]


def test_a_code_that_several_hazards_bear_names_none_of_them(desk: Desk) -> None:
    heading, *rows = [
        "整改单编号,隐患描述,单位名称,排查时间",
        "J-1,线路老化,甲厂,2022-10-01",
        "J-1,出口堵塞,甲厂,2022-10-01",
        "J-1,灭火器过期,甲厂,2022-10-01",
        "J-2,通道有杂物,甲厂,2022-10-01",
    ]
    desk.file("first.csv", "\n".join([heading, rows[1], rows[3]]))
    desk.file("all.csv", "\n".join([heading, *rows, rows[2]]))
    reworded = rows[3].replace("有杂物", "里放着木箱")
    desk.file("reworded.csv", "\n".join([heading, rows[0].replace("老化", "破损"), reworded]))
    for file, imported, duplicates in (("first", 2, 0), ("all", 2, 3), ("reworded", 1, 1)):
        told = desk(f"import {file}.csv -f json", by="甲").json
        assert (told["imported"], told["duplicates"]) == (imported, duplicates), file
    desk.file("last.csv", "\n".join([heading, rows[1].replace("出口", "大门")]))
    told = desk("import all.csv last.csv -f json", by="甲").json
    assert [one["imported"] for one in told["files"]] == [0, 1]


def test_who_reported_is_not_taken_in_and_that_is_said(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间,举报人,电话\n堵塞,甲厂,2022-10-01,王小二,110\n")
    told = desk("import a.csv", by="甲")
    assert "举报人 says who reported" in told.err
    seen = [desk(line).out for line in ("log -f json", "show 1 -f json", "export -f csv")]
    assert "王小二" not in "".join([*seen, told.out, told.err])
    assert "王小二".encode() not in desk.ledger.read_bytes()
    assert '"电话":"110"' in seen[0], "every other column stays in the raw row"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("--map x", "not-one-of"),
        ("--map =description", "not-one-of"),
        ("--found-on 2022-13-01", "unread-day"),
        ("--map 谁=nothing", "unknown-field"),
        ("--year 99", "not-a-number-of"),
        ("--year 二〇二二", "not-a-number-of"),
        ("--industry 花泡厂", "unknown-industry"),
        ("--source rumour", "not-one-of"),
    ],
)
def test_an_option_that_cannot_be_is_a_usage_error(desk: Desk, options: str, code: str) -> None:
    desk.file("a.csv", GOOD)
    for language in ("en", "zh"):
        told = desk(f"import a.csv {options} -f json --lang {language}", by="甲")
        assert (told.code, told.out, told.error["code"]) == (2, "", code)
    assert not desk.ledger.exists()


def test_the_encoding_is_found_or_named(desk: Desk) -> None:
    desk.file("a.csv", GOOD.encode("gb18030"))
    told = desk("import a.csv -f json", by="甲").json
    assert (told["files"][0]["encoding"], told["imported"]) == ("gb18030", 2)
    desk.file("b.csv", GOOD.replace("厂", "庫").encode("big5", "ignore"))
    assert desk("import b.csv --encoding big5 --dry-run").code in (0, 5)


def test_an_imported_hazard_goes_on_like_any_other(desk: Desk) -> None:
    desk.file("a.csv", GOOD)
    desk("import a.csv", by="甲")
    desk.does("submit 1 --measures 已更换", by="张三")
    desk.does("verify 1 --verified-by 丙", by="甲")
    assert desk("close 1", by="张三").code == 4
    desk.does("close 1", by="丁")
    assert [event["kind"] for event in desk.show("1")["events"]] == [
        "imported",
        "submitted",
        "verified",
        "closed",
    ]


def test_the_result_of_a_look_back_without_its_day_is_kept_and_proved(desk: Desk) -> None:
    head = "隐患描述,单位名称,行业,排查时间,整改期限,责任人,整改完成时间,销号时间,状态,回头看结果"
    row = "配电箱无盖,甲厂,机械,2022-08-01,2022-08-10,丁四,2022-08-08,2022-08-09,已销号,整改到位"
    file = desk.file("in.csv", f"{head}\n{row}\n".encode())
    assert desk(f"import {file}", by="甲").code == 0
    desk.does("check")
    assert desk.does("report lookback -f json").json["total"]["checked"] == 0
