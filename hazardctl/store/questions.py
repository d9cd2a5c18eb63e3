"""The reading side: named questions in plain SQL, answered with plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hazardctl.domain.figures import Counts, Tally
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import RECTIFIED, UNRECTIFIED, Hazard
from hazardctl.domain.rules import Rules, rules_from
from hazardctl.errors import AmbiguousNumber, NotANumber, UnknownNumber
from hazardctl.store import chain as chained
from hazardctl.store.conditions import (
    ALL,
    IS_DUE_SOON,
    IS_OPEN,
    IS_OVERDUE,
    Ask,
    listed,
    where,
)
from hazardctl.store.rows import FIELDS, SEQUENCES, from_row, shown

Record = dict[str, Any]
_COLUMNS = ", ".join(FIELDS)
_NUMBER = re.compile(r"(?:(?P<prefix>[^\s]*)-)??(?:(?P<year>\d{4})-)?(?P<sequence>\d{1,7})")


# the ledger itself


def settings(ask: Ask) -> dict[str, str]:
    """What the ledger has set."""
    return dict(ask("SELECT name, value FROM setting", ()))


def ledger_id(ask: Ask) -> str:
    """The id of this ledger, which stands in the hash of each of its events."""
    return settings(ask)["ledger_id"]


def rules(ask: Ask) -> Rules:
    """The rules of this ledger."""
    return rules_from(settings(ask))


def head(ask: Ask) -> tuple[int, bytes]:
    """The place and the hash of the last event."""
    last = ask("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", ())
    return (last[0][0], last[0][1]) if last else (0, chained.START)


def chain(ask: Ask, *, after: int = 0) -> list[Sequence[object]]:
    """The events after a place, as the chain is recomputed from them."""
    columns = ", ".join(("seq", "prev", "hash", *chained.FIELDS))
    return ask(f"SELECT {columns} FROM event WHERE seq > ? ORDER BY seq", (after,))


# numbers


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
    marks = ", ".join("?" * len(ids))
    fits = ask(f"SELECT id, number FROM hazard WHERE id IN ({marks}) ORDER BY id", ids)
    fits = [(ident, whole) for ident, whole in fits if _ends(whole, read)]
    if not fits:
        raise UnknownNumber(number=number)
    if len(fits) > 1:
        raise AmbiguousNumber(number=number, fits=[whole for _ident, whole in fits])
    return int(fits[0][0])


def _year(ask: Ask, which: str) -> int:
    edge = ask(f"SELECT {which}(id) FROM hazard", ())[0][0]
    return int(edge or 0) // SEQUENCES


def _ends(whole: str, read: re.Match[str]) -> bool:
    prefix = read["prefix"]
    return not prefix or whole.rsplit("-", 2)[0].casefold().endswith(prefix.casefold())


def last_sequence(ask: Ask, year: int) -> int:
    """The last number given out in a year, 0 if none was."""
    sql = "SELECT max(id) FROM hazard WHERE id >= ? AND id < ?"
    last = ask(sql, (year * SEQUENCES, (year + 1) * SEQUENCES))[0][0]
    return int(last) - year * SEQUENCES if last else 0


# one hazard


def hazard(ask: Ask, ident: int) -> Hazard:
    """The hazard of an id, as it stands."""
    row = ask(f"SELECT {_COLUMNS} FROM hazard WHERE id = ?", (ident,))[0]
    return from_row(dict(zip(FIELDS, row, strict=True)))


def places(ask: Ask, number: str, ident: int) -> tuple[int, int, int]:
    """How many events, stretches of the past and files a hazard has."""
    past = ask("SELECT count(*) FROM past WHERE id = ?", (ident,))[0][0]
    files = ask("SELECT count(*) FROM evidence WHERE id = ?", (ident,))[0][0]
    return last_place(ask, number), int(past), int(files)


def last_place(ask: Ask, subject: str) -> int:
    """The place of the last event of a subject, 0 if it has none."""
    found = ask("SELECT max(subject_seq) FROM event WHERE subject = ?", (subject,))[0][0]
    return int(found or 0)


def told(ask: Ask, ident: int, as_of: date) -> Record:
    """One hazard with everything that is known of it: its cycles, evidence and events."""
    row = _named(ask, f"SELECT {_COLUMNS} FROM hazard WHERE id = ?", (ident,), FIELDS)[0]
    seen = with_lateness(shown(row), as_of)
    former = _named(
        ask, f"SELECT {_COLUMNS} FROM past WHERE id = ? ORDER BY stretch", (ident,), FIELDS
    )
    cycles = {one["cycle"]: one for one in [*former, row]}
    names = ("sha256", "name", "size", "kind", "attached_on", "attached_by")
    columns = ", ".join(names)
    sql = f"SELECT {columns} FROM evidence WHERE id = ? ORDER BY place"
    seen["cycles"] = [_cycle(one) for one in cycles.values()]
    seen["evidence"] = _named(ask, sql, (ident,), names)
    seen["events"] = history(ask, row["number"])
    return seen


CYCLE = (
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
    out = {name: row[name] for name in CYCLE}
    out["verified_by"] = out["verified_by"].split("\n") if out["verified_by"] else None
    return out


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
        "changes": body["changes"],
        "facts": body.get("facts", {}),
    }


# hazards that a file may state again


def alike(ask: Ask, marks: Sequence[object]) -> list[tuple[bytes, str, str]]:
    """The mark, number and state of the hazards that have one of these marks of likeness."""
    some = ", ".join("?" * len(marks))
    return ask(f"SELECT likeness, number, state FROM hazard WHERE likeness IN ({some})", marks)


def coded(ask: Ask, codes: Sequence[object]) -> list[tuple[str, str, date, str, str]]:
    """The code, enterprise, day, number and state of the hazards with one of these codes."""
    some = ", ".join("?" * len(codes))
    sql = (
        "SELECT external_code, enterprise, found_on, number, state FROM hazard"
        f" WHERE external_code IN ({some})"
    )
    return [
        (code, enterprise, date.fromisoformat(found_on), number, state)
        for code, enterprise, found_on, number, state in ask(sql, codes)
    ]


# many hazards, seen from a day


def _until(column: str, on: str) -> str:
    return f"CASE WHEN {on} <= ? THEN {column} END AS {column}"


_SUBMITTED = "coalesce(submitted_on, rectified_on)"
_STATE = f"""CASE WHEN since_on <= ? THEN state WHEN closed_on <= ? THEN 'closed'
 WHEN verified_on <= ? THEN 'verified' WHEN {_SUBMITTED} <= ? THEN 'submitted'
 WHEN rectifying_on <= ? THEN 'rectifying' WHEN assigned_on <= ? THEN 'assigned'
 ELSE 'registered' END AS state"""
# What a record knows of a later day is not yet so on an earlier one.
_HIDDEN = {
    "state": _STATE,
    **{
        name: _until(name, _SUBMITTED)
        for name in ("measures", "rectified_on", "rectified_by", "submitted_on", "submitted_by")
    },
    **{name: _until(name, "verified_on") for name in ("verified_on", "verified_by")},
    **{name: _until(name, "closed_on") for name in ("closed_on", "closed_by")},
    **{
        name: f"CASE WHEN assigned_on > ? THEN NULL ELSE {name} END AS {name}"
        for name in ("due_on", "original_due_on", "due_kind")
    },
}


def standing(ask: Ask, as_of: date, columns: Sequence[str]) -> tuple[str, list[object]]:
    """Where to select from to see the ledger as it stood at the end of a day, and the values.

    When nothing is recorded after that day, the hazards as they are; else each record as far as
    it was true by then, from the present and the past.
    """
    day = as_of.isoformat()
    last = ask("SELECT max(since_on) FROM hazard", ())[0][0]
    if last is None or last <= day:
        return "hazard", []
    seen = ", ".join(_HIDDEN.get(name, name) for name in columns)
    days: list[object] = [day] * seen.count("?")
    sql = (
        f"(SELECT {seen} FROM hazard WHERE from_on <= ? UNION ALL"
        f" SELECT {seen} FROM past WHERE from_on <= ? AND until_on > ?) AS stood"
    )
    return sql, [*days, day, *days, day, day]


def texts(ask: Ask, wanted: Filter, as_of: date, *, limit: int | None = None) -> Iterator[bytes]:
    """The hazards of a filter as JSON texts, for a day that is present: see `is_present`."""
    condition, values = where(ask, wanted, as_of)
    late = ask(f"SELECT id, due_on FROM hazard WHERE {IS_OVERDUE}", [as_of.isoformat()])
    ends = {
        ident: b',"overdue":true,"days_overdue":%d}' % (as_of - date.fromisoformat(due_on)).days
        for ident, due_on in late
    }
    in_time = b',"overdue":false,"days_overdue":null}'
    meant = "" if condition == ALL else f"WHERE id IN (SELECT id FROM hazard WHERE {condition})"
    sql = f"SELECT id, CAST(body AS BLOB) FROM card {meant} ORDER BY id {_limit(limit)}"
    return (body[:-1] + ends.get(ident, in_time) for ident, body in ask(sql, values))


def written(records: Iterable[Record]) -> Iterator[bytes]:
    """Records as JSON texts."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return (encode(record).encode() for record in records)


