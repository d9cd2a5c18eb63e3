"""What the program says to a server is what engines that speak its language understand.

The rules are those of trust.md §5: the SQL in the source is looked at here, whatever room it is
in, and the SQL that reaches a server in `overheard`, for a whole life of a ledger.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from hazardctl.store import served
from hazardctl.store.postgres import LOCK
from tests.architecture.source import modules
from tests.overheard import FORBIDDEN, bare, faults, transactions

# A text that is SQL, or a part of it.
_SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|FROM|WHERE|JOIN|ORDER BY|GROUP BY|ON CONFLICT"
    r"|LOCK|RETURNING|LISTEN|NOTIFY|VALUES|CAST|AND|OR|NOT|NULL|IN|AS|LIKE)\b"
)
# What SQLAlchemy would say for us.
_NAMES = {
    *("on_conflict_do_nothing", "on_conflict_do_update", "on_duplicate_key_update", "Identity"),
    *("autoincrement", "server_default", "JSONB", "ARRAY", "ExcludeConstraint", "deferrable"),
    *("initially", "Computed", "nextval", "begin_nested", "isolation_level", "create_all"),
}  # fmt: skip
# Where such a name stands for something else: the driver of a file, and a reader's own snapshot.
_ELSEWHERE = {"store.sqlite", "store.upgrading", "store.copying", "store.replacing"}
_ALLOWED = {("store.postgres", "isolation_level")}  # of those who read


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text of a module but its docstrings; of an f-string what is not put in."""
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            told = (one.value if isinstance(one, ast.Constant) else "x" for one in node.values)
            yield node.lineno, "".join(map(str, told))
        elif isinstance(node, ast.Constant) and id(node) not in notes | parts:
            yield node.lineno, str(node.value)


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name that is used, imported, or given to an argument."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.keyword(arg=str(name)):
                yield getattr(node, "lineno", 0), name
            case ast.alias(name=name):
                yield node.lineno, name.rpartition(".")[2]


def found_in(name: str, tree: ast.AST) -> Iterator[str]:
    """What a module says that not every engine understands."""
    for line, text in texts(tree):
        if _SQL.search(text) and (found := FORBIDDEN.search(bare(text))):
            yield f"{name}:{line}: {found[0]}"
    for line, used in names(tree):
        if used in _NAMES and name not in _ELSEWHERE and (name, used) not in _ALLOWED:
            yield f"{name}:{line}: {used}"


def test_no_module_says_what_only_some_engines_understand() -> None:
    seen = 0
    for module in modules():
        if module.room == "text":  # sentences for people
            continue
        seen += sum(bool(_SQL.search(text)) for _, text in texts(module.tree))
        assert list(found_in(module.name, module.tree)) == []
    assert seen > 300


@pytest.mark.parametrize(
    "planted",
    [
        "ask(\"SELECT nextval('numbers')\")",
        'SQL = "CREATE TABLE x(id BIGSERIAL PRIMARY KEY)"',
        'SQL = "CREATE TABLE x(id BIGINT GENERATED ALWAYS AS IDENTITY)"',
        'run("LOCK TABLE event IN EXCLUSIVE MODE")',
        'run("LOCK event IN EXCLUSIVE MODE")',
        'SQL = f"INSERT INTO {table} VALUES (?) ON CONFLICT DO NOTHING"',
        'SQL = "INSERT INTO x VALUES (1)" + " ON CONFLICT DO UPDATE SET x = 1"',
        'SQL = f"SELECT {x}::jsonb FROM event"',
        'SQL = "SELECT pg_advisory_xact_lock(1)"',
        'SQL = f"{event} AND id = ANY(ARRAY[1, 2])"',
        'SQL = "CREATE TABLE x(names TEXT[])"',
        'SQL = "SELECT array_agg(name) FROM named"',
        'run("LISTEN events")',
        'SQL = "UNIQUE(id) DEFERRABLE INITIALLY DEFERRED NOT NULL"',
        'SQL = "CREATE TABLE x(EXCLUDE USING gist (a WITH =))"',
        'SQL = "SELECT DISTINCT ON (id) id FROM event"',
        'def f(x):\n    """Sees nothing."""\n    return x.ask("SELECT ctid FROM event")',
        "connection.execute(insert(Setting).on_conflict_do_nothing())",
        "from sqlalchemy.dialects.postgresql import JSONB",
        "Column(BigInteger, Identity())",
        "id: int = Field(primary_key=True, sa_column_kwargs={}, autoincrement=True)",
        "with connection.begin_nested():\n    pass",
        'engine.execution_options(isolation_level="SERIALIZABLE")',
    ],
)
def test_what_is_planted_in_the_source_is_found(planted: str) -> None:
    """The control."""
    assert list(found_in("store.planted", ast.parse(planted))), planted


