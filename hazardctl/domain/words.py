"""The words of the trade that the program itself uses: states, grades, sources, JSON keys."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a hazard stands in its present cycle."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    CLOSED = "closed"
    VOID = "void"
    TRANSFERRED = "transferred"


OPEN = (State.REGISTERED, State.ASSIGNED, State.RECTIFYING, State.SUBMITTED, State.VERIFIED)
UNRECTIFIED = (State.REGISTERED, State.ASSIGNED, State.RECTIFYING)
RECTIFIED = (State.SUBMITTED, State.VERIFIED, State.CLOSED)


class Severity(StrEnum):
    """The grade of a hazard (国家安监总局令第16号 art. 3)."""

    GENERAL = "general"
    MAJOR = "major"


class Source(StrEnum):
    """How a hazard came to be known."""

    SELF_CHECK = "self-check"
    ROUTINE_INSPECTION = "routine-inspection"
    SPECIAL_INSPECTION = "special-inspection"
    SUPERIOR_ASSIGNED = "superior-assigned"
    PUBLIC_REPORT = "public-report"
    MEDIA = "media"
    TRANSFERRED_IN = "transferred-in"
    SUBORDINATE_REPORT = "subordinate-report"
    ENTERPRISE_REPORT = "enterprise-report"
    INTERMEDIARY = "intermediary"
    GRID = "grid"


OWN_SOURCES = (Source.SELF_CHECK, Source.ENTERPRISE_REPORT)  # what a unit says of itself


class DueKind(StrEnum):
    """What kind of deadline the paper gives; the paper's own words are kept beside it."""

    DATE = "date"
    DAYS = "days"
    PERIOD = "period"
    IMMEDIATE = "immediate"
    STANDING = "standing"


class LookbackResult(StrEnum):
    """What a look-back (回头看) found."""

    CONFIRMED = "confirmed"
    NOT_EFFECTIVE = "not-effective"
    REBOUND = "rebound"
    FALSE_CLOSURE = "false-closure"
    NEW_FOUND = "new-found"


class Level(StrEnum):
    """The level of a government: who runs a campaign, who listed a hazard (挂牌督办)."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    COUNTY = "county"
    TOWNSHIP = "township"


FAILED = (LookbackResult.NOT_EFFECTIVE, LookbackResult.REBOUND, LookbackResult.FALSE_CLOSURE)

# What an order says (交办单): a record says it of the days since it was assigned.
ORDERED = (
    *("due_on", "original_due_on", "due_kind", "due_text"),
    *("responsible_unit", "responsible_person", "case_leader", "regulator"),
)

# The keys of a hazard in JSON, in the order in which they are printed; keys are only ever added.
# `reopened`, `overdue` and `days_overdue` are computed.
SHOWN = (
    "number",
    "cycle",
    "state",
    "severity",
    "industry",
    "industry_text",
    "enterprise",
    "credit_code",
    "district",
    "location",
    "description",
    "source",
    "source_detail",
    "campaigns",
    "found_on",
    "found_by",
    "required_measures",
    "due_on",
    "original_due_on",
    "due_kind",
    "responsible_unit",
    "responsible_person",
    "case_leader",
    "regulator",
    "measures",
    "rectified_on",
    "rectified_by",
    "submitted_on",
    "submitted_by",
    "verified_on",
    "verified_by",
    "closed_on",
    "closed_by",
    "reopened",
    "extensions",
    "overdue",
    "days_overdue",
    "external_code",
    "remark",
)
