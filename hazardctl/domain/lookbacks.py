"""What look-backs found in a period: the figures of a group of closed hazards."""

from __future__ import annotations

from operator import add, sub
from typing import NamedTuple

from hazardctl.domain.figures import Check

# The columns after `key` and `label`, in the order in which they are printed (domain.md §3.5).
COLUMNS = (
    "drawn",
    "drawn_checked",
    "checked",
    "confirmed",
    "not_effective",
    "rebound",
    "false_closure",
    "new_found",
    "confirmation_rate",
    "failed_rate",
)
GROUPS = (
    *("district", "enterprise", "leader", "verifier", "industry", "campaign"),
    *("person", "severity", "source", "month"),
)
# What may be asked of hazards that are closed.
FILTERS = (
    *("industry", "severity", "enterprise", "district", "campaign", "leader", "person"),
    *("source", "since", "until", "text"),
)
RESULTS = ("confirmed", "not_effective", "rebound", "false_closure", "new_found")


class Looked(NamedTuple):
    """How many hazards of a group were drawn, how many look-backs were made, what they found."""

    drawn: int = 0
    drawn_checked: int = 0  # of the drawn ones, since they were
    checked: int = 0  # from here on look-backs: of one hazard there may be several
    confirmed: int = 0
    not_effective: int = 0
    rebound: int = 0
    false_closure: int = 0
    new_found: int = 0

    @property
    def failed(self) -> int:
        """Those that found that the sign-off did not hold."""
        return self.not_effective + self.rebound + self.false_closure

    @property
    def found(self) -> int:
        """How many stand in a row at all."""
        return self.drawn + self.checked

    def __add__(self, other: Looked) -> Looked:  # type: ignore[override]  # it adds up
        return Looked(*map(add, self, other))

    def __sub__(self, other: Looked) -> Looked:
        return Looked(*map(sub, self, other))


COUNTED = Looked._fields


def checks(total: Looked, again: Looked) -> tuple[Check, ...]:
    """The identities of the form: its total, made of the rows, and a second count."""
    results = sum(getattr(again, name) for name in RESULTS)
    return (
        Check("checked = sum of results", again.checked, results),
        Check("drawn and checked <= drawn", again.drawn_checked, again.drawn, at_most=True),
        *(
            Check(f"{name}: total = sum of rows", getattr(again, name), getattr(total, name))
            for name in ("drawn", "drawn_checked", "checked", *RESULTS)
        ),
    )
