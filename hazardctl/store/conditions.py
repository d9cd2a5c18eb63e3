"""How the filters of a question are said in SQL: constant text, and values bound to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from hazardctl.domain.filter import Filter
from hazardctl.domain.names import sameness
from hazardctl.domain.words import OPEN, UNRECTIFIED

Ask = Callable[[str, Sequence[object]], list[Any]]


def listed(words: Sequence[str]) -> str:
    """Words of the program as a list in SQL; never anything that was typed."""
    return ", ".join(f"'{word}'" for word in words)


ALL = "1 = 1"
# Who was inspected: a site that belongs to no enterprise goes by its own name.
VISITED = "coalesce(enterprise, site)"
IS_OPEN = f"state IN ({listed(OPEN)})"
IS_UNRECTIFIED = f"state IN ({listed(UNRECTIFIED)})"
IS_OVERDUE = f"({IS_UNRECTIFIED} AND due_on < ?)"
IS_DUE_SOON = f"({IS_UNRECTIFIED} AND due_on >= ? AND due_on <= ?)"

# Filters whose values are words of the program: the column is compared as it is.
_EXACT = {"industry": "industry", "state": "state", "severity": "severity", "source": "source"}
# Filters whose values are names as people write them: compared by sameness.
_NAMED = {
    "enterprise": "enterprise",
    "district": "district",
    "leader": "case_leader",
    "person": "responsible_person",
}
_SEARCHED = ("number", "description", "location", "enterprise", "measures", "remark")


def where(ask: Ask, wanted: Filter, as_of: date) -> tuple[str, list[object]]:
    """The condition of a filter and its values, seen from a day."""
    parts: list[str] = []
    values: list[object] = []

    def add(part: str, *bound: object) -> None:
        parts.append(part)
        values.extend(bound)

    for name, column in _EXACT.items():
        words = getattr(wanted, name)
        if words:
            add(f"{column} IN ({', '.join('?' * len(words))})", *map(str, words))
    for name, column in _NAMED.items():
        if names := getattr(wanted, name):
            spelled = _spellings(ask, column, meant(ask, name, names))
            add(f"{column} IN ({', '.join('?' * len(spelled))})", *spelled)
    if wanted.campaign:
        combinations = _combinations(ask, meant(ask, "campaign", wanted.campaign))
        add(f"campaigns IN ({', '.join('?' * len(combinations))})", *combinations)
    if wanted.open:
        add(IS_OPEN)
    if wanted.since:
        add("found_on >= ?", wanted.since.isoformat())
    if wanted.until:
        add("found_on <= ?", wanted.until.isoformat())
    if wanted.due_before:
        add("due_on < ?", wanted.due_before.isoformat())
    if wanted.overdue:
        add(IS_OVERDUE, as_of.isoformat())
    if wanted.due_soon is not None:
        until = as_of + timedelta(days=wanted.due_soon)
        add(IS_DUE_SOON, as_of.isoformat(), until.isoformat())
    if wanted.text:
        found = [f"{column} LIKE ? ESCAPE '!'" for column in _SEARCHED]
        looked = [like(text) for text in wanted.text for _ in found]
        add(f"({' OR '.join(found * len(wanted.text))})", *looked)
    return " AND ".join(parts) or ALL, values


def meant(ask: Ask, what: str, names: Iterable[str]) -> set[str]:
    """What names mean, as they are compared: with the register, where it knows them.

    An enterprise goes by any of its names; a campaign includes those that are parts of it.
    """
    wanted = {sameness(name) for name in names}
    if what == "enterprise":
        known = ask(f"{_NAMES} ({', '.join('?' * len(wanted))}))", sorted(wanted))
        return wanted | {name for (name,) in known}
    return _with_parts(ask, wanted) if what == "campaign" else wanted


_NAMES = (
    "SELECT name FROM named WHERE kind = 'enterprise' AND id IN"
    " (SELECT id FROM named WHERE kind = 'enterprise' AND name IN"
)


def _with_parts(ask: Ask, wanted: set[str]) -> set[str]:
    """Campaigns, those that are parts of them, and the parts of these."""
    names: dict[int, set[str]] = {}
    for ident, name in ask("SELECT id, name FROM named WHERE kind = 'campaign'", ()):
        names.setdefault(ident, set()).add(name)
    parents = dict(ask("SELECT id, parent FROM campaign WHERE parent IS NOT NULL", ()))
    while True:
        met = (
            ident
            for ident, own in names.items()
            if own & wanted or sameness(parents.get(ident, "")) in wanted
        )
        if not (more := {name for ident in met for name in names[ident]} - wanted):
            return wanted
        wanted |= more


def _spellings(ask: Ask, column: str, wanted: set[str]) -> list[str]:
    """How the ledger spells names that are the same as those wanted."""
    sql = f"SELECT {column} FROM hazard UNION SELECT {column} FROM past"
    return [text for (text,) in ask(sql, ()) if text and sameness(text) in wanted]


def _combinations(ask: Ask, wanted: set[str]) -> list[str]:
    """The sets of campaigns, as hazards carry them, in which one of the names stands."""
    sql = "SELECT campaigns FROM hazard UNION SELECT campaigns FROM past"
    return [
        text
        for (text,) in ask(sql, ())
        if text and wanted.intersection(map(sameness, text.split("\n")))
    ]


def like(text: str) -> str:
    """The pattern that finds a text within another, `!` being the escape."""
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
