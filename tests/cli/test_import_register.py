"""Taking in the register from the command line, with the same care as hazards."""

from __future__ import annotations

import json
from typing import Any

import openpyxl
import pytest

from tests.cli.at_a_desk import Desk

ENTERPRISES = """企业名称,别名,统一社会信用代码,行业,属地,主要负责人,联系电话,监管方式
甲厂,甲一厂,919999990000004572,花炮,永安镇,张三,13800000000,属地
乙店,,,商贸,永安镇,李四,13900000000,属地
"""
HAZARDS = """隐患编号,隐患描述,单位名称,排查时间,行业
Z-1,库房混放,甲一厂,2022-10-01,花炮
Z-2,通道堵塞,丙站,2022-10-02,
"""
INSPECTIONS = """检查日期,检查方式,检查组,受检单位,检查家次,发现隐患数
2022-10-01,日常,第1组,甲厂,1,1
2022-10-02,暗访,第1组,丙站,1,1
2022-10-03,专项,第2组,丁铺,2,0
"""
PENALTIES = """单位名称,隐患编号,决定书文号,决定日期,处罚种类,罚款金额(元)
甲一厂,Z-1,应急罚〔2022〕1号,2022-10-05,罚款,5000
丙站,,应急罚〔2022〕2号,2022-10-06,警告,
"""
REFERRALS = """单位名称,涉嫌罪名,决定书文号,报告日期,批准日期,移送日期,公安机关,受理日期,立案日期
,危险作业罪,应急罚（2022）1号,2022-10-06,2022-10-07,,,,
"""
COUNTS = ("rows", "imported", "acceptable", "duplicates", "changed", "rejected", "skipped")
BESIDE = ("completed", "enterprises_registered")


def counts(told: Any) -> dict[str, int]:
    """What is not nought."""
    return {name: told[name] for name in (*COUNTS, *BESIDE) if told[name]}


def taken(desk: Desk, kind: str, text: str, more: str = "") -> Any:
    """What becomes of a file of records, which is taken."""
    desk.file(f"{kind}.csv", text)
    done = desk(f"import --kind {kind} {kind}.csv -f json {more}", by="甲")
    assert (done.code, done.err) == (0, ""), (done.out, done.err)
    return done.json


def refused(desk: Desk, kind: str, text: str, more: str = "") -> list[tuple[int, str, str]]:
    """The faults of a file that is refused: row, column and code."""
    desk.file(f"{kind}.csv", text)
    done = desk(f"import --kind {kind} {kind}.csv -f json {more}", by="甲")
    assert done.code == 5, done.out
    faults = done.json["files"][0]["problems"]
    return [(one["row"], one["column"], one["code"]) for one in faults]


def hazards(desk: Desk) -> Any:
    """Two hazards, at an enterprise that is known by another name and at one that nobody knows."""
    desk.file("h.csv", HAZARDS)
    return desk("import h.csv -f json", by="甲").json


def test_every_kind_is_taken_and_the_same_files_change_nothing(desk: Desk) -> None:
    assert counts(taken(desk, "enterprise", ENTERPRISES)) == {
        **{"rows": 2, "imported": 2, "acceptable": 2}
    }
    assert hazards(desk)["enterprises_registered"] == 1
    campaigns = "专项行动名称,级别,开始日期,结束日期\n百日攻坚,市级,2022-08-11,2022-12-18\n"
    taken(desk, "campaign", campaigns)
    assert counts(taken(desk, "inspection", INSPECTIONS)) == {
        **{"rows": 3, "imported": 3, "acceptable": 3, "enterprises_registered": 1}
    }
    taken(desk, "penalty", PENALTIES)
    taken(desk, "referral", REFERRALS)
    before = desk.kept()
    for kind, text in {
        "enterprise": ENTERPRISES,
        "campaign": campaigns,
        "inspection": INSPECTIONS,
        "penalty": PENALTIES,
        "referral": REFERRALS,
    }.items():
        again = taken(desk, kind, text)
        assert again["duplicates"] == again["rows"]
        assert not counts(again).keys() & {"imported", "acceptable", "changed", *BESIDE}
    assert {name: text for name, text in desk.kept().items() if name in before} == before
    assert desk("check").code == 0


