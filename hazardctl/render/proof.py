"""How a proof of the ledger is shown: each step with its result, each fault, a line of totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hazardctl.domain.finding import Finding
from hazardctl.domain.proof import Proof, Step
from hazardctl.render import findings as found
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

MOST = 50  # faults that are shown to a person; JSON has them all
DIGITS = 16  # of a hash that a person reads; `evidence get` asks for 8
FEW = 5  # hazards or people that are named to a person in one remark


def answer(proved: Proof, words: Words) -> Answer:
    """Every step, every fault, what is suspicious, and the totals."""
    faults = found.records(proved.findings, words)
    return Answer(
        data=lambda: _record(proved, faults, words),
        sheets=lambda: _sheets(proved, words),
        records=lambda: faults,
        coded=lambda: coded(faults, keys=found.KEYS),
    )


def _record(
    proved: Proof, faults: Sequence[Mapping[str, object]], words: Words
) -> dict[str, object]:
    steps = [
        {"step": step.name, "ok": not step.findings, **step.facts, "faults": len(step.findings)}
        for step in proved.steps
    ]
    return {
        "ok": not faults,
        "ledger_id": proved.ledger_id,
        "schema": proved.schema,
        "events": proved.events,
        "head": proved.head,
        "hazards": proved.hazards,
        "closed": proved.closed,
        "open": proved.open,
        "evidence": proved.evidence,
        "steps": steps,
        "findings": faults,
        "remarks": found.records(proved.remarks, words),
    }


def _sheets(proved: Proof, words: Words) -> list[Sheet]:
    said = words.catalog("labels")["proof"]
    columns = (
        Column("step", said["step"], kept=True),
        Column("what", said["what"], folded=True),
        Column("faults", said["faults"], Kind.COUNT, kept=True),
    )
    rows = [
        [said["steps"][step.name], _what(step, words), len(step.findings)] for step in proved.steps
    ]
    sheets = [Sheet(title="", columns=columns, rows=rows)]
    if proved.findings:
        sheets.append(_named(proved.findings, said["at_fault"], words))
    if proved.remarks:
        sheets.append(_named(proved.remarks, said["suspicious"], words))
    last = sheets.pop()
    return [*sheets, last._replace(notes=(*last.notes, _totals(proved, words)))]


def _named(findings: Sequence[Finding], title: str, words: Words) -> Sheet:
    """The first of them in a table; how many more there are is said under it."""
    more = len(findings) - MOST
    notes = (words.say("said", "more-faults", count=more),) if more > 0 else ()
    sheet = found.sheet([_shortened(one, words) for one in findings[:MOST]], words, notes=notes)
    return sheet._replace(title=title)


def _what(step: Step, words: Words) -> str:
    facts = words.catalog("labels")["proof"]["facts"]
    told = {
        name: str(value)[:DIGITS] if name == "head" else value for name, value in step.facts.items()
    }
    between: str = words.catalog("labels")["between"]
    return between.join(f"{facts[name]} {value}" for name, value in told.items())


def _shortened(finding: Finding, words: Words) -> Finding:
    """A finding as a person reads it: of many hazards or people the first few, of a hash too."""
    facts = {
        name: [*value[:FEW], words.say("said", "and-more", count=len(value) - FEW)]
        if isinstance(value, list) and len(value) > FEW
        else (f"{value}"[:DIGITS] if name == "sha256" else value)
        for name, value in finding.facts.items()
    }
    return replace(finding, facts=facts)


def _totals(proved: Proof, words: Words) -> str:
    return words.say(
        "said",
        "proven" if not proved.findings else "at-fault",
        events=proved.events,
        hazards=proved.hazards,
        closed=proved.closed,
        open=proved.open,
        evidence=proved.evidence,
        faults=len(proved.findings),
        remarks=len(proved.remarks),
    )
