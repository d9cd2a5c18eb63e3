"""The kinds of the register: how records are numbered, and what each is made of."""

from __future__ import annotations

import pytest

from hazardctl.domain.register import (
    COUNTS,
    FLAGS,
    KINDS,
    LISTS,
    MONEY,
    Kind,
    kind_of,
    numbered,
    sequence_of,
)
from hazardctl.store.lookups import LEDGER, is_hazard

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


@every_kind
@pytest.mark.parametrize("prefix", ["YH", "LY2", "Y"])
@pytest.mark.parametrize("sequence", [1, 17, 99_999, 100_000, 9_999_999])
def test_the_number_of_a_record_tells_its_kind_and_its_place(
    kind: Kind, prefix: str, sequence: int
) -> None:
    number = numbered(kind, prefix, sequence)
    assert kind_of(number) is kind
    assert sequence_of(number) == sequence
    assert not is_hazard(number)


def test_numbers_are_those_of_the_register() -> None:
    numbers = [numbered(kind, "YH", 17) for kind in KINDS.values()]
    assert numbers == ["YH-QY-00017", "YH-ZX-00017", "YH-JC-00017", "YH-CF-00017", "YH-YS-00017"]


@pytest.mark.parametrize(
    "number",
    ["YH-2022-00017", "LY-2022-00017", "YH-XX-00017", "YH-QY-17", "QY-00017", "", "YH-QY-00017 "],
)
def test_the_number_of_anything_else_is_of_no_kind(number: str) -> None:
    assert kind_of(number) is None


def test_the_ledger_itself_is_no_hazard() -> None:
    assert not is_hazard(LEDGER)
    assert is_hazard("YH-2022-00017")


@every_kind
def test_a_kind_speaks_of_its_own_fields_alone(kind: Kind) -> None:
    told = {
        *(name for names in kind.needed for name in names),
        *kind.alike,
        *kind.codes,
        *kind.in_order,
        *kind.settled,
    }
    assert told <= set(kind.fields)
    assert kind.day is None or kind.day in kind.fields
    assert kind.fields[0] == "number"


def test_what_is_a_list_a_count_money_or_a_flag_is_so_by_its_default() -> None:
    for kind in KINDS.values():
        for name, default in kind.defaults.items():
            assert (name in LISTS) == (default == () and isinstance(default, tuple)), name
            assert (name in FLAGS) == isinstance(default, bool), name
            if isinstance(default, int) and not isinstance(default, bool):
                assert name in COUNTS or name in MONEY, name
                assert default >= COUNTS.get(name, 0)
