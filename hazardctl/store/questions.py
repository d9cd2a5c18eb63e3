"""Questions about one hazard and its history, in plain SQL, answered with plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from hazardctl.domain.register import kind_of
from hazardctl.errors import AmbiguousNumber, NotANumber, UnknownNumber, UnknownRecord
from hazardctl.store.cards import COLUMNS, SEQUENCES, Record, several, shown, with_lateness
from hazardctl.store.conditions import Ask

_NUMBER = re.compile(r"(?:(?P<prefix>[^\s]*?)-)??(?:(?P<year>\d{4})-)?(?P<sequence>\d{1,7})")


def found(ask: Ask, number: str) -> int:
    """The id of the hazard that a number, or an ending of one, means.

    Raises NotANumber, UnknownNumber, AmbiguousNumber.
    """
    read = _NUMBER.fullmatch(number.strip())
    if not read:
        raise NotANumber(number=number)
    sequence = int(read["sequence"])
    if read["year"]:
        ids = [int(read["year"]) * SEQUENCES + sequence]
    else:
        years = range(_year(ask, "min"), _year(ask, "max") + 1)
        ids = [year * SEQUENCES + sequence for year in years]
    fits = [fit for fit in _numbered(ask, ids) if _ends(fit[1], read)]
    if not fits:
        raise UnknownNumber(number=number)
    if len(fits) > 1:
        raise AmbiguousNumber(number=number, fits=[whole for _ident, whole in fits])
    return int(fits[0][0])


def number(ask: Ask, text: str) -> str:
    """The whole number that a text means; raises as `found` does."""
    return str(_numbered(ask, [found(ask, text)])[0][1])


def subject(ask: Ask, text: str) -> str:
    """The number of what has events: a record of the register by its whole number, or a hazard.

    Raises UnknownRecord, and what `found` raises.
    """
    whole = text.strip().upper()
    kind = kind_of(whole)
    if kind is None:
        return number(ask, text)
    if not ask("SELECT 1 FROM event WHERE subject = ? LIMIT 1", (whole,)):
        raise UnknownRecord(what=kind.name, number=text)
    return whole


def _numbered(ask: Ask, ids: Sequence[int]) -> list[tuple[int, str]]:
    marks = ", ".join("?" * len(ids))
    return ask(f"SELECT id, number FROM hazard WHERE id IN ({marks}) ORDER BY id", ids)


def _year(ask: Ask, which: str) -> int:
    edge = ask(f"SELECT {which}(id) FROM hazard", ())[0][0]
    return int(edge or 0) // SEQUENCES


def _ends(whole: str, read: re.Match[str]) -> bool:
    given = (read["prefix"] or "").casefold()
    before_sequence = whole.rsplit("-", 1)[0].casefold()
    before_year = whole.rsplit("-", 2)[0].casefold()
    return before_year.endswith(given) or (not read["year"] and before_sequence.endswith(given))


def told(ask: Ask, ident: int, as_of: date) -> Record:
    """One hazard with everything that is known of it: its cycles, evidence and events."""
    names = tuple(dict.fromkeys((*COLUMNS, *_CYCLE, *_MORE)))
    columns = ", ".join(names)
    (row,) = _named(ask, f"SELECT {columns} FROM hazard WHERE id = ?", (ident,), names)
    sql = f"SELECT {columns} FROM past WHERE id = ? ORDER BY stretch"
    cycles = {one["cycle"]: one for one in [*_named(ask, sql, (ident,), names), row]}
    seen = with_lateness(shown(row), as_of) | {name: row[name] for name in _MORE}
    seen["cycles"] = [_cycle(one) for one in cycles.values()]
    sql = f"SELECT {', '.join(_FILE)} FROM evidence WHERE id = ? ORDER BY place"
    seen["evidence"] = _named(ask, sql, (ident,), _FILE)
    seen["events"] = history(ask, row["number"])
    return seen


def reporter(ask: Ask, ident: int) -> str | None:
    """Who reported a hazard: confidential, kept beside the chain; None if nobody, or erased."""
    sql = "SELECT identity FROM reporter WHERE id = (SELECT reporter FROM hazard WHERE id = ?)"
    kept = ask(sql, (ident,))
    return str(kept[0][0]) if kept else None


_MORE = ("basis", "stop_order", "listing", "listed_on", "funds_fen")  # what no list shows
_FILE = ("sha256", "name", "size", "kind", "attached_on", "attached_by")
_CYCLE = (
    "cycle",
    "state",
    "assigned_on",
    "due_on",
    "original_due_on",
    "extensions",
    "responsible_unit",
    "responsible_person",
    "case_leader",
    "measures",
    "rectified_on",
    "rectified_by",
    "submitted_on",
    "submitted_by",
    "verified_on",
    "verified_by",
    "closed_on",
    "closed_by",
    "reopened_on",
    "lookback_on",
    "lookback_result",
)


def _cycle(row: Mapping[str, Any]) -> Record:
    return {**{name: row[name] for name in _CYCLE}, "verified_by": several(row["verified_by"])}


def history(ask: Ask, subject: str | None = None, *, limit: int | None = None) -> list[Record]:
    """The events of one subject, or of the whole ledger, oldest first; the last `limit` of them."""
    names = ("seq", "subject", "kind", "at", "actor", "body")
    columns = ", ".join(names)
    condition = "subject = ?" if subject else "1 = 1"
    last = f"LIMIT {int(limit)}" if limit is not None else ""
    sql = f"SELECT {columns} FROM event WHERE {condition} ORDER BY seq DESC {last}"
    events = _named(ask, sql, (subject,) if subject else (), names)
    return [_event(one) for one in reversed(events)]


def _event(row: Record) -> Record:
    body = json.loads(row.pop("body"))
    return {
        "seq": row["seq"],
        "number": row["subject"],
        "kind": row["kind"],
        "on": body["on"],
        "at": row["at"],
        "actor": row["actor"],
        "recorded_by": body.get("recorded_by", row["actor"]),
        "rehearsed_on": body.get("today"),  # the today that was given, not the clock's
        "changes": body["changes"],
        "facts": body.get("facts", {}),
    }


def _named(ask: Ask, sql: str, values: Sequence[object], names: Iterable[str]) -> list[Record]:
    return [dict(zip(names, row, strict=True)) for row in ask(sql, values)]
