"""The industries, and what the law lets fine in them, made of the data once they are asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hazardctl.domain.entering import Ceiling
    from hazardctl.domain.industry import Taxonomy


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of industries; loaded here, for many questions name no industry."""
    from hazardctl import data
    from hazardctl.data.script import simplified
    from hazardctl.domain.industry import Taxonomy

    return Taxonomy(data.industries(), simplified, monthly=lambda: data.load("monthly"))


@cache
def ceiling() -> Ceiling:
    """What tells the most that may be fined."""
    from hazardctl import data
    from hazardctl.domain.fines import ceilings

    return ceilings(data.load("fines")["article"], taxonomy().top)
