"""Which field a sender's heading means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from hazardctl.data import load
from hazardctl.data.script import simplified
from hazardctl.domain.register import KINDS

LONGEST = 40  # characters; a longer text is prose, not a heading

_IGNORED = re.compile(
    r"""[\s\u200b-\u200f\u2060\ufeff、,:;.。*_/\\\-—·'"“”]+|\((?:必填|选填|required|optional)\)"""
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_OTHER_THING = re.compile("上次|上轮|上一|原|拟|预计|下次|是否|有无|未|率|数|总")
# What the columns of a table must tell, of each group one; a penalty that is headed 罚款 is a fine.
_NEEDED = (("description",), ("enterprise",), ("found_on",))
_INSTEAD = {"kinds": ("amount_fen",)}


@dataclass(frozen=True, slots=True)
class Match:
    """The fields that a heading may mean; `rank` 0 is by name, 1 a fallback, 2 by a part of it."""

    fields: tuple[str, ...]
    rank: int


class Headings:
    """The headings of one kind of table: `rows` says how senders write each of its fields.

    A table is known by its `leads`, of which one must be there; `needed` are groups of fields, of
    each of which one column must tell.
    """

    def __init__(
        self,
        rows: Mapping[str, Mapping[str, Any]],
        *,
        leads: Sequence[str],
        needed: Sequence[Sequence[str]],
    ) -> None:
        self._rows, self.leads, self.needed = rows, leads, needed
        self.known = frozenset(rows)
        # what only the raw row keeps, and what several columns may state together
        self.kept = frozenset(field for field, row in rows.items() if row.get("kept"))
        self.shared = self.kept | {field for field, row in rows.items() if row.get("several")}
        self._names = self._by_name()
        self._matched: dict[str, Match | None] = {}

    def match(self, heading: str) -> Match | None:
        """The fields that a heading means: by name, in Simplified characters, by a part of it."""
        if heading not in self._matched:
            self._matched[heading] = self._match(heading)
        return self._matched[heading]

    def is_told_faults(self, heading: str) -> bool:
        """Whether a column holds the faults that its sender was told, and nothing of theirs."""
        found = self.match(heading)
        return found is not None and (found.fields, found.rank) == (("faults",), 0)

    def meant(self, field: str) -> str:
        """The field that a name for it in `--map` means: `amount_wan` is an amount, in 万元."""
        return str(self._rows[field].get("of", field)) if field in self._rows else field

    def unit(self, field: str) -> str | None:
        """The unit that such a name says: 元 or 万元."""
        return self._rows[field].get("unit") if field in self._rows else None

    def _match(self, heading: str) -> Match | None:
        if not heading or len(heading) > LONGEST or heading.isdigit():
            return None
        name = plain(heading)
        bare = _BRACKETS.sub("", name)
        for reading in _readings(name, bare):
            if found := self._names.get(reading):
                return found
        return None if name.isascii() else self._by_part(bare)

    def _by_name(self) -> Mapping[str, Match]:
        names: dict[str, Match] = {}
        for rank, level in enumerate(("names", "fallbacks")):
            for field, row in self._rows.items():
                for alias in (*row.get(level, ()), *([field] if level == "names" else [])):
                    before = names.get(plain(alias))
                    if before is None:
                        names[plain(alias)] = Match((field,), rank)
                    elif field not in before.fields:
                        names[plain(alias)] = Match((*before.fields, field), before.rank)
        return names

    def _by_part(self, name: str) -> Match | None:
        """The one field whose names stand inside a heading; None if two fields do."""
        if _OTHER_THING.search(name):
            return None
        inside = [alias for alias in self._names if len(alias) >= 3 and alias in name]
        longest = [a for a in inside if not any(a != b and a in b for b in inside)]
        fields = {self._names[alias].fields for alias in longest}
        if len(fields) != 1 or len(only := fields.pop()) != 1:
            return None
        return Match(only, 2)


@cache
def headings_of(kind: str = "") -> Headings:
    """The headings of a table of hazards, or of records of a kind of the register."""
    if not kind:
        return Headings(load("headings"), leads=("description",), needed=_NEEDED)
    every = load("register_headings")
    own = every[kind]
    needed = [(*names, *_INSTEAD.get(names[0], ())) for names in KINDS[kind].needed]
    return Headings(
        {**every["every"], **own["field"]}, leads=tuple(own["leads"]), needed=tuple(needed)
    )


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """The heading as it is compared: NFKC, without case, spaces and punctuation."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", heading).casefold())


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
