"""Personal settings and the rules of a ledger, each with its origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.at_a_desk import Desk


def origins(desk: Desk, line: str = "config show -f json") -> dict[str, tuple[str | None, str]]:
    """Every setting with its value and where it comes from."""
    return {one["name"]: (one["value"], one["origin"]) for one in desk.does(line).json}


def personal_file(desk: Desk) -> Path:
    return desk.folder / "home" / "config" / "hazardctl" / "settings.toml"


def test_every_setting_tells_where_it_comes_from(desk: Desk) -> None:
    desk.setenv("HAZARDCTL_TODAY", None)
    shown = origins(desk)
    assert shown["ledger"] == (str(desk.ledger), "environment")
    assert shown["as"] == (None, "default")
    assert shown["lang"] == ("en", "default")
    assert shown["today"][1] == "default"

    desk.does("config set as 王五")
    desk.does("config set lang zh")
    assert origins(desk)["as"] == ("王五", "personal")
    assert origins(desk)["lang"] == ("zh", "personal")

    desk.setenv("HAZARDCTL_ACTOR", "赵六")
    assert origins(desk)["as"] == ("赵六", "environment")
    line = "config show -f json --as 甲 --lang en --today 2022-01-01 --ledger x.db"
    assert origins(desk, line) == {
        "ledger": ("x.db", "option"),
        "as": ("甲", "option"),
        "lang": ("en", "option"),
        "today": ("2022-01-01", "option"),
    }


def test_the_rules_of_the_ledger_are_shown_as_they_are_set(desk: Desk) -> None:
    desk.does("init", by="甲")
    for name, value in (("extensions", "3"), ("due_soon", "5"), ("case_leader_for_all", "1")):
        done = desk.does(f"config set {name} {value}", by="甲")
        assert done.out == f"{name} = {value}\n"
        assert origins(desk)[name] == (value, "ledger")
        desk.does(f"config set {name} {origins(desk)[name][0]}", by="甲")
    events = [one["kind"] for one in desk.does("log -f json").json]
    assert events.count("rules-set") == 7


def test_a_personal_setting_is_used(desk: Desk) -> None:
    desk.does("config set as 王五")
    desk.does("config set ledger ~/mine.db")
    desk.setenv("HAZARDCTL_LEDGER", None)
    desk.does("add x --industry 花炮 --enterprise 某厂")
    assert (desk.folder / "home" / "mine.db").exists()
    assert desk.show("1")["events"][0]["actor"] == "王五"


def test_the_personal_file_is_for_its_owner_alone(desk: Desk) -> None:
    desk.does(["config", "set", "as", 'a"b\\c\u202e'])
    assert personal_file(desk).stat().st_mode & 0o777 == 0o600
    assert personal_file(desk).parent.stat().st_mode & 0o777 == 0o700
    assert origins(desk)["as"][0] == 'a"b\\c\u202e'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("config set lang fr", "unknown-language"),
        ("config set today 2022-01-01", "unknown-setting"),
        ("config set bogus x", "unknown-setting"),
        ("config set prefix ZZ", "unknown-setting"),  # chosen once, so that districts never collide
        ("config set as 甲、乙", "not-one-name"),
        ("config set extensions many", "bad-setting"),
        ("config set due_soon -- -1", "bad-setting"),
        ("config set case_leader_for_all yes", "bad-setting"),
        ("init --prefix 长沙", "bad-setting"),
        ("init --prefix cs", "bad-setting"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(desk: Desk, line: str, code: str) -> None:
    before = desk.kept()
    told = desk(f"-f json {line}", by="甲")
    assert (told.code, told.out, told.error["code"]) == (2, "", code)
    assert desk.kept() == before


def test_the_settings_there_are_are_named_as_they_are_typed(desk: Desk) -> None:
    told = desk("config set bogus x --lang zh")
    assert "ledger、as、lang、extensions" in told.err


def test_a_rule_needs_a_ledger(desk: Desk) -> None:
    assert desk("config set extensions 3", by="甲").code == 6
    assert not desk.ledger.exists()


@pytest.mark.parametrize("content", ["as = [1", "\xff", "as = 'x'\nas = 'y'"])
def test_a_personal_file_that_cannot_be_read_is_named(desk: Desk, content: str) -> None:
    personal_file(desk).parent.mkdir(parents=True)
    personal_file(desk).write_bytes(content.encode("latin-1"))
    told = desk("list -f json")
    assert (told.code, told.error["code"]) == (2, "unreadable-settings")
    assert told.error["facts"]["path"] == str(personal_file(desk))


@pytest.mark.parametrize("name", ["HAZARDCTL_ACTOR", "the file"])
def test_a_name_from_elsewhere_passes_the_same_door(desk: Desk, name: str) -> None:
    if name == "the file":
        personal_file(desk).parent.mkdir(parents=True)
        personal_file(desk).write_text('as = "\\u001b[31m"\n')
    else:
        desk.setenv(name, "\x1b[31m")
    told = desk("add x --industry 花炮 --enterprise 某厂 -f json")
    assert (told.code, told.error["code"]) == (2, "not-text")
    assert told.error["facts"]["name"] == "--as"
    assert not desk.ledger.exists()


@pytest.mark.parametrize("variable", ["HAZARDCTL_LANG", "HAZARDCTL_TODAY"])
def test_a_variable_that_cannot_be_is_named(desk: Desk, variable: str) -> None:
    desk.does("init", by="甲")
    desk.setenv(variable, "fr")
    told = desk("list")
    assert (told.code, told.out) == (2, "")
    assert "fr" in told.err


def test_settings_that_cannot_be_kept_are_told(desk: Desk) -> None:
    desk.setenv("XDG_CONFIG_HOME", str(desk.file("in the way")))
    told = desk("config set lang zh -f json")
    assert (told.code, told.error["code"]) == (2, "cannot-write")


def test_a_default_place_that_cannot_be_made_is_told(desk: Desk) -> None:
    desk.setenv("HAZARDCTL_LEDGER", None)
    desk.setenv("XDG_DATA_HOME", str(desk.file("in the way")))
    told = desk("add x --industry 花炮 --enterprise 某厂 -f json", by="甲")
    assert (told.code, told.error["code"]) == (6, "unreachable")


def test_the_home_of_nobody_is_no_crash(desk: Desk) -> None:
    assert desk("list --ledger ~nobodyatall/x.db").code == 6


SECRET = "s3cr:et"
URLS = [
    f"postgresql://bureau:{SECRET}@db.example/ledger",
    f"postgresql://:{SECRET}@db.example",
    f"postgresql+psycopg://bureau:{SECRET}@[::1]:5432/ledger?x=1",
    f"postgresql://db.example/ledger?user=x&password={SECRET}",
    f"mysql://bureau:{SECRET}@db.example/ledger",
    f"sqlite:///x.db?PASSWORD={SECRET}",
]


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_password_in_a_url_is_refused_and_never_shown(desk: Desk, url: str, form: str) -> None:
    for line in (
        ["list", "--ledger", url],
        ["config", "set", "ledger", url],
        ["--as", "甲", "--ledger", url, "add", "x", "--industry", "花炮", "--enterprise", "甲厂"],
        ["check", "--ledger", url],
        ["init", "--ledger", url, "--as", "甲"],
    ):
        refused = desk([*line, "-f", form])
        assert refused.code == 2, line
        assert SECRET not in refused.out + refused.err
        assert "***" in refused.err
    shown = desk(["config", "show", "--ledger", url, "-f", form])
    assert SECRET not in shown.out + shown.err


def test_a_url_without_a_password_stays_as_it_is(desk: Desk) -> None:
    desk.does("config set ledger postgresql://bureau@db.example:5432/ledger")
    del desk.environment["HAZARDCTL_LEDGER"]
    shown = desk.process("config show -f json")
    assert "postgresql://bureau@db.example:5432/ledger" in shown.out
