"""The ledger layout: what is told of a hazard, in order, so that it comes back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from hazardctl.domain.words import DueKind, Level, LookbackResult, Severity, Source, State

# The columns of an export, by the fields of `Hazard`; columns are only ever added. What is computed
# from them is not among them, nor who reported, nor that a hazard was once imported.
# `previous_…` is when the cycle before was closed, when it was looked back on and what was found.
LAYOUT = (
    "number",
    "cycle",
    "state",
    "severity",
    "industry",
    "enterprise",
    "district",
    "location",
    "description",
    "found_on",
    "found_by",
    "source",
    "source_detail",
    "campaigns",
    "due_on",
    "responsible_unit",
    "responsible_person",
    "case_leader",
    "regulator",
    "required_measures",
    "measures",
    "rectified_on",
    "rectified_by",
    "submitted_on",
    "submitted_by",
    "verified_on",
    "verified_by",
    "closed_on",
    "closed_by",
    "external_code",
    "credit_code",
    "hazard_kind",
    "industry_text",
    "basis",
    "order_type",
    "stop_order",
    "due_kind",
    "due_text",
    "original_due_on",
    "extensions",
    "pending_due_on",
    "pending_by",
    "assigned_on",
    "accepted_on",
    "rectifying_on",
    "percent",
    "progress_on",
    "was_submitted",
    "reopened_on",
    "previous_closed_on",
    "lookback_on",
    "lookback_result",
    "duplicate_of",
    "transferred_to",
    "since_on",
    "from_on",
    "remark",
    "listing",
    "listed_on",
    "funds_fen",
    "previous_lookback_on",
    "previous_lookback_result",
)
REPORTED_BY = "reported_by"  # confidential: a column only where it was asked for

# What every hazard has: a table without one of these columns is not this layout any more.
NEEDED = (
    *("number", "cycle", "state", "severity", "industry", "enterprise", "description"),
    *("found_on", "since_on", "from_on", "was_submitted"),
)
COUNTS = frozenset({"cycle", "extensions", "percent"})
MONEY = frozenset({"funds_fen"})
FLAGS = frozenset({"was_submitted"})
LISTS = frozenset({"campaigns", "verified_by"})  # in one cell each value stands on its own line
CODES: Mapping[str, type[StrEnum]] = {
    "state": State,
    "severity": Severity,
    "source": Source,
    "due_kind": DueKind,
    "lookback_result": LookbackResult,
    "previous_lookback_result": LookbackResult,
    "listing": Level,
}


def is_day(name: str) -> bool:
    """Whether a column holds days."""
    return name.endswith("_on")
