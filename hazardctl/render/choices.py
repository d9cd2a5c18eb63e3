"""The words that a cell may be chosen from: a hidden sheet of lists, and cells that point there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.layout import CODES
from hazardctl.text import Words

Lists = Mapping[str, Sequence[str]]


def choices(words: Words, taxonomy: Taxonomy) -> Lists:
    """The words of every field that has a list of them, in the reader's language."""
    said = words.catalog("labels")["words"]
    names = [one.name if words.language == "zh" else one.english for one in taxonomy]
    return {"industry": names, **{name: [said[word] for word in CODES[name]] for name in CODES}}


def offer(
    book: Any, page: Any, lists: Lists, places: Mapping[str, int], *, rows: int, title: str
) -> None:
    """Let the cells below the headings be chosen from a list, in as many rows.

    The lists stand on a sheet of their own, for one typed into a cell ends after 255 characters.
    """
    offered = [name for name in lists if name in places]
    aside = book.add_worksheet(title)
    aside.hide()
    for down, row in enumerate(zip_longest(*(lists[name] for name in offered))):
        for across, text in _filled(row):
            aside.write_string(down, across, text)
    for across, name in enumerate(offered):
        letter = chr(ord("A") + across)
        source = f"='{title}'!${letter}$1:${letter}${len(lists[name])}"
        place = (1, places[name], rows, places[name])
        page.data_validation(*place, {"validate": "list", "source": source})


def _filled(row: Iterable[str | None]) -> Iterable[tuple[int, str]]:
    return ((across, text) for across, text in enumerate(row) if text is not None)
