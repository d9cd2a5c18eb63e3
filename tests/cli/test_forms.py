"""The forms of a report, against a count of the test's own over random ledgers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hazardctl.domain.hazard import Event
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
    """Whether the last look-back of some cycle failed by then."""
    last: dict[int, str | None] = {}
    cycle = 1
    for event in events:
        if event.on <= as_of:
            cycle = int(str(event.changes.get("cycle", cycle)))
            if event.changes.get("lookback_result"):
                last[cycle] = str(event.changes["lookback_result"])
    return bool(FAILED.intersection(filter(None, last.values())))


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
    assert (refused.code, refused.error["facts"]["words"]) == (2, ["summary", "overdue", "leaders"])
