"""Whoever holds a ledger may do anything to it: which step of the proof finds what was done."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hazardctl.domain.digest import Digest, read_digest
from hazardctl.domain.finding import Finding
from hazardctl.domain.proof import Proof
from hazardctl.ledger.digesting import Kept, digest, held_against
from hazardctl.ledger.signatures import sign
from hazardctl.store.lookups import LEDGER
from hazardctl.store.place import Place, Server
from hazardctl.store.replay import Written, life
from hazardctl.store.schema import MIGRATIONS, VERSION
from tests.attackers import (
    OF_HAZARDS,
    OF_RECORDS,
    Hand,
    holding,
    mended,
    put,
    rechained,
    renumbered,
    unguarded,
)
from tests.builders import PHOTO, added
from tests.homes import Home
from tests.ledger.keys import PUBLIC_LINE, key_in
from tests.whole import REPORTER, a_whole_ledger, at_fault, proved

SIGNERS = f"局长 {PUBLIC_LINE}"
PAGE = 8192
Attack = Callable[[Place], None]


@pytest.fixture(scope="module")
def untouched(homes: Callable[[], Home]) -> Place:
    """A ledger with something of every kind in it."""
    return a_whole_ledger(homes(), 7)


@pytest.fixture(scope="module")
def kept(untouched: Place, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A signed digest of it, kept elsewhere."""
    text = digest(proved(untouched), "2022-12-31T09:00:00Z").text().encode()
    signature = sign(text, key_in(tmp_path_factory.mktemp("key")))
    return Kept("digest.json", text, signature, SIGNERS)


@pytest.fixture
def path(untouched: Place, home: Home) -> Place:
    """A copy of it, to be attacked."""
    return home.copy(untouched)


# The attacks of the matrix.