def test_what_a_penalty_and_a_referral_are_about_is_linked_by_number(desk: Desk) -> None:
    taken(desk, "enterprise", ENTERPRISES)
    hazards(desk)
    taken(desk, "penalty", PENALTIES)
    taken(desk, "referral", REFERRALS)
    first, second = desk("penalty list -f json").json
    assert (first["hazard"], first["enterprise"], first["industry"]) == (
        *("YH-2022-00001", "甲一厂", "fireworks"),
    )
    assert (first["amount_fen"], first["kinds"]) == (500_000, ["fine"])
    assert (second["hazard"], second["enterprise"], second["amount_fen"]) == (None, "丙站", 0)
    (referral,) = desk("referral list -f json").json
    assert (referral["penalty"], referral["hazard"]) == ("YH-CF-00001", "YH-2022-00001")
    assert (referral["enterprise"], referral["state"]) == ("甲一厂", "approved")


def test_the_event_holds_the_file_the_place_and_the_raw_row(desk: Desk) -> None:
    taken(desk, "inspection", INSPECTIONS)
    (event,) = desk("log YH-JC-00001 -f json").json
    assert (event["kind"], event["on"], event["changes"]["inspected_on"]) == (
        *("imported", "2022-10-01", "2022-10-01"),
    )
    assert (event["facts"]["file"], event["facts"]["row"]) == ("inspection.csv", 2)
    assert event["facts"]["raw"]["检查方式"] == "日常"
    notes = [one for one in desk("log -f json").json if one["kind"] == "file-imported"]
    assert [(one["facts"]["kind"], one["facts"]["imported"]) for one in notes] == [
        ("inspection", 3)
    ]
    assert notes[0]["facts"]["enterprises"] == 3
    assert len(notes[0]["facts"]["sha256"]) == 64


def test_an_enterprise_that_came_along_is_completed_by_a_file_of_enterprises(desk: Desk) -> None:
    hazards(desk)
    told = taken(desk, "enterprise", ENTERPRISES)
    assert counts(told) == {
        **{"rows": 2, "imported": 1, "acceptable": 1, "duplicates": 1},
        "completed": 1,
    }
    # It came as 甲一厂: the name of the file is another of its names, and is not put in its place.
    first = desk("enterprise show 甲厂 -f json").json
    assert (first["number"], first["name"], first["aliases"]) == ("YH-QY-00001", "甲一厂", ["甲厂"])
    assert (first["phone"], first["credit_code"]) == ("13800000000", "919999990000004572")
    assert [event["kind"] for event in first["events"]] == ["entered", "edited"]
    assert first["events"][1]["facts"]["file"] == "enterprise.csv"
    assert first["events"][1]["facts"]["was"]["phone"] is None
    assert counts(taken(desk, "enterprise", ENTERPRISES)) == {"rows": 2, "duplicates": 2}
    assert desk("check").code == 0


def test_what_a_known_record_is_said_to_be_else_is_listed_and_not_applied(desk: Desk) -> None:
    taken(desk, "enterprise", ENTERPRISES)
    other = ENTERPRISES.replace("13900000000", "13700000000").replace("李四", "李五")
    told = taken(desk, "enterprise", other)
    assert counts(told) == {"rows": 2, "duplicates": 2, "changed": 1}
    changes = [
        (one["row"], one["number"], one["field"], one["ledger"], one["stated"])
        for one in told["files"][0]["changes"]
    ]
    assert changes == [
        (3, "YH-QY-00002", "principal", "李四", "李五"),
        (3, "YH-QY-00002", "phone", "13900000000", "13700000000"),
    ]
    assert desk("enterprise show 乙店 -f json").json["phone"] == "13900000000"
    said = desk("import --kind enterprise enterprise.csv --lang zh", by="甲").out
    assert "YH-QY-00002 的联系电话在台账中为“13900000000”，文件中为“13700000000”，未改动。" in said


