"""Where in a sheet the table is: its heading row, its rows, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from hazardctl.intake.headings import Headings, Match, plain
from hazardctl.intake.values import Cell, shown

SEARCHED = 30  # rows in which the headings are looked for
NOTHING: Mapping[str, str] = MappingProxyType({})

_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|累计|total|subtotal)(?:[\s:：(（\d].*)?", re.IGNORECASE
)
_FOOTER = re.compile(
    r"(?:填表|填报|制表|编制|报送|上报|录入|经办|审核|复核|审批|主管|分管|单位负责人|主要负责人|负责人签字"
    r"|检查人员?|检查日期|检查时间|被检查单位|联系人|联系电话|注|备注|说明|签字|签章|盖章|日期)"
    r"(?:[^:：]{0,8}[:：]|(?:人|单位|日期|时间)\s).*",
    re.DOTALL,
)
# The number of a group, which a record does not have: 一、 or （二）.
_GROUP = re.compile("[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows of a table: where they stand, and the headings they make."""

    first: int  # index among the rows searched
    last: int
    headings: list[str]
    rows: frozenset[tuple[str, ...]]  # as they are, to know them when they are repeated


def find_header(
    rows: Sequence[Sequence[Cell]], known: Headings, mapping: Mapping[str, str] = NOTHING
) -> Header | None:
    """The row, or two rows, whose cells name the most fields; None if no row does.

    `mapping` says what other headings mean.
    """
    asked = {plain(heading): field for heading, field in mapping.items()}
    texts = [[shown(cell).strip() for cell in row] for row in rows[:SEARCHED]]
    scores = [_score(row, known, asked) for row in texts]
    best = max(range(len(texts)), key=lambda at: scores[at], default=None)
    if best is None or scores[best] < (0, 2):
        return None
    first, last, headings = best, best, texts[best]
    for top in (best, best - 1):
        if 0 <= top < len(texts) - 1 and _is_second(texts[top + 1], known):
            joined = _joined(texts[top], texts[top + 1], known)
            if _score(joined, known, asked) > _score(headings, known, asked):
                first, last, headings = top, top + 1, joined
    while headings and not headings[-1]:
        headings = headings[:-1]
    return Header(first, last, headings, frozenset(_key(row) for row in texts[first : last + 1]))


def score(rows: Sequence[Sequence[Cell]], known: Headings) -> tuple[int, int]:
    """How much of a table these rows are: whether it has what leads one, and how many fields."""
    header = find_header(rows, known)
    return _score(header.headings, known, NOTHING) if header else (0, 0)


def is_repeated(header: Header, texts: Sequence[str]) -> bool:
    """Whether a row says the headings again, as at the top of a printed page."""
    return _key(texts) in header.rows


def is_aside(texts: Sequence[str], own: frozenset[int], needed: Sequence[Collection[int]]) -> bool:
    """Whether a row is no record: a total, a footer, or a group with nothing but its name.

    `own` are the columns in which a lone cell makes a record, if a faulty one; a row that fills
    one of each of the `needed` ones is no footer, however it begins.
    """
    filled = (index for index, text in enumerate(texts) if text.strip())
    at = next(filled, None)
    if at is None:
        return True
    first = texts[at].strip()
    if _TOTAL.fullmatch("".join(first.split())):
        return True
    rest = list(filled) if (is_footer := _FOOTER.fullmatch(first)) else list(islice(filled, 2))
    if is_footer:
        is_signed = bool(rest) and all(_FOOTER.fullmatch(texts[at].strip()) for at in rest)
        return is_signed or any(set(some).isdisjoint({at, *rest}) for some in needed)
    return at not in own and (not rest or (len(rest) == 1 and bool(_GROUP.fullmatch(first))))


def _key(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())


def _score(headings: Sequence[str], known: Headings, asked: Mapping[str, str]) -> tuple[int, int]:
    """Whether what leads such a table is named by its name, and how many fields are named."""
    told = (
        Match((known.meant(asked[plain(heading)]),), 0)
        if plain(heading) in asked
        else known.match(heading)
        for heading in headings
    )
    matches = [found for found in told if found]
    exact = {found.fields for found in matches if found.rank < 2}
    described = any((lead,) in exact for lead in known.leads)
    count = len({found.fields for found in matches})
    return (1, count) if described else (0, count if exact else 0)


def _is_second(texts: Sequence[str], known: Headings) -> bool:
    """Whether a row can be the second of two heading rows: it is made of headings."""
    filled = [text for text in texts if text]
    found = [text for text in filled if (what := known.match(text)) and what.rank < 2]
    return len(found) >= 2 and all(len(text) <= 20 for text in filled)


def _joined(top: Sequence[str], bottom: Sequence[str], known: Headings) -> list[str]:
    """One heading for each column of two rows: 监管责任 over 责任人 is 监管责任人."""
    joined: list[str] = []
    carried = ""
    for index in range(max(len(top), len(bottom))):
        above = top[index] if index < len(top) else ""
        below = bottom[index] if index < len(bottom) else ""
        carried = above or carried
        both = _overlapped(carried, below)
        is_known = bool(below) and plain(both) != plain(below) and (found := known.match(both))
        joined.append(both if is_known and found and found.rank < 2 else below or above)
    return joined


def _overlapped(left: str, right: str) -> str:
    """Both texts as one, what ends the one and begins the other said once."""
    for length in range(min(len(left), len(right)), 0, -1):
        if left.endswith(right[:length]):
            return left + right[length:]
    return left + right