def edit(path: Place) -> None:
    """Another actor in the middle of the ledger, behind the triggers; no row tells who it was."""
    with unguarded(path) as book:
        imported = "SELECT seq FROM event WHERE kind = 'imported' ORDER BY seq"
        seqs = [seq for (seq,) in book.execute(imported)]
        book.execute("UPDATE event SET actor = '丁' WHERE seq = ?", (seqs[len(seqs) // 2],))


def edit_and_rechain(path: Place) -> None:
    """Another person signed off, and everything fits."""
    with unguarded(path) as book:
        sql = (
            'UPDATE event SET body = replace(body, \'"closed_by":"丁"\', \'"closed_by":"卯"\')'
            ' WHERE seq = (SELECT min(seq) FROM event WHERE instr(body, \'"closed_by":"丁"\') > 0)'
        )
        assert book.execute(sql).rowcount == 1
        rechained(book)
        mended(book)


def cut_off_the_end(path: Place) -> None:
    with unguarded(path) as book:
        book.execute("DELETE FROM event WHERE seq > (SELECT max(seq) - 10 FROM event)")
        mended(book)


def without_one(path: Place, condition: str) -> None:
    """One event gone; those after it stand where it stood."""
    with unguarded(path) as book:
        subject, place = book.execute(
            f"SELECT subject, seq FROM event WHERE {condition} ORDER BY seq LIMIT 1"
        ).fetchone()
        assert subject
        book.execute("DELETE FROM event WHERE seq = ?", (place,))
        places = book.execute("SELECT seq FROM event WHERE seq > ? ORDER BY seq", (place,))
        for (seq,) in places.fetchall():
            book.execute("UPDATE event SET seq = seq - 1 WHERE seq = ?", (seq,))
            book.execute("UPDATE request SET first = first - 1 WHERE first = ?", (seq,))
            book.execute("UPDATE request SET last = last - 1 WHERE last = ?", (seq,))
        rechained(book)


def remove_one_and_rechain(path: Place) -> None:
    without_one(path, "kind = 'assigned' AND instr(body, '\"request\"') > 0")


def edit_a_row(path: Place) -> None:
    with holding(path) as book:
        book.execute(
            "UPDATE hazard SET enterprise = '别家' WHERE id = (SELECT min(id) FROM hazard)"
        )


def drop_a_trigger(path: Place) -> None:
    with holding(path) as book:
        book.execute("DROP TRIGGER event_is_not_removed" + book.on_event)


def rewrite_a_trigger(path: Place) -> None:
    with holding(path) as book:
        if book.engine == "sqlite":
            rewritten(book, "event_is_not_changed", "BEFORE UPDATE ON", "BEFORE UPDATE OF at ON")
        else:
            book.execute(
                "CREATE OR REPLACE TRIGGER event_is_not_changed BEFORE UPDATE OF at ON event"
                " FOR EACH ROW EXECUTE FUNCTION event_stays()"
            )


def rewritten(book: Hand, name: str, old: str, new: str) -> None:
    """The words of an object of the schema, written over."""
    book.execute("PRAGMA writable_schema = ON")
    sql = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)"
    assert book.execute(sql, (old, new, name, old)).rowcount == 1


def flip_a_bit(path: Place) -> None:
    """In a word of a body that stands in no column and in no other body."""
    if isinstance(path, Server):
        with unguarded(path) as book:
            book.execute("UPDATE event SET body = replace(body, '台账', '台贶')")
        return
    content = path.read_bytes()
    where = content.index('"sheet":"台账"'.encode()) + len('"sheet":"')
    path.write_bytes(content[:where] + bytes([content[where + 2] ^ 1]) + content[where + 1 :])


def cut_pages_off(path: Place) -> None:
    assert isinstance(path, Path)
    path.write_bytes(path.read_bytes()[: -3 * PAGE])


def evidence_of(path: Place) -> Path:
    assert isinstance(path, Path)
    stored = path.parent / "evidence" / str(PHOTO["sha256"])[:2] / str(PHOTO["sha256"])
    stored.parent.chmod(0o700)
    stored.chmod(0o600)
    return stored


def alter_evidence(path: Place) -> None:
    if isinstance(path, Server):
        with holding(path) as book:
            book.execute("UPDATE evidence_part SET content = ?", (b"\xff\xd8\xfe",))
        return
    evidence_of(path).write_bytes(b"\xff\xd8\xfe")


def swap_evidence_for_a_link(path: Place) -> None:
    stored = evidence_of(path)
    stored.symlink_to(stored.rename(stored.parents[2] / "elsewhere"))


def put_a_folder_in_its_place(path: Place) -> None:
    stored = evidence_of(path)
    stored.unlink()
    stored.mkdir()


def put_a_pipe_in_its_place(path: Place) -> None:
    stored = evidence_of(path)
    stored.unlink()
    os.mkfifo(stored)


def remove_evidence(path: Place) -> None:
    if isinstance(path, Server):
        with holding(path) as book:
            book.execute("DELETE FROM evidence_part")
        return
    evidence_of(path).unlink()


def swap_its_folder_for_a_link(path: Place) -> None:
    folder = evidence_of(path).parents[1]
    folder.symlink_to(folder.rename(folder.parent / "elsewhere"))


EVERYTHING = {"storage", "schema", "chain", "replay", "sums"}
MATRIX: dict[Attack, set[str]] = {  # what finds it, without a digest
    edit: {"chain"},
    edit_and_rechain: set(),
    cut_off_the_end: set(),
    remove_one_and_rechain: {"replay"},
    edit_a_row: {"replay"},
    drop_a_trigger: {"schema"},
    rewrite_a_trigger: {"schema"},
    flip_a_bit: {"chain"},
    cut_pages_off: EVERYTHING,
    alter_evidence: {"evidence"},
}
ALSO: dict[Attack, set[str]] = {
    swap_evidence_for_a_link: {"evidence"},
    swap_its_folder_for_a_link: {"evidence"},
    put_a_folder_in_its_place: {"evidence"},
    put_a_pipe_in_its_place: {"evidence"},
    remove_evidence: {"evidence"},
}
BY_DIGEST = {edit_and_rechain, cut_off_the_end, remove_one_and_rechain, cut_pages_off}
OF_A_FILE = [
    *(cut_pages_off, swap_evidence_for_a_link, swap_its_folder_for_a_link),
    *(put_a_folder_in_its_place, put_a_pipe_in_its_place),
]
only_of_a_file = pytest.mark.only_on("sqlite", "on a server there are no pages, links and pipes")
every_attack = pytest.mark.parametrize(
    "attack",
    [
        pytest.param(one, id=one.__name__, marks=[only_of_a_file] if one in OF_A_FILE else [])
        for one in (*MATRIX, *ALSO)
    ],
)


def against(path: Place, kept: Kept) -> Proof:
    """The proof of a ledger that is held against a digest."""
    return held_against(kept, path, proved(path))


def test_a_ledger_that_nobody_touched_is_not_at_fault(untouched: Place, kept: Kept) -> None:
    assert against(untouched, kept).findings == []
    assert [one.code for one in against(untouched, kept).remarks][-1] == "digest-signed"


@every_attack
def test_an_attack_is_found_by_the_steps_that_the_matrix_says(path: Place, attack: Attack) -> None:
    attack(path)
    assert at_fault(proved(path)) == {**MATRIX, **ALSO}[attack]


@every_attack
def test_with_a_signed_digest_every_attack_is_found(
    path: Place, kept: Kept, attack: Attack
) -> None:
    attack(path)
    proof = against(path, kept)
    assert proof.findings
    assert ("digest" in at_fault(proof)) == (attack in BY_DIGEST)


def test_the_chain_alone_finds_three_and_the_pages_alone_one() -> None:
    """The control: without the other steps most would go unseen."""
    assert sum("chain" in found for found in MATRIX.values()) == 3
    assert sum("storage" in found for found in MATRIX.values()) == 1
    without_digest = [found for found in MATRIX.values() if found - {"evidence"}]
    assert (len(MATRIX), len(without_digest)) == (10, 7)


def test_an_unsigned_digest_that_was_kept_elsewhere_finds_as_much(path: Place, kept: Kept) -> None:
    edit_and_rechain(path)
    proof = against(path, replace(kept, signature=None, signers=None))
    assert [one.code for one in proof.findings] == ["digest-head-differs"]


def test_whoever_alters_the_digest_as_well_is_found_by_its_signature(
    path: Place, kept: Kept
) -> None:
    edit_and_rechain(path)
    forged = digest(proved(path), "2022-12-31T09:00:00Z").text().encode()
    assert [one.code for one in against(path, replace(kept, content=forged)).findings] == [
        "digest-badly-signed"
    ]


@pytest.mark.parametrize("subject", ["foo", "YH-QY-1", "YH-ZZ-00001", "YH-QY-99999"])
def test_an_event_about_what_is_not_there_is_found(path: Place, subject: str) -> None:
    with unguarded(path) as book:
        ((last,),) = book.execute("SELECT max(seq) FROM event")
        columns = "id, subject, subject_seq, kind, at, actor, body, prev, hash"
        book.execute(
            f"INSERT INTO event(seq, {columns}) SELECT seq + 1, replace(id, '0', 'f'), ?, 1, kind,"
            " at, actor, body, prev, ? FROM event WHERE seq = ?",
            (subject, bytes(32), last),
        )
        book.execute("UPDATE request SET last = last + 1 WHERE last = ?", (last,))
        rechained(book)
    assert [one.code for one in proved(path).findings] == ["row-missing"]


# What the digest alone finds.


def test_a_shorter_ledger_is_told_by_the_digest(path: Place, kept: Kept) -> None:
    cut_off_the_end(path)
    (fault,) = against(path, kept).findings
    assert fault.code == "digest-longer"
    assert int(str(fault.facts["digest"])) - int(str(fault.facts["ledger"])) == 10


@pytest.mark.parametrize(
    "condition",
    [
        "kind = 'assigned' AND subject_seq > 1",
        "kind = 'file-imported'",
        "subject <> 'ledger' AND subject_seq = 1",
    ],
)
def test_an_event_that_was_removed_is_found_until_all_is_counted_and_mended(
    path: Place, kept: Kept, condition: str
) -> None:
    without_one(path, condition)
    assert "replay" in at_fault(proved(path))
    with unguarded(path) as book:
        renumbered(book)
        rechained(book)
        mended(book)
    assert not at_fault(proved(path)) - {"replay"}
    assert "digest" in at_fault(against(path, kept))


def test_events_of_a_hazard_that_changed_places_are_found(path: Place) -> None:
    with unguarded(path) as book:
        one, other = book.execute(
            "SELECT one.seq, other.seq FROM event AS one JOIN event AS other USING (subject)"
            " WHERE subject <> ? AND other.subject_seq = one.subject_seq + 1"
            " AND one.subject_seq > 1",
            (LEDGER,),
        ).fetchone()
        beyond = 1_000_000
        for old, new in ((one, beyond), (other, one), (beyond, other)):
            book.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, old))
        rechained(book)
    assert "event-unfollowable" in {one.code for one in proved(path).findings}


