"""Several questions about one moment: in turn, or side by side, the same answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.report import Question
from hazardctl.errors import NoLedger
from hazardctl.ledger import asking, reporting
from hazardctl.ledger.asking import answers
from hazardctl.store import lookups
from hazardctl.store.opening import Reading, reading
from tests.builders import a_ledger, added
from tests.ledgers import a_filter, a_random_ledger, some_days

FORMS = [("summary", "industry"), ("stock", "district"), ("daily", "day"), ("leaders", "leader")]


@pytest.fixture(params=[0, 10**9])
def _large(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From how many events on a ledger is large."""
    monkeypatch.setattr(asking, "LARGE", request.param)
    return int(request.param)


def head(ask: Callable[..., Any]) -> int:
    return lookups.head(ask)[0]


@pytest.mark.parametrize(("form", "by"), FORMS)
def test_a_large_ledger_tells_the_same_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, by: str
) -> None:
    path = a_random_ledger(tmp_path, 3).path
    draw = Random(3)
    for _ in range(6):
        question = Question(form, a_filter(draw), some_days(draw, 2)[0], by, taxonomy())
        in_turn = reporting.report(path, question)
        with monkeypatch.context() as patched:
            patched.setattr(asking, "LARGE", 0)
            assert reporting.report(path, question) == in_turn


@pytest.mark.usefixtures("_large")
def test_every_question_is_answered_in_its_place(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    added(path)
    last = answers(path, head)[0]
    assert answers(path, head, lambda _ask: "x", head) == [last, "x", last]


@pytest.mark.usefixtures("_large")
def test_what_a_question_says_no_to_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        answers(tmp_path / "none.db", head)
    with pytest.raises(ZeroDivisionError):
        answers(a_ledger(tmp_path), head, lambda _ask: 1 // 0)


def test_a_ledger_that_is_written_to_meanwhile_is_seen_as_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log lets others write while somebody reads: the readers would see two moments."""
    path = a_ledger(tmp_path)
    added(path)
    monkeypatch.setattr(asking, "LARGE", 0)
    opened: list[Path] = []

    def between(place: Path) -> AbstractContextManager[Reading]:
        if opened:  # what the second reader would see, if another desk could write before it
            place = Path(f"{path}-later")
            place.write_bytes(path.read_bytes())
            added(place)
        opened.append(place)
        return reading(place)

    monkeypatch.setattr(asking, "reading", between)
    one, other = answers(path, head, head)
    assert one == other
