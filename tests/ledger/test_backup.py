"""A backup is the whole ledger or nothing; a restore leaves the old ledger or the new one."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.proof import Proof
from hazardctl.errors import (
    BackupAtFault,
    Busy,
    FileInTheWay,
    LedgerAtFault,
    LedgerInTheWay,
    NewerLedger,
    NoFolder,
    NoLedger,
    NotABackup,
    NotALedger,
    Unreachable,
)
from hazardctl.ledger.backing_up import Backup, back_up
from hazardctl.ledger.checking import prove
from hazardctl.ledger.restoring import Restored, is_restored, restore
from hazardctl.store import copying, sqlite
from hazardctl.store.archive import Archive
from hazardctl.store.copying import Stand, keep_copy, stand
from hazardctl.store.evidence import keep, place
from hazardctl.store.replacing import put
from hazardctl.store.schema import APPLICATION_ID
from hazardctl.store.sqlite import reading
from tests.builders import TODAY, a_ledger, added
from tests.ledger import forgeries
from tests.ledger.forgeries import Parts, claiming, header, listed, put_together

AT = "2022-12-31T08:00:00.000000Z"
PHOTO = b"\xff\xd8\xff\xe0 a photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
NAME = f"evidence/{DIGEST[:2]}/{DIGEST}"
OLD_LEDGERS = Path(__file__).parents[1] / "store" / "released"


def backed_up(ledger: Path, target: Path) -> Backup:
    return back_up(ledger, target, at=AT, today=TODAY, taxonomy=taxonomy())


def restored(backup: Path, ledger: Path, *, replace: bool = False) -> Restored:
    return restore(backup, ledger, replace=replace, today=TODAY, taxonomy=taxonomy())


def proved(ledger: Path) -> Proof:
    return prove(ledger, TODAY, taxonomy())


def stands(ledger: Path) -> Stand:
    with reading(ledger) as book:
        told = stand(book.ask)
    assert told is not None
    return told


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def kept(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of three hazards, one of them with a photo."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    path = a_ledger(folder)
    (tmp_path / "photo.jpg").write_bytes(PHOTO)
    added(path, evidence=[keep(path, str(tmp_path / "photo.jpg"))])
    added(path, reporter="一位群众")
    added(path)
    return path


@pytest.fixture
def backup(ledger: Path, tmp_path: Path) -> Path:
    """A backup of that ledger."""
    path = tmp_path / "backup.tar"
    backed_up(ledger, path)
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Where no ledger stands yet."""
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere" / "ledger.db"


# there and back


def test_what_is_restored_is_what_was_backed_up(
    ledger: Path, backup: Path, elsewhere: Path
) -> None:
    told = restored(backup, elsewhere)
    assert (told.was, told.kept) == (None, None)
    assert stands(elsewhere) == stands(ledger)
    assert Stand(told.manifest.ledger_id, told.manifest.n, told.manifest.head) == stands(ledger)
    assert proved(elsewhere).findings == []
    assert place(elsewhere, DIGEST).read_bytes() == PHOTO
    with closing(sqlite3.connect(ledger)) as one, closing(sqlite3.connect(elsewhere)) as other:
        assert list(one.iterdump()) == list(other.iterdump())
    assert is_restored(backup, elsewhere)
    added(elsewhere)
    assert not is_restored(backup, elsewhere)
    assert proved(elsewhere).findings == []


def test_a_backup_is_a_plain_tar_of_its_own_digest_ledger_and_evidence(backup: Path) -> None:
    assert list(forgeries.taken_apart(backup)) == [
        *("manifest.json", "digest.json", "ledger.db"),
        NAME,
    ]
    with tarfile.open(backup) as tar:
        assert {(one.mode, one.uid, one.uname, one.type) for one in tar} == {
            (0o600, 0, "", tarfile.REGTYPE)
        }


