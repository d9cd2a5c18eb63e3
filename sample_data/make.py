"""Writes the sample ledger: an invented city's hazards of 2022, the same on every run."""

from __future__ import annotations

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
NAME = "隐患台账2022.xlsx"
WORDS: dict[str, Any] = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
FIRST, LAST = date(2022, 5, 1), date(2022, 11, 18)

STEPS = {"未整改": 0, "整改中": 0, "已整改": 1, "验收合格": 2, "已销号": 3}

# What is drawn, and what `prove` finds in the result before it is written.
OPEN = {"验收合格": 150, "已整改": 290, "整改中": 500, "未整改": 235}
REOPENED, CLOSED_AGAIN, CONFIRMED, LATE = 60, 31, 300, 380
ORDERED_LOOK_BACK = date(2022, 10, 6)
PROMISED = {
    "rows": 31486,
    "majors": 378,
    "已销号": 30282,
    "验收合格": 150,
    "已整改": 294,
    "整改中": 517,
    "未整改": 243,
    "两轮危险化学品重大危险源督查检查": 504,
    "两轮危险化学品重大危险源督查检查 已销号": 498,
    "尾矿库清理整治": 7,
    "尾矿库清理整治 已销号": 7,
    "国务院督查组交办隐患整改": 9,
    "国务院督查组交办隐患整改 已销号": 9,
    "reopened": 60,
}

# The days of a row, as they follow each other in it; a look-back stands before a new cycle.
SETTLED = ("采取措施", "整改完成时间", "整改人", "验收人", "验收时间", "销号时间", "销号人")
IN_ORDER = ("排查时间", "上轮销号时间", "重启时间", "整改完成时间", "验收时间", "销号时间")

Row = dict[str, str | int | date]
Draw = random.Random


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
    at_once: bool = False  # a major hazard that is settled on the day it is found
    state: str = "已销号"
    due: date | None = None
    closed: date | None = None
    row: Row = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        """Whether its part leaves it to chance who is still open."""
        return "open" not in self.part and not self.at_once


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def credit_code(number: int) -> str:
    """A code with valid check characters (GB 32100) on a place and a body that do not exist."""
    body = f"0000{number:04d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    code = f"91999999{body}{'0123456789X0'[check]}"
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(letter) * pow(3, at, 31) for at, letter in enumerate(code))
    return code + letters[-total % 31]


def names(draw: Draw, role: str) -> list[str]:
    """Every name that a role has, shuffled."""
    people = WORDS["people"]
    found = [a + b + c for a in people[role] for b in people["middle"] for c in people["last"]]
    draw.shuffle(found)
    return found


class City:
    """The offices of the city: who inspects, verifies, signs and leads in each district."""

    def __init__(self, draw: Draw) -> None:
        self.districts = list(WORDS["districts"])
        self.staff: dict[tuple[str, str], list[str]] = {}
        for role, size in {"inspector": 20, "verifier": 12, "signer": 4, "leader": 10}.items():
            pool = names(draw, role)
            for at, district in enumerate(self.districts):
                self.staff[role, district] = pool[at * size : (at + 1) * size]
        self.workers = names(draw, "unit")
        self.taken: set[str] = set()

    def units(self, draw: Draw, part: dict[str, Any]) -> list[Unit]:
        """The enterprises of one part of the ledger, no name twice in the city."""
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


def days_found(draw: Draw, part: dict[str, Any]) -> list[date]:
    """A day for each hazard of a part: more in autumn, few at weekends."""
    rounds = part.get("rounds", [[FIRST, LAST]])
    days = [
        day
        for day in (days_after(FIRST, n) for n in range((LAST - FIRST).days + 1))
        if any(since <= day <= until for since, until in rounds)
    ]
    weights = [(0.3 if d.weekday() > 4 else 1.0) * (1.3 if d.month > 8 else 1.0) for d in days]
    return draw.choices(days, weights, k=part["hazards"])


