"""Evidence beside a ledger in a file: how it lies there, and what is not as it was left."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hazardctl.domain.finding import Finding
from hazardctl.errors import (
    EvidenceDamaged,
    EvidenceRefused,
    NoFolder,
    UnknownEvidence,
    Unreachable,
)
from hazardctl.store.evidence import File, damaged, keep, parts, place
from tests.store.test_keeping_evidence import DIGEST, PHOTO, a_link, a_loop, a_pipe


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
    """All that stands in the evidence folder and is no folder."""
    return [path for path in (ledger.parent / "evidence").rglob("*") if not path.is_dir()]


def as_attached(ledger: Path, photo: Path, number: str = "YH-2022-00001") -> File:
    """The photo, kept, as the ledger knows it."""
    return File(number, **keep(ledger, str(photo)))  # type: ignore[arg-type]  # its values are these


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


def test_a_stored_file_that_was_altered_is_made_good(ledger: Path, photo: Path) -> None:
    keep(ledger, str(photo))
    stored = place(ledger, DIGEST)
    stored.chmod(0o600)
    stored.write_bytes(b"another")
    keep(ledger, str(photo))
    assert stored.read_bytes() == PHOTO
    assert stat.S_IMODE(stored.stat().st_mode) == 0o400


def test_what_is_kept_and_good_is_not_written_again(ledger: Path, photo: Path) -> None:
    keep(ledger, str(photo))
    before = place(ledger, DIGEST).stat()
    keep(ledger, str(photo))
    after = place(ledger, DIGEST).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_stored_file_that_others_may_read_or_change_is_made_good(
    ledger: Path, photo: Path
) -> None:
    keep(ledger, str(photo))
    place(ledger, DIGEST).chmod(0o644)
    keep(ledger, str(photo))
    assert stat.S_IMODE(place(ledger, DIGEST).stat().st_mode) == 0o400


@pytest.mark.parametrize("target", ["secret", "loop"])
def test_a_link_in_the_place_of_a_stored_file_is_replaced(
    target: str, ledger: Path, photo: Path
) -> None:
    (ledger.parent / "secret").write_bytes(PHOTO)
    keep(ledger, str(photo))
    stored = place(ledger, DIGEST)
    stored.unlink()
    stored.symlink_to(stored if target == "loop" else ledger.parent / "secret")
    keep(ledger, str(photo))
    assert not stored.is_symlink()
    assert stored.read_bytes() == PHOTO
    assert (ledger.parent / "secret").read_bytes() == PHOTO


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_evidence_is_its_owners_alone_under_any_umask(
    umask: int, ledger: Path, photo: Path
) -> None:
    before = os.umask(umask)
    try:
        keep(ledger, str(photo))
    finally:
        os.umask(before)
    stored = place(ledger, DIGEST)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o400
    for folder in (stored.parent, stored.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_every_new_folder_and_file_is_settled_before_it_is_told(
    ledger: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    settle = os.fsync

    def noted(handle: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")))
        settle(handle)

    monkeypatch.setattr(os, "fsync", noted)
    keep(ledger, str(photo))
    draft, *folders = synced
    stored = place(ledger, DIGEST)
    assert draft.parent == stored.parent.parent
    assert folders == [stored.parent, stored.parent.parent, ledger.parent]


def test_nothing_that_windows_lacks_is_needed(
    ledger: Path, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python there has no `fchmod` and no `O_DIRECTORY`; a link is seen without `O_NOFOLLOW`."""
    for name in ("fchmod", "O_DIRECTORY"):
        monkeypatch.delattr(os, name)
    monkeypatch.setattr("hazardctl.store.evidence._READING", os.O_RDONLY)
    file = as_attached(ledger, photo)
    assert keep(ledger, str(photo))["sha256"] == DIGEST
    assert b"".join(parts(ledger, file)) == PHOTO
    for make in (a_link, a_loop, a_pipe):
        with pytest.raises(EvidenceRefused):
            keep(ledger, str(make(tmp_path)))


