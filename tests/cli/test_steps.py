"""Every change by its command: the state it leads to, the one line it prints, what it keeps."""

from __future__ import annotations

from typing import Any

import pytest

from hazardctl.cli.table import COMMANDS
from hazardctl.domain.register import KINDS
from tests.cli.at_a_desk import ASSURED, MAJOR, Desk

DUE = "--due 2022-10-20 --responsible-person 乙"
IN_TIME = "due 2022-10-20 (10 days left)"
LEFT = "期限 2022-10-20（还有 10 天）"

# The command, who acts, the state before, the line in English, the line in Chinese.
STEPS = [
    pytest.param(
        f"assign 1 {DUE}",
        "甲",
        "registered",
        f"registered → assigned  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"已登记 → 已交办  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="assign",
    ),
    pytest.param(
        "assign 1 --responsible-person 己",
        "甲",
        "rectifying",
        f"rectifying → rectifying  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"整改中 → 整改中  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="assign again",
    ),
    pytest.param(
        "accept 1",
        "乙",
        "assigned",
        f"assigned → rectifying  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"已交办 → 整改中  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="accept",
    ),
    pytest.param(
        "progress 1 --note 已停用 --percent 40",
        "乙",
        "assigned",
        f"assigned → rectifying  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"已交办 → 整改中  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="progress",
    ),
    pytest.param(
        "submit 1 --measures 已清理 --rectified-by 乙 --rectified-on 10月9日",
        "己",
        "rectifying",
        "rectifying → awaiting verification  next: hazardctl verify YH-2022-00001 --verified-by …",
        "整改中 → 待验收  下一步：hazardctl verify YH-2022-00001 --verified-by …",
        id="submit",
    ),
    pytest.param(
        "reject 1 --reason 未到位",
        "甲",
        "verified",
        f"awaiting sign-off → rectifying  {IN_TIME}  "
        "next: hazardctl submit YH-2022-00001 --measures …",
        f"待销号 → 整改中  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="reject",
    ),
    pytest.param(
        "verify 1 --note 现场核实",
        "丙",
        "submitted",
        "awaiting verification → awaiting sign-off  next: hazardctl close YH-2022-00001",
        "待验收 → 待销号  下一步：hazardctl close YH-2022-00001",
        id="verify",
    ),
    pytest.param(
        "close 1 --doc-no 安销〔2022〕3号",
        "丁",
        "verified",
        "awaiting sign-off → closed  "
        "next: hazardctl lookback YH-2022-00001 --result … --inspector …",
        "待销号 → 已销号  下一步：hazardctl lookback YH-2022-00001 --result … --inspector …",
        id="close",
    ),
    pytest.param(
        "close 1 --measures 已清理 --rectified-by 乙 --verified-by 丙 --rectified-on 2022-10-02",
        "丁",
        "registered",
        "registered → closed  next: hazardctl lookback YH-2022-00001 --result … --inspector …",
        "已登记 → 已销号  下一步：hazardctl lookback YH-2022-00001 --result … --inspector …",
        id="close on the spot",
    ),
    pytest.param(
        "reopen 1 --reason 反弹 --basis 复查记录 --due 10d",
        "甲",
        "closed",
        f"closed → assigned  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"已销号 → 已交办  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="reopen",
    ),
    pytest.param(
        "lookback 1 --result confirmed --inspector 庚 --inspector 辛",
        "甲",
        "closed",
        "closed → closed  next: hazardctl lookback YH-2022-00001 --result … --inspector …",
        "已销号 → 已销号  下一步：hazardctl lookback YH-2022-00001 --result … --inspector …",
        id="lookback",
    ),
    pytest.param(
        "lookback 1 --result rebound --inspector 庚 --reopen --due 10d",
        "甲",
        "closed",
        f"closed → assigned  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"已销号 → 已交办  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="lookback and reopen",
    ),
    pytest.param(
        "void 1 --reason 重复登记",
        "甲",
        "rectifying",
        "rectifying → void",
        "整改中 → 作废",
        id="void",
    ),
    pytest.param(
        "transfer 1 --to 消防救援大队 --reason 职权 --doc-no 移1",
        "甲",
        "submitted",
        "awaiting verification → transferred  next: hazardctl transfer YH-2022-00001 --take-back",
        "待验收 → 已移送  下一步：hazardctl transfer YH-2022-00001 --take-back",
        id="transfer",
    ),
    pytest.param(
        "transfer 1 --take-back",
        "甲",
        "transferred",
        "transferred → registered  "
        "next: hazardctl assign YH-2022-00001 --due … --responsible-person …",
        "已移送 → 已登记  下一步：hazardctl assign YH-2022-00001 --due … --responsible-person …",
        id="take back",
    ),
    pytest.param(
        "edit 1 --district 永安镇 --industry 煤矿",
        "甲",
        "verified",
        "awaiting sign-off → awaiting sign-off  next: hazardctl close YH-2022-00001",
        "待销号 → 待销号  下一步：hazardctl close YH-2022-00001",
        id="edit",
    ),
    pytest.param(
        "extend request 1 --due 2022-11-01 --reason 配件未到",
        "乙",
        "rectifying",
        f"rectifying → rectifying  {IN_TIME}  next: hazardctl submit YH-2022-00001 --measures …",
        f"整改中 → 整改中  {LEFT}  下一步：hazardctl submit YH-2022-00001 --measures …",
        id="extend request",
    ),
]


