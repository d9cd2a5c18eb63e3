"""Acting on hazards, beginning a ledger, setting its rules."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from hazardctl.domain.refusals import CaseLeaderNeeded, SamePerson, TooManyExtensions
from hazardctl.domain.rules import Rules
from hazardctl.errors import LedgerExists, NoLedger, UnknownNumber
from hazardctl.ledger import reading, writing
from hazardctl.ledger.writing import Decision
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Place
from hazardctl.store.refusals import Overtaken
from tests.builders import TODAY, a_ledger, added, day, decide, due, moved, stamp
from tests.homes import Home
from tests.reference import Move
from tests.whole import proved


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger with three hazards that are assigned."""
    ledger = a_ledger(home)
    for _ in range(3):
        added(ledger, deadline=due(10), person="甲")
    return ledger


def making(move: Move) -> Decision:
    """The decision to make a move."""
    return lambda hazard, rules: decide(hazard, move, rules=rules)


def states(path: Place) -> list[str]:
    """The states of the three hazards."""
    return [reading.hazard(path, str(place), TODAY)["state"] for place in (1, 2, 3)]


# several numbers


def test_several_hazards_take_the_same_step_in_one_transaction(path: Place) -> None:
    changes = writing.act(
        path, ["3", "2022-1"], stamp("甲", 3), making(Move("submit", "甲", day(3)))
    )
    assert [(change.number, change.before, change.after.state) for change in changes] == [
        ("YH-2022-00003", "assigned", "submitted"),
        ("YH-2022-00001", "assigned", "submitted"),
    ]
    assert states(path) == ["submitted", "assigned", "submitted"]
    moments = {event["at"] for event in reading.history(path, None, limit=2)}
    assert len(moments) == 1


@pytest.mark.parametrize("numbers", [["1", "2", "3"], ["3", "1"], ["1", "99"]])
def test_one_refusal_refuses_all(path: Place, numbers: list[str]) -> None:
    moved(path, "3", Move("submit", "乙", day(3)))
    for place in ("1", "2"):
        moved(path, place, Move("submit", "甲", day(3)))
    events = len(reading.history(path, None))
    with pytest.raises((SamePerson, UnknownNumber)):
        writing.act(path, numbers, stamp("乙", 4), making(Move("verify", "乙", day(4))))
    assert states(path) == ["submitted"] * 3
    assert len(reading.history(path, None)) == events


def test_the_walk_leaves_an_event_of_each_step_and_says_who_recorded_it(path: Place) -> None:
    close = Move("close", "丁", day(9), rectified_by="甲", rectified_on=day(3), verifiers=("乙",))
    hazard = moved(path, "2", close)
    assert hazard.state == "closed"
    told = reading.history(path, "2")[-3:]
    assert [(one["kind"], one["actor"], one["recorded_by"]) for one in told] == [
        ("submitted", "甲", "丁"),
        ("verified", "乙", "丁"),
        ("closed", "丁", "丁"),
    ]


def test_a_cycle_that_was_closed_is_told_beside_the_present_one(path: Place) -> None:
    moved(
        path,
        "1",
        Move("close", "丁", day(9), rectified_by="甲", rectified_on=day(3), verifiers=("乙",)),
        Move("reopen", "赵六", day(12), due=day(30)),
    )
    first, second = reading.hazard(path, "1", TODAY)["cycles"]
    assert (first["cycle"], first["state"], first["closed_by"]) == (1, "closed", "丁")
    assert (first["verified_by"], first["due_on"]) == (["乙"], day(10).isoformat())
    assert (second["cycle"], second["state"], second["closed_on"]) == (2, "assigned", None)


def test_a_rehearsal_is_recorded_as_one(path: Place) -> None:
    rehearsed = replace(stamp("甲", 3), rehearsed=True)
    writing.act(path, ["1"], rehearsed, making(Move("submit", "甲", day(3))))
    with opened(path) as book:
        ((body,),) = book.ask("SELECT body FROM event ORDER BY seq DESC LIMIT 1")
        before = book.ask("SELECT body FROM event ORDER BY seq DESC LIMIT 2")[1][0]
    assert json.loads(body)["today"] == TODAY.isoformat()
    assert "today" not in json.loads(before)


