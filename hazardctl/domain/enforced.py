"""What was done in a period: what is counted of a group, and the sums that must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add, sub
from typing import NamedTuple

from hazardctl.domain.enforcement import COLUMNS
from hazardctl.domain.figures import Check


class Enforced(NamedTuple):
    """What was done in a group in a period; teams and those visited are told apart by name."""

    named: frozenset[str] = frozenset()  # the teams
    visited: frozenset[int | str] = frozenset()  # what is on the register by its row
    inspectors: int = 0  # 人次
    inspections: int = 0
    visits: int = 0  # 家次
    hazards_found: int = 0
    orders: int = 0
    stop_orders: int = 0
    warnings: int = 0
    confiscations: int = 0
    suspensions: int = 0
    licences: int = 0
    closures: int = 0
    detentions: int = 0
    penalties: int = 0
    fines_fen: int = 0
    referrals: int = 0
    referred_people: int = 0

    @property
    def teams(self) -> int:
        """How many teams went out."""
        return len(self.named)

    @property
    def enterprises(self) -> int:
        """How many enterprises and sites were visited, each once."""
        return len(self.visited)

    @property
    def found(self) -> int:
        """All the acts that were counted: an overlap is told in these."""
        orders = self.orders + self.stop_orders
        return self.inspections + orders + self.penalties + self.referrals

    def __add__(self, other: Enforced) -> Enforced:  # type: ignore[override]  # it adds up
        counts = map(add, self[2:], other[2:])
        return Enforced(self.named | other.named, self.visited | other.visited, *counts)

    def __sub__(self, other: Enforced) -> Enforced:
        """Without what is counted more than once: who was there was there all the same."""
        return Enforced(self.named, self.visited, *map(sub, self[2:], other[2:]))


DISTINCT = ("teams", "enterprises")  # of these the rows may count one that another row counts
SUMMED = Enforced._fields[2:]


def together(rows: Iterable[Enforced]) -> Enforced:
    """Several groups as one: every team and every enterprise counts once."""
    several = list(rows)
    return Enforced(
        frozenset().union(*(row.named for row in several)),
        frozenset().union(*(row.visited for row in several)),
        *(sum(getattr(row, name) for row in several) for name in SUMMED),
    )


def checks(rows: Iterable[Enforced], total: Enforced, again: Mapping[str, int]) -> list[Check]:
    """The identities of the form: its total, made of the rows, and a second count of all."""
    several = list(rows)
    return [
        *(
            Check(f"{name}: total = sum of rows", again[name], getattr(total, name))
            for name in COLUMNS
            if name in SUMMED
        ),
        *(
            Check(
                f"{name}: total <= sum of rows",
                getattr(total, name),
                sum(getattr(row, name) for row in several),
                at_most=True,
            )
            for name in DISTINCT
        ),
    ]
