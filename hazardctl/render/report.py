"""How a report is shown: its figures in a sheet, in JSON, and the open hazards below if few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from hazardctl.domain.figures import RATES, SUMMARY, figures
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import FORMS, Report, Row
from hazardctl.render.hazards import listed
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

Record = Mapping[str, Any]

# In a table the columns that matter most come first: a narrow terminal drops the last ones.
_PRINTED = (
    "found",
    "closed",
    "open",
    "closure_rate",
    "overdue",
    "due_soon",
    "found_major",
    "closed_major",
    "awaiting_verification",
    "awaiting_sign_off",
    "rectified",
    "rectification_rate",
    "on_time_rate",
    "on_time_rate_original",
    "reopened",
)
assert sorted(_PRINTED) == sorted(SUMMARY)


def answer(
    report: Report,
    wanted: Filter,
    as_of: date,
    *,
    below: Callable[[], Sequence[Record]],
    words: Words,
    taxonomy: Taxonomy,
) -> Answer:
    """A report; its JSON keys are the contract of every form."""
    columns = FORMS[report.form].columns
    since, until = report.period or (wanted.since, wanted.until)

    def label(row: Row) -> str:
        return _label(report.by, row.key, words, taxonomy)

    rows = [
        {"key": row.key, "label": label(row), **figures(row.counts, columns)} for row in report.rows
    ]
    data = {
        "form": report.form,
        "as_of": as_of.isoformat(),
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "filters": wanted.given(),
        "by": report.by,
        "rows": rows,
        "total": {
            "key": None,
            "label": words.say("labels", "total"),
            **figures(report.total, columns),
        },
        "overlap": report.overlap.found,
        "checks": [
            {"check": one.name, "ok": one.holds, "left": one.left, "right": one.right}
            for one in report.checks
        ],
    }

    def sheets() -> list[Sheet]:
        shown = _figures(report, rows, as_of, words)
        hazards = below()
        if not hazards:
            return [shown]
        under = listed(hazards, words, taxonomy)
        title = words.catalog("labels")["below"][report.form]
        return [shown, Sheet(title, under.columns, under.rows, notes=under.notes)]

    return Answer(
        data=lambda: data,
        sheets=sheets,
        records=lambda: rows,
        coded=lambda: coded(rows, keys=("key", "label", *columns)),
    )


def _figures(report: Report, rows: Sequence[Record], as_of: date, words: Words) -> Sheet:
    said = words.catalog("labels")
    printed = _PRINTED if report.form == "summary" else FORMS[report.form].columns
    columns = (
        Column("label", said["by"][report.by], kept=True),
        *(
            Column(
                name,
                said["figures"][name],
                Kind.RATE if name in RATES else Kind.COUNT,
                kept=name in ("found", "closed", "open", "overdue", "opening", "closing"),
            )
            for name in printed
        ),
    )
    total = figures(report.total, FORMS[report.form].columns)
    notes = [words.say("labels", "seen_on", day=as_of.isoformat())]
    if report.period:
        first, last = (day.isoformat() for day in report.period)
        notes = [words.say("labels", "of_period", since=first, until=last)]
    if report.overlap.found:
        notes.append(words.say("labels", "overlap", count=report.overlap.found))
    notes += [
        words.say("labels", "broken_check", check=one.name, left=one.left, right=one.right)
        for one in report.checks
        if not one.holds
    ]
    return Sheet(
        title=said["forms"][report.form],
        columns=columns,
        rows=[[row["label"], *(row[name] for name in printed)] for row in rows],
        total=[said["total"], *(total[name] for name in printed)],
        notes=tuple(notes),
    )


def _label(by: str, key: str | None, words: Words, taxonomy: Taxonomy) -> str:
    said = words.catalog("labels")
    if key is None:
        return str(said["none"])
    if by == "industry":
        industry = taxonomy[key]
        return industry.name if words.language == "zh" else industry.english
    return str(said["words"].get(key, key)) if by in ("state", "severity", "source") else key
