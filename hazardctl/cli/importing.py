"""Taking in other people's spreadsheets, as it is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import actor, stamp, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.options import Campaigns, District, Enterprise, FoundOn, Industry, Source
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import words
from hazardctl.errors import Exit, FileRefused, NotOneOf
from hazardctl.intake.reading import Options, Reading, read
from hazardctl.intake.refusals import CannotOpen
from hazardctl.ledger import importing
from hazardctl.ledger.importing import Delivery
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
    enterprise: Enterprise = None,
    found_on: FoundOn = None,
    industry: Industry = None,
    source: Source = None,
    campaign: Campaigns = None,
    district: District = None,
) -> None:
    """Take in spreadsheets: every row is imported, known already, no hazard, or rejected."""
    desk: Desk = context.obj
    constants = {
        "enterprise": enterprise,
        "found_on": found_on,
        "industry": taxonomy().named(industry).name if industry else None,
        "source": values.word("--source", source, words.Source),
        "campaigns": "；".join(campaign or ()),
        "district": district,
    }
    options = Options(
        today=today(desk),
        taxonomy=taxonomy(),
        year=values.count("--year", year, least=1900, most=2200),
        mapping=mapped(map_),
        constants={name: str(value) for name, value in constants.items() if value},
        encoding=encoding,
        sheet=sheet,
        splits=split,
    )
    if not dry_run:
        actor(desk)
    done = [_read(file, options, partial=partial) for file in files]
    good = [one for one in done if one.reading and not one.is_refused]
    deliveries = [_delivery(one.reading) for one in good if one.reading]
    desk.handed_in += [one.reading.sha256 for one in done if one.reading]
    who = None if dry_run else stamp(desk)
    path = desk.path(making=not dry_run)
    taken = importing.take(path, who, deliveries) if who else importing.sort_out(path, deliveries)
    for one, became in zip(good, taken, strict=True):
        one.became = became
    for one in done:
        if one.reading and one.is_refused:
            (one.became,) = importing.sort_out(path, [_delivery(one.reading)])
    desk.saved += [one.file for one in good if who and one.became and one.became.new]
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


def mapped(texts: list[str] | None) -> dict[str, str]:
    """What columns mean, each as HEADING=FIELD; raises NotOneOf."""
    given: dict[str, str] = {}
    for text in texts or ():
        heading, equals, field = text.rpartition("=")
        if not equals or not heading or not field:
            raise NotOneOf(option="--map", given=text, words=["HEADING=FIELD"])
        given[heading] = field
    return given


def _read(file: str, options: Options, *, partial: bool) -> Import:
    """One file, read or refused."""
    try:
        return Import(file=Path(file).name, reading=read(Path(file), options), partial=partial)
    except FileRefused as refusal:
        return Import(file=Path(file).name, refusal=refusal)
    except OSError as fault:  # a name that no system has, a disk that fails on the way
        named = Path(file).name
        return Import(file=named, refusal=CannotOpen(file=named, reason=fault.strerror))


def _delivery(reading: Reading) -> Delivery:
    """The good rows of a file, and what the ledger remembers of it."""
    about = {
        "file": reading.file,
        "format": reading.format,
        "encoding": reading.encoding,
        "sha256": reading.sha256,
        "rows": reading.rows,
    }
    return Delivery(file=reading.file, drafts=reading.drafts, about=about)
