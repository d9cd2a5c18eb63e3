"""Which hazard, penalty and enterprise the rows of a file are about, by what is in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hazardctl.domain.arriving import Arrival
from hazardctl.domain.entering import Ceiling, enter
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.names import sameness
from hazardctl.domain.refusals import AmountQuestioned, TooMuchOnTheSpot
from hazardctl.domain.register import PENALTY, Kind
from hazardctl.store import arrivals
from hazardctl.store.arrivals import Place
from hazardctl.store.conditions import Ask
from hazardctl.store.placing import place

Changes = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Misled:
    """A row that names what the ledger does not have, or has more than once."""

    row: Arrival
    column: str  # the field it lies in
    code: str
    found: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Linked:
    """A row with the numbers of what it is about."""

    row: Arrival
    changes: Changes  # what it says, as JSON has it


class Links:
    """Finds what the rows of files of one kind are about."""

    def __init__(self, ask: Ask, kind: Kind) -> None:
        self._ask, self._kind = ask, kind
        self._decisions: dict[str, list[Place]] | None = None  # by number, as it is compared

    def link(
        self, rows: Sequence[tuple[Arrival, Changes]], ceiling: Ceiling | None
    ) -> tuple[list[Linked], list[Misled]]:
        """The rows with numbers in place of what they name, and those that are misled.

        A fine above the `ceiling` is questioned where only these numbers tell what it is for.
        """
        wanted = {str(said["hazard"]) for _, said in rows if said.get("hazard")}
        hazards = arrivals.hazards(self._ask, sorted(wanted)) if wanted else {}
        linked: list[Linked] = []
        misled: list[Misled] = []
        for row, changes in rows:
            wrong: Misled | None = None
            if text := changes.get("penalty"):
                found = self._penalties(text)
                wrong = _one("penalty", "decision", row, changes, found)
            if wrong is None and (text := changes.get("hazard")):
                wrong = _one("hazard", "hazard", row, changes, hazards.get(text, []))
            if wrong:
                misled.append(wrong)
            else:
                linked.append(Linked(row, changes))
        place(self._ask, self._kind, [one.changes for one in linked])
        if self._kind is PENALTY:
            judged = [(one, _questioned(one, ceiling)) for one in linked]
            misled += [wrong for _, wrong in judged if wrong]
            linked = [one for one, wrong in judged if not wrong]
        return linked, misled

    def _penalties(self, text: str) -> list[Place]:
        if self._decisions is None:
            self._decisions = {}
            for decision, found in arrivals.decisions(self._ask):
                for known in filter(None, (found.number, decision)):
                    self._decisions.setdefault(_folded(known), []).append(found)
        return self._decisions.get(_folded(text), [])


_BRACKETS = str.maketrans("〔[【〕]】", "((()))")  # however the year of a document stands in them


def _folded(number: str) -> str:
    """The number of a document as it is compared."""
    return sameness(number).translate(_BRACKETS)


def _one(name: str, what: str, row: Arrival, changes: Changes, found: list[Place]) -> Misled | None:
    """Put the number of the one that is meant; of several that of the row's enterprise."""
    text = str(changes[name])
    if len(found) > 1 and (enterprise := changes.get("enterprise")):
        own = [one for one in found if sameness(one.enterprise or "") == sameness(enterprise)]
        found = own or found
    if not found:
        return Misled(row, name, f"unknown-{what}", text)
    if len(found) > 1:
        numbers = [one.number for one in found]
        return Misled(row, name, f"several-{what}s", text, {"numbers": numbers})
    changes[name] = found[0].number
    return None


def _questioned(one: Linked, ceiling: Ceiling | None) -> Misled | None:
    """A fine that is too much for whose it is, where that is told by what it is about."""
    said, known = one.row.said, {name: one.changes.get(name) for name in ("enterprise", "industry")}
    if all(said.get(name) == value for name, value in known.items()):
        return None  # it was judged when the row was read
    nobody = Stamp(by="", at="", on=date.max, today=date.max)
    try:
        enter(PENALTY, nobody, {**said, **known}, ceiling=ceiling)
    except (TooMuchOnTheSpot, AmountQuestioned) as refused:
        label, _ = one.row.columns.get("amount_fen", (None, None))
        facts = {name: fact for name, fact in refused.facts.items() if name != "number"}
        return Misled(
            one.row, "amount_fen", refused.code(), one.row.raw.get(label or "", ""), facts
        )
    return None
