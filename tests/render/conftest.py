"""Sheets as the commands make them, and answers around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazardctl.render.sheet import Answer, Cell, Column, Kind, Sheet
from hazardctl.text import Language

Make = Callable[..., Answer]


def answer_of(*sheets: Sheet) -> Answer:
    """An answer of these sheets, whose data are their rows."""
    return Answer(
        data=lambda: [
            dict(zip([column.key for column in sheet.columns], row, strict=True))
            for sheet in sheets
            for row in sheet.rows
        ],
        sheets=lambda: sheets,
    )


@pytest.fixture(name="answer_of")
def answer_of_fixture() -> Make:
    """Makes an answer of some sheets."""
    return answer_of


@pytest.fixture
def one_cell() -> Callable[[str], Answer]:
    """Makes an answer whose title, cells, total and notes are all this text."""

    def make(text: str) -> Answer:
        columns = (Column("number", "No.", kept=True), Column("text", text), Column("last", "c"))
        sheet = Sheet(text, columns, [("1", text, "z"), ("2", "b", text)], ("3", text, ""), (text,))
        return answer_of(sheet)

    return make


@pytest.fixture
def paper() -> Callable[[Language], Answer]:
    """Makes the sample answer in a language: a list, a summary, the facts of one hazard."""
    return lambda language: answer_of(listing(language), summary(language), facts(language))


def listing(language: Language) -> Sheet:
    """Four hazards in a list."""
    say = chooser(language)
    columns = (
        Column("number", say("Number", "编号"), kept=True),
        Column("state", say("State", "状态")),
        Column("due_on", say("Due", "整改期限"), Kind.DAY, kept=True),
        Column("days_left", say("Days left", "剩余天数"), Kind.COUNT),
        Column("description", say("Description", "隐患描述")),
        Column("enterprise", say("Enterprise", "单位")),
        Column("industry", say("Industry", "行业")),
        Column("case_leader", say("Case leader", "包案领导")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            "YH-2022-00017",
            say("assigned", "已交办"),
            "2022-09-30",
            -12,
            "仓库内堆放烟花爆竹半成品超量，且疏散通道被堵塞",
            "浏阳市永兴出口花炮有限公司",
            say("fireworks", "烟花爆竹"),
            "李建国",
        ),
        (
            "YH-2022-00018",
            say("rectifying", "整改中"),
            "2022-10-15",
            3,
            "加油站卸油口静电接地报警仪失效",
            "中石化第二十三加油站",
            say("dangerous chemicals", "危险化学品"),
            None,
        ),
        (
            "YH-2022-00019",
            say("submitted", "待验收"),
            "2022-10-31",
            19,
            "Emergency lights on floors 2 and 3 do not work; batteries never replaced",
            "Golden Dragon Hotel",
            say("fire safety", "消防"),
            "王芳",
        ),
        (
            "YH-2022-00020",
            say("registered", "已登记"),
            None,
            None,
            "一车间东侧安全出口上锁\n钥匙不在现场",
            "𠮷野家餐饮（北京）有限公司café",
            say("other", "其他"),
            None,
        ),
    ]
    note = say("4 hazards, 1 overdue.", "共 4 条，逾期 1 条。")
    return Sheet(say("Hazards", "隐患台账"), columns, rows, notes=(note,))


def summary(language: Language) -> Sheet:
    """A summary of four industries and its total."""
    say = chooser(language)
    columns = (
        Column("label", say("Industry", "行业"), kept=True),
        Column("found", say("Found", "发现"), Kind.COUNT),
        Column("found_major", say("of these major", "其中重大"), Kind.COUNT),
        Column("closed", say("Closed", "销号"), Kind.COUNT),
        Column("closure_rate", say("Closure rate", "销号率"), Kind.RATE),
        Column("open", say("Open", "未销号"), Kind.COUNT),
        Column("awaiting_verification", say("Awaiting verification", "待验收"), Kind.COUNT),
        Column("overdue", say("Overdue", "逾期"), Kind.COUNT),
        Column("on_time_rate", say("On time", "按期整改率"), Kind.RATE),
        Column(
            "on_time_rate_original",
            say("On time (original due day)", "按期整改率（原期限）"),
            Kind.RATE,
        ),
        Column("fines_fen", say("Fines (10k yuan)", "罚款（万元）"), Kind.MONEY),
    )
    rows: list[tuple[Cell, ...]] = [
        (say("fireworks", "烟花爆竹"), 812, 3, 802, 0.9877, 10, 2, 3, 0.97, 0.95, 1034_000_000),
        (say("dangerous chemicals", "危险化学品"), 96, 1, 96, 1.0, 0, 0, 0, 1.0, 0.99, 600_000),
        (say("fire safety", "消防"), 1204, 0, 1100, 0.9136, 104, 30, 9, 0.9, 0.8, 0),
        (say("gas", "城镇燃气"), 0, 0, 0, None, 0, 0, 0, None, None, None),
    ]
    total = (say("Total", "合计"), 2112, 4, 1998, 0.946, 114, 32, 12, 0.93, 0.91, 1034_600_000)
    title = say("Hazards by industry, to 2022-10-12", "隐患排查治理情况（按行业），截至2022-10-12")
    notes = (
        say("found = closed + open: holds.", "发现 = 销号 + 未销号：相符。"),
        say(
            "A hazard in two campaigns counts once in the total.",
            "同一隐患属于两个专项行动的，合计只计一次。",
        ),
    )
    return Sheet(title, columns, rows, total, notes)


def facts(language: Language) -> Sheet:
    """The facts of one hazard, whose texts go on over several lines."""
    say = chooser(language)
    columns = (
        Column("field", say("Field", "项目"), kept=True),
        Column("value", say("Value", "内容"), folded=True),
    )
    rows = [
        (
            say("Description", "隐患描述"),
            "仓库内堆放烟花爆竹半成品超量，且疏散通道被堵塞；值班人员未持证上岗，“五落实”方案未报备，"
            "现场无安全警示标志（详见附件二：现场检查记录第3页）。",
        ),
        (
            say("Measures", "整改措施"),
            "Remove the semi-finished goods to warehouse 3, clear the corridor and put a certified "
            "watchman on duty before the end of the month.",
        ),
        (say("Due", "整改期限"), "2022-09-30"),
    ]
    return Sheet("YH-2022-00017", columns, rows)


def chooser(language: Language) -> Callable[[str, str], str]:
    """Picks the English or the Chinese of two words."""
    return lambda english, chinese: chinese if language == "zh" else english
