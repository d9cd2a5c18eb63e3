"""An old ledger opens in a new program, and is brought up to it whole or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hazardctl import store
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.asking import Asked
from hazardctl.domain.assigning import Order
from hazardctl.domain.filter import Filter
from hazardctl.domain.names import sameness
from hazardctl.domain.register import ENTERPRISE, KINDS
from hazardctl.errors import (
    Damaged,
    LedgerAtFault,
    NewerLedger,
    NoLedger,
    OlderLedger,
    UnknownRecord,
)
from hazardctl.ledger import reading, registering, writing
from hazardctl.ledger.checking import prove
from hazardctl.ledger.upgrading import upgrade
from hazardctl.store import schema
from hazardctl.store.schema import MIGRATIONS, VERSION
from tests.attackers import unguarded
from tests.builders import TODAY, WHAT, a_ledger, stamp

RELEASED = Path(__file__).parent / "released"
ROOT = Path(__file__).parents[2]
OLD = sorted(range(1, VERSION))
EVENTS = "SELECT * FROM event ORDER BY seq"
# A released entry is never edited: whoever holds such a ledger has just this schema.
ENTRIES = {1: "f6ef47d4fdfa6cf2", 2: "8c38b8ab51e926d3", 3: "9dd3c5b27c8b2d6d"}


def old(folder: Path, version: int) -> Path:
    """A ledger as the program of that version left it."""
    with tarfile.open(RELEASED / f"schema-{version}.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return folder / "ledger.db"


def rows(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("version", OLD)
def test_an_old_ledger_is_read_as_it_is(tmp_path: Path, version: int) -> None:
    path = old(tmp_path, version)
    before = path.read_bytes()
    assert len(reading.listing(path, Filter(), TODAY)) == 6
    assert reading.hazard(path, "1", TODAY)["cycle"] == 2
    assert not prove(path, TODAY, taxonomy()).findings
    for kind in KINDS.values():
        assert registering.listing(path, kind, Asked()) == []
        with pytest.raises(UnknownRecord):
            registering.one(path, kind, "1")
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", OLD)
def test_an_old_ledger_is_not_written_before_it_is_upgraded(tmp_path: Path, version: int) -> None:
    path = old(tmp_path, version)
    with pytest.raises(OlderLedger) as refused, store.writing(path, stamp()):
        pass
    assert refused.value.facts == {"path": str(path), "version": version, "known": VERSION}


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_makes_the_schema_of_a_new_ledger(tmp_path: Path, version: int) -> None:
    path = old(tmp_path, version)
    upgrade(path, stamp(), taxonomy())
    (tmp_path / "new").mkdir()
    new = a_ledger(tmp_path / "new")
    made = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    assert rows(path, made) == rows(new, made)
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]
    assert rows(path, "PRAGMA application_id") == [(schema.APPLICATION_ID,)]
    assert not prove(path, TODAY, taxonomy()).findings


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_leaves_every_event_as_it_was_and_adds_its_own(
    tmp_path: Path, version: int
) -> None:
    path = old(tmp_path, version)
    before = rows(path, EVENTS)
    listed = reading.listing(path, Filter(), TODAY)
    copy = upgrade(path, stamp("升级人"), taxonomy())
    assert copy is not None
    after = rows(path, EVENTS)
    assert after[: len(before)] == before
    *met, last = reading.history(path, None)[len(before) :]
    assert [event["kind"] for event in met] == ["entered"] * len(met)
    assert {event["actor"] for event in (*met, last)} == {"升级人"}
    assert (last["kind"], last["facts"]) == ("schema-migrated", {"from": version, "to": VERSION})
    assert reading.listing(path, Filter(), TODAY) == listed
    assert rows(copy, EVENTS) == before
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_registers_each_enterprise_once_with_what_its_first_hazard_tells(
    tmp_path: Path, version: int
) -> None:
    path = old(tmp_path, version)
    hazards = reading.listing(path, Filter(), TODAY)
    first: dict[str, Any] = {}
    for hazard in hazards:
        first.setdefault(sameness(hazard["enterprise"]), hazard)
    upgrade(path, stamp(), taxonomy())
    registered = registering.listing(path, ENTERPRISE, Asked())
    assert [one["number"] for one in registered] == [
        f"CS-QY-{place:05}" for place in range(1, len(first) + 1)
    ]
    for one, hazard in zip(registered, first.values(), strict=True):
        assert [one[name] for name in ("name", "industry", "district")] == [
            hazard[name] for name in ("enterprise", "industry", "district")
        ]
        (event,) = reading.history(path, one["number"])
        assert (event["on"], event["facts"]) == (hazard["found_on"], {"named_in": hazard["number"]})


@pytest.mark.parametrize("version", OLD)
def test_what_is_upgraded_is_written_and_guarded_like_any_ledger(
    tmp_path: Path, version: int
) -> None:
    path = old(tmp_path, version)
    upgrade(path, stamp(), taxonomy())
    change = writing.add(path, stamp(), what=WHAT, found_on=date(2022, 10, 8), order=Order())
    assert change.number == "CS-2022-00007"
    with (
        closing(sqlite3.connect(path)) as attacker,
        pytest.raises(sqlite3.IntegrityError, match="rows are not changed"),
    ):
        attacker.execute("UPDATE event SET actor = 'x'")
    assert not prove(path, TODAY, taxonomy()).findings


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_done_twice_is_done_once(tmp_path: Path, version: int) -> None:
    path = old(tmp_path, version)
    upgrade(path, stamp(), taxonomy())
    once = path.read_bytes()
    assert not store.upgrade(path, stamp())
    assert upgrade(path, stamp(), taxonomy()) is None
    assert path.read_bytes() == once


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_that_fails_leaves_the_old_ledger(tmp_path: Path, version: int) -> None:
    """A table of the new schema is there already: the statements of the upgrade cannot all run."""
    path = old(tmp_path, version)
    with closing(sqlite3.connect(path)) as attacker:
        attacker.execute("CREATE TABLE enterprise(x)")
    before = path.read_bytes()
    with pytest.raises(Damaged):
        store.upgrade(path, stamp())
    assert path.read_bytes() == before


def killed_at_commit(folder: Path, act: str) -> Path:
    """A ledger whose desk was killed while it saved: the pages are written, the journal is left."""
    program = f"""
