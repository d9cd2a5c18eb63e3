"""Markdown, read back by a parser of Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hazardctl.render.sheet import Answer, Column, Sheet
from hazardctl.render.visible import show
from hazardctl.render.writing import render
from hazardctl.text import Words

HERE = Path(__file__).parent / "payloads"
HTML = json.loads((HERE / "html.json").read_text())
MARKUP = [
    "a|b",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<http://evil.example>",
    "`code` **bold** _em_ ~~gone~~",
    "[x]: http://evil.example",
    "\\| \\",
    "# heading",
    "- item",
    "1. item",
    "+ item",
    "---",
    "===",
    "a\n\n# b",
    "&lt;b&gt; &#60;",
    "$x$",
    "见附件（第3页）*",
]


def tree(text: str) -> list[str]:
    """The kinds of everything that the parser finds."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    return [part.type for token in tokens for part in [token, *(token.children or [])]]


def words(text: str) -> str:
    """What a reader reads."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return "\n".join(
        "".join(part.content for part in token.children or [])
        for token in parser.parse(text)
        if token.type == "inline"
    )


@pytest.mark.parametrize("payload", [*HTML.values(), *MARKUP])
def test_a_payload_makes_the_same_page_as_a_harmless_word(
    payload: str, one_cell: Callable[[str], Answer]
) -> None:
    page = render(one_cell(payload), "md", Words("en")).decode()
    harmless = render(one_cell("harmless"), "md", Words("en")).decode()
    kinds, expected = (
        [kind for kind in tree(text) if kind not in ("text", "text_special")]
        for text in (page, harmless)
    )
    assert kinds == expected
    assert words(page).count(show(payload).strip()) >= 5


def test_an_unescaped_payload_would_be_found() -> None:
    assert "html_inline" in tree("| a |\n| --- |\n| <b>x |\n")
    assert "link_open" in tree("- [x](http://evil.example)\n")


def test_the_total_is_bold_and_figures_stand_right(answer_of: Callable[..., Answer]) -> None:
    columns = (Column("a", "A"), Column("b", "B"))
    sheet = Sheet("T", columns, [("x", None)], ("sum", None), ("note",))
    assert render(answer_of(sheet), "md", Words("en")).decode() == (
        "## T\n\n| A | B |\n| --- | --- |\n| x |  |\n| **sum** |  |\n\n- note\n"
    )


def test_words_without_a_sheet_are_lines() -> None:
    answer = Answer(data=dict, text=lambda: "# one\n<two>")
    page = render(answer, "md", Words("en")).decode()
    assert page == "&#35; one  \n&lt;two&gt;  \n"
    assert words(page) == "# one<two>"


def test_an_empty_sheet_says_so(answer_of: Callable[..., Answer]) -> None:
    page = render(answer_of(Sheet("T", (Column("a", "A"),), [])), "md", Words("zh")).decode()
    assert page == "## T\n\n没有可显示的记录。\n"
