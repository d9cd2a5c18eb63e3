"""What is lawful and suspicious all the same: told when it is there, and not when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from hazardctl.domain.finding import Finding
from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import State
from hazardctl.ledger import importing, writing
from hazardctl.store.place import Place
from hazardctl.store.suspicions import MANY
from tests.builders import (
    FOUND,
    PHOTO,
    TODAY,
    a_ledger,
    added,
    day,
    decide,
    drafted,
    due,
    moved,
    stamp,
)
from tests.deliveries import Delivery
from tests.homes import Home
from tests.reference import Move
from tests.whole import keep_photo, proved

SUBMIT = Move("submit", "甲", day(3))
VERIFY = Move("verify", "乙", day(4), verifiers=("乙",))
CLOSE = Move("close", "丁", day(5))


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger that was just begun, readable by its owner alone."""
    return a_ledger(home)


def told(path: Place) -> dict[str, Finding]:
    """What is suspicious in a ledger that is not at fault, by its code."""
    proof = proved(path)
    assert proof.findings == []
    assert len({one.code for one in proof.suspicions}) == len(proof.suspicions)
    return {one.code: one for one in proof.suspicions}


def at(minutes: float) -> str:
    """A moment, counted from 8 o'clock."""
    seconds = minutes * 60
    return f"{TODAY.isoformat()}T08:{int(seconds // 60):02}:{seconds % 60:09.6f}Z"


def entered(path: Place, **what: str) -> str:
    """A hazard that was entered at 8 o'clock."""
    return added(path, deadline=due(10), person="甲", what=what)


def signed_off(path: Place, number: str, *, minutes: float) -> None:
    """Submitted, verified and signed off so many minutes after 8 o'clock."""
    for move in (SUBMIT, VERIFY, CLOSE):
        who = replace(stamp(move.by, move.on), at=at(minutes))
        writing.act(path, [number], who, partial(taking, move))


def taking(move: Move, hazard: Hazard, rules: Rules) -> list[Event]:
    """What the program makes of a move."""
    return decide(hazard, move, rules=rules)


def test_nothing_is_suspicious_in_a_ledger_that_was_just_begun(path: Place) -> None:
    assert told(path) == {}
    added(path)
    assert told(path) == {}


# Closed by an import without a verifier.


def taken_in(path: Place, **stated: object) -> str:
    """A hazard as a file states it."""
    fields: Mapping[str, object] = {
        "number": "",
        "industry": "other",
        "enterprise": "某厂",
        "description": "堵塞",
        "found_on": FOUND,
        "since_on": FOUND,
        "from_on": FOUND,
        "imported": True,
        **stated,
    }
    draft = drafted(Hazard(**fields), {})  # type: ignore[arg-type]  # the keys name the fields
    importing.take(path, stamp(), [Delivery("a.csv", [draft], {"file": "a.csv"})])
    return "YH-2022-00001"


def test_an_import_that_states_closed_and_no_verifier_is_suspicious(path: Place) -> None:
    number = taken_in(path, state=State.CLOSED, closed_on=FOUND, was_submitted=True)
    assert told(path)["closed-unverified"].facts == {"count": 1, "numbers": [number]}


@pytest.mark.parametrize(
    "stated",
    [
        {"state": State.CLOSED, "closed_on": FOUND, "verified_by": ("乙",)},
        {"state": State.REGISTERED},
    ],
)
def test_an_import_that_names_who_verified_or_leaves_it_open_is_not(
    path: Place, stated: Mapping[str, object]
) -> None:
    taken_in(path, **stated)
    assert told(path) == {}


# Signed off within minutes.


def test_a_hazard_signed_off_within_minutes_of_being_entered_is_suspicious(path: Place) -> None:
    number = entered(path)
    signed_off(path, number, minutes=9.9)
    assert told(path)["closed-soon"].facts == {"minutes": 10, "count": 1, "numbers": [number]}


def test_a_hazard_signed_off_later_is_not(path: Place) -> None:
    signed_off(path, entered(path), minutes=10)
    assert told(path) == {}


# One person for many.


def test_one_person_who_rectified_for_many_enterprises_is_suspicious(path: Place) -> None:
    names = [f"{place} 号厂" for place in range(MANY)]
    numbers = [
        entered(path, enterprise=name, description=f"{place}")
        for place, name in enumerate([*names[:-1], names[0], names[-1]])
    ]
    for number in numbers[:-1]:
        signed_off(path, number, minutes=30)
    assert told(path) == {}
    signed_off(path, numbers[-1], minutes=30)
    facts = told(path)["rectified-for-many"].facts
    assert facts == {"many": MANY, "count": 1, "names": [f"甲 ({MANY})"]}


# The same photo.


def test_the_same_file_under_two_hazards_is_suspicious(path: Place, home: Home) -> None:
    keep_photo(path, home.folder)
    one = added(path, evidence=[PHOTO])
    moved(
        path,
        one,
        Move("assign", "赵六", day(1), person="甲", due=day(9)),
        Move("accept", "甲", day(2)),
    )
    assert told(path) == {}
    other = added(path, evidence=[{**PHOTO, "name": "另一张.jpg"}])
    facts = told(path)["same-file"].facts
    assert facts["numbers"] == [one, other]
    assert facts["count"] == 2


def test_the_same_file_twice_under_one_hazard_is_not(path: Place, home: Home) -> None:
    keep_photo(path, home.folder)
    number = added(path, evidence=[PHOTO, PHOTO], deadline=due(10), person="甲")
    moved(path, number, replace(SUBMIT, evidence=True))
    assert told(path) == {}


# Another today, another clock.


def test_what_was_entered_with_another_today_is_told(path: Place) -> None:
    added(path, what={"remark": '"today":"2022-01-01"', "description": '{"today":"x"}'})
    assert told(path) == {}
    with_another = replace(stamp(), rehearsed=True)
    number = "YH-2022-00001"
    for place in (1, 2):
        move = Move("edit", "赵六", day(place), stop_order=str(place))
        writing.act(path, [number], with_another, partial(taking, move))
    assert told(path)["rehearsed"].facts == {"count": 1, "numbers": [number]}


def test_a_clock_that_was_set_back_is_told_with_the_event(path: Place) -> None:
    later = replace(stamp(), at=f"{(TODAY + timedelta(days=1)).isoformat()}T08:00:00.000000Z")
    writing.set_rules(path, later, {"due_soon": "5"})
    assert told(path) == {}
    added(path)
    (remark,) = proved(path).suspicions
    assert (remark.code, remark.seq) == ("clock-set-back", 4)


# Who may read it, where it is a file: on a server that is told by rights, which `init` gives.


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o777])
def test_a_ledger_that_others_may_read_is_told(tmp_path: Path, mode: int) -> None:
    path = a_ledger(tmp_path)
    path.chmod(mode)
    facts = told(path)["readable-by-others"].facts
    assert facts == {"name": "ledger.db", "mode": f"{mode:04o}"}


def test_evidence_that_others_may_read_is_told(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    (path.parent / "evidence").mkdir(mode=0o755)
    (path.parent / "evidence").chmod(0o755)
    assert told(path)["readable-by-others"].facts == {"name": "evidence", "mode": "0755"}


def test_of_a_ledger_that_cannot_be_read_nothing_is_suspected(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    signed_off(path, entered(path), minutes=0)
    path.write_bytes(path.read_bytes()[: -2 * 8192])
    proof = proved(path, date(2022, 12, 31))
    assert proof.findings
    assert proof.suspicions == []
