"""How an import is told: what became of every row, by file, and each fault in its place."""

from __future__ import annotations

import re
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
    "completed",
    "enterprises_registered",
)
FAULT = ("file", "sheet", "row", "column", "code", "found", "message")
_UNIT = re.compile(r" ?[(][^()]*(?:yuan|元)[)]$")  # of our columns: theirs have their own
FEW = 10  # candidates that are shown to a person; JSON has them all
MOST = 50  # faults that are shown to a person; JSON has them all

Account = dict[str, Any]


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
    """One file and what became of it; `reading` is None when the whole file was refused.

    `faults` is how many there are so far, while it is read.
    """

    file: str
    reading: Any = None
    faults: int = 0
    refusal: FileRefused | None = None
    partial: bool = False
    became: Any = None
    is_register: bool = False  # its rows tell of records, not of hazards

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it is taken."""
        return self.refusal is not None or bool(self.faults and not self.partial)

    @property
    def has_faults(self) -> bool:
        """Whether the file, or some of its rows, were refused."""
        return self.refusal is not None or bool(self.faults)

    def counts(self, *, is_saved: bool) -> dict[str, int]:
        """What became of its rows; `imported` is 0 unless it was saved."""
        if self.reading is None:
            return dict.fromkeys(COUNTED, 0)
        became, acceptable = self.became, self.became.new
        is_taken = is_saved and not self.is_refused
        return {
            "rows": self.reading.rows,
            "imported": acceptable if is_taken else 0,
            "acceptable": acceptable,
            "duplicates": became.duplicates,
            "changed": len({(change.sheet, change.row) for change in became.changed}),
            "not_hazards": self.reading.not_hazards,
            "rejected": self.reading.rejected,
            "skipped": self.reading.skipped,
            "completed": became.completed if is_taken or not is_saved else 0,
            "enterprises_registered": len(became.newcomers) if is_taken or not is_saved else 0,
        }


def accounts(done: Sequence[Import], words: Words, *, is_saved: bool) -> list[Account]:
    """What became of every file, as JSON."""
    return [_file(one, words, is_saved=is_saved) for one in done]


def answer(
    done: Sequence[Import], files: Sequence[Account], words: Words, *, is_saved: bool
) -> Answer:
    """What became of every file; for people the faults in a table and a line a file under it."""
    totals = {name: sum(one[name] for one in files) for name in COUNTED}
    faults = [fault for one in files for fault in one["problems"]]

    def notes() -> list[str]:
        more = len(faults) - MOST
        unshown = [words.say("said", "more-problems", count=more)] if more > 0 else []
        return [*unshown, *counted(done, files, words, is_saved=is_saved)]

    return Answer(
        text=None if faults else lambda: "\n".join(notes()),
        data=lambda: {"files": files, **totals},
        records=lambda: files,
        coded=lambda: coded(faults, keys=FAULT),
        sheets=lambda: [_told(faults, notes(), words)],
    )


def counted(
    done: Sequence[Import], files: Sequence[Account], words: Words, *, is_saved: bool
) -> Iterator[str]:
    """A line a file on what became of its rows; what has changed since, row by row."""
    for one, file in zip(done, files, strict=True):
        if not is_saved and file["mapping"]:
            yield words.say("said", "columns-read", file=one.file, columns=_columns(file, words))
        if one.is_refused:
            yield words.say("said", "refused", file=one.file, problems=len(file["problems"]))
        else:
            said = "imported" if is_saved else "would-import"
            yield words.say("said", f"{said}-records" if one.is_register else said, **file)
        yield from _resembling(file, words)
        for row in file["renumbered"]:
            yield words.say("said", "renumbered", **{**row, "file": one.file})
        yield from _changed(one, file["changes"], words)


def _changed(one: Import, changes: Sequence[Account], words: Words) -> Iterator[str]:
    """What rows say else than the ledger; of records, which may be many, the first ones."""
    shown = changes[:FEW] if one.is_register else changes
    for change in shown:
        told = {name: str(words.worded(change[name])) for name in ("ledger", "stated")}
        here = change["number"] or _earlier(change, one.file, words)
        said = "-since" if change["number"] else "-in-file"
        place = {"file": one.file, "row": change["row"], "number": here}
        if one.is_register:
            field = words.catalog("labels")["fields"][change["field"]]
            told = {name: text or "—" for name, text in told.items()}
            yield words.say("said", f"field-changed{said}", field=field, **place, **told)
        else:
            yield words.say("said", f"changed{said}", **place, **told)
    if (more := len(changes) - len(shown)) > 0:
        yield words.say("said", "more-changes", file=one.file, count=more)


def met(done: Sequence[Import], words: Words, *, is_saved: bool) -> Iterator[str]:
    """Which enterprises were not on the register and are now, or would be."""
    for one in done:
        if one.became is None or one.is_refused or not one.became.newcomers:
            continue
        newcomers = one.became.newcomers
        names = str(words.worded(newcomers[:FEW], ours=False))
        if (more := len(newcomers) - FEW) > 0:
            names = f"{names} {words.say('said', 'and-more', count=more)}"
        said = "enterprises-registered" if is_saved else "would-register"
        yield words.say("said", said, file=one.file, count=len(newcomers), names=names)


def _columns(file: Account, words: Words) -> str:
    """Each column of the sender's with the field that it is read into, in whichever unit."""
    said = words.catalog("labels")["fields"]
    pairs = [
        f"{heading} → {_UNIT.sub('', said.get(field, field))}"
        for heading, field in file["mapping"].items()
    ]
    return str(words.worded(pairs, ours=False))


