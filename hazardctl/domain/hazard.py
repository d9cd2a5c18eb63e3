"""What a hazard is, who does something to it, and what then happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date

from hazardctl.domain.words import OPEN, DueKind, Level, LookbackResult, Severity, Source, State


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard as it stands in its present cycle; `on` fields are civil days at its place."""

    # what it is
    number: str
    industry: str
    enterprise: str
    description: str
    found_on: date
    severity: Severity = Severity.GENERAL
    industry_text: str | None = None
    credit_code: str | None = None
    district: str | None = None
    location: str | None = None
    hazard_kind: str | None = None
    source: Source | None = None
    source_detail: str | None = None
    campaigns: tuple[str, ...] = ()
    found_by: str | None = None
    basis: str | None = None
    required_measures: str | None = None
    order_type: str | None = None
    stop_order: str | None = None
    external_code: str | None = None
    reporter: str | None = None  # a random id; who it is is kept beside the chain
    remark: str | None = None
    imported: bool = False
    # where it stands
    cycle: int = 1
    state: State = State.REGISTERED
    since_on: date | None = None  # the day of the latest step: no later step is earlier
    from_on: date | None = None  # the first day that this record speaks for; before, see the past
    # what was ordered, and of whom
    due_on: date | None = None
    original_due_on: date | None = None
    due_kind: DueKind | None = None
    due_text: str | None = None
    responsible_unit: str | None = None
    responsible_person: str | None = None
    case_leader: str | None = None
    regulator: str | None = None
    assigned_on: date | None = None
    accepted_on: date | None = None
    rectifying_on: date | None = None
    percent: int | None = None
    progress_on: date | None = None
    extensions: int = 0
    pending_due_on: date | None = None
    pending_by: str | None = None
    # what was claimed, checked and signed
    measures: str | None = None
    rectified_on: date | None = None
    rectified_by: str | None = None
    submitted_on: date | None = None
    submitted_by: str | None = None
    was_submitted: bool = False  # ever, in any cycle: what was once claimed is not made void
    verified_on: date | None = None
    verified_by: tuple[str, ...] = ()
    closed_on: date | None = None
    closed_by: str | None = None
    reopened_on: date | None = None
    lookback_on: date | None = None
    lookback_result: LookbackResult | None = None
    duplicate_of: str | None = None
    transferred_to: str | None = None
    # what is done about it above the ledger, and what that costs
    listing: Level | None = None  # 挂牌督办
    listed_on: date | None = None
    funds_fen: int | None = None  # set aside for its treatment

    @property
    def is_major(self) -> bool:
        """Whether it was determined to be a major hazard (重大事故隐患)."""
        return self.severity is Severity.MAJOR

    @property
    def is_open(self) -> bool:
        """Whether it is neither closed, void nor transferred."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of the ledger: asked again under the same id, it is not done again."""

    id: str
    content: str  # what was asked, hashed


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something, at which moment (UTC), on which civil day, seen from which today."""

    by: str
    at: str
    on: date
    today: date
    rehearsed: bool = False  # `today` was given, not read from the clock
    request: Request | None = None


# A stored file: its `sha256`, the `name` it came with, its `size` in bytes.
Evidence = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a hazard: the fields it changes, and what else the paper says."""

    kind: str
    on: date
    by: str
    changes: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A hazard as a row of a file states it: not yet numbered, with the raw row beside it."""

    sheet: str | None
    row: int  # as the spreadsheet counts it; in CSV the line where the row begins
    changes: Mapping[str, object]  # what it states of a hazard, where that is not as it begins
    raw: Mapping[str, str]  # the sender's headings and the cells that are not blank, as written
    number: str = ""  # that it had in an earlier ledger
    # of a hazard that was reopened: when its cycle before was closed, and looked back on
    previous_closed_on: date | None = None
    previous_lookback_on: date | None = None
    previous_lookback_result: LookbackResult | None = None
    is_part: bool = False  # of several hazards that one row told of, under one code

    @property
    def hazard(self) -> Hazard:
        """The hazard that it states."""
        return Hazard(number=self.number, **self.changes)  # type: ignore[arg-type]  # the changes name the fields


def as_changes(values: Mapping[str, object]) -> dict[str, object]:
    """What of the fields of a hazard is not as they begin."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value != _BEGUN.get(name)
    }


_BEGUN = {one.name: one.default for one in fields(Hazard) if one.default is not MISSING}


# What a file or a ledger tells of the cycle before, by the fields that it was told by then.
PREVIOUS = {
    "previous_closed_on": "closed_on",
    "previous_lookback_on": "lookback_on",
    "previous_lookback_result": "lookback_result",
}
