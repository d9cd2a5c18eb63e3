"""What is said to the database in a writing transaction, one by one or several together."""

from __future__ import annotations

import re

import pytest

from hazardctl.errors import Damaged
from hazardctl.store import lookups, settings
from hazardctl.store.conditions import Ask
from hazardctl.store.place import Place, Server
from hazardctl.store.speaking import Speaking
from hazardctl.store.transaction import transaction
from tests.builders import a_ledger
from tests.homes import Home, kept


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger that was just begun."""
    return a_ledger(home)


def test_what_was_asked_ahead_is_answered_as_ever(path: Place) -> None:
    with transaction(path) as connection:
        said = Speaking(connection)
        once = settings.settings(said.ask), lookups.head(said.ask)
        said.ahead(settings.settings, lookups.head)
        assert (settings.settings(said.ask), lookups.head(said.ask)) == once
        assert (settings.settings(said.ask), lookups.head(said.ask)) == once


def test_an_answer_is_forgotten_as_soon_as_something_changes(path: Place) -> None:
    with transaction(path) as connection:
        said = Speaking(connection)
        said.ahead(settings.settings)
        settings.put(said.change, {"prefix": "LY"})
        assert settings.settings(said.ask)["prefix"] == "LY"


def test_what_is_said_together_is_done_in_its_order(path: Place) -> None:
    with transaction(path) as connection:
        said = Speaking(connection)
        with said.together():
            settings.put(said.change, {"a": "1", "b": "1"})
            settings.put(said.change, {"a": "2"})
            with said.together():
                said.change("INSERT INTO setting VALUES (?, ?)", ("c", "3"), ("d", "4"))
            said.ahead(settings.settings)
        found = settings.settings(said.ask)
    assert [found[name] for name in "abcd"] == ["2", "1", "3", "4"]


@pytest.mark.parametrize("rows", [[("prefix", "x")], [("a", "1"), ("prefix", "x")]])
def test_of_what_is_said_together_nothing_stays_if_one_thing_is_refused(
    path: Place, rows: list[tuple[str, str]]
) -> None:
    def say() -> None:
        with transaction(path) as connection:
            said = Speaking(connection)
            with said.together():
                settings.put(said.change, {"b": "1"})
                said.change("INSERT INTO setting VALUES (?, ?)", *rows)
                settings.put(said.change, {"c": "1"})

    before = kept(path)
    with pytest.raises(Damaged, match=re.compile("unique", re.IGNORECASE)):
        say()
    assert kept(path) == before


def test_a_question_that_is_refused_is_told_where_it_is_asked(path: Place) -> None:
    def wrong(ask: Ask) -> object:
        return ask("SELECT 1 FROM nowhere", ())

    def say() -> None:
        with transaction(path) as connection:
            said = Speaking(connection)
            said.ahead(wrong)
            assert not isinstance(path, Server), "a server was asked already"
            wrong(said.ask)

    with pytest.raises(Damaged, match="nowhere"):
        say()
