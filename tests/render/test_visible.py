"""What may be seen of a text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.render.visible import HIDDEN, is_rare_ideograph, lines, show

TERMINAL = json.loads((Path(__file__).parent / "payloads/terminal.json").read_text())


def hidden_in(text: str) -> str:
    """The characters of a text that nobody sees or that do something."""
    return "".join(
        ch for ch in text if unicodedata.category(ch) in HIDDEN and not is_rare_ideograph(ch)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Golden Dragon Hotel",
        "仓库内堆放（半成品）超量，“五落实”未报备……",
        "①号 ㈱ ℃ ±0.5 café é",
    ],
)
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert show(text) == text


@pytest.mark.parametrize("text", ["𠮷野家", "\U00031350", "\U000323af"])
def test_rare_ideographs_of_names_are_shown_as_they_are(text: str) -> None:
    assert show(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\nb\tc", "a ⏎ b c"),
        ("a\x1b[2J", "a\\u{1b}[2J"),
        ("\u202egnp", "\\u{202e}gnp"),
        ("pass\u200bword", "pass\\u{200b}word"),
        ("a\udc9b", "a\\u{dc9b}"),
        ("\U000e0068", "\\u{e0068}"),
        ("\U0002fffe", "\\u{2fffe}"),
        ("o" + "\u0301" * 6, "o" + "\u0301" * 4 + "\\u{301}\\u{301}"),
    ],
)
def test_the_hidden_is_spelt_out(text: str, seen: str) -> None:
    assert show(text) == seen


@pytest.mark.parametrize("payload", TERMINAL.values(), ids=TERMINAL)
def test_every_terminal_payload_is_changed_and_nothing_hidden_remains(payload: str) -> None:
    assert show(payload) != payload
    assert hidden_in(show(payload)) == ""


@given(st.text(st.characters()))
def test_nothing_that_is_shown_is_hidden(text: str) -> None:
    assert hidden_in(show(text)) == ""


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Mn", "Me"])))
def test_what_can_be_seen_is_not_changed(text: str) -> None:
    assert show(text) == text


def test_lines_stay_lines() -> None:
    assert lines("a\x07\nb") == "a\\u{7}\nb"
