"""The lines of the issue that the whole program is built for, as they stand there."""

from __future__ import annotations

from pathlib import Path

from tests.cli.at_a_desk import Desk

SAMPLE = Path(__file__).parents[2] / "sample_data"


def test_a_hazard_is_added_and_signed_off_by_four_people(desk: Desk) -> None:
    added = desk.does(
        "--as 甲 add 三号库防火卷帘失效 --industry 花炮 --enterprise 某花炮厂 --due 7d "
        "--responsible-person 乙"
    )
    assert added.out == (
        "YH-2022-00001  assigned  due 2022-10-17 (7 days left)  "
        "next: hazardctl submit YH-2022-00001 --measures …\n"
    )

    refused = desk("--as 甲 close 1")
    assert refused.code == 4
    assert refused.out == ""
    assert refused.err.endswith("Still needed: --measures, --rectified-by, --verified-by.\n")

    closed = desk.does("--as 丁 close 1 --measures 更换卷帘 --rectified-by 乙 --verified-by 丙")
    assert closed.out == (
        "YH-2022-00001  assigned → closed  "
        "next: hazardctl lookback YH-2022-00001 --result … --inspector …\n"
    )
    history = [(event["kind"], event["actor"]) for event in desk.does("log 1 -f json").json]
    assert history == [
        ("registered", "甲"),
        ("assigned", "甲"),
        ("submitted", "乙"),
        ("verified", "丙"),
        ("closed", "丁"),
    ]
    assert {one["recorded_by"] for one in desk.show("1")["events"]} == {"甲", "丁"}


def test_the_signer_is_not_a_verifier(desk: Desk) -> None:
    desk.in_state("assigned")
    desk.in_state("assigned")
    before = desk.show("2")
    refused = desk("--as 丙 close 2 --measures x --rectified-by 乙 --verified-by 丙")
    assert refused.code == 4
    assert "丙 may not sign it off" in refused.err
    assert desk.show("2") == before


def test_the_sample_ledger_reports_what_was_published(desk: Desk) -> None:
    """The figures of two campaigns of 2022, and the commands around them."""
    desk.setenv("HAZARDCTL_TODAY", "2022-11-18")
    taken = desk(["import", str(SAMPLE / "hazards-2022.xlsx"), "-f", "json"], by="甲一")
    assert taken.code == 0
    assert taken.json["rows"] == taken.json["imported"] == 31486
    assert "Fireworks" in desk.does("report --industry fireworks").out

    total = desk.does("report --campaign 两轮危险化学品重大危险源督查检查 -f json").json["total"]
    assert (total["found"], total["closed"], total["closure_rate"], total["open"]) == (
        504,
        498,
        0.9881,
        6,
    )
    late = desk.shell("hazardctl list --overdue --industry hazchem -f csv | head -3")
    assert (late.code, late.err) == (0, "")
    assert late.out.startswith("number,cycle,state,")
    assert all(",true," in line for line in late.out.splitlines()[1:])
    assert desk.does("show 17 -f json").json["number"] == "YH-2022-00017"
    assert "imported" in desk.does("log 17").out
    everything = desk.does("report -f json").json
    assert everything["total"]["found"] == 31486
    assert all(one["ok"] for one in everything["checks"])


def test_a_pipe_that_closes_early_is_no_fault(desk: Desk) -> None:
    desk.add()
    for line in ("list -f csv", "industries", "industries -f json", "log", "report", "--help"):
        done = desk.shell(f"hazardctl {line} | head -1; echo ${{PIPESTATUS[0]}}")
        assert done.out.splitlines()[-1] == "0", line
        assert done.err == "", line
