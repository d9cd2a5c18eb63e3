"""Workbooks as offices send them: titles, groups, footers, merged cells, many sheets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests.intake.filling import fill


def deep_header(book: Any) -> None:
    """A page of instructions first: the headings stand in row 30, the last that is searched."""
    sheet = book.add_worksheet("附件2")
    fill(book, sheet, [["附件2"], ["安委办〔2021〕15号"], ["隐患排查台账（截至2022年10月31日）"]])
    notes = [[f"说明{number}：按要求逐项填写，不得漏报。"] for number in range(1, 26)]
    fill(book, sheet, notes, down=3)
    rows: list[list[Any]] = [
        ["序号", "企业名称", "问题描述", "发现日期", "整改期限"],
        [1, "永安花炮厂", "库房混放烟花", "10月5日", "10月底前"],
        [2, "恒达机械", "配电箱未接地", "12月20日", "立行立改"],
    ]
    fill(book, sheet, rows, down=29)


def too_deep_header(book: Any) -> None:
    """The headings stand in row 31."""
    sheet = book.add_worksheet("附件2")
    fill(book, sheet, [["企业名称", "问题描述", "发现日期"], ["甲厂", "乙", "2022-10-05"]], down=30)


def year_of_the_sheet(book: Any) -> None:
    """The year stands in the name of the sheet alone, and each sheet has its own."""
    headings = ["单位名称", "隐患描述", "检查时间", "整改时限"]
    for name, day, due in (("2021年12月", "12月3日", "12月下旬"), ("2022年9月", "9月3日", "9.30")):
        fill(book, book.add_worksheet(name), [headings, ["永安花炮厂", name, day, due]])


def yearless(book: Any) -> None:
    """No year anywhere."""
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", "整改时限"],
        ["永安花炮厂", "库房混放烟花", "10月5日", "10月底前"],
        ["恒达机械", "配电箱未接地", "2022-10-06", "10/20"],
        ["金桥商贸", "疏散门锁闭", "2022-10-06", "7天"],
        ["湘江加油站", "灭火器失效", "2022-10-06", "国庆前"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def groups_and_footers(book: Any) -> None:
    """Groups, pages, subtotals and signatures: what is no record stands between the records."""
    sheet = book.add_worksheet("清单")
    headings = ["序号", "受检单位", "存在问题", "检查时间", "整改责任人", "备注"]
    title = ["2022年10月隐患清单"]
    rows: list[list[Any]] = [
        title,
        ["填报单位：某县应急管理局", "", "", "", "填报日期：2022年11月1日"],
        headings,
        ["一、烟花爆竹"],
        [1, "永安花炮厂", "库房混放烟花", "2022-10-05", "张三"],
        ["", "永安花炮厂", "未设防护堤", "2022-10-05", "张三"],
        ["", "小计", "2项"],
        ["二", "消防"],
        [2, "金桥商贸", "疏散门锁闭", "2022-10-06", "李四"],
        ["（三）", "", "危险化学品"],
        ["填表人：张三", "", "审核人：李四", "", "", "第1页"],
        title,
        headings,
        [3, "湘江加油站", "灭火器失效", "2022-10-07", "王五"],
        [4, "", "防撞柱缺失", "2022-10-07", "王五"],
        [5, "湘江加油站", "", "", ""],
        ["", "合  计", "5项"],
        ["", "制表人 张三", "", "审批人 李四"],
        ["注：本表每月25日前报送。"],
        ["", "报送人：张三", "联系电话：13800000000"],
    ]
    fill(book, sheet, rows)


def merged_groups(book: Any) -> None:
    """A group across the whole table, a serial number and a unit merged down, a day among them."""
    sheet = book.add_worksheet("清单")
    headings = ["序号", "企业名称", "隐患内容", "检查日期", "整改情况"]
    sheet.merge_range(0, 0, 0, 4, "隐患清单")
    fill(book, sheet, [headings], down=1)
    sheet.merge_range(2, 0, 2, 4, "（一）危险化学品")
    sheet.merge_range(3, 0, 4, 0, 1)
    sheet.merge_range(3, 1, 4, 1, "湘江加油站")
    sheet.merge_range(3, 3, 4, 3, date(2022, 10, 9), book.add_format({"num_format": "m/d/yy"}))
    fill(book, sheet, [["", "", "卸油口未接地", "", "已整改"], ["", "", "灯具不防爆"]], down=3)
    sheet.merge_range(5, 0, 5, 4, "（二）消防")
    fill(book, sheet, [[2, "金桥商贸", "通道堵塞", 44843, "整改中"]], down=6)


def months(book: Any) -> None:
    """Three months, one hidden, one very hidden; hidden rows; a sheet of figures."""
    headings = ["单位名称", "隐患描述", "检查时间", "整改状态"]
    for month in (8, 9, 10):
        sheet = book.add_worksheet(f"{month}月")
        rows = [
            headings,
            ["永安花炮厂", f"{month}月的问题", f"2022-{month:02}-03", "未整改"],
            ["恒达机械", f"{month}月的隐患", f"2022/{month}/4", "/"],
        ]
        fill(book, sheet, rows)
        if month == 8:
            sheet.hide()
        if month == 9:
            sheet.very_hidden()
        sheet.set_row(2, None, None, {"hidden": month == 10})
    figures: list[list[Any]] = [
        ["单位名称", "隐患数", "已整改数", "整改率"],
        ["永安花炮厂", 3, 1, 0.33],
    ]
    fill(book, book.add_worksheet("统计"), figures)


def numbered(book: Any) -> None:
    """Several problems in one cell, numbered in every way."""
    rows: list[list[Any]] = [
        ["单位名称", "存在问题", "检查时间"],
        ["甲厂", "1.灯具不防爆；2.无报警器。3.通道堵塞", "2022-10-05"],
        ["乙厂", "①灯具不防爆②无报警器", "2022-10-05"],
        ["丙厂", "（1）灯具不防爆\n（2）无报警器", "2022-10-05"],
        ["丁厂", "一、灯具不防爆；二、无报警器；", "2022-10-05"],
        ["戊厂", "检查发现：1、灯具不防爆，2、无报警器", "2022-10-05"],
        ["己厂", "1.5吨储罐未接地；2.0MPa压力表超期", "2022-10-05"],
        ["庚厂", "1.只有一项", "2022-10-05"],
        ["辛厂", "按GB 50016第3.2.1条、第3.2.2条整改", "2022-10-05"],
        ["壬厂", "1) 灯具不防爆 2) 无报警器", "2022-10-05"],
        ["癸厂", "第一，灯具不防爆；第二，无报警器", "2022-10-05"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def errors(book: Any) -> None:
    """Cells with errors, formulas with a value and without one."""
    rows: list[list[Any]] = [
        ["序号", "单位名称", "隐患描述", "检查时间", "整改时限", "剩余天数"],
        [("=ROW()-1", 1), "甲厂", "一", ("=DATE(2022,10,5)", 44839), "2022-10-12", ("=E2-D2", 7)],
        [("=ROW()-1", ""), "乙厂", "二", "2022-10-05", ("=D3+7", "#VALUE!"), ""],
        [3, ("=VLOOKUP(A4,X:Y,2)", "#N/A"), "三", "2022-10-05", "", ("=E4-D4", "#REF!")],
        [4, "丁厂", ('="四"&"号"', "四号"), "2022-10-05", ("=D5+7", ""), ""],
        [5, "戊厂", "五", ("=TODAY()", "#NAME?"), "2022-10-12", ("=E6-D6", "#REF!")],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def apple(book: Any) -> None:
    """Days counted from 1904: what is shown as a day is one, a bare number is not."""
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", "整改时限"],
        ["甲厂", "一", date(2022, 10, 5), date(2022, 10, 12)],
        ["乙厂", "二", 43377, ""],
        ["丙厂", "三", 20221005, "7天"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def exchange_codes(book: Any) -> None:
    """The exchange form with its codes, eight-digit days, six assurances and coordinates."""
    rows: list[list[Any]] = [
        [
            *("CO_NAME", "TYSHXYDM", "隐患内容", "隐患来源", "整改类型", "整改情况", "发现日期"),
            *("核查日期", "核查人", "是否挂牌督办", "整改责任到位", "整改责任到位日期"),
            *("隐患整改资金(元)", "销号日期", "经度", "纬度"),
        ],
        ["甲厂", "91430112MA4L0001XK", "一", "1企业自查", "1立即整改", "2已整改", 20221005],
        ["乙厂", "", "二", "2政府排查", "2限期整改", "1未整改", 20221005],
        ["丙厂", "", "三", "3中介检查", "3停产停业整顿", "1未整改", 20221005],
        ["丁厂", "", "四", "4网格检查", "1立即", "2已整改", 20221005, 20221007, "钱八", "0"],
        ["戊厂", "", "五", "1", "2", "2", 20221005],
        ["己厂", "", "六", "2政府排查", "2限期", 1, 20221005],
        ["庚厂", "", "七", "5其他", "", "2已整改", 20221005, "", "", "", "是", 20221006, 5000],
        ["辛厂", "", "八", "1企业自查", "3", "2已整改", 20221005, "", "", "", "", "", "", 20221008],
    ]
    rows[1] += ["", "", "否", "是", 20221006, 12000.5, "", 112.938, 28.228]
    fill(book, book.add_worksheet("Sheet1"), rows)


def audit_list(book: Any) -> None:
    """A large audit list: 46 columns under two merged rows of headings and a title with 截至."""
    sheet = book.add_worksheet("审计清单")
    sheet.merge_range(0, 0, 0, 45, "安全生产大检查问题整改清单（截至2022年05月31日）")
    single = {
        0: "序号",
        1: "整改单编号",
        2: "企业名称",
        3: "统一社会信用代码",
        4: "所属行业",
        5: "所属区县",
        44: "是否销号",
        45: "备注",
    }
    for column, heading in single.items():
        sheet.merge_range(1, column, 2, column, heading)
    groups = {
        (6, 10): ("隐患情况", ["隐患描述", "隐患级别", "隐患部位", "发现日期", "检查人员"]),
        (11, 15): (
            "整改要求",
            ["整改措施", "要求整改完成日期", "责任人", "责任部门", "资金（万元）"],
        ),
        (16, 20): ("整改落实", ["整改状态", "整改完成日期", "验收人", "验收时间", "整改后照片"]),
        (21, 43): ("抽查记录", [f"第{number}次抽查" for number in range(1, 24)]),
    }
    for (first, last), (group, headings) in groups.items():
        sheet.merge_range(1, first, 1, last, group)
        for column, heading in enumerate(headings, start=first):
            sheet.write_string(2, column, heading)
    checks = ["合格"] + [""] * 22
    rows: list[list[Any]] = [
        [
            *(1, "ZG-2022-1", "永安花炮厂", "91430112MA4L0001XK", "花炮", "望城区"),
            *("库房混放", "重大隐患", "3号库", "5月5日", "王五"),
            *("分库存放", "5月20日", "张三", "安全科", 0.6),
            *("已整改", "5月18日", "钱八", "5月19日", ""),
            *checks,
            "是",
            "见附件",
        ],
        [
            *(2, "ZG-2022-2", "恒达机械", "", "宇航", "望城区"),
            *("配电箱未接地", "一般", "2车间", "12月20日", "王五"),
            *("接地", "6月15日", "李四", "设备科", ""),
            *("整改中", "", "", "", ""),
            *checks,
            "否",
            "",
        ],
    ]
    fill(book, sheet, rows, down=3)


def ageing(book: Any) -> None:
    """A bureau's list by age: what is not signed off is counted in days that are left."""
    states = ["已销号", "未销号", "已超过整改时限", "剩余10天", "剩余20天", "剩余20天以上"]
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", "整改时限", "整改责任人", "状态", "销号日期"]
    ]
    for number, state in enumerate(states):
        due = date(2022, 11, 8) if "超过" in state else date(2022, 12, 8)
        done = date(2022, 10, 20) if state == "已销号" else ""
        rows.append(["甲厂", f"问题{number}", date(2022, 10, 5), due, "张三", state, done])
    fill(book, book.add_worksheet("督办"), rows)


