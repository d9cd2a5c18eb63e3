"""The file of industries is whole: parents exist, slugs are slugs, nothing is said twice."""

from __future__ import annotations

import re
from collections import Counter

from hazardctl.data import industries


def test_every_parent_is_a_top_level_that_stands_before_its_children() -> None:
    tops: set[str] = set()
    for row in industries():
        if "parent" in row:
            assert row["parent"] in tops
        else:
            tops.add(row["slug"])


def test_slugs_are_unique_and_kebab_case() -> None:
    slugs = [row["slug"] for row in industries()]
    assert len(slugs) == len(set(slugs)) == 77
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


def test_no_two_industries_have_the_same_name() -> None:
    for key in ("name", "english"):
        assert max(Counter(row[key] for row in industries()).values()) == 1


def test_rows_hold_nothing_but_the_known_keys() -> None:
    known = {"slug", "parent", "name", "english", "aliases", "vague", "regulator", "standard"}
    assert {key for row in industries() for key in row} == known


def test_no_alias_is_written_twice_in_a_row() -> None:
    for row in industries():
        words = [*row.get("aliases", ()), *row.get("vague", ())]
        assert len(words) == len(set(words)), row["slug"]