def test_a_later_state_of_a_referral_is_listed_and_not_applied(desk: Desk) -> None:
    text = REFERRALS.replace("应急罚（2022）1号", "").replace("\n,危险", "\n甲厂,危险")
    taken(desk, "referral", text)
    later = text.replace("2022-10-07,,,,", "2022-10-07,2022-10-08,县公安局,2022-10-08,")
    told = taken(desk, "referral", later)
    assert counts(told) == {"rows": 1, "duplicates": 1, "changed": 1}
    assert {one["field"] for one in told["files"][0]["changes"]} == {
        *("state", "sent_on", "police", "received_on"),
    }
    assert desk("referral show 1 -f json").json["state"] == "approved"


def test_a_row_that_says_the_same_twice_is_a_duplicate(desk: Desk) -> None:
    lines = INSPECTIONS.splitlines()
    told = taken(desk, "inspection", "\n".join([*lines, lines[1], lines[1][:-1] + "5"]))
    assert counts(told) == {
        **{"rows": 5, "imported": 3, "acceptable": 3, "duplicates": 2, "changed": 1},
        "enterprises_registered": 3,
    }
    (change,) = told["files"][0]["changes"]
    assert (change["row"], change["number"], change["field"]) == (6, None, "hazards_found")


def test_a_decision_that_says_another_amount_is_no_second_penalty(desk: Desk) -> None:
    hazards(desk)
    taken(desk, "penalty", PENALTIES)
    told = taken(desk, "penalty", PENALTIES.replace("5000", "6000"))
    assert counts(told) == {"rows": 2, "duplicates": 2, "changed": 1}
    (change,) = told["files"][0]["changes"]
    assert (change["field"], change["ledger"], change["stated"]) == ("amount_fen", 500000, 600000)


def test_a_name_or_a_credit_code_is_enough_to_be_recognised(desk: Desk) -> None:
    taken(desk, "enterprise", ENTERPRISES)
    by_alias = taken(desk, "enterprise", "企业名称\n甲 一 厂\n")
    assert counts(by_alias) == {"rows": 1, "duplicates": 1}
    by_code = taken(desk, "enterprise", "企业名称,信用代码\n甲花炮厂,919999990000004572\n")
    assert counts(by_code) == {"rows": 1, "duplicates": 1, "changed": 1}
    (change,) = by_code["files"][0]["changes"]
    assert (change["field"], change["ledger"], change["stated"]) == ("name", "甲厂", "甲花炮厂")
    other = "企业名称,别名,信用代码\n戊厂,甲一厂,91430112MA4L000100\n"
    faults = refused(desk, "enterprise", other)
    assert [code for _, _, code in faults] in (["alias-taken"], ["wrong-check-digit"])


def test_what_the_ledger_does_not_have_is_a_fault_of_its_row(desk: Desk) -> None:
    before = desk.kept()
    assert refused(desk, "penalty", PENALTIES) == [(2, "隐患编号", "unknown-hazard")]
    assert refused(desk, "referral", REFERRALS) == [(2, "决定书文号", "unknown-decision")]
    assert not desk.ledger.exists()
    assert before == {n: t for n, t in desk.kept().items() if not n.endswith(".csv")}
    desk.file("penalty.csv", PENALTIES)
    told = desk("import --kind penalty penalty.csv --partial -f json", by="甲")
    assert told.code == 5
    assert counts(told.json) == {
        **{"rows": 2, "imported": 1, "acceptable": 1, "rejected": 1},
        "enterprises_registered": 1,
    }


