"""Which enterprises of the register were visited in a period, and where nobody was."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from hazardctl.domain.coverage import Coverage
from hazardctl.domain.filter import Filter
from hazardctl.domain.names import sameness
from hazardctl.store import enforcing, population
from hazardctl.store.cards import Record
from hazardctl.store.conditions import VISITED, Ask, meant, where
from hazardctl.store.counting import NEEDED
from hazardctl.store.enforcing import Period, grouped
from hazardctl.store.naming import Meaning, rows_of, where_named

_COUNTED = "state NOT IN ('void', 'transferred')"  # those are in no figure
_KEYS: Mapping[str | None, str] = {
    None: "NULL",
    "industry": "industry",
    "district": "district",
    "jurisdiction": "jurisdiction",
}
_STANDS = "(registered_on IS NULL OR registered_on <= ?) AND (retired_on IS NULL OR retired_on > ?)"
_DISTRICTS = """SELECT district FROM enterprise WHERE registered_on IS NULL OR registered_on <= ?
 UNION SELECT district FROM inspection WHERE inspected_on <= ?
 UNION SELECT district FROM hazard WHERE found_on <= ?"""


def covered(ask: Ask, asked: Period, *, by: str) -> list[tuple[str | None, Coverage]]:
    """The figures by a group: of the enterprises on the register, of what was found and visited."""
    groups: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    standing = enterprises(ask, asked, by=by)
    for key, been in inspected(ask, asked, standing).items():
        registered = len(standing[key])
        groups[key].update(registered=registered, inspected=len(been))
        groups[key].update(never_inspected=registered - len(been))
    of = owner(ask) if by == "jurisdiction" else str
    for figure, counted in (("found", _found), ("visits", _visits)):
        for key, count in counted(ask, asked, by):
            groups[key if key is None else of(key)][figure] += count
    return [(key, Coverage(**counts)) for key, counts in groups.items()]


def again(ask: Ask, asked: Period) -> dict[str, int]:
    """The same counted once more, all together."""
    condition, values = _registered(ask, asked)
    ((registered,),) = ask(f"SELECT count(*) FROM enterprise WHERE {condition}", values)
    ((_, found),), ((_, visits),) = _found(ask, asked, None), _visits(ask, asked, None)
    return {"registered": registered, "found": found, "visits": visits}


def enterprises(
    ask: Ask, asked: Period, *, by: str | None = None
) -> dict[str | None, dict[str, int]]:
    """The enterprises that stood on the register in a period, by a group: their names and rows."""
    condition, values = _registered(ask, asked)
    sql = (
        f"SELECT {_KEYS[by]}, json_group_object(name, id) FROM enterprise WHERE {condition}"
        f" {grouped(by and '1')}"
    )
    return {key: json.loads(names) for key, names in ask(sql, values)}


def inspected(
    ask: Ask, asked: Period, standing: Mapping[str | None, Mapping[str, int]]
) -> dict[str | None, set[int]]:
    """Which of some enterprises were visited in a period: their rows.

    By whichever inspection of the campaigns that are asked for, under whichever industry it stands;
    they are read by industry because the database has them ready in that order. Most are spelled as
    they are registered: only of the others the names are compared.
    """
    of_campaigns = Period(Filter(campaign=asked.wanted.campaign), asked.since, asked.until)
    condition, values = enforcing.where_done(ask, "inspection", of_campaigns)
    sql = (
        f"SELECT json_group_array(DISTINCT {VISITED}) FROM inspection WHERE {condition}"
        " GROUP BY industry"
    )
    spelled = {name for (names,) in ask(sql, values) for name in json.loads(names) if name}
    others = rows_of(ask, spelled.difference(*standing.values()))
    return {
        key: {names[name] for name in names.keys() & spelled} | others.intersection(names.values())
        for key, names in standing.items()
    }


def owner(ask: Ask) -> Callable[[str], str | None]:
    """Who supervises an enterprise, by a spelling of its name; None where nobody has said."""
    meaning = Meaning(ask)
    known: dict[Any, str | None] = dict(ask("SELECT id, jurisdiction FROM enterprise", ()))
    return lambda spelled: known.get(meaning.of(spelled))


def districts(ask: Ask, asked: Period) -> list[str]:
    """Every district that was known by the end of a period, of those that are asked for."""
    wanted = meant(ask, "district", asked.wanted.district)
    known = ask(_DISTRICTS, [asked.until.isoformat()] * 3)
    named = [text for (text,) in known if text]
    return [text for text in named if not wanted or sameness(text) in wanted]


def found(ask: Ask, asked: Period) -> list[Record]:
    """The hazards that were found in a period, as they stood at its end."""
    return population.listing(ask, asked.found, asked.until, test=_COUNTED)


def _registered(ask: Ask, asked: Period) -> tuple[str, list[object]]:
    """The condition of the enterprises that are asked for, and its values."""
    parts = [_STANDS]
    values: list[object] = [asked.until.isoformat(), asked.since.isoformat()]
    wanted = asked.wanted._replace(enterprise=(), campaign=())
    condition, bound = enforcing.where_told(ask, "enterprise", wanted)
    if names := asked.wanted.enterprise:
        is_named, several = where_named(ask, names)
        parts.append(is_named)
        values += several
    return " AND ".join([*parts, condition]), [*values, *bound]


def _found(ask: Ask, asked: Period, by: str | None) -> list[Any]:
    """How many hazards were found, by a group; by jurisdiction by the enterprise."""
    source, bound = population.standing(ask, asked.until, NEEDED)
    condition, values = where(ask, asked.found, asked.until)
    key = {**_KEYS, "jurisdiction": "enterprise"}[by]
    groups = grouped(by and "1")
    sql = f"SELECT {key}, count(*) FROM {source} WHERE {_COUNTED} AND {condition} {groups}"
    return ask(sql, [*bound, *values])


def _visits(ask: Ask, asked: Period, by: str | None) -> list[Any]:
    """How many visits were made, by a group; by jurisdiction by whom they were made to."""
    condition, values = enforcing.where_done(ask, "inspection", asked)
    key = {**_KEYS, "jurisdiction": VISITED}[by]
    groups = grouped(by and "1")
    sql = f"SELECT {key}, coalesce(sum(visits), 0) FROM inspection WHERE {condition} {groups}"
    return ask(sql, values)
