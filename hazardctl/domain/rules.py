"""The rules that one ledger may set for itself, with the values it begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from hazardctl.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Rules:
    """A ledger's own rules; the prefix is chosen once, so that districts never collide."""

    prefix: str = "YH"
    extensions: int = 2  # how many one cycle may have
    case_leader_for_all: bool = False  # else only a major hazard needs one
    due_soon: int = 10  # days ahead that count as soon
    verification_days: int = 10  # in which what was submitted is to be verified

    @classmethod
    def names(cls) -> list[str]:
        """The names of the rules that may be set later: all but the prefix."""
        return [one.name for one in fields(cls) if one.name != "prefix"]


_WANTED = {
    "prefix": (re.compile(r"[A-Z][A-Z0-9]{0,11}"), "A-Z, 0-9"),
    "extensions": (re.compile(r"[0-9]{1,2}"), "0-99"),
    "case_leader_for_all": (re.compile(r"[01]"), "0, 1"),
    "due_soon": (re.compile(r"[0-9]{1,3}"), "0-999"),
    "verification_days": (re.compile(r"[0-9]{1,3}"), "0-999"),
}


def read_rule(name: str, value: str) -> str:
    """The value of a rule as it is kept; raises BadSetting if the rule cannot have it."""
    pattern, wanted = _WANTED[name]
    if not pattern.fullmatch(value):
        raise BadSetting(name=name, value=value, wanted=wanted)
    return value


def rules_from(kept: Mapping[str, str]) -> Rules:
    """The rules as a ledger keeps them; what it does not keep is as it begins."""
    begun = Rules()
    return Rules(
        prefix=kept.get("prefix", begun.prefix),
        extensions=int(kept.get("extensions", begun.extensions)),
        case_leader_for_all=bool(int(kept.get("case_leader_for_all", 0))),
        due_soon=int(kept.get("due_soon", begun.due_soon)),
        verification_days=int(kept.get("verification_days", begun.verification_days)),
    )
