"""Draws what was inspected and punished, and counts it once more, one record at a time.

The counting shares nothing with the SQL of the store: it knows what was entered, and the hazards
as their events tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from hazardctl import store
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.register import KINDS, PenaltyKind
from hazardctl.domain.registering import edit
from hazardctl.ledger import writing
from hazardctl.store.place import Place
from tests.builders import FOUND, stamp
from tests.homes import Home
from tests.ledgers import INDUSTRIES, PLACES, SPAN, UNITS, Drawn, a_random_ledger
from tests.reckoning import bare, passes, population

LAST = stamp(on=SPAN)
Told = dict[str, Any]
# Enterprises under several names, one that nobody inspects, some without what a row is told by.
ALIASES = {"某化工厂": ("化工一厂", "Chem 1"), "静安养老院": (), "某煤矿": ("老 煤矿",)}
SPELLED = [*UNITS, "化工一厂", "ＣＨＥＭ１", "某化工厂", "老煤矿", "永兴花炮 有限公司"]
PARTS = {"第一轮": "百日行动", "第一轮补查": "第一轮"}
CAMPAIGNS: list[tuple[str, ...]] = [
    *((), ("百日行动",), ("百日行动", "消防专项"), ("第一轮",)),
    *(("第一轮补查", "消防 专项"), ("没有登记的行动",)),
]
TEAMS = [None, "第一组", "第 一组", "第二组", "Team A", "ｔｅａｍＡ"]
KIND_OF = {
    "warnings": "warning",
    "confiscations": "confiscation",
    "suspensions": "suspension",
    "licences": "licence",
    "closures": "closure",
    "detentions": "detention",
}


@dataclass
class Done:
    """A ledger, the hazards of its model, and what was entered into its register."""

    drawn: Drawn
    records: dict[str, list[Told]] = field(default_factory=lambda: {name: [] for name in KINDS})

    @property
    def path(self) -> Place:
        """The ledger."""
        return self.drawn.path


def a_ledger(home: Home, seed: int) -> Done:
    """A ledger with hazards that have lived, and a register of what was done about them."""
    done = Done(a_random_ledger(home, seed, hazards=12, moves=50))
    draw = Random(f"inspected {seed}")
    for number, life in done.drawn.lives.items():
        if life.state not in ("void", "closed", "transferred") and draw.random() < 0.5:
            writing.act(done.path, [number], LAST, _stop)
    with store.writing(done.path, LAST) as book:
        for kind, told in _some(draw):
            done.records[kind].append(told)
            event = Event("entered", on=LAST.on, by=LAST.by, changes=told)
            number = book.register.enter(KINDS[kind], event)
            if kind not in ("enterprise", "campaign") and told.get("enterprise"):
                book.register.meet(told, named_in=number, on="2022-12-31", by="赵六")
    return done


def _stop(hazard: Hazard, _rules: object) -> list[Event]:
    return edit(hazard, LAST, corrections={"stop_order": "停产整顿"})


def _some(draw: Random) -> Iterable[tuple[str, Told]]:
    for name, aliases in ALIASES.items():
        days = sorted(_day(draw) for _ in range(2))
        yield (
            "enterprise",
            {
                "name": name,
                "aliases": aliases,
                "industry": draw.choice([None, *INDUSTRIES]),
                "district": draw.choice(PLACES),
                "jurisdiction": draw.choice([None, "direct", "territorial"]),
                "registered_on": draw.choice([None, days[0]]),
                "retired_on": draw.choice([None, None, days[1]]),
            },
        )
    for name in ("百日行动", *PARTS):
        yield "campaign", {"name": name, "parent": PARTS.get(name)}
    for _ in range(25):
        site = draw.choice([None, None, "北门 景区", "北门景区", "化工一厂"])
        yield (
            "inspection",
            {
                **_placed(draw),
                "enterprise": None if site and draw.random() < 0.7 else draw.choice(SPELLED),
                "site": site,
                "inspected_on": _day(draw),
                "team": draw.choice(TEAMS),
                "members": draw.choice([None, 2, 3]),
                "visits": draw.randint(1, 5),
                "hazards_found": draw.randint(0, 2),
            },
        )
    for _ in range(12):
        kinds = tuple(draw.sample([str(one) for one in PenaltyKind], draw.randint(1, 3)))
        yield (
            "penalty",
            {
                **_placed(draw),
                "person": "张三",
                "enterprise": draw.choice([None, *SPELLED]),
                "kinds": kinds,
                "decided_on": draw.choice([None, _day(draw), _day(draw)]),
                "amount_fen": draw.choice([0, 150, 30_000_00]),
            },
        )
    for _ in range(8):
        yield (
            "referral",
            {
                **_placed(draw),
                "enterprise": draw.choice(SPELLED),
                "reported_on": _day(draw),
                "sent_on": draw.choice([None, _day(draw)]),
                "people": draw.randint(1, 3),
            },
        )


def _placed(draw: Random) -> Told:
    return {
        "industry": draw.choice([None, *INDUSTRIES]),
        "district": draw.choice(PLACES),
        "campaigns": draw.choice(CAMPAIGNS),
    }


def _day(draw: Random) -> date:
    return FOUND + timedelta(days=draw.randint(0, SPAN))


def a_filter(draw: Random) -> Filter:
    """Some filter of those that records understand."""
    pools: dict[str, list[Any]] = {
        "industry": [(one,) for one in INDUSTRIES] + [("fireworks", "other")],
        "enterprise": [("chem1",), ("golden dragon hotel",), ("某煤矿", "没有"), ("北门景区",)],
        "district": [("永安镇",), ("A区", "沿溪镇"), ("没有",)],
        "campaign": [("百日行动",), ("第一轮",), ("消防专项", "没有登记的行动"), ("没有",)],
        "since": [FOUND + timedelta(days=days) for days in (3, 20, 50)],
        "until": [FOUND + timedelta(days=days) for days in (20, 60, 80)],
    }
    asked = draw.sample(sorted(pools), draw.choice([0, 0, 1, 1, 2, 3]))
    wanted = Filter(**{name: draw.choice(pools[name]) for name in asked})
    if wanted.since and wanted.until and wanted.since > wanted.until:
        wanted = wanted._replace(since=wanted.until)
    return wanted


# ── the count ──────────────────────────────────────────────────────────────────────────────────


def meant(name: str) -> str:
    """An enterprise by the name under which it is registered, as names are compared."""
    for own, aliases in ALIASES.items():
        if bare(name) in map(bare, (own, *aliases)):
            return bare(own)
    return bare(name)


def visited(one: Told) -> str | None:
    """Who a record is about."""
    return one.get("enterprise") or one.get("site")


def with_parts(campaigns: Sequence[str]) -> tuple[str, ...]:
    """Campaigns, and those that are parts of them."""
    found = [*campaigns]
    for name in found:
        found += [part for part, of in PARTS.items() if of == name and part not in found]
    return tuple(found)


def known(wanted: Filter) -> Filter:
    """A filter with every name that the register knows for what it asks for."""
    names = {name for one in wanted.enterprise for name in (one, *_others(one))}
    return wanted._replace(enterprise=tuple(names), campaign=with_parts(wanted.campaign))


def _others(name: str) -> list[str]:
    every = [one for own, aliases in ALIASES.items() for one in (own, *aliases)]
    return [one for one in every if meant(one) == meant(name)]


def is_meant(one: Told, wanted: Filter) -> bool:
    """Whether a record passes a filter, whatever its day."""

    def named(value: str | None, names: Sequence[str]) -> bool:
        return not names or (value is not None and bare(value) in map(bare, names))

    wanted = known(wanted)
    return (
        (not wanted.industry or one["industry"] in wanted.industry)
        and named(one.get("enterprise"), wanted.enterprise)
        and named(one["district"], wanted.district)
        and (not wanted.campaign or any(named(each, wanted.campaign) for each in one["campaigns"]))
    )


def in_period(day: date | None, since: date, until: date) -> bool:
    """Whether a day is one of a period."""
    return day is not None and since <= day <= until


def hazards_meant(
    hazards: Iterable[Hazard], wanted: Filter, since: date, until: date
) -> list[Hazard]:
    """The hazards of a filter that were found in a period, without those in no figure."""
    asked = known(wanted)._replace(since=since, until=until)
    return [one for one in population(hazards) if passes(one, asked, until)]
