"""Rows that had a number in an earlier ledger, and files that are refused in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import registering
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Draft, Hazard, Request
from hazardctl.domain.mapping import SavedMapping
from hazardctl.domain.words import State
from hazardctl.ledger import candidates, importing, reading, writing
from hazardctl.ledger.checking import prove
from hazardctl.ledger.importing import AHEAD
from hazardctl.ledger.incoming import AT_ONCE, Incoming, Row, ready
from hazardctl.ledger.known import Known, Taken
from hazardctl.store.place import Place
from tests.builders import FOUND, TODAY, a_ledger, added, day, drafted, stamp
from tests.deliveries import Delivery
from tests.homes import Home


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger that was just begun."""
    return a_ledger(home)


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
    return drafted(hazard, {"隐患描述": text}, row=row)


def taken(path: Place, *drafts: Draft, is_refused: bool = False) -> Taken:
    delivery = Delivery("a.csv", drafts, {"file": "a.csv"}, is_refused)
    (told,) = importing.take(path, stamp(), [delivery])
    return told


def numbers(path: Place) -> list[str]:
    return [one["number"] for one in reading.listing(path, Filter(), TODAY)]


def test_a_number_of_an_earlier_ledger_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"  # not begun: the file tells the prefix, as `init` does elsewhere
    told = taken(path, draft("甲", "SS-2022-00007"), draft("乙"), draft("丙", "SS-2022-00002"))
    assert told.renumbered == []
    assert numbers(path) == ["SS-2022-00002", "SS-2022-00007", "SS-2022-00008"]
    assert reading.rules(path).prefix == "SS"
    assert not prove(path, TODAY, taxonomy()).findings


def test_the_next_number_follows_the_highest_that_was_kept(path: Place) -> None:
    taken(path, draft("甲", "YH-2022-00041"))
    assert added(path) == "YH-2022-00042"


def test_a_number_that_another_hazard_has_is_not_kept_and_that_is_told(path: Place) -> None:
    first = added(path)
    told = taken(path, draft("甲", first, row=5))
    (renumbered,) = told.renumbered
    assert (renumbered.row, renumbered.stated) == (5, first)
    assert renumbered.number in numbers(path)
    assert len(numbers(path)) == 2


def test_a_number_that_was_given_out_a_moment_ago_is_not_kept(path: Place) -> None:
    rows = [draft(f"甲{row}", row=row) for row in range(AT_ONCE)]
    told = taken(path, *rows, draft("乙", "YH-2022-00003", row=900))
    assert [(one.row, one.number) for one in told.renumbered] == [
        (900, f"YH-2022-{AT_ONCE + 1:05}")
    ]
    assert len(set(numbers(path))) == AT_ONCE + 1
    assert not prove(path, TODAY, taxonomy()).findings


def test_a_row_is_not_taken_for_one_that_was_given_its_number_a_moment_ago(path: Place) -> None:
    told = taken(path, *many(AHEAD + 700, "甲"), draft("乙", "YH-2022-00001", row=9000))
    assert (told.new, told.duplicates) == (AHEAD + 701, 0)
    assert [one.row for one in told.renumbered] == [9000]


def test_a_number_after_which_hardly_any_would_follow_is_not_kept(path: Place) -> None:
    told = taken(path, draft("甲", "YH-2022-9999999"))
    assert [one.number for one in told.renumbered] == ["YH-2022-00001"]
    assert [added(path), added(path)] == ["YH-2022-00002", "YH-2022-00003"]


def test_a_request_that_is_repeated_tells_the_new_number_again(path: Place) -> None:
    added(path)
    asked = replace(stamp(), request=Request(id="R", content="c"))
    files = [Delivery("a.csv", [draft("甲", "YH-2022-00001")], {"file": "a.csv"})]
    first, again = importing.take(path, asked, files), importing.take(path, asked, files)
    assert [one.number for one in first[0].renumbered] == ["YH-2022-00002"]
    assert again == first


@dataclass(frozen=True, slots=True)
class LateDelivery(Delivery):
    """A file whose rows come only after something else was done."""

    before: Callable[[], object] = list

    def batches(self, by: str) -> Iterator[Sequence[Row]]:
        self.before()
        yield from ready(self.drafts, by=by, file=self.file)


def test_a_request_that_another_desk_does_meanwhile_is_answered_alike(path: Place) -> None:
    asked = replace(stamp(), request=Request(id="R", content="c"))
    file = Delivery("a.csv", [draft("甲")], {"file": "a.csv"})
    told = []
    late = LateDelivery(
        *("a.csv", file.drafts, file.about),
        before=lambda: told.append(importing.take(path, asked, [file])),
    )
    told.append(importing.take(path, asked, [late]))
    assert [[(one.new, one.duplicates) for one in taken] for taken in told] == [[(1, 0)], [(1, 0)]]
    assert numbers(path) == ["YH-2022-00001"]


