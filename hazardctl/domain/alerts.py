"""What somebody must act on: every alert, what it is of, and the limit that it tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from hazardctl.domain.rules import Rules


class Alert(StrEnum):
    """What stands and should not, in the order in which it is told."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    NO_PROGRESS = "no-progress"
    EXTENSION_UNDECIDED = "extension-undecided"
    VERIFICATION_LATE = "verification-late"
    SIGN_OFF_STALE = "sign-off-stale"
    LOOKBACK_DUE = "lookback-due"
    REFERRAL_UNAPPROVED = "referral-unapproved"
    REFERRAL_UNSENT = "referral-unsent"
    REFERRAL_UNDECIDED = "referral-undecided"
    CASE_UNDECIDED = "case-undecided"
    CASE_LATE = "case-late"
    FINE_UNPAID = "fine-unpaid"
    REPEATED_PENALTIES = "art-113"
    SILENT_UNIT = "silent-unit"


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing that is watched: for which alert, of what, by which rule of the ledger.

    Without a rule its limit is that of an order or of a law, which `data/alerts.toml` has.
    """

    alert: Alert
    of: str  # hazard, referral, penalty, enterprise
    rule: str | None = None


# By name, as `data/alerts.toml` has their sources and the store their questions.
WATCHES: Mapping[str, Watch] = {
    "overdue": Watch(Alert.OVERDUE, "hazard"),
    "due-soon": Watch(Alert.DUE_SOON, "hazard", "due_soon"),
    "no-progress": Watch(Alert.NO_PROGRESS, "hazard", "progress_days"),
    "no-progress-in-campaign": Watch(Alert.NO_PROGRESS, "hazard", "campaign_progress_days"),
    "extension-undecided": Watch(Alert.EXTENSION_UNDECIDED, "hazard", "extension_decision_days"),
    "verification-late": Watch(Alert.VERIFICATION_LATE, "hazard", "verification_days"),
    "sign-off-stale": Watch(Alert.SIGN_OFF_STALE, "hazard", "acceptance_days"),
    "lookback-due": Watch(Alert.LOOKBACK_DUE, "hazard", "lookback_days"),
    "referral-unapproved": Watch(Alert.REFERRAL_UNAPPROVED, "referral"),
    "referral-unsent": Watch(Alert.REFERRAL_UNSENT, "referral"),
    "referral-undecided": Watch(Alert.REFERRAL_UNDECIDED, "referral"),
    "case-undecided": Watch(Alert.CASE_UNDECIDED, "penalty"),
    "case-late": Watch(Alert.CASE_LATE, "penalty"),
    "fine-unpaid": Watch(Alert.FINE_UNPAID, "penalty"),
    "penalties-in-180-days": Watch(Alert.REPEATED_PENALTIES, "enterprise"),
    "penalties-in-a-year": Watch(Alert.REPEATED_PENALTIES, "enterprise"),
    "silent-unit": Watch(Alert.SILENT_UNIT, "enterprise", "self_report_days"),
}
LATE_FOR = 365  # days for which a decision is told that came too late, or once too often
IN_WORKDAYS = frozenset({"extension-undecided"})


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it is on a day: how many days, by which rule or law, and where that stands."""

    rule: str
    source: str
    days: int = 0
    times: int = 0  # how often something may not happen within these days


Limits = Mapping[str, Limit]  # by the names of the watches


def limits(rules: Rules, told: Mapping[str, Sequence[Mapping[str, Any]]], on: date) -> Limits:
    """The limits in force on a day, of what is watched: the last text of each.

    `told` is what `data/alerts.toml` says. A rule that is 0 switches its watch off.
    """
    found: dict[str, Limit] = {}
    for name, watch in WATCHES.items():
        texts = [text for text in told[name] if text.get("from", date.min) <= on]
        if not texts:
            continue
        text = max(texts, key=lambda text: text.get("from", date.min))
        days = getattr(rules, watch.rule) if watch.rule else text.get("days", 0)
        if days or not watch.rule:
            rule = watch.rule or text["rule"]
            found[name] = Limit(rule, text["source"], days, text.get("times", 0))
    return found


class Clock(NamedTuple):
    """A clock that has run out, or runs: of what, since when, and until when if that is set.

    One that was `stopped` ran until that day.
    """

    watch: str
    subject: str | None
    enterprise: str | None
    industry: str | None
    district: str | None
    responsible: str | None
    since: str
    until: str | None = None
    stopped: str | None = None
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """One alert that stands: `days` are those over its limit, below 0 those that are left."""

    alert: Alert
    subject: str | None
    enterprise: str | None
    industry: str | None
    district: str | None
    since: date
    limit_on: date | None
    days: int | None
    limit: int | None
    counts: tuple[
        int, ...
    ]  # of penalties in the two periods of the law, of hazards that were found
    rule: str
    source: str
    responsible: str | None


Workday = Callable[[date, int], date]


def raised(clock: Clock, limit: Limit, as_of: date, *, workday: Workday) -> Raised | None:
    """The alert of a clock; None if its limit, counted in working days, is not over yet."""
    since = date.fromisoformat(clock.since)
    until: date | None = None
    if clock.until:
        until = date.fromisoformat(clock.until)
    elif clock.watch in IN_WORKDAYS:
        until = workday(since, limit.days)
        if until >= as_of:
            return None
    elif WATCHES[clock.watch].of != "enterprise":
        until = since + timedelta(days=limit.days)
    ended = date.fromisoformat(clock.stopped) if clock.stopped else as_of
    return Raised(
        alert=WATCHES[clock.watch].alert,
        subject=clock.subject,
        enterprise=clock.enterprise,
        industry=clock.industry,
        district=clock.district,
        since=since,
        limit_on=until,
        days=(ended - until).days if until else None,
        limit=limit.times or limit.days or None,
        counts=clock.counts,
        rule=limit.rule,
        source=limit.source,
        responsible=clock.responsible,
    )


def worst_first(alerts: Sequence[Raised]) -> list[Raised]:
    """The alerts by their kind, the worst first within each."""
    order = {alert: place for place, alert in enumerate(Alert)}
    return sorted(
        alerts,
        key=lambda one: (
            order[one.alert],
            -(one.days or 0),
            [-count for count in one.counts],
            one.subject or "",
            one.enterprise or "",
        ),
    )
