"""A whole ledger carried to a server, to a file and back: the same there, or refused."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from typing import Any

import psycopg
import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.errors import LedgerAtFault, NotALedger
from hazardctl.ledger import carrying, checking, reading
from hazardctl.ledger.carrying import Carried
from hazardctl.ledger.evidence import proof
from hazardctl.store import carrying as rows
from hazardctl.store.batch import table_of
from hazardctl.store.opening import look
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import CopyDiffers, HalfCopied, OccupiedTarget, Overtaken
from hazardctl.store.schema import APPLICATION_ID, MIGRATIONS
from tests.builders import TODAY, a_ledger, added
from tests.servers import database
from tests.whole import a_whole_ledger, at_fault, proved

AT = "2022-12-31T00:00:00Z"
WAYS = ["file to server", "server to file", "file to file", "server to server"]


def carried(source: Place, target: Place, *, stopped_at: int | None = None) -> Carried:
    """What was carried; it is stopped by Ctrl-C once so many rows have come."""

    def watch(count: int, _share: float | None) -> None:
        if stopped_at is not None and count >= stopped_at:
            raise KeyboardInterrupt

    return carrying.carry(source, target, at=AT, today=TODAY, taxonomy=taxonomy(), watch=watch)


@pytest.fixture
def database_of_its_own() -> Iterator[Callable[[], Server]]:
    """Makes databases without anything in them."""
    made = []

    def make() -> Server:
        made.append(database())
        return made[-1].__enter__()

    yield make
    for one in made:
        one.__exit__(None, None, None)


@pytest.fixture(params=WAYS)
def way(
    request: pytest.FixtureRequest, tmp_path: Path, database_of_its_own: Callable[[], Server]
) -> tuple[Place, Place]:
    """A ledger in which there is something of every kind, and an empty place for it."""
    source, target = str(request.param).split(" to ")
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    ledger: Place = a_whole_ledger(tmp_path / "one", seed=4)
    if source == "server":
        served = database_of_its_own()
        carried(ledger, served)
        ledger = served
    there = database_of_its_own() if target == "server" else tmp_path / "other" / "ledger.db"
    return ledger, there


def everything(place: Place) -> dict[str, list[object]]:
    """Every row of every table of a ledger."""
    told: dict[str, list[object]] = {}
    with opened(place) as book:
        for made in rows._tables():
            table = table_of(made)
            columns = ", ".join(table.columns.keys())
            told[table.name] = sorted(book.ask(f"SELECT {columns} FROM {table.name}"), key=repr)
    return told


def test_what_was_carried_is_the_same_ledger(way: tuple[Place, Place]) -> None:
    source, target = way
    done = carried(source, target)
    assert everything(target) == everything(source)
    assert done.came == done.digest.n == proved(source).events
    assert not at_fault(proved(target))
    assert proof(target, None) == (done.digest.evidence_count, []) != (0, [])
    assert reading.listing(target, Filter(), TODAY) == reading.listing(source, Filter(), TODAY)
    added(target)  # and it is written on


@pytest.mark.parametrize("stopped_at", [40, 200])
def test_a_copy_that_was_stopped_is_no_ledger_and_goes_on(
    way: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch, stopped_at: int
) -> None:
    source, target = way
    monkeypatch.setattr(rows, "AT_ONCE", 20)
    before = everything(source)
    with pytest.raises(KeyboardInterrupt):
        carried(source, target, stopped_at=stopped_at)
    for use in (look, added, proved, lambda place: reading.history(place, None)):
        with pytest.raises(HalfCopied):
            use(target)
    done = carried(source, target)
    assert done.came < done.digest.n
    assert everything(target) == everything(source) == before


def test_the_same_again_brings_nothing_and_what_is_new_is_brought(way: tuple[Place, Place]) -> None:
    source, target = way
    first = carried(source, target)
    assert carried(source, target) == Carried(first.digest, 0)
    added(source)
    again = carried(source, target)
    assert again.came == again.digest.n - first.digest.n > 0
    assert everything(target) == everything(source)


def test_a_ledger_that_went_its_own_way_stays(way: tuple[Place, Place]) -> None:
    source, target = way
    carried(source, target)
    added(target)
    with pytest.raises(OccupiedTarget) as ahead:
        carried(source, target)
    added(source)
    with pytest.raises(OccupiedTarget) as otherwise:
        carried(source, target)
    whats = [caught.value.facts["what"] for caught in (ahead, otherwise)]
    assert whats == ["ledger-ahead", "another-past"]
    assert not at_fault(proved(target))


def test_another_ledger_stays(way: tuple[Place, Place], tmp_path: Path) -> None:
    source, target = way
    (tmp_path / "third").mkdir()
    carried(a_ledger(tmp_path / "third"), target)
    was = everything(target)
    with pytest.raises(OccupiedTarget, match="another-ledger"):
        carried(source, target)
    assert everything(target) == was


def test_half_of_another_ledger_is_not_gone_on_with(
    way: tuple[Place, Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = way
    (tmp_path / "third").mkdir()
    monkeypatch.setattr(rows, "AT_ONCE", 20)
    with pytest.raises(KeyboardInterrupt):
        carried(a_whole_ledger(tmp_path / "third", seed=5), target, stopped_at=60)
    with pytest.raises(OccupiedTarget, match="another-ledger"):
        carried(source, target)


def test_nothing_is_carried_among_the_tables_of_another_program(
    tmp_path: Path, database_of_its_own: Callable[[], Server]
) -> None:
    source = a_ledger(tmp_path)
    foreign, server = tmp_path / "foreign.db", database_of_its_own()
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE theirs(x)")
    with psycopg.connect(server.url) as owner:
        owner.execute("CREATE TABLE theirs(x TEXT)")
    before = foreign.read_bytes()
    for target in (foreign, server):
        with pytest.raises(NotALedger):
            carried(source, target)
    assert foreign.read_bytes() == before


def test_a_ledger_at_fault_is_not_carried(tmp_path: Path) -> None:
    source, target = a_whole_ledger(tmp_path, seed=4), tmp_path / "target.db"
    with closing(sqlite3.connect(source)) as hand:
        hand.execute(
            "UPDATE hazard SET district = 'elsewhere' WHERE id IN (SELECT min(id) FROM hazard)"
        )
        hand.commit()
    with pytest.raises(LedgerAtFault):
        carried(source, target)
    assert not target.exists()


def test_what_comes_out_different_is_no_ledger(
    way: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = way
    insert = rows._insert

    def spoilt(connection: object, made: type, lot: list[tuple[object, ...]]) -> None:
        if made.__name__ == "LineRow":
            lot = lot[1:]
        insert(connection, made, lot)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(rows, "_insert", spoilt)
    with pytest.raises(CopyDiffers):
        carried(source, target)
    with pytest.raises(HalfCopied):
        look(target)
    monkeypatch.undo()
    assert carried(source, target).came == 0
    assert everything(target) == everything(source)


def test_what_is_written_to_a_copy_before_it_is_proved_is_not_taken(
    way: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = way
    prove, codes = checking.prove, list[int]()
    line = ["add", "乙", "--industry", "other", "--enterprise", "某厂", "--as", "甲"]

    def write_first(place: Place, *more: Any, **others: Any) -> Any:
        if place == target:
            desk = [sys.executable, "-m", "hazardctl", "--ledger", str(place), *line]
            codes.append(subprocess.run(desk, capture_output=True, check=False).returncode)
        return prove(place, *more, **others)

    monkeypatch.setattr(carrying, "prove", write_first)
    carried(source, target)
    assert codes == [6]
    assert everything(target) == everything(source)


def test_what_is_written_to_a_copy_once_it_is_a_ledger_stays(
    way: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two copies at once: one is finished and written to while the other is on its way."""
    source, target = way
    beside, written = rows.beside, list[str]()

    def after_another(*given: Any, **more: Any) -> None:
        monkeypatch.setattr(rows, "beside", beside)
        carried(source, target)
        written.append(added(target))
        beside(*given, **more)

    monkeypatch.setattr(rows, "beside", after_another)
    with pytest.raises(Overtaken):
        carried(source, target)
    assert written[0] in {one["number"] for one in reading.listing(target, Filter(), TODAY)}
    assert not at_fault(proved(target))


