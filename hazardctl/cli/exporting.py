"""Handing out the ledger, whole or in a superior's own form, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any

import typer

from hazardctl.cli.clock import seen_on, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.filters import filtered
from hazardctl.cli.options import AsOf, Text, Texts
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.errors import CannotWrite, FileNeeded, MissingOptions, UnknownFormat
from hazardctl.ledger import exporting
from hazardctl.text import Words

_IN_MEMORY, _AT_ONCE = 32 << 20, 1 << 20  # bytes

Opened = Callable[[], AbstractContextManager[Iterator[dict[str, Any]]]]


@filtered
def export(
    context: typer.Context,
    wanted: Filter,
    as_of: AsOf = None,
    with_reporters: Annotated[bool, typer.Option("--with-reporters")] = False,
    template: Annotated[Text, typer.Option("--template", metavar="FILE.xlsx")] = None,
    map_: Annotated[Texts, typer.Option("--map", metavar="HEADING=FIELD")] = None,
) -> None:
    """Every hazard with all that is needed to take it in again."""
    desk: Desk = context.obj
    day = seen_on(desk, as_of)
    records = partial(exporting.records, desk.place(), wanted, day, with_reporters=with_reporters)
    parts: Iterable[bytes]
    if template:
        parts = _in_form(desk, template, map_, records, day)
    elif map_:
        raise MissingOptions(options=["--template"])
    else:
        parts = _whole(desk, records, with_reporters=with_reporters)
    name = f"{desk.words.catalog('labels')['export']['title']}.{desk.format}"
    desk.pour(parts, name, otherwise="export", is_text=desk.format != "xlsx")


def _whole(desk: Desk, opened: Opened, *, with_reporters: bool) -> Iterator[bytes]:
    """The ledger layout, in the format asked for: all of it is read before any of it is told.

    A workbook takes long to make, and whoever reads a pipe may take longer; every desk that writes
    would wait for them.
    """
    from hazardctl.render import exported

    asked = "ndjson" if desk.format == "xlsx" else desk.format
    to_file = "--output" in desk.typed
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        with opened() as records:
            kept.writelines(
                exported.texts(records, asked, with_reporters=with_reporters, for_file=to_file)
            )
        kept.seek(0)
        if desk.format == "xlsx":
            from hazardctl.intake.spreadsheet import ROWS
            from hazardctl.render import exported_book

            if (count := sum(1 for _ in kept)) >= ROWS:  # with its headings it is one too many
                desk.tell("said", "too-large-to-come-back", count=count, limit=ROWS - 1)
            kept.seek(0)
            told = map(json.loads, kept)
            yield exported_book.written(told, desk.words, taxonomy(), with_reporters=with_reporters)
        else:
            yield from iter(lambda: kept.read(_AT_ONCE), b"")


def _in_form(
    desk: Desk, template: str, mapped: list[str] | None, opened: Opened, day: date
) -> list[bytes]:
    """A superior's form, filled in; what it asks and nobody can answer is told."""
    from hazardctl.cli.manner import mapped as read_mapping
    from hazardctl.intake.form import form_of
    from hazardctl.intake.reading import Options
    from hazardctl.render import filling
    from hazardctl.render import form as answers

    _refuse_misplaced(desk, Path(template))
    path = Path(template)
    options = Options(today=today(desk), taxonomy=taxonomy(), mapping=read_mapping(mapped))
    form, content = form_of(path, options), path.read_bytes()
    with opened() as records:
        # A form counts its answers: they are in its own language, whatever its reader speaks.
        words = Words("zh") if form.is_chinese else desk.words
        rows = list(answers.rows(records, form, day, words=words, taxonomy=taxonomy()))
    filled = filling.filled(content, form, rows, file=path.name)
    if blank := answers.left_blank(form):
        desk.tell("said", "left-blank", file=path.name, columns=blank)
    for heading in form.unused:
        desk.tell("said", "no-such-column", file=path.name, heading=heading)
    if filling.has_pictures(content):
        desk.tell("said", "pictures-lost", file=path.name)
    return [filled]


def _refuse_misplaced(desk: Desk, template: Path) -> None:
    """Says no to an answer that is no workbook, or is not kept, or would be the template itself."""
    output = desk.typed.get("--output")
    if desk.format != "xlsx":
        raise UnknownFormat(format=desk.format, formats=["xlsx"])
    if not output:
        raise FileNeeded(option="--template")
    target = Path(output)
    if template.exists() and target.exists() and target.samefile(template):
        raise CannotWrite(path=output, reason="the-template")


def template(context: typer.Context) -> None:
    """An empty workbook for senders, with instructions."""
    from hazardctl.render import blank_form

    desk: Desk = context.obj
    name = f"{desk.words.catalog('template')['title']}.xlsx"
    desk.pour([blank_form.written(desk.words, taxonomy())], name, otherwise="template")
