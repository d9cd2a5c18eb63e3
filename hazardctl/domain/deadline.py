"""What a day and a due date mean, as the trade writes them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hazardctl.domain.holidays import HOLIDAYS, eve
from hazardctl.domain.words import DueKind
from hazardctl.errors import UnreadDay


@dataclass(frozen=True, slots=True)
class Due:
    """What a due cell orders: a day if it names one, the kind of deadline, and its own words."""

    on: date | None
    kind: DueKind | None
    text: str


IMMEDIATE = re.compile(
    "(?:立行立|即行即|立查立|边查边|边检边|立整立|即查即|即知即|随查随)改|(?:立即|即时|即刻|立刻|马上)(?:整改)?"
    "|(?:当场|现场|即日|当日|当天)(?:整改)?|immediate(?:ly)?|atonce|onthespot|now"
)
BLANK = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "none", "n/a"})

_NUMERALS = {word: value for value, word in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_NUMERAL = re.compile(r"([一二两三四五六七八九十]+)(?=个?(?:工作日|天|日|号|周|星期|礼拜|月))")
_TIME = re.compile(
    r"(?:(?<=[0-9])(?:T|\s+)|(?<=日)\s*)[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?|[时点])(?:[之以]?前)?$"
)
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")  # and what cannot be seen

_YEAR, _SEP = r"((?:19|20)[0-9]{2})", r"[-./]"
_FULL = re.compile(rf"{_YEAR}(?:年|{_SEP})([0-9]{{1,2}})(?:月|{_SEP})([0-9]{{1,2}})[日号]?")
_COMPACT = re.compile(rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})")
_SHORT = re.compile(rf"([0-9]{{2}})(?:年|{_SEP})([0-9]{{1,2}})(?:月|{_SEP})([0-9]{{1,2}})[日号]?")
_YEARLESS = re.compile(rf"([0-9]{{1,2}})(?:月([0-9]{{1,2}})[日号]?|({_SEP})([0-9]{{1,2}})日?)")

_ADORNED = re.compile(
    r"^(?:请?限?于|务必于|限期?|在|截止到?|截至|by|before|until)?(.+?)(?:[,、]?(?:必须|全部|全面)?"
    r"(?:整改完成|完成整改|整改完毕|整改到位|完成|完毕|到位))?[.。;,]*$"
)
_STANDING = re.compile(
    r"长期(?:坚持|整改|保持)?|(?:持续|常态化)(?:整改|推进|坚持|保持|管理)?|standing|ongoing"
)
_THEN_STANDING = re.compile(rf"(.+?)[,;、。]?(?:并|且)?(?:{_STANDING.pattern})")
_SPAN = re.compile(
    r"(?:in|within)?([0-9]+)(个?工作日|天|日|个?(?:周|星期|礼拜)|个月|d|days?|w|weeks?|m|months?)((?:之|以)?内)?"
)
_MONTH = re.compile(rf"(?:{_YEAR}年)?([0-9]{{1,2}})月份?(上旬|中旬|下旬|月?底|末|内)?(之?前|以前)?")
_YEAR_MONTH = re.compile(rf"{_YEAR}({_SEP})([0-9]{{1,2}})")
_THIS_MONTH = re.compile(r"([本当下])?月[底末](?:之?前|以前)?")
_YEAR_END = re.compile(rf"(?:{_YEAR}|[本今当])?年(?:底|末|内)(?:之?前|以前)?")
_HOLIDAY = re.compile(rf"{_YEAR}?年?({'|'.join(HOLIDAYS)})节?(?:之?前|以前)")
_TO = re.compile("[-~—–]+|至|到")
_DAY_ONLY = re.compile(r"([0-9]{1,2})[日号]?")
_BEFORE = re.compile(r"(?:之|以)?前$|止$")


def read_day(
    text: str, *, year: int | None = None, latest: date | None = None, typed: bool = False
) -> date:
    """The one day that a text names; `year` supplies a missing year.

    A yearless day after `latest` (the day a title says 截至) belongs to the year before. `typed`
    says that the text was written as text: else `10.1` may be a `10.10` that lost its zero.
    """
    plain = _plain(text)
    if found := _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(text, *map(int, found.groups()))
    if found := _SHORT.fullmatch(plain):
        short, month, day = map(int, found.groups())
        if short <= 12:  # 10/5/22: nobody knows which of them is the year
            raise UnreadDay(text=text, reason="ambiguous")
        return _day(text, short + (2000 if short < 70 else 1900), month, day)
    if found := _YEARLESS.fullmatch(plain):
        month, day = int(found[1]), int(found[2] or found[4])
        if found[3] == "." and found[4] in ("1", "2", "3") and not typed:
            raise UnreadDay(text=text, reason="ambiguous")
        _day(text, year or 2020, month, day)
        if year is None:
            raise UnreadDay(text=text, reason="no-year")
        on = _day(text, year, month, day)
        return _day(text, year - 1, month, day) if latest and on > latest else on
    raise UnreadDay(text=text, reason="not-a-day")


def read_due(
    text: str,
    *,
    from_on: date,
    workday: Callable[[date, int], date],
    year: int | None = None,
    latest: date | None = None,
    needs_year: bool = False,
    typed: bool = False,
) -> Due:
    """What a due cell orders, spans counted from `from_on`; a period of months ends on the same
    day of the month (民法典 art. 202).

    `workday(start, n)` is the n-th working day after a day. A month or day without a year takes
    `year`; without one the first on or after `from_on`, or with `needs_year` (in a file) it is
    refused as `no-year`.
    """
    plain = _spelled(_plain(text))
    if plain in BLANK:
        return Due(None, None, text)
    if _STANDING.fullmatch(plain):
        return Due(None, DueKind.STANDING, text)
    if found := _THEN_STANDING.fullmatch(plain):
        plain = found[1]
    if found := _ADORNED.fullmatch(plain):
        plain = found[1]
    if IMMEDIATE.fullmatch(plain):
        return Due(from_on, DueKind.IMMEDIATE, text)

    def dated(month: int, day: int | None, of: int | None = None) -> date:
        if of or year:
            on = _month_day(text, of or year or 0, month, day)
            if not of and latest and on > latest:  # a due day may well lie after 截至
                earlier = _month_day(text, on.year - 1, month, day)
                return earlier if earlier >= from_on else on
            return on
        if needs_year:
            raise UnreadDay(text=text, reason="no-year")
        on = _month_day(text, from_on.year, month, day)
        return on if on >= from_on else _month_day(text, from_on.year + 1, month, day)

    if found := _SPAN.fullmatch(plain):
        return Due(_after(text, found, from_on, workday), DueKind.DAYS, text)
    if on := _period(text, plain, from_on, dated, typed):
        return Due(on, DueKind.PERIOD, text)
    if found := _HOLIDAY.fullmatch(plain):
        known = from_on.year if needs_year else None  # a file does not mean next year's 国庆
        of = int(found[1]) if found[1] else year or known
        if on := eve(found[2], year=of, from_on=from_on):
            return Due(on, DueKind.PERIOD, text)
        raise UnreadDay(text=text, reason="unknown-holiday")
    if plain in ("today", "今天", "今日"):
        return Due(from_on, DueKind.DATE, text)
    if plain in ("tomorrow", "明天", "明日", "次日"):
        return Due(from_on + timedelta(days=1), DueKind.DATE, text)
    if not any(ch.isdigit() for ch in plain):
        return Due(None, None, text)  # 尽快: prose that names no day
    return Due(_dated_day(text, plain, dated, typed), DueKind.DATE, text)


def _plain(text: str) -> str:
    """Half-width, lower case, without a time of day and without spaces."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return _SPACES.sub("", _TIME.sub("", folded)).casefold()