def test_a_ledger_that_is_brought_up_to_date_is_one_all_the_time(
    way: tuple[Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = way
    first = carried(source, target)
    added(source)
    with pytest.raises(KeyboardInterrupt):
        carried(source, target, stopped_at=first.digest.n + 1)
    assert proved(target).head == first.digest.head
    assert carried(source, target).came > 0


def test_a_copy_whose_evidence_is_gone_gets_it_again(way: tuple[Place, Place]) -> None:
    source, target = way
    carried(source, target)
    if isinstance(target, Server):
        with psycopg.connect(target.url) as owner:
            owner.execute("DELETE FROM evidence_part")
    else:
        rmtree(target.parent / "evidence")
    assert carried(source, target).came == 0
    assert proof(target, None)[1] == []


def test_a_ledger_of_an_earlier_program_is_no_place_for_a_copy(tmp_path: Path) -> None:
    source, target = a_ledger(tmp_path), tmp_path / "old.db"
    with closing(sqlite3.connect(target)) as made:
        made.execute(f"PRAGMA application_id={APPLICATION_ID}")
        for statement in MIGRATIONS[0].sqlite:
            made.execute(statement)
        made.execute("PRAGMA user_version=1")
    with pytest.raises(OccupiedTarget, match="older-ledger"):
        carried(source, target)