@pytest.mark.parametrize(("line", "by", "before", "english", "chinese"), STEPS)
def test_a_step_prints_one_line_with_what_comes_next(
    desk: Desk, line: str, by: str, before: str, english: str, chinese: str
) -> None:
    desk.in_state(before)
    assert desk.does(line, by=by).out == f"YH-2022-00001  {english}\n"


@pytest.mark.parametrize(("line", "by", "before", "english", "chinese"), STEPS)
def test_a_step_prints_its_line_in_chinese(
    desk: Desk, line: str, by: str, before: str, english: str, chinese: str
) -> None:
    desk.in_state(before)
    assert desk.does(f"{line} --lang zh", by=by).out == f"YH-2022-00001  {chinese}\n"


def test_every_change_is_tried_here() -> None:
    tried = {str(param.values[0]) for param in STEPS}
    writing = {command for command, entry in COMMANDS.items() if entry.writes}
    elsewhere = {"add", "init", "import", "config set", "extend approve", "extend refuse"}
    of_the_register = {command for command in writing if command.split()[0] in KINDS}
    for command in writing - elsewhere - of_the_register:
        assert any(line.startswith(f"{command} ") for line in tried), command


@pytest.mark.parametrize(
    ("line", "due_on", "left"),
    [
        ("--due 7d", "2022-10-17", "due 2022-10-17 (7 days left)"),
        ("--due 7天", "2022-10-17", "due 2022-10-17 (7 days left)"),
        ("--due 立行立改", "2022-10-10", "due 2022-10-10 (today)"),
        ("--due 10月底前", "2022-10-31", "due 2022-10-31 (21 days left)"),
        ("--due 2022-10-11", "2022-10-11", "due 2022-10-11 (1 days left)"),
        ("--due 7d --found-on 2022-10-01", "2022-10-08", "due 2022-10-08 (2 days late)"),
    ],
)
def test_a_due_date_is_understood_as_people_write_it(
    desk: Desk, line: str, due_on: str, left: str
) -> None:
    added = desk.does(
        f"add 通道堵塞 --industry 花炮 --enterprise 某厂 --responsible-unit 安全科 {line}", by="甲"
    )
    assert added.out.split("  ")[1:3] == ["assigned", left]
    assert desk.show("1")["due_on"] == due_on


def test_add_keeps_everything_that_is_typed(desk: Desk) -> None:
    photo = desk.file("现场.jpg")
    line = (
        "add 反应釜超温 --industry 危化品 --enterprise 化工厂 --credit-code 91430100 "
        "--district 望城区 --location 二车间 --kind 设备 --severity major --basis 标准第3条 "
        "--source superior-assigned --source-detail 省督查组 --found-on 10月8日 --found-by 督查组 "
        "--campaign 百日行动 --campaign 危化专项 --required-measures 立即停车 --due 30d "
        "--responsible-unit 化工厂 --responsible-person 乙 --case-leader 李局 --regulator 应急局 "
        f"--doc-no 交1 --external-code S-1 --remark 急 --evidence {photo} --on 10月9日 -f json"
    )
    seen: dict[str, Any] = desk.does(line, by="甲").json
    expected = {
        "number": "YH-2022-00001",
        "cycle": 1,
        "state": "assigned",
        "severity": "major",
        "industry": "hazchem",
        "enterprise": "化工厂",
        "credit_code": "91430100",
        "district": "望城区",
        "location": "二车间",
        "description": "反应釜超温",
        "source": "superior-assigned",
        "source_detail": "省督查组",
        "campaigns": ["百日行动", "危化专项"],
        "found_on": "2022-10-08",
        "found_by": "督查组",
        "required_measures": "立即停车",
        "due_on": "2022-11-07",
        "original_due_on": "2022-11-07",
        "due_kind": "days",
        "responsible_unit": "化工厂",
        "responsible_person": "乙",
        "case_leader": "李局",
        "regulator": "应急局",
        "external_code": "S-1",
        "remark": "急",
        "overdue": False,
    }
    assert {name: seen[name] for name in expected} == expected
    shown = desk.show("1")
    assert [file["name"] for file in shown["evidence"]] == ["现场.jpg"]
    assert [event["on"] for event in shown["events"]] == ["2022-10-08", "2022-10-09", "2022-10-09"]


