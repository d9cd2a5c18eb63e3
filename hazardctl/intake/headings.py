"""Which field a sender's heading means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from hazardctl.data import load
from hazardctl.data.script import simplified

LONGEST = 40  # characters; a longer text is prose, not a heading

_IGNORED = re.compile(
    r"""[\s\u200b-\u200f\u2060\ufeff、,:;.。*_/\\\-—·'"“”]+|\((?:必填|选填|required|optional)\)"""
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_OTHER_THING = re.compile("上次|上轮|上一|原|拟|预计|下次|是否|有无|未|率|数|总")


@dataclass(frozen=True, slots=True)
class Match:
    """The fields that a heading may mean; `rank` 0 is by name, 1 a fallback, 2 by a part of it."""

    fields: tuple[str, ...]
    rank: int


@cache
def known() -> frozenset[str]:
    """Every field that a column can be read into."""
    return frozenset(load("headings"))


@cache
def kept() -> frozenset[str]:
    """The fields that only the raw row keeps."""
    return frozenset(field for field, row in load("headings").items() if row.get("kept"))


@cache
def shared() -> frozenset[str]:
    """The fields that several columns may state together."""
    return kept() | {field for field, row in load("headings").items() if row.get("several")}


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """The heading as it is compared: NFKC, without case, spaces and punctuation."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", heading).casefold())


@lru_cache(maxsize=4096)
def match(heading: str) -> Match | None:
    """The fields that a heading means: by its name, in Simplified characters, by a part of it."""
    if not heading or len(heading) > LONGEST or heading.isdigit():
        return None
    name = plain(heading)
    bare = _BRACKETS.sub("", name)
    for reading in _readings(name, bare):
        if found := _names().get(reading):
            return found
    return None if name.isascii() else _by_part(bare)


def is_told_faults(heading: str) -> bool:
    """Whether a column holds the faults that its sender was told, and nothing of the sender's."""
    found = match(heading)
    return found is not None and (found.fields, found.rank) == (("faults",), 0)


@cache
def _names() -> Mapping[str, Match]:
    names: dict[str, Match] = {}
    for rank, level in enumerate(("names", "fallbacks")):
        for field, row in load("headings").items():
            for alias in (*row.get(level, ()), *([field] if level == "names" else [])):
                before = names.get(plain(alias))
                if before is None:
                    names[plain(alias)] = Match((field,), rank)
                elif field not in before.fields:
                    names[plain(alias)] = Match((*before.fields, field), before.rank)
    return names


def _readings(name: str, bare: str) -> Iterable[str]:
    """The heading as it stands, without what is in brackets, and both in Simplified characters."""
    yield name
    yield bare
    if _may_be_traditional(name):
        yield simplified(name)
        yield simplified(bare)


def _may_be_traditional(name: str) -> bool:
    """Whether a character is none of GB 2312, which has nearly no Traditional ones."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _by_part(name: str) -> Match | None:
    """The one field whose names stand inside a heading; None if two fields do."""
    if _OTHER_THING.search(name):
        return None
    inside = [alias for alias in _names() if len(alias) >= 3 and alias in name]
    longest = [a for a in inside if not any(a != b and a in b for b in inside)]
    fields = {_names()[alias].fields for alias in longest}
    if len(fields) != 1 or len(only := fields.pop()) != 1:
        return None
    return Match(only, 2)
