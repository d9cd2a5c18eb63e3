"""How the findings of a proof are shown: each in a sentence, with what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hazardctl.domain.finding import Finding
from hazardctl.render.sheet import Column, Kind, Sheet
from hazardctl.text import Words

KEYS = ("code", "number", "seq", "message", "facts")
_SHOWN = ("code", "number", "seq", "message")
_SOME = ("number", "seq")  # not every finding is about a hazard, or an event


def records(findings: Iterable[Finding], words: Words) -> list[dict[str, Any]]:
    """The findings as JSON."""
    return [
        {
            "code": finding.code,
            "number": finding.number,
            "seq": finding.seq,
            "message": words.tell("findings", finding.code, finding.facts),
            "facts": dict(finding.facts),
        }
        for finding in findings
    ]


def sheet(findings: Iterable[Finding], words: Words, *, notes: tuple[str, ...] = ()) -> Sheet:
    """The findings in a table, with what is said under it; an empty column is left out."""
    told = records(findings, words)
    names = [name for name in _SHOWN if name not in _SOME or any(one[name] for one in told)]
    said = words.catalog("labels")["findings"]
    columns = tuple(
        Column(
            name,
            said[name],
            Kind.COUNT if name == "seq" else Kind.TEXT,
            kept=name == "number",
            folded=name == "message",
        )
        for name in names
    )
    rows = [[one[name] for name in names] for one in told]
    return Sheet(title="", columns=columns, rows=rows, notes=notes)
