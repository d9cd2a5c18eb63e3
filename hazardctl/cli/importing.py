"""Taking in other people's spreadsheets, as it is typed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from stat import S_ISREG
from typing import Annotated

import typer

from hazardctl.cli import returning, values
from hazardctl.cli.clock import actor, stamp, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.incoming import Coming
from hazardctl.cli.options import Campaigns, District, Enterprise, FoundOn, Industry, Source
from hazardctl.cli.progress import watching
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import words
from hazardctl.domain.mapping import SavedMapping
from hazardctl.errors import Exit, NotOneOf
from hazardctl.intake.reading import Options
from hazardctl.ledger import importing, reading
from hazardctl.render import imports
from hazardctl.render.imports import Import


def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    partial: Annotated[bool, typer.Option("--partial")] = False,
    map_: Annotated[list[str] | None, typer.Option("--map", metavar="HEADING=FIELD")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME")] = None,
    split: Annotated[bool, typer.Option("--split")] = False,
    mapping: Annotated[str | None, typer.Option("--mapping", metavar="NAME")] = None,
    save_mapping: Annotated[str | None, typer.Option("--save-mapping", metavar="NAME")] = None,
    errors: Annotated[str | None, typer.Option("--errors", metavar="FILE.xlsx|FOLDER")] = None,
    enterprise: Enterprise = None,
    found_on: FoundOn = None,
    industry: Industry = None,
    source: Source = None,
    campaign: Campaigns = None,
    district: District = None,
) -> None:
    """Take in spreadsheets: every row is imported, known already, no hazard, or rejected."""
    desk: Desk = context.obj
    returning.check(desk, errors, files)
    constants = {
        "enterprise": enterprise,
        "found_on": found_on,
        "industry": taxonomy().named(industry).name if industry else None,
        "source": values.word("--source", source, words.Source),
        "campaigns": "；".join(campaign or ()),
        "district": district,
    }
    typed = SavedMapping(
        headings=mapped(map_),
        constants={name: str(value) for name, value in constants.items() if value},
        encoding=encoding,
        sheet=sheet,
        splits=split,
        year=values.count("--year", year, least=1900, most=2200),
        saved_in=today(desk).year,
    )
    path = desk.path(making=not dry_run)
    said = reading.mapping(path, mapping).with_more(typed) if mapping else typed
    saving = (save_mapping, said.to_keep()) if save_mapping else None
    if not dry_run:
        actor(desk)
    desk.handed_in += [digest for file in files if (digest := _digest(file))]
    who = None if dry_run else stamp(desk)
    options = _options(desk, said)
    with watching(desk) as watch:
        coming = [
            Coming(Path(file), options, Import(Path(file).name, partial=partial), watch)
            for file in files
        ]
        taken = (
            importing.take(path, who, coming, saving=saving)
            if who
            else importing.sort_out(path, coming)
        )
    done = [one.told for one in coming]
    for one, became in zip(done, taken, strict=True):
        one.became = became
        if who and became.new and not one.is_refused:
            desk.saved.append(one.file)
    returning.give_back(desk, errors, files, done, options)
    if saving and who and not all(one.is_refused for one in done):
        desk.tell("said", "mapping-saved", name=save_mapping)
    desk.exit = Exit.FILE if any(one.has_faults for one in done) else Exit.DONE
    _tell(desk, done, is_saved=who is not None)


def _tell(desk: Desk, done: list[Import], *, is_saved: bool) -> None:
    """The answer on stdout; beside it, unless JSON has it all, what was noticed."""
    files = imports.accounts(done, desk.words, is_saved=is_saved)
    desk.say(imports.answer(done, files, desk.words, is_saved=is_saved))
    if desk.format in ("csv", "plain"):  # these hold the faults alone
        for sentence in imports.counted(done, files, desk.words, is_saved=is_saved):
            desk.tell_plainly(sentence)
    if desk.format not in ("json", "ndjson"):
        for sentence in imports.noticed(files, desk.words):
            desk.tell_plainly(sentence)


def _options(desk: Desk, said: SavedMapping) -> Options:
    """How files are to be read."""
    return Options(
        today=today(desk),
        taxonomy=taxonomy(),
        year=said.year,
        mapping=said.headings,
        constants=said.constants,
        encoding=said.encoding,
        sheet=said.sheet,
        splits=said.splits,
    )


def mapped(texts: list[str] | None) -> dict[str, str]:
    """What columns mean, each as HEADING=FIELD; raises NotOneOf."""
    given: dict[str, str] = {}
    for text in texts or ():
        heading, equals, field = text.rpartition("=")
        if not equals or not heading or not field:
            raise NotOneOf(option="--map", given=text, words=["HEADING=FIELD"])
        given[heading] = field
    return given


def _digest(file: str) -> str | None:
    """What is in a file, for telling whether the same is asked again; None if it cannot be read."""
    try:
        if not S_ISREG(os.stat(file).st_mode):  # to open a pipe would be to wait for its writer
            return None
        with open(file, "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
