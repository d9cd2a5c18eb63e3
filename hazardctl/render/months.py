"""The national monthly form: two sheets in their own layout, in JSON one row for each of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hazardctl.domain import months
from hazardctl.domain.figures import RATES, figures
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.months import COLUMNS, Line, Month, Return
from hazardctl.domain.report import Report
from hazardctl.render.report import broken, told
from hazardctl.render.sheet import Answer, Cell, Column, Frame, Kind, Sheet, coded
from hazardctl.text import Words

# What a column stands under, on paper.
_ABOVE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("general_found", "general_rectified", "general_rate"), ("general",)),
    **dict.fromkeys(("major_found", "major_closed", "major_rate"), ("major",)),
    **dict.fromkeys(("major_planned", "major_in_place"), ("major", "planned")),
    **dict.fromkeys(("major_listed", "listed_provincial", "listed_municipal"), ("major", "listed")),
}
_KEPT = frozenset({"general_found", "general_rectified", "major_found", "major_closed"})
_INDENT = "　"  # before a row that is a part of another


def answer(
    report: Report, wanted: Filter, as_of: date, *, words: Words, taxonomy: Taxonomy
) -> Answer:
    """The form; the rows of its JSON are those that its total is the sum of."""
    returns = months.returns(taxonomy.monthly())
    counts = {str(row.key): row.counts for row in report.rows}
    rows = [
        {
            "key": line.key,
            "label": _name(line, words),
            "sheet": line.sheet,
            **figures(counts[line.key], COLUMNS),
        }
        for line in months.lines(returns)
    ]
    said = words.catalog("labels")
    sums = [
        {"key": sheet.key, "label": said["total"], **figures(_summed(sheet, counts), COLUMNS)}
        for sheet in returns
    ]
    return Answer(
        data=lambda: {**told(report, wanted, as_of, rows, words), "sheets": sums},
        sheets=lambda: [_sheet(report, returns, at, counts, words) for at in range(len(returns))],
        records=lambda: rows,
        coded=lambda: coded(rows),
    )


def _name(line: Line, words: Words) -> str:
    return line.name if words.language == "zh" else line.english


def _summed(sheet: Return, counts: Mapping[str, Month]) -> Month:
    """The total of a sheet."""
    return sum((counts[line.key] for line in months.lines([sheet])), start=Month())


def _sheet(
    report: Report, returns: Sequence[Return], at: int, counts: Mapping[str, Month], words: Words
) -> Sheet:
    """One sheet of the form; below the last one stands the total of all."""
    own, is_last = returns[at], at == len(returns) - 1
    said = words.catalog("labels")
    rows = [_row(line, own, counts, words) for line in own.lines]
    total = [said["total"], *_cells(_summed(own, counts))]
    strong = frozenset[int]()
    if is_last and len(returns) > 1:
        strong = frozenset({len(rows)})
        rows.append(total)
        total = [words.say("papers", "both"), *_cells(report.total)]
    return Sheet(
        title=own.title if words.language == "zh" else own.english,
        columns=_columns(words),
        rows=rows,
        total=total,
        notes=tuple(broken(report, words)) if is_last else (),
        strong=strong,
        frame=_frame(report, own, words),
    )


def _row(line: Line, sheet: Return, counts: Mapping[str, Month], words: Words) -> list[Cell]:
    """A row as it is printed; one without industries is the sum of its parts."""
    own = [
        counts[one.key]
        for one in sheet.lines
        if line.key in (one.key, one.within) and one.industries
    ]
    indent = _INDENT if line.within else ""
    return [indent + _name(line, words), *_cells(sum(own, start=Month()))]


def _cells(counts: Month) -> list[Cell]:
    return list(figures(counts, COLUMNS).values())


def _columns(words: Words) -> tuple[Column, ...]:
    said, papers = words.catalog("labels"), words.catalog("papers")
    return (
        Column("label", said["by"]["row"], kept=True),
        *(
            Column(
                name,
                said["figures"][name],
                _kind(name),
                kept=name in _KEPT,
                above=tuple(papers["above"][one] for one in _ABOVE.get(name, ())),
                printed=papers["monthly"][name],
            )
            for name in COLUMNS
        ),
    )


def _kind(name: str) -> Kind:
    if name in RATES:
        return Kind.RATE
    return Kind.MONEY if name.endswith("_fen") else Kind.COUNT


def _frame(report: Report, sheet: Return, words: Words) -> Frame:
    signed: Mapping[str, Any] = words.catalog("papers")["signed"]
    return Frame(
        heads=(
            words.say("papers", "reported_by"),
            words.say("papers", "period", period=_period(report, words)),
        ),
        foot=tuple(signed.values()),
        tab=sheet.tab if words.language == "zh" else sheet.english_tab,
        numbered=words.say("papers", "numbers"),
    )


def _period(report: Report, words: Words) -> str:
    """The period of the form in its own words, as far as it is what they say."""
    assert report.period
    since, until = report.period
    if (since.month, since.day) != (1, 1) or since.year != until.year:
        return words.say("papers", "days", since=since.isoformat(), until=until.isoformat())
    is_whole = (until + timedelta(days=1)).month != until.month
    facts = {"year": until.year, "month": until.month}
    if is_whole:
        return words.say("papers", "whole_months", **facts)
    return words.say("papers", "so_far", **facts, day=until.day)
