"""Reading a file as the tests do, and telling what came of it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hazardctl.data import industries
from hazardctl.data.script import simplified
from hazardctl.domain.arriving import Arrival
from hazardctl.domain.hazard import PREVIOUS, Draft, Hazard
from hazardctl.domain.industry import Taxonomy
from hazardctl.errors import FileRefused
from hazardctl.intake.reading import Options, Reading, read

CASES = Path(__file__).with_name("cases")
RECORDS = Path(__file__).parent / "register" / "cases"  # each named after its kind
TODAY = date(2022, 11, 18)


@cache
def taxonomy() -> Taxonomy:
    """The industries, read once."""
    return Taxonomy(industries(), simplified)


def options(**given: Any) -> Options:
    """The options of an import on 18 November 2022."""
    return Options(today=TODAY, taxonomy=taxonomy(), **given)


def read_text(folder: Path, text: str, **given: Any) -> Reading:
    """What a text file with these lines holds."""
    path = folder / "sent.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path, options(**given))


def row(folder: Path, **cells: str) -> Draft:
    """The one draft of a file with these cells, beside those that every row needs."""
    reading = one_row(folder, **cells)
    assert not reading.problems, reading.problems
    (draft,) = reading.drafts
    assert isinstance(draft, Draft)
    return draft


def one_row(folder: Path, **cells: str) -> Reading:
    """What comes of a file with one row."""
    needed = {"单位名称": "永安花炮厂", "隐患描述": "库房混放烟花", "检查时间": "2022-10-05"}
    texts = needed | cells
    line = ",".join('"' + text.replace('"', '""') + '"' for text in texts.values())
    return read_text(folder, ",".join(texts) + "\n" + line + "\n")


def codes(reading: Reading) -> list[str]:
    """The codes of the problems, in order."""
    return [problem.code for problem in reading.problems]


def said(reading: Reading) -> dict[str, object]:
    """The codes of the notices, each with its count."""
    return {notice.code: notice.facts["count"] for notice in reading.warnings}


def case_files(folder: Path = CASES) -> list[Path]:
    """The files of `cases/`, without what is expected of them, and how they are read."""
    return sorted(path for path in folder.iterdir() if path.suffix != ".json")


def asked(path: Path) -> Options:
    """The options with which a file is read: those that stand beside it, if any do."""
    beside = path.with_suffix(".options.json")
    given = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    kind = path.name.partition("-")[0] if path.parent == RECORDS else ""
    return options(**given, kind=kind)


def expectation(path: Path) -> Path:
    """Where it stands what is expected of a file."""
    return path.with_suffix(".expected.json")


def told(path: Path) -> str:
    """What comes of a file, as JSON that reads well; of one that is refused, why."""
    try:
        reading = read(path, asked(path))
    except FileRefused as refusal:
        return json.dumps({refusal.code(): refusal.facts}, ensure_ascii=False, indent=2) + "\n"
    parts = {
        "format": reading.format,
        "encoding": reading.encoding,
        "sheets": [
            {name.name: getattr(sheet, name.name) for name in fields(sheet)}
            for sheet in reading.sheets
        ],
        "mapping": reading.mapping,
        "unmapped_columns": reading.unmapped_columns,
        "rows": reading.rows,
        "not_hazards": reading.not_hazards,
        "rejected": reading.rejected,
        "skipped": reading.skipped,
    }
    lists = {
        "problems": [
            {
                "sheet": problem.sheet,
                "row": problem.row,
                "column": problem.column,
                "code": problem.code,
                "found": problem.found,
                **problem.facts,
            }
            for problem in reading.problems
        ],
        "warnings": [
            {"sheet": notice.sheet, "code": notice.code, **notice.facts}
            for notice in reading.warnings
        ],
        "drafts": [
            {"sheet": each.sheet, "row": each.row, **each.said}
            if isinstance(each, Arrival)
            else _draft(each)
            for each in reading.drafts
        ],
    }
    lines = [f"  {_json(key)}: {_json(value)}" for key, value in parts.items()]
    for key, rows in lists.items():
        inside = ",\n".join(f"    {_json(row)}" for row in rows)
        lines.append(f"  {_json(key)}: [\n{inside}\n  ]" if rows else f"  {_json(key)}: []")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _draft(draft: Draft) -> dict[str, object]:
    """The draft without what every draft has, and without its raw row."""
    hazard = draft.hazard
    plain = {"number", "imported", "from_on"} if hazard.cycle == 1 else {"number", "imported"}
    stated = {
        one.name: getattr(hazard, one.name)
        for one in fields(Hazard)
        if getattr(hazard, one.name) != one.default and one.name not in plain
    }
    stated |= {name: value for name in PREVIOUS if (value := getattr(draft, name))}
    return {"sheet": draft.sheet, "row": draft.row, **stated}


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text.encode(errors="backslashreplace").decode()  # half a character is no UTF-8
