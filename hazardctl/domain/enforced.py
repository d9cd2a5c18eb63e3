"""What was done in a period: what is counted of a group, and the sums that must agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from hazardctl.domain.enforcement import COLUMNS
from hazardctl.domain.figures import Check


@dataclass(frozen=True, slots=True)
class Enforced:
    """What was done in a group in a period; teams and those visited are told apart by name."""

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
    named: frozenset[str] = field(default=frozenset(), kw_only=True)  # the teams
    # what is on the register by its row
    visited: frozenset[int | str] = field(default=frozenset(), kw_only=True)

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

    def __iter__(self) -> Iterator[int]:
        return (getattr(self, name) for name in SUMMED)

    def __add__(self, other: Enforced) -> Enforced:
        return Enforced(
            *(mine + yours for mine, yours in zip(self, other, strict=True)),
            named=self.named | other.named,
            visited=self.visited | other.visited,
        )

    def __sub__(self, other: Enforced) -> Enforced:
        """Without what is counted more than once: who was there was there all the same."""
        counts = (mine - yours for mine, yours in zip(self, other, strict=True))
        return Enforced(*counts, named=self.named, visited=self.visited)


DISTINCT = ("teams", "enterprises")  # of these the rows may count one that another row counts
SUMMED = tuple(one.name for one in fields(Enforced) if one.name not in ("named", "visited"))


def together(rows: Iterable[Enforced]) -> Enforced:
    """Several groups as one: every team and every enterprise counts once."""
    several = list(rows)
    return Enforced(
        *(sum(getattr(row, name) for row in several) for name in SUMMED),
        named=frozenset().union(*(row.named for row in several)),
        visited=frozenset().union(*(row.visited for row in several)),
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