def test_what_stands_in_the_way_of_the_folder_stays(ledger: Path, photo: Path) -> None:
    (ledger.parent / "evidence").write_bytes(b"in the way")
    with pytest.raises(Unreachable):
        keep(ledger, str(photo))
    assert (ledger.parent / "evidence").read_bytes() == b"in the way"


@pytest.mark.parametrize("name", ["evidence", f"evidence/{DIGEST[:2]}"])
def test_a_folder_that_is_a_link_keeps_nothing(
    name: str, ledger: Path, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (ledger.parent / name).parent.mkdir(exist_ok=True)
    (ledger.parent / name).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(Unreachable):
        keep(ledger, str(photo))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_folder_is_made_for_the_ledger(tmp_path: Path, photo: Path) -> None:
    with pytest.raises(NoFolder):
        keep(tmp_path / "nowhere" / "ledger.db", str(photo))
    assert not (tmp_path / "nowhere").exists()


LIMITED = """
import resource, sys
from pathlib import Path
from hazardctl.errors import Unreachable
from hazardctl.store.evidence import keep
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    keep(Path(sys.argv[1]), sys.argv[2])
except Unreachable as refusal:
    sys.exit(int(refusal.exit))
"""
SLOW = """
import os, signal, sys, time
from pathlib import Path
from hazardctl.store import evidence
signal.signal(signal.SIGINT, signal.default_int_handler)
read = os.read
def slowly(handle, length):
    if next(turns, None) is None:
        print("reading", flush=True)
        time.sleep(60)
    return read(handle, 1000)
turns = iter(range(3))
os.read = slowly
evidence.keep(Path(sys.argv[1]), sys.argv[2])
"""


def test_a_full_disk_leaves_nothing_half_kept(ledger: Path, photo: Path) -> None:
    photo.write_bytes(PHOTO * 1000)
    ran = subprocess.run([sys.executable, "-c", LIMITED, str(ledger), str(photo)], check=False)
    assert ran.returncode == 6
    assert kept_below(ledger) == []


def stopped_by(number: int, ledger: Path, photo: Path) -> None:
    """A desk that is stopped while it keeps a file."""
    photo.write_bytes(PHOTO * 1000)
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(ledger), str(photo)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == b"reading\n"
        assert len(kept_below(ledger)) == 1
        desk.send_signal(number)
        desk.wait(timeout=20)


def test_an_interrupt_leaves_nothing_half_kept(ledger: Path, photo: Path) -> None:
    stopped_by(signal.SIGINT, ledger, photo)
    assert kept_below(ledger) == []


def test_the_draft_of_a_desk_that_was_killed_is_removed_an_hour_later(
    ledger: Path, photo: Path
) -> None:
    stopped_by(signal.SIGKILL, ledger, photo)
    (draft,) = kept_below(ledger)
    keep(ledger, str(photo))
    assert draft in kept_below(ledger)  # it may be another desk's, at work
    an_hour_ago = draft.stat().st_mtime - 3601
    os.utime(draft, (an_hour_ago, an_hour_ago))
    other = photo.with_name("other.jpg")
    other.write_bytes(b"new content")
    keep(ledger, str(other))
    assert {path.name for path in kept_below(ledger)} == {
        hashlib.sha256(file.read_bytes()).hexdigest() for file in (photo, other)
    }


def is_gone(stored: Path) -> None:
    stored.unlink()


def is_gone_with_its_folder(stored: Path) -> None:
    stored.unlink()
    stored.parent.rmdir()


def is_altered(stored: Path) -> None:
    stored.chmod(0o600)
    stored.write_bytes(b"!" * len(PHOTO))


def is_longer(stored: Path) -> None:
    stored.chmod(0o600)
    with stored.open("ab") as file:
        file.write(b"!")


def is_endless(stored: Path) -> None:
    stored.chmod(0o600)
    os.truncate(stored, 1 << 40)


def is_a_link_to_the_same(stored: Path) -> None:
    (stored.parent / "copy").write_bytes(PHOTO)
    stored.unlink()
    stored.symlink_to("copy")


def is_a_pipe(stored: Path) -> None:
    stored.unlink()
    os.mkfifo(stored)


def is_a_folder(stored: Path) -> None:
    stored.unlink()
    stored.mkdir()


def is_in_a_linked_folder(stored: Path) -> None:
    stored.parent.rename(stored.parent.with_name("moved"))
    stored.parent.symlink_to("moved")


def is_in_a_linked_place(stored: Path) -> None:
    folder = stored.parent.parent
    folder.rename(folder.with_name("moved"))
    folder.symlink_to("moved")


def is_under_a_file(stored: Path) -> None:
    stored.unlink()
    stored.parent.rmdir()
    stored.parent.touch()


DAMAGES = [
    (is_gone, "evidence-missing"),
    (is_gone_with_its_folder, "evidence-missing"),
    (is_altered, "evidence-altered"),
    (is_longer, "evidence-altered"),
    (is_endless, "evidence-altered"),
    (is_a_link_to_the_same, "evidence-replaced"),
    (is_a_pipe, "evidence-replaced"),
    (is_a_folder, "evidence-replaced"),
    (is_in_a_linked_folder, "evidence-replaced"),
    (is_in_a_linked_place, "evidence-replaced"),
    (is_under_a_file, "evidence-replaced"),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGES)
def test_what_is_not_what_was_attached_is_found_and_not_given(
    damage: Callable[[Path], None], code: str, ledger: Path, photo: Path
) -> None:
    file = as_attached(ledger, photo)
    assert list(damaged(ledger, [file])) == []
    damage(place(ledger, DIGEST))
    start = time.perf_counter()
    facts = {"name": "整改后.jpg", "sha256": DIGEST}
    assert list(damaged(ledger, [file])) == [Finding(code, "YH-2022-00001", facts=facts)]
    with pytest.raises(EvidenceDamaged) as refusal:
        b"".join(parts(ledger, file))
    assert refusal.value.facts == {"number": "YH-2022-00001", **facts, "reason": code}
    assert time.perf_counter() - start < 0.2


def test_a_fault_is_told_of_every_hazard_and_content_is_read_once(
    ledger: Path, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.jpg").write_bytes(b"other")
    other = as_attached(ledger, tmp_path / "other.jpg", "YH-2022-00002")
    files = [as_attached(ledger, photo, f"YH-2022-0000{place}") for place in (1, 2, 3)]
    is_altered(place(ledger, DIGEST))
    opened: list[str] = []
    read = os.open

    def noted(path: str | Path, *rest: int) -> int:
        opened.append(str(path))
        return read(path, *rest)

    monkeypatch.setattr(os, "open", noted)
    found = list(damaged(ledger, iter([files[0], other, *files[1:]])))
    assert [(one.code, one.number) for one in found] == [
        ("evidence-altered", file.number) for file in files
    ]
    assert opened == [str(place(ledger, DIGEST)), str(place(ledger, other.sha256))]


def test_a_stored_file_that_cannot_be_read_is_told_with_the_reason(
    ledger: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = as_attached(ledger, photo)

    def broken(_handle: int, _length: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", broken)
    (found,) = damaged(ledger, [file])
    assert found.code == "evidence-unreadable"
    assert found.facts["reason"] == "Input/output error"


@pytest.mark.parametrize(
    "digest", ["../../../etc/passwd", "/etc/passwd", "", "ab", DIGEST.upper(), f"{DIGEST}\n"]
)
def test_what_is_no_digest_has_no_place(digest: str, ledger: Path) -> None:
    with pytest.raises(UnknownEvidence):
        place(ledger, digest)
    (found,) = damaged(ledger, [File("YH-2022-00001", digest, "a.jpg", 1)])
    assert found.code == "evidence-missing"
