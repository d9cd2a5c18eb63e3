"""Inspections and penalties, and the blind spots, asked for by whole command lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.at_a_desk import Desk

CLERK = "甲"
KEYS = [
    *("key", "label", "teams", "inspectors", "inspections", "visits", "enterprises"),
    *("hazards_found", "orders", "stop_orders", "warnings", "confiscations", "suspensions"),
    *("licences", "closures", "detentions", "penalties", "fines_fen", "referrals"),
    "referred_people",
]


@pytest.fixture
def register(desk: Desk) -> Desk:
    """Two fireworks works and a school; one works was visited twice, fined and referred."""
    for line in (
        "enterprise add 甲花炮厂 --industry 花炮 --district 浏阳 --alias 甲厂",
        "enterprise add 乙花炮厂 --industry 花炮 --district 浏阳",
        "enterprise add 丙小学 --industry 教育 --district 长沙",
        "campaign add 百日攻坚",
        "campaign add 第一轮 --parent 百日攻坚",
        "inspection add --enterprise 甲花炮厂 --inspected-on 2022-09-01 --team 第一组 --members 3"
        " --visits 2 --hazards-found 2 --campaign 第一轮 --campaign 百日攻坚",
        "inspection add --enterprise 甲厂 --inspected-on 2022-09-20 --team 第二组 --members 2",
        "penalty add --enterprise 甲花炮厂 --kind fine --kind warning --amount 3万元"
        " --decided-on 2022-09-10 --campaign 百日攻坚",
        "referral add --enterprise 甲花炮厂 --reported-on 2022-09-11",
    ):
        done = desk(line, by=CLERK)
        assert done.code == 0, done.err
    for state in ("approved", "sent"):
        assert desk(f"referral step 1 --to {state} --on 2022-09-12", by=CLERK).code == 0
    return desk


def total(desk: Desk, line: str) -> Any:
    """The total of a report."""
    told = desk.does(f"report {line} -f json").json
    assert all(check["ok"] for check in told["checks"]), told["checks"]
    return told["total"]


def test_every_row_has_these_keys(register: Desk) -> None:
    told = register.does("report enforcement -f json").json
    assert [*told["total"]] == KEYS
    assert [[*row] for row in told["rows"]] == [KEYS]
    assert (told["since"], told["until"]) == ("2022-01-01", "2022-10-10")
    assert told["rows"][0] == told["total"] | {"key": "fireworks", "label": "Fireworks"}
    assert {name: told["total"][name] for name in KEYS[2:8]} == {
        "teams": 2,
        "inspectors": 5,
        "inspections": 2,
        "visits": 3,
        "enterprises": 1,
        "hazards_found": 2,
    }
    told = told["total"]
    assert (told["warnings"], told["penalties"], told["fines_fen"]) == (1, 1, 3_000_000)
    assert (told["referrals"], told["referred_people"]) == (1, 1)


def test_what_stands_in_two_campaigns_counts_once_in_the_total(register: Desk) -> None:
    told = register.does("report enforcement --by campaign -f json").json
    rows = {row["key"]: row["visits"] for row in told["rows"]}
    assert rows == {"第一轮": 2, "百日攻坚": 2, None: 1}
    assert (told["total"]["visits"], told["overlap"]) == (3, 1)
    assert "1 counted in more than one row" in register.does("report enforcement --by campaign").out


def test_a_campaign_is_meant_with_its_parts(register: Desk) -> None:
    assert total(register, "enforcement --campaign 百日攻坚")["visits"] == 2
    assert total(register, "enforcement --campaign 第一轮")["penalties"] == 0


def test_what_was_done_later_is_not_told(register: Desk) -> None:
    assert total(register, "enforcement --as-of 2022-09-11")["inspections"] == 1
    assert total(register, "enforcement --as-of 2022-09-11")["referrals"] == 0
    assert total(register, "enforcement --since 2022-09-12")["referrals"] == 1
    assert total(register, "enforcement --since 2022-09-12")["penalties"] == 0


def test_a_figure_is_explained_by_the_records_behind_it(register: Desk) -> None:
    for figure, number in (("visits", "JC-00001"), ("fines_fen", "CF-00001"), ("referrals", "YS")):
        found = register.does(f"report enforcement --explain {figure}:花炮 -f json").json
        assert number in found[0]["number"]
    number = register.add(options="--due 2022-10-20 --responsible-person 乙")
    found = register.does("report enforcement --explain orders -f json").json
    assert [one["number"] for one in found] == [number]
    by_name = register.does(
        "report enforcement --by enterprise --explain inspections:甲花炮厂 -f json"
    ).json
    assert [one["enterprise"] for one in by_name] == ["甲花炮厂", "甲厂"]


@pytest.mark.parametrize("form", ["enforcement", "coverage"])
def test_a_filter_that_no_record_can_answer_is_refused(register: Desk, form: str) -> None:
    refused = register(f"report {form} --leader 李局 -f json")
    assert (refused.code, refused.error["code"]) == (2, "unfit-filter")
    assert refused.error["facts"]["filters"] == ["--leader"]
    refused = register(f"report {form} --since 2022-10-01 --as-of 2022-09-01 -f json")
    assert (refused.code, refused.error["code"]) == (2, "period-ends-first")


def test_a_workbook_is_laid_out_as_the_table_that_is_sent_upward(
    register: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "执法.xlsx"
    register.does(f"--lang zh report enforcement -f xlsx -o {file}")
    page, beside = load_workbook(file).worksheets
    assert (page.title, beside.title) == ("执法检查", "检查与案件")
    cells = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
    assert {"执法检查情况统计表", "填报单位：", "统计时间：2022-01-01 至 2022-10-10"} <= cells
    assert {"受检查企业", "责令停产、停业、停止建设", "单位负责人：", "填报日期："} <= cells
    assert {"组织检查组\n（个）", "移送追究刑事责任\n（人）", "处罚罚款\n（万元）"} <= cells
    merged = {str(one) for one in page.merged_cells.ranges}
    assert {"D3:E3", "I3:J3", "B3:B4"} <= merged
    last = [[cell.value for cell in row] for row in page.iter_rows()][-2]
    assert last == ["合计", 2, 5, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 3]
    assert [cell.value for cell in [*beside.iter_rows()][-1]] == ["合计", 2, 2, 1, 1]


def test_a_summary_of_one_industry_says_what_was_done_in_it(register: Desk) -> None:
    register.add(options="--found-on 2022-09-01")
    told = register.does("report --industry 花炮 -f json").json
    assert told["enforcement"] == {
        "inspections": 2,
        "visits": 3,
        "enterprises": 1,
        "penalties": 1,
        "fines_fen": 3_000_000,
        "referrals": 1,
    }
    said = "检查3家次，行政处罚3万元，移送司法1起。"
    assert f"烟花爆竹：{said}" in register.does("--lang zh report --industry 花炮").out
    assert "enforcement" not in register.does("report -f json").json
    assert "移送" not in register.does("--lang zh report --industry 教育").out


def test_who_was_never_inspected_is_listed_below_if_they_are_few(register: Desk) -> None:
    told = register.does("report coverage -f json").json
    rows = {row["key"]: row for row in told["rows"]}
    of = {name: rows["fireworks"][name] for name in [*rows["fireworks"]][2:]}
    assert of == {
        "registered": 2,
        "inspected": 1,
        "never_inspected": 1,
        "coverage_rate": 0.5,
        "found": 0,
        "visits": 3,
        "silent": 0,
    }
    assert (rows["education"]["silent"], rows["railway"]["registered"]) == (1, 0)
    below = register.does("report coverage").out
    assert "Never inspected" in below
    assert below.index("乙花炮厂") < below.index("丙小学")
    found = register.does("report coverage --by district --explain never_inspected:长沙 -f json")
    assert [one["name"] for one in found.json] == ["丙小学"]


def test_what_marks_a_row_has_nothing_behind_it(register: Desk) -> None:
    refused = register("report coverage --explain silent -f json")
    assert (refused.code, refused.error["code"]) == (2, "not-one-of")
    assert "silent" not in refused.error["facts"]["words"]
