"""From what was typed to values: days, deadlines, names and words of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from hazardctl.domain.names import people, sameness
from hazardctl.errors import NotANumberOf, NotOneName, NotOneOf, UnreadDay
from hazardctl.text import Words

if TYPE_CHECKING:
    from hazardctl.domain.assigning import Deadline

Word = TypeVar("Word", bound=StrEnum)
_FIRST, _LAST = 1900, 2999  # years: a day of another one was mistyped, and cannot be reckoned with
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(text: str | None, today: date) -> date | None:
    """The day that was typed; one without a year is of this year. Raises UnreadDay."""
    if not text:
        return None
    found = _read(text, today)
    if not _FIRST <= found.year <= _LAST:
        raise UnreadDay(text=text, reason="far-day")
    return found


def _read(text: str, today: date) -> date:
    if _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UnreadDay(text=text, reason="no-such-day") from None
    from hazardctl.domain.deadline import read_day  # only other forms need its many patterns

    return read_day(text, year=today.year, typed=True)


def deadline(text: str | None) -> Deadline | None:
    """The deadline that was typed, to be reckoned from the day it counts from."""
    if not text:
        return None
    from hazardctl.data.calendar import workday
    from hazardctl.domain.deadline import read_due

    reckoned = partial(read_due, text, workday=workday, typed=True)
    return lambda from_on: reckoned(from_on=from_on)


def names(texts: Sequence[str] | None) -> tuple[str, ...]:
    """The people named in several options, each of which may name several; each once."""
    found: dict[str, str] = {}
    for text in texts or ():
        for name in people(text):
            found.setdefault(sameness(name), name)
    return tuple(found.values())


def one_name(text: str) -> str:
    """The one person that a text names; raises NotOneName."""
    named = people(text)
    if len(named) != 1:
        raise NotOneName(name=text)
    return named[0]


def word(option: str, text: str | None, words: type[Word]) -> Word | None:
    """The word of a list that was typed; raises NotOneOf."""
    return one_of(option, text, words) if text else None


def one_of(option: str, text: str, words: type[Word]) -> Word:
    """The word of a list that was typed, as the program writes it or in Chinese.

    Raises NotOneOf.
    """
    typed = text.strip().lower()
    for one in words:
        if typed == one:
            return one
    chinese = Words("zh").catalog("labels")["words"]
    for one in words:
        if typed == chinese[one]:
            return one
    raise NotOneOf(option=option, given=text, words=[str(one) for one in words])


def every_word(option: str, texts: Iterable[str] | None, words: type[Word]) -> tuple[str, ...]:
    """The words of a list that were typed; raises NotOneOf."""
    return tuple(str(one_of(option, text, words)) for text in texts or ())


def count(option: str, text: str | None, *, least: int = 0, most: int = 1_000_000) -> int | None:
    """The whole number that was typed; raises NotANumberOf."""
    if text is None:
        return None
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not is_number or not least <= int(text) <= most:
        raise NotANumberOf(option=option, given=text, least=least, most=most)
    return int(text)


def fen(text: str) -> int:
    """The amount that was typed, in fen; a number alone is in yuan. Raises UnreadAmount."""
    from hazardctl.domain.money import YUAN, read_amount

    return read_amount(text, unit=YUAN)
