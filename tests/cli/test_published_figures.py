"""The published figures of 2022, each by a command line, out of the sample ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hazardctl.cli.main import run

SAMPLE = Path(__file__).parents[2] / "sample_data"
LAST = "2022-11-18"
# A penalty names the hazard it is for, and a referral the penalty: in this order.
FILES = (
    ("enterprise", "register/1-enterprises.xlsx"),
    ("campaign", "register/2-campaigns.xlsx"),
    ("inspection", "register/3-inspections.xlsx"),
    ("hazard", "hazards-2022.xlsx"),
    ("penalty", "register/4-penalties.xlsx"),
    ("referral", "register/5-referrals.xlsx"),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger, with its register."""
    folder = tmp_path_factory.mktemp("published")
    path = folder / "ledger.db"
    who = ["--ledger", str(path), "--as", "甲一", "--today", LAST]
    for kind, name in FILES:
        aside = ["-o", str(folder / "said.json"), "-f", "json"]
        assert run([*who, "import", "--kind", kind, str(SAMPLE / name), *aside]) == 0, name
    return path


def said(ledger: Path, line: str) -> Any:
    """The answer to a command."""
    out = ledger.with_name("told.json")
    where = ["--ledger", str(ledger), "--today", LAST, "-f", "json", "-o", str(out)]
    assert run([*where, *line.split()]) == 0, line
    return json.loads(out.read_text(encoding="utf-8"))


def told(ledger: Path, line: str) -> Any:
    """The answer to a report, whose sums agree."""
    answer = said(ledger, f"report {line}")
    if isinstance(answer, dict):
        assert all(check["ok"] for check in answer["checks"]), line
    return answer


def test_fireworks_visits_fines_and_referrals(ledger: Path) -> None:
    total = told(ledger, "enforcement --industry 烟花爆竹")["total"]
    assert (total["visits"], total["fines_fen"], total["referrals"]) == (11_325, 1_034_000_000, 26)
    beside = told(ledger, "--industry 烟花爆竹")["enforcement"]
    assert {name: total[name] for name in beside} == beside
    for figure, count in (("fines_fen", 1_034_000_000), ("visits", 11_325), ("referrals", 26)):
        field = {"fines_fen": "amount_fen", "visits": "visits"}.get(figure)
        found = told(ledger, f"enforcement --explain {figure}:烟花爆竹")
        assert sum(one[field] if field else 1 for one in found) == count


def test_teams_and_places_of_the_special_period(ledger: Path) -> None:
    line = "enforcement --campaign 国庆和二十大特护期督导检查 --since 2022-10-01"
    total = told(ledger, line)["total"]
    assert (total["teams"], total["enterprises"]) == (214, 769)


def test_more_than_ten_thousand_enterprises_since_may(ledger: Path) -> None:
    total = told(ledger, "enforcement --since 2022-05-01")["total"]
    assert total["enterprises"] > 10_000
    assert total["hazards_found"] > 30_000
    covered = told(ledger, "coverage --since 2022-05-01")["total"]
    assert covered["inspected"] > 10_000
    assert covered["registered"] == covered["inspected"] + covered["never_inspected"]


def test_more_than_thirty_thousand_hazards_put_right_since_may(ledger: Path) -> None:
    total = told(ledger, "--since 2022-05-01")["total"]
    assert total["closed"] > 30_000
    assert total["found"] == total["closed"] + total["open"]


def test_two_rounds_of_major_hazard_installations(ledger: Path) -> None:
    total = told(ledger, "--campaign 两轮危险化学品重大危险源督查检查")["total"]
    assert (total["found"], total["closed"], total["open"]) == (504, 498, 6)
    assert total["closure_rate"] == 0.9881
    still_open = told(ledger, "--campaign 两轮危险化学品重大危险源督查检查 --explain open")
    assert len(still_open) == 6


def test_seven_tailings_ponds_are_closed_for_good(ledger: Path) -> None:
    ponds = said(ledger, "enterprise list --industry 尾矿库 --retired")
    assert len(ponds) == 7
    assert all(pond["retired_on"] <= LAST for pond in ponds)
    assert said(ledger, "enterprise list --industry 尾矿库") == ponds


def test_major_hazards_of_industry_and_trade_are_cleared_day_by_day(ledger: Path) -> None:
    line = "daily --campaign 工贸重大事故隐患清零行动 --severity major --since 2022-06-01"
    days = told(ledger, line)["rows"]
    assert sum(day["found"] for day in days) == sum(day["closed"] for day in days) == 79
    assert max(day["closing"] for day in days) <= 2
    assert days[-1]["closing"] == 0
