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

    seq: int = Field(primary_key=True, sa_type=BigInteger)
    id: str
    subject: str
    subject_seq: int = Field(sa_type=BigInteger)
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
    listing: str | None
    listed_on: str | None
    funds_fen: int | None = Field(sa_type=BigInteger)


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


class _Numbered(SQLModel):
    """What every record of the register has."""

    id: int = Field(primary_key=True, sa_type=BigInteger)
    number: str


class EnterpriseRow(_Numbered, table=True):
    """An enterprise on the register."""

    __tablename__ = "enterprise"

    name: str
    aliases: str | None
    credit_code: str | None
    industry: str | None
    district: str | None
    address: str | None
    principal: str | None
    phone: str | None
    jurisdiction: str | None
    registered_on: str | None
    retired_on: str | None
    remark: str | None


class NamedRow(SQLModel, table=True):
    """A name of an enterprise or a campaign, as names are compared."""

    __tablename__ = "named"

    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    id: int = Field(sa_type=BigInteger)


class CampaignRow(_Numbered, table=True):
    """A campaign."""

    __tablename__ = "campaign"

    name: str
    doc_no: str | None
    level: str | None
    industries: str | None
    starts_on: str | None
    ends_on: str | None
    parent: str | None
    round: int | None
    remark: str | None


class InspectionRow(_Numbered, table=True):
    """A visit."""

    __tablename__ = "inspection"

    inspected_on: str
    enterprise: str | None
    site: str | None
    kind: str | None
    team: str | None
    members: int | None
    campaigns: str | None
    industry: str | None
    district: str | None
    visits: int
    hazards_found: int
    signature: str | None
    remark: str | None
    likeness: bytes = Field(sa_type=LargeBinary)


class PenaltyRow(_Numbered, table=True):
    """A penalty."""

    __tablename__ = "penalty"

    enterprise: str | None
    person: str | None
    hazard: str | None
    case_no: str | None
    filed_on: str | None
    notice_on: str | None
    decision_no: str | None
    decided_on: str | None
    kinds: str | None
    amount_fen: int = Field(sa_type=BigInteger)
    legal_basis: str | None
    paid_on: str | None
    on_spot: int
    industry: str | None
    district: str | None
    campaigns: str | None
    authority: str | None
    remark: str | None
    likeness: bytes = Field(sa_type=LargeBinary)


class ReferralRow(_Numbered, table=True):
    """A referral to the police."""

    __tablename__ = "referral"

    reported_on: str
    enterprise: str | None
    hazard: str | None
    penalty: str | None
    charge: str | None
    people: int
    state: str
    approved_on: str | None
    rejected_on: str | None
    sent_on: str | None
    police: str | None
    received_on: str | None
    filed_on: str | None
    not_filed_on: str | None
    reconsideration_on: str | None
    supervised_on: str | None
    returned_on: str | None
    decided_on: str | None
    outcome: str | None
    industry: str | None
    district: str | None
    campaigns: str | None
    remark: str | None
    likeness: bytes = Field(sa_type=LargeBinary)


class LookbackRow(SQLModel, table=True):
    """One look-back of a hazard."""

    __tablename__ = "lookback"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    place: int = Field(primary_key=True)
    cycle: int
    looked_on: str
    result: str


class DrawnRow(SQLModel, table=True):
    """A hazard that was drawn for a look-back, by the event of that draw."""

    __tablename__ = "drawn"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    seq: int = Field(primary_key=True, sa_type=BigInteger)
    drawn_on: str
