"""The sample ledger is what its script writes, and holds the numbers that it promises."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from hazardctl.data import industries
from hazardctl.data.script import simplified
from hazardctl.domain.industry import Taxonomy

FOLDER = Path(__file__).parents[2] / "sample_data"
NAME = "hazards-2022.xlsx"

Cells = list[list[object]]


def cells(path: Path) -> Cells:
    book = CalamineWorkbook.from_path(str(path))
    assert len(book.sheet_names) == 1
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


@cache
def rows() -> list[dict[str, object]]:
    headings, *rest = cells(FOLDER / NAME)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rest]


def in_campaign(name: str) -> Iterator[dict[str, object]]:
    return (row for row in rows() if name in str(row["专项行动"]).split("、"))


def states(name: str) -> Counter[bool]:
    return Counter(row["是否销号"] == "是" for row in in_campaign(name))


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "make.py", tmp_path], check=True)
    assert cells(tmp_path / NAME) == cells(FOLDER / NAME)
    register = sorted((FOLDER / "register").iterdir())
    assert [path.name for path in register] == sorted(p.name for p in tmp_path.glob("*/*"))
    for path in register:
        assert cells(tmp_path / "register" / path.name) == cells(path), path.name


def test_the_published_totals_are_there() -> None:
    assert states("两轮危险化学品重大危险源督查检查") == {True: 498, False: 6}
    assert states("尾矿库清理整治") == {True: 7}
    assert len({row["单位名称"] for row in in_campaign("尾矿库清理整治")}) == 7


def test_the_invented_totals_are_there() -> None:
    found = Counter(str(row["整改状态"]) for row in rows())
    assert len(rows()) == found.total() == 31486
    assert found == {"已销号": 30282, "验收合格": 150, "已整改": 294, "整改中": 517, "未整改": 243}
    assert sum(row["隐患级别"] == "重大" for row in rows()) == 378
    assert sum(row["轮次"] == 2 for row in rows()) == 60
    assert all((row["整改状态"] == "已销号") == bool(row["销号时间"]) for row in rows())


def test_what_the_superior_ordered_is_closed_and_looked_back_on() -> None:
    ordered = list(in_campaign("国务院督查组交办隐患整改"))
    assert {(row["隐患来源"], row["来源说明"]) for row in ordered} == {("上级交办", "国务院督查组")}
    assert Counter(row["轮次"] for row in ordered) == {1: 8, 2: 1}
    assert all(row["是否销号"] == "是" and row["回头看时间"] for row in ordered)


def test_every_row_has_its_own_number_and_fault() -> None:
    assert len({row["隐患编号"] for row in rows()}) == len(rows())
    assert len({(row["单位名称"], row["隐患描述"]) for row in rows()}) == len(rows())


def test_rows_stand_in_the_order_in_which_hazards_were_found() -> None:
    days = [row["排查时间"] for row in rows()]
    assert all(isinstance(day, date) for day in days)
    assert [str(day) for day in days] == sorted(str(day) for day in days)


def test_every_industry_is_one_of_the_taxonomy() -> None:
    taxonomy = Taxonomy(industries(), simplified)
    assert {text for row in rows() if not taxonomy.find(text := str(row["行业领域"]))} == set()


def test_every_enterprise_says_that_it_is_invented() -> None:
    assert all(str(row["单位名称"]).endswith("（虚构）") for row in rows())


def test_the_readme_tells_these_numbers() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for campaign in {name for row in rows() for name in str(row["专项行动"]).split("、") if name}:
        found = states(campaign)
        line = next(line for line in text.splitlines() if line.startswith(f"| {campaign} | "))
        assert f"| {found.total():,} |" in line
    for state, count in Counter(str(row["整改状态"]) for row in rows()).items():
        assert f"| {state} | {count:,} |" in text
