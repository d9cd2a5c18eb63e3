"""What is written through classes and what is read in plain SQL are the same tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table
from sqlmodel import SQLModel

from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.words import DueKind, Level, LookbackResult, Severity, Source, State
from hazardctl.store import served, tables
from hazardctl.store.cards import COLUMNS
from hazardctl.store.opening import reading
from hazardctl.store.rows import (
    FIELDS,
    canonical,
    closed_body,
    event_from,
    from_row,
    open_body,
    to_row,
)
from tests.builders import a_ledger
from tests.homes import Home

CLASSES: list[Table] = [
    made.__table__
    for made in vars(tables).values()
    if isinstance(made, type) and issubclass(made, SQLModel) and hasattr(made, "__table__")
]
KINDS = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "VARCHAR": "TEXT", "BLOB": "BLOB"}
# What there is of a ledger on a server alone; it is written and read by name.
ONLY_THERE = {"schema_version", "chain_head", "evidence_part"}
# As `PRAGMA table_info` tells it.
OF_SERVER = """SELECT attnum, attname,
 CASE format_type(atttypid, atttypmod)
  WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' END,
 attnotnull, NULL, EXISTS (SELECT 1 FROM pg_index
  WHERE indrelid = attrelid AND indisprimary AND attnum = ANY(indkey))
 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 ORDER BY attnum"""


@pytest.fixture(scope="module")
def schema(homes: Callable[[], Home]) -> dict[str, list[tuple[Any, ...]]]:
    """The columns of every table of a ledger, as the database has them."""
    with reading(a_ledger(homes())) as book:
        if book.engine == "sqlite":
            tables = book.ask("SELECT name FROM sqlite_schema WHERE type = 'table'")
            return {name: book.ask(f"PRAGMA table_info({name})") for (name,) in tables}
        return {
            name: book.ask(OF_SERVER, (name,)) for name in served.tables() if name not in ONLY_THERE
        }


def test_both_sides_know_the_same_tables(schema: dict[str, list[tuple[Any, ...]]]) -> None:
    assert {table.name for table in CLASSES} == set(schema)


@pytest.mark.parametrize("table", CLASSES, ids=lambda table: str(table.name))
def test_both_sides_know_the_same_columns(
    table: Table, schema: dict[str, list[tuple[Any, ...]]]
) -> None:
    made = {
        name: (kind, bool(needed or key), bool(key))
        for _place, name, kind, needed, _default, key in schema[table.name]
    }
    declared = {
        column.name: (
            KINDS[str(column.type)],
            not column.nullable or column.primary_key,
            column.primary_key,
        )
        for column in table.columns
    }
    assert declared == made


def test_a_record_has_a_column_for_every_field_of_a_hazard(
    schema: dict[str, list[tuple[Any, ...]]],
) -> None:
    names = {table: [column[1] for column in columns] for table, columns in schema.items()}
    assert tuple(one.name for one in fields(Hazard)) == FIELDS
    assert set(names["hazard"]) == {*FIELDS, "id", "likeness"}
    assert set(names["past"]) == {*FIELDS, "id", "stretch", "until_on"}
    assert set(COLUMNS) <= set(FIELDS)


@pytest.mark.only_on("postgresql", "the collation and the triggers of a server")
def test_every_text_orders_alike_and_the_event_table_is_guarded_for_replicas_too(
    home: Home,
) -> None:
    with reading(a_ledger(home)) as book:
        texts = book.ask(
            "SELECT DISTINCT collname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid"
            " JOIN pg_collation ON attcollation = pg_collation.oid"
            " WHERE relnamespace = 'public'::regnamespace AND atttypid = 'text'::regtype"
        )
        triggers = book.ask(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
            " AND tgrelid = 'event'::regclass ORDER BY tgname"
        )
    assert texts == [("C",)]
    assert [name for (name,) in triggers] == [
        "event_extends_the_chain",
        "event_is_not_changed",
        "event_is_not_emptied",
        "event_is_not_removed",
    ]


@pytest.mark.only_on("sqlite", "STRICT is a word of SQLite's")
def test_every_table_is_strict_and_the_event_table_is_guarded(home: Home) -> None:
    with reading(a_ledger(home)) as book:
        made = book.ask("SELECT sql FROM sqlite_schema WHERE type = 'table'")
        triggers = book.ask("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    assert all(sql.endswith("STRICT") for (sql,) in made)
    assert [name for (name,) in triggers] == [
        "event_extends_the_chain",
        "event_is_not_changed",
        "event_is_not_removed",
    ]


# rows and bytes

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1
)
LINES = TEXTS.filter(lambda text: "\n" not in text)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "number": st.integers(1, 9_999_999).map(lambda place: f"YH-2022-{place:05}"),
    "severity": st.sampled_from(Severity),
    "state": st.sampled_from(State),
    "source": st.none() | st.sampled_from(Source),
    "due_kind": st.none() | st.sampled_from(DueKind),
    "lookback_result": st.none() | st.sampled_from(LookbackResult),
    "campaigns": st.lists(LINES).map(tuple),
    "verified_by": st.lists(LINES).map(tuple),
    "imported": st.booleans(),
    "was_submitted": st.booleans(),
    "cycle": st.integers(1, 99),
    "extensions": st.integers(0, 99),
    "percent": st.none() | st.integers(0, 100),
    "listing": st.none() | st.sampled_from(Level),
    "funds_fen": st.none() | st.integers(0, 10**15),
    "found_on": st.dates(),
    "industry": TEXTS,
    "enterprise": TEXTS,
    "description": TEXTS,
}


def values(names: Iterator[str]) -> dict[str, st.SearchStrategy[Any]]:
    """What each field of a hazard may hold."""
    days = st.none() | st.dates()
    return {
        name: VALUES.get(name, days if name.endswith("_on") else st.none() | TEXTS)
        for name in names
    }


HAZARDS = st.builds(Hazard, **values(iter(FIELDS)))
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(["assigned", "edited", "graded"]),
    on=st.dates(),
    by=TEXTS,
    changes=st.fixed_dictionaries({}, optional=values(iter(FIELDS))),
    facts=st.dictionaries(
        st.sampled_from(["reason", "note", "doc_no"]),
        TEXTS | st.integers(0, 2**53 - 1) | st.lists(TEXTS) | st.booleans(),
    ),
)


@settings(max_examples=60, deadline=None)
@given(hazard=HAZARDS)
def test_a_hazard_comes_back_from_its_row(hazard: Hazard) -> None:
    row = to_row(hazard)
    assert from_row(row) == hazard
    assert all(type(value) in (str, int, bool, type(None)) for value in row.values())


@settings(max_examples=60, deadline=None)
@given(event=EVENTS)
def test_an_event_comes_back_from_its_body(event: Event) -> None:
    body = closed_body(open_body(event), {})
    back = event_from(kind=event.kind, actor=event.by, body=body)
    assert back == event
    assert closed_body(open_body(back), {}) == body


@pytest.mark.parametrize("facts", [{}, {"reason": "r"}])
def test_what_a_transaction_adds_keeps_a_body_canonical(facts: dict[str, object]) -> None:
    opened = open_body(Event("edited", on=date(2022, 10, 1), by="甲", facts=facts))
    extra = {"today": date(2022, 10, 2), "recorded_by": "乙", "request": {"id": "1"}}
    body = closed_body(opened, extra)
    assert canonical(json.loads(body)) == body
    assert json.loads(body)["today"] == "2022-10-02"


def test_a_body_has_one_text() -> None:
    body: dict[str, object] = {"b": (1, True), "a": date(2022, 10, 1), "c": None, "d": State.VOID}
    assert canonical(body) == '{"a":"2022-10-01","b":[1,true],"c":null,"d":"void"}'
    assert canonical(dict(reversed(body.items()))) == canonical(body)
    for odd in (b"x", {1}, 1j):
        with pytest.raises(TypeError):
            canonical({"a": odd})
