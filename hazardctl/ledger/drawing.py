"""The verb that draws closed hazards for a look-back, and keeps which and how."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from hazardctl import store
from hazardctl.domain import drawing
from hazardctl.domain.drawing import Group, Share
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.lifecycle import Action
from hazardctl.domain.refusals import FutureDay
from hazardctl.store import looking_back
from hazardctl.store.cards import Record
from hazardctl.store.place import Place


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw: the hazards, of how many, with which seed."""

    hazards: list[Record]
    population: int
    seed: int


def draw(
    path: Place,
    stamp: Stamp,
    wanted: Filter,
    *,
    share: Share,
    by: str | None,
    seed: int,
    since: date,
    taxonomy: Taxonomy,
) -> Drawn:
    """Draw from the hazards that are closed since a day; where there is none, nothing is kept.

    Raises FutureDay.
    """
    if stamp.on > stamp.today:
        raise FutureDay(number=None, what=Action.LOOKBACK, on=stamp.on, today=stamp.today)
    with store.writing(path, stamp) as book:
        if done := book.done():
            seq, body = looking_back.draw_of(book.ask, done.first, done.last) or (0, "{}")
            facts = json.loads(body)["facts"]
            hazards = looking_back.drawn(book.ask, seq, stamp.on)
            return Drawn(hazards, facts["population"], facts["seed"])
        closed = looking_back.closed(book.ask, wanted, stamp.on, since=since, by=by)
        groups = drawing.draw(closed, by=by, share=share, seed=seed, taxonomy=taxonomy)
        if not groups:
            return Drawn([], 0, seed)
        numbers = sorted(number for group in groups for number in group.drawn)
        told = {
            "share": share.text,
            "seed": seed,
            "closed_since": since.isoformat(),
            "filters": _plain(wanted),
            "population": len(closed),
            **({"by": by, "groups": [_told(group) for group in groups]} if by else {}),
        }
        seq = book.draw(numbers, told)
        book.write_out()
        return Drawn(looking_back.drawn(book.ask, seq, stamp.on), len(closed), seed)


def _plain(wanted: Filter) -> dict[str, object]:
    given = wanted.given().items()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given}


def _told(group: Group) -> dict[str, object]:
    population, drawn = len(group.population), len(group.drawn)
    return {"key": group.key, "population": population, "drawn": drawn}
