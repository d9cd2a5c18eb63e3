"""The web page, read back by a parser of HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

import hazardctl.render.page
from hazardctl.render.sheet import Answer, Column, Sheet
from hazardctl.render.visible import show
from hazardctl.render.writing import render
from hazardctl.text import LANGUAGES, Language, Words

HTML = json.loads((Path(__file__).parent / "payloads/html.json").read_text())


class Tags(HTMLParser):
    """Collects the tags with their attributes, and the words between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", ()))


def page_of(answer: Answer, language: Language = "en") -> str:
    """The page as text."""
    return render(answer, "html", Words(language)).decode()


@pytest.mark.parametrize("payload", HTML.values(), ids=HTML)
def test_a_payload_makes_the_same_tags_as_a_harmless_word(
    payload: str, one_cell: Callable[[str], Answer]
) -> None:
    page, harmless = Tags(page_of(one_cell(payload))), Tags(page_of(one_cell("harmless " * 6)))
    short = Tags(page_of(one_cell("harmless")))
    assert page.tags in (harmless.tags, short.tags)
    assert page.words.count(show(payload)) == 7  # title, h1, heading, three cells, note


def test_without_escaping_the_payloads_would_be_found() -> None:
    page = Environment(autoescape=False).from_string("<table><td>{{ cell }}</td></table>")
    harmless = Tags(page.render(cell="harmless")).tags
    found = [cell for cell in HTML.values() if Tags(page.render(cell=cell)).tags != harmless]
    assert len(found) >= 12


def test_every_attribute_of_the_template_is_quoted() -> None:
    source = Path(hazardctl.render.page.__file__).with_name("page.html.j2").read_text()
    assert "={{" not in source
    assert "script" not in source
    assert "| safe" not in source
    assert "|safe" not in source


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fetches_nothing_and_runs_nothing(
    language: Language, paper: Callable[[Language], Answer]
) -> None:
    page = Tags(page_of(paper(language), language))
    policy = {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    }
    assert ("meta", tuple(policy.items())) in page.tags
    names = {name for tag, attributes in page.tags for name, _ in attributes}
    assert names <= {"lang", "charset", "http-equiv", "content", "name", "scope", "class"}
    assert page.tags[0] == ("html", (("lang", "zh-CN" if language == "zh" else "en"),))


def test_every_cell_and_note_is_on_the_page(paper: Callable[[Language], Answer]) -> None:
    words = Tags(page_of(paper("zh"), "zh")).words
    assert "一车间东侧安全出口上锁\n钥匙不在现场" in words
    assert "98.8%" in words
    assert "合计" in words
    assert "发现 = 销号 + 未销号：相符。" in words


def test_words_without_a_sheet_and_a_sheet_without_rows(answer_of: Callable[..., Answer]) -> None:
    answer = Answer(data=dict, text=lambda: "<b>one</b>\ntwo\x07")
    assert "<b>one</b>\ntwo\\u{7}" in Tags(page_of(answer)).words
    empty = answer_of(Sheet("T", (Column("a", "A"),), []))
    assert "Nothing to show." in Tags(page_of(empty)).words