def test_add_without_anyone_responsible_only_registers(desk: Desk) -> None:
    added = desk.does("add 缺警示标志 --industry 花炮 --enterprise 某厂 --due 7d", by="甲")
    assert added.out == (
        "YH-2022-00001  registered  due 2022-10-17 (7 days left)  "
        "next: hazardctl assign YH-2022-00001 --due … --responsible-person …\n"
    )


def test_a_major_hazard_without_its_basis_is_taken_with_a_warning(desk: Desk) -> None:
    line = "add 超量储存 --industry 花炮 --enterprise 某厂 --severity major"
    added = desk(line, by="甲")
    assert (added.code, added.out.split("  ")[1]) == (0, "registered")
    assert added.err == (
        "YH-2022-00001: major without a basis. "
        "Record the determination: hazardctl edit YH-2022-00001 --basis TEXT\n"
        "某厂 was not on the register; it is now YH-QY-00001.\n"
    )
    assert "重大隐患没有判定依据" in desk(f"{line} --lang zh", by="甲").err


def test_the_way_out_of_that_warning_works(desk: Desk) -> None:
    desk("add 超量储存 --industry 花炮 --enterprise 某厂 --severity major", by="甲")
    desk.does("edit YH-2022-00001 --basis 判定标准第3条", by="甲")
    desk.does("edit YH-2022-00001 --severity major --basis 判定标准第4条", by="甲")
    changes = [event["changes"].get("basis") for event in desk.show("1")["events"]]
    assert changes == [None, "判定标准第3条", "判定标准第4条"]


def test_a_major_hazard_goes_all_the_way(desk: Desk) -> None:
    number = desk.in_state("closed", major=True)
    seen = desk.show(number)
    assert seen["verified_by"] == ["丙", "戊"]
    assert [event["kind"] for event in seen["events"]] == [
        "registered",
        "assigned",
        "accepted",
        "submitted",
        "verified",
        "closed",
    ]


def test_a_major_hazard_is_accepted_next(desk: Desk) -> None:
    desk.in_state("registered", major=True)
    done = desk.does(f"assign 1 {DUE}", by="甲")
    assert done.out.endswith("next: hazardctl accept YH-2022-00001 --assure responsibility=… …\n")


def test_an_extension_moves_the_due_date_and_never_the_original_one(desk: Desk) -> None:
    desk.in_state("assigned")
    desk.does("extend request 1 --due 2022-11-01 --reason 配件未到", by="乙")
    assert desk.show("1")["due_on"] == "2022-10-20"
    granted = desk.does("extend approve 1", by="甲")
    assert "due 2022-11-01 (22 days left)" in granted.out
    seen = desk.show("1")
    assert (seen["due_on"], seen["original_due_on"], seen["extensions"]) == (
        "2022-11-01",
        "2022-10-20",
        1,
    )


def test_a_refused_extension_moves_nothing(desk: Desk) -> None:
    desk.in_state("assigned")
    desk.does("extend request 1 --due 2022-11-01 --reason 配件未到", by="乙")
    desk.does("extend refuse 1 --reason 有替代件", by="甲")
    seen = desk.show("1")
    assert (seen["due_on"], seen["extensions"]) == ("2022-10-20", 0)
    assert seen["events"][-1]["facts"]["reason"] == "有替代件"


def test_a_pending_extension_is_dropped_when_the_hazard_is_submitted(desk: Desk) -> None:
    desk.in_state("assigned")
    desk.does("extend request 1 --due 2022-11-01 --reason 配件未到", by="乙")
    desk.does("submit 1 --measures 已清理", by="乙")
    assert [event["kind"] for event in desk.show("1")["events"]][-2:] == [
        "extension-dropped",
        "submitted",
    ]


