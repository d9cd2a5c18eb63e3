"""Which clocks of referrals to the police and of penalties have run out at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from hazardctl.domain.alerts import LATE_FOR, Clock, Limits
from hazardctl.domain.asking import Asked as Fields
from hazardctl.domain.filter import Filter
from hazardctl.domain.register import PENALTY, REFERRAL, Kind
from hazardctl.store.conditions import Ask
from hazardctl.store.register import where

ANSWERED = frozenset({"industry", "enterprise", "district", "campaign"})  # filters


class Asked(NamedTuple):
    """What a clock of a record is asked by: since when it runs, and whether it is told.

    `day` is the day it is asked of, `before` that day less the days of its limit.
    """

    since: str
    test: str
    responsible: str = "NULL"
    stopped: str = "NULL"


_NOT_YET = "({} IS NULL OR {} > day)"


def _none_of(*days: str) -> str:
    return " AND ".join(_NOT_YET.format(one, one) for one in days)


OF_REFERRALS: Mapping[str, Asked] = {
    "referral-unapproved": Asked("reported_on", _none_of("approved_on", "rejected_on")),
    "referral-unsent": Asked("approved_on", _none_of("sent_on")),
    "referral-undecided": Asked("received_on", _none_of("filed_on", "not_filed_on"), "police"),
}
OF_PENALTIES: Mapping[str, Asked] = {
    "case-undecided": Asked("filed_on", _none_of("decided_on"), "authority"),
    "case-late": Asked(
        "filed_on",
        "decided_on <= day AND decided_on > shown_from AND decided_on > date(filed_on, allowed)",
        "authority",
        "decided_on",
    ),
    "fine-unpaid": Asked(
        "decided_on",
        f"amount_fen > 0 AND {_none_of('paid_on')}",
        "coalesce(person, enterprise)",
    ),
}


def of_records(ask: Ask, wanted: Filter, as_of: date, limits: Limits) -> list[Clock]:
    """The clocks of referrals and penalties that have run over one of these limits.

    There are none if the filter asks for what such records do not tell.
    """
    if not ANSWERED.issuperset(wanted.given()):
        return []
    kinds: tuple[tuple[Kind, Mapping[str, Asked]], ...] = (
        (REFERRAL, OF_REFERRALS),
        (PENALTY, OF_PENALTIES),
    )
    return [
        Clock(*row)
        for kind, asked in kinds
        for row in _asked(ask, kind, asked, wanted, as_of, limits)
    ]


def _asked(
    ask: Ask, kind: Kind, asked: Mapping[str, Asked], wanted: Filter, as_of: date, limits: Limits
) -> list[Any]:
    names = [name for name in asked if name in limits]
    if not names:
        return []
    given = {
        "campaigns" if name == "campaign" else name: getattr(wanted, name)
        for name in wanted.given()
    }
    condition, values = where(ask, kind, Fields(values=given))
    questions = []
    bound: list[object] = []
    for name in names:
        one = asked[name]
        questions.append(
            f"SELECT '{name}', {_TOLD}, {one.responsible}, {one.since}, NULL, {one.stopped}"
            f" FROM {kind.name}, {_DAYS}"
            f" WHERE {one.since} < before AND {one.test} AND {condition}"
        )
        bound += [*_days(as_of, limits[name].days), *values]
    return ask(" UNION ALL ".join(questions), bound)


_TOLD = "number, enterprise, industry, district"
_DAYS = "(SELECT ? AS day, ? AS before, ? AS shown_from, ? AS allowed) AS days"


def _days(as_of: date, allowed: int) -> list[str]:
    before, shown = (as_of - timedelta(days=days) for days in (allowed, LATE_FOR))
    return [as_of.isoformat(), before.isoformat(), shown.isoformat(), f"+{allowed} days"]
