"""What is asked twice under one id is done once, and answered twice."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.cli.at_a_desk import ASSURED, MAJOR, Desk

ADD = "add 卷帘失效 --industry 花炮 --enterprise 甲厂 --found-on 2022-10-01"
CLOSE = "close 1 --measures 更换 --rectified-by 乙 --rectified-on 2022-10-02 --verified-by 丙"


def events(desk: Desk) -> int:
    return len(desk("log -f json").json)


@pytest.mark.parametrize(
    "asked",
    [
        ADD,
        f"{ADD} --due 7d --responsible-person 乙",
        f"{ADD} {MAJOR} --due 7d --responsible-person 乙 --case-leader 李局",
        "assign 1 2 --due 7d --responsible-person 乙",
        f"{CLOSE} --evidence photo.jpg",
        "edit 1 --remark 甲,乙",
        "void 1 2 --reason 重复",
        "transfer 2 --to 市场监管局 --reason 职责",
        "config set extensions 3",
        "import in.csv",
    ],
)
def test_the_same_again_is_answered_the_same_and_changes_nothing(desk: Desk, asked: str) -> None:
    desk.file("photo.jpg", "虚构")
    desk.file("in.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n过期,乙厂,2022-10-02\n")
    desk(ADD, by="甲")
    desk(f"{ADD} --location 二号库", by="甲")
    first = desk(f"{asked} -f json --request-id R-1", by="丁")
    assert first.code == 0, first.err
    before, bytes_before = events(desk), desk.ledger.read_bytes()
    again = desk(f"{asked} -f json --request-id R-1", by="丁")
    assert (again.code, again.out) == (0, first.out)
    assert events(desk) == before
    assert desk.ledger.read_bytes() == bytes_before


def test_the_answer_is_the_one_that_was_given_even_when_the_hazard_has_moved_on(desk: Desk) -> None:
    desk(ADD, by="甲")
    first = desk("assign 1 --due 7d --responsible-person 乙 --request-id R", by="甲")
    desk(CLOSE, by="丁")
    again = desk("assign 1 --due 7d --responsible-person 乙 --request-id R", by="甲")
    assert first.out.startswith("YH-2022-00001  registered → assigned")
    assert (again.code, again.out) == (0, first.out)


@pytest.mark.parametrize(
    ("by", "other"),
    [
        ("甲", ADD.replace("甲厂", "乙厂")),
        ("甲", f"{ADD} --location 二号库"),
        ("甲", f"{ADD} --evidence photo.jpg"),
        ("乙", ADD),
        ("甲", "edit 1 --remark 别的"),
        ("甲", "import in.csv"),
    ],
)
def test_something_else_under_the_same_id_is_refused(desk: Desk, by: str, other: str) -> None:
    desk.file("photo.jpg", "虚构")
    desk.file("in.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    desk(f"{ADD} --request-id R", by="甲")
    before = events(desk)
    refused = desk(f"{other} --request-id R -f json", by=by)
    assert (refused.code, refused.out) == (4, "")
    assert refused.error["code"] == "request-reused"
    assert refused.error["facts"] == {"request": "R"}
    assert events(desk) == before


def test_an_empty_text_that_is_given_is_not_the_same_as_none_given(desk: Desk) -> None:
    desk(f"{ADD} --location 二号库", by="甲")
    desk("edit 1 --remark x --request-id R", by="甲")
    refused = desk(["edit", "1", "--remark", "x", "--location", "", "--request-id", "R"], by="甲")
    assert refused.code == 4
    assert desk("show 1 -f json").json["location"] == "二号库"


def test_a_number_that_nothing_changed_is_in_the_answer_both_times(desk: Desk) -> None:
    desk(f"{ADD} --severity major --basis 判定标准第三条", by="甲")
    desk(f"{ADD} --location 二号库", by="甲")
    line = "edit 2022-00001 2 --severity major --basis 判定标准第三条 -f json --request-id R"
    first, again = desk(line, by="甲"), desk(line, by="甲")
    assert first.out == again.out
    assert [one["number"] for one in again.json] == ["YH-2022-00001", "YH-2022-00002"]


def test_a_file_of_another_name_with_the_same_content_is_the_same(desk: Desk) -> None:
    desk.file("a.jpg", "同一张")
    desk.file("b.jpg", "同一张")
    desk.file("c.jpg", "另一张")
    first = desk(f"{ADD} --evidence a.jpg --request-id R", by="甲")
    assert desk(f"{ADD} --evidence b.jpg --request-id R", by="甲").out == first.out
    assert desk(f"{ADD} --evidence c.jpg --request-id R", by="甲").code == 4


def test_init_asked_twice_begins_one_ledger(desk: Desk) -> None:
    first = desk("init --prefix LY --request-id R", by="甲")
    assert (first.code, first.out != "") == (0, True)
    again = desk("init --prefix LY --request-id R", by="甲")
    assert (again.code, again.out) == (0, first.out)
    assert desk("init --prefix LY --request-id S", by="甲").code == 4
    assert desk("init --prefix LY", by="甲").code == 4


def test_a_refused_change_may_be_asked_again_under_the_same_id(desk: Desk) -> None:
    desk(ADD, by="甲")
    assert desk("close 1 --request-id R", by="丁").code == 4
    assert desk(f"{CLOSE} --request-id R", by="丁").code == 0


def test_what_is_asked_without_an_id_gets_one_of_its_own(desk: Desk) -> None:
    desk(ADD, by="甲")
    desk(ADD, by="甲")
    with closing(sqlite3.connect(desk.ledger)) as ledger:
        asked = ledger.execute("SELECT id, first, last FROM request ORDER BY first").fetchall()
    assert [(first, last) for _, first, last in asked] == [(1, 4), (5, 5)]
    assert len({ident for ident, _, _ in asked}) == 2


def test_the_id_stands_in_the_first_event_of_what_was_asked(desk: Desk) -> None:
    desk(ADD, by="甲")
    desk(f"{CLOSE} --request-id R-7", by="丁")
    with closing(sqlite3.connect(desk.ledger)) as ledger:
        bodies = [json.loads(one) for (one,) in ledger.execute("SELECT body FROM event")]
    assert [body.get("request", {}).get("id") == "R-7" for body in bodies] == [
        *[False] * 4,
        True,
        *[False] * 2,
    ]


def test_a_command_that_changes_nothing_takes_no_id(desk: Desk) -> None:
    desk(ADD, by="甲")
    for line in ("list", "show 1", "report", "log", "industries", "check", "config show"):
        refused = desk(f"{line} --request-id R")
        assert refused.code == 2
        assert "--request-id" in refused.err


@pytest.mark.parametrize("ident", ["", "  ", "a\x1bb", "长" * 101])
def test_an_id_that_is_no_id_is_refused(desk: Desk, ident: str) -> None:
    refused = desk([*ADD.split(), "--request-id", ident], by="甲")
    assert refused.code == 2
    assert not desk.ledger.exists() or not desk.ledger.stat().st_size


def test_a_major_hazard_walks_once(desk: Desk) -> None:
    desk.file("photo.jpg", "虚构")
    desk(f"{ADD} {MAJOR} --due 7d --responsible-person 乙 --case-leader 李局", by="甲")
    line = f"accept 1 {ASSURED} --request-id R"
    assert desk(line, by="乙").out == desk(line, by="乙").out
    assert events(desk) == 6
