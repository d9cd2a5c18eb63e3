"""What was inspected and punished, against a count of the test's own, record by record."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.enforcement import COLUMNS
from hazardctl.domain.figures import figures
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.report import FORMS, Question, Report
from hazardctl.ledger import reporting
from hazardctl.store.place import Place
from tests.homes import Home, seeds
from tests.inspected import (
    KIND_OF,
    Done,
    Told,
    a_filter,
    a_ledger,
    hazards_meant,
    in_period,
    is_meant,
    meant,
    visited,
)
from tests.ledgers import INDUSTRIES, events_of, replayed, some_days
from tests.reckoning import bare

SEEDS = seeds(5, on_a_server=2)
DAYS = {"inspection": "inspected_on", "penalty": "decided_on", "referral": "sent_on"}
Acts = list[tuple[str, Any]]  # of which kind, and the record or the hazard


def acts(done: Done, hazards: list[Hazard], wanted: Filter, since: date, until: date) -> Acts:
    """All that is counted: the records of a period, and the orders for hazards found in it."""
    told: Acts = [
        (kind, one)
        for kind, day in DAYS.items()
        for one in done.records[kind]
        if in_period(one[day], since, until) and is_meant(one, wanted)
    ]
    for hazard in hazards_meant(hazards, wanted, since, until):
        told += [("orders", hazard)] * bool(hazard.due_on)
        told += [("stop_orders", hazard)] * bool(hazard.stop_order)
    return told


def counted(told: Acts) -> dict[str, Any]:
    """The figures of one row."""
    inspections, penalties, referrals = (
        [one for what, one in told if what == kind] for kind in DAYS
    )
    return {
        "teams": len({bare(one["team"]) for one in inspections if one["team"]}),
        "inspectors": sum(one["members"] or 0 for one in inspections),
        "inspections": len(inspections),
        "visits": sum(one["visits"] for one in inspections),
        "enterprises": len({meant(visited(one) or "") for one in inspections}),
        "hazards_found": sum(one["hazards_found"] for one in inspections),
        "orders": sum(what == "orders" for what, _ in told),
        "stop_orders": sum(what == "stop_orders" for what, _ in told),
        **{name: sum(kind in one["kinds"] for one in penalties) for name, kind in KIND_OF.items()},
        "penalties": len(penalties),
        "fines_fen": sum(one["amount_fen"] for one in penalties),
        "referrals": len(referrals),
        "referred_people": sum(one["people"] for one in referrals),
    }


def keys(kind: str, one: Any, by: str, *, top: bool) -> list[str | None]:
    """The rows in which something stands, their names as names are compared."""
    told: Told = one if kind in DAYS else {
        "industry": one.industry,
        "district": one.district,
        "campaigns": one.campaigns,
        "enterprise": one.enterprise,
        "found_on": one.found_on,
    }  # fmt: skip
    match by:
        case "industry":
            slug = told["industry"]
            return [taxonomy().top(slug) if slug and top else slug]
        case "campaign":
            return [bare(name) for name in told["campaigns"]] or [None]
        case "month":
            return [told[DAYS.get(kind, "found_on")].isoformat()[:7]]
        case "enterprise":
            name = visited(told)
            return [meant(name) if name else None]
        case _:
            value = told.get(by)
            return [bare(value) if value else None]


def by_key(told: Acts, by: str, *, top: bool) -> dict[str | None, Acts]:
    """What stands in each row."""
    groups: dict[str | None, Acts] = {}
    for kind, one in told:
        for key in keys(kind, one, by, top=top):
            groups.setdefault(key, []).append((kind, one))
    return groups


def name_of(by: str, key: str | None) -> str | None:
    """The key of a row as it is compared."""
    if key is None or by in ("industry", "month"):
        return key
    return meant(key) if by == "enterprise" else bare(key)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_form_is_what_a_count_of_the_records_gives(home: Home, seed: int) -> None:
    done = a_ledger(home, seed)
    events = events_of(done.path)
    draw = Random(seed)
    for as_of in [*some_days(draw, 5), *some_days(draw, 4)]:
        wanted = a_filter(draw)
        until = min(wanted.until or as_of, as_of)
        since = wanted.since or until.replace(month=1, day=1)
        if since > until:
            continue
        told = acts(done, replayed(events, until), wanted, since, until)
        for by in FORMS["enforcement"].groups:
            chosen = wanted.industry[0] if len(wanted.industry) == 1 else None
            asked = question(wanted, as_of, by, chosen)
            seen = reporting.report(done.path, asked)
            where = (seed, by, as_of, wanted)
            groups = by_key(told, by, top=not chosen)
            rows = {name_of(by, row.key): figures(row.counts, COLUMNS) for row in seen.rows}
            assert rows == {key: counted(some) for key, some in groups.items()}, where
            assert len(rows) == len(seen.rows), where
            assert figures(seen.total, COLUMNS) == counted(told), where
            assert seen.overlap.found == sum(map(len, groups.values())) - len(told), where
            assert [check for check in seen.checks if not check.holds] == [], where
            assert seen.period == (since, until)
            explain(done.path, asked, seen, told, groups, draw)


def question(wanted: Filter, as_of: date, by: str, chosen: str | None, form: str = "") -> Question:
    return Question(form or "enforcement", wanted, as_of, by, taxonomy(), chosen)


def explain(
    path: Place,
    asked: Question,
    seen: Report,
    told: Acts,
    groups: dict[str | None, Acts],
    draw: Random,
) -> None:
    """What is listed behind some figures, of all rows and of one, gives these figures."""
    for figure in draw.sample(COLUMNS, 3):
        row = draw.choice([None, *seen.rows])
        behind = reporting.behind(path, asked, figure=figure, row=row)
        some = groups[name_of(seen.by, row.key)] if row else told
        expected = counted(some)[figure]
        listed = [(behind.kind.name if behind.kind else figure, one) for one in behind.records]
        assert counted(listed)[figure] == expected, (figure, row, seen.by)
        if figure in ("inspections", "penalties", "referrals", "orders", "stop_orders", *KIND_OF):
            assert len(listed) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_a_summary_of_one_industry_or_campaign_says_what_was_done_in_it(
    home: Home, seed: int
) -> None:
    done = a_ledger(home, seed)
    draw = Random(seed)
    for as_of in some_days(draw, 4):
        one = draw.choice(INDUSTRIES)
        for wanted, chosen in (
            (Filter(industry=(one,)), one),
            (Filter(campaign=("百日行动",)), None),
            (Filter(campaign=("第一轮",), until=as_of.replace(day=1), district=("A区",)), None),
        ):
            until = min(wanted.until or as_of, as_of)
            told = acts(done, [], wanted, date.min, until)
            seen = reporting.report(
                done.path, question(wanted, as_of, "industry", chosen, form="summary")
            )
            names = ("inspections", "visits", "enterprises", "penalties", "fines_fen", "referrals")
            expected = {name: counted(told)[name] for name in names}
            assert figures(seen.enforcement, names) == expected


def test_other_summaries_say_nothing_of_it(home: Home) -> None:
    done = a_ledger(home, 1)
    last = date(2022, 12, 31)
    for wanted, chosen in (
        (Filter(), None),
        (Filter(industry=("fireworks",), open=True), "fireworks"),  # no record is open
        (Filter(campaign=("百日行动", "消防专项")), None),
    ):
        seen = reporting.report(
            done.path, question(wanted, last, "industry", chosen, form="summary")
        )
        assert seen.enforcement is None


def test_what_is_asked_for_until_a_later_day_ends_with_the_day_it_is_seen_from(
    home: Home,
) -> None:
    done = a_ledger(home, 2)
    day = date(2022, 11, 15)
    later = Filter(until=date(2022, 12, 31))
    one, other = (
        reporting.report(done.path, question(wanted, day, "industry", None))
        for wanted in (later, Filter())
    )
    assert one == other
    assert one.period == (date(2022, 1, 1), day)
    sooner = reporting.report(
        done.path, question(Filter(until=day), later.until or day, "industry", None)
    )
    assert sooner == one