def hazards(draw: Draw, city: City, part: dict[str, Any]) -> Iterator[Hazard]:
    """The hazards of one part, each enterprise having at least one."""
    units = city.units(draw, part)
    majors = set(draw.sample(range(part["hazards"]), part["majors"]))
    said: set[tuple[str, str]] = set()
    for at, found in enumerate(days_found(draw, part)):
        unit = units[at if at < len(units) else int(len(units) * draw.random() ** 1.4)]
        hazard = Hazard(part, unit, found, at in majors)
        while (unit.name, str(describe(draw, hazard)["隐患描述"])) in said:
            pass
        said.add((unit.name, str(hazard.row["隐患描述"])))
        place_in_campaigns(draw, hazard)
        inspect(draw, city, hazard)
        yield hazard


def describe(draw: Draw, hazard: Hazard) -> Row:
    """Draw what is wrong and where; drawn again if that enterprise has the same already."""
    kind, row = WORDS["kinds"][hazard.part["kind"]], hazard.row
    numbers = {"n": draw.randint(2, 9)}
    place = draw.choice(kind["places"]).format(n=draw.randint(1, 12))
    fault, required, *item = draw.choice(kind["majors" if hazard.is_major else "faults"]).split(
        "｜"
    )
    row["隐患地点"] = f"{hazard.unit.town}{place}"
    row["隐患描述"] = fault.format(place=place, **numbers)
    row["整改要求"] = required
    if hazard.is_major:
        row["判定依据"] = [rule for since, rule in kind["rules"] if since <= hazard.found][-1]
        row["判定依据"] += item[0]
    elif draw.random() < 0.4:
        row["判定依据"] = draw.choice(kind["codes"])
    return row


def place_in_campaigns(draw: Draw, hazard: Hazard) -> None:
    named = []
    for name in (*hazard.part["campaigns"], "百日攻坚"):
        campaign = WORDS["campaigns"][name]
        majors_only = campaign.get("majors", False)
        if hazard.found >= campaign["since"] and (hazard.is_major or not majors_only):
            if draw.random() < campaign["share"]:
                named.append(name)
                hazard.at_once |= majors_only
    hazard.row["专项行动"] = "、".join(named)


def inspect(draw: Draw, city: City, hazard: Hazard) -> None:
    part, unit, row = hazard.part, hazard.unit, hazard.row
    source = part.get("source") or draw.choices(*zip(*WORDS["sources"].items(), strict=True))[0]
    if set(part["campaigns"]) & set(str(row["专项行动"]).split("、")) and "source" not in part:
        source = "专项检查"
    details = WORDS["source_details"].get(source)
    row["单位名称"], row["属地"], row["行业领域"] = unit.name, unit.district, part["industry"]
    row["统一社会信用代码"] = unit.credit_code
    row["隐患级别"] = "重大" if hazard.is_major else "一般"
    row["隐患来源"] = source
    row["来源说明"] = part.get("source_detail") or (draw.choice(details) if details else "")
    row["排查时间"] = hazard.found
    row["排查人员"] = "、".join(draw.sample(city.staff["inspector", unit.district], 2))
    row["监管单位"] = unit.district + part["regulator"]
    row["轮次"] = 1
    if len(part.get("rounds", ())) == 2:
        row["备注"] = f"第{'一' if hazard.found < date(2022, 8, 1) else '二'}轮督查"


def stay_open(draw: Draw, every: Sequence[Hazard]) -> list[Hazard]:
    """Choose who is still open, mostly those found lately, and the state of each."""
    ranked = sorted(
        every,
        key=lambda h: draw.random() ** ((LAST - h.found).days ** 1.5 / 10 + 0.2),
        reverse=True,
    )
    chosen = []
    for part in WORDS["parts"]:
        chosen += [hazard for hazard in ranked if hazard.part is part][: part.get("open", 0)]
    chosen += [h for h in ranked if h.is_free][: sum(OPEN.values()) - len(chosen)]
    states = [state for state, count in OPEN.items() for _ in range(count)]
    draw.shuffle(states)
    for hazard, state in zip(chosen, states, strict=True):
        hazard.state = state
    return [hazard for hazard in chosen if STEPS[hazard.state] == 0]


