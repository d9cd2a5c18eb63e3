"""One cell of a table read as a field of a record: a word, a count, an amount, a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

from hazardctl.domain.credit_code import read_credit_code
from hazardctl.domain.money import read_amount
from hazardctl.domain.names import sameness
from hazardctl.domain.register import COUNTS, FLAGS, MONEY, Kind
from hazardctl.errors import UnreadAmount, WrongCreditCode
from hazardctl.intake.problems import Fault
from hazardctl.intake.words import stated

BLANK = frozenset({"", "/", "\\", "-", "--", "—", "——", "／", "－"})
NO_DAY = BLANK | {"无", "暂无", "none", "None"}

Read = Callable[[str], object]  # None is nothing that is said; a Fault cannot be read

_TABLES = {  # where the words of a field stand
    ("inspection", "kind"): "inspection_kind",
    ("penalty", "kinds"): "penalty_kind",
    ("referral", "state"): "referral_state",
}
_UNSAID = "none"  # what a word means that says there is nothing: not signed, not listed
_NUMBER = re.compile(r"第?(?P<number>[0-9]{1,7})(?:家次|人次|家|人|处|项|个|次|条|起|轮|名)?")
_NUMERAL = re.compile("第(?P<numeral>[一二三四五六七八九十])轮")
_MOST = 1_000_000
_PARTS = re.compile(r"\s*[、;；\n]\s*")
_KINDS = re.compile(r"[、,，;；/\n+＋]|并处|并|和|及")
_NOTHING = re.compile("0+(?:[.]0+)?")


def reader(kind: Kind, name: str, *, unit: int | None) -> Read:
    """How the text of a cell is read as a field; `unit` is the fen of a bare number of money.

    Days, industries and texts that stay as they are have other readers.
    """
    if name in kind.codes:
        table = _TABLES.get((kind.name, name), name)
        choices = tuple(str(word) for word in kind.codes[name])
        read = _kinds if name == "kinds" else _word
        return lru_cache(4096)(partial(read, table=table, choices=choices))
    if name in COUNTS:
        return lru_cache(4096)(partial(_count, least=COUNTS[name]))
    if name in MONEY:
        return partial(fen, unit=unit)
    if name in FLAGS:
        return _answer
    readers: Mapping[str, Read] = {
        "credit_code": _credit_code,
        "aliases": _several,
        "campaigns": _several,
    }
    return readers.get(name, _seen)


def fen(text: str, unit: int | None) -> int | Fault:
    """The fen of an amount; nothing is nothing in every unit."""
    try:
        return read_amount(text, unit=1 if _NOTHING.fullmatch(text) else unit)
    except UnreadAmount as refused:
        return Fault(str(refused.facts["reason"]))


def _seen(text: str) -> str | None:
    """A text in which there is anything to be seen."""
    return text if sameness(text) else None


@lru_cache(4096)
def _several(text: str) -> tuple[str, ...]:
    """The names that stand in one cell, each once."""
    named = {sameness(part): part for part in _PARTS.split(text.strip()) if sameness(part)}
    return tuple(named.values())


def parts(text: str) -> Iterable[str]:
    """The texts that stand in one cell."""
    return filter(None, re.split(r"\s*[、,，;；\n]\s*", text))


def _word(text: str, *, table: str, choices: tuple[str, ...]) -> str | Fault | None:
    found = stated(table, text)
    if found in choices:
        return found
    return None if found == _UNSAID else _unknown(choices)


def _kinds(text: str, *, table: str, choices: tuple[str, ...]) -> tuple[str, ...] | Fault:
    """The kinds of a penalty: 警告并处罚款 is two."""
    whole = stated(table, text)
    words = [whole] if whole else [stated(table, part) for part in _KINDS.split(text) if part]
    kinds = dict.fromkeys(word for word in words if word in choices)
    if not words or None in words or len(kinds) < len(set(words)):
        return _unknown(choices)
    return tuple(kind for kind in kinds if kind)


def _unknown(choices: tuple[str, ...]) -> Fault:
    return Fault("unknown-code", {"choices": list(choices)})


def _count(text: str, *, least: int) -> int | Fault:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")
    if found := _NUMERAL.fullmatch(plain):
        return "一二三四五六七八九十".index(found["numeral"]) + 1
    found = _NUMBER.fullmatch(plain)
    if not found or not least <= int(found["number"]) <= _MOST:
        return Fault("not-a-count-of", {"least": least})
    return int(found["number"])


def _answer(text: str) -> bool | Fault:
    answer = stated("on_spot", text)
    return Fault("unknown-answer") if answer is None else answer == "yes"


def _credit_code(text: str) -> str | Fault:
    try:
        return read_credit_code(text)
    except WrongCreditCode as refused:
        facts: Mapping[str, object] = {"expected": refused.facts["expected"]}
        return Fault(str(refused.facts["reason"]), facts)
