"""Which records of the register are meant: what `list` of each kind can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hazardctl.domain.register import Kind

# What may be asked of a field: by words of the program, or by names as people write them.
NAMED = ("enterprise", "district", "campaigns", "team")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; several values of one field are "or", different fields are "and"."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by field
    since: date | None = None  # of the day that the kind is counted on, inclusive
    until: date | None = None
    retired: bool = False  # enterprises that are closed for good
    text: tuple[str, ...] = ()


def fields_asked(kind: Kind) -> list[str]:
    """The fields by which records of a kind are asked for, in their order."""
    coded = ("industry", "industries", *kind.codes)
    return [name for name in kind.fields if name in NAMED or name in coded]
