"""Tables on a terminal. `HAZARDCTL_REWRITE=1 pytest tests/render` writes the golden files anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from hazardctl.render.sheet import Answer, Column, Sheet
from hazardctl.render.writing import render
from hazardctl.text import LANGUAGES, Language, Words

GOLDEN = Path(__file__).parent / "golden"
Paper = Callable[[Language], Answer]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_reads_like_its_golden_file(paper: Paper, language: Language, width: int) -> None:
    printed = render(paper(language), "table", Words(language), width=width).decode()
    golden = GOLDEN / f"{language}-{width}.txt"
    if os.environ.get("HAZARDCTL_REWRITE"):
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [45, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(paper: Paper, language: Language, width: int) -> None:
    printed = render(paper(language), "table", Words(language), width=width).decode()
    assert max(map(cell_len, printed.splitlines())) <= width


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_due_days_are_whole_however_narrow(paper: Paper, language: Language) -> None:
    printed = render(paper(language), "table", Words(language), width=10).decode()
    for whole in ("YH-2022-00017", "2022-09-30", "2022-10-31"):
        assert whole in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_width_every_text_is_whole(paper: Paper, language: Language) -> None:
    printed = render(paper(language), "table", Words(language)).decode()
    for row in paper(language).sheets()[0].rows[:3]:
        assert all(str(cell) in printed for cell in row if cell is not None)
    assert "…" not in printed


def test_colour_changes_nothing_but_the_colour(paper: Paper) -> None:
    plain = render(paper("zh"), "table", Words("zh"), width=80).decode()
    bright = render(paper("zh"), "table", Words("zh"), width=80, colour=True).decode()
    assert "\x1b" not in plain
    assert "\x1b[1m合计" in bright
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        bright = bright.replace(code, "")
    assert bright == plain


def test_words_are_printed_instead_of_a_table(paper: Paper) -> None:
    line = "YH-2022-00017  assigned → rectifying\x07"
    answer = Answer(data=dict, sheets=paper("en").sheets, text=lambda: line)
    printed = render(answer, "table", Words("en"), width=80)
    assert printed.decode() == "YH-2022-00017  assigned → rectifying\\u{7}\n"


def test_an_empty_list_says_so(answer_of: Callable[..., Answer]) -> None:
    answer = answer_of(Sheet("Hazards", (Column("number", "Number"),), []))
    assert render(answer, "table", Words("en")) == b"Hazards\n\nNothing to show.\n"
    assert render(answer_of(), "table", Words("en")) == b""
