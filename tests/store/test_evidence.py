"""Evidence: kept once under its hash, whole, and only if it is a plain file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hazardctl.errors import EvidenceRefused
from hazardctl.ledger import reading
from hazardctl.store.evidence import LARGEST, keep, place
from tests.builders import TODAY, a_ledger, added, day, due, moved, stamp
from tests.reference import Move

PHOTO = b"\xff\xd8\xff\xe0 a photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where a ledger stands."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    return folder / "ledger.db"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file to be kept."""
    path = tmp_path / "整改后.jpg"
    path.write_bytes(PHOTO)
    return path


def kept_below(ledger: Path) -> list[Path]:
    """Every file that stands in the evidence folder."""
    return [path for path in (ledger.parent / "evidence").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash_and_nobody_may_change_it(ledger: Path, photo: Path) -> None:
    told = keep(ledger, str(photo))
    assert told == {"sha256": DIGEST, "name": "整改后.jpg", "size": len(PHOTO)}
    stored = place(ledger, DIGEST)
    assert stored == ledger.parent / "evidence" / DIGEST[:2] / DIGEST
    assert stored.read_bytes() == PHOTO
    assert stat.S_IMODE(stored.stat().st_mode) == 0o400
    for folder in (stored.parent, stored.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert photo.read_bytes() == PHOTO


def test_the_same_content_is_kept_once_whatever_its_name(
    ledger: Path, photo: Path, tmp_path: Path
) -> None:
    other = tmp_path / "copy.png"
    other.write_bytes(PHOTO)
    assert keep(ledger, str(photo))["sha256"] == keep(ledger, str(other))["sha256"]
    assert keep(ledger, str(other))["name"] == "copy.png"
    assert kept_below(ledger) == [place(ledger, DIGEST)]


def test_a_stored_file_that_was_altered_is_made_good(ledger: Path, photo: Path) -> None:
    keep(ledger, str(photo))
    stored = place(ledger, DIGEST)
    stored.chmod(0o600)
    stored.write_bytes(b"another")
    keep(ledger, str(photo))
    assert stored.read_bytes() == PHOTO
    assert stat.S_IMODE(stored.stat().st_mode) == 0o400


def test_an_empty_file_is_a_file(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert keep(ledger, str(tmp_path / "empty"))["size"] == 0


@pytest.mark.parametrize(
    "name", ["-rf", ".htaccess", "CON.txt", "..\\x", "a b.jpg", "隐患" * 40, "\u202egpj.exe"]
)
def test_a_name_is_only_told_and_never_a_path(name: str, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PHOTO)
    told = keep(ledger, str(tmp_path / "ledger" / ".." / name))
    assert told["name"] == name
    assert kept_below(ledger) == [place(ledger, DIGEST)]


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
        (a_link, "Too many levels of symbolic links"),
        (a_loop, "Too many levels of symbolic links"),
        (a_pipe, "not-a-regular-file"),
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
    make: Callable[[Path], Path], reason: str | None, ledger: Path, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(EvidenceRefused) as refusal:
        keep(ledger, str(path))
    assert refusal.value.facts["path"] == str(path)
    assert reason in (None, refusal.value.facts["reason"])
    assert kept_below(ledger) == []


def test_a_file_one_may_not_keep_leaves_nothing_half_kept(ledger: Path, photo: Path) -> None:
    (ledger.parent / "evidence").write_bytes(b"in the way")
    with pytest.raises(EvidenceRefused):
        keep(ledger, str(photo))
    assert (ledger.parent / "evidence").read_bytes() == b"in the way"


def test_evidence_is_told_with_the_step_that_brought_it(ledger: Path, photo: Path) -> None:
    path = a_ledger(ledger.parent)
    file = keep(path, str(photo))
    number = added(path, deadline=due(10), person="甲", evidence=[file])
    moved(path, number, Move("submit", "甲", day(3), evidence=True))
    told = reading.hazard(path, number, TODAY)["evidence"]
    assert [(one["kind"], one["name"], one["attached_by"]) for one in told] == [
        ("attached", "整改后.jpg", stamp().by),
        ("submitted", "整改后.jpg", "甲"),
    ]
    assert told[0]["sha256"] == DIGEST
