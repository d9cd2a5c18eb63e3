"""The register while it is written: numbers, names, what comes along, and what is undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hazardctl import store
from hazardctl.domain.asking import Asked
from hazardctl.domain.entering import enter
from hazardctl.domain.hazard import Event
from hazardctl.domain.refusals import AlreadyRegistered, SaysTheSame
from hazardctl.domain.register import CAMPAIGN, ENTERPRISE, INSPECTION, KINDS, PENALTY, Kind
from hazardctl.domain.registering import register as found_hazard
from hazardctl.errors import UnknownRecord
from hazardctl.ledger import reading, registering
from hazardctl.ledger.writing import act
from hazardctl.store import register, registered
from hazardctl.store.book import Book
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Place
from tests.builders import FOUND, WHAT, a_ledger, added, day, stamp
from tests.homes import Home, kept
from tests.records import edited, entered
from tests.whole import proved

CODE = "91440300708461136T"
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


@pytest.fixture
def path(home: Home) -> Place:
    """A ledger that was just begun."""
    return a_ledger(home)


def named(path: Place, kind: Kind, text: str) -> str:
    """The number of the record that a text means."""
    seen = registering.one(path, kind, text)
    return str(seen["number"])


def names(path: Place) -> list[tuple[str, str, int]]:
    with opened(path) as book:
        return list(book.ask("SELECT kind, name, id FROM named ORDER BY kind, id, name"))


def subjects(path: Place) -> list[str]:
    """Whose events they are, but for the ledger's own."""
    events = reading.history(path, None)
    return [event["number"] for event in events if event["number"] != "ledger"]


def a_hazard(enterprise: str, **what: Any) -> Event:
    told = {**WHAT, **what, "enterprise": enterprise}
    return found_hazard(stamp(), found_on=FOUND, what=told)


def an_enterprise(name: str, *aliases: str) -> Event:
    return enter(ENTERPRISE, stamp(), {"name": name, "aliases": aliases})


# Numbers.


@every_kind
def test_numbers_count_up_within_a_kind(path: Place, kind: Kind) -> None:
    numbers = [entered(path, kind, alone(kind, place)).number for place in (1, 2, 3)]
    assert numbers == [f"YH-{kind.letters}-0000{place}" for place in (1, 2, 3)]
    assert not proved(path).findings


def alone(kind: Kind, place: int) -> dict[str, Any]:
    """What makes a record of a kind another one."""
    on = FOUND - timedelta(place)
    days = {"inspection": "inspected_on", "penalty": "decided_on", "referral": "reported_on"}
    return {days[kind.name]: on} if kind.name in days else {"name": f"第{place}"}


# Names.


@pytest.mark.parametrize("kind", [ENTERPRISE, CAMPAIGN], ids=lambda kind: kind.name)
def test_what_bears_a_name_is_found_by_it_however_it_is_spelled(path: Place, kind: Kind) -> None:
    number = entered(path, kind, {"name": "Ａ厂 (东)"}).number
    for text in ("Ａ厂 (东)", "a厂（东）", " A 厂(东)", number, number.lower(), "1", "00001"):
        assert named(path, kind, text) == number
    for text in ("a厂", "2", "YH-XX-00001", "YH-2022-00001"):
        with pytest.raises(UnknownRecord) as refused:
            named(path, kind, text)
        assert refused.value.facts == {"what": kind.name, "number": text}


def test_an_enterprise_is_found_by_its_aliases_as_well(path: Place) -> None:
    number = entered(path, ENTERPRISE, {"name": "新厂", "aliases": ("老厂", "旧 厂")}).number
    assert {named(path, ENTERPRISE, text) for text in ("新厂", "老厂", "旧厂")} == {number}
    assert names(path) == [("enterprise", name, 1) for name in ("新厂", "旧厂", "老厂")]


@pytest.mark.parametrize(
    ("name", "aliases", "taken"),
    [
        ("新厂", (), "新厂"),
        ("新 厂", (), "新 厂"),
        ("老厂", (), "老厂"),
        ("另厂", ("第三厂", "老 厂"), "老 厂"),
        ("另厂", ("新厂",), "新厂"),
    ],
)
def test_two_of_one_name_are_refused_and_nothing_is_written(
    path: Place, name: str, aliases: tuple[str, ...], taken: str
) -> None:
    entered(path, ENTERPRISE, {"name": "新厂", "aliases": ("老厂",)})
    before = kept(path)
    with pytest.raises(AlreadyRegistered) as refused:
        entered(path, ENTERPRISE, {"name": name, "aliases": aliases})
    assert refused.value.facts == {"number": "YH-QY-00001", "what": "enterprise", "name": taken}
    assert kept(path) == before


def test_two_of_one_name_are_refused_before_the_first_is_written_out(path: Place) -> None:
    with store.writing(path, stamp()) as book:
        mark = book.mark()
        book.register.enter(ENTERPRISE, an_enterprise("新厂", "老厂"))
        with pytest.raises(AlreadyRegistered):
            book.register.enter(ENTERPRISE, an_enterprise("老厂"))
        book.undo(mark)
    assert names(path) == []