def test_a_code_that_several_hazards_bear_is_told_by_the_enterprise(desk: Desk) -> None:
    desk.file(
        "h.csv",
        "隐患编号,隐患描述,单位名称,排查时间\nT-1,一,甲厂,2022-10-01\nT-1,二,乙店,2022-10-01\n"
        "T-1,三,乙店,2022-10-01\n",
    )
    desk("import h.csv", by="甲")
    text = (
        "单位名称,隐患编号,决定日期,处罚种类\n甲厂,T-1,2022-10-05,警告\n乙店,T-1,2022-10-05,警告\n"
    )
    desk.file("penalty.csv", text)
    told = desk("import --kind penalty penalty.csv -f json --partial", by="甲").json
    (fault,) = told["files"][0]["problems"]
    assert (fault["row"], fault["code"]) == (3, "several-hazards")
    assert "YH-2022-00002" in fault["message"]
    (penalty,) = desk("penalty list -f json").json
    assert penalty["hazard"] == "YH-2022-00001"


def test_a_large_file_that_names_one_hazard_in_vain_leaves_nothing(desk: Desk) -> None:
    desk.does("init", by="甲")
    rows = [f"单位{at},,2022-10-05,警告" for at in range(1200)]
    text = "\n".join(["单位名称,隐患编号,决定日期,处罚种类", *rows, "甲厂,Q-1,2022-10-05,警告"])
    good = "单位名称,决定日期,处罚种类\n甲厂,2022-10-06,警告\n"
    desk.file("long.csv", text)
    desk.file("good.csv", good)
    told = desk("import --kind penalty long.csv good.csv -f json", by="甲")
    assert told.code == 5
    assert [counts(one) for one in told.json["files"]] == [
        {"rows": 1201, "acceptable": 1200, "rejected": 1},
        {"rows": 1, "imported": 1, "acceptable": 1, "enterprises_registered": 1},
    ]
    assert [one["number"] for one in desk("penalty list -f json").json] == ["YH-CF-00001"]
    assert [one["name"] for one in desk("enterprise list -f json").json] == ["甲厂"]
    assert desk("check").code == 0


def test_a_dry_run_tells_which_enterprises_would_come_along(desk: Desk) -> None:
    desk.file("h.csv", HAZARDS)
    told = desk("import h.csv --dry-run")
    assert told.err.endswith(
        "h.csv: 2 enterprises are not on the register and would be: 甲一厂, 丙站.\n"
    )
    assert desk("import h.csv --dry-run -f json").json["enterprises_registered"] == 2
    assert not desk.ledger.exists()
    taken(desk, "enterprise", ENTERPRISES)
    before = desk.kept()
    seen = taken(desk, "inspection", INSPECTIONS, "--dry-run")
    assert counts(seen) == {"rows": 3, "acceptable": 3, "enterprises_registered": 2}
    assert {name: text for name, text in desk.kept().items() if name in before} == before


def test_the_same_request_is_answered_as_it_was(desk: Desk) -> None:
    hazards(desk)
    for kind, text in (("enterprise", ENTERPRISES), ("inspection", INSPECTIONS)):
        desk.file(f"{kind}.csv", text)
        line = f"import --kind {kind} {kind}.csv -f json --request-id {kind}"
        first, before = desk(line, by="甲"), desk.ledger.read_bytes()
        again = desk(line, by="甲")
        assert counts(again.json) == counts(first.json)
        assert desk.ledger.read_bytes() == before


def test_an_inspection_is_of_the_industry_of_its_enterprise_and_stays_the_same(desk: Desk) -> None:
    taken(desk, "inspection", INSPECTIONS)
    taken(desk, "enterprise", ENTERPRISES)
    assert taken(desk, "inspection", INSPECTIONS)["duplicates"] == 3
    more = INSPECTIONS.replace("2022-10-0", "2022-09-0")
    taken(desk, "inspection", more)
    assert [one["industry"] for one in desk("inspection list -f json").json[3:]] == [
        *("fireworks", None, None),
    ]
    desk("enterprise edit 甲厂 --industry 商贸", by="甲")
    assert taken(desk, "inspection", more)["duplicates"] == 3


