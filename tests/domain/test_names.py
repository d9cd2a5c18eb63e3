"""When two names are one person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.names import is_among, is_same, people, sameness
from tests.reference import plainly

WRITTEN = st.text(st.sampled_from("王伟李Aaａnnｎ \u3000\u00a0·.é1①１"), max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王伟", "王 伟"),
        ("王伟", "\u3000王伟\t"),
        ("Ann", "ＡＮＮ"),
        ("ann lee", "AnnLee"),
        ("①号", "1号"),
        ("㈱东方", "(株)东方"),
        ("王\u200b伟", "王伟"),
        ("café", "cafe\u0301"),
        ("买买提•艾力", "买买提·艾力"),
    ],
)
def test_one_person_is_written_in_several_ways(one: str, other: str) -> None:
    assert is_same(one, other)
    assert is_among(one, [None, "李强", other])


@pytest.mark.parametrize(("one", "other"), [("王伟", "王伟强"), ("王伟", "王维"), ("Ann", "Anne")])
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert not is_same(one, other)


@pytest.mark.parametrize("nobody", [None, ""])
def test_nobody_is_not_the_same_as_anybody(nobody: str | None) -> None:
    assert not is_same(nobody, nobody)
    assert not is_same(nobody, "王伟")
    assert not is_among(nobody, [nobody])


@given(WRITTEN, WRITTEN)
def test_names_are_the_same_as_the_design_says(one: str, other: str) -> None:
    if unicodedata.normalize("NFKC", one + other).count("\u0301"):
        return
    assert (sameness(one) == sameness(other)) == (plainly(one) == plainly(other))


@given(WRITTEN)
def test_what_is_compared_compares_as_itself(text: str) -> None:
    assert sameness(sameness(text)) == sameness(text)


@pytest.mark.parametrize("between", ["、", "，", ",", "；", ";", "/", "／", "､", "\n", "、 "])
def test_one_text_may_name_several_people(between: str) -> None:
    assert people(f"王伟{between}李强") == ("王伟", "李强")


def test_each_person_is_named_once_in_the_order_given() -> None:
    assert people("、李强、王伟、李 强、，王伟") == ("李强", "王伟")
    assert people(" 、\n") == ()
    assert people("张三（局长、书记） 13800000000；李四") == (
        "张三（局长、书记） 13800000000",
        "李四",
    )
    assert people("张三（局长、李四") == ("张三（局长", "李四")
    assert people("王 伟") == ("王 伟",)


@given(st.lists(WRITTEN.filter(lambda text: bool(sameness(text))), max_size=4))
def test_no_name_of_several_has_a_line_of_its_own(names: list[str]) -> None:
    named = people("、".join(names))
    assert [sameness(name) for name in named] == list(dict.fromkeys(map(sameness, names)))
    assert not any("\n" in name for name in people("\n".join(names)))
