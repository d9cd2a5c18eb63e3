"""Giving senders their own workbooks back, with the faults marked: `import --errors`."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hazardctl.cli.desk import Desk, in_one_line
from hazardctl.domain.filename import names
from hazardctl.errors import (
    CannotWrite,
    FileRefused,
    FolderForSeveral,
    OverItself,
    WorkbookNeeded,
)
from hazardctl.intake.reading import Options, opened
from hazardctl.render.imports import Import
from hazardctl.render.saving import save, save_within

if TYPE_CHECKING:  # few imports need it
    from hazardctl.render.rebuilding import Rebuilt

_ENDING = ".xlsx"
_AGAIN = re.compile(r"\.faults( \([0-9]+\))?$")  # of a copy that comes back
_DOUBTFUL = "ambiguous"
_IN_CELLS = frozenset({"error-cell", "formula-without-value"})  # faults that are no value
_LOST = (b"xl/media/", b"xl/ctrlProps/", b"xl/vbaProject.bin")  # names in a package
_ZIP = b"PK\x03\x04"


def check(desk: Desk, target: str | None, files: Sequence[str]) -> None:
    """Refuses a place for the copies that cannot be meant, before any file is read.

    Raises WorkbookNeeded, FolderForSeveral, OverItself, CannotWrite.
    """
    if target is None:
        return
    desk.must_not_be_of_the_ledger(target)
    if os.path.isdir(target):
        return
    if len(files) > 1:
        raise FolderForSeveral(option="--errors", path=target)
    if not target.lower().endswith(_ENDING):
        raise WorkbookNeeded(option="--errors", path=target)
    for other in (*files, desk.typed.get("--output")):
        if other and os.path.realpath(other) == os.path.realpath(target):
            raise OverItself(option="--errors", path=target)


def give_back(
    desk: Desk, target: str | None, files: Sequence[str], done: Sequence[Import], options: Options
) -> None:
    """Writes the marked copy of every file with faults, and says where it is.

    Raises CannotWrite; SavedUnsaid if rows are saved already.
    """
    if target is None:
        return
    for file, one in zip(files, done, strict=True):
        if not one.has_faults:
            continue
        copy = _copy(desk, Path(file), one, options)
        if copy is None:
            desk.tell("said", "not-given-back", file=in_one_line(one.file))
            continue
        saved = _save(desk, copy, Path(target), one.file)
        told = {"file": in_one_line(one.file), "path": in_one_line(str(saved))}
        desk.tell("said", "given-back", **told)


def _copy(desk: Desk, path: Path, one: Import, options: Options) -> bytes | None:
    """The file as a marked workbook: itself if that can be, else one made of its rows."""
    from hazardctl.render import returned  # few imports need it

    if (plan := returned.plan(one.reading, one.refusal, desk.words)) is None:
        return None
    try:
        content = _package(path)
        is_same = _is_same(one, hashlib.sha256(content).hexdigest())
        if content and is_same and (copy := returned.marked(content, plan)):
            if any(part in content and part not in copy for part in _LOST):
                desk.tell("said", "lost-in-copy", file=in_one_line(one.file))
            return copy
        made = _made(path, one, options)
    except (OSError, FileRefused):
        return None
    return returned.marked(made.content, plan.within(made)) if made else None


def _made(path: Path, one: Import, options: Options) -> Rebuilt | None:
    """A workbook of the file's rows; None if in it they would be less at fault than they are."""
    from hazardctl.render.rebuilding import rebuild

    problems = one.reading.problems if one.reading else ()
    if any(problem.code in _IN_CELLS for problem in problems):
        return None
    doubtful = {(each.sheet, each.row, each.index) for each in problems if each.code == _DOUBTFUL}
    with opened(path, options) as book:
        if not _is_same(one, book.sha256):
            return None
        is_1904 = "dates-from-1904" in book.facts
        return rebuild(book.grids, path.stem, doubtful=doubtful, is_1904=is_1904)


def _package(path: Path) -> bytes:
    """The content of a zip package; nothing of any other file, which may be of any size."""
    with path.open("rb") as file:
        return file.read() if file.peek(len(_ZIP)).startswith(_ZIP) else b""


def _is_same(one: Import, sha256: str) -> bool:
    """Whether a file still is what was read of it."""
    return one.reading is None or one.reading.sha256 == sha256


def _save(desk: Desk, copy: bytes, target: Path, file: str) -> Path:
    try:
        if target.is_dir():
            stem = _AGAIN.sub("", Path(file).stem)
            name = f"{stem}.faults{_ENDING}"
            return save_within([copy], target, names(name, otherwise=f"faults{_ENDING}"))
        save(copy, target)
    except OSError as fault:
        if desk.saved:
            raise desk.unsaid(fault.strerror) from fault
        raise CannotWrite(path=str(target), reason=fault.strerror) from fault
    return target