def test_options_fill_what_a_file_leaves_out(desk: Desk) -> None:
    line = "--enterprise 甲厂 --industry 花炮 --district 永安镇 --campaign 百日攻坚"
    taken(desk, "inspection", "检查日期,检查方式\n2022-10-01,日常\n", line)
    (seen,) = desk("inspection list -f json").json
    assert [seen[name] for name in ("enterprise", "industry", "district", "campaigns")] == [
        *("甲厂", "fireworks", "永安镇", ["百日攻坚"]),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "--kind enterprise --found-on 2022-10-01",
        "--kind enterprise --enterprise 甲厂",
        "--kind campaign --industry 花炮",
        "--kind inspection --source media",
        "--kind inspection --split",
        "--kind penalty --save-mapping 县局",
        "--kind penalty --mapping 县局",
        "--kind inspection --confirmed",
        "--confirmed",
    ],
)
def test_an_option_that_means_nothing_for_a_kind_is_refused(desk: Desk, line: str) -> None:
    desk.file("a.csv", INSPECTIONS)
    told = desk(f"import a.csv {line} -f json", by="甲")
    assert (told.code, told.error["code"]) == (2, "unfit-option")
    assert not desk.ledger.exists()


def test_a_kind_that_there_is_not_is_refused(desk: Desk) -> None:
    desk.file("a.csv", INSPECTIONS)
    told = desk("import a.csv --kind visit -f json", by="甲")
    assert (told.code, told.error["code"]) == (2, "not-one-of")


def test_an_amount_without_its_unit_is_settled_by_map(desk: Desk) -> None:
    text = "单位名称,决定日期,罚款金额\n甲厂,2022-10-05,2\n"
    assert refused(desk, "penalty", text) == [(2, "罚款金额", "no-unit")]
    told = taken(desk, "penalty", text, "--map 罚款金额=amount_wan")
    assert told["files"][0]["mapping"]["罚款金额"] == "amount_fen"
    assert desk("penalty list -f json").json[0]["amount_fen"] == 2_000_000
    unknown = desk("import penalty.csv --kind penalty --map 罚款金额=money -f json", by="甲")
    assert (unknown.code, unknown.error["code"]) == (2, "unknown-field")


def test_a_fine_above_the_legal_range_is_taken_when_it_is_confirmed(desk: Desk) -> None:
    text = "单位名称,决定日期,罚款金额(万元)\n甲厂,2022-10-05,500\n"
    assert refused(desk, "penalty", text) == [(2, "罚款金额(万元)", "amount-questioned")]
    taken(desk, "penalty", text, "--confirmed")
    assert desk("penalty list -f json").json[0]["amount_fen"] == 500_000_000


