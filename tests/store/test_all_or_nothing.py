"""A change is there whole with its event, or nothing of it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.adapt import Dumper

from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.refusals import CaseLeaderNeeded, DueBeforeFound, FutureDay, SamePerson
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import Severity
from hazardctl.errors import HazardctlError, NoDueDay, UnknownNumber
from hazardctl.ledger import reading, writing
from hazardctl.store import writing as opened
from hazardctl.store.book import Book
from hazardctl.store.opening import look
from hazardctl.store.opening import reading as read
from hazardctl.store.place import Place
from hazardctl.store.postgres import LOCK
from hazardctl.store.transaction import transaction
from tests.attackers import holding
from tests.builders import (
    PHOTO,
    TODAY,
    a_ledger,
    added,
    day,
    decide,
    due,
    moved,
    no_day,
    stamp,
)
from tests.homes import Home, kept
from tests.reference import Move
from tests.whole import proved


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger with three hazards that were submitted."""
    ledger = a_ledger(home)
    for _ in range(3):
        number = added(ledger, deadline=due(10), person="甲")
        moved(ledger, number, Move("submit", "甲", day(3)))
    return ledger


def test_a_refused_move_leaves_nothing_behind(path: Place) -> None:
    before = kept(path)
    with pytest.raises(SamePerson):
        moved(path, "1", Move("verify", "甲", day(4)))
    assert kept(path) == before


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"deadline": due(-1), "person": "甲"}, DueBeforeFound),
        ({"deadline": due(-1)}, DueBeforeFound),
        ({"deadline": no_day, "person": "甲"}, NoDueDay),
        (
            {"deadline": due(9), "person": "甲", "what": {"severity": Severity.MAJOR}},
            CaseLeaderNeeded,
        ),
        ({"found_on": TODAY.replace(year=2030)}, FutureDay),
        ({"deadline": due(9), "person": "甲", "on": TODAY.replace(year=2030)}, FutureDay),
        ({"evidence": [PHOTO], "on": TODAY.replace(year=2030)}, FutureDay),
    ],
)
def test_a_refused_add_leaves_neither_hazard_nor_reporter_nor_gap(
    path: Place, told: dict[str, Any], refusal: type[HazardctlError]
) -> None:
    before = kept(path)
    with pytest.raises(refusal):
        added(path, reporter="举报人张三 138…", **told)
    assert kept(path) == before
    assert added(path) == "YH-2022-00004"


def test_of_several_numbers_all_are_changed_or_none(path: Place) -> None:
    before = kept(path)
    who = stamp("乙", 4)
    moved(path, "2", Move("reject", "乙", day(4)))
    after_first = kept(path)

    def verify(hazard: Hazard, rules: Rules) -> list[Event]:
        return decide(hazard, Move("verify", "乙", day(4)), rules=rules)

    for numbers in (["1", "3", "2"], ["2", "1", "3"], ["1", "99"], ["1", "what"]):
        with pytest.raises(HazardctlError):
            writing.act(path, numbers, who, verify)
        assert kept(path) == after_first
    assert before != after_first
    changes = writing.act(path, ["1", "3"], who, verify)
    assert [change.after.state for change in changes] == ["verified", "verified"]


# The lock of a writer, or a fault if it has to be waited for.
AT_ONCE = {
    "sqlite": ("PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE"),
    "postgresql": (f"{LOCK} NOWAIT",),
}


class Interrupted(Exception):
    """Something that goes wrong in the middle."""


@pytest.mark.parametrize("fault", [Interrupted, KeyboardInterrupt, SystemExit, MemoryError])
def test_whatever_goes_wrong_in_the_middle_leaves_nothing(
    path: Place, fault: type[BaseException]
) -> None:
    before = kept(path)
    seen: list[str] = []

    def breaks(hazard: Hazard, rules: Rules) -> list[Event]:
        if len(seen) == 2:
            raise fault
        seen.append(hazard.number)
        return decide(hazard, Move("verify", "乙", day(4)), rules=rules)

    with pytest.raises(fault):
        writing.act(path, ["1", "2", "3"], stamp("乙", 4), breaks)
    assert len(seen) == 2
    assert kept(path) == before


def test_what_was_written_before_something_goes_wrong_is_seen_by_nobody(path: Place) -> None:
    def states() -> set[object]:
        return {one["state"] for one in reading.listing(path, Filter(), TODAY)}

    def breaks() -> None:
        with opened(path, stamp("乙", 4)) as book:
            hazard = book.hazard("1")
            book.write(hazard, decide(hazard, Move("verify", "乙", day(4))))
            assert book.hazard("1").state == "verified"
            assert book.hazard("2").state == "submitted"
            assert states() == {"submitted"}
            raise Interrupted

    with pytest.raises(Interrupted):
        breaks()
    assert states() == {"submitted"}


def test_a_ledger_whose_beginning_goes_wrong_was_not_begun(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home.ledger()
    with monkeypatch.context() as broken:
        broken.setattr(Book, "set_rules", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            writing.begin(path, stamp(), Rules())
    assert look(path) is None
    writing.begin(path, stamp(), Rules())
    assert not proved(path).findings


def test_a_file_that_a_refused_add_would_have_begun_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with pytest.raises(FutureDay):
        added(path, found_on=TODAY.replace(year=2030))
    assert not path.exists()
    assert added(path) == "YH-2022-00001"


class Strikes:
    """A value at which whoever typed the command stops it, in the middle of a statement."""

    def __conform__(self, _protocol: object) -> str:
        raise KeyboardInterrupt


class Striking(Dumper):
    """The same, as the driver of a server asks for it."""

    def dump(self, _value: object) -> bytes:
        raise KeyboardInterrupt


psycopg.adapters.register_dumper(Strikes, Striking)


def test_a_statement_that_is_interrupted_leaves_no_lock_behind(path: Place) -> None:
    insert = "INSERT INTO setting (name, value) VALUES (?, ?)"
    with pytest.raises(KeyboardInterrupt) as struck, transaction(path) as connection:
        connection.exec_driver_sql(insert, [("a", "b"), ("c", Strikes())])
    with holding(path) as other:
        assert other.execute("SELECT count(*) FROM setting WHERE name = 'a'").fetchone() == (0,)
        for line in AT_ONCE[other.engine]:
            other.execute(line)
    assert struck.tb  # what is remembered of it is remembered until here


def test_a_move_that_changes_nothing_writes_nothing(path: Place) -> None:
    before = kept(path)
    assert writing.act(path, ["1"], stamp(), lambda _hazard, _rules: [])[0].number
    assert kept(path) == before


def test_one_hazard_named_twice_is_changed_once(path: Place) -> None:
    changes = writing.act(
        path,
        ["1", "2022-1", "YH-2022-00001"],
        stamp("乙", 4),
        lambda hazard, _: decide(hazard, Move("verify", "乙", day(4))),
    )
    assert [change.number for change in changes] == ["YH-2022-00001"]
    with read(path) as book:
        assert book.ask("SELECT count(*) FROM event WHERE kind = 'verified'") == [(1,)]


def test_a_hazard_that_is_not_there_is_named(path: Place) -> None:
    with pytest.raises(UnknownNumber) as refusal:
        moved(path, "4711", Move("verify", "乙", day(4)))
    assert refusal.value.facts == {"number": "4711"}
