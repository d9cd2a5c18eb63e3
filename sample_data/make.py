"""Writes the sample ledger and its register, the same on every run: `make.py [folder]`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import chain, pairwise
from pathlib import Path
from random import Random

from cases import penalties, referrals
from city import FIRST, LAST, WORDS, City, Hazard, Row, hazards
from life import STEPS, live, look_back, reopen
from promises import keep
from register import REGISTER, lines
from register import enterprises as registered
from sheets import write
from visits import visits

NAME = "hazards-2022.xlsx"
PROMISED = {
    "rows": 31486,
    "enterprises": 3804,
    "majors": 378,
    "已销号": 30282,
    "验收合格": 150,
    "已整改": 294,
    "整改中": 517,
    "未整改": 243,
    "reopened": 60,
    "confirmed": 308,
    "overdue": 397,
    "两轮危险化学品重大危险源督查检查": 504,
    "两轮危险化学品重大危险源督查检查 已销号": 498,
    "尾矿库清理整治": 7,
    "尾矿库清理整治 已销号": 7,
    "国务院督查组交办隐患整改": 9,
    "国务院督查组交办隐患整改 已销号": 9,
}
# The days of a row as they follow each other, in its first cycle and in a later one.
IN_ORDER = {
    1: ("排查时间", "整改完成时间", "验收时间", "销号时间", "回头看时间"),
    2: (
        "排查时间",
        "上轮销号时间",
        "回头看时间",
        "重启时间",
        "整改完成时间",
        "验收时间",
        "销号时间",
    ),
}


def ledger() -> list[Hazard]:
    """Every hazard of the ledger, by the day it was found."""
    draw = Random(2022)
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
    """How many there are of what is promised, and of what else the README tells."""
    found = Counter(rows=len(every), enterprises=len({hazard.unit.name for hazard in every}))
    for hazard in every:
        waits = STEPS[hazard.state] == 0 and hazard.due is not None
        found[hazard.state] += 1
        found["majors"] += hazard.is_major
        found["overdue"] += waits and (hazard.due or LAST) < LAST
        found["unassigned"] += hazard.due is None
        found["reopened"] += hazard.reopened is not None
        found["confirmed"] += hazard.row.get("回头看结果") == "整改到位"
        for campaign in filter(None, str(hazard.row["专项行动"]).split("、")):
            found.update([campaign, f"{campaign} {hazard.state}"])
    return found


def prove(every: Sequence[Hazard]) -> None:
    """Stop at the first promise that is not kept."""
    found = totals(every)
    broken = {key: found[key] for key, count in PROMISED.items() if found[key] != count}
    assert not broken, broken
    said = {(h.unit.name, h.row["隐患地点"], h.row["隐患描述"], h.found) for h in every}
    assert len(said) == len(every), "two rows say the same"
    for hazard in every:
        prove_row(hazard)


def prove_row(hazard: Hazard) -> None:
    """Stop if the days of a row are out of order, or one person acts twice in it."""
    row, cycle = hazard.row, 2 if hazard.reopened else 1
    assert row.keys() <= WORDS["headings"].keys(), row
    days = [day for name in IN_ORDER[cycle] if isinstance(day := row.get(name), date)]
    assert all(one <= two for one, two in pairwise([FIRST, *days, LAST])), row
    if hazard.reopened:
        assert days[1] < days[2] <= hazard.reopened < (hazard.due or LAST), row
    acts = [str(row[name]).split("、") for name in ("整改人", "验收人", "销号人") if name in row]
    people = list(chain.from_iterable(acts))
    assert len(set(people)) == len(people), row
    if hazard.is_major:
        assert hazard.due is None or "包案领导" in row, row
        assert len(acts) < 2 or len(acts[1]) == 2, row


def register(every: Sequence[Hazard]) -> dict[str, list[Row]]:
    """The rows of the five workbooks that stand beside the ledger."""
    draw = Random(2023)
    city = registered(draw, every)
    seen, cases = visits(draw, every, city), penalties(draw, every)
    books = (
        lines(draw, city),
        REGISTER["campaigns"],
        [visit.row for visit in seen],
        [case.row for case in cases],
        referrals(draw, every, cases),
    )
    return dict(zip(REGISTER["sheets"], books, strict=True))


def main(folder: Path) -> None:
    """Make the ledger and the register up, prove them, write them."""
    every = ledger()
    prove(every)
    books = register(every)
    keep(books, every)
    write([hazard.row for hazard in every], folder / NAME, "台账", WORDS["headings"])
    (folder / "register").mkdir(exist_ok=True)
    for name, rows in books.items():
        write(rows, folder / "register" / name, **REGISTER["sheets"][name])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