def draw_due(draw: Draw, hazard: Hazard, start: date) -> tuple[str | date, date]:
    """What stands in 整改时限, and the day that it means."""
    roll = 1.0 if hazard.is_major or "source" in hazard.part else draw.random()
    if roll < 0.14:
        return "立行立改", start
    if roll < 0.19:
        return "7天", days_after(start, 7)
    if roll < 0.29 and date(2022, 9, 15) <= start <= date(2022, 10, 21):
        return "10月底前", date(2022, 10, 31)
    spans = (10, 15, 30, 45) if hazard.is_major else (3, 5, 7, 7, 10, 10, 15, 15, 20, 30, 45)
    due = days_after(start, 3 if hazard.at_once else draw.choice(spans))
    return due, due


def assign(draw: Draw, city: City, hazard: Hazard, cell: str | date, due: date) -> None:
    row, unit = hazard.row, hazard.unit
    hazard.due = due
    row["整改时限"], row["整改责任单位"], row["整改责任人"] = cell, unit.name, unit.people[0]
    row["包案领导"] = draw.choice(city.staff["leader", unit.district])


def rectify(draw: Draw, city: City, hazard: Hazard, start: date) -> None:
    """Fill in the steps that its state has behind it, in order, none after the last day."""
    row, unit, due = hazard.row, hazard.unit, hazard.due or start
    if hazard.at_once:
        done = days_after(start, draw.choice((0, 0, 0, 1)))
        days = [done, done, done]
    else:
        if draw.random() < 0.07:
            done = days_after(due, draw.randint(1, 10))
        else:
            done = days_after(start, draw.randint(min(1, (due - start).days), (due - start).days))
        verified = days_after(done, draw.choice((0, 1, 1, 2, 3, 5)))
        days = [done, verified, days_after(verified, draw.choice((0, 0, 1, 2, 4)))]
    days = days[: STEPS[hazard.state]]
    if days[-1] > LAST:
        span = (LAST - start).days
        days = sorted(days_after(start, draw.randint(0, span)) for _ in days)
    verifiers = draw.sample(city.staff["verifier", unit.district], 2 if hazard.is_major else 1)
    row["采取措施"] = "已" + str(row["整改要求"]).removeprefix("立即")
    row["整改人"] = draw.choice(unit.people[1:])
    for heading, day in zip(("整改完成时间", "验收时间", "销号时间"), days, strict=False):
        row[heading] = day
    if len(days) > 1:
        row["验收人"] = "、".join(verifiers)
    if len(days) > 2:
        row["销号人"] = draw.choice(city.staff["signer", unit.district])
        hazard.closed = days[2]


def live(draw: Draw, city: City, every: Sequence[Hazard]) -> None:
    """Take every hazard through its first cycle, up to the last day."""
    waiting = stay_open(draw, every)
    must = [h for h in waiting if h.found < days_after(LAST, -40)]
    may = [h for h in waiting if days_after(LAST, -40) <= h.found < days_after(LAST, -11)]
    late = {id(h) for h in (*must, *draw.sample(may, LATE - len(must)))}
    for hazard in every:
        cell, due = draw_due(draw, hazard, hazard.found)
        if STEPS[hazard.state]:
            assign(draw, city, hazard, cell, due)
            rectify(draw, city, hazard, hazard.found)
        elif hazard.state == "整改中" or hazard.found < days_after(LAST, -1):
            while cell == "立行立改" or (due < LAST) != (id(hazard) in late):
                cell, due = draw_due(draw, hazard, hazard.found)
            assign(draw, city, hazard, cell, due)


def reopen(draw: Draw, city: City, every: Sequence[Hazard]) -> None:
    """Open some closed hazards again, and let about half of them be closed again."""
    ordered = next(h for h in every if "source" in h.part)
    early = [h for h in every if h.is_free and h.closed and h.closed < date(2022, 9, 20)]
    states = ["已销号"] * CLOSED_AGAIN + ["整改中"] * 17 + ["未整改"] * 8 + ["已整改"] * 4
    for hazard, state in zip((ordered, *draw.sample(early, REOPENED - 1)), states, strict=True):
        row, before = hazard.row, hazard.closed or LAST
        seen = days_after(before, draw.randint(6, 40))
        if hazard is ordered:
            seen = ORDERED_LOOK_BACK
        start = days_after(seen, draw.randint(0, 2))
        for heading in SETTLED:
            row.pop(heading, None)
        hazard.state, hazard.closed = state, None
        row["轮次"], row["上轮销号时间"], row["重启时间"] = 2, before, start
        row["回头看时间"], row["回头看结果"] = seen, draw.choice(("反弹", "反弹", "整改不到位"))
        due = days_after(start, draw.choice((3, 5, 7, 10, 15)))
        assign(draw, city, hazard, due, due)
        if STEPS[state]:
            rectify(draw, city, hazard, start)