def test_what_comes_after_the_digest_may_be_lawful(path: Place, kept: Kept) -> None:
    added(path)
    assert against(path, kept).findings == []


# The projection: every table and every column of it.


def columns() -> list[tuple[str, str, str]]:
    """Every column of every table but the events, and its kind."""
    with closing(sqlite3.connect(":memory:")) as book:
        for migration in MIGRATIONS:
            for statement in migration.sqlite:
                book.execute(statement)
        made = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'event'"
        return [
            (table, row[1], row[2])
            for (table,) in book.execute(made).fetchall()
            for row in book.execute(f"PRAGMA table_info({table})")
        ]


ALTERED = {
    "INTEGER": "coalesce({0}, 0) + 1",
    "TEXT": "coalesce({0}, '') || 'x'",
    "BLOB": "CAST('0123456789abcdef' AS {1})",
}
WORDS = {
    "severity": "'major'",
    "state": "'void'",
    "jurisdiction": "CASE jurisdiction WHEN 'direct' THEN 'territorial' ELSE 'direct' END",
    "named kind": "CASE kind WHEN 'campaign' THEN 'enterprise' ELSE 'campaign' END",
}


def the_last(book: Hand, table: str, condition: str = "1 = 1") -> str:
    """Which row of a table is its last one, of those that are meant."""
    first = next(column for one, column, _ in columns() if one == table)
    return (
        f"{book.rowid} = (SELECT {book.rowid} FROM {table} WHERE {condition}"
        f" ORDER BY {first} DESC, {book.rowid} DESC LIMIT 1)"
    )