def school_check(book: Any) -> None:
    """A school's monthly check: the item merged down, 正常。 where nothing was found."""
    sheet = book.add_worksheet("10月")
    sheet.merge_range(0, 0, 0, 4, "某小学10月安全隐患排查表")
    fill(book, sheet, [["序号", "检查项目", "检查内容", "检查结果", "整改措施"]], down=1)
    sheet.merge_range(2, 1, 4, 1, "消防安全")
    rows: list[list[Any]] = [
        [1, "", "灭火器在有效期内", "正常。", ""],
        [2, "", "应急照明完好", "二楼一盏不亮。", "已报修。"],
        [3, "", "疏散通道畅通", "正 常", ""],
        [4, "用电安全", "配电箱上锁", "未发现异常", ""],
    ]
    fill(book, sheet, rows, down=2)
    fill(book, sheet, [["检查人员：王五、赵六", "", "", "检查日期：2022年10月28日"]], down=6)


def trade_export(book: Any) -> None:
    """An enterprise's own system: grades in English, a deadline in days beside a planned day."""
    rows: list[list[Any]] = [
        [
            *("隐患编号", "公司名称", "隐患名称", "风险等级", "发现时间", "整改期限(天)"),
            *("计划完成日期", "验收负责人", "验证时间", "公示情况", "上报情况", "整改前图片"),
        ],
        [
            "HJ20260001",
            "甲厂",
            "一",
            "low",
            "2022-10-05 08:30:00",
            7,
            "2022-10-12",
            "",
            "",
            "已公示",
        ],
        ["HJ20260002", "甲厂", "二", "medium", datetime(2022, 10, 5, 9, 30), "15", "", "钱八", ""],
        ["HJ20260003", "甲厂", "三", "high", 44839.5, "立即整改", "", "", "2022-10-07"],
        ["HJ20260004", "甲厂", "四", "major", 44839, "7天", "", "钱八", datetime(2022, 10, 7)],
        ["HJ20260005", "甲厂", "五", "extreme", 44839, "七日内"],
        ["HJ20260006", "甲厂", "六", "重大隐患", 44839, 0],
    ]
    fill(book, book.add_worksheet("export"), rows)


