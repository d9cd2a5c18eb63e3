"""A sender's own workbook given back: which faults are marked in it, where, and in which words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hazardctl.errors import FileRefused
from hazardctl.render.visible import show
from hazardctl.render.width import fold
from hazardctl.text import Words

if TYPE_CHECKING:  # a workbook that is marked as it came needs no other
    from hazardctl.render.rebuilding import Rebuilt

SECONDS = 200  # of waiting for the marked workbook
LONGEST = 2_000  # characters of one sentence, which may hold the whole cell
MOST = 8  # sentences in one cell
# Refusals of a file for its headings: it can be read, and its sender can correct it.
OF_HEADINGS = frozenset(
    {
        *("ambiguous-heading", "contested-field"),
        *("no-description-column", "no-leading-column"),
    }
)

_WIDTH = 56  # of a line of the column, in terminal cells
_LETTER = re.compile(r" \[[A-Z]+\]$")  # by which repeated headings are told apart
_START = (
    "import json,sys;sys.path[:]=json.loads(sys.argv[1]);"
    "from hazardctl.render.marking import main;main()"
)
_HANDED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")

Sheet = str | None
Told = tuple[int | None, str]  # the column and the sentence of a fault


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be marked in one sheet: the faults by row, beside the table that they are in."""

    sheet: Sheet
    heading_row: int
    width: int  # columns of the table
    told_in: int | None  # the column of an earlier time
    rows: list[tuple[int, list[Told], int]] = field(default_factory=list)  # and the lines they take


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with the headings of a file that was refused for them."""

    sheet: Sheet
    headings: list[str]
    sentence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is to be marked in one workbook; `heading` is that of the new column."""

    heading: str
    pages: list[Page] = field(default_factory=list)
    remark: Remark | None = None

    def within(self, rebuilt: Rebuilt) -> Plan:
        """The same for the workbook that was made of the file: its sheets and rows moved."""

        def moved(page: Page) -> Page:
            rows = [(at(page.sheet, row), told, lines) for row, told, lines in page.rows]
            head = at(page.sheet, page.heading_row)
            return replace(page, sheet=rebuilt.names[page.sheet], heading_row=head, rows=rows)

        def at(sheet: Sheet, row: int) -> int:
            return rebuilt.moved.get((sheet, row), row)

        remark = self.remark
        if remark and remark.sheet in rebuilt.names:
            remark = replace(remark, sheet=rebuilt.names[remark.sheet])
        return replace(self, pages=[moved(page) for page in self.pages], remark=remark)


def plan(reading: Any, refusal: FileRefused | None, words: Words) -> Plan | None:
    """What is to be marked in a file; None if it was refused for more than its headings."""
    heading = words.catalog("render")["faults"]
    if refusal is not None:
        if refusal.code() not in OF_HEADINGS:
            return None
        named = _headings(refusal.facts)
        sheet: Any = refusal.facts.get("sheet")
        return Plan(heading, remark=Remark(sheet, named, _sentence(words, refusal, refusal.facts)))
    faults: dict[Sheet, dict[int, list[Told]]] = {}
    for problem in reading.problems:
        told = (problem.index, _sentence(words, problem, problem.words))
        faults.setdefault(problem.sheet, {}).setdefault(problem.row, []).append(told)
    pages = []
    for sheet in reading.sheets:
        if found := faults.get(sheet.name):
            margin = reading.margins[sheet.name]
            rows = [(row, told[:MOST], _lines(told[:MOST])) for row, told in found.items()]
            pages.append(Page(sheet.name, sheet.heading_row, margin.width, margin.told_in, rows))
    return Plan(heading, pages)


def marked(content: bytes, what: Plan) -> bytes | None:
    """The workbook with its faults marked; None if it cannot be opened, or asks for too much."""
    told = json.dumps(asdict(what)).encode() + b"\n"
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _START, json.dumps(sys.path)],
            input=told + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _HANDED_ON if name in os.environ},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return child.stdout if child.returncode == 0 else None


def _headings(facts: Mapping[str, Any]) -> list[str]:
    """The headings that a refusal is about; one of a file without descriptions is about none."""
    if "field" not in facts and "fields" not in facts:
        return []
    return [_LETTER.sub("", name) for name in facts.get("headings") or [facts["heading"]]]


def _sentence(words: Words, fault: Any, facts: Mapping[str, object]) -> str:
    code = fault.code() if isinstance(fault, FileRefused) else fault.code
    return show(words.tell("problems", code, facts)[:LONGEST])


def _lines(told: Iterable[Told]) -> int:
    return sum(len(fold(sentence, _WIDTH)) for _, sentence in told)
