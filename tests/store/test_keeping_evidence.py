"""Evidence, wherever a ledger stands: kept once under its hash, whole, only if a plain file."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hazardctl.errors import EvidenceDamaged, EvidenceRefused, NotText
from hazardctl.ledger import reading
from hazardctl.store.evidence import LARGEST, File, damaged, keep, parts
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Place, Server
from tests.attackers import holding
from tests.builders import TODAY, a_ledger, added, day, due, moved, stamp
from tests.homes import Home
from tests.reference import Move

PHOTO = b"\xff\xd8\xff\xe0 a photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def ledger(home: Home) -> Place:
    """A ledger that was just begun."""
    return a_ledger(home)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file to be kept."""
    path = tmp_path / "整改后.jpg"
    path.write_bytes(PHOTO)
    return path


def kept_of(ledger: Place) -> list[str]:
    """The hashes under which anything is stored; on a disk a draft would be among them."""
    if isinstance(ledger, Server):
        with opened(ledger) as book:
            return [one for (one,) in book.ask("SELECT DISTINCT sha256 FROM evidence_part")]
    return [path.name for path in (ledger.parent / "evidence").rglob("*") if path.is_file()]


def attached(ledger: Place, photo: Path) -> File:
    """The photo, kept, as the ledger knows it."""
    return File("YH-2022-00001", **keep(ledger, str(photo)))  # type: ignore[arg-type]  # its values are these


def test_the_same_content_is_kept_once_whatever_its_name(
    ledger: Place, photo: Path, tmp_path: Path
) -> None:
    other = tmp_path / "copy.png"
    other.write_bytes(PHOTO)
    assert keep(ledger, str(photo))["sha256"] == keep(ledger, str(other))["sha256"]
    assert keep(ledger, str(other))["name"] == "copy.png"
    assert kept_of(ledger) == [DIGEST]


def test_an_empty_file_is_a_file(ledger: Place, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert keep(ledger, str(tmp_path / "empty"))["size"] == 0


@pytest.mark.parametrize(
    "name", ["-rf", ".htaccess", "CON.txt", "..\\x", "a b.jpg", "隐患" * 40, "\u202egpj.exe"]
)
def test_a_name_is_only_told_and_never_a_path(name: str, ledger: Place, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / name).write_bytes(PHOTO)
    told = keep(ledger, str(tmp_path / "folder" / ".." / name))
    assert told["name"] == name
    assert kept_of(ledger) == [DIGEST]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a\udcff.jpg", "surrogate"),
        ("a\x1b[2J.jpg", "control-character"),
        ("a\x07.jpg", "control-character"),
        ("a\x85.jpg", "control-character"),
        ("a\ufffd.jpg", "replacement-character"),
        ("a\0.jpg", "control-character"),
    ],
)
def test_a_name_that_is_no_text_does_not_enter(
    name: str, reason: str, ledger: Place, tmp_path: Path
) -> None:
    if "\0" not in name:
        (tmp_path / name).write_bytes(PHOTO)
    with pytest.raises(NotText) as refusal:
        keep(ledger, str(tmp_path / name))
    assert refusal.value.facts["reason"] == reason
    assert kept_of(ledger) == []


def test_folders_above_a_file_may_be_links(ledger: Place, photo: Path, tmp_path: Path) -> None:
    (tmp_path / "home").symlink_to(tmp_path, target_is_directory=True)
    assert keep(ledger, str(tmp_path / "home" / photo.name))["sha256"] == DIGEST


def a_link(folder: Path) -> Path:
    """A link to a file that others may not see."""
    (folder / "secret").write_bytes(b"secret")
    link = folder / "link.jpg"
    link.symlink_to(folder / "secret")
    return link


def a_loop(folder: Path) -> Path:
    """A link to itself."""
    link = folder / "loop.jpg"
    link.symlink_to(link)
    return link


def a_pipe(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "pipe.jpg")
    return folder / "pipe.jpg"


def a_socket(folder: Path) -> Path:
    """A socket."""
    os.mknod(folder / "socket", stat.S_IFSOCK | 0o600)
    return folder / "socket"


def a_closed_file(folder: Path) -> Path:
    """A path through a file."""
    (folder / "closed.jpg").touch()
    return folder / "closed.jpg" / "photo.jpg"


def a_sparse_file(folder: Path) -> Path:
    """A file that is one byte too long, and takes no room."""
    with (folder / "big.jpg").open("wb") as file:
        file.truncate(LARGEST + 1)
    return folder / "big.jpg"


