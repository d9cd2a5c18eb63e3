"""An official form on paper: headings over headings, numbered columns, lines to sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from hazardctl.errors import CannotExport
from hazardctl.render.heads import Head, depth, heads
from hazardctl.render.sheet import Answer, Cell, Column, Frame, Kind, Sheet
from hazardctl.render.writing import render
from hazardctl.text import Words

MakeAnswer = Callable[..., Answer]
COLUMNS = (
    Column("label", "行业", kept=True),
    Column("found", "发现", Kind.COUNT, above=("重大隐患",), printed="发现\n（项）"),
    Column("rate", "整改率", Kind.RATE, above=("重大隐患", "其中")),
    Column("listed", "挂牌", Kind.COUNT, above=("重大隐患", "其中")),
    Column("fines_fen", "罚款", Kind.MONEY),
)
FRAME = Frame(
    heads=("填报单位：", "统计时间：2022年1月-10月"),
    foot=("单位负责人：", "填表人："),
    tab="月报",
    numbered="栏次",
)


def form(rows: Sequence[Sequence[Cell]], **more: Any) -> Sheet:
    """An official form of some rows."""
    total = ("合计", 3, 1.0, 0, 1_034_000_000)
    return Sheet("某某情况月报表", COLUMNS, rows, total, frame=FRAME, **more)


def page_of(answer: Answer) -> Any:
    """The first worksheet, as it is opened again."""
    return load_workbook(BytesIO(render(answer, "xlsx", Words("zh")))).worksheets[0]


def test_headings_reach_over_the_columns_that_share_them() -> None:
    sheet = form([])
    assert depth(sheet) == 3
    assert heads(sheet) == [
        Head("行业", 0, 0, lines=3),
        Head("重大隐患", 0, 1, columns=3),
        Head("发现\n（项）", 1, 1, lines=2),
        Head("其中", 1, 2, columns=2),
        Head("整改率", 2, 2),
        Head("挂牌", 2, 3),
        Head("罚款", 0, 4, lines=3),
    ]


def test_without_a_frame_every_heading_is_in_one_line() -> None:
    sheet = Sheet("s", COLUMNS, [])
    assert depth(sheet) == 1
    assert [head.text for head in heads(sheet)] == [column.heading for column in COLUMNS]


def test_what_stands_apart_shares_no_heading() -> None:
    columns = (Column("a", "A", above=("X",)), Column("b", "B"), Column("c", "C", above=("X",)))
    told = heads(Sheet("s", columns, [], frame=Frame()))
    assert [(head.text, head.column, head.columns) for head in told if head.text == "X"] == [
        ("X", 0, 1),
        ("X", 2, 1),
    ]


def test_a_workbook_is_laid_out_as_the_form_is(answer_of: MakeAnswer) -> None:
    rows = [("甲", 3, 0.9996, 0, 1_034_000_000), ("　乙", 0, None, 0, 50)]
    page = page_of(answer_of(form(rows, strong=frozenset({1}), notes=("一句话",))))
    assert page.title == "月报"
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells == [
        ["某某情况月报表", None, None, None, None],
        ["填报单位：", None, "统计时间：2022年1月-10月", None, None],
        ["行业", "重大隐患", None, None, "罚款"],
        [None, "发现\n（项）", "其中", None, None],
        [None, None, "整改率", "挂牌", None],
        ["栏次", 1, 2, 3, 4],
        ["甲", 3, 0.9996, 0, 1034],
        ["　乙", 0, "/", 0, 0.00005],
        ["合计", 3, 1, 0, 1034],
        ["一句话", None, None, None, None],
        ["单位负责人：", None, "填表人：", None, None],
    ]
    merged = {str(one) for one in page.merged_cells.ranges}
    assert {"A1:E1", "A3:A5", "B3:D3", "B4:B5", "C4:D4", "E3:E5"} <= merged
    assert page.freeze_panes == "B7"
    assert page.print_title_rows == "$3:$6"
    assert [page.cell(row, 1).font.b for row in (7, 8, 9)] == [False, True, True]


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (1.0, "0%"),
        (0.98, "0%"),
        (0.9882, "0.0%"),
        (0.9996, '"99.9%"'),
        (0.0001, '"0.1%"'),
        (0, "0%"),
    ],
)
def test_a_rate_has_a_decimal_where_it_needs_one(
    rate: float, said: str, answer_of: MakeAnswer
) -> None:
    page = page_of(answer_of(form([("甲", 1, rate, 0, 0)])))
    assert page["C7"].number_format == said
    assert page["C7"].value == rate


def test_a_cell_that_cannot_be_written_is_named_by_its_row(answer_of: MakeAnswer) -> None:
    with pytest.raises(CannotExport) as refused:
        render(answer_of(form([("甲\uffff", 1, 1.0, 0, 0)])), "xlsx", Words("zh"))
    assert refused.value.facts["row"] == 7


def test_a_page_has_the_headings_the_numbers_and_the_lines_to_sign(answer_of: MakeAnswer) -> None:
    page = render(answer_of(form([("甲", 1, 1.0, 0, 0)])), "html", Words("zh")).decode()
    assert '<th scope="colgroup" class="shared" colspan="3">重大隐患</th>' in page
    assert 'rowspan="3">行业</th>' in page
    assert "<span>填报单位：</span><span>统计时间：2022年1月-10月</span>" in page
    assert '<th scope="col" class="figure">4</th>' in page
    assert "<span>单位负责人：</span><span>填表人：</span>" in page


def test_a_document_has_them_too(answer_of: MakeAnswer) -> None:
    sheet = form([("甲", 1, 1.0, 0, 0)])
    document = Document(BytesIO(render(answer_of(sheet, sheet), "docx", Words("zh"))))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["行业", *["重大隐患"] * 3, "罚款"]
    assert table.cell(2, 0).text == "行业"
    assert [cell.text for cell in table.rows[3].cells] == ["栏次", "1", "2", "3", "4"]
    texts = [one.text for one in document.paragraphs]
    assert texts.count("填报单位：\t统计时间：2022年1月-10月") == 2
    assert "单位负责人：\t填表人：" in texts
    breaks = [one.paragraph_format.page_break_before for one in document.paragraphs]
    assert breaks.count(True) == 1


def test_markdown_and_a_terminal_keep_the_short_headings(answer_of: MakeAnswer) -> None:
    answer = answer_of(form([("甲", 1, 1.0, 0, 0)], strong=frozenset({0})))
    told = render(answer, "md", Words("zh")).decode()
    assert "| 行业 | 发现 | 整改率 | 挂牌 | 罚款 |" in told
    assert "| **甲** | **1** |" in told
    assert "单位负责人： / 填表人：" in told
    seen = render(answer, "table", Words("zh"), width=80).decode()
    assert "统计时间：2022年1月-10月" in seen
    assert "填报单位" not in seen
    assert "填表人" not in seen
