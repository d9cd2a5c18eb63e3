"""Which closed hazards are drawn for a look-back: the same ones of the same ledger and seed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.names import sameness
from hazardctl.domain.refusals import NotAShare

# By what a draw may be divided, so that no group goes without: as the fields of a hazard.
DRAWN_BY: Mapping[str, str] = {
    "industry": "industry",
    "district": "district",
    "enterprise": "enterprise",
    "leader": "case_leader",
    "severity": "severity",
}
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?%")
_COUNT = re.compile(r"[0-9]{1,6}")
_WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Share:
    """How much of each group is drawn: a part of it in hundredths of a percent, or so many."""

    text: str
    part: int = 0
    count: int = 0

    def of(self, population: int) -> int:
        """How many of so many are drawn; a part is rounded up."""
        if self.count:
            return min(self.count, population)
        return -(-population * self.part // _WHOLE)


def read_share(text: str) -> Share:
    """The share that a text names: `10%`, `2.5%`, or a number of hazards; raises NotAShare."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if percent := _PERCENT.fullmatch(plain):
        part = int(percent[1]) * 100 + int((percent[2] or "").ljust(2, "0"))
        if 0 < part <= _WHOLE:
            return Share(plain, part=part)
    elif _COUNT.fullmatch(plain) and int(plain):
        return Share(plain, count=int(plain))
    raise NotAShare(text=text)


@dataclass(frozen=True, slots=True)
class Group:
    """Those that can be drawn of one group, and those that are; `key` is None of what has none."""

    key: str | None
    population: tuple[str, ...]
    drawn: tuple[str, ...]


Closed = tuple[str, str | None]  # the number of a hazard, and what its group is called


def draw(
    closed: Iterable[Closed], *, by: str | None, share: Share, seed: int, taxonomy: Taxonomy
) -> list[Group]:
    """The groups of closed hazards, with those that are drawn of each, in their order.

    A number is drawn before another if the hash of the seed and of it is smaller: that holds in
    every version of the program, and a hazard more changes little.
    """
    called: dict[str | None, str | None] = {}
    numbers: dict[str | None, list[str]] = {}
    for number, key in closed:
        if by == "industry" and key:
            key = taxonomy.top(key)
        one = sameness(key) if key else None
        called.setdefault(one, key)
        numbers.setdefault(one, []).append(number)
    return [
        Group(called[one], tuple(own), _first(own, share.of(len(own)), seed=seed))
        for one, own in sorted(numbers.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
    ]


def _first(numbers: Sequence[str], count: int, *, seed: int) -> tuple[str, ...]:
    drawn = sorted(numbers, key=lambda number: hashlib.sha256(f"{seed} {number}".encode()).digest())
    return tuple(sorted(drawn[:count]))
