"""When two hazards may be one: near-duplicates and recurrences are proposed, never decided."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hazardctl.domain.names import sameness

NEAR = 30  # days between two reports of what may be one hazard
ALIKE = 0.85  # of the characters, counted, that two descriptions of one day share
_MARKS = re.compile(r"[^\w]+|_")
_PARTICLES = re.compile("[的了被已在有及和与等处]|存在|现象|情况")
# What tells one place or thing from another: 3号 from 4号, the east side from the west side.
_TELLING = re.compile("[0-9a-z一二三四五六七八九十百甲乙丙丁东西南北左右前后上下内外]")


class Resemblance(StrEnum):
    """How a new hazard resembles one that is known."""

    NEAR_DUPLICATE = "near-duplicate"  # perhaps the same hazard, told in other words
    RECURRENCE = "recurrence"  # perhaps the same hazard, back after it was closed


class Look(NamedTuple):
    """What two hazards of one enterprise are compared by."""

    skeleton: str
    found_on: date
    closed_on: date | None = None


def skeleton(description: str) -> str:
    """A description without its marks and particles."""
    return _PARTICLES.sub("", _MARKS.sub("", sameness(description)))


def resemblance(new: Look, known: Look) -> Resemblance | None:
    """How a new hazard resembles a known one of the same enterprise.

    With the same words it may be a recurrence if the known one was closed by the day it was found,
    a near-duplicate if no more than 30 days lie between; with nearly the same, on the same day.
    """
    if new.skeleton != known.skeleton:
        is_near = new.found_on == known.found_on and is_alike(new.skeleton, known.skeleton)
    elif known.closed_on and known.closed_on <= new.found_on:
        return Resemblance.RECURRENCE
    else:
        is_near = abs((new.found_on - known.found_on).days) <= NEAR
    return Resemblance.NEAR_DUPLICATE if is_near else None


def is_alike(one: str, other: str) -> bool:
    """Whether two skeletons share most of their characters and speak of the same place."""
    longest = max(len(one), len(other))
    if not longest or min(len(one), len(other)) / longest < 2 * ALIKE - 1:
        return False
    if _TELLING.findall(one) != _TELLING.findall(other):
        return False
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other)) >= ALIKE
