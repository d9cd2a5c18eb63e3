"""Who is drawn for a look-back: so many of each group, the same ones of the same seed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.drawing import Closed, Group, draw, read_share
from hazardctl.domain.names import sameness
from hazardctl.domain.refusals import NotAShare

PLACES = ["永安镇", "沿溪镇", "沿 溪镇", None]


def closed(count: int, seed: int = 0) -> list[Closed]:
    """Closed hazards, each in some place."""
    places = Random(seed)
    return [(f"YH-2022-{place:05d}", places.choice(PLACES)) for place in range(1, count + 1)]


def drawn(
    hazards: list[Closed], text: str, *, seed: int = 7, by: str | None = "district"
) -> list[Group]:
    """The groups of a draw."""
    return draw(hazards, by=by, share=read_share(text), seed=seed, taxonomy=taxonomy())


def numbers(groups: list[Group]) -> set[str]:
    """All that were drawn."""
    return {number for group in groups for number in group.drawn}


@pytest.mark.parametrize(
    ("text", "population", "expected"),
    [
        *(("10%", 0, 0), ("10%", 1, 1), ("10%", 10, 1), ("10%", 11, 2), ("10%", 505, 51)),
        *(("100%", 7, 7), ("2.5%", 40, 1), ("2.5%", 41, 2), ("0.01%", 9, 1), ("１０％", 20, 2)),
        *(("30", 7, 7), ("30", 31, 30), ("1", 5, 1), (" 30 ", 40, 30)),
    ],
)
def test_a_share_is_rounded_up_and_a_number_is_at_most_all(
    text: str, population: int, expected: int
) -> None:
    assert read_share(text).of(population) == expected


@pytest.mark.parametrize("text", ["", "0", "0%", "0.00%", "101%", "-1", "10 %%", "ten", "1.5", "%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(NotAShare):
        read_share(text)


def test_no_group_with_closed_hazards_goes_without() -> None:
    hazards = [*closed(200), ("YH-2022-00999", "只有一处")]
    groups = drawn(hazards, "1%")
    keys = [group.key and sameness(group.key) for group in groups]
    assert keys == ["只有一处", "永安镇", "沿溪镇", None]
    assert all(group.drawn for group in groups)
    for group in groups:
        assert len(group.drawn) == -(-len(group.population) // 100)
        assert set(group.drawn) <= set(group.population)
    assert sum(len(group.population) for group in groups) == 201


def test_an_industry_is_drawn_of_at_its_top() -> None:
    hazards: list[Closed] = [("YH-2022-00001", "hazchem-use"), ("YH-2022-00002", "hazchem")]
    (group,) = drawn(hazards, "1", by="industry")
    assert (group.key, len(group.population), len(group.drawn)) == ("hazchem", 2, 1)


def test_the_draw_of_a_seed_is_the_same_in_every_version() -> None:
    groups = drawn([(f"YH-2022-{place:05d}", None) for place in range(1, 101)], "5", by=None)
    assert numbers(groups) == {f"YH-2022-000{end}" for end in ("02", "19", "29", "55", "92")}


@given(some.integers(0, 999_999), some.randoms(use_true_random=False))
def test_the_order_of_the_hazards_does_not_matter(seed: int, shuffle: Random) -> None:
    hazards = closed(60)
    first = drawn(hazards, "10%", seed=seed)
    shuffle.shuffle(hazards)
    assert numbers(drawn(hazards, "10%", seed=seed)) == numbers(first)


@given(some.integers(0, 999_999), some.integers(1, 300))
def test_a_hazard_more_changes_little(seed: int, count: int) -> None:
    hazards = closed(count)
    before = numbers(drawn(hazards, "10%", seed=seed))
    after = numbers(drawn([*hazards, ("YH-2022-99999", "永安镇")], "10%", seed=seed))
    assert len(after ^ before) <= 2


def test_every_hazard_is_drawn_about_as_often_as_any_other() -> None:
    hazards: list[Closed] = [(number, None) for number, _place in closed(50)]
    times = dict.fromkeys((number for number, _ in hazards), 0)
    for seed in range(600):
        for number in numbers(drawn(hazards, "20%", seed=seed, by=None)):
            times[number] += 1
    assert sum(times.values()) == 6_000
    assert all(80 < count < 165 for count in times.values())  # 120 each, give or take four sigma
