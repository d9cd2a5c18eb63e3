"""The indexes of the hazards, laid aside and made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl.store import schema
from hazardctl.store.sqlite import reading
from hazardctl.store.transaction import writing
from tests.builders import a_ledger, stamp

FIGURES = "SELECT name FROM sqlite_schema WHERE name = 'hazard_figures'"


def test_indexes_that_were_laid_aside_are_made_again_as_they_were(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with writing(path, stamp()) as book:
        with book.without_indexes():
            assert not book.ask(FIGURES)
        assert book.ask(FIGURES)
    with reading(path) as found:
        assert schema.objects(found.ask) == schema.expected(schema.VERSION)


def test_nobody_ever_sees_a_ledger_without_its_indexes(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with writing(path, stamp()) as book, book.without_indexes(), reading(path) as other:
        assert other.ask(FIGURES)
        assert not book.ask(FIGURES)


def test_a_change_that_is_undone_leaves_the_indexes_as_they_were(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with pytest.raises(LookupError), writing(path, stamp()) as book, book.without_indexes():
        raise LookupError
    with reading(path) as found:
        assert schema.objects(found.ask) == schema.expected(schema.VERSION)
