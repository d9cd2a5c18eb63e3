"""Drawing hazards for a look-back, and what the look-backs of a period found."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from hazardctl.domain.hazard import Event
from hazardctl.domain.lookbacks import FILTERS, RESULTS
from hazardctl.domain.names import sameness
from hazardctl.render.width import wide
from tests.builders import FOUND, TODAY, added, moved
from tests.cli.at_a_desk import Desk
from tests.ledgers import LEADERS, PEOPLE, a_random_ledger, described, events_of, replayed
from tests.reference import Move

RATED = ("confirmed", "not-effective", "rebound", "false-closure", "new-found")
BY = ("district", "enterprise", "leader", "verifier", "industry", "campaign", "person", "severity")


def closed_ones(desk: Desk, places: dict[str, int], *, first: str = "2022-10-01") -> None:
    """Take in closed hazards, so many of each place."""
    columns = (
        "隐患描述,单位名称,行业,属地,排查时间,整改期限,整改责任人,整改措施,整改完成时间,"
        "验收人,验收时间,销号人,销号时间,整改状态"
    )
    rows = [
        f"{place}{number}号通道堵塞,{place}某厂,烟花爆竹,{place},{first},{first},甲,已清理,{first},"
        f"丙、戊,{first},丁,{first},已销号"
        for place, count in places.items()
        for number in range(count)
    ]
    desk.file("closed.csv", "\n".join([columns, *rows]))
    done = desk("import closed.csv", by="赵六")
    assert done.code == 0, done.err


def test_a_draw_is_a_list_and_tells_how_many_of_how_many(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 25, "沿溪镇": 5})
    done = desk("lookback --draw 10% --by district --seed 7 -f json", by="甲")
    assert done.code == 0
    assert done.err == "Drawn: 4 of 30; --seed 7 draws the same again.\n"
    districts = [one["district"] for one in done.json]
    assert (districts.count("永安镇"), districts.count("沿溪镇")) == (3, 1)
    assert done.json == desk.does("report lookback --explain drawn -f json").json
    (event,) = (one for one in desk.does("log -f json").json if one["kind"] == "lookback-drawn")
    assert event["facts"] == {
        "by": "district",
        "closed_since": "2022-01-01",
        "filters": {},
        "groups": [
            {"drawn": 3, "key": "永安镇", "population": 25},
            {"drawn": 1, "key": "沿溪镇", "population": 5},
        ],
        "numbers": [one["number"] for one in done.json],
        "population": 30,
        "seed": 7,
        "share": "10%",
    }
    assert desk.does("check").code == 0
    shown = desk.does("log").out
    assert "share: 10%" in shown
    assert "{" not in shown


def test_the_same_seed_draws_the_same_until_one_is_looked_back_on(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 40})
    line = "lookback --draw 5 --seed 99 -f json"
    first, again = (desk(line, by="甲").json for _ in range(2))
    assert first == again
    number = first[0]["number"]
    desk.does(f"lookback {number} --result confirmed --inspector 丙 --on 2022-10-05", by="甲")
    after = desk(line, by="甲").json
    assert number not in [one["number"] for one in after]
    assert len(after) == 5
    assert {one["number"] for one in first[1:]} < {one["number"] for one in after}


def test_a_draw_that_is_asked_for_again_is_not_made_again(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 40})
    line = "lookback --draw 5 --request-id abc -f json"
    first, again = (desk(line, by="甲") for _ in range(2))
    assert first == again
    kinds = [one["kind"] for one in desk.does("log -f json").json]
    assert kinds.count("lookback-drawn") == 1
    other = desk(line.replace("--draw 5", "--draw 6"), by="甲")
    assert (other.code, other.error["code"]) == (4, "request-reused")


def test_only_some_are_drawn_from(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 6, "沿溪镇": 4})
    closed_ones(desk, {"高坪镇": 5}, first="2022-03-01")
    desk.in_state("verified")
    for options, expected in (
        ("", {"永安镇": 6, "沿溪镇": 4, "高坪镇": 5}),
        ("--closed-since 2022-10-01", {"永安镇": 6, "沿溪镇": 4}),
        ("--closed-since 2022-10-02", {}),
        ("--district 沿溪镇 --district 高坪镇", {"沿溪镇": 4, "高坪镇": 5}),
        ("--enterprise '永安镇 某厂'", {"永安镇": 6}),
        ("--industry hazchem", {}),
        ("--severity major", {}),
        ("--on 2022-09-30", {"高坪镇": 5}),
    ):
        found = desk(f"lookback --draw 100% {options} -f json", by="甲").json
        districts = [one["district"] for one in found]
        assert {place: districts.count(place) for place in districts} == expected, options


def test_where_there_is_nothing_to_draw_nothing_is_kept(desk: Desk) -> None:
    desk.in_state("verified")
    before = desk.kept()
    done = desk("lookback --draw 10% --seed 1 -f json", by="甲")
    assert (done.code, done.json) == (0, [])
    assert done.err.startswith("Drawn: 0 of 0")
    assert desk.kept()["ledger.db"] == before["ledger.db"]


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        ("lookback", 2, "missing-options"),
        ("lookback --seed 5", 2, "missing-options"),
        ("lookback 1 --by district --result confirmed --inspector 丙", 2, "missing-options"),
        ("lookback 1 --draw 10%", 2, "not-together"),
        ("lookback --draw 10% --result confirmed", 2, "not-together"),
        ("lookback --draw 0%", 2, "not-a-share"),
        ("lookback --draw many", 2, "not-a-share"),
        ("lookback --draw 3 --by state", 2, "not-one-of"),
        ("lookback --draw 3 --seed -1", 2, "not-a-number-of"),
        ("lookback --draw 3 --closed-since soon", 2, "unread-day"),
        ("lookback --draw 3 --on 2022-10-11", 4, "future-day"),
        ("lookback 1 --result confirmed --inspector 丙 -f xlsx -o a.xlsx", 2, "unknown-format"),
    ],
)
def test_a_draw_that_is_not_well_said_is_refused(
    desk: Desk, line: str, code: int, what: str
) -> None:
    desk.in_state("closed")
    before = desk.kept()
    asked = line if "-f " in line else f"{line} -f json"
    done = desk(asked, by="甲")
    told = done.error["code"] if "-f json" in asked else what
    assert (done.code, told) == (code, what)
    assert desk.kept() == before
    for language in ("en", "zh"):
        assert desk(f"{line} --lang {language}", by="甲").err


def test_a_draw_is_given_in_every_format_of_a_list(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 3})
    for form in ("table", "csv", "ndjson", "plain", "md", "html"):
        done = desk(f"lookback --draw 2 --seed 5 -f {form}", by="甲")
        assert (done.code, "永安镇" in done.out) == (0, True), form
    for form in ("xlsx", "docx"):
        assert desk(f"lookback --draw 2 -f {form} -o drawn.{form}", by="甲").code == 0
        assert (desk.folder / f"drawn.{form}").stat().st_size > 1000
    desk.setenv("COLUMNS", "80")
    shown = desk("--lang zh lookback --draw 2 --seed 5", by="甲")
    assert shown.err == "从 3 项中抽取 2 项；--seed 5 可再抽得同样结果。\n"


def test_the_published_sample_comes_out(desk: Desk) -> None:
    """屯溪区: 515 were to be put right, 479 were, 36 were not (domain.md §3.5)."""
    closed_ones(desk, {"屯溪区": 515})
    numbers = [one["number"] for one in desk.does("list -f json").json]
    for result, some in (("confirmed", numbers[:479]), ("not-effective", numbers[479:])):
        line = ["lookback", *some, "--result", result, "--inspector", "丙", "-f", "json"]
        assert desk(line, by="甲").code == 0
    told = desk.does("report lookback -f json").json
    (row,) = told["rows"]
    for figures in (row, told["total"]):
        assert (figures["checked"], figures["confirmed"], figures["not_effective"]) == (
            515,
            479,
            36,
        )
        assert (figures["confirmation_rate"], figures["failed_rate"]) == (0.9301, 0.0699)
    assert row["label"] == "屯溪区"
    assert all(check["ok"] for check in told["checks"])
    assert "93%" in desk.does("--lang zh report lookback").out


# ── the form against a count of the test's own ─────────────────────────────────────────────────


def looked_back(life: list[Event], since: date, until: date) -> list[tuple[date, str, int]]:
    """The look-backs of a hazard in a period: the day, the result, the cycle."""
    told, cycle = [], 1
    for event in life:
        cycle = int(str(event.changes.get("cycle", cycle)))
        if event.changes.get("lookback_result") and since <= event.on <= until:
            told.append((event.on, str(event.changes["lookback_result"]), cycle))
    return told


def a_looked_at_ledger(desk: Desk, seed: int) -> dict[str, list[Event]]:
    """A random ledger in which hazards were drawn and looked back on; the lives of its hazards."""
    a_random_ledger(desk.folder, seed, hazards=8, moves=60)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    draw = Random(f"looked {seed}")
    for _ in range(8):
        close_one(desk, draw)
    closed = [one["number"] for one in desk.does("list --state closed -f json").json]
    assert closed, seed
    for _ in range(4):
        on = TODAY - timedelta(days=draw.randint(0, 40))
        options = f"--seed {draw.randint(0, 99)} --on {on} --closed-since 2022-01-01 -f json"
        share = draw.choice(["50%", "2"])
        assert desk(f"lookback --draw {share} {options}", by="赵六").code == 0
    for number in draw.sample(closed, len(closed) // 2):
        for _ in range(draw.randint(1, 2)):
            on = TODAY - timedelta(days=draw.randint(0, 10))
            result = draw.choice(RATED)
            again = "--reopen --due 30d --note 又坏了" if draw.random() < 0.3 else ""
            line = f"lookback {number} --result {result} --inspector 癸 --on {on} {again}"
            desk(line, by="赵六")  # one out of order is refused, and so be it
    return events_of(desk.ledger)


def close_one(desk: Desk, draw: Random) -> None:
    """Add a hazard and close it, perhaps once more after it was reopened."""
    on = FOUND + timedelta(days=draw.randint(0, 40))
    number = added(desk.ledger, what=described(draw), found_on=on, leader=draw.choice(LEADERS))
    verifiers = tuple(draw.sample(["乙", "丙", "Bob", "ＢＯＢ"][: draw.choice([2, 4])], 1))
    ways = [Move("assign", "赵六", on, due=on, person=draw.choice(PEOPLE))]
    for cycle in range(draw.choice([1, 1, 2])):
        later = on + timedelta(days=cycle * 15)
        if cycle:
            ways.append(Move("reopen", "赵六", later, due=later))
        ways.append(Move("close", "丁", later, rectified_by="戊", verifiers=verifiers))
        verifiers = ("乙", "癸")
    moved(desk.ledger, number, *ways)


def record_on(lives: dict[str, list[Event]], number: str, *, cycle: int) -> dict[str, Any]:
    """Who a closed cycle of a hazard stands for: as it was when it was closed."""
    life, told, current = lives[number], [], 1
    for event in life:
        current = int(str(event.changes.get("cycle", current)))
        if current <= cycle or event.kind == "edited":
            told.append(event)
    (hazard,) = replayed({number: told}, TODAY)
    return {
        "district": hazard.district,
        "enterprise": hazard.enterprise,
        "leader": hazard.case_leader,
        "verifier": list(hazard.verified_by) or None,
        "industry": hazard.industry,
        "campaign": list(hazard.campaigns) or None,
        "person": hazard.responsible_person,
        "severity": str(hazard.severity),
        "closed_on": hazard.closed_on,
        "cycle": hazard.cycle,
        "state": hazard.state,
    }


def closed_cycle(life: list[Event], on: date) -> int:
    """The last cycle that was closed by a day."""
    cycle, last = 1, 0
    for event in life:
        cycle = int(str(event.changes.get("cycle", cycle)))
        if event.changes.get("state") == "closed" and event.on <= on:
            last = cycle
    return last


Rows = dict[str, dict[str, list[str]]]
Draws = list[tuple[date, list[str]]]
COUNTED = ("drawn", "drawn_checked", "checked", *RESULTS)


def counted(
    lives: dict[str, list[Event]], draws: Draws, since: date, until: date
) -> list[tuple[str, str, int]]:
    """Each figure that a hazard is in, for each time that it is, with the cycle it is in it for."""
    found = []
    for number, life in lives.items():
        looks = looked_back(life, since, until)
        for _on, result, cycle in looks:
            found += [(one, number, cycle) for one in ("checked", result.replace("-", "_"))]
        days = [on for on, some in draws if number in some and since <= on <= until]
        if days:
            cycle = closed_cycle(life, min(days))
            found.append(("drawn", number, cycle))
            if any(on >= min(days) for on, _, _ in looks):
                found.append(("drawn_checked", number, cycle))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_form_is_what_the_events_tell(desk: Desk, seed: int) -> None:
    lives = a_looked_at_ledger(desk, seed)
    draw = Random(f"form {seed}")
    parents = {one["slug"]: one["parent"] for one in desk.does("industries -f json").json}
    log = desk.does("log -f json").json
    drawn = [one for one in log if one["kind"] == "lookback-drawn"]
    draws = [(date.fromisoformat(one["on"]), one["facts"]["numbers"]) for one in drawn]
    assert draws
    for by in BY:
        since = TODAY - timedelta(days=draw.choice([10, 40, 300]))
        until = TODAY - timedelta(days=draw.choice([0, 0, 5]))
        rows: Rows = defaultdict(lambda: defaultdict(list))
        total: dict[str, list[str]] = defaultdict(list)
        for figure, number, cycle in counted(lives, draws, since, until):
            key = record_on(lives, number, cycle=cycle)[by]
            key = (parents[key] or key) if by == "industry" else key
            for one in key if isinstance(key, list) else [key]:
                rows[sameness(one or "")][figure].append(number)
            total[figure].append(number)
        line = f"report lookback --by {by} --since {since} --until {until} --as-of {until} -f json"
        told = desk.does(line).json
        assert all(check["ok"] for check in told["checks"]), told["checks"]
        assert {sameness(row["key"] or ""): figures_of(row) for row in told["rows"]} == {
            key: {name: len(own[name]) for name in COUNTED} for key, own in rows.items()
        }, (seed, line)
        assert figures_of(told["total"]) == {name: len(total[name]) for name in COUNTED}
        for name in COUNTED:
            behind = desk.does([*line.split(), "--explain", name]).json
            assert [one["number"] for one in behind] == sorted(total[name])
            for row in draw.sample(told["rows"], min(2, len(told["rows"]))):
                asked = [*line.split(), "--explain", f"{name}:{row['key'] or ''}"]
                assert len(desk.does(asked).json) == row[name], asked


def figures_of(row: dict[str, Any]) -> dict[str, Any]:
    """What a row counts."""
    return {name: row[name] for name in COUNTED}


def test_the_form_is_filtered_by_what_a_closed_hazard_tells(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 6, "沿溪镇": 4})
    desk("lookback --draw 100% --seed 1", by="甲")
    for options, expected in (
        ("", 10),
        ("--district 沿溪镇", 4),
        ("--industry 烟花爆竹", 10),
        ("--industry hazchem", 0),
        ("--severity general --text 通道", 10),
        ("--until 2022-10-09", 0),
        ("--since 2022-10-10", 10),
        ("--as-of 2022-10-09", 0),
    ):
        told = desk.does(f"report lookback {options} -f json").json
        assert told["total"]["drawn"] == expected, options
        assert "failed_rate" in told["total"]
    for name in ("state", "overdue", "open", "due-soon", "due-before"):
        value = {"state": " closed", "due-soon": " 3", "due-before": " 2022-01-01"}.get(name, "")
        assert desk(f"report lookback --{name}{value}").code == 2
    assert set(FILTERS) > {"since", "until"}
    assert desk("report lookback --since 2022-10-09 --until 2022-10-01").code == 2
    assert desk("report lookback --by state").code == 2


def test_a_verifier_of_two_hazards_stands_for_both_and_the_overlap_is_told(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 2})
    desk("lookback --draw 100% --seed 1", by="甲")
    told = desk.does("report lookback --by verifier -f json").json
    assert {row["key"]: row["drawn"] for row in told["rows"]} == {"丙": 2, "戊": 2}
    assert (told["total"]["drawn"], told["overlap"]) == (2, 2)
    assert "2 counted in more than one row" in desk.does("report lookback --by verifier").out


def test_a_failed_look_back_stands_for_who_verified_although_it_was_reopened(desk: Desk) -> None:
    number = desk.in_state("closed")
    desk("lookback --draw 1 --seed 1 --on 2022-10-07", by="甲")
    line = f"lookback {number} --result rebound --inspector 癸 --on 2022-10-08 --reopen --due 30d"
    assert desk(line, by="甲").code == 0
    told = desk.does("report lookback --by verifier -f csv").out
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["key"], row["drawn"], row["drawn_checked"]) == ("丙", "1", "1")
    assert (row["rebound"], row["failed_rate"]) == ("1", "1.0")
    (behind,) = desk.does("report lookback --explain rebound -f json").json
    assert (behind["number"], behind["state"], behind["cycle"]) == (number, "assigned", 2)


def test_a_look_back_that_failed_stays_counted_when_another_one_follows(desk: Desk) -> None:
    number = desk.in_state("closed")
    seen = {"checked": 0, "confirmed": 0, "rebound": 0}
    for day, result in ((7, "rebound"), (8, "confirmed"), (9, "rebound")):
        desk.does(f"lookback {number} --result {result} --inspector 癸 --on 2022-10-{day}", by="甲")
        seen["checked"] += 1
        seen[result] += 1
        told = desk.does(f"report lookback --as-of 2022-10-{day} -f json").json
        for figures in (told["total"], *told["rows"]):
            assert {name: figures[name] for name in seen} == seen
        assert all(check["ok"] for check in told["checks"])
        leaders = desk.does(f"report leaders --as-of 2022-10-{day} -f json").json
        assert leaders["total"]["failed_lookbacks"] == 1
        for figure, times in seen.items():
            line = f"report lookback --as-of 2022-10-{day} --explain {figure} -f json"
            assert [one["number"] for one in desk.does(line).json] == [number] * times
    (behind,) = desk.does("report leaders --explain failed_lookbacks -f json").json
    assert behind["number"] == number


def test_the_look_backs_of_rows_that_were_reopened_are_told_and_come_back(desk: Desk) -> None:
    desk.file(
        "again.csv",
        "隐患描述,单位名称,行业,属地,排查时间,轮次,上轮销号时间,回头看时间,回头看结果,重启时间,"
        "整改状态\n"
        "通道堵塞,甲厂,烟花爆竹,永安镇,2022-09-01,2,2022-09-05,2022-09-20,反弹,2022-09-21,未整改\n"
        "线路老化,甲厂,烟花爆竹,永安镇,2022-09-01,2,,2022-09-22,整改不到位,2022-09-22,未整改\n",
    )
    assert desk("import again.csv", by="赵六").code == 0
    figures = {"checked": 2, "rebound": 1, "not_effective": 1, "confirmed": 0}
    for folder in ("here", "there"):
        if folder == "there":
            desk.does("export -o all.csv")
            desk.setenv("HAZARDCTL_LEDGER", str(desk.folder / "other.db"))
            assert desk("import all.csv", by="赵六").code == 0
        told = desk.does("report lookback -f json").json
        assert {name: told["total"][name] for name in figures} == figures
        assert desk.does("report leaders -f json").json["total"]["failed_lookbacks"] == 2
        assert desk.does("check").code == 0
        behind = desk.does("report lookback --explain not_effective -f json").json
        assert [one["description"] for one in behind] == ["线路老化"]
    assert "上轮回头看结果：反弹" in desk.does("--lang zh log").out.replace(": ", "：")


def test_the_form_fits_eighty_columns_in_both_languages(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 6, "沿溪镇": 4})
    desk("lookback --draw 50% --by district --seed 1", by="甲")
    desk.setenv("COLUMNS", "80")
    for language, title in (("en", "Look-backs"), ("zh", "回头看情况表")):
        shown = desk.does(f"--lang {language} report lookback").out
        assert title in shown
        assert all(wide(line) <= 80 for line in shown.splitlines()), shown


def test_a_day_before_a_draw_knows_nothing_of_it(desk: Desk) -> None:
    closed_ones(desk, {"永安镇": 6})
    desk("lookback --draw 3 --seed 1 --on 2022-10-05", by="甲")
    for day, count in (("2022-10-04", 0), ("2022-10-05", 3), ("2022-10-10", 3)):
        told = desk.does(f"report lookback --as-of {day} -f json").json
        assert told["total"]["drawn"] == count
        assert (told["since"], told["until"]) == ("2022-01-01", day)
