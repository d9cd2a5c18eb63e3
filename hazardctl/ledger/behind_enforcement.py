"""What stands behind a figure of what was inspected and punished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hazardctl.domain.asking import Asked
from hazardctl.domain.enforced import DISTINCT
from hazardctl.domain.enforcement import OF_KINDS
from hazardctl.domain.names import sameness
from hazardctl.domain.register import INSPECTION, PENALTY, REFERRAL, Kind
from hazardctl.domain.report import Question, Row, is_same_row
from hazardctl.ledger.reporting import Behind
from hazardctl.store import enforcing, register
from hazardctl.store.cards import Record
from hazardctl.store.conditions import Ask
from hazardctl.store.enforcing import Period
from hazardctl.store.naming import Meaning
from hazardctl.store.opening import reading
from hazardctl.store.place import Place

Told = Callable[[Record], Any]
# Which records of the register stand behind a figure.
_INSPECTIONS: dict[str, Told] = {
    "teams": lambda one: one["team"],
    "inspectors": lambda one: one["members"],
    "inspections": lambda _: True,
    "visits": lambda _: True,
    "enterprises": lambda one: one["enterprise"] or one["site"],
    "hazards_found": lambda one: one["hazards_found"],
}
_PENALTIES: dict[str, Told] = {
    "penalties": lambda _: True,
    "fines_fen": lambda one: one["amount_fen"],
    **{
        name: lambda one, kind=kind: kind in one["kinds"]  # type: ignore[misc]  # mypy infers no default
        for name, kind in OF_KINDS.items()
    },
}
_REFERRALS: dict[str, Told] = {"referrals": lambda _: True, "referred_people": lambda _: True}
_RECORDS = ((INSPECTION, _INSPECTIONS), (PENALTY, _PENALTIES), (REFERRAL, _REFERRALS))


def behind(path: Place, of: Period, asked: Question, *, figure: str, row: Row | None) -> Behind:
    """The inspections, penalties, referrals or hazards behind a figure, of one row or of all."""
    kind = next((kind for kind, tests in _RECORDS if figure in tests), None)
    with reading(path) as book:
        found = records(book.ask, kind, of, figure)
        if row and asked.by == "enterprise":
            meaning = Meaning(book.ask)
            found = [one for one in found if meaning.is_same(visited(one), row.key)]
        elif row:
            found = [one for one in found if in_row(one, row, asked, kind)]
        if figure in DISTINCT:
            found = _first_of_each(book.ask, found, figure)
    return Behind(found, kind)


def _first_of_each(ask: Ask, found: list[Record], figure: str) -> list[Record]:
    """The first inspection of each team, or of each enterprise or site: as many as the figure."""
    meaning = Meaning(ask)
    firsts: dict[int | str, Record] = {}
    for one in found:
        key = sameness(one["team"]) if figure == "teams" else meaning.of(str(visited(one)))
        firsts.setdefault(key, one)
    return list(firsts.values())


def records(ask: Ask, kind: Kind | None, asked: Period, figure: str) -> list[Record]:
    """The records of a kind that a figure counts in a period; without a kind hazards."""
    if kind is None:
        return enforcing.ordered(ask, asked, figure)
    wanted = {
        "industry": asked.wanted.industry,
        "enterprise": asked.wanted.enterprise,
        "district": asked.wanted.district,
        "campaigns": asked.wanted.campaign,
    }
    values = {name: several for name, several in wanted.items() if several}
    counts = next(tests for of, tests in _RECORDS if of is kind)[figure]
    listed = register.listing(ask, kind, Asked(values, since=asked.since, until=asked.until))
    return [one for one in listed if counts(one)]


def visited(one: Record) -> str | None:
    """The enterprise of a record or a hazard; of an inspection without one its site."""
    return one["enterprise"] or one.get("site")


def in_row(one: Record, row: Row, asked: Question, kind: Kind | None) -> bool:
    """Whether a record or a hazard stands in a row."""
    return any(is_same_row(key, row.key) for key in _keys(one, asked, kind))


def _keys(one: Record, asked: Question, kind: Kind | None) -> list[str | None]:
    """The rows in which a record or a hazard stands."""
    if asked.by == "industry":
        return [one["industry"] and asked.top(one["industry"])]
    if asked.by == "campaign":
        return one["campaigns"] or [None]
    if asked.by == "month":
        return [str(one[(kind and kind.day) or "found_on"])[:7]]
    return [one.get(asked.by)]
