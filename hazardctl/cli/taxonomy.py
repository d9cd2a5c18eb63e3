"""The industries, made of the data once a command asks for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hazardctl.domain.industry import Taxonomy


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of industries; loaded here, for many questions name no industry."""
    from hazardctl import data
    from hazardctl.data.script import simplified
    from hazardctl.domain.industry import Taxonomy

    return Taxonomy(data.industries(), simplified)