def is_present(ask: Ask, as_of: date) -> bool:
    """Whether nothing is recorded after a day, so that the ledger is seen as it stands."""
    return standing(ask, as_of, ())[0] == "hazard"


def listing(ask: Ask, wanted: Filter, as_of: date, *, limit: int | None = None) -> list[Record]:
    """The hazards of a filter as they stood at the end of a day, in the order of their numbers."""
    columns = ("id", *FIELDS)
    source, bound = standing(ask, as_of, columns)
    condition, values = where(ask, wanted, as_of)
    found_by_then = "found_on <= ?"
    sql = (
        f"SELECT {', '.join(columns)} FROM {source} WHERE {found_by_then} AND {condition}"
        f" ORDER BY id {_limit(limit)}"
    )
    rows = ask(sql, [*bound, as_of.isoformat(), *values])
    return [with_lateness(shown(dict(zip(columns, row, strict=True))), as_of) for row in rows]


def _limit(limit: int | None) -> str:
    return f"LIMIT {int(limit)}" if limit is not None else ""


def with_lateness(seen: Record, as_of: date) -> Record:
    """A hazard with what depends on the day: whether it is overdue, and by how many days."""
    due_on = seen["due_on"]
    late = bool(due_on and seen["state"] in UNRECTIFIED and due_on < as_of.isoformat())
    seen["overdue"] = late
    seen["days_overdue"] = (as_of - date.fromisoformat(due_on)).days if late else None
    return seen


