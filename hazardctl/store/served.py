"""The schema on a PostgreSQL server: SQLite's, in its words, with what only a server has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hazardctl.store.dialect import made
from hazardctl.store.schema import MIGRATIONS, VERSION

SCHEMA = "public"
ROLE = "hazardctl_app"

# The names are whole: nobody's `search_path` leads the triggers to another table.
_EXTENDS = f"""CREATE FUNCTION event_extends_the_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_seq BIGINT;
  last_hash BYTEA;
BEGIN
  SELECT seq, hash INTO last_seq, last_hash FROM {SCHEMA}.event ORDER BY seq DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM coalesce(last_seq, 0) + 1
    OR NEW.prev IS DISTINCT FROM coalesce(last_hash, decode(repeat('00', 32), 'hex'))
  THEN
    RAISE EXCEPTION 'event: does not extend the chain';
  END IF;
  RETURN NEW;
END $$"""

_STAYS = """CREATE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'event: rows are not changed, and not removed';
END $$"""

_TRIGGERS = {
    "event_extends_the_chain": "BEFORE INSERT ON event FOR EACH ROW"
    " EXECUTE FUNCTION event_extends_the_chain()",
    "event_is_not_changed": "BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_stays()",
    "event_is_not_removed": "BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_stays()",
    "event_is_not_emptied": "BEFORE TRUNCATE ON event FOR EACH STATEMENT"
    " EXECUTE FUNCTION event_stays()",
}

# By the version of the schema that brings it. The first that a server may have is 3.
_ONLY_HERE: Mapping[int, tuple[str, ...]] = {
    3: (
        "CREATE TABLE schema_version("
        "one BIGINT PRIMARY KEY CHECK(one = 1), version BIGINT NOT NULL)",
        # Every writer locks its one row first.
        "CREATE TABLE chain_head("
        "chain BIGINT PRIMARY KEY CHECK(chain = 1), seq BIGINT NOT NULL, hash BYTEA NOT NULL)",
        # The evidence, in pieces: on the server nothing stands beside a ledger.
        'CREATE TABLE evidence_part(sha256 TEXT COLLATE "C" NOT NULL, part BIGINT NOT NULL,'
        " content BYTEA NOT NULL, PRIMARY KEY(sha256, part))",
        _EXTENDS,
        _STAYS,
        *(f"CREATE TRIGGER {name} {when}" for name, when in _TRIGGERS.items()),
        *(f"ALTER TABLE event ENABLE ALWAYS TRIGGER {name}" for name in _TRIGGERS),
    ),
}
# Where it is not said yet: a beginning may have been stopped before it.
NO_EVENTS = (
    "INSERT INTO chain_head SELECT 1, 0, decode(repeat('00', 32), 'hex')"
    " WHERE NOT EXISTS (SELECT 1 FROM chain_head)"
)


def statements(version: int = VERSION) -> Iterator[str]:
    """What makes the schema of that version."""
    for migration in MIGRATIONS[:version]:
        for statement in migration.sqlite:
            if not statement.startswith("CREATE TRIGGER"):
                yield made(statement)
        yield from _ONLY_HERE.get(migration.number, ())


def tables() -> set[str]:
    """The tables of a ledger."""
    made = (statement.split("(")[0].split() for statement in statements())
    return {words[2] for words in made if words[:2] == ["CREATE", "TABLE"]}


def roles() -> str:
    """The SQL of a role that adds to a ledger and can neither change nor remove an event of it."""
    own = ("event", "chain_head", "schema_version", "evidence_part")
    others = ", ".join(sorted(tables().difference(own)))
    return f"""-- Run by the owner of the tables, in the database of the ledger; again does no harm.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN;
  END IF;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC, {ROLE};
GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE};
GRANT SELECT, INSERT ON event, evidence_part TO {ROLE};
GRANT SELECT, UPDATE ON chain_head TO {ROLE};
GRANT SELECT ON schema_version TO {ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON {others} TO {ROLE};
-- Then, for each desk: CREATE ROLE name LOGIN IN ROLE {ROLE};
"""


def objects(
    ask: Callable[..., list[Any]], schema: str = SCHEMA, *, written: str = SCHEMA
) -> dict[str, str]:
    """What a schema is made of: tables, indexes, triggers, functions by name, each as it was made.

    `written` is how the server writes the name of the schema. What an extension brought is not
    counted.
    """
    found: dict[str, str] = {}
    for name, told in ask(_OBJECTS, (written, schema)):
        # Several of one name: what was made of all, so that none hides another.
        found[name] = f"{found.get(name, '')}{told}\n"
    return found


# As the server itself writes them, without the schema that they stand in.
_OBJECTS = """WITH space AS (
 SELECT oid, CAST(? AS text) || '.' AS prefix FROM pg_namespace WHERE nspname = ?),
 brought AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),
 relation AS (
 SELECT pg_class.oid, relname, relkind, relrowsecurity, relhassubclass, relispartition, prefix
 FROM pg_class JOIN space ON relnamespace = space.oid
 WHERE relkind NOT IN ('t', 'c') AND pg_class.oid NOT IN (SELECT objid FROM brought))
 SELECT relname, concat_ws(' ', 'relation', relkind, relrowsecurity, relhassubclass, relispartition,
  (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull,
    attgenerated, attidentity, collname, pg_get_expr(adbin, adrelid)), ', ' ORDER BY attnum)
   FROM pg_attribute LEFT JOIN pg_collation ON pg_collation.oid = attcollation
   LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
   WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped AND relkind <> 'i'))
 FROM relation
 UNION ALL SELECT relname, concat_ws(' ', 'index',
  replace(pg_get_indexdef(indexrelid), prefix, ''), indisvalid)
 FROM pg_index JOIN relation ON relation.oid = indexrelid
 UNION ALL SELECT conname, concat_ws(' ', 'constraint', relname,
  pg_get_constraintdef(pg_constraint.oid), convalidated)
 FROM pg_constraint JOIN relation ON relation.oid = conrelid
 UNION ALL SELECT tgname, concat_ws(' ', 'trigger',
  replace(pg_get_triggerdef(pg_trigger.oid), prefix, ''), tgenabled)
 FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
 UNION ALL SELECT rulename, concat_ws(' ', 'rule', pg_get_ruledef(pg_rewrite.oid))
 FROM pg_rewrite JOIN relation ON relation.oid = ev_class WHERE rulename <> '_RETURN'
 UNION ALL SELECT polname, concat_ws(' ', 'policy', relname, polcmd, polpermissive,
  pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
 FROM pg_policy JOIN relation ON relation.oid = polrelid
 UNION ALL SELECT proname, concat_ws(' ', 'function', lanname, prosecdef,
  format_type(prorettype, NULL), array_to_string(proconfig, ' '), prosrc)
 FROM pg_proc JOIN space ON pronamespace = space.oid JOIN pg_language ON prolang = pg_language.oid
 WHERE pg_proc.oid NOT IN (SELECT objid FROM brought)
 ORDER BY 1, 2"""