@pytest.mark.parametrize(("table", "column", "kind"), columns())
def test_a_value_of_a_row_that_was_altered_is_found_and_named(
    path: Place, table: str, column: str, kind: str
) -> None:
    with holding(path) as book:
        word = WORDS.get(f"{table} {column}", WORDS.get(column))
        value = word or ALTERED[kind].format(column, book.blob)
        which = the_last(book, table, f"{column} IS DISTINCT FROM {value}")
        assert book.execute(f"UPDATE {table} SET {column} = {value} WHERE {which}").rowcount == 1
    proof = proved(path)
    faults = [one for one in proof.findings if one.code != "sum-differs"]
    assert at_fault(proof) <= {"replay", "sums", "evidence"}
    assert faults
    assert any(
        one.facts.get("table") == table or table == "setting" or "evidence" in one.code
        for one in faults
    )


@pytest.mark.parametrize("table", [*OF_HAZARDS, *OF_RECORDS, "drawn", "request"])
def test_a_row_that_was_removed_is_found(path: Place, table: str) -> None:
    with holding(path) as book:
        assert book.execute(f"DELETE FROM {table} WHERE {the_last(book, table)}").rowcount == 1
    assert "replay" in at_fault(proved(path))


def test_a_request_that_was_removed_is_told_with_its_first_event(path: Place) -> None:
    with holding(path) as book:
        ((first,),) = book.execute("SELECT max(first) FROM request")
        book.execute("DELETE FROM request WHERE first = ?", (first,))
    (finding,) = proved(path).findings
    assert finding == Finding("row-missing", None, first, {"table": "request"})


