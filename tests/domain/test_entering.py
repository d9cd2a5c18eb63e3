"""What may be entered in the register, and corrected: each rule, and what it says no with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from hazardctl.cli.taxonomy import ceiling as told
from hazardctl.domain.entering import ENTERED, apply, born, correct, enter, names_of, option, yuan
from hazardctl.domain.hazard import Event
from hazardctl.domain.lifecycle import CORRECTION
from hazardctl.domain.refusals import (
    AmountQuestioned,
    DaysInDisorder,
    FutureDay,
    NoFine,
    TooMuchOnTheSpot,
)
from hazardctl.domain.register import (
    AHEAD,
    CAMPAIGN,
    ENTERPRISE,
    INSPECTION,
    KINDS,
    PENALTY,
    REFERRAL,
    Kind,
    Record,
)
from hazardctl.errors import MissingOptions, NothingCorrected
from tests.builders import FOUND, TODAY, day, stamp

ceiling = told()
TOMORROW = TODAY.replace(year=2023, month=1, day=1)
# The least that a record of each kind must say.
LEAST: Mapping[str, dict[str, Any]] = {
    "enterprise": {"name": "某厂"},
    "campaign": {"name": "百日行动"},
    "inspection": {"inspected_on": FOUND, "enterprise": "某厂"},
    "penalty": {
        "enterprise": "某厂",
        "kinds": ("fine",),
        "amount_fen": 100_00,
        "decided_on": FOUND,
    },
    "referral": {"reported_on": FOUND, "enterprise": "某厂"},
}
# What may stand in place of each.
INSTEAD: Mapping[str, dict[str, tuple[str, Any]]] = {
    "inspection": {"enterprise": ("site", "某工地")},
    "penalty": {"enterprise": ("person", "张三"), "decided_on": ("filed_on", FOUND)},
    "referral": {"enterprise": ("hazard", "YH-2022-00001")},
}


def named(one: object) -> str:
    """How a kind, or a field, is called in the name of a test."""
    return one.name if isinstance(one, Kind) else str(one)


every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=named)
days = [
    (kind, name)
    for kind in KINDS.values()
    for name in kind.fields
    if name.endswith("_on") and name not in kind.settled
]


def entered(kind: Kind, **given: Any) -> Event:
    """The event of a record that says the least, and this."""
    return enter(kind, stamp(), {**LEAST[kind.name], **given}, ceiling=ceiling)


def made(kind: Kind, **given: Any) -> Record:
    """The record that says the least, and this."""
    return born(kind, f"YH-{kind.letters}-00001", entered(kind, **given))


def corrected(kind: Kind, record: Record, **corrections: Any) -> list[Event]:
    return correct(kind, record, stamp(), corrections=corrections, ceiling=ceiling)


def fined(amount: int, **given: Any) -> Event:
    """A fine of so many yuan."""
    return entered(PENALTY, amount_fen=amount * 100, **given)


# What must be said.


@every_kind
def test_the_least_is_enough_and_the_event_says_just_that(kind: Kind) -> None:
    event = entered(kind)
    assert (event.kind, event.on, event.by) == (ENTERED, FOUND, "赵六")
    assert event.changes == LEAST[kind.name]
    record = born(kind, "X", event)
    assert {name: getattr(record, name) for name in kind.fields} == {
        "number": "X",
        **kind.defaults,
        **LEAST[kind.name],
    }


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [(KINDS[name], one) for name, least in LEAST.items() for one in least],
    ids=named,
)
def test_what_is_needed_is_named_as_it_is_typed(kind: Kind, left_out: str) -> None:
    for nothing in (None, "", ()):
        with pytest.raises(MissingOptions) as refused:
            entered(kind, **{left_out: nothing})
        assert refused.value.facts == {"options": [option(left_out)]}
    if left_out in INSTEAD.get(kind.name, {}):
        name, value = INSTEAD[kind.name][left_out]
        assert entered(kind, **{left_out: None, name: value}).changes[name] == value


@every_kind
def test_all_that_is_missing_is_told_at_once(kind: Kind) -> None:
    with pytest.raises(MissingOptions) as refused:
        enter(kind, stamp(), {})
    assert refused.value.facts == {"options": [option(names[0]) for names in kind.needed]}


def test_what_is_empty_is_not_told() -> None:
    event = entered(ENTERPRISE, district="", phone=None, aliases=())
    assert event.changes == {"name": "某厂"}
    told = enter(ENTERPRISE, stamp(), {"name": "某厂"}, facts={"named_in": "x", "row": None})
    assert told.facts == {"named_in": "x"}


# Days.


@pytest.mark.parametrize(("kind", "name"), days, ids=named)
def test_a_day_after_today_is_refused_unless_it_may_lie_ahead(kind: Kind, name: str) -> None:
    given = {name: TOMORROW}
    if name in AHEAD:
        assert entered(kind, **given).changes[name] == TOMORROW
        return
    with pytest.raises(FutureDay) as refused:
        entered(kind, **given)
    assert refused.value.facts == {"number": None, "what": name, "on": TOMORROW, "today": TODAY}
    if kind is REFERRAL and name != "reported_on":
        return  # the day of a step follows that of another
    later = {"decided_on": TODAY} if kind is PENALTY else {}  # what follows on it is not before it
    assert entered(kind, **{**later, name: TODAY}).changes[name] == TODAY
    with pytest.raises(FutureDay) as refused:
        corrected(kind, made(kind), **given)
    assert refused.value.facts["number"] == f"YH-{kind.letters}-00001"


def test_nothing_is_entered_on_a_day_to_come() -> None:
    with pytest.raises(FutureDay):
        enter(ENTERPRISE, stamp(on=TOMORROW), LEAST["enterprise"])


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (ENTERPRISE, "registered_on", "retired_on"),
        (CAMPAIGN, "starts_on", "ends_on"),
        (PENALTY, "filed_on", "notice_on"),
        (PENALTY, "notice_on", "decided_on"),
        (PENALTY, "filed_on", "decided_on"),
        (PENALTY, "decided_on", "paid_on"),
        (PENALTY, "filed_on", "paid_on"),
    ],
    ids=named,
)
def test_a_day_before_the_one_it_follows_is_refused(kind: Kind, first: str, second: str) -> None:
    given: dict[str, Any] = {first: day(5), second: day(4)}
    if kind is PENALTY:  # the day that it needs is of these, or before them
        given = {"decided_on": None, "filed_on": day(1), **given}
    with pytest.raises(DaysInDisorder) as refused:
        entered(kind, **given)
    assert refused.value.facts == {
        "number": None,
        "what": second,
        "on": day(4),
        "after": first,
        "after_on": day(5),
    }
    assert entered(kind, **{**given, second: day(5)}).changes[second] == day(5)
    record = made(kind, **{**given, second: day(6)})
    with pytest.raises(DaysInDisorder):
        corrected(kind, record, **{second: day(4)})


def test_a_campaign_that_ends_before_it_starts_is_refused_and_one_of_a_day_is_not() -> None:
    with pytest.raises(DaysInDisorder):
        entered(CAMPAIGN, starts_on=day(1), ends_on=day(0))
    assert entered(CAMPAIGN, starts_on=day(1), ends_on=day(1))


# Fines.


@pytest.mark.parametrize("kinds", [("warning",), ("criticism", "suspension"), ("detention",)])
def test_an_amount_needs_a_fine_or_a_confiscation(kinds: tuple[str, ...]) -> None:
    with pytest.raises(NoFine) as refused:
        fined(5000, kinds=kinds)
    assert refused.value.facts == {"number": None, "amount": "5000", "kinds": list(kinds)}
    assert fined(0, kinds=kinds)
    assert fined(5000, kinds=(*kinds, "fine"))
    assert fined(5000, kinds=("confiscation", *kinds))


@pytest.mark.parametrize(
    ("who", "most"), [({"enterprise": "某厂"}, 3000), ({"enterprise": None, "person": "张三"}, 200)]
)
def test_on_the_spot_an_organisation_and_a_citizen_are_fined_up_to_their_limits(
    who: dict[str, Any], most: int
) -> None:
    assert fined(most, on_spot=True, **who)
    assert fined(most + 1, **who)
    with pytest.raises(TooMuchOnTheSpot) as refused:
        entered(PENALTY, amount_fen=most * 100 + 1, on_spot=True, **who)
    assert refused.value.facts == {"number": None, "amount": f"{most}.01", "most": str(most)}


def test_a_fine_above_the_legal_range_is_questioned_unless_it_is_confirmed() -> None:
    basis = {"legal_basis": "安全生产法第九十九条"}
    assert fined(200_000, **basis)
    with pytest.raises(AmountQuestioned) as refused:
        fined(200_001, **basis)
    assert refused.value.facts == {
        "number": None,
        "amount": "200001",
        "most": "200000",
        "source": "安全生产法 第九十九条",
    }
    confirmed = {**LEAST["penalty"], **basis, "amount_fen": 200_001_00}
    assert enter(PENALTY, stamp(), confirmed, ceiling=None)


def test_yuan_taken_for_wan_are_questioned_by_the_day_of_the_case_if_none_was_decided() -> None:
    with pytest.raises(AmountQuestioned):
        fined(5000 * 10_000, decided_on=None, filed_on=FOUND)


# Corrections.


def test_a_correction_tells_the_old_values_beside_the_new() -> None:
    record = made(ENTERPRISE, district="永安镇", phone="1")
    (event,) = corrected(ENTERPRISE, record, district="沿溪镇", phone="1", principal="张三")
    assert (event.kind, event.by) == (CORRECTION, "赵六")
    assert event.changes == {"district": "沿溪镇", "principal": "张三"}
    assert event.facts == {"was": {"district": "永安镇", "principal": None}}
    assert apply(record, event) == made(ENTERPRISE, district="沿溪镇", phone="1", principal="张三")


def test_a_correction_that_changes_nothing_is_no_event() -> None:
    record = made(ENTERPRISE, district="永安镇")
    assert corrected(ENTERPRISE, record, district="永安镇", name="某厂") == []


def test_a_correction_that_names_nothing_is_refused() -> None:
    with pytest.raises(NothingCorrected) as refused:
        corrected(ENTERPRISE, made(ENTERPRISE))
    assert refused.value.facts == {"number": "YH-QY-00001"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(KINDS[kind], name) for kind, least in LEAST.items() for name in least],
    ids=named,
)
def test_what_must_be_said_is_not_taken_away(kind: Kind, name: str) -> None:
    nothing = () if name == "kinds" else None
    with pytest.raises(MissingOptions):
        corrected(kind, made(kind), **{name: nothing})


def test_a_fine_that_was_confirmed_is_not_questioned_again_by_another_correction() -> None:
    given = {**LEAST["penalty"], "amount_fen": 5000_0000_00}
    record = born(PENALTY, "YH-CF-00001", enter(PENALTY, stamp(), given))
    assert corrected(PENALTY, record, remark="见案卷")
    with pytest.raises(AmountQuestioned) as refused:
        corrected(PENALTY, record, legal_basis="安全生产法第99条")
    assert refused.value.facts["number"] == "YH-CF-00001"


def test_the_rules_of_a_fine_hold_for_corrections_as_well() -> None:
    record = made(PENALTY, amount_fen=5000_00)
    with pytest.raises(NoFine):
        corrected(PENALTY, record, kinds=("warning",))
    with pytest.raises(TooMuchOnTheSpot):
        corrected(PENALTY, record, on_spot=True)
    with pytest.raises(AmountQuestioned):
        corrected(PENALTY, record, amount_fen=5000_0000_00)


# Names.


def test_an_enterprise_is_found_by_its_name_and_its_aliases_each_once() -> None:
    told = {"name": "某 厂", "aliases": ("老某厂", "某厂", "Ａ厂")}
    assert names_of(ENTERPRISE, told) == ["某厂", "老某厂", "a厂"]
    assert names_of(CAMPAIGN, {"name": "百日行动"}) == ["百日行动"]
    for kind in (INSPECTION, PENALTY, REFERRAL):
        assert names_of(kind, LEAST[kind.name]) == []


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0"), (5, "0.05"), (100, "1"), (123_45, "123.45"), (5000_0000, "500000")]
)
def test_an_amount_is_told_in_yuan_exactly(fen: int, text: str) -> None:
    assert yuan(fen) == text
