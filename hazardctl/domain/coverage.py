"""Who was inspected and who was not: what is counted of a group, and the sums that must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add
from typing import NamedTuple

from hazardctl.domain.figures import Check

JURISDICTIONS = ("direct", "territorial")  # each has a row, whether or not it has an enterprise


class Coverage(NamedTuple):
    """The enterprises of a group, by whether they were visited in a period, and what was found."""

    registered: int = 0  # on the register at the end of the period
    inspected: int = 0  # of these
    never_inspected: int = 0
    found: int = 0
    visits: int = 0  # 家次
    silent: int = 0  # groups in which nobody was visited and nothing was found

    def __add__(self, other: Coverage) -> Coverage:  # type: ignore[override]  # it adds up
        return Coverage(*map(add, self, other))

    def told(self) -> Coverage:
        """The same of a whole row, with whether it is silent."""
        return self._replace(silent=int(not (self.inspected or self.visits or self.found)))


def checks(rows: Iterable[Coverage], total: Coverage, again: Mapping[str, int]) -> list[Check]:
    """The identities of the form: its total, made of the rows, and a second count of all."""
    parts = total.inspected + total.never_inspected
    silent = sum(not (row.inspected or row.visits or row.found) for row in rows)
    return [
        Check("registered = inspected + never_inspected", again["registered"], parts),
        *(
            Check(f"{name}: total = sum of rows", again[name], getattr(total, name))
            for name in ("registered", "found", "visits")
        ),
        Check("silent = rows without anything", total.silent, silent),
    ]
