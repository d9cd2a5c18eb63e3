"""The proof of a ledger, promise by promise: each looks at one and tells what breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hazardctl.domain.figures import counted
from hazardctl.domain.finding import Finding
from hazardctl.domain.mapping import SETTING
from hazardctl.domain.register import KINDS, kind_of
from hazardctl.store import chain as chained
from hazardctl.store import rows
from hazardctl.store.comparing import TABLES
from hazardctl.store.conditions import Ask
from hazardctl.store.lookups import IS_HAZARD, LEDGER, is_hazard
from hazardctl.store.opening import Reading

BEARS_REQUESTS = 2  # the version of the schema from which on events bear requests
_REQUEST = b'"request":{"content":'  # in a body, where its quotes are not escaped
_TODAY = slice(-21, -12)  # where the last key of a body stands, if that is a day
_BYTES = ", ".join(f"CAST({name} AS BLOB)" for name in chained.FIELDS)  # as they are, whole or not


@dataclass(slots=True)
class Chain:
    """The events as they were found, one after another."""

    count: int = 0
    head: bytes = chained.START
    backwards: list[int] = field(default_factory=list)  # recorded before the one they follow
    rehearsed: list[str] = field(default_factory=list)  # hazards entered with another today
    asked: list[tuple[int, bytes]] = field(default_factory=list)  # those that bear a request


def links(book: Reading, ledger_id: str, seen: Chain) -> Iterator[Finding]:
    """Recompute every event; fills `seen`."""
    place, last_at = 0, b""
    sql = f"SELECT seq, prev, hash, {_BYTES} FROM event ORDER BY seq"
    for seq, prev, hashed, *parts in book.each(sql):
        if seq != place + 1:
            yield Finding("events-missing", _number(parts), seq, {"after": place})
        elif prev != seen.head:
            yield Finding("event-does-not-follow", _number(parts), seq)
        if hashed != chained.chained(ledger_id, prev, seq, parts):
            yield Finding("event-altered", _number(parts), seq)
        at, body = parts[4], parts[6]
        if at < last_at:
            seen.backwards.append(seq)
        if body[_TODAY] == b'"today":"' and (number := _number(parts)):
            seen.rehearsed.append(number)
        if _REQUEST in body:
            seen.asked.append((seq, body))
        place, seen.head, last_at = seq, hashed, at
        seen.count += 1


def _number(parts: Sequence[object]) -> str | None:
    """The hazard that an event is about."""
    subject = _text(parts[1])
    return subject if is_hazard(subject) else None


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def storage(book: Reading) -> Iterator[Finding]:
    """What the database itself says of its pages, its indexes and its references."""
    for said in book.complaints():
        yield Finding("pages-damaged", facts={"said": " ".join(said.split())})


def made_as(found: Mapping[str, str], expected: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the tables, indexes and triggers are those of a version of the schema."""
    for name in sorted(found.keys() | expected.keys()):
        if name not in found:
            yield Finding("schema-missing", facts={"name": name})
        elif name not in expected:
            yield Finding("schema-added", facts={"name": name})
        elif found[name] != expected[name]:
            yield Finding("schema-altered", facts={"name": name})


def settings(ask: Ask) -> Iterator[Finding]:
    """Whether the settings are what the events of the ledger say."""
    said = dict(ask("SELECT name, value FROM setting", ()))
    told = told_settings(ask)
    yield from _about_itself(ask)
    for name in sorted(said.keys() | told.keys()):
        if said.get(name) != told.get(name):
            facts = {"name": name, "stored": said.get(name), "told": told.get(name)}
            yield Finding("setting-differs", facts=facts)


def _about_itself(ask: Ask) -> Iterator[Finding]:
    """Whether the events about the ledger itself are counted without a gap."""
    sql = "SELECT seq, subject_seq FROM event WHERE subject = ? ORDER BY seq"
    for place, (seq, subject_seq) in enumerate(ask(sql, (LEDGER,)), start=1):
        if subject_seq != place:
            yield Finding("event-unfollowable", None, seq)
            return


def edges(ask: Ask) -> tuple[int, int] | None:
    """The first and the last id of the hazards; None if there are none."""
    ((first, last),) = ask("SELECT min(id), max(id) FROM hazard", ())
    return None if first is None else (first, last)


def states(ask: Ask) -> Mapping[str, int]:
    """How many hazards are in each state."""
    return dict(ask("SELECT state, count(*) FROM hazard GROUP BY state ORDER BY 1", ()))


def begun_as(ask: Ask) -> str | None:
    """The id of the ledger as its first event has it; None if that cannot be told."""
    first = ask("SELECT body FROM event WHERE seq = 1 AND kind = 'ledger-begun'", ())
    return str(json.loads(first[0][0])["facts"]["ledger_id"]) if first else None


def told_settings(ask: Ask) -> dict[str, str]:
    """The settings that the events make: the ledger's id, its rules, the latest day in it."""
    told: dict[str, str] = {}
    sql = "SELECT kind, body FROM event WHERE subject = ? ORDER BY subject_seq"
    for kind, body in ask(sql, (LEDGER,)):
        facts = json.loads(body).get("facts", {})
        if kind == "ledger-begun":
            told["ledger_id"] = facts["ledger_id"]
        elif kind == "rules-set":
            told |= facts["rules"]
        elif kind == "mapping-saved":
            told[SETTING + facts["name"]] = facts["mapping"]
    ((latest,),) = ask("SELECT max(since_on) FROM hazard", ())
    return told | ({"last_on": latest} if latest else {})


