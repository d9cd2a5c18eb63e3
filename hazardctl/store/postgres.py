"""How a ledger on a PostgreSQL server is opened: to be read, or written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from hazardctl.errors import (
    CannotKeep,
    Damaged,
    NotALedger,
    PasswordInUrl,
)
from hazardctl.store import served
from hazardctl.store.adapting import Connection, Question, Row, as_sqlite_gives, as_sqlite_takes
from hazardctl.store.dialect import question
from hazardctl.store.place import Server
from hazardctl.store.refusals import NotBegun, UnreadUrl
from hazardctl.store.served_refusals import PATIENCE, said
from hazardctl.store.served_refusals import explained as explained  # as either engine does
from hazardctl.store.served_refusals import refusal as refusal
from hazardctl.store.versions import must_be_known

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOCK = "SELECT seq, hash FROM chain_head WHERE chain = 1 FOR UPDATE"
_AT_ONCE = 2_000  # rows that are fetched of a large answer
SETTINGS = {
    "search_path": f"{served.SCHEMA}, pg_temp",
    "synchronous_commit": "on",
    "default_transaction_isolation": "read committed",
    "lock_timeout": f"{PATIENCE}s",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "jit": "off",  # no question of ours is asked often enough to be worth it
}
# What a writer must find: the encoding, what COMMIT waits for, what it sees, where it writes.
_KEPT = (
    "SELECT current_setting('server_encoding'), current_setting('synchronous_commit'),"
    " current_setting('transaction_isolation'), current_setting('search_path')"
)
_PROMISED = ("UTF8", "on", "read committed", SETTINGS["search_path"])
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_USUAL = {
    "connect_timeout": "10",
    "tcp_user_timeout": "30000",
    "keepalives_idle": "30",
    "fallback_application_name": "hazardctl",
}


def connect(server: Server) -> Connection:
    """A connection whose settings are those that a ledger needs.

    Raises UnreadUrl, PasswordInUrl, Unreachable, and CannotKeep for another encoding than UTF-8.
    """
    try:
        told = conninfo_to_dict(server.url)
    except psycopg.Error as fault:
        raise UnreadUrl(url=str(server), reason=said(fault)) from None
    if any(told.get(name) for name in ("password", "sslpassword")):
        raise PasswordInUrl(url=f"{str(server).partition('://')[0]}://***")
    with explained(server):
        made = psycopg.connect(
            **completed({name: str(value) for name, value in told.items()}),
            cursor_factory=Question,
        )
    if (encoding := made.info.parameter_status("server_encoding")) != "UTF8":
        made.close()
        raise CannotKeep(kept=f"server_encoding {encoding}")
    return as_sqlite_gives(made)


def completed(told: dict[str, str]) -> dict[str, Any]:
    """What was told of a connection, with what it needs; a password is never among it."""
    usual = {
        option.keyword.decode(): (option.val or b"").decode()
        for option in pq.Conninfo.get_defaults()
    }
    found = {**usual, **told}
    hosts = (found.get("hostaddr") or found.get("host") or "").split(",")
    is_named = bool(found.get("service")) and "host" not in told  # a file says where it is
    is_local = not is_named and all(not host or host[0] in "/@" or host in _LOCAL for host in hosts)
    if not is_local and "sslmode" not in told and usual["sslmode"] == "prefer":
        told = {**told, "sslmode": "verify-full"}
    settings = " ".join(f"-c {name}={_escaped(value)}" for name, value in SETTINGS.items())
    return {
        **{name: value for name, value in _USUAL.items() if not usual.get(name)},
        **told,
        "client_encoding": "UTF8",
        "options": f"{found.get('options') or ''} {settings}".strip(),
    }


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")


class Reading:
    """One reading transaction; what is asked is fetched before it ends."""

    engine = "postgresql"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def version(self) -> int:
        """The version of the schema, 0 where no ledger was begun."""
        return schema_version(self.ask)

    def ask(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows that answer a question."""
        return self._connection.execute(sql, values, binary=True).fetchall()

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The same rows one by one, for an answer that is large; only within the transaction."""
        with psycopg.ServerCursor(self._connection, "each") as rows:
            rows.itersize = _AT_ONCE
            yield from rows.execute(question(sql), values, binary=True)

    def columns(self, table: str) -> list[str]:
        """The columns of a table in their order; none if it is not there."""
        sql = (
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum"
        )
        return [name for (name,) in self.ask(sql, (table,))]

    def objects(self) -> dict[str, str]:
        """What the ledger is made of, by name, each as the server writes it."""
        return served.objects(self.ask)

    def complaints(self) -> Iterator[str]:
        """What the server says that makes its promises worth less, and a head that is none."""
        for name, wanted in (("fsync", "on"), ("full_page_writes", "on")):
            ((kept,),) = self.ask("SELECT current_setting(?)", (name,))
            if kept != wanted:
                yield f"{name} = {kept}"
        last = self.ask("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
        head = self.ask("SELECT seq, hash FROM chain_head WHERE chain = 1")
        if (head or None) != (last or None):
            yield "chain_head is not the last event"


def schema_version(ask: Callable[[str], list[Any]]) -> int:
    """The version of the schema that stands there, 0 where no ledger was begun."""
    ((is_there,),) = ask("SELECT to_regclass('schema_version') IS NOT NULL")
    rows = ask("SELECT version FROM schema_version") if is_there else []
    return int(rows[0][0]) if rows else 0


def look(server: Server) -> int | None:
    """The schema version of the ledger there, None if none was begun.

    Raises NotALedger, NewerLedger, Unreachable.
    """
    with connect(server) as connection, explained(server):
        return _looked(Reading(connection), server)


def _looked(book: Reading, server: Server) -> int | None:
    if version := book.version:
        return must_be_known(server, version)
    if found_tables(book) not in (set(), served.tables()):
        raise NotALedger(path=str(server), what="other-database")
    return None


def found_tables(book: Reading) -> set[str]:
    """The tables and views that stand where those of a ledger do."""
    sql = (
        "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE nspname = ? AND relkind IN ('r', 'v', 'm', 'f', 'p')"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"
    )
    return {name for (name,) in book.ask(sql, (served.SCHEMA,))}


@contextmanager
def reading(server: Server, *, texts: Callable[[bytes], object] = str) -> Iterator[Reading]:
    """A ledger opened to be read: never changed, seen as of one moment.

    Its texts are whole: the server sees to that. Raises NotBegun and what `look` raises.
    """
    with explained(server), connect(server) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        book = Reading(connection)
        if _looked(book, server) is None:
            raise NotBegun(path=str(server))
        yield book


def version_seen(_server: Server, book: Reading, _said: int) -> int:
    """The version of the schema in a transaction."""
    return abs(book.version)


def expected(server: Server, version: int) -> dict[str, str]:
    """What `Reading.objects` tells of a ledger of that version, made here and now to be seen.

    It is made as temporary tables in a transaction that ends in nothing.
    """
    with explained(server), connect(server) as connection:
        run = psycopg.Cursor(connection).execute
        run("SET LOCAL search_path = pg_temp")
        # All at once; of a function the temporary schema is not searched.
        whole = ";\n".join(served.statements(version))
        run(whole.replace("EXECUTE FUNCTION ", "EXECUTE FUNCTION pg_temp.").encode())
        ((schema,),) = run("SELECT pg_my_temp_schema()::regnamespace::text").fetchall()
        made = served.objects(Reading(connection).ask, schema, written="pg_temp")
        connection.rollback()
        return made


def is_to_be_undone(_server: Server) -> bool:
    """Whether a change stands in the way that was begun and not saved: the server undoes it."""
    return False


def settled(server: Server) -> None:
    """Wait until no change is on its way: one whose desk is gone may still be being saved.

    Raises Busy, and what says that the ledger is unusable.
    """
    with explained(server), connect(server) as connection:
        if schema_version(Reading(connection).ask):
            connection.execute(LOCK)
        connection.rollback()


def must_keep(connection: Connection) -> None:
    """Raises CannotKeep unless a connection has the settings that a writer relies on."""
    kept = connection.execute(_KEPT).fetchall()
    connection.rollback()
    _must_be_promised(kept)


def _must_be_promised(kept: Sequence[Row]) -> None:
    if kept != [_PROMISED]:
        raise CannotKeep(kept=kept[0])


@cache
def engine(server: Server, *, undoes: bool = False) -> Engine:
    """The one way to write: every transaction locks first, and its settings are read back.

    With the option `ahead` these questions are asked on the same way; the connection's `info` has
    the answers. The server `undoes` much or little in its own way.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    made = create_engine(
        "postgresql+psycopg://",
        creator=lambda: as_sqlite_takes(connect(server)),
        poolclass=NullPool,
        paramstyle="qmark",  # as all SQL here; the cursor puts it into the driver's own
        use_native_hstore=False,
    )

    @event.listens_for(made, "begin")
    def begin(begun: Any) -> None:
        driver: Connection = begun.connection.dbapi_connection
        ahead = begun.get_execution_options().get("ahead", ())
        with explained(server), driver.pipeline():  # all on one way there
            head, kept = driver.execute(LOCK), driver.execute(_KEPT)
            begun.info["answers"] = {asked: driver.execute(*asked) for asked in ahead}
        if not head.fetchall():  # then nobody waits for anybody
            raise Damaged(path=str(server), reason="chain_head is empty")
        _must_be_promised(kept.fetchall())

    return made
