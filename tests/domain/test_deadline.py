"""What a day and a due date mean."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.data.calendar import is_known, workday
from hazardctl.domain.deadline import Due, read_day, read_due
from hazardctl.domain.holidays import HOLIDAYS, eve
from hazardctl.domain.words import DueKind
from hazardctl.errors import UnreadDay

FOUND = date(2022, 9, 28)
FIFTH = date(2022, 10, 5)


def due(text: str, **context: object) -> Due:
    return read_due(text, from_on=FOUND, workday=workday, **context)  # type: ignore[arg-type]  # what a test gives


def reason(text: str, **context: object) -> object:
    with pytest.raises(UnreadDay) as refused:
        due(text, **context)
    assert refused.value.facts["text"] == text
    return refused.value.facts["reason"]


@pytest.mark.parametrize(
    "text",
    [
        "2022.10.5",
        "2022.10.05",
        "2022/10/5",
        "2022-10-5",
        "2022年10月5日",
        "2022年10月5号",
        " 2022 年 10 月 5 日 ",
        "２０２２．１０．５",
        "20221005",
        "2022-10-05 00:00:00",
        "2022-10-05T08:30",
        "2022年10月5日18时",
        "22.10.5",
        "2022-\u200b10-05\ufeff",
    ],
)
def test_every_way_to_write_a_day_names_the_same_day(text: str) -> None:
    assert read_day(text) == FIFTH
    assert due(text) == Due(FIFTH, DueKind.DATE, text)


@pytest.mark.parametrize("text", ["10月5日", "10月5号", "10.5", "10/5", "10-5", "１０月５日"])
def test_a_day_without_a_year_takes_the_year_that_is_known(text: str) -> None:
    assert read_day(text, year=2022) == FIFTH
    with pytest.raises(UnreadDay, match="no-year"):
        read_day(text)


def test_a_yearless_day_after_the_title_day_belongs_to_the_year_before() -> None:
    latest = date(2022, 10, 31)
    assert read_day("12月20日", year=2022, latest=latest) == date(2021, 12, 20)
    assert read_day("10月31日", year=2022, latest=latest) == latest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022.2.30", "no-such-day"),
        ("2022.13.1", "no-such-day"),
        ("20221305", "no-such-day"),
        ("2.30", "no-such-day"),
        ("10.1", "ambiguous"),
        ("10.3", "ambiguous"),
        ("10/5/22", "ambiguous"),
        ("2022.1", "not-a-day"),
        ("昨天", "not-a-day"),
        ("44839", "not-a-day"),
        ("٢٠٢٢.١٠.٥", "not-a-day"),
        ("", "not-a-day"),
    ],
)
def test_what_is_not_a_day_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadDay) as refused:
        read_day(text, year=2022)
    assert refused.value.facts == {"text": text, "reason": reason}


def test_a_lost_zero_is_no_doubt_where_the_cell_was_typed_as_text() -> None:
    assert read_day("10.1", year=2022, typed=True) == date(2022, 10, 1)


@pytest.mark.parametrize(
    ("text", "on", "kind"),
    [
        ("7d", "2022-10-05", DueKind.DAYS),
        ("7天", "2022-10-05", DueKind.DAYS),
        ("7日内", "2022-10-05", DueKind.DAYS),
        ("７天", "2022-10-05", DueKind.DAYS),
        ("限7日内整改完成", "2022-10-05", DueKind.DAYS),
        ("三天内", "2022-10-01", DueKind.DAYS),
        ("十五日内", "2022-10-13", DueKind.DAYS),
        ("半个月内", "2022-10-13", DueKind.DAYS),
        ("一周内", "2022-10-05", DueKind.DAYS),
        ("两周内", "2022-10-12", DueKind.DAYS),
        ("2w", "2022-10-12", DueKind.DAYS),
        ("一个月内", "2022-10-28", DueKind.DAYS),
        ("1m", "2022-10-28", DueKind.DAYS),
        ("5个工作日内", "2022-10-10", DueKind.DAYS),  # 1-7 October off, 8 and 9 worked
        ("7 days", "2022-10-05", DueKind.DAYS),
        ("in 2 weeks", "2022-10-12", DueKind.DAYS),
        ("立行立改", "2022-09-28", DueKind.IMMEDIATE),
        ("立即整改", "2022-09-28", DueKind.IMMEDIATE),
        ("当场", "2022-09-28", DueKind.IMMEDIATE),
        ("即日", "2022-09-28", DueKind.IMMEDIATE),
        ("immediately", "2022-09-28", DueKind.IMMEDIATE),
        ("立行立改，长期坚持", "2022-09-28", DueKind.IMMEDIATE),
        ("today", "2022-09-28", DueKind.DATE),
        ("tomorrow", "2022-09-29", DueKind.DATE),
        ("10月底前", "2022-10-31", DueKind.PERIOD),
        ("10月底", "2022-10-31", DueKind.PERIOD),
        ("十月底前整改到位", "2022-10-31", DueKind.PERIOD),
        ("月底", "2022-09-30", DueKind.PERIOD),
        ("下月底前", "2022-10-31", DueKind.PERIOD),
        ("10月上旬", "2022-10-10", DueKind.PERIOD),
        ("10月中旬", "2022-10-20", DueKind.PERIOD),
        ("10月下旬", "2022-10-31", DueKind.PERIOD),
        ("2022年10月", "2022-10-31", DueKind.PERIOD),
        ("2022-10", "2022-10-31", DueKind.PERIOD),
        ("2022.10", "2022-10-31", DueKind.PERIOD),
        ("2024年底前", "2024-12-31", DueKind.PERIOD),
        ("2024年底前，并长期坚持", "2024-12-31", DueKind.PERIOD),
        ("年底前", "2022-12-31", DueKind.PERIOD),
        ("国庆前", "2022-09-30", DueKind.PERIOD),
        ("国庆节前", "2022-09-30", DueKind.PERIOD),
        ("二十大前", "2022-10-15", DueKind.PERIOD),
        ("春节前", "2023-01-21", DueKind.PERIOD),
        ("元旦前", "2022-12-31", DueKind.PERIOD),
        ("2022年10月5日前", "2022-10-05", DueKind.DATE),
        ("10月5日前完成整改", "2022-10-05", DueKind.DATE),
        ("2022.9.28-2022.10.5", "2022-10-05", DueKind.DATE),
        ("2022-9-28至2022-10-5", "2022-10-05", DueKind.DATE),
        ("2022.12.28-1.5", "2023-01-05", DueKind.DATE),
        ("9月28日-10月5日", "2022-10-05", DueKind.DATE),
        ("9.28-30", "2022-09-30", DueKind.DATE),
    ],
)
def test_a_due_cell_orders_a_day_of_a_kind(text: str, on: str, kind: DueKind) -> None:
    assert due(text) == Due(date.fromisoformat(on), kind, text)


@pytest.mark.parametrize("text", ["长期坚持", "长期", "持续整改", "常态化", "常态化管理"])
def test_a_standing_order_has_no_day(text: str) -> None:
    assert due(text) == Due(None, DueKind.STANDING, text)


@pytest.mark.parametrize(
    "text", ["尽快", "限期整改", "按要求", "已整改", "/", "—", "\\", "", "  ", "无"]
)
def test_prose_that_names_no_day_keeps_its_words(text: str) -> None:
    assert due(text) == Due(None, None, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2022.2.30", "no-such-day"),
        ("13月底前", "no-such-day"),
        ("2022.1", "ambiguous"),
        ("10.1", "ambiguous"),
        ("5日", "ambiguous"),
        ("10月前", "ambiguous"),
        ("7", "not-a-day"),
        ("0天", "not-a-day"),
        ("99999天", "not-a-day"),
        ("见3号文", "not-a-day"),
        ("555-1234-10-5", "not-a-day"),
        ("2031年春节前", "unknown-holiday"),
    ],
)
def test_a_due_cell_that_cannot_be_read_is_refused(text: str, why: str) -> None:
    assert reason(text) == why


@pytest.mark.parametrize("text", ["10月5日", "10月底前", "9月28日-10月5日"])
def test_in_a_file_a_missing_year_is_a_fault(text: str) -> None:
    assert reason(text, needs_year=True) == "no-year"
    assert due(text, needs_year=True, year=2022).on is not None


def test_at_the_desk_a_day_that_has_passed_is_the_next_years() -> None:
    assert due("9月27日").on == date(2023, 9, 27)
    assert due("9月28日").on == FOUND
    assert due("3月底前").on == date(2023, 3, 31)


def test_a_due_day_may_lie_after_the_day_of_the_title() -> None:
    latest = date(2022, 10, 31)
    assert due("11月5日", year=2022, latest=latest).on == date(2022, 11, 5)
    late = read_due("11月5日", from_on=date(2021, 10, 9), workday=workday, year=2022, latest=latest)
    assert late.on == date(2021, 11, 5)


def test_a_month_from_the_last_of_january_ends_with_february() -> None:
    assert read_due("1个月内", from_on=date(2023, 1, 31), workday=workday).on == date(2023, 2, 28)


def test_a_holiday_of_a_year_that_is_stated_stays_in_that_year() -> None:
    assert eve("国庆", year=2022, from_on=date(2022, 10, 9)) == date(2022, 9, 30)
    assert eve("春节", year=2022, from_on=date(2022, 10, 9)) == date(2023, 1, 21)
    assert eve("国庆", year=None, from_on=date(2022, 10, 9)) == date(2023, 9, 30)


@pytest.mark.parametrize("holiday", sorted(set(HOLIDAYS) - {"二十大"}))
def test_every_holiday_falls_on_a_day_off_of_the_published_calendar(holiday: str) -> None:
    from chinese_calendar import is_holiday

    for year in range(2020, 2027):
        before = eve(holiday, year=year, from_on=date(year - 1, 1, 1))
        assert before is not None
        assert is_holiday(before + timedelta(days=1)), (holiday, year)


def test_working_days_follow_the_shifted_days_off() -> None:
    assert workday(date(2022, 9, 30), 1) == date(2022, 10, 8)  # a Saturday that is worked
    assert is_known(2022)
    assert not is_known(2100)
    assert workday(date(2100, 1, 1), 1) == date(2100, 1, 4)  # a Friday, then Monday


@given(st.text(alphabet="0123456789年月日.-/前内天周个底旬至~国庆长期 一二十", max_size=16))
def test_any_text_is_a_due_date_or_is_refused(text: str) -> None:
    with suppress(UnreadDay):
        assert due(text).text == text


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日"):
        assert read_day(day.strftime(form)) == day
    assert read_day(f"{day.month}月{day.day}日", year=day.year) == day
