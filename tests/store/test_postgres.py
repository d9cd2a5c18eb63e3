"""A ledger on a PostgreSQL server: what keeps it there, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import Connection
from psycopg.pq import PipelineStatus

from hazardctl import store
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.domain.rules import Rules
from hazardctl.errors import (
    Busy,
    CannotKeep,
    Damaged,
    LedgerExists,
    NewerLedger,
    NotALedger,
    Unreachable,
)
from hazardctl.ledger import reading, writing
from hazardctl.ledger.checking import prove
from hazardctl.store import evidence, postgres, served, serving
from hazardctl.store.evidence import File
from hazardctl.store.opening import look
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Server
from hazardctl.store.refusals import LoginRefused, NoDatabase, NotBegun, NotPermitted, UnreadUrl
from tests.builders import JPEG, TODAY, added, day, due, moved, stamp
from tests.overheard import overhearing
from tests.reference import Move
from tests.servers import GUARDED, PASSWORD, database

WAYS = 2  # that a newcomer needs to a server and back, before COMMIT


@pytest.fixture
def server() -> Iterator[Server]:
    """A database without anything in it."""
    with database() as made:
        yield made


@pytest.fixture
def ledger(server: Server) -> Server:
    """A ledger that was just begun."""
    writing.begin(server, stamp(), Rules())
    return server


def run(server: Server, *statements: str) -> None:
    """Do something to the database, past the program."""
    with psycopg.connect(server.url, autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement.encode())


def findings(ledger: Server) -> list[tuple[str, object]]:
    """What the proof of a ledger finds."""
    proved = prove(ledger, TODAY, taxonomy())
    return [(one.code, one.facts.get("name") or one.facts.get("said")) for one in proved.findings]


# Beginning one.


def test_a_ledger_is_begun_by_init_alone(server: Server) -> None:
    assert look(server) is None
    with pytest.raises(NotBegun):
        added(server)
    with pytest.raises(NotBegun):
        reading.history(server, None)
    writing.begin(server, stamp(), Rules(prefix="LY"))
    assert look(server) == 3
    assert added(server) == "LY-2022-00001"
    assert findings(server) == []
    with pytest.raises(LedgerExists):
        writing.begin(server, stamp(), Rules())


@pytest.mark.parametrize("has_head", [False, True])
def test_a_beginning_that_was_stopped_half_way_goes_on(server: Server, has_head: bool) -> None:
    run(server, *served.statements(), *([served.NO_EVENTS] if has_head else []))
    assert look(server) is None
    with pytest.raises(NotBegun):
        added(server)
    writing.begin(server, stamp(), Rules())
    assert added(server) == "YH-2022-00001"
    assert findings(server) == []


def test_nothing_is_begun_among_the_tables_of_another_program(server: Server) -> None:
    run(server, "CREATE TABLE customers(id BIGINT)")
    for act in (look, lambda it: reading.history(it, None), added):
        with pytest.raises(NotALedger):
            act(server)
    with pytest.raises(NotALedger):
        writing.begin(server, stamp(), Rules())


def test_a_ledger_of_a_later_program_is_refused(ledger: Server) -> None:
    run(ledger, "UPDATE schema_version SET version = 99")
    for act in (look, lambda it: reading.history(it, None), added):
        with pytest.raises(NewerLedger):
            act(ledger)


def test_a_lock_that_does_not_lock_is_found_out(ledger: Server) -> None:
    with postgres.connect(ledger) as one, postgres.connect(ledger) as other:
        serving.prove_lock(one, other)
        other.execute("SET lock_timeout = 0")
        run(ledger, "DELETE FROM chain_head")  # as if nothing were held
        with pytest.raises(CannotKeep, match="FOR UPDATE"):
            serving.prove_lock(one, other)


@pytest.mark.parametrize("setting", ["synchronous_commit = off", "transaction_isolation"])
def test_nothing_is_entrusted_to_other_settings(ledger: Server, setting: str) -> None:
    with postgres.connect(ledger) as connection:
        if setting == "transaction_isolation":
            connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
        else:
            connection.execute(f"SET {setting}")
        with pytest.raises(CannotKeep):
            postgres.must_keep(connection)


def test_whoever_writes_finds_the_settings_as_they_must_be_or_writes_nothing(
    ledger: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgres.SETTINGS, "synchronous_commit", "off")
    with pytest.raises(CannotKeep, match="off"):
        added(ledger)
    monkeypatch.undo()
    assert added(ledger) == "YH-2022-00001"


def test_settings_of_a_database_do_not_weaken_a_ledger(ledger: Server) -> None:
    name = urlsplit(ledger.url).path[1:]
    run(
        ledger,
        f"ALTER DATABASE {name} SET synchronous_commit = off",
        f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'",
        f"ALTER DATABASE {name} SET search_path = pg_temp, other",
    )
    added(ledger)
    assert findings(ledger) == []


# The way there.


@pytest.mark.parametrize(
    ("host", "refusal", "said"),
    [
        ("owner@127.0.0.1:1/x", Unreachable, "Connection refused"),
        ("owner@{host}/nowhere", NoDatabase, "does not exist"),
        ("nobody_at_all@{host}/postgres", LoginRefused, "does not exist"),
        (f"{GUARDED}@{{host}}/postgres", LoginRefused, "password"),
    ],
)
def test_what_stands_in_the_way_is_said(
    server: Server,
    host: str,
    refusal: type[Unreachable],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGPASSWORD", "wrong battery")
    url = f"postgresql://{host.format(host=urlsplit(server.url).netloc.rpartition('@')[2])}"
    for act in (look, lambda it: reading.history(it, None), added):
        with pytest.raises(refusal, match=said) as fault:
            act(Server(url))
        assert type(fault.value) is refusal
        assert "battery" not in repr(fault.value.facts)
        assert "\n" not in str(fault.value.facts["reason"])


def test_who_may_not_read_a_ledger_is_told_so(
    ledger: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    url = urlsplit(ledger.url)
    guarded = Server(f"postgresql://{GUARDED}@127.0.0.1:{url.port}{url.path}")
    for act in (look, lambda it: reading.history(it, None), added):
        with pytest.raises(NotPermitted, match="permission denied"):
            act(guarded)


def test_a_password_comes_from_the_environment_or_a_file(
    ledger: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(ledger, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {GUARDED}")
    url = urlsplit(ledger.url)
    guarded = Server(f"postgresql://{GUARDED}@127.0.0.1:{url.port}{url.path}")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert reading.rules(guarded)
    monkeypatch.delenv("PGPASSWORD")
    passes = tmp_path / "passes"
    passes.write_text(f"127.0.0.1:{url.port}:*:{GUARDED}:{PASSWORD}\n")
    passes.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passes))
    assert reading.rules(guarded)


def test_a_url_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(UnreadUrl):
        look(Server("postgresql://[1:2/x"))


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://far.example/x", "verify-full"),
        ("postgresql://far.example/x?sslmode=require", "require"),
        ("postgresql://127.0.0.1/x", None),
        ("postgresql:///x?host=/tmp", None),
    ],
)
def test_a_server_elsewhere_has_to_prove_who_it_is(
    url: str, mode: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    told = psycopg.conninfo.conninfo_to_dict(url)
    assert postgres.completed({name: str(one) for name, one in told.items()}).get("sslmode") == mode
    monkeypatch.setenv("PGSSLMODE", "verify-ca")
    assert postgres.completed({"host": "far.example"}).get("sslmode") is None  # libpq reads it


# Side by side; sixteen desks are in `tests/faults/test_sixteen_desks`.


def test_whoever_waits_too_long_is_told(ledger: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(postgres.SETTINGS, "lock_timeout", "200ms")
    with postgres.connect(ledger) as other:
        other.execute(postgres.LOCK)
        with pytest.raises(Busy):
            added(ledger)
        assert reading.listing(ledger, Filter(), TODAY) == []  # who reads waits for nobody
    added(ledger)


@pytest.mark.parametrize("is_asking", [False, True])
def test_why_a_connection_was_lost_is_told(ledger: Server, is_asking: bool) -> None:
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = 'hazardctl'"
    )

    def lose() -> None:
        with store.writing(ledger, stamp()) as book:
            book.set_rules({"prefix": "LY"})
            run(ledger, end)
            if is_asking:
                book.ask("SELECT 1")

    with pytest.raises(Unreachable, match=r"terminating connection|closed the connection"):
        lose()
    assert added(ledger) == "YH-2022-00001"


@contextmanager
def counting() -> Iterator[list[str]]:
    """How often the way to a server is gone within it, there and back, beside the connecting."""
    gone: list[str] = []
    pipeline, execute, commit = Connection.pipeline, Connection.execute, Connection.commit

    @contextmanager
    def together(self: Connection[Any]) -> Iterator[psycopg.Pipeline]:
        gone.append("together")
        with pipeline(self) as line:
            yield line

    def one(self: Connection[Any], query: Any, *values: Any, **more: Any) -> Any:
        if self.pgconn.pipeline_status == PipelineStatus.OFF:
            gone.append(str(query))
        return execute(self, query, *values, **more)

    def end(self: Connection[Any]) -> None:
        gone.append("COMMIT")
        commit(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connection, "pipeline", together)
        patch.setattr(Connection, "execute", one)
        patch.setattr(Connection, "commit", end)
        yield gone


def test_others_wait_for_a_newcomer_no_longer_than_must_be(ledger: Server) -> None:
    added(ledger)  # the enterprise is met, and SQLAlchemy knows the server
    with overhearing(ledger) as said, counting() as gone:
        added(ledger, what={"description": "another"})
    assert gone == ["together"] * WAYS + ["COMMIT"]
    ((_, *statements),) = said()
    assert len(statements) == len(set(statements)) <= 16


# What nobody may do.

ATTACKS = {
    "update": "UPDATE event SET actor = 'x'",
    "delete": "DELETE FROM event WHERE seq = 2",
    "truncate": "TRUNCATE event",
    "truncate all": "TRUNCATE event, hazard CASCADE",
    "replica": "SET session_replication_role = replica; DELETE FROM event",
    "gap": "INSERT INTO event SELECT seq + 99, repeat('a', 36), subject, 99, kind, at, actor, body,"
    " prev, decode(repeat('ab', 32), 'hex') FROM event WHERE seq = 1",
    "again": "INSERT INTO event SELECT * FROM event WHERE seq = 1",
    "other past": "INSERT INTO event SELECT seq + 3, repeat('a', 36), subject, 99, kind, at, actor,"
    " body, prev, decode(repeat('ab', 32), 'hex') FROM event WHERE seq = 1",
    "upsert": "INSERT INTO event SELECT * FROM event ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
    "merge": "MERGE INTO event USING (SELECT 1 AS seq) AS one ON event.seq = one.seq"
    " WHEN MATCHED THEN DELETE",
    "another table": "CREATE TEMP TABLE event AS SELECT * FROM public.event LIMIT 0;"
    " SET search_path = pg_temp; INSERT INTO public.event SELECT 1, repeat('a', 36), 'x', 1, 'x',"
    " 'x', 'x', '{}', decode(repeat('00', 32), 'hex'), decode(repeat('ab', 32), 'hex')",
}


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_the_owner_of_the_tables_changes_no_event(ledger: Server, attack: str) -> None:
    number = added(ledger)
    with pytest.raises(psycopg.errors.RaiseException):
        run(ledger, ATTACKS[attack])
    assert number
    assert findings(ledger) == []


@pytest.mark.parametrize("attack", sorted(set(ATTACKS) - {"replica", "another table"}))
def test_the_role_of_the_desks_has_no_right_to_change_an_event(ledger: Server, attack: str) -> None:
    with as_a_desk(ledger) as desk:
        added(desk)
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)):
            run(desk, ATTACKS[attack])
        run_of_privileges = {"update", "delete", "truncate", "merge", "upsert"}
        if attack in run_of_privileges:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                run(desk, ATTACKS[attack])
    assert findings(ledger) == []


class as_a_desk:  # noqa: N801 - reads as a word where it is used
    """The ledger as a role sees it that was made by the SQL of `init --roles`."""

    def __init__(self, ledger: Server) -> None:
        self.ledger = ledger
        self.name = f"desk_{os.getpid()}_{os.urandom(3).hex()}"

    def __enter__(self) -> Server:
        sql = served.roles().replace(served.ROLE, f"{self.name}_app")
        made = f"CREATE ROLE {self.name} LOGIN IN ROLE {self.name}_app"
        run(self.ledger, sql, sql, made)  # once more does no harm
        url = urlsplit(self.ledger.url)
        return Server(f"postgresql://{self.name}@{url.netloc.rpartition('@')[2]}{url.path}")

    def __exit__(self, *_fault: object) -> None:
        run(
            self.ledger,
            f"DROP OWNED BY {self.name}_app",
            f"DROP ROLE {self.name}",
            f"DROP ROLE {self.name}_app",
        )


def test_the_role_of_the_desks_does_all_that_a_ledger_needs(ledger: Server, tmp_path: Path) -> None:
    photo = tmp_path / "整改后.jpg"
    photo.write_bytes(JPEG)
    with as_a_desk(ledger) as desk:
        number = added(desk, deadline=due(10), person="甲", reporter="李四")
        evidence.keep(desk, str(photo))
        moved(
            desk,
            number,
            Move("submit", "甲", day(3), evidence=True),
            Move("verify", "乙", day(4), verifiers=("乙",)),
            Move("close", "丁", day(5)),
        )
        writing.set_rules(desk, stamp(), {"extensions": "3"})
        assert findings(desk) == []


# What is found.


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        ("DROP TRIGGER event_is_not_changed ON event", "event_is_not_changed"),
        ("ALTER TABLE event DISABLE TRIGGER event_is_not_removed", "event_is_not_removed"),
        ("ALTER TABLE event ENABLE TRIGGER event_is_not_emptied", "event_is_not_emptied"),
        ("CREATE OR REPLACE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql"
         " AS 'BEGIN RETURN NEW; END'", "event_stays"),
        ("ALTER TABLE hazard ADD COLUMN more TEXT", "hazard"),
        ("ALTER TABLE event DROP CONSTRAINT event_id_key", "event_id_key"),
        ("DROP INDEX hazard_due", "hazard_due"),
        ("ALTER TABLE hazard ALTER COLUMN number TYPE TEXT COLLATE \"default\"", "hazard"),
        ("CREATE RULE quiet AS ON INSERT TO event DO INSTEAD NOTHING", "quiet"),
        ("ALTER TABLE event ENABLE ROW LEVEL SECURITY", "event"),
        ("CREATE VIEW figures AS SELECT 1", "figures"),
        ("UPDATE chain_head SET seq = seq + 1", "chain_head is not the last event"),
    ],
)  # fmt: skip
def test_a_hand_on_the_schema_is_found(ledger: Server, attack: str, found: str) -> None:
    assert findings(ledger) == []
    run(ledger, attack)
    assert found in {name for _, name in findings(ledger)}


def test_a_table_that_is_gone_is_damage(ledger: Server) -> None:
    run(ledger, "DROP TABLE hazard")
    for act in (added, lambda it: reading.listing(it, Filter(), TODAY)):
        with pytest.raises(Damaged, match="hazard"):
            act(ledger)
    assert ("schema-missing", "hazard") in findings(ledger)


def test_a_hand_on_the_rows_is_found(ledger: Server) -> None:
    added(ledger)
    off, on = (f"ALTER TABLE event {how} TRIGGER ALL" for how in ("DISABLE", "ENABLE"))
    run(ledger, "UPDATE hazard SET enterprise = 'x'", off, "UPDATE event SET actor = 'x'", on)
    found = {code for code, _ in findings(ledger)}
    assert {"row-differs", "event-altered"} <= found


# Evidence.


def test_evidence_comes_back_as_it_was(ledger: Server, tmp_path: Path) -> None:
    content = os.urandom(3 * 1024 * 1024 + 17)
    photo = tmp_path / "整改后.jpg"
    photo.write_bytes(content)
    kept = [evidence.keep(ledger, str(photo)) for _ in range(2)]  # stored once
    assert kept[0] == kept[1]
    with opened(ledger) as book:
        assert book.ask("SELECT count(*) FROM evidence_part") == [(4,)]
    told = File("YH-2022-00001", str(kept[0]["sha256"]), "整改后.jpg", len(content))
    assert b"".join(evidence.parts(ledger, told)) == content
    assert list(evidence.damaged(ledger, [told])) == []
    run(ledger, "UPDATE evidence_part SET content = 'x' WHERE part = 2")
    assert [one.code for one in evidence.damaged(ledger, [told])] == ["evidence-altered"]
    evidence.keep(ledger, str(photo))  # what is there is mended
    assert list(evidence.damaged(ledger, [told])) == []
    run(ledger, "DELETE FROM evidence_part")
    assert [one.code for one in evidence.damaged(ledger, [told])] == ["evidence-missing"]


def test_an_empty_file_is_evidence_too(ledger: Server, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    kept = evidence.keep(ledger, str(tmp_path / "empty"))
    told = File("YH-2022-00001", str(kept["sha256"]), "empty", 0)
    assert b"".join(evidence.parts(ledger, told)) == b""
