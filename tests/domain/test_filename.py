"""A name on its way out: whatever it once was, it names one plain file in one folder."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.domain.filename import LONGEST, names

DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE
)


def cleaned(name: str) -> str:
    return next(names(name, otherwise="0123456789ab"))


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("整改后.jpg", "整改后.jpg"),
        ("a b (1).tar.gz", "a b (1).tar.gz"),
        ("\U00031350.jpg", "\U00031350.jpg"),
        ("../x", "_x"),
        ("..\\x", "_x"),
        ("../../../etc/passwd", "_.._.._etc_passwd"),
        ("C:\\x.jpg", "C__x.jpg"),
        ("a.jpg::$DATA", "a.jpg__$DATA"),
        ("-rf", "rf"),
        ("--output=x", "output=x"),
        (".htaccess", "htaccess"),
        ("CON.txt", "_CON.txt"),
        ("con", "_con"),
        ("nul .txt", "_nul .txt"),
        ("COM¹.log", "_COM¹.log"),
        ("-.NUL.tar.gz", "_NUL.tar.gz"),
        ("console.txt", "console.txt"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("a\u200b\ufeff.jpg", "a__.jpg"),
        ("a\x1b[2J.jpg", "a_[2J.jpg"),
        ("一\n二\t.jpg", "一_二_.jpg"),
        ("a\udcff.jpg", "a_.jpg"),
        ("x. . .", "x"),
        ("", "0123456789ab"),
        (".", "0123456789ab"),
        ("..", "0123456789ab"),
        (" .- ", "0123456789ab"),
    ],
)
def test_a_name_is_cleaned_on_the_way_out(name: str, out: str) -> None:
    assert cleaned(name) == out


def test_a_long_name_keeps_its_ending_and_no_half_character() -> None:
    assert cleaned("隐" * 86 + ".jpg") == "隐" * 38 + ".jpg"
    assert cleaned("隐" * 86) == "隐" * 40
    assert cleaned(f"a.{'b' * 300}") == f"a.{'b' * 118}"


def test_a_name_that_is_taken_is_followed_by_others() -> None:
    assert list(islice(names("a.jpg", otherwise="x"), 3)) == ["a.jpg", "a (2).jpg", "a (3).jpg"]
    assert list(islice(names("a", otherwise="x"), 2)) == ["a", "a (2)"]
    long = list(islice(names("隐" * 86 + ".jpg", otherwise="x"), 100))
    assert len(set(long)) == 100
    assert all(len(one.encode()) <= LONGEST for one in long)
    assert long[1] == "隐" * 37 + " (2).jpg"


@settings(max_examples=400, deadline=None)
@given(
    st.text(st.characters() | st.sampled_from("./\\-: ~\u202e\n\0CONcon")),
    st.sampled_from(["", "con", "LPT1.", "../", "-", "."]),
)
def test_no_name_is_a_path_an_option_hidden_or_a_device(text: str, lead: str) -> None:
    for out in islice(names(lead + text, otherwise="0123456789ab"), 3):
        assert out
        assert not set('/\\:\0\n\r\x1b\u202e*?"<>|') & set(out)
        assert out[0] not in "-. "
        assert out[-1] not in ". "
        assert len(out.encode()) <= LONGEST
        assert not DEVICES.fullmatch(out)
