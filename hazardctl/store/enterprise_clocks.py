"""Which enterprises are to be looked at on a day: those punished often, those that keep silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from hazardctl.domain.alerts import LATE_FOR, Clock, Limit, Limits
from hazardctl.domain.filter import Filter
from hazardctl.domain.words import OWN_SOURCES
from hazardctl.store.conditions import IS_OPEN, Ask, listed
from hazardctl.store.counting import NEEDED
from hazardctl.store.naming import Owner, owners, passing, spelled_as_registered
from hazardctl.store.population import standing

ANSWERED = frozenset({"industry", "enterprise", "district"})  # filters
COUNTERS = ("penalties-in-180-days", "penalties-in-a-year")


def of_enterprises(ask: Ask, wanted: Filter, as_of: date, limits: Limits) -> list[Clock]:
    """What is told of the enterprises of a filter.

    There are none if the filter asks for what is not of an enterprise.
    """
    if not ANSWERED.issuperset(wanted.given()):
        return []
    found: list[Clock] = []
    if all(name in limits for name in COUNTERS):
        found += _punished(ask, wanted, as_of, limits)
    if "silent-unit" in limits:
        found += _silent(ask, wanted, as_of, limits["silent-unit"])
    return found


def _punished(ask: Ask, wanted: Filter, as_of: date, limits: Limits) -> Iterator[Clock]:
    """Enterprises with a major hazard that is open, punished as often as a law counts."""
    told_since = as_of - timedelta(days=LATE_FOR)
    since = min(_first(told_since, limits[name]) for name in COUNTERS)
    days: dict[str, list[str]] = defaultdict(list)
    known: dict[str, Owner] = {}
    told = ask(_PENALTIES, (since, as_of.isoformat()))
    of_names = owners(ask, {name for name, _day in told})
    for name, day in told:
        owner = of_names[name]
        known[owner.key] = owner
        days[owner.key].append(day)
    reached = {
        key: found for key, own in days.items() if (found := _reached(own, told_since, limits))
    }
    at_fault = [known[key] for key in reached]
    endangered = _with_major(ask, as_of) if at_fault else frozenset()
    for owner in passing(ask, wanted, at_fault):
        if owner.key in endangered and owner.is_there(as_of):
            name, first, last, counts = reached[owner.key]
            yield _clock(name, owner, since=first, until=last, counts=counts)


_PENALTIES = (
    "SELECT enterprise, decided_on FROM penalty"
    " WHERE decided_on >= ? AND decided_on <= ? AND enterprise IS NOT NULL ORDER BY decided_on, id"
)


def _first(as_of: date, limit: Limit) -> str:
    """The first of so many days that end with a day."""
    return (as_of - timedelta(days=limit.days - 1)).isoformat()


def _reached(
    days: list[str], told_since: date, limits: Limits
) -> tuple[str, str, str, tuple[int, ...]] | None:
    """The counter that was reached last, and no earlier than a day.

    With it the days of its first penalty and of the one that reached it, and how many penalties
    each counter has with the last one: what was once reached is not undone by days that go by.
    """
    for last in sorted(set(days), reverse=True):
        end = date.fromisoformat(last)
        if end < told_since:
            break
        windows = {
            name: [day for day in days if _first(end, limits[name]) <= day <= last]
            for name in COUNTERS
        }
        for name, own in windows.items():
            if len(own) >= limits[name].times:
                counts = tuple(map(len, windows.values()))
                return name, own[0], own[limits[name].times - 1], counts
    return None


def _with_major(ask: Ask, as_of: date) -> frozenset[str]:
    """The enterprises that have a major hazard which is open."""
    source, bound = standing(ask, as_of, NEEDED)
    sql = (
        f"SELECT DISTINCT enterprise FROM {source}"
        f" WHERE found_on <= ? AND severity = 'major' AND {IS_OPEN}"
    )
    names = [name for (name,) in ask(sql, [*bound, as_of.isoformat()])]
    return frozenset(owner.key for owner in owners(ask, names).values())


def _silent(ask: Ask, wanted: Filter, as_of: date, limit: Limit) -> Iterator[Clock]:
    """Enterprises in which others found hazards, and that reported none of their own."""
    source, bound = standing(ask, as_of, NEEDED)
    is_own = f"source IN ({listed(OWN_SOURCES)})"
    # Grouped by more than the name, it is read in one pass: the index by names is slower here.
    sql = (
        f"SELECT min(enterprise), min(found_on) FILTER (WHERE NOT {is_own}),"
        f" count(*) FILTER (WHERE NOT {is_own}), count(*) FILTER (WHERE {is_own}),"
        f" max(industry), max(district) FROM {source}"
        f" WHERE found_on >= ? AND found_on <= ? AND state <> 'void' GROUP BY enterprise || ''"
    )
    since = _first(as_of, limit)
    rows = ask(sql, [*bound, since, as_of.isoformat()])
    of_names = spelled_as_registered(ask, since)
    of_names |= owners(ask, [name for name, *_ in rows if name not in of_names])
    found: dict[str, tuple[Owner, str, int]] = {}
    speaking: set[str] = set()
    for spelled, first, others, own, industry, district in rows:
        owner = of_names[spelled]
        if own:
            speaking.add(owner.key)
        elif others:
            _, earliest, before = found.get(owner.key, (owner, first, 0))
            placed = owner._replace(
                industry=owner.industry or industry, district=owner.district or district
            )
            found[owner.key] = (placed, min(earliest, first), before + others)
    quiet = {key: one for key, one in found.items() if key not in speaking}
    for owner in passing(ask, wanted, [owner for owner, _, _ in quiet.values()]):
        if owner.is_there(as_of):
            _, first, others = quiet[owner.key]
            yield _clock("silent-unit", owner, since=first, until=None, counts=(others,))


def _clock(
    name: str, owner: Owner, *, since: str, until: str | None, counts: tuple[int, ...]
) -> Clock:
    return Clock(
        watch=name,
        subject=owner.number,
        enterprise=owner.name,
        industry=owner.industry,
        district=owner.district,
        responsible=owner.principal,
        since=since,
        until=until,
        counts=counts,
    )
