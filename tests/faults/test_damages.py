"""Damages to the bytes of a ledger: whatever then reads otherwise is found by `check`.

`--seed N` draws the same damages again. What reads otherwise is told without the program: by the
bare driver, every row of every table as it stands in the file. Unused bytes, free pages and what
only an index holds may be damaged without being read: these are found too, or not, as the
database sees fit.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from hazardctl.errors import Exit, HazardctlError
from tests.faults.campaign import PROGRAM
from tests.whole import a_whole_ledger, at_fault, proved

DAMAGES = 60
MANY = 1_200
BY_COMMAND = 5  # of the damages, how many are shown to a program of its own
PAGE, SECTOR = 8192, 512
TABLES = ("setting", "event", "hazard", "past", "card", "line", "evidence", "reporter", "request")
LINES = ("check", "check -f json --lang zh", "digest")
UNRECOGNISABLE = {"not-a-ledger", "newer-ledger", "no-ledger"}
Damage = Callable[[Random, bytes], bytes]


def flipped(draw: Random, content: bytes) -> bytes:
    """One bit, anywhere."""
    return with_bit(content, draw.randrange(len(content)), draw.randrange(8))


def flipped_in_front(draw: Random, content: bytes) -> bytes:
    """One bit of the page that tells what the ledger is made of."""
    return with_bit(content, draw.randrange(PAGE), draw.randrange(8))


def with_bit(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ (1 << bit)]) + content[place + 1 :]


def zeroed(draw: Random, content: bytes) -> bytes:
    """A sector of the disk."""
    return put(content, draw.randrange(len(content) // SECTOR) * SECTOR, bytes(SECTOR))


def garbled(draw: Random, content: bytes) -> bytes:
    """Some bytes, anywhere."""
    noise = draw.randbytes(draw.randint(1, 64))
    return put(content, draw.randrange(len(content) - len(noise)), noise)


def cut_short(draw: Random, content: bytes) -> bytes:
    """The end of the file, at a page or in the middle of one."""
    return content[: draw.choice([draw.randrange(len(content)), a_page(draw, content)])]


def swapped(draw: Random, content: bytes) -> bytes:
    """Two pages, one in the place of the other."""
    one, other = a_page(draw, content), a_page(draw, content)
    kept = content[other : other + PAGE]
    return put(put(content, other, content[one : one + PAGE]), one, kept)


def doubled(draw: Random, content: bytes) -> bytes:
    """A page that was written a second time, where another one stood."""
    one = a_page(draw, content)
    return put(content, a_page(draw, content), content[one : one + PAGE])


def a_page(draw: Random, content: bytes) -> int:
    return draw.randrange(len(content) // PAGE) * PAGE


def put(content: bytes, place: int, part: bytes) -> bytes:
    return content[:place] + part + content[place + len(part) :]


KINDS: Sequence[Damage] = (
    *(flipped, flipped, flipped, flipped_in_front, zeroed, garbled),
    *(cut_short, swapped, doubled),
)


@dataclass(frozen=True)
class Damaged:
    """A damage, whether the ledger then reads otherwise, and what the program made of it."""

    what: str
    is_read: bool  # otherwise than before
    exit: int
    steps: frozenset[str]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """A ledger with something of every kind in it, drawn anew for every seed."""
    return a_whole_ledger(tmp_path_factory.mktemp("sound"), int(pytestconfig.option.seed))


def read(path: Path) -> object:
    """All that can be read of a file, by the bare driver; None if it cannot be read to its end."""
    head = path.read_bytes()[:100]
    if len(head) < 100:
        return None
    with closing(sqlite3.connect(path)) as book:
        book.text_factory = lambda text: b"text: " + text  # whole or not; text and bytes differ
        try:
            made = book.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
            rows = {
                table: book.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY rowid").fetchall()
                for table in TABLES
            }
        except (sqlite3.Error, UnicodeDecodeError, OverflowError):
            return None
    return head[:16], head[60:64], head[68:72], made, rows


def campaign(sound: Path, seed: int, folder: Path, *, damages: int) -> list[Damaged]:
    """So many damages, each to a copy of its own of the same ledger."""
    draw, content, before = Random(seed), sound.read_bytes(), read(sound)
    assert before is not None
    beside = sound.parent / "evidence"
    (folder / "evidence").symlink_to(beside)
    done = []
    for place in range(damages):
        kind = KINDS[place % len(KINDS)]
        path = folder / "ledger.db"
        path.write_bytes(kind(draw, content))
        done.append(judged(f"--seed {seed}, no. {place}, {kind.__name__}", path, before))
    return done


def judged(what: str, path: Path, before: object) -> Damaged:
    """A damaged ledger, read by the bare driver and proved by the program."""
    is_read = read(path) != before
    try:
        proof = proved(path)
    except HazardctlError as fault:
        if fault.code() not in UNRECOGNISABLE:
            raise
        return Damaged(what, is_read, int(fault.exit), frozenset())
    steps = frozenset(at_fault(proof) - {"evidence"})  # it stands elsewhere
    return Damaged(what, is_read, int(Exit.PROBLEM if steps else Exit.DONE), steps)


def missed(done: Sequence[Damaged]) -> list[str]:
    """What reads otherwise and was not found."""
    return [one.what for one in done if one.is_read and one.exit == Exit.DONE]


def test_a_ledger_that_is_not_damaged_has_no_fault(sound: Path) -> None:
    assert at_fault(proved(sound)) == set()
    assert read(sound) == read(sound)


def test_every_damage_that_can_be_read_is_found(sound: Path, seed: int, tmp_path: Path) -> None:
    done = campaign(sound, seed, tmp_path, damages=DAMAGES)
    assert missed(done) == []
    assert sum(one.is_read for one in done) > DAMAGES / 3
    pages_alone = [one for one in done if one.is_read and one.steps and "storage" not in one.steps]
    assert pages_alone  # the control: what the database says of its pages is not enough


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_every_one_of_many_damages_is_found(
    sound: Path, seed: int, part: int, tmp_path: Path
) -> None:
    done = campaign(sound, seed * 10 + part, tmp_path, damages=MANY // 10)
    assert missed(done) == []


def shown_to_the_program(sound: Path, seed: int, folder: Path, *, damages: int) -> None:
    draw, content, before = Random(seed), sound.read_bytes(), read(sound)
    for place in range(damages):
        kind = draw.choice(KINDS)
        path = folder / f"{place}.db"
        path.write_bytes(kind(draw, content))
        what = f"--seed {seed}, no. {place}, {kind.__name__}"
        is_read = read(path) != before
        for line in draw.sample(LINES, 2):
            told = subprocess.run(
                [*PROGRAM, "--ledger", str(path), *line.split()],
                capture_output=True,
                check=False,
                timeout=60,
            )
            assert b"Traceback" not in told.stderr, what
            assert told.returncode in (Exit.PROBLEM, Exit.UNUSABLE, Exit.DONE), what
            assert not (is_read and told.returncode == Exit.DONE), what


def test_a_damaged_ledger_is_named_by_the_program(sound: Path, seed: int, tmp_path: Path) -> None:
    (tmp_path / "evidence").symlink_to(sound.parent / "evidence")
    shown_to_the_program(sound, seed, tmp_path, damages=BY_COMMAND)


@pytest.mark.long
def test_many_damaged_ledgers_are_named_by_the_program(
    sound: Path, seed: int, tmp_path: Path
) -> None:
    (tmp_path / "evidence").symlink_to(sound.parent / "evidence")
    shown_to_the_program(sound, seed + 1, tmp_path, damages=BY_COMMAND * 10)


# The controls: without one of its steps the proof would let a damage through.

ONLY_BY: dict[str, bytes] = {  # what is damaged → the one step that finds it
    "schema": b"event: rows are not changed",
    "chain": b".csv",
    "replay": b"Golden Dragon Hotel",
}


@pytest.mark.parametrize("step", ONLY_BY)
def test_without_one_of_its_steps_a_flipped_bit_would_slip_through(
    sound: Path, tmp_path: Path, step: str
) -> None:
    content, before = sound.read_bytes(), read(sound)
    (tmp_path / "evidence").symlink_to(sound.parent / "evidence")
    path = tmp_path / "ledger.db"
    found: list[frozenset[str]] = []
    start = content.find(ONLY_BY[step])
    while start >= 0:
        path.write_bytes(with_bit(content, start + len(ONLY_BY[step]) - 1, 0))
        done = judged(step, path, before)
        assert done.exit == Exit.PROBLEM or not done.is_read
        found.append(done.steps)
        start = content.find(ONLY_BY[step], start + 1)
    assert {step} in found


def test_an_index_that_alone_is_damaged_is_found_by_its_pages(sound: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sound)) as book:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_event_1'"
        ((root,),) = book.execute(sql)
    content = sound.read_bytes()
    path = tmp_path / "ledger.db"
    path.write_bytes(put(content, root * PAGE - 20, b"\0" * 20))
    (tmp_path / "evidence").symlink_to(sound.parent / "evidence")
    assert judged("", path, read(sound)) == Damaged("", False, 7, frozenset({"storage"}))