def test_a_file_that_is_refused_says_nothing_of_the_prefix(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"  # not begun: the file tells the prefix, as `init` does elsewhere
    files = [
        Delivery("a.csv", [draft("甲", "SS-2022-00007")], {"file": "a.csv"}, is_refused=True),
        Delivery("b.csv", [draft("乙", "CS-2022-00002")], {"file": "b.csv"}),
    ]
    importing.take(path, stamp(), files)
    assert numbers(path) == ["CS-2022-00002"]


@pytest.mark.parametrize("number", ["CS-2022-00001", "17", "YH-2022-0", "YH-22-00001", "甲"])
def test_a_number_of_another_kind_is_not_kept(path: Place, number: str) -> None:
    told = taken(path, draft("甲", number))
    assert [one.stated for one in told.renumbered] == [number]
    assert numbers(path) == ["YH-2022-00001"]


def test_a_hazard_is_recognised_by_its_number_though_its_words_were_corrected(path: Place) -> None:
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
    kind: str = ""
    is_partial: bool = False
    ceiling: None = None

    @property
    def about(self) -> dict[str, object]:
        return {"file": self.file}

    def batches(self, by: str) -> Iterator[Sequence[Row]]:
        yield from Delivery(self.file, self.drafts, {}).batches(by)
        self.is_refused = True


def many(count: int, of: str) -> list[Draft]:
    return [draft(f"{of}{row}", row=row) for row in range(count)]


def test_what_a_file_wrote_before_its_fault_is_undone_with_its_numbers(path: Place) -> None:
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


def test_a_large_file_that_is_refused_leaves_no_event(path: Place) -> None:
    before = reading.history(path, None)
    importing.take(path, stamp(), [Late(many(AHEAD + 700, "甲"))])
    assert reading.history(path, None) == before
    assert not prove(path, TODAY, taxonomy()).findings


def test_a_small_file_that_is_refused_does_not_even_begin_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert taken(path, draft("甲"), is_refused=True).new == 1
    assert not path.exists()


def test_what_resembles_a_hazard_of_the_ledger_is_a_candidate_and_is_taken(path: Place) -> None:
    taken(path, draft("消防通道堵塞"))
    told = taken(path, draft("消防通道被堵塞"))
    assert told.new == 1
    (candidate,) = told.candidates
    assert (candidate.number, str(candidate.how)) == ("YH-2022-00001", "near-duplicate")


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_row_resembles_one_of_an_earlier_file_unless_that_was_refused(
    path: Place, *, is_refused: bool
) -> None:
    files = [
        Delivery("a.csv", [draft("消防通道堵塞", row=7)], {"file": "a.csv"}, is_refused),
        Delivery("b.csv", [draft("消防通道被堵塞")], {"file": "b.csv"}),
    ]
    told = importing.take(path, stamp(), files)[1].candidates
    assert [one.of for one in told] == ([] if is_refused else [("a.csv", None, 7)])


def test_rows_beyond_the_most_that_are_compared_are_taken_all_the_same(
    path: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST_ROWS", 2)
    files = [
        Delivery(f"{file}.csv", [draft(f"消防通道{word}堵塞")], {"file": f"{file}.csv"})
        for file, word in (("a", ""), ("b", "被"), ("c", "已被"), ("d", "有"))
    ]
    told = importing.take(path, stamp(), files)
    assert [(one.new, len(one.candidates)) for one in told] == [(1, 0), (1, 1), (1, 0), (1, 0)]


def test_the_same_mapping_is_saved_once_however_large_the_file_is(path: Place) -> None:
    saving = ("乡镇甲", SavedMapping(encoding="gbk", saved_in=2022))
    for of in ("甲", "乙"):
        file = Delivery("a.csv", many(AHEAD, of), {"file": "a.csv"})
        importing.take(path, stamp(), [file], saving=saving)
    kinds = [one["kind"] for one in reading.history(path, None)]
    assert kinds.count("mapping-saved") == 1
    assert kinds.count("file-imported") == 2


def test_a_number_that_was_kept_goes_on_living(path: Place) -> None:
    taken(path, draft("甲", "YH-2022-00041"))
    writing.act(
        path,
        ["41"],
        stamp(on=day(1)),
        lambda hazard, _rules: registering.edit(hazard, stamp(on=1), corrections={"remark": "注"}),
    )
    assert not prove(path, TODAY, taxonomy()).findings


class Endless(Delivery):
    """A file whose rows do not end; `ends` counts how often its reading was stopped."""

    ends = 0

    def batches(self, by: str) -> Iterator[Sequence[Row]]:
        rows = next(iter(ready([draft("甲")], by=by, file=self.file)))
        try:
            while True:
                yield rows
        finally:
            Endless.ends += 1


@pytest.mark.parametrize(
    "do",
    [
        lambda path, file: importing.take(path, stamp(), [file]),
        lambda path, file: importing.sort_out(path, [file]),
    ],
    ids=["take", "sort_out"],
)
def test_what_goes_wrong_while_rows_are_written_stops_the_reading_at_once(
    path: Place, monkeypatch: pytest.MonkeyPatch, do: Callable[[Place, Incoming], object]
) -> None:
    file = Endless("a.csv", (), {})
    monkeypatch.setattr(Endless, "ends", 0)
    monkeypatch.setattr(Known, "sort", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError) as struck:
        do(path, file)
    assert Endless.ends == 1
    assert struck.tb  # what is remembered of it is remembered until here
