"""Rows that had a number in an earlier ledger, and files that are refused in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import registering
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Draft, Hazard
from hazardctl.domain.words import State
from hazardctl.ledger import importing, reading, writing
from hazardctl.ledger.checking import prove
from hazardctl.ledger.importing import AHEAD
from hazardctl.ledger.incoming import Delivery, Incoming
from hazardctl.ledger.known import Taken
from tests.builders import FOUND, TODAY, a_ledger, added, day, stamp


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def draft(text: str, number: str = "", *, row: int = 2, state: State = State.REGISTERED) -> Draft:
    hazard = Hazard(
        number=number,
        industry="other",
        enterprise="某厂",
        description=text,
        found_on=FOUND,
        since_on=FOUND,
        from_on=FOUND,
        state=state,
        imported=True,
    )
    return Draft(None, row, hazard, {"隐患描述": text})


def taken(path: Path, *drafts: Draft, is_refused: bool = False) -> Taken:
    delivery = Delivery("a.csv", drafts, {"file": "a.csv"}, is_refused)
    (told,) = importing.take(path, stamp(), [delivery])
    return told


def numbers(path: Path) -> list[str]:
    return [one["number"] for one in reading.listing(path, Filter(), TODAY)]


def test_a_number_of_an_earlier_ledger_is_kept(path: Path) -> None:
    told = taken(path, draft("甲", "SS-2022-00007"), draft("乙"), draft("丙", "SS-2022-00002"))
    assert told.renumbered == []
    assert numbers(path) == ["SS-2022-00002", "SS-2022-00007", "SS-2022-00008"]
    assert reading.rules(path).prefix == "SS"
    assert not prove(path, TODAY, taxonomy()).findings


def test_the_next_number_follows_the_highest_that_was_kept(path: Path) -> None:
    taken(path, draft("甲", "YH-2022-00041"))
    assert added(path) == "YH-2022-00042"


def test_a_number_that_another_hazard_has_is_not_kept_and_that_is_told(path: Path) -> None:
    a_ledger(path.parent)
    first = added(path)
    told = taken(path, draft("甲", first, row=5))
    (renumbered,) = told.renumbered
    assert (renumbered.row, renumbered.stated) == (5, first)
    assert renumbered.number in numbers(path)
    assert len(numbers(path)) == 2


@pytest.mark.parametrize("number", ["CS-2022-00001", "17", "YH-2022-0", "YH-22-00001", "甲"])
def test_a_number_of_another_kind_is_not_kept(path: Path, number: str) -> None:
    a_ledger(path.parent)
    told = taken(path, draft("甲", number))
    assert [one.stated for one in told.renumbered] == [number]
    assert numbers(path) == ["YH-2022-00001"]


def test_a_hazard_is_recognised_by_its_number_though_its_words_were_corrected(path: Path) -> None:
    taken(path, draft("甲", "YH-2022-00003"))
    told = taken(path, draft("甲，已更正", "YH-2022-00003", state=State.CLOSED))
    assert (told.new, told.duplicates) == (0, 1)
    assert [(one.number, one.ledger, one.stated) for one in told.changed] == [
        ("YH-2022-00003", "registered", "closed")
    ]


@dataclass
class Late:
    """A file whose fault comes last."""

    drafts: Sequence[Draft]
    file: str = "late.csv"
    is_refused: bool = False

    @property
    def about(self) -> dict[str, object]:
        return {"file": self.file}

    def batches(self, by: str):  # type: ignore[no-untyped-def]  # a generator of rows
        yield from Delivery(self.file, self.drafts, {}).batches(by)
        self.is_refused = True


def many(count: int, of: str) -> list[Draft]:
    return [draft(f"{of}{row}", row=row) for row in range(count)]


def test_what_a_file_wrote_before_its_fault_is_undone_with_its_numbers(path: Path) -> None:
    a_ledger(path.parent)
    added(path)
    before = reading.history(path, None)
    files: list[Incoming] = [
        Late(many(AHEAD + 700, "甲")),
        Delivery("b.csv", many(3, "甲"), {"file": "b.csv"}),
    ]
    late, good = importing.take(path, stamp(), files)
    assert (late.new, good.new, good.duplicates) == (AHEAD + 700, 3, 0)
    assert numbers(path)[1:] == ["YH-2022-00002", "YH-2022-00003", "YH-2022-00004"]
    assert reading.history(path, None)[: len(before)] == before
    assert not prove(path, TODAY, taxonomy()).findings


def test_a_large_file_that_is_refused_leaves_no_event(path: Path) -> None:
    a_ledger(path.parent)
    before = reading.history(path, None)
    importing.take(path, stamp(), [Late(many(AHEAD + 700, "甲"))])
    assert reading.history(path, None) == before
    assert not prove(path, TODAY, taxonomy()).findings


def test_a_small_file_that_is_refused_does_not_even_begin_a_ledger(path: Path) -> None:
    assert taken(path, draft("甲"), is_refused=True).new == 1
    assert not path.exists()


def test_what_resembles_a_hazard_of_the_ledger_is_a_candidate_and_is_taken(path: Path) -> None:
    taken(path, draft("消防通道堵塞"))
    told = taken(path, draft("消防通道被堵塞"))
    assert told.new == 1
    (candidate,) = told.candidates
    assert (candidate.number, str(candidate.how)) == ("YH-2022-00001", "near-duplicate")


def test_a_number_that_was_kept_goes_on_living(path: Path) -> None:
    taken(path, draft("甲", "YH-2022-00041"))
    writing.act(
        path,
        ["41"],
        stamp(on=day(1)),
        lambda hazard, _rules: registering.edit(hazard, stamp(on=1), corrections={"remark": "注"}),
    )
    assert not prove(path, TODAY, taxonomy()).findings