@pytest.mark.parametrize("name", ["ledger_id", "prefix", "due_soon", "last_on"])
def test_a_setting_that_was_removed_is_found(path: Place, name: str) -> None:
    with holding(path) as book:
        assert book.execute("DELETE FROM setting WHERE name = ?", (name,)).rowcount == 1
    assert at_fault(proved(path)) == {"replay"}


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO setting VALUES ('case_leader_for_all', '1')",
        "INSERT INTO card VALUES (20220009999, '{}')",
        "INSERT INTO line VALUES (-1, '')",
        "INSERT INTO evidence SELECT 20220009999, place, sha256, name, size, kind, attached_on,"
        " attached_by FROM evidence LIMIT 1",
        "INSERT INTO evidence SELECT id, place + 100, sha256, name, size, kind, attached_on,"
        " attached_by FROM evidence LIMIT 1",
        "INSERT INTO request VALUES ('x', 'y', 1, 2)",
        "INSERT INTO request VALUES ('x', 'y', 10000, 20000)",
        "INSERT INTO reporter VALUES ('x', 'y', 'z')",
    ],
)
def test_a_row_that_was_added_is_found(path: Place, sql: str) -> None:
    with holding(path) as book:
        assert book.execute(sql).rowcount == 1
    assert "replay" in at_fault(proved(path))


@pytest.mark.parametrize("ident", [0, -5, 20220000001 + 500, 2**62])
def test_a_hazard_that_was_slipped_in_is_found_wherever_it_stands(path: Place, ident: int) -> None:
    with holding(path) as book:
        row = book.row("SELECT * FROM hazard LIMIT 1")
        put(book, "hazard", {**row, "id": ident})
        put(book, "hazard", {**row, "id": ident + 1, "number": "YH-2022-09999"})
    assert "replay" in at_fault(proved(path))


def test_a_ledger_that_was_emptied_of_its_hazards_is_found(path: Place) -> None:
    with holding(path) as book:
        for table in ("hazard", "card", "line", "past", "evidence"):
            book.execute(f"DELETE FROM {table}")
        book.execute("INSERT INTO card VALUES (0, '')")
    assert "replay" in at_fault(proved(path))


def test_who_reported_may_be_erased_and_not_exchanged(path: Place) -> None:
    with holding(path) as book:
        assert book.execute("SELECT identity FROM reporter").fetchall() == [(REPORTER,)]
        book.execute("DELETE FROM reporter")
    assert proved(path).findings == []


def test_who_reported_is_not_exchanged_by_taking_the_salt_away(path: Place) -> None:
    with holding(path) as book:
        book.execute("UPDATE reporter SET identity = '别人', salt = NULL")
    (fault,) = proved(path).findings
    assert (fault.code, fault.facts["table"]) == ("row-differs", "reporter")


# The schema; what is done to that of a server is in `test_postgres`.

in_words = pytest.mark.only_on("sqlite", "the words of a file's schema, and how they are written")


@in_words
@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER event_extends_the_chain",
        "DROP INDEX hazard_due",
        "CREATE INDEX other ON hazard(district)",
        "CREATE TRIGGER other AFTER INSERT ON hazard BEGIN SELECT 1; END",
        "CREATE VIEW other AS SELECT * FROM hazard",
        "CREATE TABLE other(x)",
        "ALTER TABLE hazard ADD COLUMN other TEXT",
        "ANALYZE",
    ],
)
def test_a_schema_that_is_not_ours_is_found(path: Place, sql: str) -> None:
    with holding(path) as book:
        book.execute(sql)
    assert "schema" in at_fault(proved(path))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("event_is_not_changed", "RAISE(ABORT", "RAISE(IGNORE) --"),
        ("event_extends_the_chain", "max(seq), 0", "max(seq), 1"),
        ("event_extends_the_chain", "\n", " "),
        ("event", "CHECK(length(hash) = 32)", "CHECK(length(hash) = 33)"),
        ("hazard", "CHECK(cycle > 0)", "CHECK(cycle > -1)"),
        ("setting", "STRICT", ""),
        ("hazard_due", "due_on", "from_on"),
    ],
)
@in_words
def test_words_of_the_schema_that_were_written_over_are_found(
    path: Place, name: str, old: str, new: str
) -> None:
    with holding(path) as book:
        rewritten(book, name, old, new)
    assert "schema" in at_fault(proved(path))


@in_words
def test_a_second_object_does_not_hide_behind_the_name_of_the_first(path: Place) -> None:
    with holding(path) as book:
        book.execute("PRAGMA writable_schema = ON")
        book.execute(
            "INSERT INTO sqlite_schema SELECT type, name, tbl_name, rootpage,"
            " replace(sql, 'CREATE TRIGGER', 'CREATE TRIGGER IF NOT EXISTS')"
            " FROM sqlite_schema WHERE name = 'event_is_not_changed'"
        )
    assert at_fault(proved(path))


