"""What rows of the register are judged by: everybody's names, and what they are about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.at_a_desk import Desk
from tests.cli.test_import_register import counts, refused, taken

HAZARDS = """隐患编号,隐患描述,单位名称,排查时间,行业
Z-1,库房混放,甲厂,2022-10-01,花炮
Z-2,通道堵塞,乙厂,2022-10-02,花炮
"""
CODE = "919999990000004572"


@pytest.fixture
def met(desk: Desk) -> Desk:
    """A desk at which 甲厂 and 乙厂 were registered as they came, and 丙店 for itself."""
    desk.file("h.csv", HAZARDS)
    assert desk("import h.csv", by="甲").code == 0
    taken(desk, "enterprise", "企业名称,联系电话\n丙店,13700000000\n")
    return desk


def tried(desk: Desk, text: str) -> list[Any]:
    """The faults of a file of enterprises, the same when it is only looked at."""
    before = desk("enterprise list -f json").out
    seen = refused(desk, "enterprise", text, "--dry-run")
    assert refused(desk, "enterprise", text) == seen
    assert desk("enterprise list -f json").out == before
    return seen


@pytest.mark.parametrize(
    "text",
    [
        "企业名称,曾用名\n甲厂,乙厂\n",
        "企业名称,曾用名\n甲厂,新甲厂、乙 厂\n",
        "企业名称,曾用名\n丙店,乙厂\n",
        "企业名称,曾用名\n丁厂,甲厂、乙厂\n",
        f"企业名称,曾用名,信用代码\n甲厂,乙厂,{CODE}\n",
    ],
)
def test_a_row_that_bears_the_name_of_another_is_a_fault_with_a_code_or_without(
    met: Desk, text: str
) -> None:
    assert tried(met, text) == [(2, "曾用名", "alias-taken")]
    told = met("import --kind enterprise enterprise.csv --partial --lang zh", by="甲")
    assert (told.code, "乙" in told.out, "另一家企业" in told.out) == (5, True, True)


def test_the_other_rows_are_taken_all_the_same_if_asked(met: Desk) -> None:
    met.file("e.csv", "企业名称,曾用名\n甲厂,乙厂\n乙厂,乙老厂\n")
    told = met("import --kind enterprise e.csv --partial -f json", by="甲")
    assert told.code == 5
    assert counts(told.json) == {"rows": 2, "duplicates": 1, "rejected": 1, "completed": 1}
    assert met("enterprise show 乙老厂 -f json").json["name"] == "乙厂"


def test_a_name_that_an_earlier_row_gave_to_another_is_a_fault(met: Desk) -> None:
    assert tried(met, "企业名称,曾用名\n丁厂,老厂\n甲厂,老厂\n") == [(3, "曾用名", "alias-taken")]


def test_the_credit_code_of_another_is_a_fault(met: Desk) -> None:
    text = f"企业名称,信用代码\n甲厂,{CODE}\n乙厂,{CODE}\n"
    assert tried(met, text) == [(3, "信用代码", "code-taken")]
    taken(met, "enterprise", f"企业名称,信用代码\n甲厂,{CODE}\n")
    assert tried(met, f"企业名称,信用代码\n乙厂,{CODE}\n") == [(2, "信用代码", "code-taken")]


@pytest.mark.parametrize(
    "rows",
    [
        ["甲厂,一厂,6", "甲厂,一厂,6"],
        ["甲厂,一厂,6", "甲厂,,7"],
        ["甲厂,一厂,", "一厂,,6"],
        ["甲厂,,6", "甲厂,一厂,"],
        ["甲新厂,甲厂,6", "甲厂,甲新厂,7", "乙厂,二厂,8", "丁厂,,9"],
    ],
)
def test_what_was_completed_is_counted_once_and_so_by_a_repetition(
    met: Desk, rows: list[str]
) -> None:
    met.file("e.csv", "\n".join(["企业名称,曾用名,联系电话", *rows]))
    line = "import --kind enterprise e.csv -f json"
    seen = met(f"{line} --dry-run").json
    first = met(f"{line} --request-id 1", by="甲").json
    again = met(f"{line} --request-id 1", by="甲").json
    assert again == first
    assert met("check").code == 0
    assert first["completed"] == seen["completed"] == len({row[0] for row in rows} & {"甲", "乙"})
    changes = [file["changes"] for told in (seen, first) for file in told["files"]]
    assert changes[0] == changes[1]


def test_a_file_that_is_refused_completes_nothing_for_those_after_it(met: Desk) -> None:
    met.file("bad.csv", "企业名称,联系电话,曾用名\n甲厂,6,\n乙厂,,甲厂\n")
    met.file("good.csv", "企业名称,联系电话\n甲厂,7\n")
    line = "import --kind enterprise bad.csv good.csv -f json"
    for more in ("--dry-run", ""):
        told = met(f"{line} {more}", by="甲").json["files"][1]
        assert (told["completed"], told["changes"]) == (1, [])
    assert met("enterprise show 甲厂 -f json").json["phone"] == "7"


def test_an_earlier_row_is_named_by_its_place(met: Desk) -> None:
    met.file("e.csv", "企业名称,联系电话\n丁厂,6\n丁厂,7\n")
    met.file("f.csv", "企业名称,联系电话\n丁厂,8\n")
    line = "import --kind enterprise e.csv f.csv"
    told = met(f"{line} --dry-run -f json").json["files"]
    assert [(one["number"], one["of_file"], one["of_row"]) for one in told[0]["changes"]] == [
        (None, "e.csv", 2)
    ]
    said = met(line, by="甲").out
    assert "e.csv row 3: Phone is 6 in row 2, 7 here; not applied." in said
    assert "f.csv row 2: Phone is 6 in row 2 of e.csv, 8 here; not applied." in said
    text = "隐患描述,单位名称,排查时间,状态\n三,甲厂,2022-10-01,未整改\n三,甲厂,2022-10-01,整改中\n"
    met.file("h2.csv", text)
    said = met("import h2.csv --lang zh", by="甲").out
    assert "h2.csv 第 3 行：同一项在第 2 行为“已登记”，此处为“整改中”，未改动。" in said


PENALTY = "隐患编号,决定日期,处罚种类,罚款金额(元),当场处罚\nZ-1,2022-10-05,罚款,{},是\n"


def test_a_fine_on_the_spot_is_judged_by_whose_hazard_it_is_for(met: Desk) -> None:
    fault = [(2, "罚款金额(元)", "too-much-on-the-spot")]
    assert refused(met, "penalty", PENALTY.format(3001)) == fault
    taken(met, "penalty", PENALTY.format(3000))
    (penalty,) = met("penalty list -f json").json
    assert (penalty["enterprise"], penalty["amount_fen"]) == ("甲厂", 300_000)
    typed = "penalty add --hazard 2 --kind 罚款 --decided-on 2022-10-05 --on-spot --amount"
    met.does(f"{typed} 3000", by="甲")
    assert met(f"{typed} 3001 -f json", by="甲").error["code"] == "too-much-on-the-spot"


def test_a_fine_is_judged_by_the_industry_of_what_it_is_about(desk: Desk) -> None:
    """Two million may be fined in a coal mine since 2024, and 200,000 for fireworks."""
    desk.setenv("HAZARDCTL_TODAY", "2024-10-10")
    desk.file("h.csv", HAZARDS)
    assert desk("import h.csv", by="甲").code == 0
    heads = "决定日期,处罚种类,罚款金额(万元)"
    fault = [(2, "罚款金额(万元)", "amount-questioned")]
    for text in (
        f"隐患编号,{heads}\nZ-1,2024-10-05,罚款,50\n",
        f"单位名称,{heads}\n甲厂,2024-10-05,罚款,50\n",
    ):
        assert refused(desk, "penalty", text, "--dry-run") == fault
        assert refused(desk, "penalty", text) == fault
    for about in ("--hazard 1", "--enterprise 甲厂"):
        line = f"penalty add {about} --kind 罚款 --decided-on 2024-10-05 --amount 50万元"
        assert desk(f"{line} -f json", by="甲").error["code"] == "amount-questioned"
    desk.does(f"{line} --confirmed", by="甲")
    taken(desk, "penalty", f"隐患编号,{heads}\nZ-2,2024-10-05,罚款,50\n", "--confirmed")


def test_a_typed_record_and_a_row_are_placed_by_one_rule(met: Desk) -> None:
    """A penalty that names no hazard of its own, a referral that follows it: all the way."""
    met.does("enterprise edit 甲厂 --district 永安镇", by="甲")
    taken(
        met,
        "penalty",
        "隐患编号,决定书文号,决定日期,处罚种类\nZ-1,罚1,2022-10-05,警告\n",
    )
    taken(met, "referral", "决定书文号,报告日期\n罚1,2022-10-06\n")
    met.does("referral add --penalty 1 --reported-on 2022-10-07", by="甲")
    met.does("penalty add --hazard 1 --kind 警告 --decided-on 2022-10-08", by="甲")
    names = ("enterprise", "hazard", "industry", "district")
    for kind in ("penalty", "referral"):
        one, other = met(f"{kind} list -f json").json
        assert [one[name] for name in names] == [other[name] for name in names]
        assert one["district"] == "永安镇"


@pytest.mark.parametrize(
    ("unit", "fen"),
    [("元", 5_00), ("千元", 5_000_00), ("万元", 50_000_00), ("百万元", 5_000_000_00)],
)
def test_an_amount_is_in_the_unit_that_its_heading_names(met: Desk, unit: str, fen: int) -> None:
    text = f"单位名称,决定日期,处罚种类,罚款金额({unit})\n甲厂,2022-10-05,罚款,5\n"
    taken(met, "penalty", text, "--confirmed")
    title, bare = f"行政处罚（单位：{unit}）,,,", text.replace("甲", "乙").replace(f"({unit})", "")
    taken(met, "penalty", f"{title}\n{bare}", "--confirmed")
    assert [one["amount_fen"] for one in met("penalty list -f json").json] == [fen, fen]
    funds = f"隐患描述,单位名称,排查时间,治理资金({unit})\n四,甲厂,2022-10-01,5\n"
    met.file("f.csv", funds)
    assert met("import f.csv", by="甲").code == 0
    assert met.show("3")["funds_fen"] == fen


def test_a_heading_that_names_two_units_names_none(met: Desk) -> None:
    heads = "单位名称,决定日期,处罚种类,罚款金额"
    for text in (
        f"（单位：万元）,,,\n{heads}(元/万元)\n甲厂,2022-10-05,罚款,5\n",
        f"（单位：元）（单位：千元）,,,\n{heads}\n甲厂,2022-10-05,罚款,5\n",
    ):
        (fault,) = refused(met, "penalty", text)
        assert fault[2] == "no-unit"


def test_the_columns_are_told_without_a_unit_that_is_not_theirs(met: Desk) -> None:
    met.file("p.csv", "单位名称,决定日期,处罚种类,罚款金额(元)\n甲厂,2022-10-05,罚款,5\n")
    for language, label in (("en", "Amount"), ("zh", "金额")):
        told = met(f"import --kind penalty p.csv --dry-run --lang {language}").out
        assert f"罚款金额(元) → {label}" in told
        assert "万元" not in told
        assert "10,000" not in told
