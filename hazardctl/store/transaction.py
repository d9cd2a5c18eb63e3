"""How a writing transaction is opened: a book for one of them, on a ledger that is up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from hazardctl.domain.hazard import Stamp
from hazardctl.domain.rules import Rules
from hazardctl.errors import Damaged, NoLedger, NotALedger, Unreachable, Unsettled
from hazardctl.store import lookups, settings
from hazardctl.store.book import Book
from hazardctl.store.conditions import Ask
from hazardctl.store.ids import ids
from hazardctl.store.opening import kept_by, look
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import NotBegun
from hazardctl.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from hazardctl.store.speaking import Lookup, Speaking, first
from hazardctl.store.sqlite import make
from hazardctl.store.versions import must_be_current

# What goes wrong while a connection is closed is raised; beside that it would be told on stderr.
for name in ("sqlalchemy", "psycopg"):
    logging.getLogger(name).addHandler(logging.NullHandler())


@contextmanager
def writing(
    path: Place,
    stamp: Stamp,
    *,
    begin: Rules | None = None,
    undoes: bool = False,
    ahead: Sequence[Lookup] = (),
) -> Iterator[Book]:
    """A book open for one transaction: saved whole when the block ends, or not at all.

    `begin` makes a ledger with those rules where none stands yet; `undoes` if much of what is
    written may be undone within it; what is looked up `ahead` is asked of a server as it is locked.
    Raises NoLedger, OlderLedger and whatever says that the file cannot be used.
    """
    if not isinstance(path, Server):
        stands = look(path) is not None
        if begin and not stands:
            make(path)
        elif not stands:
            raise NoLedger(path=str(path))
    ahead = (_served_version, settings.settings, lookups.head, *ahead)
    with transaction(path, undoes=undoes, ahead=ahead) as connection:
        said = Speaking(connection)
        # Another desk may have been here since `look`, or been killed before it.
        if must_be_current(path, schema_version(said)):
            book = Book(said, stamp)
        elif begin:
            book = _begun(said, path, stamp, begin)
        else:
            raise NotBegun(path=str(path)) if isinstance(path, Server) else NoLedger(path=str(path))
        yield book
        book.finish()


@contextmanager
def transaction(
    path: Place, *, undoes: bool = False, ahead: Sequence[Lookup] = ()
) -> Iterator[Connection]:
    """One transaction that has locked the ledger; what the database says no to is a refusal.

    What is looked up `ahead` is asked of a server on the same way, after the lock. Raises
    Unsettled if the disk fails while the transaction ends: it may be saved even so.
    """
    engines = kept_by(path)
    is_ending = False
    try:
        engine = engines.engine(path, undoes=undoes)
        if isinstance(path, Server):
            engine = engine.execution_options(ahead=[*map(first, ahead)])
        with engine.begin() as connection:
            yield connection
            is_ending = True
    except Damaged as fault:
        if isinstance(path, Server) and look(path) is None:
            raise NotBegun(path=str(path)) from fault  # its head was not to be locked
        raise
    except DBAPIError as fault:
        refused = engines.refusal(path, fault.orig or fault)
        if isinstance(refused, Damaged) and isinstance(path, Server) and look(path) is None:
            raise NotBegun(path=str(path)) from fault  # nothing was there to be locked
        if is_ending and isinstance(refused, Unreachable):
            raise Unsettled(**refused.facts) from fault
        raise refused from fault


def schema_version(said: Speaking) -> int:
    """The version of the schema that stands there, 0 where none does."""
    found = _served_version(said.ask) if said.is_server else said.ask("PRAGMA user_version")
    return int(found[0][0]) if found else 0


def _served_version(ask: Ask) -> list[Any]:
    """On a server there is none before a ledger."""
    return ask("SELECT version FROM schema_version", ())


_MARK = """INSERT INTO schema_version VALUES (1, ?)
 ON CONFLICT (one) DO UPDATE SET version = excluded.version"""


def _begun(said: Speaking, path: Place, stamp: Stamp, rules: Rules) -> Book:
    """Make the first events, and a file's schema, in the transaction that is open."""
    make_schema(said, path)
    mark_version(said, VERSION)
    ledger_id = next(ids(stamp.at))
    settings.put(said.change, {"ledger_id": ledger_id})
    book = Book(said, stamp)
    book.note("ledger-begun", {"ledger_id": ledger_id})
    book.set_rules({"prefix": rules.prefix})
    return book


def make_schema(said: Speaking, path: Place) -> None:
    """Make the tables in a file; on a server they are there. Raises NotALedger."""
    if said.is_server:
        return
    if said.ask("SELECT count(*) FROM sqlite_schema")[0][0]:
        raise NotALedger(path=str(path), what="other-database")
    said.change(f"PRAGMA application_id={APPLICATION_ID}")
    for migration in MIGRATIONS:
        for statement in migration.sqlite:
            said.change(statement)


def mark_version(said: Speaking, version: int) -> None:
    """Note the version of the schema: what stands there is a ledger of it."""
    if said.is_server:
        said.change(_MARK, (version,))
    else:
        said.change(f"PRAGMA user_version={int(version)}")
