"""How a report is shown: its figures in a sheet, in JSON, and the open hazards below if few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from hazardctl.domain.enforcement import BESIDE
from hazardctl.domain.figures import RATES, SUMMARY, figures
from hazardctl.domain.filter import Filter
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.report import FORMS, Report, Row
from hazardctl.render.cells import money
from hazardctl.render.hazards import listed
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

if TYPE_CHECKING:
    from hazardctl.domain.register import Kind as Of

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
# Never dropped, however narrow the terminal.
_KEPT = frozenset(
    {"found", "closed", "open", "overdue", "opening", "closing", "never_inspected", "silent"}
)
# Groups whose keys are words of the program.
_WORDED = ("state", "severity", "source", "jurisdiction")


class Below(Protocol):
    """What is listed below the figures: hazards, or records of a kind of the register."""

    @property
    def records(self) -> Sequence[Record]:
        """Each as it is printed in JSON."""

    @property
    def kind(self) -> Of | None:
        """Their kind."""


def answer(
    report: Report,
    wanted: Filter,
    as_of: date,
    *,
    below: Callable[[], Below],
    words: Words,
    taxonomy: Taxonomy,
) -> Answer:
    """A report; a form with a layout of its own is laid out by its own module."""
    if shower := FORMS[report.form].shower:
        module: Any = import_module(f"hazardctl.render.{shower}")
        own: Answer = module.answer(report, wanted, as_of, words=words, taxonomy=taxonomy)
        return own
    columns = FORMS[report.form].columns

    def label(row: Row) -> str:
        return labelled(report.by, row.key, words, taxonomy)

    rows = [
        {"key": row.key, "label": label(row), **figures(row.counts, columns)} for row in report.rows
    ]
    data = told(report, wanted, as_of, rows, words)
    if report.enforcement:
        data["enforcement"] = figures(report.enforcement, BESIDE)

    def sheets() -> list[Sheet]:
        shown = _figures(report, rows, as_of, words)
        if report.enforcement and report.enforcement.found:
            said = _enforced(report, wanted, words, taxonomy)
            shown = shown._replace(notes=(*shown.notes, said))
        found = below()
        if not found.records:
            return [shown]
        under = _under(found, words, taxonomy)
        title = words.catalog("labels")["below"][report.form]
        return [shown, Sheet(title, under.columns, under.rows, notes=under.notes)]

    return Answer(
        data=lambda: data,
        sheets=sheets,
        records=lambda: rows,
        coded=lambda: coded(rows, keys=("key", "label", *columns)),
    )


def _under(found: Below, words: Words, taxonomy: Taxonomy) -> Sheet:
    if found.kind is None:
        return listed(found.records, words, taxonomy)
    from hazardctl.render import register  # few reports list records

    return register.listed(found.kind, found.records, words, taxonomy)


def told(
    report: Report, wanted: Filter, as_of: date, rows: Sequence[Record], words: Words
) -> dict[str, object]:
    """A report as JSON: its keys are the contract of every form."""
    since, until = report.period or (wanted.since, wanted.until)
    return {
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
            **figures(report.total, FORMS[report.form].columns),
        },
        "overlap": report.overlap.found,
        "checks": [
            {"check": one.name, "ok": one.holds, "left": one.left, "right": one.right}
            for one in report.checks
        ],
    }


def broken(report: Report, words: Words) -> list[str]:
    """What does not add up, in words."""
    return [
        words.say("labels", "broken_check", check=one.name, left=one.left, right=one.right)
        for one in report.checks
        if not one.holds
    ]


def _figures(report: Report, rows: Sequence[Record], as_of: date, words: Words) -> Sheet:
    said = words.catalog("labels")
    printed = _PRINTED if report.form == "summary" else FORMS[report.form].columns
    columns = (
        Column("label", said["by"][report.by], kept=True),
        *(
            Column(
                name,
                said["figures"][name],
                kind(name),
                kept=name in _KEPT,
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
    notes += broken(report, words)
    return Sheet(
        title=said["forms"][report.form],
        columns=columns,
        rows=[[row["label"], *(row[name] for name in printed)] for row in rows],
        total=[said["total"], *(total[name] for name in printed)],
        notes=tuple(notes),
    )


def _enforced(report: Report, wanted: Filter, words: Words, taxonomy: Taxonomy) -> str:
    """What was inspected and punished in what the summary is of, in one sentence."""
    roots = [slug for slug in wanted.industry if taxonomy[slug].parent not in wanted.industry]
    names = [labelled("industry", slug, words, taxonomy) for slug in roots]
    done = report.enforcement
    return words.say(
        "labels",
        "enforced",
        what=words.catalog("labels")["between"].join([*names, *wanted.campaign]),
        visits=done.visits,
        fines=money(done.fines_fen),
        referrals=done.referrals,
    )


def kind(name: str) -> Kind:
    """How a figure is read."""
    if name in RATES:
        return Kind.RATE
    return Kind.MONEY if name.endswith("_fen") else Kind.COUNT


def labelled(by: str, key: str | None, words: Words, taxonomy: Taxonomy) -> str:
    """The key of a row as it is said."""
    said = words.catalog("labels")
    if key is None:
        return str(said["none"])
    if by == "industry":
        industry = taxonomy[key]
        return industry.name if words.language == "zh" else industry.english
    return str(said["words"].get(key, key)) if by in _WORDED else key
