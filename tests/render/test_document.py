"""Word documents, read back by python-docx."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from hazardctl.render.sheet import Answer, Column, Sheet
from hazardctl.render.visible import lines
from hazardctl.render.writing import render
from hazardctl.text import Language, Words

HERE = Path(__file__).parent / "payloads"
PAYLOADS = {
    **json.loads((HERE / "terminal.json").read_text()),
    **json.loads((HERE / "html.json").read_text()),
}


def document_of(answer: Answer, language: Language = "en") -> Any:
    """The document as it is opened again."""
    return Document(BytesIO(render(answer, "docx", Words(language))))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_payload_is_only_text(payload: str, answer_of: Callable[..., Answer]) -> None:
    sheet = Sheet(payload, (Column("a", payload),), [(payload,)], notes=(payload,))
    table = document_of(answer_of(sheet)).tables[0]
    shown = table.cell(1, 0).text
    if "\t" not in payload:
        assert shown == lines(payload)


def test_the_sample_has_its_tables_with_headings_that_repeat(
    paper: Callable[[Language], Answer],
) -> None:
    answer = paper("zh")
    document = document_of(answer, "zh")
    assert document.paragraphs[0].text == "隐患台账"
    assert len(document.tables) == 3
    for table, sheet in zip(document.tables, answer.sheets(), strict=True):
        first = table.rows[0]
        assert [cell.text for cell in first.cells] == [one.heading for one in sheet.columns]
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(table.rows) == 1 + len(sheet.rows) + (sheet.total is not None)
    assert document.tables[1].rows[-1].cells[0].text == "合计"
    assert document.tables[1].rows[1].cells[4].text == "98.8%"
    assert "发现 = 销号 + 未销号：相符。" in [one.text for one in document.paragraphs]


def test_many_columns_turn_the_paper(paper: Callable[[Language], Answer]) -> None:
    section = document_of(paper("zh")).sections[0]
    assert round(section.page_width.mm) == 297
    few = Answer(data=dict, sheets=lambda: paper("zh").sheets()[2:])
    section = document_of(few).sections[0]
    assert round(section.page_width.mm) == 210
    assert round(section.page_height.mm) == 297


def test_chinese_has_a_chinese_font(paper: Callable[[Language], Answer]) -> None:
    content = render(paper("zh"), "docx", Words("zh"))
    styles = document_of(paper("zh")).styles
    for name, font in (("Normal", "宋体"), ("Title", "黑体"), ("Heading 1", "黑体")):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    with ZipFile(BytesIO(content)) as package:
        assert b"python-docx" not in package.read("docProps/core.xml")


def test_words_without_a_sheet_and_a_sheet_without_rows(answer_of: Callable[..., Answer]) -> None:
    answer = Answer(data=dict, text=lambda: "one\x07\ntwo")
    assert document_of(answer).paragraphs[0].text == "one\\u{7}\ntwo"
    empty = document_of(answer_of(Sheet("T", (Column("a", "A"),), [])))
    assert [one.text for one in empty.paragraphs] == ["T", "Nothing to show."]
