"""What names mean by the register: an enterprise by any of its names, a campaign with its parts."""

from __future__ import annotations

from typing import Any

import pytest

from hazardctl.domain.asking import Asked
from hazardctl.domain.filter import Filter
from hazardctl.domain.refusals import PartOfItself
from hazardctl.domain.register import CAMPAIGN, ENTERPRISE, INSPECTION, PENALTY
from hazardctl.ledger import reading, registering
from hazardctl.store.place import Place
from tests.builders import TODAY, a_ledger, added
from tests.homes import Home
from tests.records import edited, entered


@pytest.fixture
def path(home: Home) -> Place:
    """Three hazards of one enterprise under three names, and one of another.

    百日行动 has two parts, one of which has a part of its own.
    """
    ledger = a_ledger(home)
    entered(ledger, ENTERPRISE, {"name": "新厂", "aliases": ("老厂", "一 厂")})
    entered(ledger, CAMPAIGN, {"name": "百日行动"})
    entered(ledger, CAMPAIGN, {"name": "第一轮", "parent": "百 日行动"})
    entered(ledger, CAMPAIGN, {"name": "第一轮督导", "parent": "第一轮"})
    entered(ledger, CAMPAIGN, {"name": "第二轮", "parent": "百日行动"})
    entered(ledger, CAMPAIGN, {"name": "消防专项"})
    for enterprise, campaigns in (
        ("新厂", ("百日行动",)),
        ("老 厂", ("第一轮",)),
        ("一厂", ("第一轮督导", "消防专项")),
        ("另厂", ("消防专项",)),
    ):
        added(ledger, what={"enterprise": enterprise, "campaigns": campaigns})
    return ledger


def found(path: Place, **wanted: Any) -> list[int]:
    """The sequences of the hazards that a filter finds."""
    listed = reading.listing(path, Filter(**wanted), TODAY)
    return [int(one["number"][-5:]) for one in listed]


@pytest.mark.parametrize("name", ["新厂", "老厂", "一厂", " 新 厂"])
def test_an_enterprise_is_meant_by_any_of_its_names(path: Place, name: str) -> None:
    assert found(path, enterprise=(name,)) == [1, 2, 3]


def test_others_are_meant_by_their_own(path: Place) -> None:
    assert found(path, enterprise=("另厂",)) == [4]
    assert found(path, enterprise=("另厂", "老厂")) == [1, 2, 3, 4]
    assert found(path, enterprise=("没有",)) == []


def test_a_name_that_was_taken_away_means_what_still_bears_it(path: Place) -> None:
    edited(path, ENTERPRISE, "新厂", {"aliases": ()})
    edited(path, ENTERPRISE, "新厂", {"aliases": ("老厂",)})
    assert found(path, enterprise=("新厂",)) == [1, 2]
    assert found(path, enterprise=("一厂",)) == [3]


@pytest.mark.parametrize(
    ("name", "hazards"),
    [
        ("百日行动", [1, 2, 3]),
        ("第一轮", [2, 3]),
        ("第一轮督导", [3]),
        ("第二轮", []),
        ("消防 专项", [3, 4]),
        ("没有", []),
    ],
)
def test_a_campaign_includes_its_parts_and_theirs(
    path: Place, name: str, hazards: list[int]
) -> None:
    assert found(path, campaign=(name,)) == hazards


def test_a_campaign_is_no_part_of_its_own_parts(path: Place) -> None:
    for parent in ("第一轮督导", "第二轮", "百日 行动"):
        with pytest.raises(PartOfItself):
            edited(path, CAMPAIGN, "百日行动", {"parent": parent})


def test_a_campaign_that_nobody_registered_may_have_parts(path: Place) -> None:
    edited(path, CAMPAIGN, "消防专项", {"parent": "大检查"})
    assert found(path, campaign=("大检查",)) == [3, 4]


def test_the_register_is_asked_by_the_same_names(path: Place) -> None:
    entered(path, INSPECTION, {"enterprise": "老厂", "campaigns": ("第一轮",)})
    entered(path, PENALTY, {"enterprise": "新厂", "campaigns": ("消防专项",)})
    for kind, name, campaign in ((INSPECTION, "一厂", "百日行动"), (PENALTY, "老厂", "消防专项")):
        for values in ({"enterprise": (name,)}, {"campaigns": (campaign,)}):
            assert len(registering.listing(path, kind, Asked(values=values))) == 1, values
        assert not registering.listing(path, kind, Asked(values={"campaigns": ("第二轮",)}))


def test_what_is_known_of_an_enterprise_or_a_campaign_is_told_of_all_its_names_and_parts(
    path: Place,
) -> None:
    entered(path, INSPECTION, {"enterprise": "老厂", "visits": 3, "campaigns": ("第一轮",)})
    entered(path, PENALTY, {"enterprise": "一厂", "amount_fen": 500, "campaigns": ("第二轮",)})
    known = {"hazards": 3, "open": 3, "visits": 3, "penalties": 1, "fines_fen": 500}
    for kind, name in ((ENTERPRISE, "新厂"), (CAMPAIGN, "百日行动")):
        told = registering.one(path, kind, name)
        assert {name: told[name] for name in known} == known, name
        assert told["referrals"] == 0