def an_endless_sparse_file(folder: Path) -> Path:
    """A file of a tebibyte that takes no room."""
    with (folder / "huge.jpg").open("wb") as file:
        file.truncate(1 << 40)
    return folder / "huge.jpg"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (a_link, "is-a-link"),
        (a_loop, "is-a-link"),
        (a_pipe, "not-a-regular-file"),
        (a_socket, "not-a-regular-file"),
        (a_closed_file, "Not a directory"),
        (lambda _: Path("/dev/tty"), "not-a-regular-file"),
        (lambda _: Path("/proc/self/fd/0"), "is-a-link"),
        (lambda _: Path("/proc/self/root"), "is-a-link"),
        (lambda _: Path("/proc/self/maps"), None),
        (lambda _: Path("/dev/zero"), "not-a-regular-file"),
        (lambda _: Path("/dev/null"), "not-a-regular-file"),
        (lambda folder: folder, "not-a-regular-file"),
        (a_sparse_file, "too-large"),
        (an_endless_sparse_file, "too-large"),
        (lambda folder: folder / "nowhere.jpg", "No such file or directory"),
        (lambda _: Path("/proc/self/mem"), None),
        (lambda _: Path("/proc/self/environ"), None),
    ],
)
def test_what_is_no_plain_file_is_refused_and_leaves_nothing(
    make: Callable[[Path], Path], reason: str | None, ledger: Place, tmp_path: Path
) -> None:
    path = make(tmp_path)
    start = time.perf_counter()
    with pytest.raises(EvidenceRefused) as refusal:
        keep(ledger, str(path))
    assert time.perf_counter() - start < 0.1
    assert refusal.value.facts["path"] == str(path)
    assert reason in (None, refusal.value.facts["reason"])
    assert kept_of(ledger) == []


@pytest.mark.parametrize("change", ["grows", "shrinks", "is rewritten"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    change: str, ledger: Place, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo.write_bytes(PHOTO * 200_000)
    os.utime(photo, ns=(0, 0))
    read = os.read
    turns = iter([change])

    def changing(handle: int, length: int) -> bytes:
        part = read(handle, length)
        match next(turns, ""):
            case "grows":
                with photo.open("ab") as file:
                    file.write(PHOTO)
            case "shrinks":
                os.truncate(photo, 10)
            case "is rewritten":
                with photo.open("r+b") as file:
                    file.write(PHOTO)
        return part

    monkeypatch.setattr(os, "read", changing)
    with pytest.raises(EvidenceRefused) as refusal:
        keep(ledger, str(photo))
    assert refusal.value.facts["reason"] == "changed-while-read"
    assert kept_of(ledger) == []


def test_content_comes_back_as_it_was_attached(ledger: Place, photo: Path) -> None:
    photo.write_bytes(os.urandom(3_000_000))
    assert b"".join(parts(ledger, attached(ledger, photo))) == photo.read_bytes()


def test_neither_keeping_nor_proving_holds_a_file_in_memory(ledger: Place, photo: Path) -> None:
    with photo.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    probe = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from hazardctl.store.evidence import File, damaged, keep\n"
        "from hazardctl.store.place import Server\n"
        "ledger = Server(sys.argv[1]) if '://' in sys.argv[1] else Path(sys.argv[1])\n"
        "list(damaged(ledger, [File('1', '0' * 64, 'x', 1)]))\n"  # its driver is loaded
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "told = keep(ledger, sys.argv[2])\n"
        "assert not list(damaged(ledger, [File('1', **told)]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", probe, str(ledger), str(photo)], capture_output=True, check=True
    )
    assert int(ran.stdout) < 60_000, ran.stdout  # KiB


def test_evidence_is_told_with_the_step_that_brought_it(ledger: Place, photo: Path) -> None:
    file = keep(ledger, str(photo))
    number = added(ledger, deadline=due(10), person="甲", evidence=[file])
    moved(ledger, number, Move("submit", "甲", day(3), evidence=True))
    told = reading.hazard(ledger, number, TODAY)["evidence"]
    assert [(one["kind"], one["name"], one["attached_by"]) for one in told] == [
        ("attached", "整改后.jpg", stamp().by),
        ("submitted", "整改后.jpg", "甲"),
    ]
    assert told[0]["sha256"] == DIGEST


# What is done to the pieces of a file on a server; on a disk there is more, in `test_evidence`.


@pytest.mark.only_on("postgresql", "the pieces of a file are rows there")
@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DELETE FROM evidence_part", "evidence-missing"),
        ("DELETE FROM evidence_part WHERE part = 1", "evidence-altered"),
        ("UPDATE evidence_part SET content = 'x' WHERE part = 2", "evidence-altered"),
        ("UPDATE evidence_part SET part = 3 - part WHERE part IN (1, 2)", "evidence-altered"),
        ("INSERT INTO evidence_part SELECT sha256, 9, content FROM evidence_part WHERE part = 0",
         "evidence-altered"),
    ],
)  # fmt: skip
def test_pieces_that_are_not_what_was_attached_are_found_and_not_given(
    ledger: Place, photo: Path, sql: str, code: str
) -> None:
    photo.write_bytes(os.urandom(3 * 1024 * 1024 + 17))
    file = attached(ledger, photo)
    with holding(ledger) as hand:
        hand.execute("ALTER TABLE evidence_part DROP CONSTRAINT evidence_part_pkey")
        assert hand.execute(sql).rowcount
    assert [one.code for one in damaged(ledger, [file])] == [code]
    with pytest.raises(EvidenceDamaged):
        b"".join(parts(ledger, file))
    keep(ledger, str(photo))
    assert list(damaged(ledger, [file])) == []  # what is there was mended
