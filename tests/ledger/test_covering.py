"""Who was inspected and who was not, against a count of the test's own."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.asking import Asked
from hazardctl.domain.coverage import JURISDICTIONS
from hazardctl.domain.figures import figures
from hazardctl.domain.filter import Filter
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.register import ENTERPRISE, Jurisdiction
from hazardctl.domain.report import FORMS, Question
from hazardctl.ledger import registering, reporting
from tests.homes import Home, seeds
from tests.inspected import (
    Done,
    Told,
    a_filter,
    a_ledger,
    hazards_meant,
    in_period,
    is_meant,
    known,
    meant,
    visited,
)
from tests.ledgers import events_of, replayed, some_days
from tests.reckoning import bare
from tests.records import entered

FORM = FORMS["coverage"]
SEEDS = seeds(3, on_a_server=1)
ALL = Filter()
NOTHING = {"registered": 0, "inspected": 0, "never_inspected": 0, "found": 0, "visits": 0}


def on_the_register(done: Done, wanted: Filter, since: date, until: date) -> list[Told]:
    """The enterprises that are asked for and stood on the register at some time in a period."""
    every = registering.listing(done.path, ENTERPRISE, Asked())

    def is_asked_for(one: Told) -> bool:
        return (
            (not wanted.industry or one["industry"] in wanted.industry)
            and (not wanted.district or bare(one["district"] or "") in map(bare, wanted.district))
            and (not wanted.enterprise or meant(one["name"]) in map(bare, known(wanted).enterprise))
        )

    first, last = since.isoformat(), until.isoformat()
    return [
        one
        for one in every
        if is_asked_for(one)
        and (one["registered_on"] or last) <= last
        and (one["retired_on"] is None or one["retired_on"] > first)
    ]


class Seen:
    """What there is to be counted in a period."""

    def __init__(
        self, done: Done, hazards: list[Hazard], wanted: Filter, since: date, until: date
    ) -> None:
        done_then = [
            one
            for one in done.records["inspection"]
            if in_period(one["inspected_on"], since, until)
        ]
        of_campaigns = Filter(campaign=wanted.campaign)
        been = {meant(visited(one) or "") for one in done_then if is_meant(one, of_campaigns)}
        self.registered = on_the_register(done, wanted, since, until)
        self.inspected = [one for one in self.registered if meant(one["name"]) in been]
        self.visits = [one for one in done_then if is_meant(one, wanted)]
        self.hazards = hazards_meant(hazards, wanted, since, until)
        every = registering.listing(done.path, ENTERPRISE, Asked())
        self.owners = {meant(one["name"]): one["jurisdiction"] for one in every}

    def by_key(self, by: str, *, top: bool) -> dict[str | None, dict[str, int]]:
        """The figures of each row in which there is something."""
        rows: dict[str | None, dict[str, int]] = {}

        def add(figure: str, one: Any, count: int = 1) -> None:
            told = one if isinstance(one, dict) else vars_of(one)
            row = rows.setdefault(self.key(told, by, top=top), dict(NOTHING))
            row[figure] += count

        for one in self.registered:
            add("registered", one)
            add("inspected" if one in self.inspected else "never_inspected", one)
        for one in self.visits:
            add("visits", one, one["visits"])
        for hazard in self.hazards:
            add("found", hazard)
        return rows

    def key(self, told: Told, by: str, *, top: bool) -> str | None:
        """The row in which something stands."""
        if by == "industry":
            slug = told["industry"]
            return taxonomy().top(slug) if slug and top else slug
        if by == "district":
            return bare(told["district"]) if told["district"] else None
        return self.owners.get(meant(told.get("name") or visited(told) or ""))


def vars_of(hazard: Hazard) -> Told:
    """What a hazard says of its place."""
    names = ("industry", "district", "enterprise")
    return {name: getattr(hazard, name) for name in names}


def question(wanted: Filter, as_of: date, by: str, chosen: str | None) -> Question:
    return Question("coverage", wanted, as_of, by, taxonomy(), chosen)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_form_is_what_a_count_gives(home: Home, seed: int) -> None:
    done = a_ledger(home, seed)
    events = events_of(done.path)
    draw = Random(seed)
    for as_of in [*some_days(draw, 3), *some_days(draw, 3)]:
        wanted = a_filter(draw)
        until = min(wanted.until or as_of, as_of)
        since = wanted.since or until.replace(month=1, day=1)
        if since > until:
            continue
        expected = Seen(done, replayed(events, until), wanted, since, until)
        chosen = wanted.industry[0] if len(wanted.industry) == 1 else None
        for by in FORM.groups:
            asked = question(wanted, as_of, by, chosen)
            told = reporting.report(done.path, asked)
            where = (seed, by, as_of, wanted)
            groups = expected.by_key(by, top=not chosen)
            rows = {
                bare(row.key) if row.key else None: figures(row.counts, [*NOTHING, "silent"])
                for row in told.rows
            }
            for key, some in groups.items():
                assert rows[key] == {**some, "silent": int(is_silent(some))}, (where, key)
            for key in rows.keys() - groups.keys():
                assert rows[key] == {**NOTHING, "silent": 1}, (where, key)
            total = figures(told.total, list(NOTHING))
            assert total == {name: sum(row[name] for row in groups.values()) for name in NOTHING}
            assert told.total.silent == sum(row["silent"] or 0 for row in rows.values())
            assert [check for check in told.checks if not check.holds] == [], where
            row = draw.choice([None, *told.rows])
            for figure in NOTHING:
                behind = reporting.behind(done.path, asked, figure=figure, row=row).records
                listed = sum(one["visits"] for one in behind) if figure == "visits" else len(behind)
                assert listed == getattr(row.counts if row else told.total, figure), (where, figure)


def is_silent(row: dict[str, int]) -> bool:
    return not (row["inspected"] or row["visits"] or row["found"])


def test_every_group_has_a_row_whether_or_not_there_is_anything_in_it(home: Home) -> None:
    done = a_ledger(home, 1)
    last = date(2022, 12, 31)

    def keys(by: str, wanted: Filter = ALL, chosen: str | None = None) -> set[str | None]:
        return {
            row.key for row in reporting.report(done.path, question(wanted, last, by, chosen)).rows
        }

    tops = {one.slug for one in taxonomy() if one.parent is None}
    assert keys("industry") - {None} == tops
    family = taxonomy().family("hazchem")
    assert keys("industry", Filter(industry=family), "hazchem") == set(family)
    assert keys("industry", Filter(industry=("fireworks", "coal-mine"))) == {"fireworks", "mining"}
    assert set(JURISDICTIONS) == set(map(str, Jurisdiction)) <= keys("jurisdiction")
    districts = {bare(key or "") for key in keys("district", Filter(industry=("coal-mine",)))}
    assert districts == {"永安镇", "沿溪镇", "a区"}
    assert keys("district", Filter(district=("永 安镇",))) <= {"永安镇", "永 安镇"}


def test_one_that_was_struck_off_is_not_looked_for_any_more(home: Home) -> None:
    done = a_ledger(home, 1)
    told: dict[str, Any] = {"name": "七号尾矿库", "industry": "tailings-pond"}
    entered(done.path, ENTERPRISE, {**told, "retired_on": date(2022, 11, 1)})
    for since, count in ((date(2022, 10, 31), 1), (date(2022, 11, 1), 0)):
        wanted, on = Filter(industry=("tailings-pond",), since=since), date(2022, 11, 30)
        seen = reporting.report(done.path, question(wanted, on, "industry", "tailings-pond"))
        assert (seen.total.registered, seen.total.never_inspected) == (count, count)