def _spelled(plain: str) -> str:
    """With digits for the numerals that count days, weeks and months: `三天内` is `3天内`."""

    def digits(found: re.Match[str]) -> str:
        tens, ten, ones = found[1].rpartition("十")
        return str((_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0))

    return _NUMERAL.sub(digits, plain.replace("半个月", "15天"))


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadDay(text=text, reason="no-such-day") from None


def _month_day(text: str, year: int, month: int, day: int | None) -> date:
    """A day of a month; None is its last."""
    if day is None and 1 <= month <= 12:
        day = monthrange(year, month)[1]
    return _day(text, year, month, day or 1)


def _after(
    text: str, span: re.Match[str], from_on: date, workday: Callable[[date, int], date]
) -> date:
    count, unit = int(span[1]), span[2].removeprefix("个")
    if unit == "日" and not span[3]:  # the fifth of the month, or five days?
        raise UnreadDay(text=text, reason="ambiguous")
    if not 0 < count <= 3660:
        raise UnreadDay(text=text, reason="not-a-day")
    if unit == "工作日":
        return workday(from_on, count)
    if unit[0] in "月m":
        months = from_on.month - 1 + count
        year, month = from_on.year + months // 12, months % 12 + 1
        return date(year, month, min(from_on.day, monthrange(year, month)[1]))
    return from_on + timedelta(days=count * (1 if unit[0] in "天日d" else 7))


def _period(
    text: str, plain: str, from_on: date, dated: Callable[..., date], typed: bool
) -> date | None:
    if found := _THIS_MONTH.fullmatch(plain):
        months = from_on.month - 1 + (found[1] == "下")
        return _month_day(text, from_on.year + months // 12, months % 12 + 1, None)
    if found := _YEAR_END.fullmatch(plain):
        return date(int(found[1] or from_on.year), 12, 31)
    if found := _YEAR_MONTH.fullmatch(plain):
        if found[2] == "." and found[3] == "1" and not typed:
            raise UnreadDay(text=text, reason="ambiguous")
        return dated(int(found[3]), None, int(found[1]))
    if found := _MONTH.fullmatch(plain):
        if found[4] and (found[3] or "内") == "内":  # 10月前: before October, or before its end?
            raise UnreadDay(text=text, reason="ambiguous")
        day = {"上旬": 10, "中旬": 20}.get(found[3] or "")
        return dated(int(found[2]), day, int(found[1]) if found[1] else None)
    return None


def _dated_day(text: str, plain: str, dated: Callable[..., date], typed: bool) -> date:
    """The day of a due cell; of a range, its end."""
    plain = _BEFORE.sub("", plain)
    try:
        return read_day(plain, typed=typed)
    except UnreadDay as refused:
        reason = refused.facts["reason"]
    parts = _parts(plain)
    if parts and reason == "no-year":
        return dated(*parts[1:])
    if reason != "not-a-day":
        raise UnreadDay(text=text, reason=reason)
    for between in _TO.finditer(plain):
        start, end = _parts(plain[: between.start()]), plain[between.end() :]
        if start and (only := _DAY_ONLY.fullmatch(end)):  # 9.28-30
            return dated(start[1], int(only[1]), start[0])
        if start and (stop := _parts(end)):
            year = stop[0] or (start[0] + (stop[1] < start[1]) if start[0] else None)
            return dated(*stop[1:], year)
    raise UnreadDay(text=text, reason="not-a-day")


def _parts(plain: str) -> tuple[int | None, int, int] | None:
    """The year (None if it is not said), month and day that a text names."""
    if found := _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEARLESS.fullmatch(plain):
        return None, int(found[1]), int(found[2] or found[4])
    return None