def test_the_same_ledger_at_the_same_moment_is_the_same_file(
    ledger: Path, backup: Path, tmp_path: Path
) -> None:
    made = backed_up(ledger, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == backup.read_bytes()
    assert made.size == backup.stat().st_size


def test_neither_changes_the_ledger_it_is_made_of(ledger: Path, tmp_path: Path) -> None:
    before = kept(ledger.parent)
    backed_up(ledger, tmp_path / "backup.tar")
    assert kept(ledger.parent) == before


def test_nothing_is_left_beside_a_backup_or_a_ledger(
    ledger: Path, backup: Path, elsewhere: Path, tmp_path: Path
) -> None:
    restored(backup, elsewhere)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"backup.tar", "photo.jpg", "ledger", "elsewhere"}
    assert {path.name for path in elsewhere.parent.iterdir()} == {"ledger.db", "evidence"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_all_that_is_made_is_its_owners_alone(
    umask: int, ledger: Path, elsewhere: Path, tmp_path: Path
) -> None:
    before = os.umask(umask)
    try:
        backed_up(ledger, tmp_path / "backup.tar")
        restored(tmp_path / "backup.tar", elsewhere)
        added(ledger)
        told = restored(tmp_path / "backup.tar", ledger, replace=True)
    finally:
        os.umask(before)
    assert told.kept is not None
    for path in (tmp_path / "backup.tar", elsewhere, ledger, told.kept):
        assert mode(path) == 0o600
    for folder in (elsewhere.parent / "evidence", place(elsewhere, DIGEST).parent):
        assert mode(folder) == 0o700
    assert mode(place(elsewhere, DIGEST)) == 0o400


def test_a_ledger_with_a_write_ahead_log_is_backed_up_without_it(
    ledger: Path, elsewhere: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(ledger)) as book:
        book.execute("PRAGMA journal_mode=WAL")
        added_before = stands(ledger).n
        backed_up(ledger, tmp_path / "backup.tar")
    restored(tmp_path / "backup.tar", elsewhere)
    assert stands(elsewhere).n == added_before
    assert {path.name for path in elsewhere.parent.iterdir()} == {"ledger.db", "evidence"}


def test_a_ledger_of_an_earlier_program_is_restored_as_it_is(
    tmp_path: Path, elsewhere: Path
) -> None:
    with tarfile.open(OLD_LEDGERS / "schema-1.tar.gz") as tar:
        tar.extractall(tmp_path / "old", filter="data")
    (old,) = (tmp_path / "old").rglob("*.db")
    made = backed_up(old, tmp_path / "backup.tar")
    assert made.manifest.schema == 1
    restored(tmp_path / "backup.tar", elsewhere)
    assert sqlite.look(elsewhere) == 1
    assert stands(elsewhere) == stands(old)


def test_desks_that_write_meanwhile_lose_nothing_and_a_backup_is_a_moment_of_theirs(
    ledger: Path, tmp_path: Path
) -> None:
    ended = threading.Event()
    faults: list[BaseException] = []

    def write() -> None:
        try:
            while not ended.is_set():
                added(ledger)
        except BaseException as fault:
            faults.append(fault)

    desks = [threading.Thread(target=write) for _ in range(2)]
    for desk in desks:
        desk.start()
    ends = []
    for turn in range(3):
        least = stands(ledger).n
        made = backed_up(ledger, tmp_path / f"{turn}.tar")
        assert least <= made.manifest.n <= stands(ledger).n
        ends.append(made.manifest)
    ended.set()
    for desk in desks:
        desk.join()
    assert not faults
    assert ends[0].n < ends[-1].n
    assert proved(ledger).findings == []
    for turn, manifest in enumerate(ends):
        path = tmp_path / f"{turn}" / "ledger.db"
        path.parent.mkdir()
        restored(tmp_path / f"{turn}.tar", path)
        assert proved(path).findings == []
        with reading(ledger) as book:
            ((head,),) = book.ask("SELECT hash FROM event WHERE seq = ?", (manifest.n,))
        assert head.hex() == manifest.head == stands(path).head


# what is not backed up


def test_a_backup_overwrites_nothing(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.tar").write_bytes(b"mine")
    (tmp_path / "link.tar").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    for name in ("mine.tar", "link.tar", "folder"):
        with pytest.raises(FileInTheWay):
            backed_up(ledger, tmp_path / name)
    assert (tmp_path / "mine.tar").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


def altered(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as book:
        book.execute("UPDATE hazard SET description = 'x'")


def a_file_missing(ledger: Path) -> None:
    place(ledger, DIGEST).unlink()


def a_file_altered(ledger: Path) -> None:
    place(ledger, DIGEST).chmod(0o600)
    place(ledger, DIGEST).write_bytes(PHOTO[::-1])


@pytest.mark.parametrize("harm", [altered, a_file_missing, a_file_altered])
def test_what_is_not_whole_is_not_backed_up(
    harm: Callable[[Path], None], ledger: Path, tmp_path: Path
) -> None:
    harm(ledger)
    before = kept(tmp_path)
    with pytest.raises(LedgerAtFault) as refusal:
        backed_up(ledger, tmp_path / "backup.tar")
    assert refusal.value.facts["faults"] != 0
    assert kept(tmp_path) == before


def test_where_no_ledger_stands_nothing_is_backed_up(elsewhere: Path, tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        backed_up(elsewhere, tmp_path / "backup.tar")
    with pytest.raises(NotALedger):
        backed_up(tmp_path, tmp_path / "backup.tar")
    assert list(elsewhere.parent.iterdir()) == []
    assert not (tmp_path / "backup.tar").exists()


def test_a_backup_into_no_folder_is_refused(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        backed_up(ledger, tmp_path / "nowhere" / "backup.tar")
    with pytest.raises(Unreachable):
        backed_up(ledger, tmp_path / "photo.jpg" / "backup.tar")
    assert not (tmp_path / "nowhere").exists()


# what stands in the way


def test_nothing_is_restored_over_a_ledger_unless_it_is_to_be_replaced(
    ledger: Path, backup: Path, elsewhere: Path, tmp_path: Path
) -> None:
    restored(backup, elsewhere)
    added(ledger)
    newer = tmp_path / "newer.tar"
    backed_up(ledger, newer)
    added(elsewhere)
    other_past = tmp_path / "other past.tar"
    backed_up(elsewhere, other_past)
    (tmp_path / "other").mkdir()
    another = a_ledger(tmp_path / "other")
    for source, path, what, events in (
        (backup, ledger, "ledger-ahead", 1),
        (newer, ledger, "the-same-ledger", 0),
        (other_past, ledger, "another-past", 0),
        (backup, another, "another-ledger", 0),
    ):
        before = kept(path.parent)
        with pytest.raises(LedgerInTheWay) as refusal:
            restored(source, path)
        assert refusal.value.facts == {"path": str(path), "what": what, "events": events}
        assert kept(path.parent) == before
    restored(backup, elsewhere, replace=True)
    with pytest.raises(LedgerInTheWay) as refusal:
        restored(newer, elsewhere)
    assert (refusal.value.facts["what"], refusal.value.facts["events"]) == ("ledger-behind", 1)


def test_what_is_replaced_is_kept_beside_it(ledger: Path, backup: Path) -> None:
    for _ in range(2):
        added(ledger)
    later, old = stands(ledger), ledger.read_bytes()
    told = restored(backup, ledger, replace=True)
    assert told.was is not None
    assert (told.was.what, told.was.events, told.was.stand) == ("ledger-ahead", 2, later)
    assert told.kept == ledger.with_name(f"ledger.db.before-restore-{later.n}-{later.head[:8]}.db")
    assert stands(told.kept) == later
    assert proved(told.kept).findings == []
    assert told.kept.read_bytes()[100:] == old[100:]  # all but the counters of its header
    assert stands(ledger).n == later.n - 2
    assert proved(ledger).findings == []
    assert {path.name for path in ledger.parent.iterdir()} == {
        *("ledger.db", "evidence", told.kept.name)
    }


def test_what_is_replaced_twice_is_kept_once_and_another_of_its_name_stays(
    ledger: Path, backup: Path, tmp_path: Path
) -> None:
    added(ledger)
    later = tmp_path / "later.tar"
    backed_up(ledger, later)
    first = restored(backup, ledger, replace=True).kept
    restored(later, ledger, replace=True)
    again = restored(backup, ledger, replace=True).kept
    assert first is not None
    assert again is not None
    assert stands(first) == stands(again)
    first.write_bytes(b"mine")
    restored(later, ledger, replace=True)
    third = restored(backup, ledger, replace=True).kept
    assert third not in (None, first)
    assert first.read_bytes() == b"mine"


def test_another_ledger_is_replaced_and_kept(backup: Path, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    another = a_ledger(tmp_path / "other")
    was = stands(another)
    told = restored(backup, another, replace=True)
    assert told.was is not None
    assert told.kept is not None
    assert told.was.what == "another-ledger"
    assert stands(told.kept) == was
    assert stands(another) == stands(ledger)
    assert proved(another).findings == []


def truncated(ledger: Path) -> None:
    os.truncate(ledger, 20_000)


def a_page_zeroed(ledger: Path) -> None:
    """The first page of the table of events."""
    with closing(sqlite3.connect(ledger)) as book:
        ((page,),) = book.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'event'")
        ((size,),) = book.execute("PRAGMA page_size")
    with ledger.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


def the_schema_garbled(ledger: Path) -> None:
    content = ledger.read_bytes()
    ledger.write_bytes(content[:100] + bytes(400) + content[500:])


def without_its_events(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as book:
        book.execute("DROP TABLE event")


@pytest.mark.parametrize("harm", [truncated, a_page_zeroed, the_schema_garbled, without_its_events])
def test_a_damaged_ledger_is_replaced_and_kept_as_it_is(
    harm: Callable[[Path], None], ledger: Path, backup: Path
) -> None:
    was = stands(ledger)
    harm(ledger)
    old = ledger.read_bytes()
    with pytest.raises(LedgerInTheWay) as refusal:
        restored(backup, ledger)
    assert refusal.value.facts["what"] == "damaged-ledger"
    assert ledger.read_bytes() == old
    told = restored(backup, ledger, replace=True)
    assert told.kept is not None
    assert told.kept.name.startswith("ledger.db.before-restore-damaged-")
    assert told.kept.read_bytes()[100:] == old[100:]
    assert mode(told.kept) == mode(ledger) == 0o600
    assert stands(ledger) == was
    assert proved(ledger).findings == []


def test_what_is_no_ledger_is_never_replaced(backup: Path, elsewhere: Path) -> None:
    elsewhere.write_bytes(b"a letter to somebody, of more than a hundred bytes" * 5)
    before = kept(elsewhere.parent)
    for replace in (False, True):
        with pytest.raises(NotALedger):
            restored(backup, elsewhere, replace=replace)
    assert kept(elsewhere.parent) == before


def test_an_empty_file_is_no_ledger_in_the_way(backup: Path, ledger: Path, elsewhere: Path) -> None:
    elsewhere.touch()
    restored(backup, elsewhere)
    assert stands(elsewhere) == stands(ledger)
    assert mode(elsewhere) == 0o600


def test_a_ledger_that_is_begun_meanwhile_is_not_put_aside(
    backup: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hazardctl.store.replacing.PATIENCE", 0.1)
    elsewhere.touch()
    with somebody_at(elsewhere, "CREATE TABLE t(x)"), pytest.raises(Busy):
        restored(backup, elsewhere)
    draft = backup.with_name("draft.db")
    shutil.copy(backup, draft)
    begun = a_ledger(elsewhere.parent)
    was = stands(begun)
    with pytest.raises(FileExistsError):
        put(draft, begun)
    assert stands(begun) == was


def test_a_desk_that_waits_to_begin_a_ledger_is_told_that_another_was_put_there(
    backup: Path, ledger: Path, elsewhere: Path
) -> None:
    elsewhere.touch()
    with closing(sqlite3.connect(elsewhere, isolation_level=None)) as waiting:
        waiting.execute("SELECT 1 FROM sqlite_schema")  # it has opened the file
        restored(backup, elsewhere)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            waiting.execute("CREATE TABLE t(x)")
    assert stands(elsewhere) == stands(ledger)


def test_a_journal_that_was_left_is_not_rolled_back_into_what_comes(
    backup: Path, ledger: Path, elsewhere: Path, tmp_path: Path
) -> None:
    """A ledger that was removed by hand while its journal was hot."""
    shutil.copy(ledger, tmp_path / "torn.db")
    with closing(sqlite3.connect(tmp_path / "torn.db", isolation_level=None)) as book:
        book.execute("PRAGMA cache_size=1")
        book.execute("BEGIN")
        book.execute("UPDATE hazard SET description = hex(randomblob(30000))")
        shutil.copy(tmp_path / "torn.db-journal", f"{elsewhere}-journal")
    restored(backup, elsewhere)
    assert stands(elsewhere) == stands(ledger)
    assert proved(elsewhere).findings == []
    assert elsewhere.with_name("ledger.db.before-restore-journal").stat().st_size > 0


@contextmanager
def somebody_at(ledger: Path, sql: str) -> Iterator[None]:
    """Another desk that holds the ledger, in a process of its own."""
    hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    hold += f"c.execute('BEGIN IMMEDIATE'); c.execute({sql!r}); print('held', flush=True)\n"
    hold += "sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", hold, str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield
    process.communicate()


def test_a_ledger_that_another_desk_holds_is_not_replaced(
    ledger: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hazardctl.store.replacing.PATIENCE", 0.1)
    added(ledger)
    before = kept(ledger.parent)
    with somebody_at(ledger, "SELECT 1"), pytest.raises(Busy):
        restored(backup, ledger, replace=True)
    assert kept(ledger.parent) == before


def test_a_desk_that_writes_meanwhile_is_before_or_after_and_never_lost(
    ledger: Path, backup: Path
) -> None:
    """Whatever was acknowledged is in a ledger that is kept, or in the one that stands."""
    ended = threading.Event()
    numbers: list[str] = []

    def write() -> None:
        count = 0
        while not ended.is_set():
            count += 1
            added(ledger, what={"description": f"隐患 {count}"})
            numbers.append(f"隐患 {count}")

    desk = threading.Thread(target=write)
    desk.start()
    copies = [ledger]
    for _ in range(4):
        time.sleep(0.1)
        told = restored(backup, ledger, replace=True)
        assert told.kept is not None
        copies.append(told.kept)
    ended.set()
    desk.join()
    found = set()
    for path in copies:
        assert proved(path).findings == []
        with reading(path) as book:
            found |= {text for (text,) in book.ask("SELECT description FROM hazard")}
    assert set(numbers) <= found
    assert len(numbers) > 10


# what is no backup


def duplicated(path: Path, parts: Parts) -> None:
    forgeries.amid(path, parts, header(NAME, len(PHOTO)))


def claiming_a_size(name: str, size: int) -> Callable[[Path, Parts], object]:
    def change(said: dict[str, list[dict[str, object]]]) -> None:
        for member in said["members"]:
            if member["name"] == name:
                member["size"] = size

    return claiming(change)


def named(name: str) -> Callable[[Path, Parts], object]:
    """The photo under another name, in the manifest as well."""
    return lambda path, parts: put_together(
        path, listed({**{n: c for n, c in parts.items() if n != NAME}, name: PHOTO})
    )


def of_type(kind: bytes, **more: Any) -> Callable[[Path, Parts], object]:
    """Something else than a plain file in the place of the photo."""
    return lambda path, parts: forgeries.instead(path, parts, NAME, header(NAME, type=kind, **more))


def sparse(path: Path, _parts: Parts) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def a_huge_header(path: Path, _parts: Parts) -> None:
    """A manifest of a tebibyte, and a file that has room for it."""
    with path.open("wb") as file:
        file.write(header("manifest.json", 1 << 40).tobuf(tarfile.GNU_FORMAT))
        file.truncate(1 << 41)


def a_huge_extension(path: Path, parts: Parts) -> None:
    """An extended header that would be read into memory whole."""
    with path.open("wb") as file:
        file.write(header("x", 1 << 40, type=tarfile.XHDTYPE).tobuf(tarfile.GNU_FORMAT))
        file.truncate(1 << 41)


def a_deep_manifest(path: Path, parts: Parts) -> None:
    put_together(path, {**parts, "manifest.json": b"[" * 1_000_000})


def a_wide_manifest(path: Path, parts: Parts) -> None:
    put_together(path, {**parts, "manifest.json": b'{"members":[' + b"[]," * 5_000_000 + b"0]}"})


def keys_twice(path: Path, parts: Parts) -> None:
    text = parts["manifest.json"].replace(b'{"at":', b'{"n":1,"at":', 1)
    put_together(path, {**parts, "manifest.json": text})


def half_a_character(path: Path, parts: Parts) -> None:
    text = parts["manifest.json"].replace(b'"at":"2', b'"at":"\\ud800', 1)
    put_together(path, {**parts, "manifest.json": text})


def without(name: str) -> Callable[[Path, Parts], object]:
    return lambda path, parts: put_together(
        path, {own: content for own, content in parts.items() if own != name}
    )


def without_but_as_long(name: str) -> Callable[[Path, Parts], object]:
    """A part is missing, and the file has the length that it would have with it."""

    def forge(path: Path, parts: Parts) -> None:
        length = put_together(path, parts).stat().st_size
        without(name)(path, parts)
        with path.open("ab") as file:
            file.truncate(length)

    return forge


def in_another_order(path: Path, parts: Parts) -> None:
    put_together(path, dict(sorted(parts.items())))


def zipped(path: Path, parts: Parts) -> None:
    put_together(path, parts)
    path.write_bytes(gzip.compress(path.read_bytes()))


def something_behind(path: Path, parts: Parts) -> None:
    put_together(path, parts)
    with path.open("ab") as file:
        file.write(b"more" * 2560)


def another_digest(path: Path, parts: Parts) -> None:
    digest = parts["digest.json"].replace(b'"open":3', b'"open":2')
    assert digest != parts["digest.json"]
    put_together(path, listed({**parts, "digest.json": digest}))


def evidence_too_many(path: Path, parts: Parts) -> None:
    more = hashlib.sha256(b"more").hexdigest()
    files = {NAME: PHOTO, f"evidence/{more[:2]}/{more}": b"more"}
    base = {name: content for name, content in parts.items() if name != NAME}
    put_together(path, listed({**base, **dict(sorted(files.items()))}))


def letters(_content: bytes) -> bytes:
    return b"no ledger at all"


def of_another_program(content: bytes) -> bytes:
    return content[:68] + b"\0\0\0\0" + content[72:]


def with_a_log(content: bytes) -> bytes:
    return content[:18] + b"\2\2" + content[20:]


def holding(change: Callable[[bytes], bytes]) -> Callable[[Path, Parts], object]:
    """A backup whose ledger is something else, and whose manifest says so."""
    return lambda path, parts: put_together(
        path, listed({**parts, "ledger.db": change(parts["ledger.db"])})
    )


HOSTILE: list[tuple[Callable[[Path, Parts], object], str]] = [
    (lambda path, _: path.touch(), "not-a-backup"),
    (lambda path, _: path.write_bytes(b"x" * 20480), "not-a-backup"),
    (lambda path, _: path.write_bytes(bytes(20480)), "not-a-backup"),
    (lambda path, _: path.mkdir(), "not-a-regular-file"),
    (lambda path, _: os.mkfifo(path), "not-a-regular-file"),
    (lambda path, _: path.symlink_to("/dev/zero"), "not-a-regular-file"),
    (lambda path, _: path.symlink_to(path), "Too many levels of symbolic links"),
    (lambda path, _: None, "No such file or directory"),
    (zipped, "not-a-backup"),
    (sparse, "not-a-backup"),
    (a_huge_header, "not-a-backup"),
    (a_huge_extension, "not-a-regular-file"),
    (a_deep_manifest, "not-a-backup"),
    (a_wide_manifest, "not-a-backup"),
    (keys_twice, "not-a-backup"),
    (without("manifest.json"), "not-a-backup"),
    (without("ledger.db"), "cut-short"),
    (without_but_as_long("digest.json"), "other-part"),
    (without_but_as_long("ledger.db"), "other-part"),
    (without_but_as_long(NAME), "other-part"),
    (in_another_order, "not-a-backup"),
    (duplicated, "holds-more"),
    (something_behind, "holds-more"),
    (lambda path, parts: forgeries.amid(path, parts, header("x", 3)), "holds-more"),
    (lambda path, parts: forgeries.amid(path, parts, header("x"), before=NAME), "holds-more"),
    (named("../../evil"), "not-a-backup"),
    (named("/etc/evil"), "not-a-backup"),
    (named(f"evidence/../{DIGEST}"), "not-a-backup"),
    (named(f"evidence/00/{DIGEST}"), "not-a-backup"),
    (named(f"evidence\\{DIGEST[:2]}\\{DIGEST}"), "not-a-backup"),
    (named(f"evidence/{'ab'}/{'ab' * 32}"), "not-a-backup"),
    (named("ledger.db-journal"), "not-a-backup"),
    (named("x" * 300), "not-a-backup"),
    (of_type(tarfile.SYMTYPE, linkname="/etc/passwd"), "not-a-regular-file"),
    (of_type(tarfile.LNKTYPE, linkname="ledger.db"), "not-a-regular-file"),
    (of_type(tarfile.DIRTYPE), "not-a-regular-file"),
    (of_type(tarfile.FIFOTYPE), "not-a-regular-file"),
    (of_type(tarfile.CHRTYPE, devmajor=1, devminor=5), "not-a-regular-file"),
    (of_type(tarfile.BLKTYPE), "not-a-regular-file"),
    (of_type(tarfile.GNUTYPE_SPARSE), "not-a-regular-file"),
    (claiming_a_size("ledger.db", 1 << 50), "unbelievable-size"),
    (claiming_a_size(NAME, 201 * 1024 * 1024), "unbelievable-size"),
    (claiming_a_size("digest.json", 1 << 20), "unbelievable-size"),
    (claiming_a_size("ledger.db", -1), "not-a-backup"),
    (claiming_a_size("ledger.db", 1), "holds-more"),
    (claiming_a_size(NAME, len(PHOTO) + 1), "other-part"),
    (claiming_a_size(NAME, len(PHOTO) + 100_000), "cut-short"),
    (claiming(lambda said: said.update(form=2)), "later-form"),
    (claiming(lambda said: said.update(n=True)), "not-a-backup"),
    (claiming(lambda said: said.update(n=2.0)), "not-a-backup"),
    (claiming(lambda said: said.update(at=None)), "not-a-backup"),
    (claiming(lambda said: said.update(more=1)), "not-a-backup"),
    (half_a_character, "not-a-backup"),
    (claiming(lambda said: said.update(members={})), "not-a-backup"),
    (claiming(lambda said: said.update(members=[1, 2])), "not-a-backup"),
    (claiming(lambda said: said["members"].reverse()), "not-a-backup"),
    (claiming(lambda said: said.update(n=said["n"] + 1)), "parts-differ"),
    (claiming(lambda said: said.update(head="0" * 64)), "parts-differ"),
    (claiming(lambda said: said.update(ledger_id="x")), "parts-differ"),
    (claiming(lambda said: said.update(schema=1)), "parts-differ"),
    (claiming(lambda said: said.update(at="2022-12-30T08:00:00.000000Z")), "parts-differ"),
    (another_digest, "parts-differ"),
    (evidence_too_many, "parts-differ"),
    (holding(letters), "holds-no-ledger"),
    (holding(of_another_program), "holds-no-ledger"),
    (holding(with_a_log), "holds-no-ledger"),
    (holding(lambda _: b""), "holds-no-ledger"),
]


@pytest.mark.parametrize(("forge", "reason"), HOSTILE)
def test_what_is_no_backup_is_refused_and_nothing_is_written(
    forge: Callable[[Path, Parts], object],
    reason: str,
    ledger: Path,
    backup: Path,
    elsewhere: Path,
    tmp_path: Path,
) -> None:
    path = tmp_path / "forged.tar"
    forge(path, forgeries.taken_apart(backup))
    shutil.copy(ledger, tmp_path / "before.db")
    start = time.perf_counter()
    for target in (elsewhere, ledger):
        before = kept(target.parent)
        with pytest.raises(NotABackup) as refusal:
            restored(path, target, replace=True)
        assert refusal.value.facts == {"file": str(path), "reason": reason}
        assert kept(target.parent) == before
    assert time.perf_counter() - start < 2


def changed(sql: str) -> Callable[[Path, Parts], object]:
    """A backup of a ledger that was written to past the program; its manifest fits."""

    def forge(path: Path, parts: Parts) -> None:
        book = path.with_name("changed.db")
        book.write_bytes(parts["ledger.db"])
        with closing(sqlite3.connect(book, isolation_level=None)) as connection:
            connection.executescript(sql)
        put_together(path, listed({**parts, "ledger.db": book.read_bytes()}))

    return forge


ENDLESS = "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


@pytest.mark.parametrize(
    "forge",
    [
        changed("UPDATE hazard SET description = 'x'"),
        changed("DROP TRIGGER event_is_not_changed"),
        changed("DROP TRIGGER event_is_not_changed; UPDATE event SET actor = 'x' WHERE seq = 3"),
        changed("DELETE FROM evidence"),
        changed("UPDATE evidence SET size = size + 1"),
        changed("CREATE TABLE more(x)"),
        changed(f"DROP TABLE setting; CREATE VIEW setting AS {ENDLESS}"),
        changed(f"DROP TABLE event; CREATE VIEW event AS {ENDLESS}"),
        changed("DROP TABLE past"),
        changed("PRAGMA user_version=0"),
        holding(lambda content: content[:8192] + bytes(8192) + content[16384:]),
        holding(lambda content: content[:-8192]),
        lambda path, parts: put_together(
            path, listed({name: content for name, content in parts.items() if name != NAME})
        ),
    ],
)
def test_a_backup_of_what_is_not_whole_is_refused(
    forge: Callable[[Path, Parts], object], backup: Path, elsewhere: Path, ledger: Path
) -> None:
    path = backup.with_name("forged.tar")
    forge(path, forgeries.taken_apart(backup))
    for target in (elsewhere, ledger):
        before = kept(target.parent)
        with pytest.raises(BackupAtFault) as refusal:
            restored(path, target, replace=True)
        assert refusal.value.facts["file"] == str(path)
        assert kept(target.parent) == before


def test_a_ledger_of_a_later_program_is_not_restored(backup: Path, elsewhere: Path) -> None:
    path = backup.with_name("forged.tar")
    changed("PRAGMA user_version=99")(path, forgeries.taken_apart(backup))
    with pytest.raises(NewerLedger) as refusal:
        restored(path, elsewhere)
    assert refusal.value.facts["path"] == str(path)
    assert list(elsewhere.parent.iterdir()) == []
    assert APPLICATION_ID.to_bytes(4, "big") in path.read_bytes()


def test_no_bit_of_a_backup_flips_unseen(backup: Path, elsewhere: Path) -> None:
    """But for what nobody reads: the owner, the mode and the moment in the header of a part."""
    draw, content = random.Random(2022), backup.read_bytes()
    told = backup.with_name("flipped.tar")
    unseen = 0
    for _ in range(150):
        place_of = draw.randrange(len(content))
        flipped = bytearray(content)
        flipped[place_of] ^= 1 << draw.randrange(8)
        told.write_bytes(flipped)
        try:
            restored(told, elsewhere)
        except NotABackup:
            assert not elsewhere.exists()
        else:
            unseen += 1
            assert content[place_of // 512 * 512 :][257:262] == b"ustar", place_of
            assert proved(elsewhere).findings == []
            elsewhere.unlink()
    assert unseen <= 2


@pytest.mark.parametrize("end", [0, 1, 511, 512, 5000, 100_000, -10_240, -512, -1])
def test_a_backup_that_was_cut_is_refused(end: int, backup: Path, elsewhere: Path) -> None:
    told = backup.with_name("cut.tar")
    told.write_bytes(backup.read_bytes()[:end])
    with pytest.raises(NotABackup):
        restored(told, elsewhere)
    assert list(elsewhere.parent.iterdir()) == []


# what goes wrong on the way


def test_evidence_that_is_there_and_good_stays_and_what_is_not_is_made_good(
    ledger: Path, backup: Path
) -> None:
    number = place(ledger, DIGEST).stat().st_ino
    restored(backup, ledger, replace=True)
    assert place(ledger, DIGEST).stat().st_ino == number
    a_file_altered(ledger)
    restored(backup, ledger, replace=True)
    assert place(ledger, DIGEST).read_bytes() == PHOTO


def test_a_place_that_is_no_folder_is_refused(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        restored(backup, tmp_path / "nowhere" / "ledger.db")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_of_evidence_that_is_none_leaves_the_ledger_as_it_was(
    backup: Path, elsewhere: Path
) -> None:
    (elsewhere.parent / "evidence").write_bytes(b"in the way")
    with pytest.raises(Unreachable):
        restored(backup, elsewhere)
    assert kept(elsewhere.parent) == {"evidence": b"in the way"}


LIMITED = """
import resource, sys
from datetime import date
from pathlib import Path
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.errors import Unreachable
from hazardctl.ledger.backing_up import back_up
from hazardctl.ledger.restoring import restore
what, source, target, limit = sys.argv[1:]
today, industries = date(2022, 12, 31), taxonomy()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    if what == "backup":
        back_up(Path(source), Path(target), at="2022-12-31T08:00:00Z", today=today,
                taxonomy=industries)
    else:
        restore(Path(source), Path(target), replace=True, today=today, taxonomy=industries)
except Unreachable as refusal:
    assert refusal.facts["path"] == target, refusal.facts
    sys.exit(int(refusal.exit))
"""


def limited(what: str, source: Path, target: Path, limit: int) -> int:
    """The exit status of a child that may write files of no more than so many bytes."""
    line = [sys.executable, "-c", LIMITED, what, str(source), str(target), str(limit)]
    return subprocess.run(line, check=False, timeout=60).returncode


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_full_disk_leaves_no_backup(share: float, ledger: Path, tmp_path: Path) -> None:
    before = kept(tmp_path)
    size = ledger.stat().st_size
    assert limited("backup", ledger, tmp_path / "backup.tar", int(size * share)) == 6
    assert kept(tmp_path) == before
    assert limited("backup", ledger, tmp_path / "backup.tar", size + 1000) == 6  # the tar alone
    assert kept(tmp_path) == before
    assert limited("backup", ledger, tmp_path / "backup.tar", 2 * size) == 0


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_full_disk_leaves_the_ledger_that_stood_there(
    share: float, ledger: Path, backup: Path, elsewhere: Path
) -> None:
    added(ledger)
    for target in (ledger, elsewhere):
        before = kept(target.parent)
        assert limited("restore", backup, target, int(ledger.stat().st_size * share)) == 6
        assert kept(target.parent) == before


def test_a_journal_that_does_not_fit_leaves_the_ledger_that_stood_there(
    ledger: Path, tmp_path: Path
) -> None:
    """Everything has room but the journal, which is larger than either ledger."""
    for count in range(150):
        added(ledger, what={"description": f"{count} " + "隐患" * 1000})
    backed_up(ledger, tmp_path / "large.tar")
    added(ledger)
    was, names = stands(ledger), set(kept(ledger.parent))
    assert limited("restore", tmp_path / "large.tar", ledger, ledger.stat().st_size + 2000) == 6
    assert stands(ledger) == was
    assert proved(ledger).findings == []
    assert set(kept(ledger.parent)) == names


# killed


STEP_BY_STEP = """
import os, signal, sys
from datetime import date
from pathlib import Path
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.ledger.restoring import restore
from hazardctl.store import copying, sqlite
class Counted(frozenset):
    steps = 0
    def __contains__(self, status):
        Counted.steps += 1
        if Counted.steps == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__contains__(status)
sqlite._AT_ONCE = int(sys.argv[4])
copying._BUSY = Counted(copying._BUSY)
restore(Path(sys.argv[1]), Path(sys.argv[2]), replace=True, today=date(2022, 12, 31),
        taxonomy=taxonomy())
print(Counted.steps)
"""


def test_whatever_page_a_restore_is_killed_at_the_ledger_is_the_old_or_the_new_one(
    ledger: Path, backup: Path, tmp_path: Path
) -> None:
    for count in range(150):
        added(ledger, what={"description": f"{count} " + "隐患" * 3000})
    larger = tmp_path / "larger.tar"
    backed_up(ledger, larger)
    new = stands(ledger)
    original = tmp_path / "original.db"
    keep_copy(ledger, original)
    restored(backup, ledger, replace=True)
    old = stands(ledger)
    assert original.stat().st_size > 2 * 2_000_000  # pages must leave the cache before the end
    line = [sys.executable, "-c", STEP_BY_STEP, str(larger), str(ledger)]
    at_once = 80
    small = tmp_path / "small.db"
    shutil.copy(ledger, small)
    steps = int(subprocess.run([*line, "0", str(at_once)], capture_output=True, check=True).stdout)
    seen, healed = set(), 0
    for step in range(1, steps + 1):
        shutil.copy(small, ledger)
        assert subprocess.run([*line, str(step), str(at_once)], check=False).returncode == -9
        journal = Path(f"{ledger}-journal")
        healed += journal.exists() and journal.read_bytes()[:8] != bytes(8)
        told = stands(ledger)
        assert told in (old, new)
        seen.add(told)
        assert proved(ledger).findings == []
        for left in ledger.parent.glob(".hazardctl-*"):
            shutil.rmtree(left)
    assert seen == {old, new}
    assert healed > 2


def test_a_backup_that_is_killed_is_whole_or_absent(ledger: Path, tmp_path: Path) -> None:
    script = LIMITED.replace("resource.setrlimit(", "0 and (")
    target = tmp_path / "out" / "backup.tar"
    target.parent.mkdir()
    line = [sys.executable, "-c", script, "backup", str(ledger), str(target), "0"]
    draw = random.Random(7)
    start = time.perf_counter()
    subprocess.run(line, check=True)
    took = time.perf_counter() - start
    for turn in range(12):
        target.unlink(missing_ok=True)
        running = subprocess.Popen(line)
        time.sleep(took * draw.uniform(0.3, 1.05))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert all(path.name.startswith(".") for path in target.parent.iterdir() if path != target)
        if target.exists():
            path = tmp_path / f"restored {turn}" / "ledger.db"
            path.parent.mkdir()
            restored(target, path)
            assert stands(path) == stands(ledger)


# faults of the system


def disk_fault(*_: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_copy_that_cannot_be_read_again_is_no_backup(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(tmp_path)
    monkeypatch.setattr(hashlib, "file_digest", disk_fault)
    with pytest.raises(Unreachable):
        backed_up(ledger, tmp_path / "backup.tar")
    assert kept(tmp_path) == before


def test_a_backup_whose_end_cannot_be_read_is_refused(backup: Path) -> None:
    class Torn(BufferedReader):
        seek = disk_fault  # type: ignore[assignment]  # a disk that fails whatever is asked

    with Torn(FileIO(backup)) as torn, pytest.raises(NotABackup) as refusal:
        Archive(torn, backup.name)
    assert refusal.value.facts["reason"] == os.strerror(errno.EIO)


def test_a_place_that_is_no_file_takes_no_copy(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as refusal:
        copying.copy(ledger, tmp_path)
    assert refusal.value.facts["path"] == str(tmp_path)


# copies that are kept


def test_a_kept_copy_is_the_same_ledger_and_overwrites_nothing(ledger: Path) -> None:
    target = ledger.with_name("ledger.copy.db")
    assert keep_copy(ledger, target) == target
    assert stands(target) == stands(ledger)
    assert mode(target) == 0o600
    assert keep_copy(ledger, target) == target
    was = target.read_bytes()
    added(ledger)
    other = keep_copy(ledger, target)
    assert other == ledger.with_name("ledger.copy-2.db")
    assert target.read_bytes() == was
    assert stands(other) == stands(ledger)