def test_an_enterprise_and_a_campaign_may_bear_one_name(path: Place) -> None:
    assert entered(path, ENTERPRISE, {"name": "百日行动"}).number == "YH-QY-00001"
    assert entered(path, CAMPAIGN, {"name": "百日行动"}).number == "YH-ZX-00001"


def test_a_name_that_is_given_up_is_free_and_the_number_stays(path: Place) -> None:
    number = entered(path, ENTERPRISE, {"name": "老厂"}).number
    assert edited(path, ENTERPRISE, "老厂", {"name": "新厂"}).number == number
    assert named(path, ENTERPRISE, "老厂") == number  # what was recorded under it is not lost
    edited(path, ENTERPRISE, "新厂", {"aliases": ()})
    with pytest.raises(UnknownRecord):
        named(path, ENTERPRISE, "老厂")
    assert entered(path, ENTERPRISE, {"name": "老厂"}).number == "YH-QY-00002"
    with pytest.raises(AlreadyRegistered):
        edited(path, ENTERPRISE, number, {"aliases": ("老厂",)})
    assert not proved(path).findings


def test_a_name_that_becomes_an_alias_still_finds_it(path: Place) -> None:
    entered(path, ENTERPRISE, {"name": "老厂"})
    edited(path, ENTERPRISE, "1", {"name": "新厂", "aliases": ("老厂",)})
    assert named(path, ENTERPRISE, "老厂") == named(path, ENTERPRISE, "新厂") == "YH-QY-00001"
    edited(path, ENTERPRISE, "老厂", {"aliases": ()})
    assert names(path) == [("enterprise", "新厂", 1)]
    assert not proved(path).findings


def test_a_name_may_be_spelled_anew(path: Place) -> None:
    entered(path, ENTERPRISE, {"name": "Ａ厂", "aliases": ("a 厂",)})
    edited(path, ENTERPRISE, "A厂", {"name": "A 厂"})
    assert named(path, ENTERPRISE, "a厂") == "YH-QY-00001"
    assert not proved(path).findings


def test_names_are_found_within_the_transaction_that_gives_them(path: Place) -> None:
    with store.writing(path, stamp()) as book:
        book.register.enter(ENTERPRISE, an_enterprise("新厂", "老厂"))
        assert book.register.number_of(ENTERPRISE, "老 厂") == 1
        assert book.register.number_of(CAMPAIGN, "老厂") is None
        book.enter(a_hazard("老厂"))
    assert subjects(path) == ["YH-QY-00001", "YH-2022-00001"]


# What is the same.


def test_a_visit_that_says_the_same_is_there_already(path: Place) -> None:
    told = {"enterprise": "某厂", "team": "第一组", "visits": 3}
    assert entered(path, INSPECTION, told).number == "YH-JC-00001"
    for same in (told, {**told, "enterprise": "某 厂"}, {**told, "hazards_found": 2, "visits": 1}):
        with pytest.raises(SaysTheSame) as refused:
            entered(path, INSPECTION, same)
        assert refused.value.facts["number"] == "YH-JC-00001"
    for other in ({"team": "第二组"}, {"inspected_on": day(1)}, {"enterprise": "另厂"}):
        assert entered(path, INSPECTION, {**told, **other})


def test_a_correction_may_make_another_record_possible(path: Place) -> None:
    entered(path, PENALTY, {"decision_no": "1号"})
    edited(path, PENALTY, "1", {"decision_no": "2号"})
    assert entered(path, PENALTY, {"decision_no": "1号"}).number == "YH-CF-00002"
    assert not proved(path).findings


# What comes along.


def test_an_enterprise_that_a_hazard_names_is_registered_with_what_the_hazard_tells(
    path: Place,
) -> None:
    number = added(path, what={"enterprise": "某 厂", "credit_code": CODE, "district": "永安镇"})
    seen = registering.one(path, ENTERPRISE, "某厂")
    assert (seen["name"], seen["credit_code"], seen["district"], seen["industry"]) == (
        "某 厂",
        CODE,
        "永安镇",
        "fireworks",
    )
    (event,) = seen["events"]
    assert (event["kind"], event["on"], event["actor"]) == ("entered", FOUND.isoformat(), "赵六")
    assert event["facts"] == {"named_in": number}
    assert subjects(path) == ["YH-QY-00001", number]


def test_a_wrong_credit_code_does_not_come_along(path: Place) -> None:
    added(path, what={"credit_code": CODE[:-1] + "0"})
    assert registering.one(path, ENTERPRISE, "1")["credit_code"] is None


