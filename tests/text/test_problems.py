"""The sentences for files and rows: every code has one, in both languages, made of its facts."""

from __future__ import annotations

import inspect
import re
import string

import pytest

from hazardctl.errors import HazardctlError
from hazardctl.intake import refusals
from hazardctl.intake.problems import FAULTS, NOTICES
from hazardctl.text import LANGUAGES, Words

REFUSALS = {
    refusal.code(): set(re.findall("`([a-z_]+)`", refusal.__doc__ or ""))
    for _, refusal in inspect.getmembers(refusals, inspect.isclass)
    if issubclass(refusal, HazardctlError) and refusal.__module__ == refusals.__name__
}
FACTS = (
    REFUSALS
    | {code: {"row", "column", "found", *facts} for code, facts in FAULTS.items()}
    | {code: {"row", "count", *facts} for code, facts in NOTICES.items()}
)


def placeholders(sentence: str) -> set[str]:
    names = (name for _, name, _, _ in string.Formatter().parse(sentence) if name)
    return {name.partition(".")[0] for name in names}


def test_no_code_means_two_things() -> None:
    assert len(FACTS) == len(REFUSALS) + len(FAULTS) + len(NOTICES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentence(language: str) -> None:
    words = Words(language).catalog("problems")  # type: ignore[arg-type]  # a parameter of the test
    assert words.keys() == FACTS.keys()


@pytest.mark.parametrize("code", FACTS)
def test_both_languages_say_the_same_facts_and_only_those_there_are(code: str) -> None:
    one, other = (placeholders(Words(language).catalog("problems")[code]) for language in LANGUAGES)
    assert one == other
    assert one <= FACTS[code]


@pytest.mark.parametrize("code", FACTS)
def test_every_sentence_can_be_said(code: str) -> None:
    for language in LANGUAGES:
        facts: dict[str, object] = dict.fromkeys(FACTS[code], "x")
        sentence = Words(language).tell("problems", code, facts)
        assert "{" not in sentence
        assert sentence.endswith((".", "。"))
