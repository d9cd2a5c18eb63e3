"""Which hazards are plainly what their one event says: told in SQL, many at a time.

Most hazards of a large ledger came in by an import and never changed. For these the database
compares every column with the event itself. What does not compare at once is no fault yet: it is
left to the replay, and the replay judges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hazardctl.domain import plaincsv
from hazardctl.store.cards import LASTING, LISTS, NUMBERED, SEQUENCES
from hazardctl.store.conditions import Ask
from hazardctl.store.rows import BLANK, FIELDS, likeness


def _literal(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _has(name: str) -> str:
    """A column as it stands in JSON: several values as a list, unless one has to be escaped.

    Such a column stands there as the text that it is: so no event has it.
    """
    if name not in LISTS:
        return f"hazard.{name}"
    several = f"""json('["' || replace(hazard.{name}, char(10), '","') || '"]')"""
    is_plain = f"replace(hazard.{name}, char(10), '') NOT GLOB '*[\x01-\x1f\"\\]*'"
    return f"CASE WHEN {is_plain} THEN {several} ELSE hazard.{name} END"


def _as_told(name: str) -> str:
    """That a column is what the event says, or else what a hazard begins with."""
    begun = BLANK[name]
    otherwise = _literal(begun) if isinstance(begun, str) else str(begun)
    return f"hazard.{name} IS ifnull(json_extract(event.body, '$.changes.{name}'), {otherwise})"


def _in_json(name: str) -> str:
    return "json('false')" if name == "reopened" else _has(name)  # in its first cycle it is not


def _in_csv(name: str) -> str:
    if name == "reopened":
        return "'false'"
    return f"replace(hazard.{name}, char(10), '、')" if name in LISTS else f"hazard.{name}"


_COMMON = [name for name in FIELDS if BLANK.get(name) is None and name != "number"]
_PATHS = ", ".join(f"'$.changes.{name}'" for name in _COMMON)
_TOLD = f"json_extract(event.body, {_PATHS})"  # an array: compared as one text
_HELD = f"json_array({', '.join(_has(name) for name in _COMMON)})"
_COLUMNS = " AND ".join(_as_told(name) for name in FIELDS if BLANK.get(name) is not None)
_JSON = ", ".join(f"{_literal(name)}, {_in_json(name)}" for name in LASTING)
# `printf` writes NULL as nothing, and in one go: what `||` puts together is copied each time.
_CSV = f"printf('{','.join(['%s'] * len(LASTING))}', {', '.join(map(_in_csv, LASTING))})"
_COMMAS = len(LASTING) - 1

_PLAIN = f"""SELECT hazard.id FROM hazard
 JOIN event ON event.subject = hazard.number AND event.subject_seq = 1
 JOIN card ON card.id = hazard.id JOIN line ON line.id = hazard.id
 WHERE hazard.id >= ? AND hazard.id < ?
 AND hazard.number =
  ? || printf('{NUMBERED}', hazard.id / {SEQUENCES}, hazard.id % {SEQUENCES})
 AND NOT EXISTS (SELECT 1 FROM event AS more
  WHERE more.subject = hazard.number AND more.subject_seq <> 1)
 AND NOT EXISTS (SELECT 1 FROM past WHERE past.id = hazard.id)
 AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.id = hazard.id)
 AND NOT EXISTS (SELECT 1 FROM lookback WHERE lookback.id = hazard.id)
 AND hazard.lookback_result IS NULL
 AND json_extract(event.body, '$.facts.evidence') IS NULL AND hazard.cycle = 1
 AND {_TOLD} = {_HELD} AND {_COLUMNS}
 AND card.body || '}}' = json_object({_JSON}) AND line.body = {_CSV}
 AND is_plain(line.body, hazard.likeness, hazard.enterprise, hazard.description, hazard.location,
  hazard.found_on)"""


def is_plain(line: str, mark: bytes, *told: str) -> bool:
    """Whether nothing in the texts of a hazard had to be escaped, quoted or guarded.

    Only then are they plainly its columns put together. All that is in its JSON is in its CSV too.
    The likeness of what is told is looked at on the way: every call from SQL has its price.
    """
    if "\\" in line or not plaincsv.is_plain(line, commas=_COMMAS):
        return False
    return mark == likeness(*told)


FUNCTIONS: dict[str, Callable[..., bool]] = {"is_plain": is_plain}


def unsifted(ask: Ask, *, prefix: str, first: int, before: int) -> Sequence[int]:
    """The ids from `first` on and before `before` that are left to the replay, in their order."""
    sql = f"SELECT id FROM hazard WHERE id >= ? AND id < ? EXCEPT {_PLAIN} ORDER BY 1"
    return [ident for (ident,) in ask(sql, (first, before, first, before, prefix))]
