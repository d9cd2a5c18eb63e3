"""The rules that one ledger may set for itself, with the values it begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from hazardctl.errors import BadSetting


class Rules(NamedTuple):
    """A ledger's own rules; the prefix is chosen once, so that districts never collide."""

    prefix: str = "YH"
    extensions: int = 2  # how many one cycle may have
    case_leader_for_all: bool = False  # else only a major hazard needs one
    due_soon: int = 10  # days ahead that count as soon
    verification_days: int = 10  # in which what was submitted is to be verified
    # Days after which `alerts` tells; 0 tells never. They begin as domain.md §2.4 has them.
    progress_days: int = 90  # without a step or progress
    campaign_progress_days: int = 7  # the same within a campaign that runs
    acceptance_days: int = 30  # in which what was verified is to be signed off
    extension_decision_days: int = 10  # working days in which a request is to be decided
    lookback_days: int = 90  # in which a closed major hazard is to be looked back on
    self_report_days: int = 90  # in which a unit where others find hazards is to report its own

    @classmethod
    def names(cls) -> list[str]:
        """The names of the rules that may be set later: all but the prefix."""
        return [name for name in cls._fields if name != "prefix"]


_WANTED = {
    "prefix": (re.compile(r"[A-Z][A-Z0-9]{0,11}"), "A-Z, 0-9"),
    "extensions": (re.compile(r"[0-9]{1,2}"), "0-99"),
    "case_leader_for_all": (re.compile(r"[01]"), "0, 1"),
    **{
        name: (re.compile(r"[0-9]{1,3}"), "0-999")
        for name in Rules.names()
        if name not in ("extensions", "case_leader_for_all")
    },
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
    numbers: dict[str, Any] = {
        name: int(kept.get(name, getattr(begun, name))) for name in Rules.names()
    }
    return Rules(
        prefix=kept.get("prefix", begun.prefix),
        **{**numbers, "case_leader_for_all": bool(numbers["case_leader_for_all"])},
    )
