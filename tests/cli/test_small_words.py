"""Words that stand beside an answer: none twice in a row, none empty, none for two things."""

from __future__ import annotations

import re

import pytest

from hazardctl.domain.report import FORMS
from hazardctl.store.counting import GROUPS
from hazardctl.text import LANGUAGES, Language, Words
from tests.cli.at_a_desk import Desk

every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
def test_a_day_after_today_is_said_without_a_word_twice(desk: Desk, language: Language) -> None:
    words = Words(language)
    facts = {"number": None, "on": "2099-01-01", "today": "2022-10-10"}
    more = {"day": "2099-01-01", "after": "approved_on", "after_on": "2099-01-02"}
    for name in words.catalog("fields"):
        if name.endswith("_on"):
            said = words.tell("errors", "future-day", {**facts, "what": name})
            said += words.tell("problems", "day-before-day", {"what": name, **more})
            assert not re.search(r"\b(\w+) \1\b|日期日期|时间日期", said), said
    told = desk(f"inspection add --site 某处 --inspected-on 2099-01-01 --lang {language}", by="甲")
    assert {"en": "Inspected on 2099", "zh": "检查日期：2099"}[language] in told.err


@every_language
def test_no_problem_of_a_file_says_a_word_twice(language: Language) -> None:
    for sentence in Words(language).catalog("problems").values():
        assert not re.search(r"\b([a-z]+) \1\b", sentence), sentence


@every_language
@pytest.mark.parametrize("form", FORMS)
def test_no_two_columns_of_a_report_have_one_heading(form: str, language: Language) -> None:
    labels = Words(language).catalog("labels")
    for by in FORMS[form].groups or tuple(GROUPS):
        headings = [labels["by"][by], *(labels["figures"][name] for name in FORMS[form].columns)]
        assert len(headings) == len(set(headings)), (by, headings)


@every_language
def test_a_draw_of_all_that_are_closed_says_nothing_of_filters(
    desk: Desk, language: Language
) -> None:
    desk.in_state("closed")
    assert desk("lookback --draw 1 --seed 7", by="甲").code == 0
    desk.setenv("COLUMNS", "400")
    told = desk(f"log --lang {language} -f table").out
    facts = Words(language).catalog("labels")["facts"]
    assert re.search(rf"{facts['population']}: 1\b", told)
    assert not re.search(rf"{facts['filters']}: (?:;|  |$)", told, re.MULTILINE)


@pytest.mark.parametrize("amount", ["1e16", "10000000000000000"])
def test_an_amount_that_is_too_large_is_said_to_be(desk: Desk, amount: str) -> None:
    line = f"penalty add --enterprise 甲厂 --kind 罚款 --decided-on 2022-10-05 --amount {amount}"
    told = desk(line, by="甲")
    assert (told.code, "it is too large" in told.err) == (2, True)
