"""Tables for a terminal: aligned, fitted to its width, quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from hazardctl.render.layout import GAP, Lane, fit, lanes, line
from hazardctl.render.sheet import Answer, Cell, Sheet
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
    tables = [table(sheet, words, paper) for sheet in answer.sheets()]
    return b"\n".join(b"".join(f"{line}\n".encode() for line in lines) for lines in tables)


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
        for at, row in enumerate(body(here)):
            is_total = at == len(sheet.rows)
            if is_total:
                yield rule
            yield from map(bold, row) if is_total or at in sheet.strong else row
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
    if not any(lane.column.folded and width < lane.need.content for lane, width in here):
        single = [laid(lane, width) for lane, width in here]
        yield from ([joined(row)] for row in _rows(single, here))
        return
    blanks = [" " * width for _, width in here]
    several = [turned(lane, width) for lane, width in here]
    for row in _rows(several, here):
        yield [
            joined([part or blank for part, blank in zip(parts, blanks, strict=True)])
            for parts in zip_longest(*row)
        ]


def _rows(
    own: Sequence[Mapping[Cell, Part]], here: Sequence[tuple[Lane, int]]
) -> Iterator[tuple[Part, ...]]:
    """What is laid out of each value, row by row; looked up by column, which is sooner done."""
    columns = [
        [*map(one.__getitem__, lane.values)] for one, (lane, _) in zip(own, here, strict=True)
    ]
    return zip(*columns, strict=True)


def laid(lane: Lane, width: int) -> dict[Cell, str]:
    """Each different cell of a column, cut if it is too wide, with spaces up to the width."""
    is_right = lane.is_right
    out = {}
    for (value, cell), wide in zip(lane.cells.items(), lane.wide, strict=True):
        if wide > width:
            out[value] = padded(cut(cell, width), width, right=is_right)
        else:
            blank = " " * (width - wide)
            out[value] = blank + cell if is_right else cell + blank
    return out


def turned(lane: Lane, width: int) -> dict[Cell, list[str]]:
    """The same in as many lines as each cell needs, if the column folds."""
    if not lane.column.folded:
        return {value: [cell] for value, cell in laid(lane, width).items()}
    return {
        value: [padded(part, width, right=lane.is_right) for part in fold(cell, width)]
        for value, cell in lane.cells.items()
    }


def joined(cells: Sequence[str]) -> str:
    """One line of the table."""
    return (" " * GAP).join(cells).rstrip()


def styles(*, colour: bool) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """How to print bold and how to print faint."""
    if not colour:
        return str, str
    return (lambda text: f"{BOLD}{text}{PLAIN}"), (lambda text: f"{FAINT}{text}{PLAIN}")