# figures


GROUPS = {
    "industry": "industry",
    "district": "district",
    "enterprise": "enterprise",
    "leader": "case_leader",
    "person": "responsible_person",
    "source": "source",
    "severity": "severity",
    "campaign": "campaigns",
    "state": "state",
    "month": "substr(found_on, 1, 7)",
}
_ON_TIME = f"state IN ({listed(RECTIFIED)}) AND rectified_on <= {{due}}"
_COUNTED = {
    "found": "1 = 1",
    "found_major": "severity = 'major'",
    "closed": "state = 'closed'",
    "closed_major": "state = 'closed' AND severity = 'major'",
    "awaiting_verification": "state = 'submitted'",
    "awaiting_sign_off": "state = 'verified'",
    "due_soon": IS_DUE_SOON,
    "overdue": IS_OVERDUE,
    "due": "due_on <= ?",
    "on_time": f"due_on <= ? AND {_ON_TIME.format(due='due_on')}",
    "due_original": "original_due_on <= ?",
    "on_time_original": f"original_due_on <= ? AND {_ON_TIME.format(due='original_due_on')}",
    "reopened": "cycle > 1",
}
_TALLIED = {
    "found": "1 = 1",
    "closed": "state = 'closed'",
    "open": IS_OPEN,
    "rectified": f"state IN ({listed(RECTIFIED)})",
    "overdue": IS_OVERDUE,
}
_NEEDED = (
    *("industry", "district", "enterprise", "case_leader", "responsible_person", "source"),
    *("severity", "campaigns", "found_on", "state", "cycle", "due_on", "original_due_on"),
    *("rectified_on", "number", "description", "location", "measures", "remark"),
)


def counts(
    ask: Ask, wanted: Filter, as_of: date, *, by: str, soon: int
) -> list[tuple[str | None, Counts]]:
    """The figures of the hazards of a filter at the end of a day, by a group."""
    rows = _counted(ask, wanted, as_of, _COUNTED, key=GROUPS[by], soon=soon)
    return [(key, Counts(**dict(zip(_COUNTED, row, strict=True)))) for key, *row in rows]


def tally(ask: Ask, wanted: Filter, as_of: date) -> Tally:
    """The same hazards counted all together."""
    ((_, *row),) = _counted(ask, wanted, as_of, _TALLIED)
    return Tally(**dict(zip(_TALLIED, row, strict=True)))


def _counted(
    ask: Ask,
    wanted: Filter,
    as_of: date,
    tests: Mapping[str, str],
    *,
    key: str | None = None,
    soon: int = 0,
) -> list[Any]:
    """How many hazards pass each test; void and transferred ones are in no figure."""
    day, until = as_of.isoformat(), (as_of + timedelta(days=soon)).isoformat()
    bound: list[object] = []
    for name, test in tests.items():
        bound += [day, until] if name == "due_soon" else [day] * test.count("?")
    source, source_values = standing(ask, as_of, _NEEDED)
    condition, values = where(ask, wanted, as_of)
    sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
    sql = (
        f"SELECT {key or 'NULL'}, {sums} FROM {source} WHERE found_on <= ?"
        f" AND state NOT IN ('void', 'transferred') AND {condition}"
    )
    grouped = f"{sql} GROUP BY {key}" if key else sql
    return ask(grouped, [*bound, *source_values, day, *values])


def _named(ask: Ask, sql: str, values: Sequence[object], names: Iterable[str]) -> list[Record]:
    return [dict(zip(names, row, strict=True)) for row in ask(sql, values)]
