"""The invented city of the sample ledger: its enterprises, its people, and what is found there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
FIRST, LAST = date(2022, 5, 1), date(2022, 11, 18)

Row = dict[str, str | int | date]


@dataclass(frozen=True)
class Unit:
    """An invented enterprise, with the people who answer for it: the first is its head."""

    name: str
    credit_code: str
    district: str
    town: str
    people: tuple[str, ...]


@dataclass
class Hazard:
    """One hazard while it is being made up; `row` is what the ledger will say of it."""

    part: dict[str, Any]
    unit: Unit
    found: date
    is_major: bool
    at_once: bool = False  # a major hazard that is settled on the day it is found or the next
    state: str = "已销号"
    due: date | None = None
    reopened: date | None = None
    closed: date | None = None
    row: Row = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        """Whether its part leaves it to chance who is still open."""
        return "open" not in self.part and not self.at_once


def days_after(day: date, days: int) -> date:
    """The day so many days later, or earlier."""
    return day + timedelta(days=days)


def credit_code(number: int) -> str:
    """A code with valid check characters (GB 32100) on a place and a body that do not exist."""
    body = f"0000{number:04d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = -sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    code = f"91999999{body}{'0123456789X'[check]}"
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(letter) * pow(3, at, 31) for at, letter in enumerate(code))
    return code + letters[-total % 31]


def names(draw: Random, role: str) -> list[str]:
    """Every name that a role has, shuffled."""
    people = WORDS["people"]
    found = [a + b + c for a in people[role] for b in people["middle"] for c in people["last"]]
    draw.shuffle(found)
    return found


class City:
    """Who inspects, verifies, signs and leads in each district, and who has an enterprise."""

    def __init__(self, draw: Random) -> None:
        self.districts = list(WORDS["districts"])
        self.staff: dict[tuple[str, str], list[str]] = {}
        for role, size in {"inspector": 20, "verifier": 12, "signer": 4, "leader": 10}.items():
            pool = names(draw, role)
            for at, district in enumerate(self.districts):
                self.staff[role, district] = pool[at * size : (at + 1) * size]
        self.workers = names(draw, "unit")
        self.taken: set[str] = set()

    def units(self, draw: Random, part: dict[str, Any]) -> list[Unit]:
        """The enterprises of one part of the ledger; no name is used twice in the city."""
        found: list[Unit] = []
        while len(found) < part["enterprises"]:
            district = draw.choice(self.districts)
            mark = "".join(draw.sample(WORDS["names"]["marks"], 2))
            name = f"{district[:-1]}{mark}{draw.choice(part['trades'])}（虚构）"
            if name not in self.taken:
                self.taken.add(name)
                code = credit_code(len(self.taken)) if draw.random() < 0.12 else ""
                people = tuple(draw.sample(self.workers, 4))
                town = draw.choice(WORDS["districts"][district])
                found.append(Unit(name, code, district, town, people))
        return found


def hazards(draw: Random, city: City, part: dict[str, Any]) -> Iterator[Hazard]:
    """The hazards of one part; each enterprise has at least one, and none the same twice."""
    units = city.units(draw, part)
    majors = set(draw.sample(range(part["hazards"]), part["majors"]))
    said: set[tuple[str, str]] = set()
    for at, found in enumerate(days_found(draw, part)):
        unit = units[at if at < len(units) else int(len(units) * draw.random() ** 1.4)]
        hazard = Hazard(part, unit, found, at in majors)
        while (unit.name, describe(draw, hazard)) in said:
            pass
        said.add((unit.name, str(hazard.row["隐患描述"])))
        join_campaigns(draw, hazard)
        record(draw, city, hazard)
        yield hazard


def days_found(draw: Random, part: dict[str, Any]) -> list[date]:
    """A day for each hazard of a part: more in autumn, few at weekends."""
    rounds = part.get("rounds", [[FIRST, LAST]])
    every = (days_after(FIRST, days) for days in range((LAST - FIRST).days + 1))
    days = [day for day in every if any(since <= day <= until for since, until in rounds)]
    weights = [(0.3 if d.weekday() > 4 else 1.0) * (1.3 if d.month > 8 else 1.0) for d in days]
    return draw.choices(days, weights, k=part["hazards"])


def describe(draw: Random, hazard: Hazard) -> str:
    """Draw what is wrong and where, and by which rule; the answer is the description."""
    kind, row = WORDS["kinds"][hazard.part["kind"]], hazard.row
    chosen = draw.choice(kind["majors" if hazard.is_major else "faults"])
    places, fault, required, *item = chosen.split("｜")
    place = f"{draw.randint(1, 9)}号{draw.choice(places.split('/'))}"
    row["隐患地点"] = hazard.unit.town + place
    description = f"{place}{fault.format(n=draw.randint(2, 9))}"
    row["隐患描述"] = description
    row["整改要求"] = required
    if hazard.is_major:
        rule = [name for since, name in kind["rules"] if since <= hazard.found][-1]
        row["判定依据"] = rule + item[0]
    elif draw.random() < 0.4:
        row["判定依据"] = draw.choice(kind["codes"])
    return description


def join_campaigns(draw: Random, hazard: Hazard) -> None:
    """Draw the campaigns in which it was found."""
    joined = []
    for name in (*hazard.part["campaigns"], "百日攻坚"):
        campaign = WORDS["campaigns"][name]
        for_majors = campaign.get("majors", False)
        may_join = hazard.found >= campaign["since"] and (hazard.is_major or not for_majors)
        if may_join and draw.random() < campaign["share"]:
            joined.append(name)
            hazard.at_once |= for_majors
    hazard.row["专项行动"] = "、".join(joined)


def record(draw: Random, city: City, hazard: Hazard) -> None:
    """Fill in where it is, who found it and how it came to be known."""
    part, unit, row = hazard.part, hazard.unit, hazard.row
    source = part.get("source") or draw.choices(*zip(*WORDS["sources"].items(), strict=True))[0]
    if any(name in str(row["专项行动"]) for name in part["campaigns"]):
        source = part.get("source", "专项检查")
    details = WORDS["source_details"].get(source, [""])
    row["单位名称"], row["属地"], row["行业领域"] = unit.name, unit.district, part["industry"]
    row["统一社会信用代码"] = unit.credit_code
    row["隐患级别"] = "重大" if hazard.is_major else "一般"
    row["隐患来源"], row["来源说明"] = source, part.get("source_detail", draw.choice(details))
    row["排查时间"] = hazard.found
    row["排查人员"] = "、".join(draw.sample(city.staff["inspector", unit.district], 2))
    row["监管单位"] = unit.district + part["regulator"]
    row["轮次"] = 1
    if len(part.get("rounds", ())) == 2:
        row["备注"] = f"第{'一' if hazard.found < date(2022, 8, 1) else '二'}轮督查"