def test_edit_keeps_the_old_value_beside_the_new(desk: Desk) -> None:
    desk.in_state("registered")
    desk.does("edit 1 --district 永安镇", by="甲")
    desk.does("edit 1 --district 沿溪镇", by="甲")
    desk.does('edit 1 --district ""', by="甲")
    events = desk.show("1")["events"][1:]
    told = [(event["facts"]["was"]["district"], event["changes"]["district"]) for event in events]
    assert told == [(None, "永安镇"), ("永安镇", "沿溪镇"), ("沿溪镇", None)]


def test_grading_a_hazard_anew_needs_its_basis_and_a_new_acceptance(desk: Desk) -> None:
    desk.add("通道堵塞", "--due 20d --responsible-person 乙 --case-leader 李局")
    desk.does("accept 1", by="乙")
    assert desk("edit 1 --severity major", by="甲").code == 4
    desk.does(f"edit 1 {MAJOR}", by="甲")
    assert desk("submit 1 --measures x", by="乙").code == 4
    desk.does(f"accept 1 {ASSURED}", by="乙")


def test_the_day_of_a_step_is_kept_beside_the_moment_it_was_recorded(desk: Desk) -> None:
    desk.in_state("assigned")
    event = desk.show("1")["events"][1]
    assert event["on"].endswith("-10-02")
    assert event["at"][:10] > event["on"]


def test_a_correction_on_the_spot_needs_no_assignment(desk: Desk) -> None:
    desk.add("灭火器过期", "--found-on 2022-10-09")
    desk.does("close 1 --measures 已更换 --rectified-by 乙 --verified-by 丙", by="丁")
    assert [event["kind"] for event in desk.show("1")["events"]] == [
        "registered",
        "submitted",
        "verified",
        "closed",
    ]


def test_several_numbers_are_one_transaction_and_one_line_each(desk: Desk) -> None:
    for _ in range(3):
        desk.in_state("registered")
    done = desk.does(f"assign 1 2022-00002 YH-2022-00003 {DUE}", by="甲")
    assert [line[:13] for line in done.out.splitlines()] == [
        "YH-2022-00001",
        "YH-2022-00002",
        "YH-2022-00003",
    ]
    moments = {desk.show(number)["events"][-1]["at"] for number in "123"}
    assert len(moments) == 1


@pytest.mark.parametrize("numbers", ["1 2 9", "9 1 2", "1 2 3"])
def test_several_numbers_are_changed_all_or_none(desk: Desk, numbers: str) -> None:
    for state in ("registered", "registered", "void"):
        desk.in_state(state)
    before = desk.kept()
    refused = desk(f"assign {numbers} {DUE}", by="甲")
    assert refused.code in (3, 4)
    assert refused.out == ""
    assert desk.kept() == before


def test_a_number_given_twice_is_changed_once(desk: Desk) -> None:
    desk.in_state("registered")
    assert desk.does(f"assign 1 1 YH-2022-00001 {DUE}", by="甲").out.count("\n") == 1


def test_init_begins_a_ledger_with_its_prefix(desk: Desk) -> None:
    begun = desk.does("init --prefix CSWC", by="甲")
    assert begun.out == f"Ledger begun: {desk.ledger} (numbers CSWC-YEAR-00001)\n"
    assert desk.add() == "CSWC-2022-00001"
    again = desk("init", by="甲")
    assert (again.code, again.out) == (4, "")
    assert str(desk.ledger) in again.err


def test_numbers_count_by_the_year_found_and_are_never_used_again(desk: Desk) -> None:
    assert desk.add("a") == "YH-2022-00001"
    assert desk.add("b", "--found-on 2021-12-31") == "YH-2021-00001"
    desk.does("void 2022-00001 --reason 误录", by="甲")
    assert desk.add("c") == "YH-2022-00002"


def test_the_same_person_is_recognised_however_the_name_is_written(desk: Desk) -> None:
    desk.in_state("assigned")
    desk.does("submit 1 --measures x --rectified-by 'Ann Lee'", by="己")
    for name in ("ann lee", "ＡＮＮ ＬＥＥ", "AnnLee"):
        assert desk(["verify", "1", "--verified-by", name], by="甲").code == 4


def test_the_reporter_is_in_no_answer(desk: Desk) -> None:
    added = desk(
        "add 举报 --industry 花炮 --enterprise 某厂 --reporter 王小二 -f json",
        by="甲",
    )
    answers = [added.out, added.err]
    for line in ("list -f json", "list -f csv", "show 1 -f json", "show 1", "log -f json", "log"):
        answers.append(desk.does(line).out)
    assert not any("王小二" in answer for answer in answers)
