"""Adding a hazard: registered, or assigned at once."""

from __future__ import annotations

import pytest

from hazardctl.domain.assigning import Order
from hazardctl.domain.refusals import CaseLeaderNeeded
from hazardctl.domain.words import DueKind, Severity, Source
from hazardctl.ledger import reading, writing
from hazardctl.store.lookups import is_hazard
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Place
from tests.builders import (
    FOUND,
    PHOTO,
    TODAY,
    WHAT,
    a_ledger,
    added,
    at_once,
    day,
    due,
    in_days,
    ready,
    stamp,
)
from tests.homes import Home


@pytest.fixture
def path(home: Home) -> Place:
    """Where a ledger is to be."""
    return ready(home)


def add(path: Place, order: Order, **told: object) -> writing.Change:
    """Add a hazard four days after it was found."""
    return writing.add(path, stamp(on=4), what=WHAT, found_on=FOUND, order=order, **told)  # type: ignore[arg-type]  # what a test gives


def kinds(path: Place) -> list[str]:
    """The kinds of all events about hazards."""
    events = reading.history(path, None)
    return [event["kind"] for event in events if is_hazard(event["number"])]


@pytest.mark.only_on("sqlite", "a database on a server is made a ledger by `init` alone")
def test_the_first_add_begins_the_ledger(path: Place) -> None:
    change = add(path, Order())
    assert (change.number, change.before, change.after.state) == (
        "YH-2022-00001",
        None,
        "registered",
    )
    assert kinds(path) == ["registered"]
    assert reading.rules(path).prefix == "YH"


def test_numbers_count_up_within_the_year_found(path: Place) -> None:
    assert [added(path) for _ in range(3)] == [f"YH-2022-0000{place}" for place in (1, 2, 3)]
    assert added(path, found_on=FOUND.replace(year=2021)) == "YH-2021-00001"
    assert added(path) == "YH-2022-00004"


@pytest.mark.parametrize(
    "order", [Order(responsible_unit="镇政府"), Order(responsible_person="甲")]
)
def test_with_a_due_date_and_someone_responsible_it_is_assigned_at_once(
    order: Order, path: Place
) -> None:
    change = add(path, order, deadline=due(10))
    assert kinds(path) == ["registered", "assigned"]
    assert (change.before, change.after.state, change.after.assigned_on) == (
        None,
        "assigned",
        day(4),
    )
    assert (change.after.due_on, change.after.original_due_on) == (day(10), day(10))
    assert change.seen["state"] == "assigned"


def test_either_alone_leaves_it_registered_and_is_kept(path: Place) -> None:
    with_person = add(path, Order(responsible_person="甲", case_leader="李局")).after
    with_due = add(path, Order(case_leader="李局"), deadline=due(10)).after
    assert kinds(path) == ["registered", "registered"]
    assert (with_person.responsible_person, with_person.due_on) == ("甲", None)
    assert (with_due.case_leader, with_due.due_on) == ("李局", day(10))


@pytest.mark.parametrize("person", [None, "甲"])
def test_a_relative_deadline_counts_from_the_day_it_was_found(
    person: str | None, path: Place
) -> None:
    order = Order(responsible_person=person)
    assert add(path, order, deadline=in_days(7)).after.due_on == day(7)
    change = add(path, order, deadline=at_once)
    assert (change.after.due_on, change.after.due_kind) == (FOUND, DueKind.IMMEDIATE)


def test_a_ledger_that_asks_a_case_leader_of_every_hazard_asks_it_of_what_is_assigned(
    home: Home,
) -> None:
    path = a_ledger(home)
    writing.set_rules(path, stamp(), {"case_leader_for_all": "1"})
    with pytest.raises(CaseLeaderNeeded):
        added(path, deadline=due(10), person="甲")
    assert added(path) == "YH-2022-00001"
    assert added(path, deadline=due(10), person="甲", leader="李局") == "YH-2022-00002"


def test_evidence_comes_with_an_event_of_its_own(path: Place) -> None:
    number = added(path, evidence=[PHOTO])
    assert kinds(path) == ["registered", "attached"]
    (told,) = reading.hazard(path, number, TODAY)["evidence"]
    assert (told["sha256"], told["kind"]) == (PHOTO["sha256"], "attached")


def test_who_reported_it_stands_beside_the_chain_and_nowhere_else(path: Place) -> None:
    number = added(path, reporter="张三 13800000000", what={"source": Source.PUBLIC_REPORT})
    with opened(path) as book:
        ((ident, identity),) = book.ask("SELECT id, identity FROM reporter")
        bodies = book.ask("SELECT body FROM event")
        ((kept,),) = book.ask("SELECT reporter FROM hazard")
    assert identity == "张三 13800000000"
    assert kept == ident
    assert len(ident) == 32
    assert not any("张三" in body for (body,) in bodies)
    assert "张三" not in str(reading.hazard(path, number, TODAY))


def test_each_report_has_an_id_of_its_own(path: Place) -> None:
    for _ in range(2):
        added(path, reporter="张三")
    with opened(path) as book:
        assert book.ask("SELECT count(DISTINCT id) FROM reporter") == [(2,)]


def test_a_campaign_named_twice_is_one(path: Place) -> None:
    number = added(path, what={"campaigns": ("百日行动", "消防专项", "百日行动", "夏季\n百日行动")})
    told = reading.hazard(path, number, TODAY)
    assert told["campaigns"] == ["百日行动", "消防专项", "夏季"]


def test_a_major_hazard_is_added_without_its_basis(path: Place) -> None:
    number = added(path, what={"severity": Severity.MAJOR})
    assert reading.hazard(path, number, TODAY)["severity"] == "major"


def test_every_event_tells_who_and_when_and_on_which_day(path: Place) -> None:
    added(path, by="戊", on=day(4), deadline=due(10), person="甲")
    first, second = (event for event in reading.history(path, "1"))
    assert (first["actor"], first["on"], first["at"]) == ("戊", FOUND.isoformat(), stamp().at)
    assert (second["actor"], second["on"]) == ("戊", day(4).isoformat())
