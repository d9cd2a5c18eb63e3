"""The options that stand everywhere: before the command, after it, between its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hazardctl import __version__
from hazardctl.cli.main import hoisted
from hazardctl.store.sqlite import reading
from tests.cli.at_a_desk import Desk

ADD = ["add", "通道堵塞", "--industry", "花炮", "--enterprise", "某厂"]


@pytest.mark.parametrize("place", [0, 1, 2, 4, 6])  # not between an option and its value
@pytest.mark.parametrize(
    "option", [["--as", "甲", "-f", "json"], ["--as=甲", "-fjson"], ["-f=json", "--as=甲"]]
)
def test_an_option_may_stand_anywhere(desk: Desk, place: int, option: list[str]) -> None:
    done = desk.does([*ADD[:place], *option, *ADD[place:]])
    assert json.loads(done.out)["enterprise"] == "某厂"
    assert desk.show("1")["events"][0]["actor"] == "甲"


@pytest.mark.parametrize(
    ("line", "typed", "args"),
    [
        ("list -f json", {"--format": "json"}, "--format json list"),
        ("list -fjson", {"--format": "json"}, "--format json list"),
        ("list -o/tmp/a=b.csv", {"--output": "/tmp/a=b.csv"}, "--output /tmp/a=b.csv list"),
        ("list --format=json -f csv", {"--format": "csv"}, "--format json --format csv list"),
        ("add -- --as x -f json", {}, "add -- --as x -f json"),
        ("--no-input list", {"--no-input": ""}, "--no-input list"),
        ("list --ledger=a=b", {"--ledger": "a=b"}, "--ledger a=b list"),
    ],
)
def test_options_are_moved_to_the_front(line: str, typed: dict[str, str], args: str) -> None:
    assert hoisted(line.split()) == (typed, args.split())


@pytest.mark.parametrize("option", ["-f", "-o", "--format", "--ledger", "--as", "--today"])
@pytest.mark.parametrize("line", ["list {}", "list {} ''", "{} '' list", "list --limit 3 {}="])
def test_an_option_without_its_value_is_named(desk: Desk, option: str, line: str) -> None:
    done = desk(line.format(option))
    named = {"-f": "--format", "-o": "--output"}.get(option, option)
    assert (done.code, done.out, done.err) == (2, "", f"{named} is empty. Say it in words.\n")


def test_the_ledger_is_where_the_option_says_before_the_environment(desk: Desk) -> None:
    desk.does([*ADD, "--ledger", "other.db"], by="甲")
    assert (desk.folder / "other.db").exists()
    assert not desk.ledger.exists()
    assert desk.does("list -f json --ledger other.db").json[0]["number"] == "YH-2022-00001"
    assert desk.does("list -f json --ledger sqlite:///other.db").json != []
    assert desk.does(["list", "--ledger", f"sqlite:///{desk.folder}/other.db", "-f", "json"]).json


def test_the_default_ledger_is_made_by_the_first_add(desk: Desk) -> None:
    desk.setenv("HAZARDCTL_LEDGER", None)
    place = desk.folder / "home" / "data" / "hazardctl" / "ledger.db"
    for line in ("list", "report", "show 1", "log"):
        assert desk(line).code == 6
    assert not place.parent.exists()
    desk.does(ADD, by="甲")
    assert place.exists()
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_home_is_understood_in_a_path(desk: Desk) -> None:
    desk.does([*ADD, "--ledger", "~/mine.db"], by="甲")
    assert (desk.folder / "home" / "mine.db").exists()


def test_a_database_server_is_refused_without_repeating_its_password(desk: Desk) -> None:
    told = desk("list --ledger postgresql://me:s3cret@host/ledger")
    assert told.code == 2
    assert "postgresql://" in told.err
    assert "s3cret" not in told.err


def test_today_is_what_is_said_and_is_recorded(desk: Desk) -> None:
    desk.setenv("HAZARDCTL_TODAY", None)
    number = desk.add("通道堵塞", "--due 7d --responsible-person 乙", today="2022-03-01")
    assert number == "YH-2022-00001"
    seen = desk.does("show 1 -f json --today 2022-03-11").json
    assert (seen["found_on"], seen["due_on"]) == ("2022-03-01", "2022-03-08")
    assert (seen["overdue"], seen["days_overdue"]) == (True, 3)
    with reading(desk.ledger) as book:
        ((body,),) = book.ask("SELECT body FROM event WHERE kind = 'registered'")
    assert json.loads(body)["today"] == "2022-03-01"


def test_the_environment_says_which_day_it_is_too(desk: Desk) -> None:
    desk.setenv("HAZARDCTL_TODAY", "2022-03-01")
    assert desk.add() == "YH-2022-00001"
    assert desk.show("1")["found_on"] == "2022-03-01"


def test_as_of_shows_a_hazard_as_it_stood_that_day(desk: Desk) -> None:
    desk.in_state("closed")
    stood = [
        ("2022-09-30", []),
        ("2022-10-01", ["registered"]),
        ("2022-10-02", ["assigned"]),
        ("2022-10-03", ["rectifying"]),
        ("2022-10-04", ["submitted"]),
        ("2022-10-05", ["verified"]),
        ("2022-10-06", ["closed"]),
        ("2022-10-10", ["closed"]),
    ]
    for day, states in stood:
        listed = desk.does(f"list -f json --as-of {day}").json
        assert [one["state"] for one in listed] == states, day
        total = desk.does(f"report -f json --as-of {day}").json["total"]
        assert (total["found"], total["closed"]) == (len(states), states.count("closed")), day
        by_state = desk.does(f"report -f json --by state --as-of {day}").json["rows"]
        assert [row["key"] for row in by_state] == states, day


def test_as_of_counts_overdue_from_that_day(desk: Desk) -> None:
    desk.in_state("assigned")
    for day, late in (("2022-10-20", None), ("2022-10-21", 1), ("2022-10-30", 10)):
        (seen,) = desk.does(f"list -f json --as-of {day}").json
        assert (seen["overdue"], seen["days_overdue"]) == (late is not None, late)
        assert len(desk.does(f"list -f json --overdue --as-of {day}").json) == bool(late)


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [
        ("LANG", "zh_CN.UTF-8", "zh"),
        ("LC_ALL", "zh_TW.UTF-8", "zh"),
        ("LANG", "de_DE.UTF-8", "en"),
        ("HAZARDCTL_LANG", "zh", "zh"),
        ("HAZARDCTL_LANG", "en", "en"),
    ],
)
def test_the_language_is_that_of_the_place(
    desk: Desk, variable: str, value: str, language: str
) -> None:
    desk.setenv(variable, value)
    told = desk("show 1").err
    assert ("没有台账" in told) == (language == "zh")
    assert "There is no ledger" in desk("show 1 --lang en").err


def test_help_is_in_the_language_spoken(desk: Desk) -> None:
    assert "台账" in desk.does("--lang zh --help").out
    assert "销号" in desk.does("close --help --lang zh").out
    assert "Sign a hazard off" in desk.does("close --help").out


def test_the_version_is_told(desk: Desk) -> None:
    assert desk.does("--version").out == f"hazardctl {__version__}\n"


def test_no_command_is_a_usage_error_with_the_help_told_once(desk: Desk) -> None:
    for line in ("", "extend", "config"):
        told = desk(line)
        assert (told.code, told.out) == (2, "")
        assert told.err.count("Usage:") == 1
        assert "Commands:" in told.err


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("lst", "'lst'"),
        ("list --bogus", "--bogus"),
        ("list extra", "extra"),
        ("extend grant 1", "'grant'"),
        ("close 1 --due 7d", "--due"),
    ],
)
def test_what_is_not_understood_is_named(desk: Desk, line: str, word: str) -> None:
    told = desk(line)
    assert (told.code, told.out) == (2, "")
    assert word in told.err
    error = desk(f"{line} -f json").error
    assert error["code"] == "usage"
    assert word in error["message"]


def test_an_output_file_is_written_whole_and_stdout_stays_empty(desk: Desk) -> None:
    desk.add()
    target = desk.folder / "答案.json"
    done = desk.does("list -f json -o 答案.json")
    assert done.out == ""
    assert json.loads(target.read_text())[0]["number"] == "YH-2022-00001"
    assert not [path for path in desk.folder.iterdir() if path.name.endswith(".tmp")]


def test_a_change_can_be_told_to_a_file(desk: Desk) -> None:
    done = desk.does([*ADD, "-f", "json", "-o", "new.json"], by="甲")
    assert done.out == ""
    assert json.loads((desk.folder / "new.json").read_text())["number"] == "YH-2022-00001"


@pytest.mark.parametrize("target", ["nowhere/a.json", "."])
def test_an_output_that_cannot_be_written_is_named(desk: Desk, target: str) -> None:
    desk.add()
    told = desk(f"list -f json -o {target}")
    assert (told.code, told.out) == (2, "")
    assert told.error["code"] == "cannot-write"
    assert told.error["facts"]["path"] == target


def test_an_output_file_that_was_there_stays_if_nothing_can_be_said(desk: Desk) -> None:
    kept = Path(desk.file("kept.csv", "mine"))
    assert desk("show 99 -f csv -o kept.csv").code == 6
    desk.add()
    assert desk("show 99 -f csv -o kept.csv").code == 3
    assert kept.read_text() == "mine"
