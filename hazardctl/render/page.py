"""One self-contained web page: no script, nothing fetched, quiet on paper too."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hazardctl.render.cells import shown
from hazardctl.render.heads import in_lines
from hazardctl.render.sheet import Answer, Kind, Sheet
from hazardctl.render.visible import lines, show
from hazardctl.render.width import wide
from hazardctl.render.writing import Paper
from hazardctl.text import Words

_TAGS = {"en": "en", "zh": "zh-CN"}
_SHORT = 20  # words of so many cells stay in one line
_SIDES = {Kind.COUNT: "figure", Kind.RATE: "figure", Kind.MONEY: "figure", Kind.DAY: "day"}


def write(answer: Answer, words: Words, paper: Paper) -> bytes:
    """The page with every sheet; without sheets, the words of the answer."""
    # autoescape=True, not select_autoescape(): that goes by the suffix and lets `.html.j2` through.
    shelf = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    shelf.filters["line"] = show
    sheets = answer.sheets()
    text = answer.text() if not sheets and answer.text is not None else ""
    page = shelf.get_template("page.html.j2").render(
        language=_TAGS[words.language],
        sheets=sheets,
        text=lines(text),
        title=sheets[0].title if sheets else "hazardctl",
        no_rows=words.say("render", "no-rows"),
        wide=any(len(sheet.columns) > 6 for sheet in sheets),
        cell=lambda value, kind: lines(value) if isinstance(value, str) else shown(value, kind),
        sides_of=sides_of,
        heads_of=in_lines,
        heading=lambda sheet, text: lines(text) if sheet.frame else show(text),
    )
    return page.encode()


def sides_of(sheet: Sheet) -> list[str]:
    """How the cells of each column stand: figures, days, short words, or prose that may turn."""
    return [
        _SIDES.get(column.kind) or ("short" if is_short(sheet, at) or column.kept else "prose")
        for at, column in enumerate(sheet.columns)
    ]


def is_short(sheet: Sheet, across: int) -> bool:
    """Whether every cell of the column is short."""
    kind = sheet.columns[across].kind
    return all(wide(shown(row[across], kind)) <= _SHORT for row in sheet.rows)
