"""Text that is made to do harm: on the command line, in the environment, in a name."""

from __future__ import annotations

import json
import os
import re

import pytest

from tests.cli.at_a_desk import Desk

# What would move the cursor, change the colour, reorder or hide what is read.
DANGEROUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# The door keeps these out.
KEPT_OUT = {
    "esc": "a\x1b[31mb",
    "esc alone": "\x1b",
    "clear": "\x1b[2J",
    "osc": "\x1b]52;c;aGk=\x07",
    "csi": "a\x9b31mb",
    "bell": "a\x07",
    "backspace": "a\x08\x08b",
    "delete": "a\x7f",
    "nel": "a\x85b",
    "noncharacter": "a\ufffeb",
    "replacement": "a\ufffdb",
    "too long": "长" * 32_001,
    "too long in pairs": "𠮷" * 16_001,
    "100 kB": "a" * 100_000,
}
# These may come in, and are shown for what they are.
LET_IN = {
    "rlo": "a\u202eb",
    "zero width": "a\u200bb",
    "bom": "a\ufeffb",
    "tag": "a\U000e0041b",
    "markup": "[red]已销号[/red]",
    "closing markup": "见[/附件]",
    "path": "C:[temp]",
    "emoji code": ":skull:",
    "formula": "=cmd|' /C calc'!A0",
    "quote": "'; DROP TABLE hazard; --",
    "percent": "100% of_it {0} {number} %s",
    "braces": "{",
    "two lines": "一\n二",
    "crlf": "一\r\n二",
    "tab": "a\tb",
    "rare": "\U00031350",
    "marks": "a" + "\u0301" * 20,
    "json": '{"error": {"code": "x"}}',
    "longest": "长" * 32_000,
}
READING = ["list", "list -f plain", "list -f csv", "show 1", "log 1", "report --by enterprise"]


def harmless(text: str) -> bool:
    return not DANGEROUS.search(text)


@pytest.mark.parametrize("text", KEPT_OUT.values(), ids=KEPT_OUT)
def test_what_the_door_keeps_out_is_refused_by_name_and_place(desk: Desk, text: str) -> None:
    line = ["add", "堵塞", "--industry", "花炮", "--enterprise", "某厂", "--remark", text]
    told = desk(line, by="甲")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("--remark: this text cannot be taken in (")
    assert harmless(told.err)
    error = desk([*line, "-f", "json", "--lang", "zh"], by="甲")
    assert harmless(error.err)
    assert error.error["facts"]["name"] == "--remark"
    assert isinstance(error.error["facts"]["at"], int)
    assert not desk.ledger.exists()


@pytest.mark.parametrize("text", LET_IN.values(), ids=LET_IN)
def test_what_comes_in_is_kept_as_it_was_and_shown_for_what_it_is(desk: Desk, text: str) -> None:
    line = ["add", text, "--industry", "花炮", "--enterprise", f"厂{text[:200]}", "-f", "json"]
    added = desk.does(line, by="甲")
    kept = text.replace("\r\n", "\n")
    assert added.json["description"] == kept
    assert desk.show("1")["description"] == kept
    assert desk.does("list -f json").json[0]["description"] == kept
    for form in ("json", "ndjson"):
        assert harmless(desk.does(f"list -f {form}").out)
    for reading in READING:
        for language in ("en", "zh"):
            out = desk.does(f"{reading} --lang {language}").out
            assert harmless(out.replace("\ufeff", "") if reading.endswith("csv") else out) or (
                reading == "list -f csv"
            )
    assert "已销号" not in desk.does("list --lang zh").out.replace(kept, "")