def requests(ask: Ask, seen: Chain) -> Iterator[Finding]:
    """Whether each request is the one that its first event bears, up to the next one."""
    said = {row[0]: row for row in ask("SELECT id, content, first, last FROM request", ())}
    for told in told_requests(seen):
        row = said.pop(told[0], None)
        if row is None:
            yield Finding("row-missing", None, told[2], {"table": "request"})
        elif row != told:
            facts = {"table": "request", "columns": ["content", "first", "last"]}
            yield Finding("row-differs", None, told[2], facts)
    for ident in said:
        yield Finding("row-without-event", facts={"table": "request", "id": ident})


def told_requests(seen: Chain) -> list[tuple[str, str, int, int]]:
    """The requests that the events tell of: id, content, first and last event."""
    ends = [*(seq - 1 for seq, _ in seen.asked[1:]), seen.count][: len(seen.asked)]
    told = []
    for (seq, body), end in zip(seen.asked, ends, strict=True):
        request = json.loads(body)["request"]
        told.append((request["id"], request["content"], seq, end))
    return told


def reporters(ask: Ask, seen: Chain) -> Iterator[Finding]:
    """Whether who reported is who the event bears witness to; what was erased is no fault.

    A schema before `BEARS_REQUESTS` kept no salt, and nobody bears witness to who reported then.
    """
    since = seen.asked[0][0] if seen.asked else seen.count + 1
    sql = (
        "SELECT reporter.id, identity, salt, number, seq FROM reporter"
        " LEFT JOIN hazard ON hazard.reporter = reporter.id"
        " LEFT JOIN event ON event.subject = number AND event.subject_seq = 1 ORDER BY reporter.id"
    )
    for ident, identity, salt, number, seq in ask(sql, ()):
        if number is None:
            yield Finding("row-without-event", facts={"table": "reporter", "id": ident})
        elif salt is None and (seq or since) >= since:
            yield Finding("row-differs", number, seq, {"table": "reporter", "columns": ["salt"]})
        elif salt is not None and rows.reporter_id(identity, salt=salt) != ident:
            columns = ["identity", "salt"]
            yield Finding("row-differs", number, seq, {"table": "reporter", "columns": columns})


def without_events(ask: Ask) -> Iterator[Finding]:
    """Rows of hazards that there are not, and hazards that have events but no row."""
    for table in TABLES[1:]:
        sql = f"SELECT DISTINCT id FROM {table} WHERE id NOT IN (SELECT id FROM hazard) ORDER BY id"
        for (ident,) in ask(sql, ()):
            yield Finding("row-without-event", facts={"table": table, "id": ident})
    tables = ("hazard", *KINDS)
    known = " ".join(f"EXCEPT SELECT number FROM {table}" for table in tables)
    sql = f"SELECT DISTINCT subject FROM event WHERE subject <> ? {known}"
    for (subject,) in ask(sql, (LEDGER,)):
        kind = kind_of(subject)
        yield Finding("row-missing", subject, None, {"table": kind.name if kind else "hazard"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A ledger as it stood when it had some number of events."""

    ledger_id: str
    count: int  # events that it has now
    head: str  # the hash of the event of that number, in hex; "" if there is none
    open: int
    closed: int
    evidence: int


def standing_at(book: Reading, seq: int) -> Standing:
    """How the ledger stood at an event, told from the events up to it."""
    ask, told = book.ask, _AT[book.engine]
    head = ask("SELECT hash FROM event WHERE seq = ?", (seq,))
    ((count,),) = ask("SELECT count(*) FROM event", ())
    states = counted(dict(ask(told.states, (seq,))))
    ((files,),) = ask(told.files, (seq,))
    return Standing(
        ledger_id=begun_as(ask) or "",
        count=count,
        head=head[0][0].hex() if head else "",
        open=states["open"],
        closed=states["closed"],
        evidence=files or 0,
    )


class _At(NamedTuple):
    """Questions about the events up to one, for an engine: each reads JSON in its own words."""

    states: str
    files: str


_AT = {
    "sqlite": _At(
        # Of a group's rows SQLite takes the one with the largest `seq`: the last with a state.
        states=f"""SELECT state, count(*) FROM (
 SELECT coalesce(json_extract(body, '$.changes.state'), 'registered') AS state,
  max(CASE WHEN json_type(body, '$.changes.state') IS NULL THEN subject_seq = 1 ELSE seq END)
 FROM event WHERE seq <= ? AND {IS_HAZARD} GROUP BY subject) GROUP BY state""",
        files="SELECT sum(json_array_length(body, '$.facts.evidence')) FROM event WHERE seq <= ?"
        " AND json_type(body, '$.facts.evidence') = 'array'",
    ),
    "postgresql": _At(
        states=f"""WITH told AS (
 SELECT subject, seq, CAST(body AS json) -> 'changes' ->> 'state' AS state
 FROM event WHERE seq <= ? AND {IS_HAZARD}), last AS (
 SELECT subject, max(seq) AS seq FROM told WHERE state IS NOT NULL GROUP BY subject)
 SELECT coalesce(told.state, 'registered'), count(*)
 FROM (SELECT DISTINCT subject FROM told) AS every LEFT JOIN last USING (subject)
 LEFT JOIN told USING (subject, seq) GROUP BY 1""",
        files="""SELECT sum(json_array_length(files)) FROM (
 SELECT CAST(body AS json) -> 'facts' -> 'evidence' AS files FROM event WHERE seq <= ?) AS told
 WHERE json_typeof(files) = 'array'""",
    ),
}
