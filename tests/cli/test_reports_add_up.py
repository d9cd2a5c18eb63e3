"""Reports of random ledgers, against a count of the test's own made from `list -f json`.

The count below is written from design.md §4 and §5. It knows the hazards only as a script knows
them: as the JSON of a list, seen on the same day.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hazardctl.domain.assigning import Order
from hazardctl.domain.names import sameness
from hazardctl.domain.words import Severity, Source
from hazardctl.ledger import writing
from hazardctl.store.counting import GROUPS
from tests.builders import FOUND, TODAY, decide, due, stamp
from tests.cli.at_a_desk import Desk
from tests.reference import Life, legal_move

Seen = dict[str, Any]
Test = Callable[[Seen], bool]

SEEDS = range(6)
REPORTS = 8  # of each ledger, each by every group
INDUSTRIES = ["fireworks", "hazchem", "hazchem-storage", "hazchem-use", "coal-mine", "other"]
ENTERPRISES = ["永兴花炮有限公司", "第二十三加油站", "Golden Dragon", "GOLDEN　DRAGON"]
DISTRICTS = ["永安镇", "沿溪镇", "沿 溪镇", None]
LEADERS = ["李局", "王局", "李 局"]
PEOPLE = ["甲", "己", "Ann", "ＡＮＮ"]
CAMPAIGNS: list[tuple[str, ...]] = [(), ("百日行动",), ("百日行动", "消防专项"), ("消防 专项",)]
TEXTS = ["通道堵塞", "Fire door LOCKED", "100% of_it!", "储存超量"]


def a_ledger(path: Path, seed: int) -> None:
    """A ledger of hazards that have lived through some legal moves."""
    draw = Random(seed)
    lives: dict[str, Life] = {}
    for _ in range(14):
        found_on = FOUND + timedelta(days=draw.randint(0, 40))
        major = draw.random() < 0.3
        leader = draw.choice(LEADERS if major else [None, *LEADERS])
        person = draw.choice([None, *PEOPLE])
        due_on = draw.choice([None, *(found_on + timedelta(days=days) for days in (0, 5, 20))])
        what = {
            "industry": draw.choice(INDUSTRIES),
            "enterprise": draw.choice(ENTERPRISES),
            "description": draw.choice(TEXTS),
            "district": draw.choice(DISTRICTS),
            "campaigns": draw.choice(CAMPAIGNS),
            "source": draw.choice([None, *Source]),
            "severity": Severity.MAJOR if major else Severity.GENERAL,
            "remark": draw.choice([None, "100%"]),
        }
        change = writing.add(
            path,
            stamp("赵六", found_on),
            what=what,
            found_on=found_on,
            order=Order(responsible_person=person, case_leader=leader),
            deadline=due(due_on) if due_on else None,
        )
        life = Life(found_on, TODAY, major=major, person=person, leader=leader)
        life.due_on = life.original_due_on = due_on
        if person and due_on:
            life.state, life.last_on = "assigned", found_on
        lives[change.number] = life
    for _ in range(110):
        number = draw.choice(sorted(lives))
        move = legal_move(draw, lives[number])
        if move is not None:
            who = stamp(move.by, move.on)
            writing.act(
                path,
                [number],
                who,
                lambda hazard, rules, move=move: decide(hazard, move, rules=rules),  # type: ignore[misc]  # mypy cannot infer a default
            )
            lives[number] = lives[number].attempt(move)[1]


# ── the count ──────────────────────────────────────────────────────────────────────────────────


def plain(name: str | None) -> str:
    """A name as names are compared: width, spaces and case do not matter."""
    return "".join(unicodedata.normalize("NFKC", name or "").casefold().split())


def is_late(seen: Seen, as_of: date) -> bool:
    return seen["state"] in ("registered", "assigned", "rectifying") and before(
        seen["due_on"], as_of
    )


def before(day: str | None, other: date) -> bool:
    return day is not None and day < other.isoformat()


def is_soon(seen: Seen, as_of: date, days: int) -> bool:
    until = as_of + timedelta(days=days + 1)
    return (
        seen["state"] in ("registered", "assigned", "rectifying")
        and not before(seen["due_on"], as_of)
        and before(seen["due_on"], until)
    )


def rate(part: int, whole: int) -> float | None:
    return None if whole == 0 else round(part / whole, 4)


def figures(hazards: Iterable[Seen], as_of: date) -> dict[str, Any]:
    """The figures of one row, one hazard at a time."""
    counted = list(hazards)
    done = [one for one in counted if one["state"] in ("submitted", "verified", "closed")]
    closed = [one for one in counted if one["state"] == "closed"]

    def punctual(due_key: str) -> float | None:
        whole = [one for one in counted if before(one[due_key], as_of + timedelta(days=1))]
        good = [
            one
            for one in whole
            if one in done and one["rectified_on"] and one["rectified_on"] <= one[due_key]
        ]
        return rate(len(good), len(whole))

    return {
        "found": len(counted),
        "found_major": sum(one["severity"] == "major" for one in counted),
        "closed": len(closed),
        "closed_major": sum(one["severity"] == "major" for one in closed),
        "closure_rate": rate(len(closed), len(counted)),
        "rectified": len(done),
        "rectification_rate": rate(len(done), len(counted)),
        "open": len(counted) - len(closed),
        "awaiting_verification": sum(one["state"] == "submitted" for one in counted),
        "awaiting_sign_off": sum(one["state"] == "verified" for one in counted),
        "due_soon": sum(is_soon(one, as_of, 10) for one in counted),
        "overdue": sum(is_late(one, as_of) for one in counted),
        "on_time_rate": punctual("due_on"),
        "on_time_rate_original": punctual("original_due_on"),
        "reopened": sum(one["reopened"] for one in counted),
    }


def keys(seen: Seen, by: str, parents: dict[str, str | None], *, top: bool) -> list[str | None]:
    """The rows in which a hazard stands."""
    match by:
        case "industry":
            return [(parents[seen["industry"]] or seen["industry"]) if top else seen["industry"]]
        case "campaign":
            return list(seen["campaigns"] or [None])
        case "leader":
            return [seen["case_leader"]]
        case "person":
            return [seen["responsible_person"]]
        case "month":
            return [seen["found_on"][:7]]
        case _:
            return [seen[by]]


def one_of(draw: Random, key: str, option: str, pool: list[str], most: int = 2) -> Any:
    """A filter by names; repeated ones mean "or"."""
    asked = draw.sample(pool, draw.randint(1, most))
    wanted = {plain(name) for name in asked}

    def test(seen: Seen) -> bool:
        values = seen[key] if isinstance(seen[key], list) else [seen[key]]
        return any(value is not None and plain(value) in wanted for value in values or [])

    return [f"{option}={name}" for name in asked], test


def some_filters(
    draw: Random, as_of: date, parents: dict[str, str | None]
) -> tuple[list[str], list[Test], list[str]]:
    """Options of a command line, what each of them lets pass, and the industries asked for."""
    day = FOUND + timedelta(days=draw.randint(0, 60))
    days = draw.choice([0, 3, 10, 100])
    text = draw.choice(["堵塞", "locked", "100%", "of_", "%", "YH-2022-0000"])
    industries = draw.sample(["hazchem", "烟花爆竹", "coal-mine", "mining", "hazchem-use"], 2)
    asked = industries[: draw.choice([1, 1, 2])]
    slugs = ["fireworks" if name == "烟花爆竹" else name for name in asked]

    def in_industry(seen: Seen) -> bool:
        return seen["industry"] in slugs or parents[seen["industry"]] in slugs

    def in_text(seen: Seen) -> bool:
        places = ("number", "description", "location", "enterprise", "measures", "remark")
        return any(text.casefold() in (seen[place] or "").casefold() for place in places)

    iso = day.isoformat()
    known: list[tuple[list[str], Test]] = [
        ([f"--industry={name}" for name in asked], in_industry),
        one_of(draw, "state", "--state", ["closed", "assigned", "submitted", "void"]),
        one_of(draw, "severity", "--severity", ["major", "general"]),
        one_of(draw, "enterprise", "--enterprise", ["golden dragon", "永兴花炮有限公司", "没有"]),
        one_of(draw, "district", "--district", ["永安镇", "沿溪镇", "没有"]),
        one_of(draw, "campaigns", "--campaign", ["百日行动", "消防专项", "日行"]),
        one_of(draw, "case_leader", "--leader", ["李局", "王局"]),
        one_of(draw, "responsible_person", "--person", ["甲", "ann", "己"]),
        one_of(draw, "source", "--source", [str(one) for one in Source], most=6),
        (["--open"], lambda seen: seen["state"] not in ("closed", "void", "transferred")),
        (["--overdue"], lambda seen: is_late(seen, as_of)),
        ([f"--due-soon={days}"], lambda seen: is_soon(seen, as_of, days)),
        ([f"--due-before={iso}"], lambda seen: before(seen["due_on"], day)),
        ([f"--since={iso}"], lambda seen: seen["found_on"] >= iso),
        ([f"--until={iso}"], lambda seen: seen["found_on"] <= iso),
        ([f"--text={text}"], in_text),
    ]
    chosen = draw.sample(range(len(known)), draw.choice([0, 1, 1, 2, 3]))
    options = [option for index in chosen for option in known[index][0]]
    return options, [known[index][1] for index in chosen], slugs if 0 in chosen else []


# ── the tests ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def parents(desk: Desk) -> dict[str, str | None]:
    """The industry above each one."""
    return {one["slug"]: one["parent"] for one in desk.does("industries -f json").json}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_is_what_a_count_of_the_list_gives(
    desk: Desk, parents: dict[str, str | None], seed: int
) -> None:
    a_ledger(desk.ledger, seed)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    draw = Random(seed)
    days = telling_days(desk)
    for _ in range(REPORTS):
        as_of = draw.choice(days)
        seen_on = f"--as-of={as_of}"
        everything = desk.does(["list", "-f", "json", seen_on]).json
        options, tests, slugs = some_filters(draw, as_of, parents)
        wanted = [one for one in everything if all(test(one) for test in tests)]
        listed = desk.does(["list", "-f", "json", seen_on, *options]).json
        assert listed == wanted, (seed, options, as_of)
        counted = [one for one in wanted if one["state"] not in ("void", "transferred")]
        for by in GROUPS:
            line = ["report", "-f", "json", "--by", by, seen_on, *options]
            compare(desk, line, counted, as_of, parents, slugs)


def telling_days(desk: Desk) -> list[date]:
    """Days on which figures turn: around a due day, ten days before it, the first and the last."""
    listed = desk.does("list -f json").json
    texts = sorted({one[key] for one in listed for key in ("due_on", "original_due_on")} - {None})
    dues = [date.fromisoformat(text) for text in texts]
    turns = [day - timedelta(days=days) for day in dues for days in (-1, 0, 1, 10, 11)]
    return [FOUND - timedelta(days=1), TODAY, TODAY, TODAY, *(day for day in turns if day < TODAY)]


def compare(
    desk: Desk,
    line: list[str],
    counted: list[Seen],
    as_of: date,
    parents: dict[str, str | None],
    slugs: list[str],
) -> None:
    """The rows, the total, the overlap and the checks of one report."""
    told = desk.does(line).json
    by, roots = told["by"], [slug for slug in slugs if parents[slug] not in slugs]
    groups: dict[str | None, list[Seen]] = {}
    for hazard in counted:
        for key in keys(hazard, by, parents, top=len(roots) != 1):
            groups.setdefault(key and sameness(key), []).append(hazard)
    expected = {key: figures(hazards, as_of) for key, hazards in groups.items()}
    rows = {
        row["key"] and sameness(row["key"]): {name: row[name] for name in figures([], as_of)}
        for row in told["rows"]
    }
    assert rows == expected, line
    assert len(told["rows"]) == len(rows)
    total = figures(counted, as_of)
    assert {name: told["total"][name] for name in total} == total, line
    assert told["overlap"] == sum(map(len, groups.values())) - len(counted)
    assert all(check["ok"] for check in told["checks"])
    assert total["found"] == total["closed"] + total["open"]


def test_what_was_found_later_is_not_there_yet(desk: Desk) -> None:
    a_ledger(desk.ledger, 1)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    for days in range(0, 41, 5):
        day = (FOUND + timedelta(days=days)).isoformat()
        listed = desk.does(f"list -f json --as-of {day}").json
        assert all(one["found_on"] <= day for one in listed)


def test_a_table_of_a_report_says_its_total(desk: Desk) -> None:
    a_ledger(desk.ledger, 2)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    told = desk.does("report -f json --by campaign").json
    table = desk.does("report --by campaign").out
    (total,) = (line for line in table.splitlines() if line.startswith("Total"))
    found, closed, still_open = (told["total"][name] for name in ("found", "closed", "open"))
    assert total.split()[1:4] == [str(found), str(closed), str(still_open)]
    assert f"{told['overlap']} counted in more than one row" in table


def test_few_open_hazards_are_listed_below_their_figures(desk: Desk) -> None:
    a_ledger(desk.ledger, 3)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    listed = json.loads(desk.does("list --open -f json --district 永安镇").out)
    table = desk.does("report --district 永安镇").out
    below = table.partition("Still open")[2]
    assert [one["number"] for one in listed if one["number"] in below] == [
        one["number"] for one in listed
    ]
