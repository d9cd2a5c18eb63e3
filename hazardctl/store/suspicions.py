"""What is lawful in a ledger and suspicious all the same: for an auditor to look at."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import datetime, timedelta

from hazardctl.domain.finding import Finding
from hazardctl.store.conditions import Ask
from hazardctl.store.evidence import FOLDER, beside
from hazardctl.store.place import Place, Server
from hazardctl.store.proof import Chain

MANY = 10  # enterprises for which one person rectified
SOON = timedelta(minutes=10)  # between entering a hazard and signing it off


def suspicions(ask: Ask) -> Iterator[Finding]:
    """Everything suspicious, each kind once, with the hazards it is about."""
    if numbers := _numbers(ask, _UNVERIFIED):
        yield Finding("closed-unverified", facts=_some(numbers))
    if numbers := _closed_soon(ask):
        yield Finding("closed-soon", facts={"minutes": SOON.seconds // 60, **_some(numbers)})
    if names := [f"{name} ({count})" for name, count in ask(_RECTIFIERS, (MANY,))]:
        yield Finding(
            "rectified-for-many", facts={"many": MANY, "count": len(names), "names": names}
        )
    if numbers := _numbers(ask, _ERASED):
        yield Finding("reporter-erased", facts=_some(numbers))
    for name, numbers in ask(_SAME_FILE, ()):
        yield Finding("same-file", facts={"name": name, **_some(sorted(numbers.split(",")))})


def of_the_clock(seen: Chain) -> Iterator[Finding]:
    """Events that were recorded before the one they follow, or with another today."""
    for seq in seen.backwards:
        yield Finding("clock-set-back", None, seq)
    if numbers := sorted(set(seen.rehearsed)):
        yield Finding("rehearsed", facts=_some(numbers))


def readable_by_others(ledger: Place) -> Iterator[Finding]:
    """The files of a ledger that others than its owner may read."""
    if isinstance(ledger, Server):
        return  # who may read it is for its owner to grant
    for path in (ledger, beside(ledger) / FOLDER):
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            mode = f"{stat.S_IMODE(path.stat().st_mode):04o}"
            yield Finding("readable-by-others", facts={"name": path.name, "mode": mode})


_UNVERIFIED = (
    "SELECT number FROM hazard WHERE imported = 1 AND state = 'closed' AND verified_by IS NULL"
    " ORDER BY id"
)
_RECTIFIERS = (
    "SELECT rectified_by, count(DISTINCT enterprise) AS enterprises FROM hazard"
    " WHERE rectified_by IS NOT NULL GROUP BY rectified_by HAVING count(DISTINCT enterprise) >= ?"
    " ORDER BY enterprises DESC, rectified_by"
)
_ERASED = (
    "SELECT number FROM hazard WHERE reporter IS NOT NULL"
    " AND reporter NOT IN (SELECT id FROM reporter) ORDER BY id"
)
_SAME_FILE = (
    "SELECT min(name), group_concat(DISTINCT number) FROM evidence JOIN hazard USING (id)"
    " GROUP BY sha256 HAVING count(DISTINCT id) > 1 ORDER BY min(id)"
)
_CLOSED = (
    "SELECT closed.subject, entered.at, closed.at FROM event AS closed JOIN event AS entered"
    " ON entered.subject = closed.subject AND entered.subject_seq = 1"
    " WHERE closed.kind = 'closed' ORDER BY closed.seq"
)


def _closed_soon(ask: Ask) -> list[str]:
    """The hazards that were signed off within minutes of being entered."""
    return [
        number
        for number, entered, closed in ask(_CLOSED, ())
        if datetime.fromisoformat(closed) - datetime.fromisoformat(entered) < SOON
    ]


def _numbers(ask: Ask, sql: str) -> list[str]:
    return [number for (number,) in ask(sql, ())]


def _some(numbers: list[str]) -> dict[str, object]:
    return {"count": len(numbers), "numbers": numbers}
