"""How an import is told: what became of every row, by file, and each fault in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from hazardctl.errors import FileRefused
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

COUNTED = (
    "rows",
    "imported",
    "acceptable",
    "duplicates",
    "changed",
    "not_hazards",
    "rejected",
    "skipped",
)
MOST = 50  # faults that are shown to a person; JSON has them all


class Problem(Protocol):
    """One fault of one row."""

    file: str
    sheet: str | None
    row: int
    column: str | None
    code: str
    found: str

    @property
    def words(self) -> Mapping[str, object]:
        """What its sentence may name."""


@dataclass
class Import:
    """One file and what became of it; `reading` is None when the whole file was refused."""

    file: str
    reading: Any = None
    refusal: FileRefused | None = None
    partial: bool = False
    became: Any = None

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it is taken."""
        return self.reading is None or bool(self.reading.problems and not self.partial)

    @property
    def has_faults(self) -> bool:
        """Whether the file, or some of its rows, were refused."""
        return self.reading is None or bool(self.reading.problems)

    def counts(self, *, is_saved: bool) -> dict[str, int]:
        """What became of its rows; `imported` is 0 unless it was saved."""
        if self.reading is None:
            return dict.fromkeys(COUNTED, 0)
        acceptable = len(self.became.new)
        return {
            "rows": self.reading.rows,
            "imported": acceptable if is_saved and not self.is_refused else 0,
            "acceptable": acceptable,
            "duplicates": self.became.duplicates,
            "changed": len(self.became.changed),
            "not_hazards": self.reading.not_hazards,
            "rejected": self.reading.rejected,
            "skipped": self.reading.skipped,
        }


def answer(done: Sequence[Import], words: Words, *, is_saved: bool) -> Answer:
    """What became of every file; for people the faults in a table under a line a file."""
    files = [_file(one, words, is_saved=is_saved) for one in done]
    totals = {name: sum(one[name] for one in files) for name in COUNTED}

    def told() -> Sheet:
        return _told(done, files, words, is_saved=is_saved)

    faultless = not any(one["problems"] for one in files)
    return Answer(
        text=(lambda: "\n".join(told().notes)) if faultless else None,
        data=lambda: {"files": files, **totals},
        records=lambda: files,
        coded=lambda: coded([fault for one in files for fault in one["problems"]]),
        sheets=lambda: [told()],
    )


def _file(one: Import, words: Words, *, is_saved: bool) -> dict[str, Any]:
    reading, became = one.reading, one.became
    return {
        "file": one.file,
        "format": reading.format if reading else None,
        "encoding": reading.encoding if reading else None,
        "sheets": [
            {
                "name": sheet.name,
                "heading_row": sheet.heading_row,
                "rows": sheet.rows,
                "skipped": sheet.skipped,
                "hidden": sheet.is_hidden,
            }
            for sheet in (reading.sheets if reading else ())
        ],
        "mapping": reading.mapping if reading else {},
        "unmapped_columns": reading.unmapped_columns if reading else [],
        **one.counts(is_saved=is_saved),
        "changes": [
            {
                "sheet": change.sheet,
                "row": change.row,
                "number": change.number or None,
                "ledger": change.ledger,
                "stated": change.stated,
            }
            for change in (became.changed if became else ())
        ],
        "problems": list(_problems(one, words)),
        "warnings": [
            {
                "file": notice.file,
                "sheet": notice.sheet,
                "code": notice.code,
                "message": words.tell("problems", notice.code, notice.facts),
                **notice.facts,
            }
            for notice in (reading.warnings if reading else ())
        ],
    }


def _problems(one: Import, words: Words) -> Iterator[dict[str, Any]]:
    """Every fault; a file that was refused whole is one fault without a row."""
    if one.refusal is not None:
        refusal = one.refusal
        yield {
            "file": one.file,
            "sheet": refusal.facts.get("sheet"),
            "row": refusal.facts.get("row"),
            "column": None,
            "code": refusal.code(),
            "found": None,
            "message": words.tell("problems", refusal.code(), refusal.facts),
        }
        return
    problems: Sequence[Problem] = one.reading.problems
    for fault in problems:
        yield {
            "file": fault.file,
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column,
            "code": fault.code,
            "found": fault.found,
            "message": words.tell("problems", fault.code, fault.words),
        }


def _told(
    done: Sequence[Import], files: Sequence[Mapping[str, Any]], words: Words, *, is_saved: bool
) -> Sheet:
    """The faults in a table; under it a line a file, with what was noticed."""
    said = words.catalog("labels")["imports"]
    kinds = {"row": Kind.COUNT}
    columns = tuple(
        Column(
            name,
            said[name],
            kinds.get(name, Kind.TEXT),
            kept=name in ("row", "column"),
            folded=name == "message",
        )
        for name in ("file", "sheet", "row", "column", "found", "message")
    )
    faults = [fault for one in files for fault in one["problems"]]
    rows = [[fault[column.key] for column in columns] for fault in faults[:MOST]]
    return Sheet(
        title="",
        columns=columns,
        rows=rows,
        notes=tuple(_notes(done, files, len(faults), words, is_saved=is_saved)),
    )


def _notes(
    done: Sequence[Import],
    files: Sequence[Mapping[str, Any]],
    faults: int,
    words: Words,
    *,
    is_saved: bool,
) -> Iterator[str]:
    if faults > MOST:
        yield words.say("said", "more-problems", count=faults - MOST)
    for one, file in zip(done, files, strict=True):
        if one.is_refused:
            yield words.say("said", "refused", file=one.file, problems=len(file["problems"]))
        else:
            yield words.say("said", "imported" if is_saved else "would-import", **file)
        if file["unmapped_columns"]:
            columns = words.worded(file["unmapped_columns"])
            yield words.say("said", "unmapped", file=one.file, columns=columns)
        for change in file["changes"]:
            told = {name: words.worded(change[name]) for name in ("ledger", "stated")}
            yield words.say(
                "said",
                "changed-since",
                file=one.file,
                row=change["row"],
                number=change["number"] or "",
                **told,
            )
        for warning in file["warnings"]:
            yield words.say("said", "warning", file=one.file, sentence=warning["message"])
