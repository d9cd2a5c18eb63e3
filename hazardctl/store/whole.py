"""Hazards with all that is needed to take them in again, as they stood at the end of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import PREVIOUS, Event, Hazard
from hazardctl.domain.layout import FLAGS, LAYOUT, LISTS, REPORTED_BY
from hazardctl.domain.lifecycle import CORRECTION, apply, born
from hazardctl.store.cards import COLUMNS, Record, several
from hazardctl.store.conditions import Ask, where
from hazardctl.store.population import Each, is_present, standing
from hazardctl.store.rows import event_from, plain, to_row

_PREVIOUS = {
    name: f"""CASE WHEN cycle > 1 THEN (SELECT past.{told} FROM past
 WHERE past.id = hazard.id AND past.cycle = hazard.cycle - 1
 ORDER BY past.stretch DESC LIMIT 1) END"""
    for name, told in PREVIOUS.items()
}


def records(
    ask: Ask, each: Each, wanted: Filter, as_of: date, *, with_reporters: bool = False
) -> Iterator[Record]:
    """The hazards of a filter in the ledger layout, one by one, in the order of their numbers."""
    rows = _present(ask, each, wanted, as_of)
    if not is_present(ask, as_of):
        rows = _past(ask, each, wanted, as_of)
    reporters = dict(ask(_REPORTERS, ())) if with_reporters else None
    for row in rows:
        for name in LISTS:
            row[name] = several(row[name])
        for name in FLAGS:
            row[name] = bool(row[name])
        if reporters is not None:
            row[REPORTED_BY] = reporters.get(row["number"])
        yield row


_REPORTERS = """SELECT hazard.number, reporter.identity
 FROM hazard JOIN reporter ON reporter.id = hazard.reporter"""


def _present(ask: Ask, each: Each, wanted: Filter, as_of: date) -> Iterator[Record]:
    """The hazards as they are kept."""
    columns = ", ".join(_PREVIOUS.get(name, name) for name in LAYOUT)
    condition, values = where(ask, wanted, as_of)
    sql = f"SELECT {columns} FROM hazard WHERE found_on <= ? AND {condition} ORDER BY id"
    for row in each(sql, [as_of.isoformat(), *values]):
        yield dict(zip(LAYOUT, row, strict=True))


def _past(ask: Ask, each: Each, wanted: Filter, as_of: date) -> Iterator[Record]:
    """The hazards as their events had made them by that day: a row keeps no earlier percentage."""
    source, bound = standing(ask, as_of, ("id", *COLUMNS))
    condition, values = where(ask, wanted, as_of)
    sql = f"""SELECT hazard.number, event.kind, event.actor, event.body
 FROM hazard JOIN event ON event.subject = hazard.number
 WHERE hazard.id IN (SELECT id FROM {source} WHERE found_on <= ? AND {condition})
 ORDER BY hazard.id, event.subject_seq"""
    told = each(sql, [*bound, as_of.isoformat(), *values])
    for number, rows in groupby(told, key=itemgetter(0)):
        events = (event_from(kind=kind, actor=by, body=body) for _, kind, by, body in rows)
        hazard, previous = folded(number, events, as_of)
        row = to_row(hazard) | plain(previous)
        yield {name: row[name] for name in LAYOUT}


def folded(
    number: str, events: Iterable[Event], as_of: date
) -> tuple[Hazard, Mapping[str, object]]:
    """What the events up to a day make of a hazard, and how its cycle before ended.

    A correction holds for every day.
    """
    first, *others = (one for one in events if one.on <= as_of or one.kind == CORRECTION)
    hazard = born(number, first)
    previous = {name: first.facts.get(name) for name in PREVIOUS}
    for event in others:
        after = apply(hazard, event)
        if after.cycle > hazard.cycle:
            previous = {name: getattr(hazard, told) for name, told in PREVIOUS.items()}
        hazard = after
    return hazard, previous
