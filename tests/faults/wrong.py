"""Programs that do it the wrong way, each in one thing: a campaign must find out every one.

Each dwells where it is wrong, so that a moment that is drawn hits it on any machine.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine

from hazardctl import store
from hazardctl.domain.hazard import Evidence
from hazardctl.domain.registering import register
from hazardctl.domain.rules import Rules
from hazardctl.store import evidence
from hazardctl.store.place import Place, Server
from tests.builders import FOUND, WHAT, added, stamp


def say(text: str) -> None:
    """Answer, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def dwell() -> None:
    """Stay in the state that must not be seen."""
    time.sleep(0.05)


def answers_before_it_is_saved(path: Place, words: Sequence[str]) -> None:
    """The number is told inside the transaction."""
    who = stamp()
    with store.writing(path, who, begin=Rules()) as book:
        what = {**WHAT, "description": words[1]}
        say(book.enter(register(who, found_on=FOUND, what=what)))
        dwell()


def imports_row_by_row(path: Place, words: Sequence[str]) -> None:
    """Each row is a transaction."""
    with Path(words[1]).open(newline="", encoding="utf-8") as file:
        for row in islice(csv.DictReader(file), 20):
            added(path, what={"description": row["隐患描述"]})
            dwell()
    say(words[1])


def keeps_the_file_after_the_event(path: Place, words: Sequence[str]) -> None:
    """The event names a file that is stored only afterwards."""
    file = words[words.index("--evidence") + 1]
    content = Path(file).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    named: Evidence = {"sha256": digest, "name": file, "size": len(content)}
    number = added(path, what={"description": words[1]}, evidence=(named,))
    dwell()
    evidence.keep(path, file)
    say(number)


def takes_an_interrupt_for_nothing_saved(path: Place, words: Sequence[str]) -> None:
    """Whoever stops it is told that nothing was saved, whatever was."""
    try:
        number = added(path, what={"description": words[1]})
        dwell()
        say(number)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Nothing was saved.\n")
        sys.exit(130)


def forgets_what_was_asked(path: Place, words: Sequence[str]) -> None:
    """The id of a request is told, and not looked at when it comes again."""
    number = added(path, what={"description": words[1]})
    dwell()
    try:
        say(json.dumps({"number": number}))
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        facts = {"numbers": [number], "request": "1"}
        sys.stderr.write(json.dumps({"error": {"code": "saved-unsaid", "facts": facts}}))
        sys.exit(8)


def begins_without_the_lock(path: Place, words: Sequence[str]) -> None:
    """The program, but for its hooks: a transaction begins as the driver begins it."""
    import hazardctl.__main__
    from hazardctl.store import postgres, sqlite

    def plain(path: Path, **_more: object) -> Engine:
        url = URL.create("sqlite", database=str(path))
        return create_engine(url, poolclass=NullPool, connect_args={"timeout": 30})

    vars(sqlite)["engine"] = plain
    vars(postgres)["LOCK"] = "SELECT seq, hash FROM chain_head WHERE chain = 1"
    sys.argv[:] = ["hazardctl", *words]
    hazardctl.__main__.main()


def upgrades_statement_by_statement(path: Place, words: Sequence[str]) -> None:
    """The schema is changed outside of a transaction, then the rest is made."""
    from hazardctl.store import upgrading
    from hazardctl.store.schema import MIGRATIONS

    assert isinstance(path, Path)
    shutil.copyfile(path, path.with_name("ledger.schema-1.db"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for migration in MIGRATIONS[1:]:
            for statement in migration.sqlite:
                connection.execute(statement)
                dwell()
    done = tuple(migration._replace(sqlite=()) for migration in MIGRATIONS)
    vars(upgrading)["MIGRATIONS"] = done
    upgrading.upgrade(path, stamp())
    say(added(path, what={"description": words[1]}))


def syncs_less(_path: Place, words: Sequence[str]) -> None:
    """The program, but for one setting: synchronous=NORMAL."""
    import hazardctl.__main__
    from hazardctl.store import sqlite

    vars(sqlite)["SYNC"] = {"delete": ("NORMAL", 1)}
    sys.argv[:] = ["hazardctl", *words]
    hazardctl.__main__.main()


WAYS: Mapping[str, Callable[[Place, Sequence[str]], None]] = {
    made.__name__: made
    for made in (
        answers_before_it_is_saved,
        imports_row_by_row,
        keeps_the_file_after_the_event,
        takes_an_interrupt_for_nothing_saved,
        forgets_what_was_asked,
        begins_without_the_lock,
        upgrades_statement_by_statement,
        syncs_less,
    )
}


def main() -> None:
    """Do what is typed, the way that is typed first."""
    named = os.environ["HAZARDCTL_LEDGER"]
    WAYS[sys.argv[1]](Server(named) if "://" in named else Path(named), sys.argv[2:])


if __name__ == "__main__":
    main()
