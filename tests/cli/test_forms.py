"""The forms of a report, against a count of the test's own over random ledgers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hazardctl.domain.hazard import Event
from hazardctl.domain.report import FORMS
from tests.builders import FOUND
from tests.cli.at_a_desk import Desk
from tests.cli.test_reports_add_up import a_ledger, figures, is_late, plain
from tests.ledgers import events_of

Seen = dict[str, Any]
FAILED = {"not-effective", "rebound", "false-closure"}


def ages(hazards: list[Seen], as_of: date) -> dict[str, int]:
    """Who is late by how many days, and what waits longer than ten."""
    late = [
        (as_of - date.fromisoformat(one["due_on"])).days for one in hazards if is_late(one, as_of)
    ]
    waits = [
        (as_of - date.fromisoformat(one["submitted_on"])).days
        for one in hazards
        if one["state"] == "submitted"
    ]
    return {
        "overdue": len(late),
        "overdue_1_10": sum(1 <= days <= 10 for days in late),
        "overdue_11_20": sum(11 <= days <= 20 for days in late),
        "overdue_over_20": sum(days > 20 for days in late),
        "waiting_too_long": sum(days > 10 for days in waits),
    }


def has_failed(events: list[Event], as_of: date) -> bool:
    """Whether some look-back of it failed by then."""
    told = (event.changes.get("lookback_result") for event in events if event.on <= as_of)
    return not FAILED.isdisjoint(str(result) for result in told if result)


Key = Callable[[Seen], str | None]
KEYS: dict[str, Key] = {
    "leader": lambda one: one["case_leader"],
    "person": lambda one: one["responsible_person"],
    "severity": lambda one: one["severity"],
}


@pytest.mark.parametrize("seed", range(6))
def test_every_form_is_what_the_hazards_of_that_day_make_of_it(
    desk: Desk, tmp_path: Path, seed: int
) -> None:
    a_ledger(tmp_path / "ledger.db", seed)
    events, draw = events_of(tmp_path / "ledger.db"), Random(f"forms {seed}")
    for by in KEYS:
        as_of = FOUND + timedelta(days=draw.randint(0, 84))
        seen = [
            one
            for one in desk.does(f"list --as-of {as_of} -f json").json
            if one["state"] not in ("void", "transferred")
        ]
        for form in ("overdue", "leaders"):
            report = desk.does(f"report {form} --by {by} --as-of {as_of} -f json").json
            assert (report["form"], report["by"]) == (form, by)
            assert all(check["ok"] for check in report["checks"])
            told = {plain(row["key"]): row for row in report["rows"]}
            groups: dict[str, list[Seen]] = {}
            for one in seen:
                groups.setdefault(plain(KEYS[by](one)), []).append(one)
            pairs = [(told.get(key), hazards) for key, hazards in groups.items()]
            for row, hazards in [(report["total"], seen), *pairs]:
                if form == "overdue":
                    expected: dict[str, Any] = ages(hazards, as_of)
                    if not (expected["overdue"] or expected["waiting_too_long"]):
                        assert row is None or row is report["total"]
                        continue
                else:
                    failed = sum(has_failed(events[one["number"]], as_of) for one in hazards)
                    expected = {**figures(hazards, as_of), "failed_lookbacks": failed}
                assert row, (form, by, as_of)
                names = [name for name in row if name not in ("key", "label")]
                assert len(names) > 4
                told_of = {name: row[name] for name in names}
                assert told_of == {name: expected[name] for name in names}, (form, by, as_of)


FLOWS = ("found", "reopened", "taken_back", "closed", "void", "transferred")


def flows_of(events: list[Event]) -> list[tuple[str, date]]:
    """What happened to a hazard that made it open, or open no more, each with its day."""
    told = [("found", events[0].on)]
    before: str | None = None
    for event in events:
        state = event.changes.get("state", before)
        if state in ("closed", "void", "transferred") and state != before:
            told.append((str(state), event.on))
        elif before == "closed" and state != "closed":
            told.append(("reopened", event.on))
        elif before == "transferred" and state != "transferred":
            told.append(("taken_back", event.on))
        before = str(state) if state else before
    return told


@pytest.mark.parametrize("seed", range(6))
def test_every_day_balances_as_the_events_say(desk: Desk, tmp_path: Path, seed: int) -> None:
    a_ledger(tmp_path / "ledger.db", seed)
    draw = Random(f"daily {seed}")
    lives = events_of(tmp_path / "ledger.db")
    for options in ("", "--severity general", "--industry hazchem", "--leader 李局"):
        since = FOUND + timedelta(days=draw.randint(0, 30))
        until = since + timedelta(days=draw.randint(0, 40))
        period = f"--since {since} --until {until} --as-of {until} {options} -f json"
        meant = desk.does(f"list --as-of {until} {options} -f json").json
        happened = [told for one in meant for told in flows_of(lives[one["number"]])]
        daily = desk.does(f"report daily {period}").json
        assert all(check["ok"] for check in daily["checks"]), daily["checks"]
        assert (daily["since"], daily["until"]) == (since.isoformat(), until.isoformat())
        assert len(daily["rows"]) == (until - since).days + 1
        for row in daily["rows"]:
            on = date.fromisoformat(row["key"])
            assert {name: row[name] for name in FLOWS} == {
                name: happened.count((name, on)) for name in FLOWS
            }, (options, row)
        for before, after in zip(daily["rows"], daily["rows"][1:], strict=False):
            assert before["closing"] == after["opening"]
        summary = desk.does(f"report --as-of {until} {options} -f json").json
        assert daily["total"]["closing"] == summary["total"]["open"]
        by = draw.choice(["industry", "leader", "campaign", "district"])
        stock = desk.does(f"report stock --by {by} {period}").json
        assert all(check["ok"] for check in stock["checks"]), stock["checks"]
        for name in ("opening", *FLOWS, "closing"):
            assert stock["total"][name] == daily["total"][name]
        for form, told in (("daily", daily), (f"stock --by {by}", stock)):
            row = draw.choice(told["rows"]) if told["rows"] else None
            for name in ("opening", *FLOWS, "closing"):
                asked = [*f"report {form} {period}".split(), "--explain"]
                assert len(desk.does([*asked, name]).json) == told["total"][name], (form, name)
                if row:
                    found = desk.does([*asked, f"{name}:{row['key'] or ''}"]).json
                    assert len(found) == row[name], (form, name, row)


def test_a_balance_begins_with_the_month_or_the_year(desk: Desk) -> None:
    desk.in_state("closed")
    daily = desk.does("report daily --as-of 2022-10-08 -f json").json
    assert (daily["since"], daily["until"]) == ("2022-10-01", "2022-10-08")
    assert daily["rows"][0]["found"] == 1
    assert daily["rows"][5]["closed"] == 1
    assert daily["total"]["same_day_rate"] == 0.0
    assert desk.does("report stock -f json").json["since"] == "2022-01-01"


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    desk.add()
    refused = desk("report daily --since 2022-10-09 --as-of 2022-10-08 -f json")
    assert (refused.code, refused.error["code"]) == (2, "period-ends-first")


def test_an_overdue_form_lists_the_late_ones_below_it(desk: Desk) -> None:
    number = desk.in_state("assigned")
    told = desk.does("report overdue", today="2022-11-05")
    assert "11–20 days" in told.out
    assert number in told.out
    assert "乙" in told.out
    none = desk.does("report overdue -f json", today="2022-10-20").json
    assert none["rows"] == []


def test_how_long_verification_may_take_is_a_rule_of_the_ledger(desk: Desk) -> None:
    desk.in_state("submitted")
    asked = "report overdue --as-of 2022-10-09 -f json"
    assert desk.does(asked).json["total"]["waiting_too_long"] == 0
    desk.does("config set verification_days 4", by="甲")
    assert desk.does(asked).json["total"]["waiting_too_long"] == 1


def test_a_form_that_is_none_is_told_with_those_there_are(desk: Desk) -> None:
    desk.add()
    refused = desk("report monthly-ish -f json")
    assert (refused.code, refused.error["facts"]["words"]) == (2, [*FORMS])
