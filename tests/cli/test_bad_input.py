"""What cannot be: a message that names the thing and the way out, and nothing written."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.at_a_desk import Desk

ADD = "add 堵塞 --industry 花炮 --enterprise 某厂"
READING = ["list", "list -f json", "list -f csv", "show 1", "log", "log 1", "report"]
CHANGING = [
    "assign 1 --due 7d --responsible-person 乙",
    "submit 1 --measures x --evidence photo.jpg",
    "close 1 --measures x --rectified-by 乙 --verified-by 丙",
    "edit 1 --district x",
    "extend request 1 --due 7d --reason x",
    "config set extensions 3",
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("add x --industry 花泡厂 --enterprise 某厂", "unknown-industry", "花泡厂"),
        ("list --industry 花泡厂", "unknown-industry", "花泡厂"),
        ("report --industry zzz", "unknown-industry", "zzz"),
        ("add x --industry 花炮 --enterprise 某厂 --found-on 2022-02-30", "unread-day", "02-30"),
        ("add x --industry 花炮 --enterprise 某厂 --found-on someday", "unread-day", "someday"),
        ("add x --industry 花炮 --enterprise 某厂 --due 2022-13-01", "unread-day", "2022-13-01"),
        ("add x --industry 花炮 --enterprise 某厂 --due 尽快", "no-due-day", "尽快"),
        ("add x --industry 花炮 --enterprise 某厂 --due 99999d", "unread-day", "99999d"),
        ('add "" --industry 花炮 --enterprise 某厂', "blank-text", "DESCRIPTION"),
        ('add "  " --industry 花炮 --enterprise 某厂', "blank-text", "DESCRIPTION"),
        ('add "\u200b\u3000" --industry 花炮 --enterprise 某厂', "blank-text", "DESCRIPTION"),
        ('add x --industry 花炮 --enterprise ""', "blank-text", "--enterprise"),
        ('add x --industry "" --enterprise 某厂', "blank-text", "--industry"),
        ('edit 1 --description ""', "blank-text", "--description"),
        ("edit 1", "nothing-corrected", "YH-2022-00001"),
        ("add x --industry 花炮 --enterprise 某厂 --severity 特大", "not-one-of", "特大"),
        ("add x --industry 花炮 --enterprise 某厂 --source rumour", "not-one-of", "rumour"),
        ("list --state shut", "not-one-of", "shut"),
        ("report yearly", "not-one-of", "yearly"),
        ("report --by colour", "not-one-of", "colour"),
        ("list --limit many", "not-a-number-of", "many"),
        ("list --limit ２", "not-a-number-of", "２"),
        ("list --due-soon -1", "not-a-number-of", "-1"),
        ("list --since 2022-04-31", "unread-day", "2022-04-31"),
        ("list --as-of 9999-12-31", "unread-day", "9999-12-31"),
        ("report --as-of 0001-01-01", "unread-day", "0001-01-01"),
        ("list --today tomorrow", "unread-day", "tomorrow"),
        ("progress 1 --note x --percent 101", "not-a-number-of", "101"),
        ("accept 1 --assure money=x", "not-one-of", "money=x"),
        ("accept 1 --assure funds", "not-one-of", "funds"),
        ("lookback 1 --result fine --inspector 庚", "not-one-of", "fine"),
        ("show abc", "not-a-number", "abc"),
        ("show 12345678", "not-a-number", "12345678"),
        ("close 1/2", "not-a-number", "1/2"),
        ("submit 1 --measures x --evidence nowhere.jpg", "evidence-refused", "nowhere.jpg"),
        ("submit 1 --measures x --evidence .", "evidence-refused", "."),
        ("list --lang fr", "unknown-language", "fr"),
    ],
)
def test_what_cannot_be_is_named_and_exits_2(
    desk: Desk, line: str, code: str, named: str, language: str
) -> None:
    desk.in_state("assigned")
    before = desk.kept()
    spoken = "" if "--lang" in line else f"--lang {language}"
    told = desk(f"{line} {spoken}", by="甲")
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert named in told.err
    error = desk(f"{line} {spoken} -f json", by="甲").error
    assert error["code"] == code
    assert error["message"] == told.err.rstrip("\n")
    if language == "zh" and spoken:
        assert any("\u4e00" <= ch <= "\u9fff" for ch in told.err.replace(named, ""))
        assert not re.search("[a-z]-[a-z]+-day", error["message"])
    assert desk.kept() == before


def test_an_unknown_industry_is_told_with_the_nearest_ones(desk: Desk) -> None:
    told = desk("add x --industry firework --enterprise 某厂", by="甲")
    assert "Nearest: fireworks 烟花爆竹" in told.err
    assert "`hazardctl industries`" in told.err
    assert "相近的有：fireworks 烟花爆竹" in desk("list --industry firework --lang zh").err


def test_where_nothing_is_near_nothing_is_suggested(desk: Desk) -> None:
    told = desk("list --industry qqqqqqqq")
    assert "Nearest" not in told.err
    assert "`hazardctl industries`" in told.err


def test_the_words_of_an_option_are_told_as_they_are_typed(desk: Desk) -> None:
    for language in ("en", "zh"):
        told = desk(f"list --state shut --lang {language}").err
        for state in ("registered", "submitted", "verified", "transferred"):
            assert state in told
    assert "routine-inspection" in desk(f"{ADD} --source x --lang zh", by="甲").err


def test_a_future_day_is_refused_by_a_rule(desk: Desk) -> None:
    told = desk(f"{ADD} --found-on 2999-01-01", by="甲")
    assert told.code == 4
    assert "2999-01-01" in told.err
    assert "2022-10-10" in told.err
    assert not desk.ledger.exists()


def test_an_unknown_number_exits_3(desk: Desk) -> None:
    desk.add()
    before = desk.kept()
    for line in ("show 2", "close 2", "log 2", "edit YH-2021-00001 --district x", "show XX-2022-1"):
        told = desk(f"{line} -f json", by="甲")
        assert (told.code, told.out, told.error["code"]) == (3, "", "unknown-number"), line
        assert line.split()[1] in told.error["message"]
        assert "hazardctl list" in told.error["message"]
    assert desk.kept() == before


def test_an_ending_that_fits_several_is_told_with_all_of_them(desk: Desk) -> None:
    desk.add()
    desk.add("b", "--found-on 2021-05-05")
    told = desk("show 1 -f json")
    assert (told.code, told.error["code"]) == (2, "ambiguous-number")
    assert told.error["facts"]["fits"] == ["YH-2021-00001", "YH-2022-00001"]
    assert desk("close 00001 -f json", by="甲").error["code"] == "ambiguous-number"
    for ending in ("2021-1", "2021-00001", "YH-2021-00001", "yh-2021-1"):
        assert desk.does(["show", ending, "-f", "json"]).json["number"] == "YH-2021-00001"


def a_folder(path: Path) -> None:
    path.mkdir()


def a_text(path: Path) -> None:
    path.write_text("隐患台账\n")


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes(text)")
    other.close()


def half_a_header(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0 and no more")


def a_newer_ledger(path: Path) -> None:
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA application_id=0x485A4C31")
        newer.execute("PRAGMA user_version=999")
        newer.execute("CREATE TABLE setting(name)")
    newer.close()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_folder, "not-a-ledger"),
        (a_text, "not-a-ledger"),
        (another_database, "not-a-ledger"),
        (half_a_header, "not-a-ledger"),
        (a_newer_ledger, "newer-ledger"),
        (a_pipe, "not-a-ledger"),
    ],
)
def test_what_is_no_ledger_is_left_as_it_is(
    desk: Desk, make: Callable[[Path], None], code: str, language: str
) -> None:
    make(desk.ledger)
    desk.file("photo.jpg")
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    before = desk.kept() if make is not a_pipe else {}
    lines = [*READING, *CHANGING, ADD, f"{ADD} --evidence photo.jpg", "init", "import a.csv"]
    for line in (*lines, "import a.csv --dry-run", "config show"):
        told = desk(f"{line} --lang {language}", by="甲")
        assert (told.code, told.out) == (6, ""), line
        assert str(desk.ledger) in told.err
        assert told.err.count("\n") == 1
        error = desk([*line.split(), "-f", "json"], by="甲").error
        assert error["code"] == code
    if before:
        assert desk.kept() == before


@pytest.mark.parametrize("line", [*READING, *CHANGING])
def test_only_an_addition_begins_a_ledger(desk: Desk, line: str) -> None:
    desk.file("photo.jpg")
    before = desk.kept()
    told = desk(f"{line}", by="甲")
    assert (told.code, told.out) == (6, "")
    assert f"There is no ledger at {desk.ledger}." in told.err
    assert "hazardctl init" in told.err
    assert desk.kept() == before


def test_a_rehearsal_of_an_import_begins_no_ledger(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    assert desk("import a.csv --dry-run").code == 0
    assert not desk.ledger.exists()


def test_a_place_in_a_folder_that_is_not_there_is_told(desk: Desk) -> None:
    told = desk(f"{ADD} --ledger nowhere/ledger.db", by="甲")
    assert (told.code, told.out) == (6, "")
    assert "nowhere" in told.err
    assert not (desk.folder / "nowhere").exists()
    assert desk("list --ledger nowhere/ledger.db").code == 6


def test_a_ledger_called_like_a_word_of_ours_keeps_its_name(desk: Desk) -> None:
    for name in ("ledger", "plan", "closed"):
        assert f"no ledger at {name}." in desk(f"list --ledger {name}").err
        assert f"{name} 没有台账" in desk(f"list --ledger {name} --lang zh").err


def test_what_was_typed_on_two_lines_begins_no_line_of_ours(desk: Desk) -> None:
    told = desk(["list", "--industry", "x\nhazardctl: all is well"])
    assert told.err.count("\n") == 1
