"""Writes the workbooks of `cases/` and what is expected of every file there.

`python -m tests.intake.make_cases` makes them anew; what changed is read before it is kept.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from tests.intake.odd_sheets import FROM_1904, OLD, SHEETS
from tests.intake.odd_texts import TEXTS
from tests.intake.register import odd_records
from tests.intake.telling import CASES, RECORDS, case_files, expectation, told


def city_grid(book: Any) -> None:
    """A title with 截至, days without a year, the state in 整改情况, 无隐患, 合计 and a footer."""
    sheet = book.add_worksheet("一般隐患")
    sheet.merge_range(0, 0, 0, 7, "2022年某市一般事故隐患清单（截至10月31日）")
    rows: list[list[Any]] = [
        [
            "序号",
            "单位名称",
            "隐患来源",
            "隐患描述",
            "隐患类别",
            "整改情况",
            "排查时间",
            "整改完成日期",
        ],
        [1, "永安花炮厂", "企业自查", "库房混放烟花", "储存", "已整改", "10月5日", "10月6日"],
        [2, "恒达机械", "2政府排查", "配电箱未接地", "用电", "未整改", "12月20日", "/"],
        [3, "金桥商贸", "网格检查", "无隐患", "", "", "10月8日", ""],
        [4, "湘江加油站", "节日值班", "灭火器压力不足", "消防", "整改中", "9.30", ""],
        [],
        ["合计", "", "", "4项"],
        ["填表人：张三", "", "审核人：李四", "", "填报日期：2022.11.1"],
    ]
    _rows(sheet, 2, rows)


def two_rows_of_headings(book: Any) -> None:
    """Headings in two rows, merged across and down; cells that count as days; a serial number."""
    sheet = book.add_worksheet("整改台账")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, 9, "重大隐患整改台账")
    for column, heading in ((0, "序号"), (1, "企业名称"), (2, "隐患描述"), (9, "备注")):
        sheet.merge_range(1, column, 2, column, heading)
    sheet.merge_range(1, 3, 1, 4, "监管责任")
    sheet.merge_range(1, 5, 1, 8, "整改落实")
    _rows(
        sheet,
        2,
        [["", "", "", "单位", "责任人", "排查时间", "整改期限(天)", "责任人", "是否销号"]],
        skip=True,
    )
    _rows(
        sheet,
        3,
        [
            [1, "永安花炮厂", "库房未设防护堤", "应急局", "周七", 20221005, 7, "张三", "否"],
            [2, "恒达机械", "吊装孔无护栏", "应急局", "周七", 44839, 15, "李四", "是"],
        ],
    )
    sheet.write_datetime(5, 5, date(2022, 10, 7), day)
    _rows(sheet, 5, [[3, "金桥商贸", "疏散门锁闭", "应急局", "周七"]])
    _rows(sheet, 5, [["5个工作日内", "", "是"]], left=6)


def merged_down(book: Any) -> None:
    """The unit merged down over its hazards, group rows, and the headings on every page."""
    sheet = book.add_worksheet("检查清单")
    headings = ["序号", "受检单位", "检查日期", "存在问题", "整改时限", "整改责任人", "整改状态"]
    _rows(sheet, 0, [headings, ["一、危险化学品"]])
    sheet.merge_range(2, 1, 4, 1, "湘江加油站")
    sheet.merge_range(2, 2, 4, 2, "2022-10-09")
    for row, (problem, due, state) in enumerate(
        [
            ("卸油口未设静电接地", "立行立改", "立行立改"),
            ("应急预案未备案", "10月底前", "未整改"),
            ("1.灯具不防爆；2.无可燃气体报警器", "7日内", ""),
        ],
        start=2,
    ):
        sheet.write_number(row, 0, row - 1)
        _rows(sheet, row, [[problem, due, "张三", state]], left=3)
    _rows(sheet, 5, [headings, ["二、消防"]])
    _rows(sheet, 7, [[4, "金桥商贸", "2022-10-10", "消防通道堵塞", "尽快", "李四", "未整改"]])


def exchange_form(book: Any) -> None:
    """The provincial exchange form: days as numbers of eight digits, coded words, long numbers."""
    sheet = book.add_worksheet("Sheet1")
    _rows(
        sheet,
        0,
        [
            [
                "CO_NAME",
                "TYSHXYDM",
                "隐患内容",
                "隐患来源",
                "整改类型",
                "整改情况",
                "发现日期",
                "销号日期",
                "是否重大隐患",
            ],
            [
                "永安花炮厂",
                "91430112MA4L0001XK",
                "超员超量",
                "1企业自查",
                "3停产停业整顿",
                "2已整改",
                20220901,
                20220930,
                "是",
            ],
            [
                "恒达机械",
                123456789012345678,
                "无证上岗",
                "2政府排查",
                "2限期整改",
                "1未整改",
                20220902,
                "",
                "否",
            ],
            ["金桥商贸", "", "标识缺失", "3中介检查", "1立即整改", "", 20229999, "", "较大"],
            ["金桥商贸", "", "线路老化", "3中介检查", "1立即整改", "", 60000, "", "A"],
        ],
    )


def several_sheets(book: Any) -> None:
    """A cover without a table, two months, a hidden list of words."""
    book.add_worksheet("封面").write_string(0, 0, "某县2022年隐患台账")
    for month in ("9月", "10月"):
        sheet = book.add_worksheet(f"2022年{month}")
        _rows(
            sheet,
            0,
            [
                ["单位名称", "隐患描述", "检查时间", "状态"],
                ["永安花炮厂", f"{month}检查发现的问题", f"{month}3日", "已销号"],
            ],
        )
    hidden = book.add_worksheet("字典")
    hidden.hide()
    _rows(hidden, 0, [["一般"], ["重大"]])


def _rows(
    sheet: Any, first: int, rows: Sequence[Sequence[Any]], *, left: int = 0, skip: bool = False
) -> None:
    for number, row in enumerate(rows, start=first):
        for column, cell in enumerate(row, start=left):
            if isinstance(cell, str):
                if cell or not skip:
                    sheet.write_string(number, column, cell)
            else:
                sheet.write_number(number, column, cell)


def bad_cells(path: Path) -> None:
    """A formula that was never calculated: openpyxl writes no values."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位名称", "隐患描述", "发现日期", "整改期限", "剩余天数"])
    sheet.append(["永安花炮厂", "库房混放", "2022-10-05", "=C2+7", "=D2-C2"])
    sheet.append(["恒达机械", "配电箱未接地", "2022-10-05", "2022-10-12", "=D3-C3"])
    book.save(path)


