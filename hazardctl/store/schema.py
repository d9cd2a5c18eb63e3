"""The schema and how it came to be: numbered steps, never edited once released."""

from __future__ import annotations

from contextlib import closing
from typing import NamedTuple

from hazardctl.store.conditions import Ask

APPLICATION_ID = 0x485A4C31  # "HZL1" in the header of the file


class Migration(NamedTuple):
    """One step of the schema; its statements run in one transaction."""

    number: int
    name: str
    sqlite: tuple[str, ...]
    # What makes a ledger before this step look as if it had been taken, to those who only read.
    seen: tuple[str, ...] = ()


def objects(ask: Ask) -> dict[str, str]:
    """What a database is made of: tables, indexes and triggers by name, each as it was written."""
    made: dict[str, str] = {}
    for kind, name, of, sql in ask("SELECT type, name, tbl_name, sql FROM sqlite_schema", ()):
        # Two of one name: what was written of both, so that neither hides the other.
        made[name] = f"{made.get(name, '')}{kind} {of} {sql}"
    return made


def expected(version: int) -> dict[str, str]:
    """What a ledger of that version is made of, in a file."""
    import sqlite3  # whoever asks a server needs none of it

    with closing(sqlite3.connect(":memory:")) as made:
        for migration in MIGRATIONS[:version]:
            for statement in migration.sqlite:
                made.execute(statement)
        return objects(lambda sql, values: made.execute(sql, values).fetchall())


_RECORD = """
  number TEXT NOT NULL,
  industry TEXT NOT NULL,
  enterprise TEXT NOT NULL,
  description TEXT NOT NULL,
  found_on TEXT NOT NULL,
  severity TEXT NOT NULL CHECK(severity IN ('general', 'major')),
  industry_text TEXT,
  credit_code TEXT,
  district TEXT,
  location TEXT,
  hazard_kind TEXT,
  source TEXT,
  source_detail TEXT,
  campaigns TEXT,
  found_by TEXT,
  basis TEXT,
  required_measures TEXT,
  order_type TEXT,
  stop_order TEXT,
  external_code TEXT,
  reporter TEXT,
  remark TEXT,
  imported INTEGER NOT NULL,
  cycle INTEGER NOT NULL CHECK(cycle > 0),
  state TEXT NOT NULL CHECK(state IN ('registered', 'assigned', 'rectifying', 'submitted',
    'verified', 'closed', 'void', 'transferred')),
  since_on TEXT NOT NULL,
  from_on TEXT NOT NULL,
  due_on TEXT,
  original_due_on TEXT,
  due_kind TEXT,
  due_text TEXT,
  responsible_unit TEXT,
  responsible_person TEXT,
  case_leader TEXT,
  regulator TEXT,
  assigned_on TEXT,
  accepted_on TEXT,
  rectifying_on TEXT,
  percent INTEGER,
  progress_on TEXT,
  extensions INTEGER NOT NULL,
  pending_due_on TEXT,
  pending_by TEXT,
  measures TEXT,
  rectified_on TEXT,
  rectified_by TEXT,
  submitted_on TEXT,
  submitted_by TEXT,
  was_submitted INTEGER NOT NULL,
  verified_on TEXT,
  verified_by TEXT,
  closed_on TEXT,
  closed_by TEXT,
  reopened_on TEXT,
  lookback_on TEXT,
  lookback_result TEXT,
  duplicate_of TEXT,
  transferred_to TEXT,"""

_SETTING = """CREATE TABLE setting(
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL) STRICT"""

_EVENT = """CREATE TABLE event(
  seq INTEGER PRIMARY KEY CHECK(seq > 0),
  id TEXT NOT NULL UNIQUE CHECK(length(id) = 36),
  subject TEXT NOT NULL,
  subject_seq INTEGER NOT NULL CHECK(subject_seq > 0),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  prev BLOB NOT NULL CHECK(length(prev) = 32),
  hash BLOB NOT NULL UNIQUE CHECK(length(hash) = 32),
  UNIQUE(subject, subject_seq)) STRICT"""

# The three EXISTS stop INSERT OR REPLACE: on a second unique column it removes the old row
# without firing the DELETE trigger.
_EXTENDS = """CREATE TRIGGER event_extends_the_chain BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
  OR NEW.prev IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), zeroblob(32))
  OR EXISTS(SELECT 1 FROM event WHERE id = NEW.id)
  OR EXISTS(SELECT 1 FROM event WHERE hash = NEW.hash)
  OR EXISTS(SELECT 1 FROM event WHERE subject = NEW.subject AND subject_seq = NEW.subject_seq)
BEGIN SELECT RAISE(ABORT, 'event: does not extend the chain'); END"""

