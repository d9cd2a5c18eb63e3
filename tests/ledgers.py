"""Makes ledgers of several hazards by drawing what the model allows, through the ledger's verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hazardctl.domain.assigning import Order
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.lifecycle import CORRECTION
from hazardctl.domain.registering import edit
from hazardctl.domain.words import Severity, Source, State
from hazardctl.ledger import writing
from hazardctl.store.lookups import is_hazard
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from hazardctl.store.rows import event_from
from tests.builders import FOUND, TODAY, WHAT, decide, due, folded, ready, stamp
from tests.homes import Home
from tests.reference import Life, legal_move

SPAN = (TODAY - FOUND).days
PLACES = ["永安镇", "沿溪镇", "永 安镇", "Ａ区", "a区", None]
UNITS = ["永兴花炮有限公司", "第二十三加油站", "Golden Dragon Hotel", "GOLDEN DRAGON　HOTEL"]
LEADERS = [None, "李局", "王局", "李 局"]
PEOPLE = ["甲", "己", "Ann", "ＡＮＮ"]
INDUSTRIES = ["fireworks", "hazchem", "crowded-place", "other"]
CAMPAIGNS: list[tuple[str, ...]] = [(), (), ("百日行动",), ("百日行动", "消防专项"), ("100%_安全",)]
WORDS = [
    "疏散通道被堵塞",
    "fire door LOCKED",
    "100% of_it!",
    "仓库内堆放半成品超量",
    "消防栓\n无水",
]


@dataclass
class Drawn:
    """A ledger and how its hazards stand in the model."""

    path: Place
    lives: dict[str, Life]


def a_random_ledger(home: Home | Path, seed: int, *, hazards: int = 6, moves: int = 40) -> Drawn:
    """A ledger of some hazards, each of which has lived through some moves."""
    return drawn_at(ready(home), seed, hazards=hazards, moves=moves)


def drawn_at(place: Place, seed: int, *, hazards: int, moves: int) -> Drawn:
    """The same in a file, or in a database where it was begun."""
    draw = Random(seed)
    drawn = Drawn(place, {})
    for _ in range(hazards):
        add_one(draw, drawn)
    for _ in range(moves):
        number = draw.choice(list(drawn.lives))
        if draw.random() < 0.15:
            correct_one(draw, drawn, number)
        elif move := legal_move(draw, drawn.lives[number]):
            on = stamp(move.by, move.on)
            writing.act(
                drawn.path,
                [number],
                on,
                lambda hazard, rules, move=move: decide(hazard, move, rules=rules),  # type: ignore[misc]  # mypy infers no default
            )
            drawn.lives[number] = drawn.lives[number].attempt(move)[1]
    return drawn


def add_one(draw: Random, drawn: Drawn) -> None:
    """Add a hazard, now and then with people or a due date, so that it is perhaps assigned."""
    found_on = FOUND + timedelta(days=draw.randint(0, 30))
    on = found_on + timedelta(days=draw.choice([0, 0, 1, 4]))
    major = draw.random() < 0.3
    leader = draw.choice(["李局", "王局"]) if major else draw.choice(LEADERS)
    person = draw.choice([None, *PEOPLE])
    due_on = draw.choice([None, *(found_on + timedelta(days=days) for days in (0, 3, 15))])
    severity = Severity.MAJOR if major else Severity.GENERAL
    change = writing.add(
        drawn.path,
        stamp("赵六", on),
        what={**WHAT, **described(draw), "severity": severity},
        found_on=found_on,
        order=Order(responsible_person=person, case_leader=leader),
        deadline=due(due_on) if due_on else None,
    )
    life = Life(found_on, TODAY, major=major, person=person, leader=leader)
    life.due_on = life.original_due_on = due_on
    if person and due_on:
        life.state, life.last_on = "assigned", on
    drawn.lives[change.number] = life


def described(draw: Random) -> dict[str, Any]:
    """What a hazard is: the fields that are corrected, not moved."""
    return {
        "description": draw.choice(WORDS),
        "enterprise": draw.choice(UNITS),
        "industry": draw.choice(INDUSTRIES),
        "district": draw.choice(PLACES),
        "location": draw.choice([None, "二车间", "Warehouse 3"]),
        "remark": draw.choice([None, "已约谈", "see 100%"]),
        "source": draw.choice([None, *Source]),
        "campaigns": draw.choice(CAMPAIGNS),
    }


def correct_one(draw: Random, drawn: Drawn, number: str) -> None:
    """Correct some of the description of a hazard that is open."""
    if drawn.lives[number].state not in ("void", "closed", "transferred"):
        corrections = dict(draw.sample(sorted(described(draw).items()), 3))
        on = FOUND + timedelta(days=draw.randint(0, SPAN))
        who = stamp("赵六", on)
        writing.act(
            drawn.path, [number], who, lambda hazard, _: edit(hazard, who, corrections=corrections)
        )


def events_of(path: Place) -> dict[str, list[Event]]:
    """The events of every hazard of a ledger, in the order of the chain."""
    found: dict[str, list[Event]] = {}
    with reading(path) as book:
        rows = book.ask("SELECT subject, kind, actor, body FROM event ORDER BY seq")
    for subject, kind, actor, body in rows:
        if is_hazard(subject):
            found.setdefault(subject, []).append(event_from(kind=kind, actor=actor, body=body))
    return found


def replayed(events: Mapping[str, list[Event]], as_of: date) -> list[Hazard]:
    """The hazards as they stood at the end of a day: only what had happened by then.

    A correction holds for every day.
    """
    hazards = []
    for number, life in events.items():
        told = [event for event in life if event.on <= as_of or event.kind == CORRECTION]
        if life[0].on <= as_of:
            hazards.append(folded(told, number))
    return sorted(hazards, key=lambda hazard: hazard.number)


def some_days(draw: Random, count: int) -> list[date]:
    """Days from before anything was found until today."""
    days = [FOUND + timedelta(days=draw.randint(-1, SPAN)) for _ in range(count - 1)]
    return [*days, TODAY]


def a_filter(draw: Random) -> Filter:
    """Some filter; each of its parts is asked for now and then."""
    pools: dict[str, list[Any]] = {
        "industry": [(one,) for one in INDUSTRIES] + [("fireworks", "other")],
        "state": [(str(one),) for one in State] + [("closed", "void"), ("assigned", "rectifying")],
        "open": [True],
        "severity": [("major",), ("general",), ("major", "general")],
        "enterprise": [("golden dragon hotel",), ("永兴花炮有限公司", "没有")],
        "district": [("永安镇",), ("A区", "沿溪镇"), ("没有",)],
        "campaign": [("百日行动",), ("消防 专项",), ("百日行动", "100%_安全"), ("日行",)],
        "leader": [("李局",), ("王局", "李局")],
        "person": [("甲",), ("ann",), ("己", "ANN")],
        "source": [("self-check",), ("grid", "media", "public-report")],
        "since": [FOUND + timedelta(days=days) for days in (3, 10)],
        "until": [FOUND + timedelta(days=days) for days in (10, 20)],
        "due_before": [FOUND + timedelta(days=days) for days in (10, 20, 30)],
        "overdue": [True],
        "due_soon": [0, 3, 10, 100],
        "text": [("疏散",), ("Locked", "超量"), ("100%",), ("of_it",), ("%",), ("_",), ("00003",)],
    }
    assert set(pools) == set(Filter._fields)
    asked = draw.sample(sorted(pools), draw.choice([0, 1, 1, 1, 2, 3]))
    return Filter(**{name: draw.choice(pools[name]) for name in asked})
