"""Amounts of money: read in 元, 万元 or another unit of them, kept in integer fen."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, localcontext

from hazardctl.errors import UnreadAmount

YUAN = 100  # fen
WAN = 10_000 * YUAN

_TIMES = {
    **{"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000},
    **{
        "ten": 10,
        "hundred": 100,
        "thousand": 1_000,
        "million": 1_000_000,
        "billion": 1_000_000_000,
    },
    **{"k": 1_000, "wan": 10_000},
}
_CHINESE = "[十百千]?万?亿?"  # 千元, 百万元, 亿元
_CELL = re.compile(
    rf"人民币(?P<rmb>{_CHINESE})元|(?P<yuan>{_CHINESE})元|(?P<bare>[百千]?[万亿])"
    r"|(?P<wan>wan)(?:yuan)?|(?P<english>yuan)|(?P<fen>分)"
)
# A comma parts thousands: 1,5 may be fifteen or one and a half.
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(rf"(?P<sign>[-−]?)[¥￥]?(?P<number>{_NUMBER})(?P<unit>[^\d.,]*)")
_POWER = re.compile(rf"[¥￥]?(?P<number>{_NUMBER}e\+?\d{{1,4}})")  # as a spreadsheet shows it
# The units in a heading or a title: 罚款金额(元), 单位：万元, amount_fen. Neither is 美元 nor 单元.
_COUNT = r"(?<![\d,]){name}\d[\d,]{{0,11}})[ ]?"
_SAID = re.compile(
    rf"(?:{_COUNT.format(name='(?P<many>')})?(?P<chinese>{_CHINESE})(?<![单公美欧日港澳])元(?![旦月宵年])"
    rf"|(?:{_COUNT.format(name='(?P<count>')})?(?<![a-z])"
    r"(?P<english>(?:(?:ten|hundred|thousand|million|billion|k|wan)[ ])*)yuan\b"
    r"|\b(?P<wan>wan)\b|(?P<fen>\(分\)|[:： ]分(?!\w)|\bfen\b)"
)
_MOST = 10**15  # fen: more than any fine, and whole in a spreadsheet's cell


def read_amount(text: str, *, unit: int | None = None) -> int:
    """The fen that a text means; `unit` is that of a number without one.

    Raises UnreadAmount: no number, below nothing, no unit, a part of a fen, more than there can be.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    found = _AMOUNT.fullmatch(plain)
    fen_each = _unit_of(found["unit"]) if found and found["unit"] else unit
    if not found or (found["unit"] and fen_each is None):
        raise UnreadAmount(text=text, reason=_why_not(plain))
    if found["sign"]:
        raise UnreadAmount(text=text, reason="below-nothing")
    if fen_each is None:
        raise UnreadAmount(text=text, reason="no-unit")
    with localcontext(prec=len(plain) + 20):  # every digit counts
        fen = Decimal(found["number"].replace(",", "")) * fen_each
        if fen > _MOST:
            raise UnreadAmount(text=text, reason="amount-too-large")
        if fen != int(fen):
            raise UnreadAmount(text=text, reason="part-of-a-fen")
    return int(fen)


def units_in(heading: str) -> frozenset[int]:
    """The fen that one of a number counts under such a heading, by each unit that it names.

    5000元以上 may be of 元, and 1000元 of a thousand: both are named.
    """
    plain = unicodedata.normalize("NFKC", heading).casefold().replace("_", " ")
    return frozenset(unit for found in _SAID.finditer(plain) for unit in _fen_each(found))


def _unit_of(word: str) -> int | None:
    """The fen of the unit that stands behind a number."""
    if not (found := _CELL.fullmatch(word)):
        return None
    chinese = found["rmb"] or found["yuan"] or found["bare"] or ""
    return 1 if found["fen"] else YUAN * _product([*chinese, *filter(None, [found["wan"]])])


def _fen_each(found: re.Match[str]) -> tuple[int, ...]:
    if found["fen"]:
        return (1,)
    words = [*(found["chinese"] or ""), *(found["english"] or found["wan"] or "").split()]
    unit = YUAN * _product(words)
    many = int((found["many"] or found["count"] or "1").replace(",", ""))
    return (many * unit, unit) if found["many"] else (many * unit,)


def _product(words: Iterable[str]) -> int:
    return math.prod(_TIMES[word] for word in words)


def _why_not(plain: str) -> str:
    """Why a text is no amount: 1e16 is a number, and too large in any unit."""
    if (power := _POWER.fullmatch(plain)) and Decimal(power["number"].replace(",", "")) > _MOST:
        return "amount-too-large"
    return "not-an-amount"
