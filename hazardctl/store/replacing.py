"""How another ledger is written in the place of one that stands, with every desk kept out."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hazardctl.errors import CannotKeep
from hazardctl.store.conditions import Ask
from hazardctl.store.copying import (
    Stand,
    copied,
    filled,
    publish,
    publish_as,
    unreachable,
)
from hazardctl.store.evidence import settle
from hazardctl.store.sqlite import PATIENCE, SYNC, Reading, explained, make, reading

_SIDECARS = ("-journal", "-wal", "-shm")


class Held:
    """A ledger that no other desk can read or write until it is let go."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._book = Reading(connection)

    @property
    def ask(self) -> Ask:
        """What answers questions about it."""
        return self._book.ask

    def copy(self, target: Path) -> None:
        """Copy it to a new file, and on to the disk. Raises Unreachable, Damaged."""
        copied(self._book, self._path, target)

    def become(self, source: Path) -> None:
        """Write another ledger in its place, in one transaction. Raises Unreachable, Damaged."""
        with reading(source) as other:
            filled(other, source, self._connection, self._path)


@contextmanager
def held(path: Path) -> Iterator[Held]:
    """A ledger that stands, for oneself alone, healed if a desk was killed.

    Nothing else may open the file in this process meanwhile: to close it again would let go of
    the lock. Raises Busy, Damaged, NotALedger, CannotKeep, Unreachable.
    """
    level, code = SYNC["delete"]
    address = f"{path.absolute().as_uri()}?mode=rw"
    with explained(path):
        connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
        with closing(connection):
            for line in (
                "cell_size_check=ON",
                "fullfsync=ON",
                "journal_mode=delete",
                f"synchronous={level}",
            ):
                connection.execute(f"PRAGMA {line}")
            kept = tuple(
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous")
            )
            if kept != ("delete", code):
                raise CannotKeep(kept=kept)
            # In this mode a lock outlives its transaction: nothing can be copied into an open one.
            # Not before there is the lock: who waits for it would keep others from ending.
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("COMMIT")
            yield Held(path, connection)


def put(draft: Path, target: Path) -> None:
    """Put a finished ledger where none was begun.

    Raises FileExistsError if one has been since; Busy, Unreachable.
    """
    path = Path(os.path.realpath(target))
    try:
        if not path.exists():
            _put_journals_aside(path, path.with_name(f"{path.name}.before-restore"))
            publish(draft, path)
            return
        with held(path) as book:  # an empty file, which another desk may be about to begin
            if book.ask("SELECT 1 FROM sqlite_schema LIMIT 1", ()):
                raise FileExistsError(str(path))
            os.replace(draft, path)  # whoever waits to begin it is told that it has moved
            settle(path.parent)
    except FileExistsError:
        raise
    except OSError as fault:
        raise unreachable(target, fault) from None


def swapped(draft: Path, target: Path, *, beside: Path) -> Path:
    """Put a finished ledger in the place of a file that SQLite cannot open.

    What stood there is kept byte for byte, with the journals beside it; returns where. `beside`
    is a folder to make the copy in. Raises Unreachable.
    """
    path, copy = Path(os.path.realpath(target)), beside / "before.db"
    make(copy)
    try:
        with path.open("rb") as was, copy.open("rb+") as file:
            shutil.copyfileobj(was, file)
            file.flush()
            os.fsync(file.fileno())
        kept = publish_as(copy, name_before(path, None, copy))
        _put_journals_aside(path, kept)
        os.replace(draft, path)
        settle(path.parent)
    except OSError as fault:
        raise unreachable(target, fault) from None
    return kept


def _put_journals_aside(path: Path, name: Path) -> None:
    """A journal that is left would be rolled back into what comes."""
    for end in _SIDECARS:
        if os.path.lexists(f"{path}{end}"):
            os.replace(f"{path}{end}", f"{name}{end}")


def name_before(ledger: Path, was: Stand | None, copy: Path) -> Path:
    """What the copy is called of a ledger that another takes the place of.

    One that cannot say how it stands is named by its bytes.
    """
    if was is not None:
        told = f"{was.n}-{was.head[:8]}"
    else:
        with copy.open("rb") as file:
            told = f"damaged-{hashlib.file_digest(file, 'sha256').hexdigest()[:8]}"
    return ledger.with_name(f"{ledger.name}.before-restore-{told}.db")
