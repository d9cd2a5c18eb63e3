"""The alerts of a ledger, counted one record at a time from its events and its register.

It shares nothing with the SQL of the store: what both agree on is what domain.md says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hazardctl.data.calendar import workday
from hazardctl.domain.asking import Asked
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.lifecycle import CORRECTION
from hazardctl.domain.register import ENTERPRISE, PENALTY, REFERRAL
from hazardctl.domain.rules import Rules
from hazardctl.ledger import reading, registering
from hazardctl.store.place import Place
from tests import reckoning
from tests.builders import folded
from tests.ledgers import events_of

Seen = Mapping[str, Any]
# What is told of an alert: which, of what, since when, until when, how many days, how often.
Told = tuple[str, str | None, date, date | None, int | None, tuple[int, ...]]
OWN = ("self-check", "enterprise-report")


@dataclass(frozen=True)
class Ledger:
    """What a ledger holds, read once."""

    lives: Mapping[str, Sequence[Event]]
    rules: Rules
    enterprises: Sequence[Seen]
    penalties: Sequence[Seen]
    referrals: Sequence[Seen]
    running: Mapping[str, tuple[date, date]]

    def owner(self, name: str) -> Seen:
        """The enterprise on the register that goes by a name."""
        bare = plain(name)
        (found,) = (
            one
            for one in self.enterprises
            if bare in map(plain, [one["name"], *(one["aliases"] or ())])
        )
        return found


def read(path: Place, running: Mapping[str, tuple[date, date]]) -> Ledger:
    """What a ledger holds."""
    enterprises, penalties, referrals = (
        registering.listing(path, kind, Asked()) for kind in (ENTERPRISE, PENALTY, REFERRAL)
    )
    lives = events_of(path)
    return Ledger(lives, reading.rules(path), enterprises, penalties, referrals, running)


def plain(name: str | None) -> str:
    """A name as names are compared."""
    return reckoning.bare(name or "")


def expected(ledger: Ledger, wanted: Filter, on: date) -> list[Told]:
    """The alerts of a filter on a day, in no order."""
    told = list(_of_hazards(ledger, wanted, on))
    asked = set(wanted.given())
    if asked <= {"industry", "enterprise", "district", "campaign"}:
        told += [one for each in _cases(ledger, on) for one in each[1] if _passes(each[0], wanted)]
    if asked <= {"industry", "enterprise", "district"}:
        told += _of_enterprises(ledger, wanted, on)
    return told


def _passes(record: Seen, wanted: Filter) -> bool:
    names = {plain(name) for name in wanted.enterprise}
    campaigns = {plain(name) for name in wanted.campaign}
    return (
        (not wanted.industry or record["industry"] in wanted.industry)
        and (not names or plain(record.get("enterprise") or record.get("name")) in names)
        and (not wanted.district or plain(record["district"]) in map(plain, wanted.district))
        and (not campaigns or bool(campaigns & set(map(plain, record["campaigns"] or ()))))
    )


def over(alert: str, subject: str | None, since: date, limit: int, on: date) -> Iterator[Told]:
    """The alert, if a limit of so many days is over."""
    until = since + timedelta(days=limit)
    if limit and until < on:
        yield alert, subject, since, until, (on - until).days, ()


def _of_hazards(ledger: Ledger, wanted: Filter, on: date) -> Iterator[Told]:
    for number, life in ledger.lives.items():
        if life[0].on > on:
            continue
        told = [event for event in life if event.on <= on]
        hazard = folded([e for e in life if e in told or e.kind == CORRECTION], number)
        if reckoning.passes(hazard, wanted, on):
            yield from _of_hazard(ledger, hazard, told, on)


def _of_hazard(ledger: Ledger, hazard: Hazard, events: Sequence[Event], on: date) -> Iterator[Told]:
    rules, number, state = ledger.rules, hazard.number, hazard.state
    ordered_on = hazard.assigned_on or hazard.found_on
    if hazard.due_on and reckoning.is_overdue(hazard, on):
        late = (on - hazard.due_on).days
        yield "overdue", number, ordered_on, hazard.due_on, late, ()
    if rules.due_soon and reckoning.is_due_soon(hazard, on, rules.due_soon):
        assert hazard.due_on
        yield "due-soon", number, ordered_on, hazard.due_on, (on - hazard.due_on).days, ()
    steps = [event for event in events if event.kind != CORRECTION]
    if state in ("assigned", "rectifying"):
        hurried = any(
            starts <= on <= ends and plain(name) in map(plain, hazard.campaigns)
            for name, (starts, ends) in ledger.running.items()
        )
        limit = (hurried and rules.campaign_progress_days) or rules.progress_days
        yield from over("no-progress", number, max(e.on for e in steps), limit, on)
        asked = [event for event in steps if event.kind.startswith("extension-")]
        if asked and asked[-1].kind == "extension-requested" and rules.extension_decision_days:
            since = asked[-1].on
            until = workday(since, rules.extension_decision_days)
            if until < on:
                yield "extension-undecided", number, since, until, (on - until).days, ()
    if state == "submitted":
        assert hazard.submitted_on
        limit = rules.verification_days
        yield from over("verification-late", number, hazard.submitted_on, limit, on)
    if state == "verified":
        assert hazard.verified_on
        yield from over("sign-off-stale", number, hazard.verified_on, rules.acceptance_days, on)
    if state == "closed" and hazard.severity == "major" and not hazard.lookback_on:
        assert hazard.closed_on
        yield from over("lookback-due", number, hazard.closed_on, rules.lookback_days, on)


def _day(record: Seen, name: str, on: date) -> date | None:
    """The day of a step, if it was taken by then."""
    told = record[name]
    return date.fromisoformat(told) if told and told <= on.isoformat() else None


def _cases(ledger: Ledger, on: date) -> Iterator[tuple[Seen, list[Told]]]:
    for one in ledger.referrals:
        yield one, list(_of_referral(one, on))
    for one in ledger.penalties:
        yield one, list(_of_penalty(one, on))


def _of_referral(one: Seen, on: date) -> Iterator[Told]:
    day = {name: _day(one, name, on) for name in one if name.endswith("_on")}
    if day["reported_on"] and not day["approved_on"] and not day["rejected_on"]:
        yield from over("referral-unapproved", one["number"], day["reported_on"], 3, on)
    if day["approved_on"] and not day["sent_on"]:
        yield from over("referral-unsent", one["number"], day["approved_on"], 1, on)
    if day["received_on"] and not day["filed_on"] and not day["not_filed_on"]:
        yield from over("referral-undecided", one["number"], day["received_on"], 3, on)


def _of_penalty(one: Seen, on: date) -> Iterator[Told]:
    filed, decided, paid = (_day(one, name, on) for name in ("filed_on", "decided_on", "paid_on"))
    if filed and not decided:
        yield from over("case-undecided", one["number"], filed, 90, on)
    if filed and decided and decided > on - timedelta(days=365):
        yield from over("case-late", one["number"], filed, 90, decided)
    if decided and one["amount_fen"] and not paid:
        yield from over("fine-unpaid", one["number"], decided, 15, on)


def _of_enterprises(ledger: Ledger, wanted: Filter, on: date) -> Iterator[Told]:
    standing = []
    for number, life in ledger.lives.items():
        if life[0].on <= on:
            told = [event for event in life if event.on <= on or event.kind == CORRECTION]
            standing.append(folded(told, number))
    for one in ledger.enterprises:
        if one["retired_on"] and one["retired_on"] <= on.isoformat():
            continue
        own = [h for h in standing if ledger.owner(h.enterprise) is one]
        yield from _silent(ledger, one, own, wanted, on)
        endangered = any(h.severity == "major" and h.is_open for h in own)
        if not endangered or not _passes({**one, "campaigns": None}, wanted):
            continue
        days = sorted(
            date.fromisoformat(p["decided_on"])
            for p in ledger.penalties
            if p["enterprise"]
            and ledger.owner(p["enterprise"]) is one
            and _day(p, "decided_on", on)
        )
        for end in sorted(set(days), reverse=True):
            windows = [
                [day for day in days if end - timedelta(days=back) < day <= end]
                for back in (180, 365)
            ]
            reached = [
                own[:times] for own, times in zip(windows, (3, 4), strict=True) if len(own) >= times
            ]
            if reached and (on - end).days <= 365:
                first, last = reached[0][0], reached[0][-1]
                counts = tuple(map(len, windows))
                yield "art-113", one["number"], first, last, (on - last).days, counts
                break


def _silent(
    ledger: Ledger, one: Seen, own: Sequence[Hazard], wanted: Filter, on: date
) -> Iterator[Told]:
    back = ledger.rules.self_report_days
    recent = [
        h
        for h in own
        if h.found_on > on - timedelta(days=back) and h.state != "void" and h.source is not None
    ]
    others = [h for h in recent if h.source not in OWN]
    if not others or len(others) < len(recent):
        return
    if _passes({**one, "campaigns": None}, wanted):
        yield (
            "silent-unit",
            one["number"],
            min(h.found_on for h in others),
            None,
            None,
            (len(others),),
        )
