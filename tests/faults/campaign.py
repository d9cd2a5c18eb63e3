"""Running the program, and stopping it at a moment that is drawn."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from hazardctl.store.place import Server
from tests.faults.forge import Forge, Forked, leave_room

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "hazardctl")
TODAY = "2022-10-10"
PATIENCE = 60  # seconds for one command
LOOK = 0.0002  # seconds between two looks at what a program does
_KEPT = ("PATH", "SYSTEMROOT", "VIRTUAL_ENV")


def wrong(how: str) -> tuple[str, ...]:
    """A program that does it the wrong way; the ways are in `wrong.py`."""
    return (sys.executable, "-m", "tests.faults.wrong", how)


Started = subprocess.Popen[bytes] | Forked


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str
    took: float = 0.0
    is_writing: bool = False  # whether it was, when it was stopped

    @property
    def is_killed(self) -> bool:
        """Whether it was killed before it came to its own end."""
        return self.code == -signal.SIGKILL


@dataclass(frozen=True)
class Place:
    """A folder with a ledger, and the program that is used there."""

    folder: Path
    program: Sequence[str] = PROGRAM
    forge: Forge | None = None  # that commands are forked from, if they are to start loaded
    server: Server | None = None  # where the ledger is, if not in the folder

    @property
    def ledger(self) -> Path | Server:
        """Where the ledger is."""
        return self.server or self.folder / "ledger.db"

    @property
    def environment(self) -> dict[str, str]:
        """What the program is told of the world: nothing of whoever runs the tests."""
        home = str(self.folder / "home")
        return {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            "PYTHONPATH": str(ROOT),
            "HOME": home,
            "XDG_CONFIG_HOME": home,
            "XDG_DATA_HOME": home,
            "LANG": "C.UTF-8",
            "HAZARDCTL_LEDGER": str(self.ledger),
            "HAZARDCTL_TODAY": TODAY,
            "HAZARDCTL_ACTOR": "甲",
        }

    def start(
        self,
        words: Sequence[str],
        *,
        around: Sequence[str] = (),
        before: Callable[[], None] | None = None,
        room: int | None = None,
    ) -> Started:
        """Start a command line, in a group of its own, as a terminal would.

        `around` is a program that runs it, `before` is done in the child before it begins, and
        there is `room` for files of so many bytes. These start from nothing, not loaded.
        """
        if self.forge and not around and not before:
            program = [*self.program, *words]
            return self.forge.start(program, self.folder, self.environment, room=room)
        return subprocess.Popen(
            [*around, *self.program, *words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=before if room is None else partial(leave_room, room),
        )

    def run(
        self,
        words: Sequence[str],
        *,
        around: Sequence[str] = (),
        before: Callable[[], None] | None = None,
        room: int | None = None,
    ) -> Ended:
        """Run a command line to its end."""
        return ended(self.start(words, around=around, before=before, room=room))


def ended(process: Started, begun: float = 0.0) -> Ended:
    """How a process ended, once it has."""
    out, err = process.communicate(timeout=PATIENCE)
    took = time.monotonic() - begun if begun else 0.0
    assert process.returncode is not None
    return Ended(process.returncode, (out or b"").decode(), (err or b"").decode(), took)


@dataclass(frozen=True)
class Pace:
    """How long a command takes: until it writes, while it does, and in all."""

    to_sign: float
    writing: float
    total: float


@dataclass(frozen=True)
class Moment:
    """When a process is stopped: each waits for something, and then for a while."""

    name: str
    waits: Callable[[Started, Callable[[], bool]], None]
    while_: Callable[[Random, Pace], float]


def _until(process: Started, seen: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not seen() and process.poll() is None and time.monotonic() < end:
        time.sleep(LOOK)


def _at_once(_process: Started, _sign: Callable[[], bool]) -> None:
    return


def _for_sign(process: Started, sign: Callable[[], bool]) -> None:
    _until(process, sign)


def _for_sign_gone(process: Started, sign: Callable[[], bool]) -> None:
    _until(process, sign)
    _until(process, lambda: not sign())


def _for_answer(process: Started, _sign: Callable[[], bool]) -> None:
    assert process.stdout is not None
    select.select([process.stdout], [], [], PATIENCE)


ANY = Moment("at any time", _at_once, lambda draw, pace: draw.uniform(0, 1.1 * pace.total))
READY = Moment("about to write", _at_once, lambda draw, pace: pace.to_sign * draw.uniform(0.7, 1.2))
WRITING = Moment(
    "while it writes", _for_sign, lambda draw, pace: draw.uniform(0, 1.1 * pace.writing)
)
WRITTEN = Moment(
    "once it has written", _for_sign_gone, lambda draw, pace: draw.uniform(0, pace.writing / 4)
)
TELLING = Moment(
    "until it has answered",
    _for_sign_gone,
    lambda draw, pace: draw.uniform(0, pace.total - pace.to_sign - pace.writing),
)
ANSWERED = Moment("at its answer", _for_answer, lambda _draw, _pace: 0.0)
MOMENTS = (WRITING, WRITTEN, ANSWERED, READY, ANY)


# Whether anybody holds the row that every writer locks first.
_HELD = (
    "SELECT 1 FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
    " WHERE relname = 'chain_head' AND mode = 'RowShareLock'"
)


def sign_on(watching: psycopg.Connection[Any]) -> Callable[[], bool]:
    """Whether a command writes to a ledger on a server, told over a connection of its own."""
    return lambda: bool(watching.execute(_HELD).fetchall())


def sign_of(folder: Path, pattern: str) -> Callable[[], bool]:
    """Whether something lies in a folder that only a command that writes puts there."""
    before = set(folder.glob(pattern))
    return lambda: any(path not in before for path in folder.glob(pattern))


def pace_of(process: Started, sign: Callable[[], bool]) -> tuple[Pace, Ended]:
    """How long an undisturbed command takes."""
    begun = time.monotonic()
    _until(process, sign)
    signed = time.monotonic()
    _until(process, lambda: not sign())
    written = time.monotonic()
    done = ended(process, begun)
    return Pace(signed - begun, written - signed, done.took), done


def stopped(
    process: Started,
    moment: Moment,
    draw: Random,
    *,
    sign: Callable[[], bool],
    pace: Pace,
    by: signal.Signals = signal.SIGKILL,
) -> Ended:
    """How a process ended that was stopped at a moment, with all that it started."""
    moment.waits(process, sign)
    time.sleep(moment.while_(draw, pace))
    is_writing = False
    if process.poll() is None:
        is_writing = sign()
        with suppress(ProcessLookupError):  # it has just come to its end
            os.killpg(process.pid, by)
    return replace(ended(process), is_writing=is_writing)
