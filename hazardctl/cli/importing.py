"""Taking in other people's spreadsheets, as it is typed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from typing import Annotated

import typer

from hazardctl.cli import kinds, returning
from hazardctl.cli.clock import actor, stamp
from hazardctl.cli.desk import Desk
from hazardctl.cli.incoming import Coming
from hazardctl.cli.manner import in_a_manner, options
from hazardctl.cli.options import Text
from hazardctl.cli.progress import watching
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.mapping import SavedMapping
from hazardctl.errors import Exit
from hazardctl.ledger import importing, reading
from hazardctl.ledger.importing import Saving
from hazardctl.render import imports
from hazardctl.render.imports import Import
from hazardctl.store.place import Place


@in_a_manner
def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", show_default=False)],
    typed: SavedMapping,
    kind: Annotated[Text, typer.Option("--kind", metavar="KIND")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    partial: Annotated[bool, typer.Option("--partial")] = False,
    mapping: Annotated[Text, typer.Option("--mapping", metavar="NAME")] = None,
    save_mapping: Annotated[Text, typer.Option("--save-mapping", metavar="NAME")] = None,
    errors: Annotated[Text, typer.Option("--errors", metavar="FILE.xlsx|FOLDER")] = None,
    confirmed: Annotated[bool, typer.Option("--confirmed")] = False,
) -> None:
    """Take in spreadsheets: every row is imported, known already, no hazard, or rejected."""
    desk: Desk = context.obj
    what = kinds.of(kind)
    asked = {"--mapping": mapping, "--save-mapping": save_mapping, "--confirmed": confirmed}
    kinds.must_fit(what, typed, asked)
    returning.check(desk, errors, files)
    path = desk.place(making=not dry_run)
    said = reading.mapping(path, mapping).with_more(typed) if mapping else typed
    saving = (save_mapping, said.to_keep()) if save_mapping else None
    manner = replace(options(desk, said), kind=what, confirmed=confirmed)
    who = None if dry_run else _who(desk, files)
    done = [Import(Path(file).name, partial=partial, is_register=bool(what)) for file in files]
    with watching(desk) as watch:
        pairs = zip(files, done, strict=True)
        coming = [Coming(Path(file), manner, told, watch) for file, told in pairs]
        saved_as = _take(desk, path, coming, who=who, saving=saving)
    returning.give_back(desk, errors, files, done, manner)
    _tell(desk, done, saved_as, is_saved=who is not None)


def _who(desk: Desk, files: Sequence[str]) -> Stamp:
    """Who takes these files in; raises as `stamp` does."""
    actor(desk)  # nobody has to wait for files to be read to be told that a name is needed
    desk.handed_in += [digest for file in files if (digest := _digest(file))]
    return stamp(desk)


def _take(
    desk: Desk, path: Place, coming: Sequence[Coming], *, who: Stamp | None, saving: Saving | None
) -> str | None:
    """Take the files in, or only look at them where nobody does; each learns what became of it.

    Returns the name under which it is saved how they are read.
    """
    if who is None:
        taken = importing.sort_out(path, coming)
    else:
        taken = importing.take(path, who, coming, saving=saving)
    for one, became in zip(coming, taken, strict=True):
        one.told.became = became
        kinds.blame(one.told, became.misled)
        if who and importing.is_new(became) and not one.is_refused:
            desk.saved.append(one.file)
    if not who or not saving or all(one.is_refused for one in coming):
        return None
    desk.saved.append(f"--mapping {saving[0]}")
    return saving[0]


def _tell(desk: Desk, done: list[Import], saved_as: str | None, *, is_saved: bool) -> None:
    """The answer on stdout; beside it, unless JSON has it all, what was noticed."""
    if saved_as:
        desk.tell("said", "mapping-saved", name=saved_as)
    desk.exit = Exit.FILE if any(one.has_faults for one in done) else Exit.DONE
    files = imports.accounts(done, desk.words, is_saved=is_saved)
    desk.say(imports.answer(done, files, desk.words, is_saved=is_saved))
    if desk.format in ("csv", "plain"):  # these hold the faults alone
        for sentence in imports.counted(done, files, desk.words, is_saved=is_saved):
            desk.tell_plainly(sentence)
    if desk.format not in ("json", "ndjson"):
        for sentence in imports.noticed(files, desk.words):
            desk.tell_plainly(sentence)
        for sentence in imports.met(done, desk.words, is_saved=is_saved):
            desk.tell_plainly(sentence)


def _digest(file: str) -> str | None:
    """What is in a file, for telling whether the same is asked again; None if it cannot be read."""
    try:
        if not S_ISREG(os.stat(file).st_mode):  # to open a pipe would be to wait for its writer
            return None
        with open(file, "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
