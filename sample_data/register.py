"""Who stands on the register of the sample ledger, also those in whom nothing was found."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from city import FIRST, LAST, WORDS, Hazard, Row, Unit, credit_code, days_after, names

REGISTER: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("register.toml").read_text(encoding="utf-8")
)
VISITED = 6_260  # of those in whom nothing was found
GONE = 20  # of those never visited: struck off during the year
CODED, ALIASED = 300, 160  # how many of them have a code, and how many of all another name
PONDS = "尾矿库"


@dataclass
class Enterprise:
    """One line of the register; `is_visited` unless it is one of the blind spots."""

    unit: Unit
    industry: str
    regulator: str
    has_hazards: bool = False
    is_visited: bool = True
    alias: str = ""
    gone: date | None = None
    remark: str = ""


def enterprises(draw: Random, every: Sequence[Hazard]) -> list[Enterprise]:
    """Every enterprise of the city: those of the hazards first, then those without any."""
    known = list(of_the_hazards(every))
    others = list(without_hazards(draw, {enterprise.unit.name for enterprise in known}))
    unseen = draw.sample(others, len(others) - VISITED)
    for at, enterprise in enumerate(unseen):
        enterprise.is_visited = False
        if at < GONE:
            enterprise.gone = days_after(FIRST, draw.randint(0, (LAST - FIRST).days))
            enterprise.remark = "已注销"
    name_otherwise(draw, known + others)
    return known + others


def of_the_hazards(every: Sequence[Hazard]) -> Iterable[Enterprise]:
    """The enterprises of the hazards; the tailings ponds were closed off with the last of them."""
    found: dict[str, list[Hazard]] = defaultdict(list)
    for hazard in every:
        found[hazard.unit.name].append(hazard)
    for hazards in found.values():
        part, unit = hazards[0].part, hazards[0].unit
        assert {hazard.part["industry"] for hazard in hazards} == {part["industry"]}, unit
        enterprise = Enterprise(unit, part["industry"], part["regulator"], has_hazards=True)
        if part["industry"] == PONDS:
            enterprise.gone = max(hazard.closed for hazard in hazards if hazard.closed)
            enterprise.remark = "已闭库销号"
        yield enterprise


def without_hazards(draw: Random, taken: set[str]) -> Iterable[Enterprise]:
    """The enterprises in whom nothing was found; their names are not yet taken."""
    workers, codes = names(draw, "unit"), count(4001)
    share = CODED / sum(other["enterprises"] for other in REGISTER["others"])
    for other in REGISTER["others"]:
        parts = [part for part in WORDS["parts"] if part["industry"] == other["industry"]]
        trades = other.get("trades") or [trade for part in parts for trade in part["trades"]]
        regulator = other.get("regulator") or parts[0]["regulator"]
        for _ in range(other["enterprises"]):
            district = draw.choice(list(WORDS["districts"]))
            while (name := draw_name(draw, district, trades)) in taken:
                pass
            taken.add(name)
            code = credit_code(next(codes)) if draw.random() < share else ""
            town = draw.choice(WORDS["districts"][district])
            unit = Unit(name, code, district, town, tuple(draw.sample(workers, 4)))
            yield Enterprise(unit, other["industry"], regulator)


def draw_name(draw: Random, district: str, trades: Sequence[str]) -> str:
    """An invented name, made as those of the hazards are."""
    mark = "".join(draw.sample(WORDS["names"]["marks"], 2))
    return f"{district[:-1]}{mark}{draw.choice(trades)}（虚构）"


def name_otherwise(draw: Random, every: Sequence[Enterprise]) -> None:
    """Give some of them the name by which they go for short; nobody else bears it."""
    short = {
        enterprise.unit.name: enterprise.unit.name[2:].replace("有限公司", "")
        for enterprise in every
        if "有限公司" in enterprise.unit.name
    }
    borne = defaultdict(list)
    for name, alias in short.items():
        borne[alias].append(name)
    single = [e for e in every if len(borne.get(short.get(e.unit.name, ""), ())) == 1]
    for enterprise in draw.sample(single, ALIASED):
        enterprise.alias = short[enterprise.unit.name]


def lines(draw: Random, every: Sequence[Enterprise]) -> list[Row]:
    """What the register says of each."""
    rows, phones = [], count(1)
    for enterprise in every:
        unit = enterprise.unit
        row: Row = {
            "企业名称": unit.name,
            "别名": enterprise.alias,
            "统一社会信用代码": unit.credit_code,
            "行业": enterprise.industry,
            "属地": unit.district,
            "主要负责人": unit.people[0],
            "监管方式": "直管" if enterprise.industry in REGISTER["direct"] else "属地",
            "备注": enterprise.remark,
        }
        if draw.random() < 0.9:
            road, number = draw.choice(REGISTER["roads"]), draw.randint(1, 399)
            row["地址"] = f"{unit.district}{unit.town}{road}{number}号"
        if draw.random() < 0.7:
            row["联系电话"] = f"0731-0000{next(phones):04d}"
        if draw.random() < 0.95 or enterprise.gone:
            row["登记日期"] = days_after(date(2005, 1, 1), draw.randint(0, 6300))
        if enterprise.gone:
            row["注销日期"] = enterprise.gone
        rows.append(row)
    return rows
