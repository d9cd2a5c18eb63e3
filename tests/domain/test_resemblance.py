"""When two hazards may be one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.resemblance import NEAR, Look, Resemblance, is_alike, resemblance, skeleton

ON = date(2022, 10, 1)


def look(text: str, after: int = 0, *, closed_after: int | None = None) -> Look:
    closed = None if closed_after is None else ON + timedelta(days=closed_after)
    return Look(skeleton(text), ON + timedelta(days=after), closed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("消防通道堵塞", "消防通道被堵塞。"),
        ("灭火器失效", "灭火器 已失效"),
        ("存在电线私拉乱接现象", "电线私拉乱接"),
        ("Ｎo.3 阀门漏气", "no 3阀门漏气"),
    ],
)
def test_marks_and_particles_make_no_other_hazard(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("消防通道堵塞严重", "消防通道堵塞", True),
        ("东侧仓库灭火器失效", "西侧仓库灭火器失效", False),
        ("3号罐阀门渗漏", "4号罐阀门渗漏", False),
        ("灭火器失效", "安全出口上锁", False),
        ("", "", False),
    ],
)
def test_nearly_the_same_words_are_alike_unless_they_tell_places_apart(
    one: str, other: str, expected: bool
) -> None:
    assert is_alike(skeleton(one), skeleton(other)) is expected


def test_the_same_words_within_thirty_days_may_be_the_same_hazard() -> None:
    known = look("消防通道堵塞")
    assert resemblance(look("消防通道堵塞。", NEAR), known) is Resemblance.NEAR_DUPLICATE
    assert resemblance(look("消防通道堵塞。", NEAR + 1), known) is None


def test_nearly_the_same_words_may_be_the_same_hazard_only_on_the_same_day() -> None:
    known = look("消防通道堵塞")
    assert resemblance(look("消防通道堵塞严重"), known) is Resemblance.NEAR_DUPLICATE
    assert resemblance(look("消防通道堵塞严重", 1), known) is None


def test_what_comes_back_after_it_was_closed_may_be_a_recurrence_however_late() -> None:
    known = look("消防通道堵塞", closed_after=5)
    assert resemblance(look("消防通道堵塞", 400), known) is Resemblance.RECURRENCE
    assert resemblance(look("消防通道堵塞", 5), known) is Resemblance.RECURRENCE
    assert resemblance(look("消防通道堵塞", 4), known) is Resemblance.NEAR_DUPLICATE


@given(st.text(max_size=20), st.text(max_size=20))
def test_it_makes_no_difference_which_of_two_is_asked_about(one: str, other: str) -> None:
    first, second = skeleton(one), skeleton(other)
    assert is_alike(first, second) is is_alike(second, first)