def two_claims_one_empty(book: Any) -> None:
    """Two columns for one field, one of them empty; a better one beside a worse one."""
    rows: list[list[Any]] = [
        ["单位名称", "企业名称", "隐患描述", "检查内容", "检查时间", "录入时间"],
        ["", "永安花炮厂", "库房混放烟花", "仓储", "2022-10-05", "2022-10-06"],
        ["", "恒达机械", "配电箱未接地", "用电", "2022-10-06", "2022-10-07"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def two_claims(book: Any) -> None:
    """Two columns for one field, both of them filled."""
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", "存在问题"],
        ["永安花炮厂", "库房混放烟花", "2022-10-05", "未设防护堤"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def twice_the_same_heading(book: Any) -> None:
    """One heading twice, both columns filled."""
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", "备注", "备注"],
        ["永安花炮厂", "库房混放烟花", "2022-10-05", "已通报", "见附件"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def rectified_when(book: Any) -> None:
    """整改时间 may be when it is due and when it was done."""
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", "整改时间"],
        ["永安花炮厂", "库房混放烟花", "2022-10-05", "2022-10-12"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def wide_and_long(book: Any) -> None:
    """Sixty columns, a cell that just fits, a cell that just does not."""
    more = [f"自定义{number}" for number in range(1, 58)]
    rows: list[list[Any]] = [
        ["单位名称", "隐患描述", "检查时间", *more],
        ["甲厂", "长" * 32_000, "2022-10-05", *("值" for _ in more)],
        ["乙厂", "长" * 32_001, "2022-10-05"],
        ["丙厂", "短", "2022-10-05", *[""] * 56, "末" * 32_001],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def headings_with_units(book: Any) -> None:
    """Headings with marks, units, numbers and line ends in them."""
    rows: list[list[Any]] = [
        [
            *("*单位名称（必填）", "1.隐患\n描述：", "检查时间（年/月/日）", "整改期限（天）"),
            *("整改资金(万元)", "隐患级别【一般/重大】", "责任人及电话", "备　注"),
        ],
        ["甲厂", "一", "2022/10/5", 7, 0.6, "一般", "张三 13800000000", "无"],
        ["乙厂", "二", "2022/10/5", "七天", "5000元", "重大", "李四（局长）", "—"],
    ]
    fill(book, book.add_worksheet("Sheet1"), rows)


def county_register(book: Any) -> None:
    """A county's register: everything as free text."""
    rows: list[list[Any]] = [
        ["某县安全隐患排查登记表"],
        [
            *(
                "安全隐患排查单号",
                "隐患企业名称",
                "安全隐患内容",
                "隐患区域",
                "排查时间",
                "整改期限",
            ),
            *("整改人", "最近整改措施", "最近整改结果", "隐患企业行业分类", "安全隐患等级"),
        ],
        [
            *("PC001", "永安花炮厂", "库房混放烟花", "东乡", date(2022, 10, 5), "7天"),
            *("张三", "无", "暂未上报", "烟花爆竹", "一般安全隐患"),
        ],
        [
            *("PC002", "恒达机械", "配电箱未接地", "西乡", "2022年10月6日", "当场整改"),
            *("李四", "已接地", "整改完成", "机械", "一般隐患"),
        ],
        [
            *("PC003", "金桥商贸", "未发现安全隐患", "西乡", "2022年10月6日", "/"),
            *("", "", "", "商贸", ""),
        ],
        [
            *("PC004", "湘江加油站", "无静电接地", "西乡", 44840, "两周内"),
            *("王五", "推进中", "正在整改", "加油站", "重大安全隐患"),
        ],
    ]
    fill(book, book.add_worksheet("登记表"), rows)


SHEETS: dict[str, Callable[[Any], None]] = {
    "deep-header": deep_header,
    "too-deep-header": too_deep_header,
    "year-of-the-sheet": year_of_the_sheet,
    "yearless": yearless,
    "yearless-told": yearless,
    "yearless-in-2022": yearless,
    "groups-and-footers": groups_and_footers,
    "merged-groups": merged_groups,
    "months": months,
    "numbered": numbered,
    "numbered-split": numbered,
    "errors": errors,
    "exchange-codes": exchange_codes,
    "audit-list": audit_list,
    "ageing": ageing,
    "school-check": school_check,
    "trade-export": trade_export,
    "two-claims-one-empty": two_claims_one_empty,
    "two-claims": two_claims,
    "two-claims-told": two_claims,
    "twice-the-same-heading": twice_the_same_heading,
    "rectified-when": rectified_when,
    "rectified-when-told": rectified_when,
    "wide-and-long": wide_and_long,
    "headings-with-units": headings_with_units,
}
FROM_1904 = {"days-from-1904": apple}
OLD = {"county-register": county_register}  # written anew as .xls and .ods, by another program