def test_the_sender_is_given_the_workbook_back_with_all_faults(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ("单位名称,隐患编号,决定日期,处罚种类", "甲厂,Q-1,2022-10-05,警告", "乙,,坏,警告"):
        sheet.append(row.split(","))
    book.save(desk.folder / "p.xlsx")
    assert desk("import --kind penalty p.xlsx --errors back.xlsx", by="甲").code == 5
    marked = openpyxl.load_workbook(desk.folder / "back.xlsx").worksheets[0]
    said = [str(row[-1] or "") for row in marked.iter_rows(min_row=2, values_only=True)]
    assert "Q-1" in said[0]
    assert "names no day" in said[1]


def test_only_the_named_sheet_is_read(desk: Desk) -> None:
    book = openpyxl.Workbook()
    for title, name in (("九月", "甲厂"), ("十月", "乙店")):
        sheet = book.create_sheet(title)
        sheet.append(["企业名称"])
        sheet.append([name])
    book.save(desk.folder / "e.xlsx")
    desk.does("import --kind enterprise e.xlsx --sheet 十月", by="甲")
    assert [one["name"] for one in desk("enterprise list -f json").json] == ["乙店"]


@pytest.mark.parametrize("kind", ["enterprise", "campaign", "inspection", "penalty", "referral"])
def test_rubbish_is_refused_and_leaves_nothing(desk: Desk, kind: str) -> None:
    odd = (b"", b"\x00\xff" * 80, b"PK\x03\x04 no zip", b"<html></html>", b"a,b\n1,2")
    for content in odd:
        desk.file("a.csv", content)
        told = desk(f"import --kind {kind} a.csv -f json", by="甲")
        assert told.code == 5
        assert json.loads(told.out)["imported"] == 0
    assert not desk.ledger.exists()


def test_what_a_list_exports_is_recognised_when_it_comes_back(desk: Desk) -> None:
    hazards(desk)
    for kind, text in (
        ("enterprise", ENTERPRISES),
        ("inspection", INSPECTIONS),
        ("penalty", PENALTIES),
        ("referral", REFERRALS),
    ):
        taken(desk, kind, text)
    for kind in ("enterprise", "inspection", "penalty", "referral"):
        out = desk(f"{kind} list -f csv").out
        told = taken(desk, kind, out)
        assert told["duplicates"] == told["rows"] > 0
        assert told["changed"] == 0, told["files"][0]["changes"]


def test_what_is_listed_and_set_aside_for_a_hazard_comes_in_and_comes_back(desk: Desk) -> None:
    desk.file(
        "h.csv",
        "隐患描述,单位名称,排查时间,挂牌督办级别,挂牌日期,治理资金(万元)\n"
        "一,甲厂,2022-10-01,市级,2022-10-03,12.5\n二,甲厂,2022-10-01,无,,已落实\n",
    )
    desk("import h.csv", by="甲")
    seen = desk.show("1")
    assert (seen["listing"], seen["listed_on"], seen["funds_fen"]) == (
        *("municipal", "2022-10-03", 12_500_000),
    )
    assert [desk.show("2")[name] for name in ("listing", "funds_fen")] == [None, None]
    for name in ("out.csv", "out.xlsx", "out.json"):
        desk.does(f"export -o {name}")
        back = desk.folder / name.replace(".", "_")
        told = desk(f"import {name} --ledger {back}.db -f json", by="甲").json
        assert (told["imported"], told["rejected"]) == (2, 0)
        again = desk(f"show 1 -f json --ledger {back}.db").json
        assert [again[one] for one in ("listing", "listed_on", "funds_fen")] == [
            *("municipal", "2022-10-03", 12_500_000),
        ]
    desk.file("n.csv", "隐患描述,单位名称,排查时间,整改资金\n三,甲厂,2022-10-01,5\n")
    told = desk("import n.csv -f json", by="甲").json
    assert [one["code"] for one in told["files"][0]["problems"]] == ["no-unit"]
    assert desk("import n.csv --map 整改资金=funds_wan", by="甲").code == 0
    assert desk.show("3")["funds_fen"] == 5_000_000


def test_a_superiors_form_is_given_the_funds_in_its_own_unit(desk: Desk) -> None:
    desk("add 一 --industry 花炮 --enterprise 甲厂 --funds 5.5万元", by="甲")
    for heading, expected in (
        ("整改资金(万元)", 5.5),
        ("整改资金(元)", 55000),
        ("整改资金", "5.5万元"),
    ):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["单位名称", "隐患描述", heading])
        book.save(desk.folder / "form.xlsx")
        desk("export --template form.xlsx -o filled.xlsx")
        filled = openpyxl.load_workbook(desk.folder / "filled.xlsx").worksheets[0]
        assert filled.cell(2, 3).value == expected