@pytest.mark.parametrize(
    "harmless",
    [
        '"""Where no LOCK TABLE and no SEQUENCE is said, FROM which nothing follows."""',
        'SQL = "INSERT INTO x VALUES (1) ON CONFLICT (id) DO NOTHING"',
        "SQL = \"SELECT 'SERIAL' FROM event\"",
    ],
)
def test_what_does_no_harm_is_not_found(harmless: str) -> None:
    assert list(found_in("store.planted", ast.parse(harmless))) == []


# The schema.


def wrong_in(statement: str) -> Iterator[str]:
    """What of the schema would not be alike on every engine."""
    kept = bare(statement)
    if found := FORBIDDEN.search(kept):
        yield found[0]
    if "TEXT" in kept.replace('TEXT COLLATE "C"', ""):
        yield "a text that orders as the server likes"
    if re.search(r"\b(DEFAULT|REFERENCES|FLOAT|REAL|DOUBLE|NUMERIC|TIMESTAMP\w*|DATE)\b", kept):
        yield "something that is not said by the program"


def test_the_schema_is_made_of_what_every_engine_understands() -> None:
    statements = list(served.statements())
    assert len(statements) > 40
    for statement in (*statements, served.NO_EVENTS):
        assert list(wrong_in(statement)) == [], statement
    # Tables and rows are made in transactions of their own.
    assert list(faults(["BEGIN", *statements])) == []
    assert list(faults(["BEGIN", served.NO_EVENTS])) == []


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TABLE x(name TEXT)",
        "CREATE TABLE x(id BIGINT DEFAULT 1)",
        "CREATE TABLE x(id SERIAL)",
        "CREATE TABLE x(at TIMESTAMPTZ)",
        "CREATE TABLE x(id BIGINT REFERENCES hazard(id) DEFERRABLE)",
        "CREATE SEQUENCE numbers",
    ],
)
def test_what_is_planted_in_the_schema_is_found(planted: str) -> None:
    assert list(wrong_in(planted)), planted


# What reaches a server: `test_on_a_server` listens to a whole life.


@pytest.mark.parametrize(
    "planted",
    [
        ("BEGIN", "INSERT INTO event VALUES (1)", LOCK),
        ("BEGIN", "SELECT version FROM schema_version", LOCK, "UPDATE chain_head SET seq = 1"),
        ("BEGIN", "DELETE FROM hazard"),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE", LOCK, "INSERT INTO event VALUES (1)"),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE", "SELECT 1"),
        ("BEGIN", LOCK, "CREATE TABLE x(id BIGINT)", "INSERT INTO x VALUES (1)"),
        ("BEGIN", "CREATE TABLE chain_head(x BIGINT)", served.NO_EVENTS),
        ("BEGIN", LOCK, "INSERT INTO x VALUES ($1) ON CONFLICT DO NOTHING"),
        ("BEGIN", LOCK, "SAVEPOINT one", "INSERT INTO x VALUES ($1)"),
        ("BEGIN", "SELECT pg_try_advisory_lock($1)"),
    ],
)
def test_what_is_planted_among_the_statements_is_found(planted: tuple[str, ...]) -> None:
    assert list(faults(planted)), planted


def test_what_is_done_as_it_should_be_is_not_found() -> None:
    reads = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    for lawful in (
        (reads, "SELECT seq FROM event", "DECLARE each CURSOR FOR SELECT 1"),
        ("BEGIN", LOCK, "SELECT version FROM schema_version", "INSERT INTO event VALUES ($1)"),
        ("BEGIN", "SELECT part FROM evidence_part", "INSERT INTO evidence_part VALUES ($1)"),
        ("BEGIN", "CREATE TABLE x(id BIGINT)", "CREATE INDEX y ON x(id)"),
        ("BEGIN", LOCK),
    ):
        assert list(faults(lawful)) == []


def test_a_log_is_read_as_its_transactions() -> None:
    log = """x|hazardctl|1|LOG:  statement: BEGIN
x|hazardctl|2|LOG:  statement: BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
x|hazardctl|1|LOG:  execute <unnamed>: SELECT a
\tFROM b
x|hazardctl|1|DETAIL:  parameters: $1 = 'COMMIT'
y|hazardctl|3|LOG:  statement: DELETE FROM other
x|psql|4|LOG:  statement: DELETE FROM hazard
x|hazardctl|1|LOG:  statement: COMMIT
x|hazardctl|2|LOG:  execute s1: SELECT 2
x|hazardctl|5|LOG:  statement: SELECT 3
"""
    assert transactions(log, "x") == [
        ["BEGIN", "SELECT a FROM b"],
        ["BEGIN", "SELECT 3"],
        ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "SELECT 2"],
    ]
