"""Tables for a terminal: aligned, fitted to its width, quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from hazardctl.render.layout import GAP, Lane, fit, lanes, line
from hazardctl.render.sheet import Answer, Sheet
from hazardctl.render.visible import lines, show
from hazardctl.render.width import balanced, cut, fold, padded
from hazardctl.render.writing import Paper
from hazardctl.text import Words

Part = TypeVar("Part")
BOLD, FAINT, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def write(answer: Answer, words: Words, paper: Paper) -> bytes:
    """The words of the answer if it has words, else its sheets one under the other."""
    if answer.text is not None:
        return f"{lines(answer.text())}\n".encode()
    tables = [
        "".join(f"{one}\n" for one in table(sheet, words, paper)) for sheet in answer.sheets()
    ]
    return "\n".join(tables).encode()


def table(sheet: Sheet, words: Words, paper: Paper) -> Iterator[str]:
    """The lines of one sheet: title, headings, rows, total, notes."""
    bold, faint = styles(colour=paper.colour)
    if sheet.title:
        yield bold(show(sheet.title))
        for head in filter(told, sheet.frame.heads if sheet.frame else ()):
            yield from fold(show(head), paper.width) if paper.width else [show(head)]
        yield ""
    hidden: list[Lane] = []
    if sheet.rows:
        every = lanes(sheet)
        widths = fit([lane.need for lane in every], paper.width)
        here = [(lane, width) for lane, width in zip(every, widths, strict=True) if width]
        hidden = [lane for lane, width in zip(every, widths, strict=True) if not width]
        rule = faint("─" * line(widths))
        yield from map(bold, headings(here))
        yield rule
        *rows, last = body(here)
        for at, row in enumerate(rows):
            yield from map(bold, row) if at in sheet.strong else row
        if sheet.total is not None:
            yield rule
        is_strong = sheet.total is not None or len(rows) in sheet.strong
        yield from map(bold, last) if is_strong else last
    else:
        yield words.say("render", "no-rows")
    notes = [show(note) for note in sheet.notes]
    if hidden:
        names = words.say("render", "comma").join(lane.heading for lane in hidden)
        notes.append(words.say("render", "columns-hidden", columns=names))
    if notes:
        yield ""
    for note in notes:
        yield from fold(note, paper.width) if paper.width else [note]


def told(head: str) -> bool:
    """Whether a line above an official form tells something, and is not there to be filled in."""
    return not head.endswith((":", "："))


def headings(here: Sequence[tuple[Lane, int]]) -> Iterator[str]:
    """The headings in as many lines as they need, standing on the rule."""
    folded = [balanced(lane.heading, width) for lane, width in here]
    tallest = max(map(len, folded))
    placed = [
        [padded(text, width, right=lane.is_right) for text in [""] * (tallest - len(own)) + own]
        for own, (lane, width) in zip(folded, here, strict=True)
    ]
    return map(joined, zip(*placed, strict=True))


def body(here: Sequence[tuple[Lane, int]]) -> Iterator[list[str]]:
    """The lines of each row; every different cell is laid out once."""
    laid = [{cell: lay(cell, lane, width) for cell in lane.wide} for lane, width in here]
    if all(len(parts) == 1 for own in laid for parts in own.values()):
        single = [{cell: part for cell, (part,) in own.items()} for own in laid]
        yield from ([joined(row)] for row in _rows(single, here))
        return
    blanks = [" " * width for _, width in here]
    for row in _rows(laid, here):
        yield [
            joined([part or blank for part, blank in zip(parts, blanks, strict=True)])
            for parts in zip_longest(*row)
        ]


def _rows(
    laid: Sequence[Mapping[str, Part]], here: Sequence[tuple[Lane, int]]
) -> Iterator[tuple[Part, ...]]:
    """What is laid out of each cell, row by row."""
    columns = (map(own.__getitem__, lane.cells) for own, (lane, _) in zip(laid, here, strict=True))
    return zip(*columns, strict=True)


def lay(cell: str, lane: Lane, width: int) -> list[str]:
    """The lines of one cell: folded if its column folds, else cut."""
    if (blank := width - lane.wide[cell]) >= 0:
        return [" " * blank + cell if lane.is_right else cell + " " * blank]
    parts = fold(cell, width) if lane.column.folded else [cut(cell, width)]
    return [padded(part, width, right=lane.is_right) for part in parts]


def joined(cells: Sequence[str]) -> str:
    """One line of the table."""
    return (" " * GAP).join(cells).rstrip()


def styles(*, colour: bool) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """How to print bold and how to print faint."""
    if not colour:
        return str, str
    return (lambda text: f"{BOLD}{text}{PLAIN}"), (lambda text: f"{FAINT}{text}{PLAIN}")
