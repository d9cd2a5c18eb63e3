"""Word documents: a title, tables whose headings repeat on every page, notes; A4."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, RGBColor

from hazardctl.render.cells import shown
from hazardctl.render.heads import depth, heads
from hazardctl.render.sheet import Answer, Cell, Kind, Sheet
from hazardctl.render.visible import lines, show
from hazardctl.render.width import longest_piece, wide
from hazardctl.render.writing import Paper
from hazardctl.text import Words

_LATIN, _BODY, _HEAD = "Times New Roman", "宋体", "黑体"  # every Chinese Windows has them
_FIGURES = (Kind.COUNT, Kind.RATE, Kind.MONEY)
_UPRIGHT = 6  # with more columns than this the paper is turned
_NARROWEST, _HEADED, _WIDEST = 4, 8, 40  # how the paper is shared: a column, its heading, prose


def write(answer: Answer, words: Words, paper: Paper) -> bytes:
    """The document with every sheet; without sheets, the words of the answer."""
    sheets = answer.sheets()
    document = Document()
    set_fonts(document)
    set_paper(document, turned=any(len(sheet.columns) > _UPRIGHT for sheet in sheets))
    for at, sheet in enumerate(sheets):
        title = document.add_paragraph(
            show(sheet.title), style="Heading 1" if at and not sheet.frame else "Title"
        )
        if sheet.frame:
            title.paragraph_format.page_break_before = at > 0
            add_line(document, sheet.frame.heads)
        if sheet.rows:
            add_table(document, sheet)
        else:
            document.add_paragraph(words.say("render", "no-rows"))
        for note in sheet.notes:
            document.add_paragraph(show(note), style="Caption")
        if sheet.frame:
            add_line(document, sheet.frame.foot)
    if not sheets and answer.text is not None:
        document.add_paragraph(lines(answer.text()))
    document.core_properties.author = "hazardctl"
    document.core_properties.title = show(sheets[0].title) if sheets else ""
    document.core_properties.comments = ""
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def set_fonts(document: Any) -> None:
    """Fonts for both scripts, black on white."""
    for name, font, size, before, after in (
        ("Normal", _BODY, 10.5, 0, 4),
        ("Title", _HEAD, 18, 0, 12),
        ("Heading 1", _HEAD, 13, 18, 6),
        ("Caption", _BODY, 9, 4, 0),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
        fonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.element.pPr.remove(title.element.pPr.find(qn("w:pBdr")))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def set_paper(document: Any, *, turned: bool) -> None:
    """A4, upright or turned, with the number of the page at its foot."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (long, short) if turned else (short, long)
    section.left_margin = section.right_margin = Mm(16 if turned else 22)
    section.top_margin = section.bottom_margin = Mm(18 if turned else 24)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)


def add_line(document: Any, texts: Sequence[str]) -> None:
    """What an official form has above or below its table, spread over the width of the paper."""
    if texts:
        line = document.add_paragraph("\t".join(map(show, texts)))
        for at in range(1, len(texts)):
            line.paragraph_format.tab_stops.add_tab_stop(Length(room(document) * at // len(texts)))


def room(document: Any) -> int:
    """How wide the paper is between its margins."""
    section = document.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def headed(sheet: Sheet) -> list[list[str]]:
    """The lines of the headings; what stands above several columns stands in the first of them."""
    told = [[""] * len(sheet.columns) for _ in range(depth(sheet))]
    for head in heads(sheet):
        told[head.line][head.column] = lines(head.text) if sheet.frame else show(head.text)
    if sheet.frame and sheet.frame.numbered:
        told.append([show(sheet.frame.numbered), *map(str, range(1, len(sheet.columns)))])
    return told


def add_table(document: Any, sheet: Sheet) -> None:
    """The rows between their headings, which every page repeats, and their total."""
    total = [] if sheet.total is None else [sheet.total]
    rows: list[Sequence[Cell]] = [*sheet.rows, *total]
    titles = headed(sheet)
    table = document.add_table(len(titles) + len(rows), len(sheet.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = shares(sheet, rows, room(document))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    size = Pt(10.5 if len(sheet.columns) <= _UPRIGHT else 9 if len(sheet.columns) <= 12 else 7.5)
    kinds = [column.kind for column in sheet.columns]
    texts = [*titles, *([text(*pair) for pair in zip(row, kinds, strict=True)] for row in rows)]
    # What is no figure stands where its style puts it; in an official form figures are centred.
    sides = (None, WD_ALIGN_PARAGRAPH.CENTER if sheet.frame else WD_ALIGN_PARAGRAPH.RIGHT)
    for at, (line, cells) in enumerate(zip(table.rows, texts, strict=True), -len(titles)):
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        strong = at < 0 or at in sheet.strong or at >= len(sheet.rows)
        for cell, content, kind, width in zip(line.cells, cells, kinds, widths, strict=True):
            cell.width = width
            side = sides[kind in _FIGURES or (at < 0 and bool(sheet.frame))]
            fill(cell.paragraphs[0], content, size, strong, side=side)
        if at < 0:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for head in heads(sheet):
        if head.lines > 1 or head.columns > 1:
            end = (head.line + head.lines - 1, head.column + head.columns - 1)
            join(table, (head.line, head.column), end)


def join(table: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Make one cell of several, of which the first alone has words."""
    joined = table.cell(*first).merge(table.cell(*last))
    for empty in joined.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    joined.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def text(value: Cell, kind: Kind) -> str:
    """The cell as it is printed; its own line ends stay line ends."""
    return lines(value) if isinstance(value, str) else shown(value, kind)


def fill(paragraph: Any, content: str, size: Length, strong: bool, *, side: Any) -> None:
    """Puts the text into a cell's paragraph, on a side."""
    run = paragraph.add_run(content)
    run.font.size, run.font.bold = size, strong or None
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1
    paragraph.alignment = side


def shares(sheet: Sheet, rows: Sequence[Sequence[Cell]], room: int) -> list[Length]:
    """The width of each column: by its widest cell, within reason, and filling the room."""
    asked = []
    for at, column in enumerate(sheet.columns):
        widest = max(wide(shown(row[at], column.kind)) for row in rows)
        if sheet.frame:  # its headings turn where they must
            asked.append(min(max(widest, _NARROWEST + 2), _WIDEST) + 2)
            continue
        title = longest_piece(column.heading) if column.heading.isascii() else wide(column.heading)
        asked.append(min(max(widest, min(title, _HEADED), _NARROWEST), _WIDEST) + 2)
    return [Length(room * one // sum(asked)) for one in asked]
