"""The register by its commands: each noun added, listed, shown, corrected, moved on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest

from hazardctl.cli.table import COMMANDS
from hazardctl.domain.register import KINDS
from tests.cli.at_a_desk import Desk

CODE = "91440300708461136T"
ADD = {
    "enterprise": f"某花炮厂 --industry 花炮 --alias 老花炮厂 --alias 花炮一厂 --credit-code {CODE}"
    " --district 永安镇 --address 永安镇1号 --principal 张三 --phone 0731-8360 --jurisdiction 直管"
    " --registered-on 2020-01-02 --remark 重点",
    "campaign": "百日行动 --doc-no 浏安委〔2022〕1号 --level municipal --industry 花炮"
    " --industry hazchem --starts-on 2022-10-01 --ends-on 2022-12-31 --parent 大检查 --round 2",
    "inspection": "--inspected-on 10月2日 --enterprise 某花炮厂 --kind 暗访 --team 第一组"
    " --members 3 --campaign 百日行动 --industry 花炮 --district 永安镇 --visits 2"
    " --hazards-found 5 --signature signed",
    "penalty": "--enterprise 某花炮厂 --kind fine --kind 警告 --amount 5万元 --case-no 案1"
    " --filed-on 2022-09-01 --notice-on 2022-09-20 --decision-no 罚1 --decided-on 2022-10-05"
    " --legal-basis 安全生产法第99条 --paid-on 2022-10-08 --industry 花炮 --authority 应急管理局",
    "referral": "--enterprise 某花炮厂 --reported-on 2022-10-03 --charge 134-1 --people 2"
    " --industry 花炮 --campaign 百日行动",
}
# The line that is printed, in English and in Chinese.
PRINTED = {
    "enterprise": (
        "YH-QY-00001  enterprise  某花炮厂  Fireworks  永安镇  the city itself  张三",
        "YH-QY-00001  企业  某花炮厂  烟花爆竹  永安镇  直管  张三",
    ),
    "campaign": (
        "YH-ZX-00001  campaign  百日行动  municipal  2022-10-01  2022-12-31"
        "  Fireworks, Hazardous chemicals",
        "YH-ZX-00001  专项行动  百日行动  市级  2022-10-01  2022-12-31  烟花爆竹、危险化学品",
    ),
    "inspection": (
        "YH-JC-00001  inspection  2022-10-02  某花炮厂  Visits 2  Hazards found 5  covert",
        "YH-JC-00001  检查  2022-10-02  某花炮厂  检查家次 2  发现隐患数 5  暗访",
    ),
    "penalty": (
        "YH-CF-00001  penalty  2022-10-05  某花炮厂  5 × 10,000 yuan  fine, warning  罚1",
        "YH-CF-00001  处罚  2022-10-05  某花炮厂  5 万元  罚款、警告  罚1",
    ),
    "referral": (
        "YH-YS-00001  referral  proposed  某花炮厂  2022-10-03  dangerous operation (134-1)",
        "YH-YS-00001  行刑移送  待批准  某花炮厂  2022-10-03  危险作业罪",
    ),
}
# What JSON says of them, beside the number; what was not given is null, or what it begins with.
SAID: Mapping[str, dict[str, Any]] = {
    "enterprise": {
        "name": "某花炮厂",
        "aliases": ["老花炮厂", "花炮一厂"],
        "credit_code": CODE,
        "industry": "fireworks",
        "district": "永安镇",
        "address": "永安镇1号",
        "principal": "张三",
        "phone": "0731-8360",
        "jurisdiction": "direct",
        "registered_on": "2020-01-02",
        "remark": "重点",
    },
    "campaign": {
        "name": "百日行动",
        "doc_no": "浏安委〔2022〕1号",
        "level": "municipal",
        "industries": ["fireworks", "hazchem"],
        "starts_on": "2022-10-01",
        "ends_on": "2022-12-31",
        "parent": "大检查",
        "round": 2,
    },
    "inspection": {
        "inspected_on": "2022-10-02",
        "enterprise": "某花炮厂",
        "kind": "covert",
        "team": "第一组",
        "members": 3,
        "campaigns": ["百日行动"],
        "industry": "fireworks",
        "district": "永安镇",
        "visits": 2,
        "hazards_found": 5,
        "signature": "signed",
    },
    "penalty": {
        "enterprise": "某花炮厂",
        "kinds": ["fine", "warning"],
        "amount_fen": 5_000_000,
        "case_no": "案1",
        "filed_on": "2022-09-01",
        "notice_on": "2022-09-20",
        "decision_no": "罚1",
        "decided_on": "2022-10-05",
        "legal_basis": "安全生产法第99条",
        "paid_on": "2022-10-08",
        "on_spot": False,
        "industry": "fireworks",
        "campaigns": [],
        "authority": "应急管理局",
    },
    "referral": {
        "enterprise": "某花炮厂",
        "reported_on": "2022-10-03",
        "charge": "134-1",
        "people": 2,
        "state": "proposed",
        "industry": "fireworks",
        "campaigns": ["百日行动"],
    },
}
# A correction: how it is typed, and the field, its old value and its new one.
EDIT: Mapping[str, tuple[str, str, Any, Any]] = {
    "enterprise": ("--phone 0731-1", "phone", "0731-8360", "0731-1"),
    "campaign": ("--ends-on 2022-11-30", "ends_on", "2022-12-31", "2022-11-30"),
    "inspection": ("--hazards-found 6", "hazards_found", 5, 6),
    "penalty": ("--amount 3.5万元", "amount_fen", 5_000_000, 3_500_000),
    "referral": ("--charge 136", "charge", "134-1", "136"),
}
# A question that finds it, and one that does not.
ASKED = {
    "enterprise": [
        ("--industry 花炮 --district 永 安镇 --jurisdiction direct --text 张三", "--retired"),
        ("--text 花炮一厂", "--industry other"),
    ],
    "campaign": [
        ("--industry fireworks --since 2022-10-01 --until 2022-10-01", "--since 2022-10-02"),
        ("--level 市级", "--level county --level national"),
    ],
    "inspection": [
        ("--enterprise 某花炮厂 --kind 暗访 --team 第一组", "--kind joint"),
        ("--campaign 百日行动 --since 10月2日 --until 10月2日", "--until 2022-10-01"),
        ("--signature signed --signature refused-to-sign", "--signature refused-to-sign"),
    ],
    "penalty": [
        ("--kind warning --enterprise 某花炮厂", "--kind closure"),
        ("--since 2022-10-05 --text 罚1", "--text 罚2"),
    ],
    "referral": [
        ("--state proposed --charge 134-1", "--state sent"),
        ("--campaign 百日行动 --text 某花炮厂", "--since 2022-01-01"),
    ],
}
every_noun = pytest.mark.parametrize("noun", KINDS)


def added(desk: Desk, noun: str, more: str = "") -> Any:
    """One record of a noun, as JSON."""
    return desk.does(f"{noun} add {ADD[noun]} {more} -f json", by="甲").json


def numbered(noun: str, place: int = 1) -> str:
    return f"YH-{KINDS[noun].letters}-0000{place}"


def another(noun: str) -> str:
    """How a second record of a noun is typed."""
    lines = {
        "enterprise": "另一厂",
        "campaign": "另一行动",
        "inspection": "--inspected-on 2022-10-03 --site 码头",
        "penalty": "--person 李四 --kind warning --filed-on 2022-10-01",
        "referral": "--enterprise 另一厂 --reported-on 2022-10-04",
    }
    return lines[noun]


def test_every_command_of_the_register_is_tried_here() -> None:
    of_the_register = {key for key in COMMANDS if key.split()[0] in KINDS}
    verbs = {f"{noun} {verb}" for noun in KINDS for verb in ("add", "list", "show", "edit")}
    assert of_the_register == {*verbs, "referral step"}
    for table in (ADD, PRINTED, SAID, EDIT, ASKED):
        assert set(table) == set(KINDS)


# Adding.


@every_noun
def test_a_record_is_entered_and_told_in_one_line(desk: Desk, noun: str) -> None:
    english, chinese = PRINTED[noun]
    assert desk.does(f"{noun} add {ADD[noun]}", by="甲").out == f"{english}\n"
    desk.ledger.unlink()
    assert desk.does(f"{noun} add {ADD[noun]} --lang zh", by="甲").out == f"{chinese}\n"


@every_noun
def test_json_says_all_that_was_said_and_every_key(desk: Desk, noun: str) -> None:
    told = added(desk, noun)
    kind = KINDS[noun]
    assert tuple(told) == kind.fields
    begun = {name: json.loads(json.dumps(value)) for name, value in kind.defaults.items()}
    assert told == {**begun, "number": numbered(noun), **SAID[noun]}


@every_noun
def test_what_is_needed_is_named(desk: Desk, noun: str) -> None:
    told = desk(f"{noun} add -f json", by="甲")
    assert (told.code, told.out, told.error["code"]) == (2, "", "missing-options")
    assert not desk.ledger.exists()


@every_noun
def test_nobody_adds_without_a_name(desk: Desk, noun: str) -> None:
    told = desk(f"{noun} add {ADD[noun]} -f json")
    assert (told.code, told.error["code"]) == (2, "nobody-acts")


@every_noun
def test_the_same_record_is_not_entered_twice(desk: Desk, noun: str) -> None:
    added(desk, noun)
    before = desk.ledger.read_bytes()
    told = desk(f"{noun} add {ADD[noun]} -f json", by="甲")
    by_name = noun in ("enterprise", "campaign")
    code = "already-registered" if by_name else "says-the-same"
    assert (told.code, told.error["code"]) == (4, code)
    assert told.error["facts"]["number"] == numbered(noun)
    assert desk.ledger.read_bytes() == before


# Asked twice.


@every_noun
def test_what_is_asked_twice_is_done_once_and_answered_the_same(desk: Desk, noun: str) -> None:
    for line in (f"{noun} add {ADD[noun]}", f"{noun} edit 1 {EDIT[noun][0]}"):
        ask = f"{line} --request-id {noun}-{line.split()[1]} -f json"
        first = desk.does(ask, by="甲")
        before = desk.ledger.read_bytes()
        again = desk(ask, by="甲")
        assert (again.code, again.out, again.err) == (0, first.out, "")
        assert desk.ledger.read_bytes() == before
        other = desk(f"{line} --remark 别的 --request-id {noun}-{line.split()[1]} -f json", by="甲")
        assert (other.code, other.error["code"]) == (4, "request-reused")
        desk.does(f"{noun} edit 1 --remark 后来", by="甲")
        assert desk(ask, by="甲").out == first.out


def test_a_step_that_is_asked_twice_is_taken_once(desk: Desk) -> None:
    added(desk, "referral")
    line = "referral step 1 --to approved --on 2022-10-04 --request-id R -f json"
    first = desk.does(line, by="甲")
    desk.does("referral step 1 --to sent --on 2022-10-05", by="甲")
    again = desk.does(line, by="甲")
    assert again.out == first.out
    assert again.json["state"] == "approved"
    assert desk.does("referral show 1 -f json").json["state"] == "sent"


# Looking.


@every_noun
def test_a_list_finds_what_is_asked_for(desk: Desk, noun: str) -> None:
    one = added(desk, noun)
    desk.does(f"{noun} add {another(noun)}", by="甲")
    whole = desk.does(f"{noun} list -f json").json
    assert [found["number"] for found in whole] == [numbered(noun), numbered(noun, 2)]
    for finds, misses in ASKED[noun]:
        words = [noun, "list", *split(finds)]
        assert desk.does([*words, "-f", "json"]).json == [one], finds
        assert desk.does([noun, "list", *split(misses), "-f", "json"]).json == [], misses
    assert desk.does(f"{noun} list --limit 1 -f json").json == [one]
    assert "Records: 2" in desk.does(f"{noun} list").out


def split(line: str) -> list[str]:
    """The words of a line; a value may hold a space: `--district 永 安镇` is two words."""
    words: list[str] = []
    for word in line.split():
        if words and not word.startswith("--") and not words[-1].startswith("--"):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


@every_noun
def test_one_is_shown_with_its_history(desk: Desk, noun: str) -> None:
    one = added(desk, noun)
    told = desk.does(f"{noun} show 1 -f json").json
    assert {name: told[name] for name in one} == one
    assert [event["kind"] for event in told["events"]] == ["entered"]
    assert told["events"][0]["changes"] == {
        name: value for name, value in SAID[noun].items() if value not in (False, "proposed", [])
    }
    for text in (numbered(noun), numbered(noun).lower(), "00001"):
        assert desk.does([noun, "show", text, "-f", "json"]).json == told
    shown = desk.does(f"{noun} show 1").out
    assert numbered(noun) in shown
    assert "2022-10-10  甲" in shown


@every_noun
def test_what_is_not_there_is_told_with_the_way_out(desk: Desk, noun: str) -> None:
    added(desk, noun)
    for line in (f"{noun} show 9", f"{noun} edit 9 --remark x", f"{noun} show 没有"):
        told = desk(line, by="甲")
        assert (told.code, told.out) == (3, "")
        assert f"`hazardctl {noun} list`" in told.err
        chinese = desk(f"{line} --lang zh", by="甲")
        assert f"没有{PRINTED[noun][1].split()[1]}" in chinese.err


# Correcting.


@every_noun
def test_a_correction_keeps_the_old_value_beside_the_new(desk: Desk, noun: str) -> None:
    one = added(desk, noun)
    typed, name, old, new = EDIT[noun]
    told = desk.does(f"{noun} edit 1 {typed} -f json", by="乙").json
    assert told == {**one, name: new}
    event = desk.does(f"{noun} show 1 -f json").json["events"][-1]
    assert (event["kind"], event["actor"]) == ("edited", "乙")
    assert event["changes"] == {name: new}
    assert event["facts"] == {"was": {name: old}}
    again = desk.does(f"{noun} edit 1 {typed} -f json", by="丙").json
    assert again == told
    assert len(desk.does(f"{noun} show 1 -f json").json["events"]) == 2


@every_noun
def test_an_empty_text_takes_a_value_away(desk: Desk, noun: str) -> None:
    added(desk, noun, "" if noun == "enterprise" else "--remark 重点")
    told = desk.does([noun, "edit", "1", "--remark", "", "-f", "json"], by="甲").json
    assert told["remark"] is None


@every_noun
def test_nothing_to_correct_is_no_correction(desk: Desk, noun: str) -> None:
    added(desk, noun)
    told = desk(f"{noun} edit 1 -f json", by="甲")
    assert (told.code, told.error["code"]) == (2, "nothing-corrected")


@every_noun
def test_several_are_corrected_together_or_none_is(desk: Desk, noun: str) -> None:
    added(desk, noun)
    desk.does(f"{noun} add {another(noun)}", by="甲")
    told = desk.does(f"{noun} edit 1 {numbered(noun, 2)} 1 --remark 一起 -f json", by="甲").json
    assert [(one["number"], one["remark"]) for one in told] == [
        (numbered(noun), "一起"),
        (numbered(noun, 2), "一起"),
    ]
    before = desk.ledger.read_bytes()
    refused = desk(f"{noun} edit 1 2 9 --remark 不成", by="甲")
    assert (refused.code, refused.out) == (3, "")
    assert desk.ledger.read_bytes() == before


def test_an_enterprise_is_meant_by_any_of_its_names(desk: Desk) -> None:
    added(desk, "enterprise")
    for name in ("某花炮厂", "老 花炮厂", "花炮一厂"):
        told = desk.does(["enterprise", "edit", name, "--phone", name, "-f", "json"], by="甲").json
        assert (told["number"], told["phone"]) == ("YH-QY-00001", name)


def test_an_enterprise_shows_what_is_known_of_it_under_every_name(desk: Desk) -> None:
    added(desk, "enterprise")
    desk.add(options="--enterprise 老花炮厂")
    added(desk, "inspection")
    added(desk, "penalty")
    added(desk, "referral")
    told = desk.does("enterprise show 花炮一厂 -f json").json
    assert {name: told[name] for name in ("hazards", "open", "visits", "penalties")} == {
        "hazards": 1,
        "open": 1,
        "visits": 2,
        "penalties": 1,
    }
    assert (told["fines_fen"], told["referrals"]) == (5_000_000, 1)


def test_what_is_closed_for_good_is_listed_apart(desk: Desk) -> None:
    added(desk, "enterprise")
    desk.does("enterprise add 另一厂", by="甲")
    desk.does("enterprise edit 另一厂 --retired-on 2022-10-09", by="甲")
    (told,) = desk.does("enterprise list --retired -f json").json
    assert (told["name"], told["retired_on"]) == ("另一厂", "2022-10-09")


# Referrals.


def test_a_referral_goes_its_way_step_by_step(desk: Desk) -> None:
    added(desk, "referral")
    steps = [
        ("approved --on 2022-10-04 --doc-no 批1", "approved_on"),
        ("sent --on 2022-10-05 --police 市公安局", "sent_on"),
        ("received --on 2022-10-05", "received_on"),
        ("not-filed --on 2022-10-06 --note 证据不足", "not_filed_on"),
        ("reconsideration --on 2022-10-07", "reconsideration_on"),
        ("supervised --on 2022-10-08", "supervised_on"),
        ("已立案 --on 2022-10-09", "filed_on"),
        ("decided --outcome 判处拘役", "decided_on"),
    ]
    for line, day in steps:
        told = desk.does(f"referral step 1 --to {line} -f json", by="乙").json
        assert day == f"{told['state'].replace('-', '_')}_on"
        assert told[day] is not None
    assert (told["state"], told["decided_on"]) == ("decided", "2022-10-10")
    assert (told["police"], told["outcome"]) == ("市公安局", "判处拘役")
    events = desk.does("log YH-YS-00001 -f json").json
    assert [event["kind"] for event in events] == ["entered", *["advanced"] * 8]
    assert [event["facts"] for event in events[1:5]] == [
        {"doc_no": "批1"},
        {},
        {},
        {"note": "证据不足"},
    ]


def test_several_referrals_take_a_step_together_or_none_does(desk: Desk) -> None:
    added(desk, "referral")
    desk.does(f"referral add {another('referral')}", by="甲")
    desk.does("referral step 2 --to approved --on 2022-10-05", by="甲")
    before = desk.ledger.read_bytes()
    refused = desk("referral step 1 2 --to approved -f json", by="甲")
    assert (refused.code, refused.error["code"]) == (4, "step-in-disorder")
    assert refused.error["facts"]["number"] == "YH-YS-00002"
    assert desk.ledger.read_bytes() == before
    desk.does("referral step 1 --to approved --on 2022-10-05", by="甲")
    told = desk.does("referral step 1 2 --to sent --on 2022-10-06 -f json", by="甲").json
    assert [one["state"] for one in told] == ["sent", "sent"]


def test_a_referral_is_about_what_its_penalty_is_about(desk: Desk) -> None:
    number = desk.add(options="--district 永安镇")
    desk.does(
        f"penalty add --hazard {number[-5:]} --enterprise 某花炮厂 --kind fine --amount 3000"
        " --decided-on 2022-10-05",
        by="甲",
    )
    told = desk("referral add --penalty 1 --reported-on 2022-10-06 -f json", by="甲")
    assert told.code == 0, told.err
    assert {name: told.json[name] for name in ("penalty", "hazard", "enterprise", "district")} == {
        "penalty": "YH-CF-00001",
        "hazard": number,
        "enterprise": "某花炮厂",
        "district": "永安镇",
    }
    assert told.json["industry"] == "fireworks"


# What comes along.


COMES = [
    ("add", "add 堵塞 --industry 花炮 --enterprise 新厂", "YH-QY-00001"),
    ("edit", "edit 1 --enterprise 新厂", "YH-QY-00002"),
    ("penalty", "penalty add --enterprise 新厂 --kind warning --decided-on 2022-10-05", None),
    ("inspection", "inspection add --enterprise 新厂 --inspected-on 2022-10-05", None),
    ("referral", "referral add --enterprise 新厂 --reported-on 2022-10-05", None),
    ("penalty edit", "penalty edit 1 --enterprise 新厂", "YH-QY-00002"),
]


@pytest.mark.parametrize(("what", "line", "number"), COMES, ids=[what for what, _, _ in COMES])
def test_an_unknown_enterprise_is_registered_and_said_so(
    desk: Desk, what: str, line: str, number: str | None
) -> None:
    if what == "edit":
        desk.add()
    if what == "penalty edit":
        added(desk, "penalty")
    before = desk.ledger.read_bytes() if desk.ledger.exists() else None
    told = desk(line, by="甲")
    number = number or "YH-QY-00001"
    assert (told.code, told.err) == (0, f"新厂 was not on the register; it is now {number}.\n")
    (event,) = desk.does(f"log {number} -f json").json
    assert event["kind"] == "entered"
    assert event["changes"]["name"] == "新厂"
    assert event["facts"]["named_in"] in told.out
    if before is None:
        desk.ledger.unlink()
    else:
        desk.ledger.write_bytes(before)
    chinese = desk(f"{line} --lang zh", by="甲")
    assert chinese.err == f"新厂原未登记，现登记为 {number}。\n"
    again = desk("enterprise show 新厂 -f json")
    assert again.json["number"] == number


def test_a_file_says_which_enterprises_it_brought_along(desk: Desk) -> None:
    desk.file("in.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n过期,乙厂,2022-10-02\n")
    told = desk("import in.csv", by="甲")
    assert told.code == 0
    assert "甲厂" in told.err
    assert "乙厂" in told.err
    listed = desk.does("enterprise list -f json").json
    assert [one["name"] for one in listed] == ["甲厂", "乙厂"]


def test_an_enterprise_that_is_known_by_another_name_does_not_come_along(desk: Desk) -> None:
    added(desk, "enterprise")
    told = desk(["add", "堵塞", "--industry", "花炮", "--enterprise", "老 花炮厂"], by="甲")
    assert (told.code, told.err) == (0, "")
    assert len(desk.does("enterprise list -f json").json) == 1


# In every format and language.


@every_noun
def test_a_list_is_written_in_every_format(desk: Desk, noun: str) -> None:
    one = added(desk, noun)
    table = list(csv.reader(io.StringIO(desk.does(f"{noun} list -f csv").out)))
    assert tuple(table[0]) == KINDS[noun].fields
    assert table[1][0] == numbered(noun)
    assert json.loads(desk.does(f"{noun} list -f ndjson").out) == one
    assert desk.does(f"{noun} list -f plain").out.startswith(numbered(noun))
    for form in ("xlsx", "md", "html", "docx"):
        for verb in ("list", "show 1"):
            desk.does(f"{noun} {verb} -f {form} -o answer.{form} --lang zh")
            assert (desk.folder / f"answer.{form}").stat().st_size > 100


@every_noun
def test_a_change_answers_in_every_format_of_a_change(desk: Desk, noun: str) -> None:
    added(desk, noun)
    for place, form in enumerate(("json", "ndjson", "csv", "plain")):
        out = desk.does(f"{noun} edit 1 --remark 第{place} -f {form}", by="甲").out
        assert f"第{place}" in out
        assert numbered(noun) in out


@every_noun
def test_codes_and_keys_are_never_translated(desk: Desk, noun: str) -> None:
    added(desk, noun)
    for verb in ("list", "show 1"):
        for form in ("json", "csv", "ndjson", "plain"):
            english = desk.does(f"{noun} {verb} -f {form}").out
            assert desk.does(f"{noun} {verb} -f {form} --lang zh").out == english


@every_noun
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_keeps_to_eighty_columns_and_its_number(
    desk: Desk, noun: str, language: str
) -> None:
    added(desk, noun)
    desk.setenv("COLUMNS", "80")
    for verb in ("list", "show 1"):
        out = desk.does(f"{noun} {verb} --lang {language}").out
        assert max(map(width, out.splitlines())) <= 80
        assert numbered(noun) in out
    listed = desk.does(f"{noun} list --lang {language}").out
    assert "某花炮厂" in listed or noun == "campaign"
    if language == "zh":
        assert "烟花爆竹" in desk.does(f"{noun} show 1 --lang zh").out


def width(line: str) -> int:
    """The columns that a line takes: a Chinese character takes two."""
    return sum(2 if ord(ch) > 0x2E80 else 1 for ch in line)


# The history.


def test_the_log_tells_of_the_register_in_words(desk: Desk) -> None:
    for noun in KINDS:
        added(desk, noun)
    desk.does("referral step 1 --to approved --on 2022-10-04", by="乙")
    desk.does("penalty edit 1 --amount 3万元", by="乙")
    english = desk.does("log").out
    for said in (
        "Watched over by: the city itself",
        "Amount (10,000 yuan): 5",
        "Amount (10,000 yuan): 5 → 3",
        "Suspected of: dangerous operation (134-1)",
        "State: approved",
        "Kinds: fine, warning",
    ):
        assert said in english, said
    assert "5000000" not in english
    chinese = desk.does("log --lang zh").out
    for said in (
        "监管方式: 直管",
        "金额(万元): 5",
        "金额(万元): 5 → 3",
        "涉嫌罪名: 危险作业罪",
        "状态: 已批准",
        "处罚种类: 罚款、警告",
        "名称: 某花炮厂",
        "签字情况: 已签字",
    ):
        assert said in chinese, said
    for code in ("direct", "134-1", "approved", "covert", "named_in", "5000000"):
        assert code not in chinese, code


@every_noun
def test_the_log_of_one_record_is_its_own(desk: Desk, noun: str) -> None:
    for one in KINDS:
        added(desk, one)
    desk.does(f"{noun} edit 1 --remark x", by="乙")
    events = desk.does(f"log {numbered(noun)} -f json").json
    assert [event["kind"] for event in events] == ["entered", "edited"]
    assert {event["number"] for event in events} == {numbered(noun)}
    assert numbered(noun) in desk.does(f"log {numbered(noun).lower()}").out
    unknown = desk(f"log {numbered(noun, 9)} -f json")
    assert (unknown.code, unknown.error["code"]) == (3, "unknown-record")


def test_a_hazard_may_not_be_asked_for_as_a_record(desk: Desk) -> None:
    number = desk.add()
    for kind in KINDS.values():
        assert desk(f"{kind.name} show {number}").code == 3
