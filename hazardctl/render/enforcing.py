"""The table of inspections and penalties in the layout in which it is sent upward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hazardctl.domain.enforcement import COLUMNS
from hazardctl.domain.figures import figures
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import Report
from hazardctl.render.report import broken, kind, labelled, told
from hazardctl.render.sheet import Answer, Column, Frame, Sheet, coded
from hazardctl.text import Words

# The columns of the official table (domain.md §8.3); what it does not ask for stands beside it.
_OFFICIAL = (
    *("teams", "inspectors", "enterprises", "visits", "warnings", "orders", "confiscations"),
    *("stop_orders", "suspensions", "licences", "closures", "detentions", "referred_people"),
    "fines_fen",
)
_OTHERS = tuple(name for name in COLUMNS if name not in _OFFICIAL)
# What two columns of ours are of one of its own.
_ABOVE: Mapping[str, str] = {
    **dict.fromkeys(("enterprises", "visits"), "visited"),
    **dict.fromkeys(("stop_orders", "suspensions"), "stopped"),
}
_KEPT = frozenset({"enterprises", "visits", "referred_people", "fines_fen"})


def answer(
    report: Report, wanted: Filter, as_of: date, *, words: Words, taxonomy: Taxonomy
) -> Answer:
    """The form; on paper the official table, and a second one of the cases."""
    rows = [
        {
            "key": row.key,
            "label": labelled(report.by, row.key, words, taxonomy),
            **figures(row.counts, COLUMNS),
        }
        for row in report.rows
    ]
    return Answer(
        data=lambda: told(report, wanted, as_of, rows, words),
        sheets=lambda: [
            _sheet(report, rows, _OFFICIAL, words, frame=_frame(report, words)),
            _sheet(report, rows, _OTHERS, words),
        ],
        records=lambda: rows,
        coded=lambda: coded(rows, keys=("key", "label", *COLUMNS)),
    )


def _sheet(
    report: Report,
    rows: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    words: Words,
    *,
    frame: Frame | None = None,
) -> Sheet:
    """Some of the columns; what must be said of all of them stands below the last."""
    said, papers = words.catalog("labels"), words.catalog("papers")
    total = figures(report.total, names)
    notes = []
    if not frame:
        notes = broken(report, words)
        if report.overlap.found:
            notes.insert(0, words.say("labels", "overlap", count=report.overlap.found))
    return Sheet(
        title=said["forms"]["enforcement"] if frame else papers["cases"],
        columns=(
            Column("label", said["by"][report.by], kept=True),
            *(
                Column(
                    name,
                    said["figures"][name],
                    kind(name),
                    kept=name in _KEPT,
                    above=(papers["above"][_ABOVE[name]],) if name in _ABOVE else (),
                    printed=papers["enforcement"].get(name, ""),
                )
                for name in names
            ),
        ),
        rows=[[row["label"], *(row[name] for name in names)] for row in rows],
        total=[said["total"], *total.values()],
        notes=tuple(notes),
        frame=frame,
    )


def _frame(report: Report, words: Words) -> Frame:
    assert report.period
    since, until = (day.isoformat() for day in report.period)
    papers = words.catalog("papers")
    period = words.say("papers", "days", since=since, until=until)
    return Frame(
        heads=(papers["reported_by"], words.say("papers", "period", period=period)),
        foot=tuple(papers["signed"].values()),
        tab=papers["enforcement_tab"],
    )
