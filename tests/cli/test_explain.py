"""The hazards behind a figure of a report are as many as it says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hazardctl.domain.report import FORMS
from hazardctl.store.counting import GROUPS, TESTS
from tests.builders import FOUND
from tests.cli.at_a_desk import Desk
from tests.cli.test_reports_add_up import a_ledger


@pytest.mark.parametrize("seed", range(3))
def test_each_figure_is_as_many_hazards_as_are_listed_behind_it(
    desk: Desk, tmp_path: Path, seed: int
) -> None:
    draw = Random(f"explain {seed}")
    a_ledger(tmp_path / "ledger.db", seed)
    of_hazards = [name for name, form in FORMS.items() if form.teller == "standing"]
    for by in GROUPS:
        day = FOUND + timedelta(days=draw.randint(0, 80))
        form = draw.choice(of_hazards)
        options = f"{form} --by {by} --as-of {day} -f json"
        if draw.random() < 0.3:
            options += " --industry hazchem"
        report = desk.does(f"report {options}").json
        for figure in (column for column in FORMS[form].columns if column in TESTS):
            behind = desk.does(f"report {options} --explain {figure}").json
            assert len(behind) == report["total"][figure], (by, figure)
            for row in draw.sample(report["rows"], min(2, len(report["rows"]))):
                asked = f"{figure}:{row['key'] or ''}"
                found = desk.does(["report", *options.split(), "--explain", asked]).json
                assert len(found) == row[figure], (form, by, asked)
                assert {one["number"] for one in found} <= {one["number"] for one in behind}


def test_a_row_goes_by_any_name_of_its_industry(desk: Desk) -> None:
    desk.add()
    for name in ("fireworks", "花炮", "烟花爆竹"):
        (found,) = desk.does(f"report --explain found:{name} -f json").json
        assert found["number"] == "YH-2022-00001"
    assert "YH-2022-00001" in desk.does("report --explain open").out


def test_what_cannot_be_explained_is_told_with_what_can(desk: Desk) -> None:
    desk.add()
    rate = desk("report --explain closure_rate -f json")
    assert (rate.code, rate.error["code"]) == (2, "not-one-of")
    assert "overdue" in rate.error["facts"]["words"]
    row = desk("report --by district --explain open:永安镇 -f json")
    assert (row.code, row.error["code"]) == (3, "no-such-row")
