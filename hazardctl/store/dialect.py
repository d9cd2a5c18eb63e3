"""How PostgreSQL says what stands written once, in the form that SQLite takes."""

from __future__ import annotations

import re
from functools import lru_cache

_ONE = r"(\w+|coalesce\([\w, ]+\))"  # a column, or the first of several that has a value
_SAID = {
    r"'(?:[^']|'')*'|%+": r"\g<0>",  # as it stands
    r"\?": "%s",
    # Blind to case for ASCII, as `ILIKE` is in the collation of our columns.
    r"\bLIKE\b": "ILIKE",
    r"\bIN \(\)": "IN (NULL)",
    r"\+(\w+_on|state)\b": r"\1",  # SQLite's way of keeping an index out of it
    r"\bCAST\((\w+) AS BLOB\)": r"convert_to(CAST(\1 AS TEXT), 'UTF8')",
    rf"\bgroup_concat\({_ONE}, char\((\d+)\)\)": r"string_agg(\1, chr(\2))",
    r"\bgroup_concat\(DISTINCT (\w+)\)": r"string_agg(DISTINCT \1, ',')",
    rf"\bjson_group_array\(DISTINCT {_ONE}\)": r"coalesce(json_agg(DISTINCT \1)::text, '[]')",
    r"\bjson_group_object\((\w+), (\w+)\)": r"coalesce(json_object_agg(\1, \2)::text, '{}')",
    r"\bjson_extract\((\w+), '\$\.(\w+)'\)": r"(CAST(\1 AS JSON) ->> '\2')",
    r"\bjson_extract\((\w+), '\$\.(\w+)\.(\w+)'\)": r"(CAST(\1 AS JSON) -> '\2' ->> '\3')",
    r"\bdate\((\w+), (\w+)\)": (r"to_char(CAST(\1 AS DATE) + CAST(\2 AS INTERVAL), 'YYYY-MM-DD')"),
    r"\binstr\(": "strpos(",
    r"\bchar\(": "chr(",
}
_PATTERNS = {re.compile(pattern): said for pattern, said in _SAID.items()}
_DIFFERS = re.compile("|".join(f"(?:{pattern})" for pattern in _SAID))


@lru_cache(512)
def question(sql: str) -> str:
    """A question or a change: marks for values, and the few words that differ."""
    return _DIFFERS.sub(_said, sql)


def _said(found: re.Match[str]) -> str:
    """What is said for what was found; a `%` of ours is doubled, for the driver reads them."""
    here = found[0].replace("%", "%%")
    pattern = next(pattern for pattern in _PATTERNS if pattern.fullmatch(here))
    return pattern.sub(_PATTERNS[pattern], here)


_WORDS = {
    r"\bINTEGER\b": "BIGINT",
    r"\bTEXT\b": 'TEXT COLLATE "C"',  # both order alike
    r"\bBLOB\b": "BYTEA",
    r"\) STRICT$": ")",
}


def made(statement: str) -> str:
    """A statement that makes a table or an index."""
    for was, said in _WORDS.items():
        statement = re.sub(was, said, statement)
    return statement