def _resembling(file: Account, words: Words) -> Iterator[str]:
    """The first rows that may be hazards which are known already."""
    candidates = file["candidates"]
    for found in candidates[:FEW]:
        known = found["number"] or _earlier(found, file["file"], words)
        told = {"row": found["row"], "known": known, "description": found["description"]}
        day = found["found_on"]
        yield words.say("said", found["how"], file=file["file"], found_on=day, **told)
    if len(candidates) > FEW:
        more = len(candidates) - FEW
        yield words.say("said", "more-candidates", file=file["file"], count=more)


def _earlier(found: Account, file: str, words: Words) -> str:
    """Where the earlier row stands that a row of a file resembles."""
    other = found["of_file"] if found["of_file"] != file else None
    return words.tell("said", "row", {"row": found["of_row"], "file": other})


def noticed(files: Sequence[Account], words: Words) -> Iterator[str]:
    """What the sender should know, beside the answer."""
    for file in files:
        if file["unmapped_columns"]:
            columns = words.worded(file["unmapped_columns"], ours=False)
            yield words.say("said", "unmapped", file=file["file"], columns=columns)
        for warning in file["warnings"]:
            yield words.say("said", "warning", file=file["file"], sentence=warning["message"])


def _file(one: Import, words: Words, *, is_saved: bool) -> Account:
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
                **_place(change.of),
                "field": change.field,
                "ledger": change.ledger,
                "stated": change.stated,
            }
            for change in (became.changed if became else ())
        ],
        "renumbered": [
            {"sheet": row.sheet, "row": row.row, "stated": row.stated, "number": row.number}
            for row in (became.renumbered if became and not one.is_refused else ())
        ],
        "candidates": [
            {
                "sheet": found.sheet,
                "row": found.row,
                "how": str(found.how),
                "number": found.number or None,
                **_place(found.of),
                "description": found.description,
                "found_on": found.found_on,
            }
            for found in (became.candidates if became else ())
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


def _place(of: Any) -> Account:
    """Where an earlier row stands, if there is one."""
    return {f"of_{name}": of and getattr(of, name) for name in ("file", "sheet", "row")}


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


def _told(faults: Sequence[Mapping[str, Any]], notes: Sequence[str], words: Words) -> Sheet:
    """The faults in a table."""
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
        for name in FAULT
        if name != "code"
    )
    rows = [[fault[column.key] for column in columns] for fault in faults[:MOST]]
    return Sheet(title="", columns=columns, rows=rows, notes=tuple(notes))