import os, sqlite3, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from hazardctl import store
from hazardctl.domain.rules import Rules
from tests.builders import stamp
path = Path(sys.argv[1])

@event.listens_for(Engine, "commit")
def kill(connection):
    connection.exec_driver_sql("PRAGMA cache_spill=1")
    connection.exec_driver_sql("PRAGMA cache_size=1")
    connection.exec_driver_sql("CREATE TABLE spilled AS SELECT randomblob(9000) FROM event, event")
    os.kill(os.getpid(), 9)

{act}
"""
    path = folder / "ledger.db"
    done = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert Path(f"{path}-journal").stat().st_size > 0
    return path


@pytest.mark.parametrize("version", OLD)
def test_an_upgrade_that_was_killed_while_it_was_saved_is_healed_before_it_is_judged(
    tmp_path: Path, version: int
) -> None:
    old(tmp_path, version)
    path = killed_at_commit(tmp_path, "store.upgrade(path, stamp())")
    assert not prove(path, TODAY, taxonomy()).findings
    with pytest.raises(OlderLedger):
        writing.set_rules(path, stamp(), {"extensions": "3"})


def test_a_ledger_that_was_killed_while_it_was_begun_is_none(tmp_path: Path) -> None:
    act = "with store.writing(path, stamp(), begin=Rules()): pass"
    for ask in (
        lambda path: reading.listing(path, Filter(), TODAY),
        lambda path: writing.set_rules(path, stamp(), {"extensions": "3"}),
        lambda path: prove(path, TODAY, taxonomy()),
    ):
        path = killed_at_commit(tmp_path, act)
        with pytest.raises(NoLedger):
            ask(path)
        path.unlink()


@pytest.mark.parametrize("version", OLD)
def test_an_event_that_makes_no_rows_is_told_and_the_old_ledger_stays(
    tmp_path: Path, version: int
) -> None:
    path = old(tmp_path, version)
    with unguarded(path) as book:
        last = "SELECT max(seq) FROM event WHERE json_extract(body, '$.changes.enterprise') <> ''"
        changed = "json_set(body, '$.changes.enterprise', 5)"
        book.execute(f"UPDATE event SET body = {changed} WHERE seq = ({last})")
    before = path.read_bytes()
    with pytest.raises(Damaged):
        store.upgrade(path, stamp())
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", OLD)
def test_what_is_at_fault_is_not_upgraded(tmp_path: Path, version: int) -> None:
    path = old(tmp_path, version)
    with closing(sqlite3.connect(path)) as attacker, attacker:
        attacker.execute("UPDATE hazard SET state = 'closed' WHERE state <> 'closed'")
    before = path.read_bytes()
    with pytest.raises(LedgerAtFault):
        upgrade(path, stamp(), taxonomy())
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*.db")] == ["ledger.db"]


def test_a_ledger_of_a_later_program_is_refused(tmp_path: Path) -> None:
    path = a_ledger(tmp_path)
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version={VERSION + 1}")
    for refused in (
        lambda: reading.listing(path, Filter(), TODAY),
        lambda: writing.set_rules(path, stamp(), {"extensions": "3"}),
        lambda: store.upgrade(path, stamp()),
        lambda: prove(path, TODAY, taxonomy()),
    ):
        with pytest.raises(NewerLedger):
            refused()


def hashed(statements: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(statements).encode()).hexdigest()[:16]


def test_a_released_entry_is_never_edited() -> None:
    assert {one.number: hashed(one.sqlite) for one in MIGRATIONS} == ENTRIES
    assert [one.number for one in MIGRATIONS] == list(range(1, VERSION + 1))


def test_a_ledger_of_every_released_schema_is_kept() -> None:
    kept = {path.name for path in RELEASED.glob("*.tar.gz")}
    assert kept == {f"schema-{version}.tar.gz" for version in OLD}