_NOT_CHANGED = """CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event: rows are not changed'); END"""

_NOT_REMOVED = """CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event: rows are not removed'); END"""

_NUMBERED = "\n  id INTEGER PRIMARY KEY,\n  number TEXT NOT NULL UNIQUE,\n"
_PLACED = "  industry TEXT,\n  district TEXT,\n"
_REGISTER = {
    "enterprise": f"""CREATE TABLE enterprise({_NUMBERED}  name TEXT NOT NULL,
  aliases TEXT,
  credit_code TEXT,
{_PLACED}  address TEXT,
  principal TEXT,
  phone TEXT,
  jurisdiction TEXT CHECK(jurisdiction IN ('direct', 'territorial')),
  registered_on TEXT,
  retired_on TEXT,
  remark TEXT) STRICT""",
    # Every name and alias of an enterprise or a campaign, as names are compared.
    "named": """CREATE TABLE named(
  kind TEXT NOT NULL CHECK(kind IN ('enterprise', 'campaign')),
  name TEXT NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY(kind, name)) STRICT""",
    "campaign": f"""CREATE TABLE campaign({_NUMBERED}  name TEXT NOT NULL,
  doc_no TEXT,
  level TEXT,
  industries TEXT,
  starts_on TEXT,
  ends_on TEXT,
  parent TEXT,
  round INTEGER,
  remark TEXT) STRICT""",
    "inspection": f"""CREATE TABLE inspection({_NUMBERED}  inspected_on TEXT NOT NULL,
  enterprise TEXT,
  site TEXT,
  kind TEXT,
  team TEXT,
  members INTEGER,
  campaigns TEXT,
{_PLACED}  visits INTEGER NOT NULL CHECK(visits > 0),
  hazards_found INTEGER NOT NULL CHECK(hazards_found >= 0),
  signature TEXT,
  remark TEXT,
  likeness BLOB NOT NULL) STRICT""",
    "penalty": f"""CREATE TABLE penalty({_NUMBERED}  enterprise TEXT,
  person TEXT,
  hazard TEXT,
  case_no TEXT,
  filed_on TEXT,
  notice_on TEXT,
  decision_no TEXT,
  decided_on TEXT,
  kinds TEXT,
  amount_fen INTEGER NOT NULL CHECK(amount_fen >= 0),
  legal_basis TEXT,
  paid_on TEXT,
  on_spot INTEGER NOT NULL,
{_PLACED}  campaigns TEXT,
  authority TEXT,
  remark TEXT,
  likeness BLOB NOT NULL) STRICT""",
    "referral": f"""CREATE TABLE referral({_NUMBERED}  reported_on TEXT NOT NULL,
  enterprise TEXT,
  hazard TEXT,
  penalty TEXT,
  charge TEXT,
  people INTEGER NOT NULL CHECK(people > 0),
  state TEXT NOT NULL,
  approved_on TEXT,
  rejected_on TEXT,
  sent_on TEXT,
  police TEXT,
  received_on TEXT,
  filed_on TEXT,
  not_filed_on TEXT,
  reconsideration_on TEXT,
  supervised_on TEXT,
  returned_on TEXT,
  decided_on TEXT,
  outcome TEXT,
{_PLACED}  campaigns TEXT,
  remark TEXT,
  likeness BLOB NOT NULL) STRICT""",
    # Each look-back of a hazard, and each time it was drawn for one.
    "lookback": """CREATE TABLE lookback(
  id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  cycle INTEGER NOT NULL,
  looked_on TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY(id, place)) STRICT""",
    "drawn": """CREATE TABLE drawn(
  id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  drawn_on TEXT NOT NULL,
  PRIMARY KEY(id, seq)) STRICT""",
}