BOOKS: dict[str, Callable[[Any], None]] = {
    "city-grid": city_grid,
    "two-rows-of-headings": two_rows_of_headings,
    "merged-down": merged_down,
    "exchange-form": exchange_form,
    "several-sheets": several_sheets,
}

# How the files are read that cannot be read without being told.
OPTIONS: dict[str, dict[str, object]] = {
    "yearless-told": {"year": 2022},
    "numbered-split": {"splits": True},
    "two-claims-told": {"mapping": {"存在问题": "-"}},
    "twice-the-same-heading": {"mapping": {"备注 [E]": "-"}},
    "rectified-when-told": {"mapping": {"整改时间": "rectified_on"}},
    "school-check": {"constants": {"enterprise": "某小学", "found_on": "2022-10-28"}},
    "bare-utf-16-told": {"encoding": "utf-16-le"},
    "big5-told": {"encoding": "big5"},
}


def write_all() -> None:
    """Every file of `cases/` that is not kept as it was sent."""
    for name, write in {**BOOKS, **SHEETS, **FROM_1904, **OLD}.items():
        how = {"default_date_format": "yyyy-mm-dd", "date_1904": name in FROM_1904}
        with xlsxwriter.Workbook(CASES / f"{name}.xlsx", how) as book:
            book.set_properties({"created": datetime(2022, 11, 18)})
            write(book)
    bad_cells(CASES / "bad-cells.xlsx")
    for name in OLD:
        _anew(CASES / f"{name}.xlsx")
    for name, (encoding, text) in TEXTS.items():
        (CASES / name).write_bytes(text.encode(encoding))
    for name, (encoding, text) in odd_records.TEXTS.items():
        (RECORDS / name).write_bytes(text.encode(encoding))
    for folder, options in ((CASES, OPTIONS), (RECORDS, odd_records.OPTIONS)):
        for name, given in options.items():
            beside = folder / f"{name}.options.json"
            beside.write_text(json.dumps(given, ensure_ascii=False) + "\n", encoding="utf-8")


def _anew(path: Path) -> None:
    """The workbook in the formats that only LibreOffice writes, in its place."""
    office = shutil.which("soffice")
    for kind in ("xls", "ods") if office else ():
        command = [str(office), "--headless", "--convert-to", kind, "--outdir", str(CASES)]
        subprocess.run([*command, str(path)], check=True, capture_output=True)
        path.with_suffix(f".{kind}").replace(CASES / f"{path.stem}-{kind}.{kind}")
    path.unlink()


if __name__ == "__main__":
    write_all()
    for path in (*case_files(), *case_files(RECORDS)):
        expectation(path).write_text(told(path), encoding="utf-8")
