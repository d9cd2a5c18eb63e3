"""How people's words find an industry."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.data import industries
from hazardctl.data.script import simplified
from hazardctl.domain.industry import Taxonomy
from hazardctl.errors import UnknownIndustry

TAXONOMY = Taxonomy(industries(), simplified)
OWNERS = Counter(alias for industry in TAXONOMY for alias in industry.aliases)


def slug(text: str, within: str | None = None) -> str | None:
    found = TAXONOMY.find(text, within=within)
    return found.slug if found else None


def suggestions(text: str) -> list[str]:
    with pytest.raises(UnknownIndustry) as refusal:
        TAXONOMY.named(text)
    assert refusal.value.facts["text"] == text
    shown = refusal.value.facts["suggestions"]
    assert isinstance(shown, list)
    return shown


def never(text: str) -> str:
    raise AssertionError(f"{text} was converted")


def test_every_slug_name_and_english_name_is_found() -> None:
    for industry in TAXONOMY:
        for text in (industry.slug, industry.name, industry.english):
            assert slug(text) == industry.slug


def test_every_alias_that_is_not_shared_is_found() -> None:
    names = {industry.name for industry in TAXONOMY}
    for industry in TAXONOMY:
        for alias in industry.aliases:
            if OWNERS[alias] == 1 and alias not in names:
                assert slug(alias) == industry.slug, alias


@pytest.mark.parametrize(
    "text",
    ["花炮", "烟花爆竹", "煙花爆竹", "fireworks", "Fireworks", "烟花行业", " 烟花 爆竹 "],
)
def test_fireworks_go_by_many_names(text: str) -> None:
    assert slug(text) == "fireworks"


@pytest.mark.parametrize("text", ["生产企业", "经营企业", "仓储", "仓库", "冷库", "水库"])
def test_a_shared_alias_stays_unmapped_without_context(text: str) -> None:
    assert slug(text) is None


@pytest.mark.parametrize(
    ("text", "within", "found"),
    [
        ("生产企业", "fireworks", "fireworks-production"),
        ("生产企业", "hazchem-use", "hazchem-production"),
        ("经营企业", "hazchem", "hazchem-trading"),
        ("经营企业", "fireworks-retail", "fireworks-wholesale"),
        ("仓储", "hazchem", "hazchem-storage"),
        ("冷库", "commerce", "commerce"),
        ("冷库", "industrial-trade", None),
        ("水库", "geologic-flood", "geologic-flood"),
        ("消防", "hazchem", "fire"),
    ],
)
def test_context_settles_a_shared_alias_and_nothing_else(
    text: str, within: str, found: str | None
) -> None:
    assert slug(text, within) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("电梯", "elevator"), ("农机", "agri-machinery"), ("景区", "scenic-area")],
)
def test_of_parent_and_child_with_one_alias_the_child_is_meant(text: str, found: str) -> None:
    assert slug(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("工贸行业领域", "industrial-trade"),
        ("化工行业", "hazchem"),
        ("化工企业", "hazchem-production"),
        ("农机行业", "agri-machinery"),
        ("危化品生产企业", "hazchem-production"),
        ("消防安全", "fire"),
    ],
)
def test_loose_words_at_the_ends_are_left_out(text: str, found: str) -> None:
    assert slug(text) == found


@pytest.mark.parametrize("text", ["安全", "企业", "行业领域", "", "  ", "类", "\u200b"])
def test_loose_words_alone_name_nothing(text: str) -> None:
    assert slug(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("房屋建筑和市政工程", "building-works"),
        ("化工园区管理", "chemical-park"),
        ("危险化学品经营（加油站）", "hazchem-trading"),
        ("烟花爆竹生产经营单位（生产企业）", "fireworks-production"),
        ("食品生产企业", "light-industry"),
        ("其他危化品企业", "hazchem"),
        ("冶金、有色企业", "industrial-trade"),
        ("道路交通安全", "road-transport"),
    ],
)
def test_a_longer_text_is_read_by_the_words_in_it(text: str, found: str) -> None:
    assert slug(text) == found


@pytest.mark.parametrize("text", ["建筑施工消防", "工业园区", "成品油零售点", "烟花爆竹和危化品"])
def test_a_longer_text_that_does_not_say_which_stays_unmapped(text: str) -> None:
    assert slug(text) is None


def test_only_a_text_that_matches_nothing_is_converted() -> None:
    taxonomy = Taxonomy(industries(), never)
    for text in ("烟花爆竹", "花炮企业", "高层建筑消防", "生产企业", "no such industry"):
        taxonomy.find(text)


def test_an_unknown_industry_is_refused_with_the_nearest_ones() -> None:
    assert suggestions("firework")[0] == "fireworks 烟花爆竹"
    assert suggestions("gibberish") == []


def test_a_shared_alias_is_refused_with_those_that_share_it() -> None:
    shown = suggestions("生产企业")
    assert shown[:2] == ["hazchem-production 危化品生产", "fireworks-production 烟花爆竹生产"]
    assert len(shown) <= 3


def test_a_family_is_the_industry_and_its_children() -> None:
    assert TAXONOMY.family("gas") == ("gas", "gas-business", "gas-user")
    assert TAXONOMY.family("gas-user") == ("gas-user",)
    assert TAXONOMY.children("forest-fire") == ()
    assert TAXONOMY.top("gas-user") == TAXONOMY.top("gas") == "gas"
    assert TAXONOMY["gas-user"].parent == "gas"


def test_every_industry_stands_under_a_top_level_once() -> None:
    tops = [industry.slug for industry in TAXONOMY if industry.parent is None]
    families = [slug for top in tops for slug in TAXONOMY.family(top)]
    assert families == [industry.slug for industry in TAXONOMY]
    assert len(families) == len(TAXONOMY)


@given(st.text())
def test_no_text_crashes_it(text: str) -> None:
    found = TAXONOMY.find(text)
    try:
        assert TAXONOMY.named(text) == found
    except UnknownIndustry:
        assert found is None


@given(st.lists(st.sampled_from([alias for row in TAXONOMY for alias in row.aliases]), max_size=3))
def test_names_put_together_never_lead_to_a_stranger(names: list[str]) -> None:
    found = TAXONOMY.find("、".join(names))
    owners = {row.top for row in TAXONOMY for name in names if name in (row.name, *row.aliases)}
    assert found is None or found.top in owners