@pytest.mark.parametrize(
    "place",
    [
        "{}",
        "list {}",
        "list --{}",
        "show {}",
        "list --industry {}",
        "list --text {}",
        "list --enterprise {}",
        "list --as-of {}",
        "list --limit {}",
        "report --by {}",
        "config set {} x",
        "config set lang {}",
        "extend {}",
        "-f {} list",
        "--lang {} list",
        "--today {} list",
        "--ledger {} list",
        "import {}",
        "import a.csv --map {}",
        "close 1 --verified-by {} --measures x --rectified-by y",
    ],
)
def test_no_text_anywhere_on_the_line_reaches_the_terminal_raw(desk: Desk, place: str) -> None:
    desk.does("init", by="甲")
    desk.file("a.csv", "隐患描述,单位名称,排查时间\n堵塞,甲厂,2022-10-01\n")
    for name, text in (KEPT_OUT | LET_IN).items():
        line = [part.replace("{}", text) for part in place.split()]
        for form in ([], ["-f", "json"]) if "-f" not in line else ([],):
            done = desk([*line, *form], by="甲")
            assert done.code in (0, 2, 3, 4, 5, 6), name
            assert harmless(done.out), name
            assert harmless(done.err), name
            if form and done.err and done.code != 5:
                assert done.error["message"], name


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize(
    "name", ["HAZARDCTL_LEDGER", "HAZARDCTL_LANG", "HAZARDCTL_TODAY", "HAZARDCTL_ACTOR"]
)
@pytest.mark.parametrize("value", [b"\x1b[31m", b"\xc2\x9b31m", b"\xff\xfe", b"\xe2\x80\xae"])
def test_the_environment_reaches_nothing_raw(
    desk: Desk, name: str, value: bytes, form: str
) -> None:
    env = {os.fsencode(key): os.fsencode(text) for key, text in desk.environment.items()}
    value = os.fsencode(desk.folder) + b"/" + value if name == "HAZARDCTL_LEDGER" else value
    line = ["add", "x", "--industry", "花炮", "--enterprise", "某厂", "-f", form]
    if name != "HAZARDCTL_ACTOR":
        line = ["list", "-f", form]
    done = desk.process(line, env={**env, name.encode(): value})
    right_to_left = value == b"\xe2\x80\xae" and name == "HAZARDCTL_ACTOR"
    assert done.code in ((2,) if right_to_left else (2, 6))
    assert harmless(done.out)
    assert harmless(done.err)
    assert "Traceback" not in done.err
    if form == "json":
        assert json.loads(done.err)["error"]["message"]


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize(
    "line",
    [
        [b"add", b"a\xff\xfeb", b"--industry", b"fireworks", b"--enterprise", b"x"],
        [b"\xff"],
        [b"list", b"--\xff"],
        [b"list", b"--industry", b"\xff"],
        [b"show", b"\xff"],
        [b"import", b"\xff.csv"],
        [b"list", b"--ledger", b"\xff.db"],
        [b"list", b"-f", b"\xff"],
        [b"list", b"-o", b"\xff/x"],
        [b"config", b"set", b"as", b"\xff"],
        [b"--lang", b"\xff", b"list"],
    ],
)
def test_arguments_that_are_no_text_are_refused(desk: Desk, line: list[bytes], form: str) -> None:
    line = [b"--as", "甲".encode(), *line]
    done = desk.process(
        [*line, *([b"-f", b"json"] if form == "json" and b"-f" not in line else [])]
    )
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert harmless(done.err)
    assert not desk.ledger.exists()


@pytest.mark.parametrize("locale", ["C", "zh_CN.GBK"])
def test_any_locale_prints_utf_8(desk: Desk, locale: str) -> None:
    desk.add("堵塞 ✓")
    desk.setenv("LC_ALL", locale)
    desk.setenv("PYTHONUTF8", "0")
    desk.setenv("PYTHONCOERCECLOCALE", "0")
    for line in ("list -f json", "report --lang zh", "--lang zh --help"):
        done = desk.process(line)
        assert (done.code, done.err) == (0, ""), line
    assert desk.process("list -f json").json[0]["description"] == "堵塞 ✓"
    assert desk.process("show 9 --lang zh").code == 3
    assert desk.process("--as x add y --industry fireworks --enterprise z").code == 0


def test_a_place_without_a_locale_takes_in_chinese(desk: Desk) -> None:
    desk.setenv("LC_ALL", "C")
    line = ["--as", "甲", "add", "堵塞", "--industry", "花炮", "--enterprise", "某厂"]
    assert desk.process(line).code == 0
    assert desk.show("1")["description"] == "堵塞"
