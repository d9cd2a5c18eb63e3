"""When and by whom the enterprises of the sample ledger were visited, whatever was found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from city import FIRST, LAST, WORDS, Hazard, Row, days_after
from register import REGISTER, Enterprise

FIREWORKS = 11_325  # visits, a sweep through the shops of a town counts each of them
TEAMS, TARGETS, PLACES = 214, 769, 64  # of the special period; the places are scenic spots
EXPERTS = 6  # of the teams; the others are those of the districts, as many in each
SPECIAL, PROVINCIAL = "国庆和二十大特护期督导检查", "重点行业领域潜在风险隐患排查行动"
SPECIAL_DAYS = date(2022, 10, 1), date(2022, 10, 31)
REFUSED = "当事人拒绝签字，由两名执法人员注明"


@dataclass
class Visit:
    """One visit while it is being made up, to an enterprise or, without one, to a place."""

    day: date
    unit: str
    industry: str
    district: str
    team: str
    kind: str
    campaign: str = ""
    site: str = ""
    visits: int = 1
    found: int = 0
    people: int = 2
    remark: str = ""
    is_refused: bool = False

    @property
    def row(self) -> Row:
        """What the list of inspections says of it; nobody signs for a covert one."""
        signed = "拒绝签字" if self.is_refused else "" if self.kind == "暗访" else "已签字"
        return {
            "检查日期": self.day,
            "检查方式": self.kind,
            "检查组": self.team,
            "检查人次": self.people,
            "专项行动": self.campaign,
            "受检单位": self.unit,
            "检查场所": self.site,
            "行业": self.industry,
            "属地": self.district,
            "检查家次": self.visits,
            "发现隐患数": self.found,
            "签字情况": signed,
            "备注": self.remark,
        }


def visits(draw: Random, every: Sequence[Hazard], city: Sequence[Enterprise]) -> list[Visit]:
    """Every visit, by its day."""
    found = [*with_hazards(draw, every), *without_hazards(draw, city), *sweeps(draw)]
    families = REGISTER["fireworks"]
    done = sum(visit.visits for visit in found if visit.industry in families)
    found += again(draw, [v for v in found if v.industry in families and v.unit], FIREWORKS - done)
    found += special_period(draw, found)
    for visit in draw.sample([v for v in found if v.found and v.kind == "执法检查"], 40):
        visit.is_refused, visit.remark = True, REFUSED
    return sorted(found, key=lambda visit: (visit.day, visit.district, visit.unit, visit.site))


def with_hazards(draw: Random, every: Sequence[Hazard]) -> Iterator[Visit]:
    """One visit for each day on which hazards were found in an enterprise."""
    together: dict[tuple[str, date], list[Hazard]] = defaultdict(list)
    for hazard in every:
        together[hazard.unit.name, hazard.found].append(hazard)
    for (name, day), hazards in together.items():
        part, unit, row = hazards[0].part, hazards[0].unit, hazards[0].row
        joined = {text for hazard in hazards for text in str(hazard.row["专项行动"]).split("、")}
        known = [campaign["专项行动名称"] for campaign in REGISTER["campaigns"]]
        campaign = next((name for name in known if name in joined), "")
        source, detail = str(row["隐患来源"]), str(row["来源说明"])
        team = f"{unit.district}{part['regulator']}第{draw.randint(1, 4)}检查组"
        people = {name for hazard in hazards for name in str(hazard.row["排查人员"]).split("、")}
        kind = "督查" if "督查" in campaign else draw.choice(REGISTER["ways"][source])
        visit = Visit(day, name, part["industry"], unit.district, team, kind, campaign)
        visit.found, visit.people = len(hazards), len(people)
        if detail.endswith(("组", "机构", "安委会")):
            visit.team = detail
        if source in ("企业自查", "单位报告"):
            visit.remark = "核查企业上报的隐患"
        if source == "上级交办" and not campaign and day.month == 10:
            visit.campaign = PROVINCIAL
        yield visit


def without_hazards(draw: Random, city: Sequence[Enterprise]) -> Iterator[Visit]:
    """One visit to each enterprise in which nothing was found, but for the blind spots."""
    spotless = {part["industry"]: part for part in WORDS["parts"] if not is_whole(part)}
    for enterprise in city:
        if not enterprise.is_visited or enterprise.has_hazards:
            continue
        unit, day = enterprise.unit, draw_day(draw, FIRST)
        team = f"{unit.district}{enterprise.regulator}第{draw.randint(1, 4)}检查组"
        visit = Visit(day, unit.name, enterprise.industry, unit.district, team, "")
        own = spotless.get(enterprise.industry, {}).get("campaigns", [])
        for name in (*own[:1], "百日攻坚"):
            campaign = WORDS["campaigns"][name]
            if not visit.campaign and day >= campaign["since"]:
                visit.campaign = name if draw.random() < campaign["share"] else ""
        if not visit.campaign and day.month == 10 and draw.random() < 0.5:
            visit.campaign = PROVINCIAL
        source = "专项检查" if visit.campaign else ""
        visit.kind, visit.people = draw.choice(REGISTER["ways"][source]), draw.choice((2, 2, 3))
        yield visit


def is_whole(part: dict[str, Any]) -> bool:
    """Whether a part stands wholly under a campaign that has no other enterprises."""
    return any(WORDS["campaigns"][name]["share"] == 1 for name in part["campaigns"][:1])


def sweeps(draw: Random) -> Iterator[Visit]:
    """Each month a team goes through the fireworks shops of each town."""
    for month in range(6, 11):
        for district, towns in WORDS["districts"].items():
            for town in towns:
                day, team = date(2022, month, draw.randint(1, 28)), f"{district}烟花爆竹联合检查组"
                visit = Visit(day, "", "烟花爆竹零售", district, team, "联合")
                visit.site, visit.campaign = f"{town}烟花爆竹零售点（虚构）", "烟花爆竹行业专项整治"
                visit.visits, visit.people = draw.randint(13, 29), draw.randint(4, 8)
                yield visit


def again(draw: Random, before: Sequence[Visit], number: int) -> Iterator[Visit]:
    """So many later visits to the same enterprises; nothing was found in them."""
    days = {(visit.unit, visit.day) for visit in before}
    for visit in draw.sample([v for v in before if v.day < days_after(LAST, -10)], number):
        day = visit.day
        while (visit.unit, day) in days:
            day = draw_day(draw, days_after(visit.day, 3))
        days.add((visit.unit, day))
        kind = draw.choice(("回头看", "回头看", "日常", "执法检查")) if visit.found else "日常"
        yield Visit(day, visit.unit, visit.industry, visit.district, visit.team, kind)


def draw_day(draw: Random, since: date) -> date:
    """A day from then on, seldom one of a weekend."""
    while True:
        day = days_after(since, draw.randint(0, (LAST - since).days))
        if day.weekday() < 5 or draw.random() < 0.3:
            return day


def special_period(draw: Random, found: Sequence[Visit]) -> list[Visit]:
    """Put visits of the special period under its teams; the answer is those to scenic spots."""
    districts = list(WORDS["districts"])
    each = (TEAMS - EXPERTS) // len(districts)
    teams = [(d, f"{d}第{n}工作组") for d in districts for n in range(1, each + 1)]
    teams += [("", f"市专家第{number}工作组") for number in range(1, EXPERTS + 1)]
    larger = set(draw.sample(range(TEAMS), TARGETS % TEAMS))
    sizes = [TARGETS // TEAMS + (at in larger) for at in range(TEAMS)]
    since, until = SPECIAL_DAYS
    others = ("回头看", "督查", "第三方")  # these have a team of their own
    free = [v for v in found if v.unit and since <= v.day <= until and v.kind not in others]
    draw.shuffle(free)
    spots, taken = list(scenic_spots(draw, districts)), set[str]()
    for district in (*districts, ""):
        own = [(team, size) for (d, team), size in zip(teams, sizes, strict=True) if d == district]
        needed = sum(size for _, size in own)
        pool = [visit for visit in spots if visit.district == district]
        for visit in free:
            if len(pool) < needed and district in ("", visit.district) and visit.unit not in taken:
                taken.add(visit.unit)
                pool.append(visit)
        draw.shuffle(pool)
        dealt = (team for team, size in own for _ in range(size))
        for visit, team in zip(pool, dealt, strict=True):
            visit.team, visit.campaign, visit.people = team, SPECIAL, draw.randint(3, 6)
            visit.kind = draw.choice(("督查", "督查", "暗访")) if district else "专家检查"
            visit.remark = ""
    return spots


def scenic_spots(draw: Random, districts: Sequence[str]) -> Iterator[Visit]:
    """Visits to scenic spots, in each district the same number."""
    for district in districts:
        towns, words = WORDS["districts"][district], REGISTER["scenic"]
        for at in range(PLACES // len(districts)):
            name = f"{towns[at % len(towns)][:2]}{WORDS['names']['marks'][at]}"
            since, until = SPECIAL_DAYS
            day = days_after(since, draw.randint(0, (until - since).days))
            visit = Visit(day, "", "景区", district, "", "督查")
            visit.site = f"{district[:-1]}{name}{words[at % len(words)]}（虚构）"
            yield visit