MIGRATIONS = (
    Migration(
        number=1,
        name="a ledger of hazards",
        sqlite=(
            _SETTING,
            _EVENT,
            _EXTENDS,
            _NOT_CHANGED,
            _NOT_REMOVED,
            f"CREATE TABLE hazard(\n  id INTEGER PRIMARY KEY,{_RECORD}\n"
            "  likeness BLOB NOT NULL) STRICT",
            f"CREATE TABLE past(\n  id INTEGER NOT NULL,{_RECORD}\n"
            "  stretch INTEGER NOT NULL,\n  until_on TEXT NOT NULL,\n"
            "  PRIMARY KEY(id, stretch)) STRICT",
            "CREATE TABLE card(\n  id INTEGER PRIMARY KEY,\n  body TEXT NOT NULL) STRICT",
            "CREATE TABLE line(\n  id INTEGER PRIMARY KEY,\n  body TEXT NOT NULL) STRICT",
            "CREATE TABLE evidence(\n  id INTEGER NOT NULL,\n  place INTEGER NOT NULL,\n"
            "  sha256 TEXT NOT NULL,\n  name TEXT NOT NULL,\n  size INTEGER NOT NULL,\n"
            "  kind TEXT NOT NULL,\n  attached_on TEXT NOT NULL,\n  attached_by TEXT NOT NULL,\n"
            "  PRIMARY KEY(id, place)) STRICT",
            "CREATE TABLE reporter(\n  id TEXT PRIMARY KEY NOT NULL,\n"
            "  identity TEXT NOT NULL) STRICT",
            "CREATE INDEX hazard_likeness ON hazard(likeness)",
            "CREATE INDEX hazard_external_code ON hazard(external_code)"
            " WHERE external_code IS NOT NULL",
            "CREATE INDEX hazard_due ON hazard(state, due_on)",
            # All that a summary by industry counts: it is answered from here alone.
            "CREATE INDEX hazard_figures ON hazard(industry, state, severity, found_on, cycle,"
            " due_on, original_due_on, rectified_on)",
        ),
    ),
    Migration(
        number=2,
        name="what is asked twice is done once",
        sqlite=(
            # A transaction and the events it wrote, from the first to the last.
            "CREATE TABLE request(\n  id TEXT PRIMARY KEY NOT NULL,\n  content TEXT NOT NULL,\n"
            "  first INTEGER NOT NULL,\n  last INTEGER NOT NULL) STRICT",
            # The id that an event holds is the hash of the identity with this: erased with it.
            "ALTER TABLE reporter ADD COLUMN salt TEXT",
            "CREATE INDEX evidence_sha256 ON evidence(sha256)",
            "CREATE INDEX hazard_enterprise ON hazard(enterprise, found_on)",
        ),
    ),
    Migration(
        number=3,
        name="the register beside the hazards",
        sqlite=(
            *(
                f"ALTER TABLE {table} ADD COLUMN {column}"
                for table in ("hazard", "past")
                for column in ("listing TEXT", "listed_on TEXT", "funds_fen INTEGER")
            ),
            # With the days on which hazards went: a balance is answered from here alone too.
            "DROP INDEX hazard_figures",
            "CREATE INDEX hazard_figures ON hazard(industry, state, severity, found_on, cycle,"
            " due_on, original_due_on, rectified_on, closed_on, since_on)",
            *_REGISTER.values(),
            "CREATE INDEX inspection_day ON inspection(inspected_on)",
            "CREATE INDEX inspection_likeness ON inspection(likeness)",
            # All that the inspections of a period are counted by: that is answered from here alone.
            "CREATE INDEX inspection_figures ON inspection(industry, inspected_on, team,"
            " enterprise, site, members, visits, hazards_found)",
            "CREATE INDEX hazard_stopped ON hazard(found_on) WHERE stop_order IS NOT NULL",
            "CREATE INDEX hazard_funds ON hazard(industry, found_on, state, funds_fen)"
            " WHERE funds_fen IS NOT NULL",
            "CREATE INDEX penalty_likeness ON penalty(likeness)",
            "CREATE INDEX referral_likeness ON referral(likeness)",
            "CREATE INDEX enterprise_credit_code ON enterprise(credit_code)"
            " WHERE credit_code IS NOT NULL",
        ),
        seen=(
            *(
                f"CREATE TEMP VIEW {table} AS SELECT *, NULL AS listing, NULL AS listed_on,"
                f" NULL AS funds_fen FROM main.{table}"
                for table in ("hazard", "past")
            ),
            *(
                made.replace("CREATE TABLE", "CREATE TEMP TABLE")
                for table, made in _REGISTER.items()
                if table != "lookback"
            ),
            # The last look-back of each cycle is all that such a ledger remembers in its rows.
            "CREATE TEMP VIEW lookback AS SELECT id, cycle AS place, cycle,"
            " lookback_on AS looked_on, lookback_result AS result FROM main.hazard"
            " WHERE lookback_on IS NOT NULL UNION SELECT id, cycle, cycle, lookback_on,"
            " lookback_result FROM main.past WHERE lookback_on IS NOT NULL",
        ),
    ),
)
VERSION = MIGRATIONS[-1].number
