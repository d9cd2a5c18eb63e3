"""One command, used again and again on ledgers that live on, and stopped at drawn moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from signal import SIGKILL, Signals

import psycopg

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.errors import OlderLedger
from hazardctl.ledger.upgrading import upgrade
from hazardctl.store.place import Server
from tests.builders import added, stamp
from tests.faults.campaign import (
    PROGRAM,
    Ended,
    Moment,
    Place,
    Started,
    pace_of,
    sign_of,
    sign_on,
    stopped,
)
from tests.faults.forge import Forge
from tests.faults.judging import judged, seen, whole
from tests.faults.kinds import Kind, entered
from tests.homes import Home


class Repeating:
    """A command on one ledger after another; the first time it is not disturbed, and measured."""

    def __init__(
        self,
        kind: Kind,
        home: Home,
        seed: int,
        *,
        program: Sequence[str] = PROGRAM,
        forge: Forge | None = None,
    ) -> None:
        self.kind, self.draw = kind, Random(f"{seed} {kind.name}")
        self.counted: Counter[str] = Counter()
        self._home, self.place, self._used = home, Place(home.folder, program, forge), kind.round
        words = self.next()
        self.pace, done = pace_of(self.start(words), self._sign)
        assert done.code == 0, done.err
        self.entered = entered(self.before, whole(self.place.ledger), kind)

    def next(self) -> list[str]:
        """The words of the next time, on the ledger as it stands before them."""
        if self._used >= self.kind.round:
            self.counted["ledgers"] += 1
            self._move(f"{self.kind.name}-{self.counted['ledgers']}")
            self.kind.begin(self.place)
        self.before = seen(self.place.ledger)
        self._used += 1
        return self.kind.words(self.place, self._used - 1)

    def _move(self, name: str) -> None:
        """Go on in another folder, and where the ledger is elsewhere at another ledger."""
        folder, ledger = self._home.folder / name, self._home.ledger(name)
        folder.mkdir()
        self.place, self._used = replace(self.place, folder=folder), 0
        if isinstance(ledger, Server):
            self.place = replace(self.place, server=ledger)
            connection = psycopg.connect(ledger.url, autocommit=True)
            self._on_server = sign_on(self._home.until_the_end(connection))

    def start(self, words: Sequence[str]) -> Started:
        """Start the command."""
        self._sign = (
            self._on_server if self.place.server else sign_of(self.place.folder, self.kind.sign)
        )
        return self.place.start(words)

    def stop(self, started: Started, moment: Moment, *, by: Signals = SIGKILL) -> Ended:
        """Stop the command that was started last."""
        done = stopped(started, moment, self.draw, sign=self._sign, pace=self.pace, by=by)
        self.counted["runs"] += 1
        self.counted["killed"] += done.is_killed
        self.counted["in flight"] += done.is_killed and done.is_writing
        return done

    def judge(self, done: Ended) -> bool:
        """Whether the command is saved: all of it, or nothing; and all else must be well."""
        after = whole(self.place.ledger)
        judged(self.before, after, self.entered)
        is_whole = after.kinds[len(self.before.events) :] == list(self.entered[-1])
        is_saved = is_whole and len(after.events) > len(self.before.events)
        self.counted["saved"] += is_saved
        self.counted["saved unsaid"] += is_saved and not done.out
        self.counted["answered"] += bool(done.out)
        assert is_whole or not done.out, f"answered, and not saved: {done.out}"
        self.kind.left(self.place, self._used - 1, is_answered=bool(done.out))
        return is_saved

    def go_on(self) -> None:
        """The next command works; it upgrades a ledger that is still of an earlier program."""
        try:
            added(self.place.ledger)
        except OlderLedger:
            assert isinstance(self.place.ledger, Path)
            upgrade(self.place.ledger, stamp(), taxonomy())
            added(self.place.ledger)