def test_an_enterprise_comes_along_once(path: Place) -> None:
    for spelled in ("某厂", "某 厂", "某厂 "):
        added(path, what={"enterprise": spelled})
    edited(path, ENTERPRISE, "1", {"aliases": ("老厂",)})
    added(path, what={"enterprise": "老厂"})
    entered(path, PENALTY, {"enterprise": "老 厂"})
    assert {one for one in subjects(path) if "-QY-" in one} == {"YH-QY-00001"}


def test_a_correction_that_names_another_enterprise_brings_it_along(path: Place) -> None:
    number = added(path)
    event = Event("edited", on=FOUND, by="赵六", changes={"enterprise": "另厂"})
    (change,) = act(path, [number], stamp(), lambda _hazard, _rules: [event])
    assert change.newcomers == (("YH-QY-00002", "另厂"),)
    assert registering.one(path, ENTERPRISE, "另厂")["industry"] == "fireworks"
    assert not proved(path).findings


def test_a_name_that_shows_nothing_is_nobody(path: Place) -> None:
    with store.writing(path, stamp()) as book:
        book.enter(a_hazard("\u200b"))
        assert book.register.newcomers == []
    assert names(path) == []


# What is undone.


def test_what_was_met_since_a_mark_is_forgotten_with_it(path: Place) -> None:
    with store.writing(path, stamp()) as book:
        book.enter(a_hazard("甲厂"))
        mark = book.mark()
        met(book, "乙厂", "丙厂")
        assert [name for _, name in book.register.newcomers] == ["甲厂", "乙厂", "丙厂"]
        book.undo(mark)
        assert book.register.newcomers == [("YH-QY-00001", "甲厂")]
        assert book.register.number_of(ENTERPRISE, "甲厂") == 1
        assert book.register.number_of(ENTERPRISE, "丙厂") is None
        met(book, "丙厂", "甲厂")
        assert book.register.newcomers == [("YH-QY-00001", "甲厂"), ("YH-QY-00002", "丙厂")]
    assert names(path) == [("enterprise", "甲厂", 1), ("enterprise", "丙厂", 2)]
    assert not proved(path).findings


def test_a_record_that_was_entered_since_a_mark_gives_its_number_and_name_back(path: Place) -> None:
    with store.writing(path, stamp()) as book:
        mark = book.mark()
        assert book.register.enter(ENTERPRISE, an_enterprise("甲厂", "乙厂")) == "YH-QY-00001"
        book.undo(mark)
        assert book.register.enter(ENTERPRISE, an_enterprise("乙厂")) == "YH-QY-00001"
    assert names(path) == [("enterprise", "乙厂", 1)]
    assert not proved(path).findings


def test_a_name_that_was_taken_away_since_a_mark_is_back(path: Place) -> None:
    entered(path, ENTERPRISE, {"name": "甲厂"})
    with store.writing(path, stamp()) as book:
        mark = book.mark()
        record = register.record(book.ask, ENTERPRISE, 1)
        renamed = Event("edited", on=FOUND, by="赵六", changes={"name": "乙厂"})
        book.register.write(ENTERPRISE, record, [renamed])
        assert book.register.number_of(ENTERPRISE, "甲厂") is None
        book.undo(mark)
        assert book.register.number_of(ENTERPRISE, "甲厂") == 1
        assert book.register.number_of(ENTERPRISE, "乙厂") is None
    assert not proved(path).findings


def met(book: Book, *enterprises: str) -> None:
    for name in enterprises:
        book.enter(a_hazard(name, description=f"{name}的隐患"))


# What was asked before.


def test_a_record_is_made_again_as_it_stood_at_an_event(path: Place) -> None:
    entered(path, ENTERPRISE, {"name": "甲厂"})
    edited(path, ENTERPRISE, "1", {"district": "永安镇"})
    edited(path, ENTERPRISE, "1", {"district": "沿溪镇"})
    seqs = [event["seq"] for event in reading.history(path, "YH-QY-00001")]
    with opened(path) as book:
        told = [register.made(book.ask, ENTERPRISE, "YH-QY-00001", last=seq) for seq in seqs]
        standing = register.record(book.ask, ENTERPRISE, 1)
    assert [registered.to_row(ENTERPRISE, one)["district"] for one in told] == [
        None,
        "永安镇",
        "沿溪镇",
    ]
    assert told[-1] == standing


def test_the_history_of_a_record_is_found_by_its_whole_number_alone(path: Place) -> None:
    entered(path, ENTERPRISE, {"name": "甲厂"})
    assert len(reading.history(path, "yh-qy-00001")) == 1
    with pytest.raises(UnknownRecord):
        reading.history(path, "YH-QY-00002")


@every_kind
def test_a_list_is_in_the_order_of_numbers_and_as_long_as_was_asked(
    path: Place, kind: Kind
) -> None:
    for place in range(3):
        entered(path, kind, alone(kind, place))
    asked = Asked()
    listed = registering.listing(path, kind, asked)
    assert [one["number"] for one in listed] == [f"YH-{kind.letters}-0000{n}" for n in (1, 2, 3)]
    assert registering.listing(path, kind, asked, limit=2) == listed[:2]