@pytest.mark.parametrize("version", [pytest.param(0, marks=in_words), 1, VERSION - 1])
def test_another_version_than_that_of_the_schema_is_found(path: Place, version: int) -> None:
    with holding(path) as book:
        if book.engine == "sqlite":
            book.execute(f"PRAGMA user_version = {version}")
        else:
            book.execute("UPDATE schema_version SET version = ?", (version,))
    assert "schema" in at_fault(proved(path))


# Bodies that no program of ours wrote, and that fit all the same.


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"on":"2022-10-08"}',
        '{"changes":[],"on":"2022-10-08"}',
        '{"changes":{},"on":5}',
        '{"changes":{},"facts":null,"on":"2022-10-08"}',
        '{"changes":{},"facts":{"evidence":null},"on":"2022-10-08"}',
        '{"changes":{},"facts":{"evidence":[1]},"on":"2022-10-08"}',
        '{"changes":{"other":1},"on":"2022-10-08"}',
        '{"changes":{"state":"gone"},"on":"2022-10-08"}',
        '{"changes":{"due_on":"2022-13-01"},"on":"2022-10-08"}',
        '{"changes":{"verified_by":5},"on":"2022-10-08"}',
        '{"changes":{"enterprise":null},"on":"2022-10-08"}',
        '{"changes":{"percent":1e999},"on":"2022-10-08"}',
        f'{{"changes":{{"percent":{"9" * 40}}},"on":"2022-10-08"}}',
        "[" * 100_000,
    ],
    ids=lambda body: body[:60],
)
@pytest.mark.parametrize("which", ["subject_seq = 1", "subject_seq = 2"])
def test_a_body_that_cannot_be_followed_is_found(path: Place, body: str, which: str) -> None:
    with unguarded(path) as book:
        sql = f"UPDATE event SET body = ? WHERE seq = (SELECT max(seq) FROM event WHERE {which})"
        book.execute(sql.replace("WHERE subj", "WHERE subject <> 'ledger' AND subj"), (body,))
        rechained(book)
    assert "replay" in at_fault(proved(path))


@pytest.mark.parametrize("body", ["", "{}", '{"facts":{}}', '{"facts":{"ledger_id":5}}'])
def test_a_ledger_that_does_not_say_how_it_began_is_found(path: Place, body: str) -> None:
    with unguarded(path) as book:
        book.execute("UPDATE event SET body = ? WHERE seq = 1", (body,))
    assert {"chain", "replay"} <= at_fault(proved(path))


# What is told of a fault.


def test_a_fault_names_the_hazard_and_the_event_that_said_it_last(path: Place) -> None:
    with holding(path) as book:
        number, closed = book.execute(
            "SELECT subject, seq FROM event WHERE kind = 'closed' LIMIT 1"
        ).fetchone()
        book.execute("UPDATE hazard SET closed_by = '卯' WHERE number = ?", (number,))
        sql = "SELECT seq, subject_seq, kind, actor, body FROM event WHERE subject = ?"
        events = [Written(*row) for row in book.execute(sql, (number,))]
    told_by = life(number, events).told_by["closed_by"]
    (fault,) = proved(path).findings
    assert (fault.code, fault.number, fault.seq) == ("row-differs", number, told_by)
    assert fault.facts == {"table": "hazard", "columns": ["closed_by"]}
    assert closed <= told_by


def test_every_fault_is_told_and_not_the_first_alone(path: Place) -> None:
    edit(path)
    edit_a_row(path)
    drop_a_trigger(path)
    alter_evidence(path)
    assert at_fault(proved(path)) == {"chain", "replay", "schema", "evidence"}


def test_the_digest_of_a_ledger_tells_what_it_was(untouched: Place, kept: Kept) -> None:
    proof = proved(untouched)
    was = read_digest(kept.content, kept.name)
    assert was == Digest(
        ledger_id=proof.ledger_id,
        n=proof.events,
        head=proof.head,
        schema=VERSION,
        evidence_count=proof.evidence,
        open=proof.open,
        closed=proof.closed,
        at="2022-12-31T09:00:00Z",
    )
