"""Markdown tables in which no cell can end its column, open a tag or become a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hazardctl.render.cells import shown
from hazardctl.render.sheet import Answer, Kind, Sheet
from hazardctl.render.visible import show
from hazardctl.render.writing import Paper
from hazardctl.text import Words

_ACTS = re.compile(r"[\\`*_\[\]|~!$]|(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
_TAGS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_OPENS = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
_FIGURES = (Kind.COUNT, Kind.RATE, Kind.MONEY)


def write(answer: Answer, words: Words, paper: Paper) -> bytes:
    """A section for each sheet; without sheets, the words of the answer."""
    sheets = answer.sheets()
    if not sheets and answer.text is not None:
        return "".join(f"{opened(line)}  \n" for line in answer.text().split("\n")).encode()
    sections = ["".join(f"{line}\n" for line in section(sheet, words)) for sheet in sheets]
    return "\n".join(sections).encode()


def section(sheet: Sheet, words: Words) -> Iterator[str]:
    """The lines of one sheet: title, table, notes."""
    if sheet.title:
        yield f"## {escaped(sheet.title)}"
        yield ""
    if sheet.frame:
        yield from in_a_line(sheet.frame.heads)
    if sheet.rows:
        yield row([escaped(column.heading) for column in sheet.columns])
        yield row(["---:" if column.kind in _FIGURES else "---" for column in sheet.columns])
    else:
        yield words.say("render", "no-rows")
    kinds = [column.kind for column in sheet.columns]
    for at, cells in enumerate(sheet.rows):
        texts = [escaped(shown(*pair)) for pair in zip(cells, kinds, strict=True)]
        yield row(strong(texts) if at in sheet.strong else texts)
    if sheet.total is not None and sheet.rows:
        yield row(strong([escaped(shown(*pair)) for pair in zip(sheet.total, kinds, strict=True)]))
    if sheet.notes:
        yield ""
    for note in sheet.notes:
        yield f"- {opened(note)}"
    if sheet.frame:
        yield ""
        yield from in_a_line(sheet.frame.foot)


def in_a_line(texts: Sequence[str]) -> Iterator[str]:
    """What an official form has above or below its table, and a blank line."""
    if texts:
        yield " / ".join(opened(text) for text in texts)
        yield ""


def strong(cells: Sequence[str]) -> list[str]:
    """The cells of a sum."""
    return [f"**{cell.strip()}**" if cell.strip() else "" for cell in cells]


def row(cells: Sequence[str]) -> str:
    """One line of the table."""
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """The text as Markdown prints it back, whatever is in it."""
    return _ACTS.sub(r"\\\g<0>", show(text)).translate(_TAGS)


def opened(text: str) -> str:
    """The same at the beginning of a line, where `#`, `-` and `1.` act too."""
    return _OPENS.sub(lambda found: found[1] + guarded(found[2]), escaped(text).lstrip())


def guarded(sign: str) -> str:
    """The sign so that it opens no list and no heading."""
    return f"&#{ord(sign[0])};{sign[1:]}"
