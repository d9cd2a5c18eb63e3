"""How evidence files are shown: what is attached to what, and what a proof of them found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hazardctl.domain.finding import Finding
from hazardctl.render import findings as found
from hazardctl.render.hazards import columns
from hazardctl.render.sheet import Answer, Sheet, coded
from hazardctl.text import Words

Record = Mapping[str, Any]
KEYS = ("number", "sha256", "name", "size", "kind", "attached_on", "attached_by")
_SHOWN = ("number", "name", "size", "kind", "attached_on", "attached_by", "sha256")


def listed(files: Sequence[Record], words: Words) -> Answer:
    """The files, one row each; for people the step that brought it in words."""
    return Answer(
        data=lambda: files,
        records=lambda: files,
        coded=lambda: coded(files, keys=KEYS),
        sheets=lambda: [_sheet(files, words)],
    )


def _sheet(files: Sequence[Record], words: Words) -> Sheet:
    kinds = words.catalog("labels")["kinds"]
    told = [{**file, "kind": kinds.get(file["kind"], file["kind"])} for file in files]
    rows = [[file[name] for name in _SHOWN] for file in told]
    return Sheet(title="", columns=columns(_SHOWN, words), rows=rows)


def proven(files: int, findings: Sequence[Finding], words: Words) -> Answer:
    """What a proof of so many files found: each fault in its sentence, and the totals."""
    intact = files - len(findings)
    totals = words.say("said", "evidence-proven", files=files, intact=intact, faults=len(findings))
    told = found.records(findings, words)
    return Answer(
        data=lambda: {"files": files, "intact": intact, "findings": told},
        records=lambda: told,
        coded=lambda: coded(told, keys=found.KEYS),
        sheets=lambda: [found.sheet(findings, words, notes=(totals,))],
        text=None if findings else lambda: totals,
    )
