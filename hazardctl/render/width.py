"""How many terminal cells a text takes, where it may be cut and where it may turn the line."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

from hazardctl.render.visible import plain

_WIDE = re.compile(r"[\u3000-\u303e\u4e00-\u9fff\uff01-\uff5e]+")
# What holds together: a word, or one Chinese character, with the punctuation that belongs to it.
_PIECE = re.compile(
    r"\s+|[“‘（《「『【〔]*(?:[^\s\u2e80-\U0010ffff]+|.)[，。、；：！？”’）》」』】〕％…]*",
    re.DOTALL,
)


def wide(text: str) -> int:
    """The number of terminal cells that the text takes."""
    if text.isascii():
        return len(text)
    narrow = _WIDE.sub("", text)
    if not narrow.isascii() and not plain().fullmatch(narrow):
        return cell_len(text)
    return 2 * len(text) - len(narrow)


def cut(text: str, width: int) -> str:
    """The text if it fits into so many cells, else its beginning and `…`."""
    if 2 * len(text) <= width or wide(text) <= width:
        return text
    kept = text[: width - 1]
    while (over := wide(kept) - (width - 1)) > 0:
        kept = kept[: -((over + 1) // 2)]
    return kept.rstrip() + "…"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces up to that width."""
    blank = " " * (width - wide(text))
    return blank + text if right else text + blank


def fold(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, turned between words or Chinese characters."""
    if 2 * len(text) <= width or wide(text) <= width:
        return [text]
    turned, line = [], ""
    for piece in _PIECE.findall(text):
        if wide(line) + wide(piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            turned.append(line.rstrip())
        line = piece.lstrip()
        if wide(line) > width:
            *full, line = chop_cells(line, max(width, 2))
            turned += full
    return [*turned, line.rstrip()] if line.strip() else turned or [""]


def longest_piece(text: str) -> int:
    """The width of the longest piece that `fold` would not willingly break."""
    return max((wide(piece.strip()) for piece in _PIECE.findall(text)), default=0)


def balanced(text: str, width: int) -> list[str]:
    """The text in as few lines as `fold` needs, of as equal length as it allows."""
    folded = fold(text, width)
    for narrower in range(longest_piece(text), width):
        if len(evener := fold(text, narrower)) == len(folded):
            return evener
    return folded
