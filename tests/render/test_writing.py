"""One table of writers, each loaded when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from hazardctl.errors import UnknownFormat
from hazardctl.render.sheet import Answer
from hazardctl.render.writing import WRITERS, render
from hazardctl.text import LANGUAGES, Language, Words

LOADED = """
import sys
from hazardctl.render.sheet import Answer, Column, Sheet
from hazardctl.render.writing import render
from hazardctl.text import Words
sheet = Sheet("t", (Column("a", "A"),), [("安全",)])
render(Answer(data=lambda: [1], sheets=lambda: [sheet]), sys.argv[1], Words("en"))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
HEAVY = {"rich", "xlsxwriter", "docx", "jinja2", "lxml", "typer", "sqlmodel", "sqlalchemy"}


@pytest.mark.parametrize(
    ("format", "loaded"),
    [
        ("json", set()),
        ("ndjson", set()),
        ("csv", set()),
        ("plain", set()),
        ("md", set()),
        ("table", {"rich"}),
        ("html", {"rich", "jinja2"}),
        ("xlsx", {"rich", "xlsxwriter"}),
    ],
)
def test_a_format_loads_its_own_library_only(format: str, loaded: set[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, format], capture_output=True, text=True, check=True
    )
    assert HEAVY & set(ran.stdout.split()) == loaded


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_writes_the_sample(
    format: str, language: Language, paper: Callable[[Language], Answer]
) -> None:
    assert render(paper(language), format, Words(language), width=80)


@pytest.mark.parametrize("format", WRITERS)
def test_every_format_writes_an_answer_of_words_only(format: str) -> None:
    answer = Answer(data=lambda: {"a": 1}, text=lambda: "done")
    assert isinstance(render(answer, format, Words("en")), bytes)


def test_an_unknown_format_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownFormat) as refusal:
        render(Answer(data=dict), "pdf", Words("en"))
    assert refusal.value.facts == {"format": "pdf", "formats": list(WRITERS)}
