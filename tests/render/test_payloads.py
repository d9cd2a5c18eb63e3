"""Text that reaches a terminal, in every format: no character of it acts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from hazardctl.domain.door import admitted
from hazardctl.errors import NotText
from hazardctl.render.sheet import Answer
from hazardctl.render.visible import HIDDEN
from hazardctl.render.writing import render
from hazardctl.text import Words

HERE = Path(__file__).parent / "payloads"
TERMINAL = json.loads((HERE / "terminal.json").read_text())
MARKUP = json.loads((HERE / "markup.json").read_text())


def acting(printed: str, *, besides: str = "") -> set[str]:
    """The characters that act or hide, but the line's end and those that a format itself uses."""
    return {ch for ch in printed if unicodedata.category(ch) in HIDDEN} - {"\n", *besides}


@pytest.mark.parametrize("width", [30, 80, None])
@pytest.mark.parametrize("payload", TERMINAL.values(), ids=TERMINAL)
def test_no_character_of_a_table_acts(
    payload: str, width: int | None, one_cell: Callable[[str], Answer]
) -> None:
    printed = render(one_cell(payload), "table", Words("en"), width=width)
    assert not acting(printed.decode())


@pytest.mark.parametrize("format", ["plain", "md", "html"])
@pytest.mark.parametrize("payload", TERMINAL.values(), ids=TERMINAL)
def test_no_character_of_text_for_people_acts(
    payload: str, format: str, one_cell: Callable[[str], Answer]
) -> None:
    printed = render(one_cell(payload), format, Words("en")).decode()
    assert not acting(printed, besides="\t" if format == "plain" else "")


@pytest.mark.parametrize("format", ["json", "ndjson"])
@pytest.mark.parametrize("payload", TERMINAL.values(), ids=TERMINAL)
def test_no_character_of_json_acts(payload: str, format: str) -> None:
    answer = Answer(data=lambda: [{payload: payload}])
    printed = render(answer, format, Words("en")).decode()
    assert acting(printed) <= {"\ue000", "\ufffe"}  # they hide nothing and move nothing
    back = json.loads(printed)
    assert back == ([{payload: payload}] if format == "json" else {payload: payload})


@pytest.mark.parametrize("payload", TERMINAL.values(), ids=TERMINAL)
def test_what_moves_a_cursor_never_reaches_csv(
    payload: str, one_cell: Callable[[str], Answer]
) -> None:
    try:
        text = admitted(payload)
    except NotText:
        return  # the door kept it out
    printed = render(one_cell(text), "csv", Words("en")).decode()
    assert not {ch for ch in printed if unicodedata.category(ch) == "Cc"} - {"\n", "\t"}


@pytest.mark.parametrize("payload", MARKUP.values(), ids=MARKUP)
def test_markup_in_data_is_printed_as_it_was_typed(
    payload: str, one_cell: Callable[[str], Answer]
) -> None:
    assert payload in render(one_cell(payload), "table", Words("zh"), colour=True).decode()


def test_without_show_the_payloads_leak() -> None:
    leaks = 0
    for payload in TERMINAL.values():
        out = StringIO()
        Console(file=out, markup=False, emoji=False, highlight=False, width=80).print(Text(payload))
        leaks += bool(acting(out.getvalue()))
    assert leaks >= 25
