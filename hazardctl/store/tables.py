"""The tables as classes: the schema that is written through; `schema` has the SQL that makes it."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """One setting of the ledger: its id, its prefix, its rules."""

    name: str = Field(primary_key=True)
    value: str


class EventRow(SQLModel, table=True):
    """One event: the truth, never changed; `body` is the very text that was hashed."""

    __tablename__ = "event"

    seq: int = Field(primary_key=True)
    id: str
    subject: str
    subject_seq: int
    kind: str
    at: str
    actor: str
    body: str
    prev: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


class _Record(SQLModel):
    """The columns that a hazard has, now and in its past."""

    id: int = Field(primary_key=True, sa_type=BigInteger)
    number: str
    industry: str
    enterprise: str
    description: str
    found_on: str
    severity: str
    industry_text: str | None
    credit_code: str | None
    district: str | None
    location: str | None
    hazard_kind: str | None
    source: str | None
    source_detail: str | None
    campaigns: str | None
    found_by: str | None
    basis: str | None
    required_measures: str | None
    order_type: str | None
    stop_order: str | None
    external_code: str | None
    reporter: str | None
    remark: str | None
    imported: int
    cycle: int
    state: str
    since_on: str
    from_on: str
    due_on: str | None
    original_due_on: str | None
    due_kind: str | None
    due_text: str | None
    responsible_unit: str | None
    responsible_person: str | None
    case_leader: str | None
    regulator: str | None
    assigned_on: str | None
    accepted_on: str | None
    rectifying_on: str | None
    percent: int | None
    progress_on: str | None
    extensions: int
    pending_due_on: str | None
    pending_by: str | None
    measures: str | None
    rectified_on: str | None
    rectified_by: str | None
    submitted_on: str | None
    submitted_by: str | None
    was_submitted: int
    verified_on: str | None
    verified_by: str | None
    closed_on: str | None
    closed_by: str | None
    reopened_on: str | None
    lookback_on: str | None
    lookback_result: str | None
    duplicate_of: str | None
    transferred_to: str | None


class HazardRow(_Record, table=True):
    """A hazard as it stands."""

    __tablename__ = "hazard"

    likeness: bytes = Field(sa_type=LargeBinary)


class PastRow(_Record, table=True):
    """A hazard as it stood from `from_on` until before `until_on`, then taken back or replaced."""

    __tablename__ = "past"

    stretch: int = Field(primary_key=True)
    until_on: str


class CardRow(SQLModel, table=True):
    """A hazard as JSON, ready to be printed."""

    __tablename__ = "card"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    body: str


class LineRow(SQLModel, table=True):
    """A hazard as CSV, ready to be printed."""

    __tablename__ = "line"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    body: str


class EvidenceRow(SQLModel, table=True):
    """A file that was attached to a step of a hazard; its content is stored under its hash."""

    __tablename__ = "evidence"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    place: int = Field(primary_key=True)
    sha256: str
    name: str
    size: int
    kind: str
    attached_on: str
    attached_by: str


class ReporterRow(SQLModel, table=True):
    """Who made a public report: beside the chain, so that it can be erased."""

    __tablename__ = "reporter"

    id: str = Field(primary_key=True)
    identity: str
    salt: str | None


class RequestRow(SQLModel, table=True):
    """What was asked of the ledger at once, and the events that it wrote, first to last."""

    __tablename__ = "request"

    id: str = Field(primary_key=True)
    content: str
    first: int = Field(sa_type=BigInteger)
    last: int = Field(sa_type=BigInteger)