def look_back(draw: Draw, every: Sequence[Hazard]) -> None:
    """Look at some closed hazards again and find them settled."""
    settled = [(h, h.closed) for h in every if h.closed and h.row["轮次"] == 1]
    early = [(h, day) for h, day in settled if h.is_free and day < days_after(LAST, -6)]
    for hazard, signed in draw.sample(early, CONFIRMED):
        seen = days_after(signed, draw.randint(5, 60))
        hazard.row["回头看时间"], hazard.row["回头看结果"] = min(LAST, seen), "整改到位"
    for hazard, _ in settled:
        if "source" in hazard.part:
            hazard.row["回头看时间"], hazard.row["回头看结果"] = ORDERED_LOOK_BACK, "整改到位"


def ledger() -> list[Hazard]:
    """Every hazard of the ledger, by the day it was found."""
    draw = random.Random(2022)
    city = City(draw)
    every = [hazard for part in WORDS["parts"] for hazard in hazards(draw, city, part)]
    every.sort(key=lambda hazard: hazard.found)
    live(draw, city, every)
    reopen(draw, city, every)
    look_back(draw, every)
    for at, hazard in enumerate(every, start=1):
        hazard.row["隐患编号"] = f"{WORDS['code']}-{at:05d}"
        hazard.row["整改状态"] = hazard.state
        hazard.row["是否销号"] = "是" if hazard.closed else "否"
    return every


def totals(every: Sequence[Hazard]) -> Counter[str]:
    """How many of everything that is promised."""
    found = Counter(rows=len(every))
    for hazard in every:
        found[hazard.state] += 1
        found["majors"] += hazard.is_major
        found["reopened"] += hazard.row["轮次"] == 2
        found["looked back, settled"] += hazard.row.get("回头看结果") == "整改到位"
        waiting = STEPS[hazard.state] == 0
        found["overdue"] += waiting and hazard.due is not None and hazard.due < LAST
        found["unassigned"] += hazard.due is None
        for campaign in filter(None, str(hazard.row["专项行动"]).split("、")):
            found.update([campaign, f"{campaign} {hazard.state}"])
    return found


def prove(every: Sequence[Hazard]) -> None:
    """Stop with the first promise that is not kept."""
    found = totals(every)
    assert {key: found[key] for key in PROMISED} == PROMISED, found
    said = {(h.unit.name, h.row["隐患地点"], h.row["隐患描述"]) for h in every}
    assert len(said) == len(every), "the same fault twice in one enterprise"
    for hazard in every:
        row = hazard.row
        assert set(row) <= set(WORDS["headings"]), set(row) - set(WORDS["headings"])
        days = [row[name] for name in IN_ORDER if name in row]
        assert all(isinstance(day, date) for day in days), days
        assert all(one <= two for one, two in pairwise([FIRST, *days, LAST])), row  # type: ignore[operator]
        acting = [
            str(row[name]).split("、") for name in ("整改人", "验收人", "销号人") if name in row
        ]
        assert len(set(sum(acting, []))) == len(sum(acting, [])), row
        if hazard.is_major:
            assert "包案领导" in row or hazard.due is None, row
            assert "验收人" not in row or len(acting[1]) == 2, row


def write(every: Sequence[Hazard], path: Path) -> None:
    """Write the ledger as one sheet, byte for byte the same each time."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": NAME, "created": datetime(2022, 11, 18)})
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("台账")
        for column, (heading, width) in enumerate(WORDS["headings"].items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
            for at, hazard in enumerate(every, start=1):
                match hazard.row.get(heading, ""):
                    case date() as cell:
                        sheet.write_datetime(at, column, cell, day)
                    case int() as cell:
                        sheet.write_number(at, column, cell)
                    case str() as cell if cell:
                        sheet.write_string(at, column, cell)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(every), len(WORDS["headings"]) - 1)


def main(folder: Path) -> None:
    every = ledger()
    prove(every)
    write(every, folder / NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
