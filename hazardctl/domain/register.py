"""The register beside the hazards: enterprises, campaigns, inspections, penalties, referrals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from hazardctl.domain.words import Level


class Jurisdiction(StrEnum):
    """Who watches over an enterprise: the city itself, or the place it stands in."""

    DIRECT = "direct"
    TERRITORIAL = "territorial"


class InspectionKind(StrEnum):
    """How an inspection was made."""

    SUPERVISION = "supervision"
    ENFORCEMENT = "enforcement"
    ROUTINE = "routine"
    SPECIAL = "special"
    JOINT = "joint"
    CROSS = "cross"
    COVERT = "covert"
    DISSECTION = "dissection"
    EXPERT = "expert"
    SERVICE = "service"
    SELF = "self"
    LOOKBACK = "lookback"
    THIRD_PARTY = "third-party"


class Signature(StrEnum):
    """What the head of the inspected unit did with the record (安全生产法 art. 68)."""

    SIGNED = "signed"
    REFUSED = "refused-to-sign"


class PenaltyKind(StrEnum):
    """The kinds of administrative penalties (行政处罚法 art. 9)."""

    WARNING = "warning"
    CRITICISM = "criticism"
    FINE = "fine"
    CONFISCATION = "confiscation"
    SUSPENSION = "suspension"
    LICENCE = "licence"
    RESTRICTION = "restriction"
    CLOSURE = "closure"
    DETENTION = "detention"


class Charge(StrEnum):
    """The crime that is suspected, by its article of the criminal law (刑法)."""

    ACCIDENT = "134"
    FORCED_WORK = "134-2"
    DANGEROUS_WORK = "134-1"
    WORK_SAFETY = "135"
    DANGEROUS_GOODS = "136"
    FIRE = "139"
    UNREPORTED = "139-1"
    OTHER = "other"


class ReferralState(StrEnum):
    """Where a referral to the police stands (应急〔2019〕54号)."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    SENT = "sent"
    RECEIVED = "received"
    FILED = "filed"
    NOT_FILED = "not-filed"
    RECONSIDERATION = "reconsideration"
    SUPERVISED = "supervised"
    RETURNED = "returned"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A unit that can have hazards; without `registered_on` it has always been there."""

    number: str
    name: str
    aliases: tuple[str, ...] = ()
    credit_code: str | None = None
    industry: str | None = None
    district: str | None = None
    address: str | None = None
    principal: str | None = None
    phone: str | None = None
    jurisdiction: Jurisdiction | None = None
    registered_on: date | None = None
    retired_on: date | None = None  # closed for good: a tailings pond that was written off
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign (专项行动); a round of one, or a part of it, names its parent."""

    number: str
    name: str
    doc_no: str | None = None
    level: Level | None = None
    industries: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    parent: str | None = None
    round: int | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit, or several of one day, of a team to an enterprise or a site."""

    number: str
    inspected_on: date
    enterprise: str | None = None
    site: str | None = None
    kind: InspectionKind | None = None
    team: str | None = None
    members: int | None = None  # 人次
    campaigns: tuple[str, ...] = ()
    industry: str | None = None
    district: str | None = None
    visits: int = 1  # 家次
    hazards_found: int = 0
    signature: Signature | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Penalty:
    """One decision that punishes an enterprise or a person; the amount is in fen."""

    number: str
    enterprise: str | None = None
    person: str | None = None
    hazard: str | None = None
    case_no: str | None = None
    filed_on: date | None = None
    notice_on: date | None = None
    decision_no: str | None = None
    decided_on: date | None = None
    kinds: tuple[str, ...] = ()
    amount_fen: int = 0
    legal_basis: str | None = None
    paid_on: date | None = None
    on_spot: bool = False
    industry: str | None = None
    district: str | None = None
    campaigns: tuple[str, ...] = ()
    authority: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """A case handed to the police (行刑衔接); each of its states has the day it began."""

    number: str
    reported_on: date
    enterprise: str | None = None
    hazard: str | None = None
    penalty: str | None = None
    charge: Charge | None = None
    people: int = 1
    state: ReferralState = ReferralState.PROPOSED
    approved_on: date | None = None
    rejected_on: date | None = None
    sent_on: date | None = None
    police: str | None = None
    received_on: date | None = None
    filed_on: date | None = None
    not_filed_on: date | None = None
    reconsideration_on: date | None = None
    supervised_on: date | None = None
    returned_on: date | None = None
    decided_on: date | None = None
    outcome: str | None = None
    industry: str | None = None
    district: str | None = None
    campaigns: tuple[str, ...] = ()
    remark: str | None = None


Record = Enterprise | Campaign | Inspection | Penalty | Referral

LISTS = frozenset({"aliases", "industries", "campaigns", "kinds"})
COUNTS: Mapping[str, int] = {  # whole numbers, and the least that each may be
    "round": 1,
    "members": 1,
    "visits": 1,
    "hazards_found": 0,
    "people": 1,
}
MONEY = frozenset({"amount_fen"})
FLAGS = frozenset({"on_spot"})
# Days that may lie ahead: all others tell of what has happened.
AHEAD = frozenset({"starts_on", "ends_on"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: how it is numbered, what it must say, and what makes two the same."""

    name: str
    letters: str  # in its number: YH-QY-00017
    record: type[Any]
    day: str | None  # the day it is counted on
    needed: tuple[tuple[str, ...], ...]  # of each, one field at least
    alike: tuple[str, ...]  # the fields that together say which one it is
    codes: Mapping[str, type[StrEnum]]
    in_order: tuple[str, ...] = ()  # days of which none may be before one that stands before it
    settled: frozenset[str] = frozenset({"number"})  # what `edit` does not change

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is told of one, in the order in which it is printed."""
        return _fields(self.record)  # type: ignore[arg-type]  # a class can be hashed

    @property
    def defaults(self) -> Mapping[str, object]:
        """What a record begins with where nothing is said."""
        return _defaults(self.record)  # type: ignore[arg-type]  # a class can be hashed


@cache
def _fields(record: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(record))


@cache
def _defaults(record: type[Any]) -> Mapping[str, object]:
    return {one.name: one.default for one in fields(record) if one.default is not MISSING}


ENTERPRISE = Kind(
    name="enterprise",
    letters="QY",
    record=Enterprise,
    day=None,
    needed=(("name",),),
    alike=("name",),
    codes={"jurisdiction": Jurisdiction},
    in_order=("registered_on", "retired_on"),
)
CAMPAIGN = Kind(
    name="campaign",
    letters="ZX",
    record=Campaign,
    day="starts_on",
    needed=(("name",),),
    alike=("name",),
    codes={"level": Level},
    in_order=("starts_on", "ends_on"),
)
INSPECTION = Kind(
    name="inspection",
    letters="JC",
    record=Inspection,
    day="inspected_on",
    needed=(("inspected_on",), ("enterprise", "site")),
    alike=("inspected_on", "enterprise", "site", "team", "kind", "campaigns", "industry"),
    codes={"kind": InspectionKind, "signature": Signature},
)
PENALTY = Kind(
    name="penalty",
    letters="CF",
    record=Penalty,
    day="decided_on",
    needed=(("enterprise", "person", "hazard"), ("kinds",), ("decided_on", "filed_on")),
    alike=("decision_no", "case_no", "enterprise", "person", "decided_on", "amount_fen", "kinds"),
    codes={"kinds": PenaltyKind},
    in_order=("filed_on", "notice_on", "decided_on", "paid_on"),
)
REFERRAL = Kind(
    name="referral",
    letters="YS",
    record=Referral,
    day="sent_on",
    needed=(("reported_on",), ("enterprise", "hazard", "penalty")),
    alike=("reported_on", "enterprise", "hazard", "penalty", "charge"),
    codes={"charge": Charge, "state": ReferralState},
    settled=frozenset({"number", "state"}),  # which follows from its days
)
KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (ENTERPRISE, CAMPAIGN, INSPECTION, PENALTY, REFERRAL)
}
_OF_LETTERS = {kind.letters: kind for kind in KINDS.values()}
_NUMBER = re.compile(r"[A-Z][A-Z0-9]*-(?P<letters>[A-Z]{2})-(?P<sequence>[0-9]{5,7})")


def kind_of(number: str) -> Kind | None:
    """The kind of record that has such a number; None if it is the number of no record."""
    found = _NUMBER.fullmatch(number)
    return _OF_LETTERS.get(found["letters"]) if found else None


def sequence_of(number: str) -> int:
    """The sequence in the number of a record: its row id."""
    return int(number.rsplit("-", 1)[1])


def numbered(kind: Kind, prefix: str, sequence: int) -> str:
    """The number of a record: `YH-QY-00017`."""
    return f"{prefix}-{kind.letters}-{sequence:05d}"
