"""An empty workbook for senders: what an import reads, lists to choose from, and instructions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.layout import is_day
from hazardctl.render.choices import choices, offer
from hazardctl.render.width import wide
from hazardctl.render.workbook import CELL, HEADING
from hazardctl.text import Words

NEEDED = ("description", "enterprise", "found_on")
ASKED = (
    *NEEDED,
    *("industry", "severity", "location", "district", "source", "found_by", "basis"),
    *("required_measures", "due_on", "responsible_unit", "responsible_person", "case_leader"),
    *("regulator", "state", "measures", "rectified_on", "rectified_by", "verified_on"),
    *("verified_by", "closed_on", "campaigns", "credit_code", "external_code", "remark"),
)
CHOSEN = ("industry", "severity", "source", "state")

_ROWS = 5_000  # rows in which something can be chosen
_PROSE = frozenset({"description", "required_measures", "measures", "basis", "remark"})
_NARROW, _WIDE = 14, 36  # in characters
_FIRST_DAY = date(2000, 1, 1)  # an earlier one was mistyped
_TITLE, _MESSAGE = 32, 255  # the longest that an input message may be


def written(words: Words, taxonomy: Taxonomy) -> bytes:
    """The workbook, in the reader's language."""
    said = words.catalog("template")
    content = BytesIO()
    with Workbook(content) as book:
        book.set_properties({"title": "", "author": "hazardctl"})
        page = book.add_worksheet(said["title"])
        _columns(book, page, words)
        instructions = book.add_worksheet(said["instructions"])
        _instruct(book, instructions, words)
        lists = {name: choices(words, taxonomy)[name] for name in CHOSEN}
        places = {name: at for at, name in enumerate(ASKED)}
        offer(book, page, lists, places, rows=_ROWS, title=said["lists"])
        for sheet in (page, instructions):
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
    return content.getvalue()


def headings(words: Words) -> dict[str, str]:
    """The heading of every column, what is needed marked so."""
    fields, needed = words.catalog("labels")["fields"], words.catalog("template")["needed"]
    return {name: fields[name] + (needed if name in NEEDED else "") for name in ASKED}


def _columns(book: Any, page: Any, words: Words) -> None:
    """The headings, each with an example as its input message, and cells of the right kind."""
    said = words.catalog("template")
    plain = book.add_format({**CELL, **HEADING, "align": "center"})
    needed = book.add_format({**CELL, **HEADING, "align": "center", "bg_color": "#FFE699"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    page.set_row(0, 30)
    page.freeze_panes(1, 0)
    for at, (name, heading) in enumerate(headings(words).items()):
        width = max(_WIDE if name in _PROSE else _NARROW, wide(heading) + 3)
        page.set_column(at, at, width, day if is_day(name) else text)
        page.write_string(0, at, heading, needed if name in NEEDED else plain)
        page.data_validation(0, at, 0, at, _message(heading, name, said))
        if is_day(name) and name != "due_on":  # a deadline may be written in words
            page.data_validation(1, at, _ROWS, at, {**_DAYS, "error_message": said["odd_day"]})


_DAYS: Mapping[str, object] = {
    "validate": "date",
    "criteria": ">=",
    "value": _FIRST_DAY,
    "error_type": "warning",  # an import reads more forms of a day than a spreadsheet does
}


def _message(heading: str, name: str, said: Mapping[str, Any]) -> dict[str, object]:
    told = f"{said['ways'][name]}\n{said['example']}: {said['examples'][name]}"
    return {
        "validate": "any",
        "input_title": heading[:_TITLE],
        "input_message": told[:_MESSAGE],
    }


def _instruct(book: Any, page: Any, words: Words) -> None:
    """The second sheet: how it is filled in, column by column, with examples.

    A column's name stands behind its number, so that no row of this sheet reads as headings.
    """
    said = words.catalog("template")
    bold = book.add_format({**CELL, **HEADING})
    plain = book.add_format({**CELL, "num_format": "@", "text_wrap": True})
    rule = book.add_format({"num_format": "@", "text_wrap": True, "valign": "vcenter"})
    for at, width in enumerate((28, 48, 48)):
        page.set_column(at, at, width)
    for down, text in enumerate(said["rules"].values()):
        page.set_row(down, 22)
        page.merge_range(down, 0, down, 2, "", rule)
        page.write_string(down, 0, text, rule)
    top = len(said["rules"]) + 1
    for at, key in enumerate(("column", "how", "example")):
        page.write_string(top, at, said[key], bold)
    for down, (name, heading) in enumerate(headings(words).items(), start=1):
        page.write_string(top + down, 0, f"{down}. {heading}", plain)
        page.write_string(top + down, 1, said["ways"][name], plain)
        page.write_string(top + down, 2, said["examples"][name], plain)
