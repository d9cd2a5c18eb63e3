"""What is missing: named by its option, or asked for where somebody sits at a terminal."""

from __future__ import annotations

import signal

import pytest

from tests.cli.at_a_desk import Desk

# A command line without what it needs, the state it is tried in, and what is named.
MISSING = [
    ("add", "", "DESCRIPTION, --industry, --enterprise"),
    ("add 通道堵塞", "", "--industry, --enterprise"),
    ("add --industry 花炮", "", "DESCRIPTION, --enterprise"),
    ("assign", "", "NUMBER"),
    ("assign 1", "registered", "--due, --responsible-person"),
    ("assign 1 --due 7d", "registered", "--responsible-person"),
    ("assign 1 --responsible-unit x", "registered", "--due"),
    ("assign 1", "assigned", "--responsible-person"),
    ("progress 1", "assigned", "--note"),
    ("submit 1", "assigned", "--measures"),
    ("reject 1", "submitted", "--reason"),
    ("reopen 1", "closed", "--reason, --basis, --due"),
    ("reopen 1 --due 7d --reason x", "closed", "--basis"),
    ("lookback 1", "closed", "--result, --inspector"),
    ("lookback 1 --result rebound --inspector 庚 --reopen", "closed", "--due"),
    ("void 1", "registered", "--reason"),
    ("transfer 1", "registered", "--to, --reason"),
    ("extend request 1", "assigned", "--due, --reason"),
    ("extend approve", "", "NUMBER"),
    ("show", "", "NUMBER"),
    ("import", "", "FILE"),
    ("config set", "", "NAME"),
    ("config set lang", "", "VALUE"),
]


@pytest.mark.parametrize(("line", "state", "named"), MISSING)
def test_what_is_missing_is_a_usage_error_that_names_it(
    desk: Desk, line: str, state: str, named: str
) -> None:
    if state:
        desk.in_state(state)
    before = desk.kept()
    told = desk(line, by="甲")
    assert (told.code, told.out, told.err) == (2, "", f"Still needed: {named}.\n")
    assert desk(f"{line} --lang zh", by="甲").err == f"还需要：{named.replace(', ', '、')}。\n"
    error = desk(f"{line} -f json --no-input", by="甲").error
    assert (error["code"], error["facts"]) == ("missing-options", {"options": named.split(", ")})
    assert desk.kept() == before


def test_what_is_missing_is_asked_for_at_a_terminal(desk: Desk) -> None:
    done = desk.at_terminal(
        "--as 甲 add", "通道堵塞\n".encode(), b"  \n", "花炮\n".encode(), "某厂\n".encode()
    )
    assert done.code == 0
    assert done.out.startswith("DESCRIPTION: 通道堵塞\n--industry:   \n--industry: 花炮\n")
    assert "YH-2022-00001  registered" in done.out
    assert desk.show("1")["description"] == "通道堵塞"


def test_the_questions_are_in_the_language_spoken(desk: Desk) -> None:
    desk.in_state("assigned")
    done = desk.at_terminal("--as 乙 --lang zh submit 1", "已清理\n".encode())
    assert (done.code, done.out.splitlines()[0]) == (0, "--measures：已清理")
    assert desk.show("1")["measures"] == "已清理"


def test_a_number_is_asked_for_as_well(desk: Desk) -> None:
    desk.in_state("registered")
    done = desk.at_terminal("show -f json", b"1\n")
    assert done.code == 0
    assert done.out.startswith('NUMBER: 1\n{"number":"YH-2022-00001"')


def test_arguments_are_asked_for_one_after_the_other(desk: Desk) -> None:
    done = desk.at_terminal("config set", b"lang\n", b"zh\n")
    assert (done.code, done.out) == (0, "NAME: lang\nVALUE: zh\nlang = zh\n")


def test_an_answer_is_no_option_even_if_it_looks_like_one(desk: Desk) -> None:
    answers = (b"--weird\n", "花炮\n".encode(), b"--due\n")
    assert desk.at_terminal("--as 甲 add", *answers).code == 0
    seen = desk.show("1")
    assert (seen["description"], seen["enterprise"]) == ("--weird", "--due")


def test_an_answer_passes_the_same_door_as_an_argument(desk: Desk) -> None:
    done = desk.at_terminal("--as 甲 add --industry 花炮 --enterprise 某厂", b"\x16\x1b[31mred\n")
    assert done.code == 2
    assert "control character" in done.out
    assert "\x1b" not in done.out
    assert not desk.ledger.exists()


def test_no_input_asks_nothing_at_a_terminal_either(desk: Desk) -> None:
    done = desk.at_terminal("--as 甲 add --no-input")
    assert (done.code, done.out) == (2, "Still needed: DESCRIPTION, --industry, --enterprise.\n")


def test_an_answer_that_ends_or_is_stopped_saves_nothing(desk: Desk) -> None:
    for answer in (b"\x04", signal.SIGINT):
        assert desk.at_terminal("--as 甲 add", answer).code == 130
    assert not desk.ledger.exists()


def test_close_lists_and_asks_nothing(desk: Desk) -> None:
    desk.in_state("assigned")
    done = desk.at_terminal("--as 丁 close 1")
    assert done.code == 4
    assert done.out.count("\n") == 1


def test_nobody_acts_unless_somebody_is_named(desk: Desk) -> None:
    line = "add x --industry 花炮 --enterprise 某厂"
    told = desk(line)
    assert (told.code, told.out) == (2, "")
    assert "--as NAME" in told.err
    assert "HAZARDCTL_ACTOR" in told.err
    assert not desk.ledger.exists()
    desk.setenv("LOGNAME", "root")
    desk.setenv("USER", "root")
    assert desk(line).code == 2


@pytest.mark.parametrize(
    "line",
    ["close 1", "edit 1 --district x", "init", "config set extensions 3", "import a.csv"],
)
def test_every_change_asks_who_acts(desk: Desk, line: str) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    told = desk(f"{line} -f json")
    assert (told.code, told.error["code"]) == (2, "nobody-acts")


def test_one_person_acts(desk: Desk) -> None:
    told = desk("add x --industry 花炮 --enterprise 某厂 -f json", by="甲、乙")
    assert (told.code, told.error["code"]) == (2, "not-one-name")
