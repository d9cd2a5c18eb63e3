"""A record of the register is the same as an event, as a row, and as it comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.domain.entering import apply
from hazardctl.domain.hazard import Event
from hazardctl.domain.register import (
    CAMPAIGN,
    COUNTS,
    ENTERPRISE,
    FLAGS,
    KINDS,
    LISTS,
    MONEY,
    PENALTY,
    Kind,
    Record,
)
from hazardctl.store import registered
from hazardctl.store.opening import reading
from hazardctl.store.rows import closed_body, open_body
from tests.builders import FOUND, a_ledger
from tests.homes import Home

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1
)
LINES = TEXTS.filter(lambda text: "\n" not in text)
KIND = st.sampled_from(list(KINDS.values()))


def values(kind: Kind, name: str) -> st.SearchStrategy[Any]:
    """What a field of a record may hold."""
    if name == "number":
        return st.integers(1, 9_999_999).map(lambda place: f"YH-{kind.letters}-{place:05}")
    if name in LISTS:
        of: type[StrEnum] | None = kind.codes.get(name)
        return st.lists(st.sampled_from(of) if of else LINES).map(tuple)
    if name in FLAGS:
        return st.booleans()
    if name in MONEY:
        return st.integers(0, 10**15)
    is_needed = kind.defaults.get(name, 0) is not None
    if name in COUNTS:
        some: st.SearchStrategy[Any] = st.integers(COUNTS[name], 10**6)
    elif name.endswith("_on"):
        some = st.dates()
    else:
        some = st.sampled_from(kind.codes[name]) if name in kind.codes else TEXTS
    return some if is_needed else st.none() | some


def records(kind: Kind) -> st.SearchStrategy[Record]:
    return st.builds(kind.record, **{name: values(kind, name) for name in kind.fields})


ANY = KIND.flatmap(lambda kind: st.tuples(st.just(kind), records(kind)))


@settings(max_examples=120, deadline=None)
@given(ANY)
def test_a_record_comes_back_from_its_row(told: tuple[Kind, Record]) -> None:
    kind, record = told
    row = registered.to_row(kind, record)
    assert registered.from_row(kind, row) == record
    assert all(isinstance(value, str | int | bytes | None) for value in row.values())


@settings(max_examples=120, deadline=None)
@given(ANY)
def test_a_record_comes_back_from_its_events(told: tuple[Kind, Record]) -> None:
    kind, record = told
    said = {name: getattr(record, name) for name in kind.fields if name != "number"}
    names = list(said)
    parts = [dict(list(said.items())[:1]), *({name: said[name]} for name in names[1:])]
    least = {name: said[name] for name in names if name not in kind.defaults}
    written = [
        ("edited", closed_body(open_body(Event("edited", on=FOUND, by="甲", changes=part)), {}))
        for part in [least, *parts]
    ]
    events = [
        registered.event_from(kind, what=what, actor="甲", body=body) for what, body in written
    ]
    assert registered.folded(kind, record.number, events) == record
    assert [closed_body(open_body(event), {}) for event in events] == [body for _, body in written]


@settings(max_examples=80, deadline=None)
@given(ANY)
def test_a_record_is_printed_with_every_key_and_without_loss(told: tuple[Kind, Record]) -> None:
    kind, record = told
    shown = json.loads(json.dumps(registered.shown(kind, registered.to_row(kind, record))))
    assert tuple(shown) == kind.fields
    for name in kind.fields:
        value = getattr(record, name)
        if name in LISTS:
            assert shown[name] == [str(one) for one in value]
        else:
            assert str(shown[name]) == str(value), name
        assert isinstance(shown[name], bool) == (name in FLAGS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_table_has_a_column_for_every_field_and_no_other(kind: Kind, home: Home) -> None:
    with reading(a_ledger(home)) as book:
        columns = book.columns(kind.name)
    more = ["likeness"] if registered.has_likeness(kind) else []
    assert sorted(columns) == sorted(["id", *kind.fields, *more])


def likeness(kind: Kind, record: Record) -> bytes:
    return registered.likeness(kind, registered.to_row(kind, record))


ALIKE: Mapping[str, Any] = {
    "inspection": {"inspected_on": FOUND, "enterprise": "某厂", "team": "第一组"},
    "penalty": {"enterprise": "某厂", "decided_on": FOUND, "kinds": ("fine",), "amount_fen": 1},
    "referral": {"reported_on": FOUND, "enterprise": "某厂", "penalty": "YH-CF-00001"},
}


@pytest.mark.parametrize("name", ALIKE)
def test_records_are_alike_by_what_says_which_one_it_is(name: str) -> None:
    kind = KINDS[name]
    one: Any = kind.record(number="X-00001", **ALIKE[name])
    other: Any = kind.record(number="X-00002", **ALIKE[name])
    assert likeness(kind, one) == likeness(kind, replace(other, enterprise=" 某 厂", remark="x"))
    for field in kind.alike:
        odd = {"enterprise": "另厂", "amount_fen": 2, "kinds": ("fine", "warning")}
        value = odd.get(field, FOUND.replace(year=2021) if field.endswith("_on") else "另")
        changed = replace(one, **{field: (value,) if field == "campaigns" else value})
        assert likeness(kind, one) != likeness(kind, changed), field
    assert not registered.has_likeness(ENTERPRISE)
    assert not registered.has_likeness(CAMPAIGN)


def test_a_field_that_is_empty_is_not_the_next_one() -> None:
    """One thing said in two fields is not the same as the other way round."""
    one: Any = PENALTY.record(number="X-00001", decision_no="1号")
    other: Any = PENALTY.record(number="X-00001", case_no="1号")
    assert likeness(PENALTY, one) != likeness(PENALTY, other)


@settings(max_examples=60, deadline=None)
@given(KIND.flatmap(lambda kind: st.tuples(st.just(kind), records(kind), records(kind))))
def test_events_in_any_number_lead_to_the_last_record(told: tuple[Kind, Record, Record]) -> None:
    kind, one, other = told
    changes = {name: getattr(other, name) for name in kind.fields if name != "number"}
    event = Event("edited", on=FOUND, by="甲", changes=changes)
    assert apply(one, event) == replace(other, number=one.number)
