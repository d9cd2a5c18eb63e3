"""What the law did in the sample ledger: fines and warnings, and whom the police were told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from city import LAST, WORDS, Hazard, Row, days_after
from register import REGISTER

FINES = 10_340_000  # yuan, of the family of fireworks
STEP = 1_000  # every fine is a multiple of it
LATE = 97  # days from filing to decision in the one case that took more than 90
THRICE = "《中华人民共和国安全生产法》第一百零二条"  # the same enterprise, within 180 days
WAITING = date(2022, 11, 10)  # reported, and not yet approved
OWN = ("企业自查", "单位报告")  # nobody is penalised for what he reported himself


@dataclass
class Case:
    """One penalty while it is being made up, for a hazard that was found."""

    plan: dict[str, Any]
    hazard: Hazard
    amount: int
    told: date
    decided: date
    filed: date | None = None
    paid: date | None = None
    is_numbered: bool = False  # whether the case names its hazard
    case_no: str = ""
    decision_no: str = ""
    remark: str = ""

    @property
    def is_fireworks(self) -> bool:
        """Whether it belongs to the family of fireworks."""
        return self.hazard.part["industry"] in REGISTER["fireworks"]

    @property
    def row(self) -> Row:
        """What the list of penalties says of it."""
        hazard, row = self.hazard, where(self.hazard)
        row |= {
            "当事人": hazard.unit.people[0] if self.plan.get("head") else "",
            "隐患编号": hazard.row["隐患编号"] if self.is_numbered else "",
            "案号": self.case_no,
            "告知日期": self.told,
            "决定书文号": self.decision_no,
            "决定日期": self.decided,
            "处罚种类": self.plan["kinds"],
            "处罚依据": self.plan["basis"],
            "当场处罚": "是" if self.plan.get("at_once") else "否",
            "处罚机关": hazard.unit.district + hazard.part["regulator"],
            "备注": self.remark,
        }
        if self.amount:
            row["罚款金额(元)"] = self.amount
        for heading, day in {"立案日期": self.filed, "缴款日期": self.paid}.items():
            if day:
                row[heading] = day
        return row


def where(hazard: Hazard) -> Row:
    """Whom and what it is about."""
    return {
        "单位名称": hazard.unit.name,
        "行业": hazard.part["industry"],
        "属地": hazard.unit.district,
        "专项行动": str(hazard.row["专项行动"]).split("、")[0],
    }


def penalties(draw: Random, every: Sequence[Hazard]) -> list[Case]:
    """Every penalty, by the day it was decided; only one enterprise was penalised three times."""
    found = [hazard for hazard in every if hazard.row["隐患来源"] not in OWN]
    cases = list(thrice(draw, found))
    met = Counter(case.hazard.unit.name for case in cases)
    for plan in REGISTER["penalties"]:
        may = [h for h in found if h.part["industry"] in plan["of"] and may_be_decided(plan, h)]
        draw.shuffle(may)
        wanted = plan["count"]
        for hazard in may:
            if wanted and met[hazard.unit.name] < 2:
                wanted -= 1
                met[hazard.unit.name] += 1
                cases.append(decide(draw, plan, hazard))
        assert not wanted, plan
    late = next(case for case in cases[3:] if case.filed and case.filed < days_after(LAST, -LATE))
    late.decided = days_after(late.filed or LAST, LATE)
    late.told, late.paid = days_after(late.decided, -9), days_after(late.decided, 12)
    late.paid, late.remark = min(late.paid, LAST), "办案期限超过九十日"
    fit(draw, [case for case in cases if case.is_fireworks and case.amount])
    cases.sort(key=lambda case: (case.decided, case.hazard.row["隐患编号"]))
    number(cases)
    return cases


def may_be_decided(plan: dict[str, Any], hazard: Hazard) -> bool:
    """Whether there is time for the decision up to the last day."""
    return hazard.found <= days_after(LAST, 0 if plan.get("at_once") else -58)


def thrice(draw: Random, found: Sequence[Hazard]) -> Iterator[Case]:
    """Three penalties within 180 days of one enterprise that has a major hazard."""
    plan = next(plan for plan in REGISTER["penalties"] if plan["basis"] == THRICE)
    early = [h for h in found if h.part["industry"] in plan["of"] and may_be_decided(plan, h)]
    major = next(hazard for hazard in early if hazard.is_major and met(early, hazard) > 2)
    others = [h for h in early if h.unit is major.unit and h.found != major.found]
    for hazard in (major, *others[:2]):
        yield decide(draw, plan, hazard)


def met(every: Sequence[Hazard], hazard: Hazard) -> int:
    """On how many days something was found in the same enterprise."""
    return len({other.found for other in every if other.unit is hazard.unit})


def decide(draw: Random, plan: dict[str, Any], hazard: Hazard) -> Case:
    """Draw what it costs and on which days it was filed, told, decided and paid."""
    amount, found = 0, hazard.found
    if "least" in plan:
        amount = STEP * draw.randint(plan["least"] // STEP, plan["most"] // STEP)
    is_numbered = draw.random() < 0.55
    if plan.get("at_once"):
        paid = found if amount else None
        return Case(plan, hazard, amount, found, found, paid=paid, is_numbered=is_numbered)
    filed = days_after(found, draw.randint(0, 4))
    told = days_after(filed, draw.randint(7, 30))
    decided = days_after(told, draw.randint(6, 22))
    paid = days_after(decided, draw.randint(0, 15))
    is_paid = paid <= LAST and draw.random() < 0.97
    case = Case(plan, hazard, amount, told, decided, filed, is_numbered=is_numbered)
    case.paid = paid if is_paid else None
    return case


def fit(draw: Random, cases: Sequence[Case]) -> None:
    """Move the fines within their limits until they make the sum."""
    for case in draw.sample(cases, len(cases)):
        missing = FINES - sum(case.amount for case in cases)
        case.amount = min(max(case.amount + missing, case.plan["least"]), case.plan["most"])


def number(cases: Sequence[Case]) -> None:
    """Number the documents of each authority in the order of their days."""
    filed, decided = Counter[str](), Counter[str]()
    for case in cases:
        district, regulator = case.hazard.unit.district, case.hazard.part["regulator"]
        authority = f"（{district[:-1]}）{REGISTER['marks'][regulator]}"
        word = "当罚" if case.plan.get("at_once") else "罚"
        decided[authority + word] += 1
        case.decision_no = f"{authority}{word}〔2022〕{decided[authority + word]}号"
        if case.filed:
            filed[authority] += 1
            case.case_no = f"{authority}立〔2022〕{filed[authority]}号"


def referrals(draw: Random, every: Sequence[Hazard], cases: Sequence[Case]) -> list[Row]:
    """Every proposal to tell the police, by the day it was reported."""
    rows: list[Row] = []
    taken: set[str] = set()
    for plan in REGISTER["referrals"]:
        for _ in range(plan["count"]):
            may = [c for c in cases if c.hazard.part["industry"] in plan["of"] and c.filed]
            may = [c for c in may if c.hazard.unit.name not in taken]
            may = [c for c in may if c.decided < days_after(LAST, -8)]
            majors = [h for h in every if h.is_major and h.part["industry"] in plan["of"]]
            majors = [h for h in majors if h.unit.name not in taken]
            majors = [h for h in majors if h.found < days_after(LAST, -30)]
            case = draw.choice(may) if plan.get("penalised") else None
            hazard = case.hazard if case else draw.choice(majors)
            taken.add(hazard.unit.name)
            rows.append(refer(draw, plan, hazard, case))
    hold_up(rows)
    return sorted(rows, key=lambda row: (str(row["报告日期"]), row["单位名称"]))


def refer(draw: Random, plan: dict[str, Any], hazard: Hazard, case: Case | None) -> Row:
    """Draw the days: the head decides within 3 days, and the police have it a day later."""
    since = case.decided if case else hazard.found
    reported = days_after(since, draw.randint(1, 12))
    while reported > days_after(LAST, -5):
        reported = days_after(reported, -1)
    approved = days_after(reported, draw.randint(0, 3))
    sent = days_after(approved, draw.randint(0, 1))
    answered = days_after(sent, draw.randint(1, 3))
    row = where(hazard) | {
        "涉嫌罪名": plan["charge"],
        "决定书文号": case.decision_no if case else "",
        "报告日期": reported,
        "批准日期": approved,
        "移送日期": sent,
        "移送人数": draw.choice((1, 1, 1, 2, 2, 3)),
        "公安机关": police(hazard.unit.district),
        "受理日期": sent,
        "备注": plan.get("remark", ""),
    }
    if answered <= LAST:
        row["不立案日期" if draw.random() < 0.08 else "立案日期"] = answered
    return row


def police(district: str) -> str:
    """The police of a district."""
    if district.endswith("区"):
        return f"{WORDS['city']}公安局{district[:-1]}分局"
    return f"{district}公安局"


def hold_up(rows: Sequence[Row]) -> None:
    """Two of the proposals were never sent: one still waits, one was not approved."""
    rest = ("批准日期", "移送日期", "移送人数", "公安机关", "受理日期", "立案日期", "不立案日期")
    waiting, refused = [row for row in rows if row["行业"] == "烟花爆竹生产"][:2]
    for row in (waiting, refused):
        for heading in rest:
            row.pop(heading, None)
    waiting["报告日期"], waiting["备注"] = WAITING, "待主要负责人审批"
    reported = refused["报告日期"]
    assert isinstance(reported, date), refused
    refused["不批准日期"], refused["备注"] = days_after(reported, 2), "证据不足，继续调查"
