"""Names in the register: what goes by several, what is the same, what is kept of the old."""

from __future__ import annotations

import pytest

from tests.cli.at_a_desk import Desk

CODE = "91110000600037341L"
ADD = "add 卷帘失效 --industry 花炮 --enterprise"


@pytest.fixture(autouse=True)
def somebody(desk: Desk) -> None:
    """Who acts in every line."""
    desk.setenv("HAZARDCTL_ACTOR", "甲一")


def numbers(desk: Desk, line: str) -> list[str]:
    return [one["number"] for one in desk.does(f"{line} -f json").json]


def test_a_name_that_is_given_up_still_finds_what_was_recorded_under_it(desk: Desk) -> None:
    desk.does(f"{ADD} 甲厂")
    desk.does("enterprise edit 甲厂 --name 甲新厂")
    assert desk.does("enterprise show 甲厂 -f json").json["aliases"] == ["甲厂"]
    desk.does("add 通道堵塞 --industry 花炮 --enterprise 甲厂")
    assert numbers(desk, "enterprise list") == ["YH-QY-00001"]
    assert len(numbers(desk, "list --enterprise 甲新厂")) == 2
    desk.does("check")


def test_an_alias_is_added_and_an_empty_one_clears_them(desk: Desk) -> None:
    desk.does("enterprise add 甲厂 --alias 一厂")
    desk.does("enterprise edit 1 --alias 二厂")
    assert desk.does("enterprise show 1 -f json").json["aliases"] == ["一厂", "二厂"]
    desk.does(["enterprise", "edit", "1", "--alias", ""])
    assert desk.does("enterprise show 1 -f json").json["aliases"] == []
    desk.does("check")


def test_a_line_names_one_alias(desk: Desk) -> None:
    desk.does(["enterprise", "add", "某厂", "--alias", "甲\n乙"])
    for name in ("甲", "乙"):
        assert desk.does(f"enterprise show {name} -f json").json["number"] == "YH-QY-00001"
    desk.does("enterprise edit 某厂 --alias 丙")
    desk.does("check")


def test_a_credit_code_is_that_of_one_enterprise(desk: Desk) -> None:
    desk.does(f"enterprise add 甲厂 --credit-code {CODE}")
    told = desk(f"enterprise add 乙厂 --credit-code {CODE}")
    assert (told.code, "YH-QY-00001" in told.err) == (4, True)
    desk.does(f"{ADD} 甲更名厂 --credit-code {CODE}")
    (one,) = desk.does("enterprise list -f json").json
    assert (one["name"], one["aliases"]) == ("甲厂", ["甲更名厂"])
    desk.does("check")


def test_a_campaign_in_two_spellings_is_one(desk: Desk) -> None:
    desk.does(f'{ADD} 甲厂 --campaign 百日行动 --campaign "百日 行动"')
    assert desk.does("show 1 -f json").json["campaigns"] == ["百日行动"]
    (row,) = desk.does("report --by campaign -f json").json["rows"]
    assert row["found"] == 1


def test_what_is_asked_again_after_a_renaming_is_answered_as_it_was(desk: Desk) -> None:
    desk.does("enterprise add 旧厂")
    line = "enterprise edit 旧厂 --name 新厂 --request-id r1 -f json"
    assert desk.does(line).json == desk.does(line).json
    desk.does(["enterprise", "edit", "新厂", "--alias", ""])
    assert desk.does(line).json["aliases"] == ["旧厂"]


def test_a_correction_does_not_make_two_records_of_one(desk: Desk) -> None:
    desk.does("inspection add --enterprise 甲厂 --inspected-on 2022-10-01")
    desk.does("inspection add --enterprise 甲厂 --inspected-on 2022-10-02")
    told = desk("inspection edit 2 --inspected-on 2022-10-01")
    assert (told.code, "YH-JC-00001" in told.err, "--team" in told.err) == (4, True, True)
    desk.does("inspection edit 2 --inspected-on 2022-10-01 --team 二组")


def test_a_listing_has_its_day_and_not_before_the_finding(desk: Desk) -> None:
    line = f"{ADD} 甲厂 --found-on 2022-10-05 --listing 省级"
    assert desk(line).code == 2
    for on, code in (("2022-10-04", 4), ("2099-01-01", 4), ("2022-10-05", 0)):
        assert desk(f"{line} --listed-on {on}").code == code, on
    desk.does(["edit", "1", "--listing", ""])
    shown = desk.does("show 1 -f json").json
    assert (shown["listing"], shown["listed_on"]) == (None, None)


def test_a_fine_is_judged_again_when_its_day_is_corrected(desk: Desk) -> None:
    line = "penalty add --enterprise 煤矿 --industry coal-mine --kind 罚款 --amount 150万元"
    assert desk(f"{line} --decided-on 2022-08-01 --today 2024-12-01").code == 4
    desk.does(f"{line} --decided-on 2024-08-01 --today 2024-12-01")
    told = desk("penalty edit 1 --decided-on 2022-08-01 --today 2024-12-01")
    assert (told.code, "元" in told.err) == (4, True)
    desk.does("penalty edit 1 --decided-on 2022-08-01 --confirmed --today 2024-12-01")
    assert desk.does("log YH-CF-00001 -f json").json[-1]["facts"]["confirmed"] is True


def test_what_was_on_the_spot_may_be_corrected(desk: Desk) -> None:
    desk.does(f"{ADD} 甲厂")
    line = "penalty add --hazard 1 --kind 罚款 --amount 2500 --decided-on 2022-10-06 --on-spot"
    assert desk.does(f"{line} --today 2022-12-01 -f json").json["enterprise"] == "甲厂"
    assert desk.does("penalty edit 1 --no-on-spot -f json").json["on_spot"] is False
    assert desk(["penalty", "edit", "1", "--enterprise", ""]).code == 2
