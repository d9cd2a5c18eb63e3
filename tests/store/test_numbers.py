"""A hazard is named by its number, or by any ending that no other number has."""

from __future__ import annotations

import pytest

from hazardctl.errors import AmbiguousNumber, NotANumber, UnknownNumber
from hazardctl.ledger import writing
from hazardctl.store import questions
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from tests.builders import a_ledger, added, day, stamp
from tests.homes import Home


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger with hazards of two years, after a change of prefix in the second."""
    ledger = a_ledger(home, prefix="YH")
    for _ in range(3):
        added(ledger, found_on=day(0).replace(year=2021))
    added(ledger)
    writing.set_rules(ledger, stamp(), {"prefix": "LY"})
    for _ in range(12):
        added(ledger)
    return ledger


def named(path: Place, text: str) -> str:
    """The whole number that a text means."""
    with reading(path) as book:
        return questions.number(book.ask, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("YH-2021-00003", "YH-2021-00003"),
        ("yh-2021-00003", "YH-2021-00003"),
        (" YH-2021-00003\n", "YH-2021-00003"),
        ("2021-00003", "YH-2021-00003"),
        ("2021-3", "YH-2021-00003"),
        ("H-2021-3", "YH-2021-00003"),
        ("21-00003", "YH-2021-00003"),
        ("2-00003", "LY-2022-00003"),
        ("YH-2022-1", "YH-2022-00001"),
        ("YH-3", "YH-2021-00003"),
        ("LY-3", "LY-2022-00003"),
        ("12", "LY-2022-00012"),
        ("00012", "LY-2022-00012"),
        ("0012", "LY-2022-00012"),
        ("１２", "LY-2022-00012"),
    ],
)
def test_an_ending_means_the_one_number_that_has_it(text: str, number: str, path: Place) -> None:
    assert named(path, text) == number


def test_an_ending_of_several_numbers_is_refused_with_all_of_them(path: Place) -> None:
    with pytest.raises(AmbiguousNumber) as refusal:
        named(path, "3")
    assert refusal.value.facts == {"number": "3", "fits": ["YH-2021-00003", "LY-2022-00003"]}


@pytest.mark.parametrize(
    "text",
    ["99", "2021-4", "2020-1", "LY-2021-3", "XX-2021-3", "YH-2022-2", "0", "YH-12"],
)
def test_what_is_in_nobodys_number_is_unknown(text: str, path: Place) -> None:
    with pytest.raises(UnknownNumber) as refusal:
        named(path, text)
    assert refusal.value.facts == {"number": text}


@pytest.mark.parametrize(
    "text", ["", " ", "YH", "YH-", "abc", "1.5", "-", "12345678", "1 2", "YH-2021-", "' OR 1=1"]
)
def test_what_cannot_be_a_number_is_told_so(text: str, path: Place) -> None:
    with pytest.raises(NotANumber):
        named(path, text)


def test_an_empty_ledger_has_no_numbers(home: Home) -> None:
    with pytest.raises(UnknownNumber):
        named(a_ledger(home), "1")


def test_numbers_go_on_through_a_change_of_prefix_and_begin_anew_each_year(path: Place) -> None:
    assert added(path) == "LY-2022-00014"
    assert added(path, found_on=day(0).replace(year=2021)) == "LY-2021-00004"
    assert added(path, found_on=day(0).replace(year=2020)) == "LY-2020-00001"