# beginning


def test_a_ledger_is_begun_once(path: Place) -> None:
    with pytest.raises(LedgerExists) as refusal:
        writing.begin(path, stamp(), Rules(prefix="LY"))
    assert refusal.value.facts == {"path": str(path)}
    assert reading.rules(path).prefix == "YH"


def test_of_desks_that_begin_a_ledger_at_once_one_begins_it(home: Home) -> None:
    path, prefixes = home.ledger(), ["AA", "BB", "CC", "DD", "EE", "FF"]
    with ThreadPoolExecutor(len(prefixes)) as desks:
        told = [desks.submit(begins, path, prefix) for prefix in prefixes]
        outcomes = [desk.result(timeout=60) for desk in told]
    (begun,) = (prefix for prefix, done in zip(prefixes, outcomes, strict=True) if done)
    assert reading.rules(path).prefix == begun
    assert proved(path).findings == []


def begins(path: Place, prefix: str) -> bool:
    """Whether it is this desk that begins it; who is overtaken tries again, as commands do."""
    for _ in range(20):
        try:
            writing.begin(path, stamp(), Rules(prefix=prefix))
        except Overtaken:
            time.sleep(0.05)
        except LedgerExists:
            return False
        else:
            return True
    raise AssertionError("it was overtaken again and again")


def test_a_ledger_begins_with_the_prefix_that_was_chosen(home: Home) -> None:
    path = a_ledger(home, prefix="LY")
    assert added(path) == "LY-2022-00001"
    begun, set_ = reading.history(path, None)[:2]
    assert (begun["kind"], set_["kind"]) == ("ledger-begun", "rules-set")
    assert begun["facts"]["ledger_id"]
    assert set_["facts"] == {"rules": {"prefix": "LY"}}


def test_no_two_ledgers_are_one(home: Home) -> None:
    ids = set()
    for name in ("a", "b"):
        path = home.ledger(name)
        writing.begin(path, stamp(), Rules())
        ids.add(reading.history(path, None)[0]["facts"]["ledger_id"])
    assert len(ids) == 2


@pytest.mark.parametrize(
    "act",
    [
        lambda path: writing.act(path, ["1"], stamp(), lambda _hazard, _rules: []),
        lambda path: writing.set_rules(path, stamp(), {"extensions": "3"}),
        lambda path: reading.rules(path),
        lambda path: reading.hazard(path, "1", TODAY),
        lambda path: reading.history(path, None),
    ],
)
def test_no_other_verb_begins_one(act: Callable[[Place], object], home: Home) -> None:
    with pytest.raises(NoLedger):
        act(home.ledger())
    assert list(home.folder.iterdir()) == []


# rules


def test_a_rule_that_is_set_is_an_event(path: Place) -> None:
    before = len(reading.history(path, None))
    writing.set_rules(path, stamp("局长", 5), {"extensions": "1", "due_soon": "7"})
    *_, event = reading.history(path, None)
    assert len(reading.history(path, None)) == before + 1
    assert (event["kind"], event["actor"], event["number"]) == ("rules-set", "局长", "ledger")
    assert event["facts"] == {"rules": {"extensions": "1", "due_soon": "7"}}
    assert reading.rules(path) == Rules(extensions=1, due_soon=7)


def test_a_rule_changes_what_is_allowed_from_then_on(path: Place) -> None:
    request = Move("request", "甲", day(3), due=day(20))
    moved(path, "1", request)
    writing.set_rules(path, stamp(), {"extensions": "0"})
    with pytest.raises(TooManyExtensions):
        moved(path, "2", request)
    writing.set_rules(path, stamp(), {"extensions": "1"})
    moved(path, "2", request)


def test_a_rule_may_be_set_again_and_is_kept_once(path: Place) -> None:
    for value in ("1", "0", "1"):
        writing.set_rules(path, stamp(), {"case_leader_for_all": value})
    assert reading.rules(path).case_leader_for_all
    with pytest.raises(CaseLeaderNeeded):
        moved(path, "1", Move("assign", "赵六", day(3), person="己"))
