"""What the events of a hazard make of it: its rows in every table, told from the events alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from hazardctl.domain.lifecycle import CORRECTION, born, past, replaces
from hazardctl.store import rows
from hazardctl.store.cards import LISTS, card, line, shown

Row = dict[str, Any]
_SAID = frozenset(rows.FIELDS) - {"number"}  # what an event may change
_BEGUN: Row = {**rows.BLANK, **{name: [] for name in LISTS}}
# What a body that is not one of ours, or an odd row, may raise.
ODD = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)


class Written(NamedTuple):
    """An event of a hazard as it is written."""

    seq: int
    subject_seq: int
    kind: str
    actor: str
    body: str


class Unfollowable(Exception):
    """An event, at `seq`, that does not go on from what was before it."""

    def __init__(self, seq: int) -> None:
        super().__init__(seq)
        self.seq = seq


@dataclass(slots=True)
class Life:
    """What the events of one hazard make of it, and which of them said what last.

    The record is kept as its events have it, in JSON's own values: a ledger has many events, and
    only their last word becomes columns.
    """

    number: str
    record: Row = field(default_factory=dict)
    past: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    lookbacks: list[Row] = field(default_factory=list)
    places: int = 0  # events so far
    last_seq: int = 0
    told_by: dict[str, int] = field(default_factory=dict)  # a field → the last event that set it

    def follow(self, written: Written) -> None:
        """Take the next event; raises Unfollowable."""
        try:
            if written.subject_seq != self.places + 1 or written.seq <= self.last_seq:
                raise ValueError(written.subject_seq)
            self._take(written, json.loads(written.body))
        except ODD as fault:
            raise Unfollowable(written.seq) from fault
        self.places, self.last_seq = written.subject_seq, written.seq

    def _take(self, written: Written, body: Row) -> None:
        changes, facts, on = body["changes"], body.get("facts", {}), body["on"]
        if not changes.keys() <= _SAID:
            raise KeyError(written.seq)
        if not self.places:
            self.record = {**_BEGUN, **changes}
            self._keep_cycle_before(written)
        elif replaces(self.record.get, written.kind, changes):
            self._keep_past(rows.columns(self.record), until_on=on)
            self.record |= {**changes, "from_on": on}
        else:
            self.record |= changes
        self.told_by |= dict.fromkeys(changes, written.seq)
        self._keep_look_back(changes.get, place=written.subject_seq, cycle=self.record["cycle"])
        if written.kind == CORRECTION:
            for stretch in self.past:
                stretch |= rows.columns(changes)
        for file in facts.get("evidence", ()):
            place = {"id": rows.hazard_id(self.number), "place": len(self.files) + 1}
            told = {"kind": written.kind, "attached_on": on, "attached_by": written.actor}
            self.files.append({**place, **file, **told})

    def _keep_cycle_before(self, written: Written) -> None:
        """A file may state a later cycle: what is known of the one before it is past at once."""
        if self.record["cycle"] != 1:
            event = rows.event_from(kind=written.kind, actor=written.actor, body=written.body)
            if before := past(None, event, born(self.number, event)):
                self._keep_past(rows.to_row(before), until_on=self.record["from_on"])
                self._keep_look_back(partial(getattr, before), place=0, cycle=before.cycle)

    def _keep_look_back(self, known: Callable[[str], object], *, place: int, cycle: int) -> None:
        """What a file states of the cycle before comes before all events: its place is 0."""
        if looked := rows.looked_back(known):
            told = {"cycle": cycle, "looked_on": looked[0], "result": looked[1]}
            self.lookbacks.append({"id": rows.hazard_id(self.number), "place": place, **told})

    def _keep_past(self, row: Row, *, until_on: object) -> None:
        place = {"stretch": len(self.past) + 1, "until_on": until_on}
        self.past.append({**row, **self._named(), **place})

    def _named(self) -> Row:
        return {"id": rows.hazard_id(self.number), "number": self.number}

    def tables(self) -> dict[str, list[Row]]:
        """Its rows, table by table; raises Unfollowable."""
        if not self.places:
            return {}
        try:
            return self._told()
        except ODD as fault:
            raise Unfollowable(self.last_seq) from fault

    def _told(self) -> dict[str, list[Row]]:
        row = {**rows.columns(self.record), **self._named()}
        ident, seen = row["id"], shown(row)
        return {
            "hazard": [{**row, "likeness": rows.likeness_of(row)}],
            "card": [{"id": ident, "body": card(seen)}],
            "line": [{"id": ident, "body": line(seen)}],
            "past": self.past,
            "evidence": self.files,
            "lookback": self.lookbacks,
        }


def life(number: str, events: Iterable[Written]) -> Life:
    """The life of a hazard from its events in their order; raises Unfollowable."""
    lived = Life(number)
    for event in events:
        lived.follow(event)
    return lived
