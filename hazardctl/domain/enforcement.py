"""What the form of inspections and penalties shows, and which filters it understands."""

from __future__ import annotations

from collections.abc import Mapping

# The columns after `key` and `label`, in the order of the weekly table (domain.md §8.3).
COLUMNS = (
    "teams",
    "inspectors",
    "inspections",
    "visits",
    "enterprises",
    "hazards_found",
    "orders",
    "stop_orders",
    "warnings",
    "confiscations",
    "suspensions",
    "licences",
    "closures",
    "detentions",
    "penalties",
    "fines_fen",
    "referrals",
    "referred_people",
)
# Those that are told under a summary of one industry or campaign.
BESIDE = ("inspections", "visits", "enterprises", "penalties", "fines_fen", "referrals")
# Figures that count the penalties of one kind.
OF_KINDS: Mapping[str, str] = {
    "warnings": "warning",
    "confiscations": "confiscation",
    "suspensions": "suspension",
    "licences": "licence",
    "closures": "closure",
    "detentions": "detention",
}
# Filters that a record of the register can answer as well as a hazard.
FILTERS = ("industry", "enterprise", "district", "campaign", "since", "until")
