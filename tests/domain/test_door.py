"""What text may enter the ledger."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.door import LONGEST, admitted
from hazardctl.errors import NotText


@pytest.mark.parametrize(
    "text",
    [
        "",
        "仓库内堆放烟花爆竹半成品超量",
        "two\nlines\tand a tab",
        "①号㈱ ½ café",
        "𠮷野家 and U+31350 \U00031350",
        "zero\u200bwidth and bidi \u202eabc\u202c",
        "line\u2028separator, private \ue000, 😀",
    ],
)
def test_text_is_admitted_character_for_character(text: str) -> None:
    assert admitted(text) == text


def test_every_line_end_becomes_one() -> None:
    assert admitted("a\r\nb\rc\nd\r\r\ne") == "a\nb\nc\nd\n\ne"


@pytest.mark.parametrize(
    ("text", "reason", "at", "code"),
    [
        ("ab\x1b[2J", "control-character", 2, "U+001B"),
        ("a\0", "control-character", 1, "U+0000"),
        ("a\x7f", "control-character", 1, "U+007F"),
        ("安全\x9b2J", "control-character", 2, "U+009B"),
        ("a\x85b", "control-character", 1, "U+0085"),
        ("\r\n\x0b", "control-character", 1, "U+000B"),
        ("a\udc9b", "surrogate", 1, "U+DC9B"),
        ("a\ufffd", "replacement-character", 1, "U+FFFD"),
        ("a\ufffe", "noncharacter", 1, "U+FFFE"),
        ("\ufdd0", "noncharacter", 0, "U+FDD0"),
        ("a\U0010ffff", "noncharacter", 1, "U+10FFFF"),
        ("a" * LONGEST + "b", "too-long", LONGEST, "U+0062"),
        ("😀" * (LONGEST // 2) + "b", "too-long", LONGEST // 2, "U+0062"),
    ],
)
def test_what_is_kept_out_is_named_with_its_position(
    text: str, reason: str, at: int, code: str
) -> None:
    with pytest.raises(NotText) as refusal:
        admitted(text, "description")
    assert refusal.value.facts == {
        "name": "description",
        "reason": reason,
        "at": at,
        "code": code,
    }


def test_text_of_just_the_longest_length_is_admitted() -> None:
    for text in ("a" * LONGEST, "😀" * (LONGEST // 2), "隐" * LONGEST):
        assert admitted(text) == text


def test_every_character_of_unicode_is_admitted_or_refused_by_its_kind() -> None:
    for point in range(0x110000):
        character = chr(point)
        end_of_plane = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
        kind = unicodedata.category(character)
        kept_out = (kind == "Cc" and character not in "\n\t\r") or kind == "Cs" or end_of_plane
        try:
            admitted(character)
        except NotText:
            assert kept_out or character == "\ufffd", hex(point)
        else:
            assert not kept_out, hex(point)


@given(st.text())
def test_what_was_admitted_is_admitted_unchanged_again(text: str) -> None:
    try:
        once = admitted(text)
    except NotText:
        return
    assert admitted(once) == once
    assert once == text.replace("\r\n", "\n").replace("\r", "\n")
