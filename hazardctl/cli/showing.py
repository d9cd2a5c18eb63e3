"""One hazard and its history, as they are asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import today
from hazardctl.cli.desk import Desk
from hazardctl.cli.options import Limit, Number, Text
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.ledger import reading
from hazardctl.render import hazards, history


def show(
    context: typer.Context,
    number: Number,
    with_reporters: Annotated[bool, typer.Option("--with-reporters")] = False,
) -> None:
    """One hazard, its cycles, people and evidence."""
    desk: Desk = context.obj
    told = reading.hazard(desk.place(), number, today(desk), with_reporter=with_reporters)
    desk.say(hazards.one(told, desk.words, taxonomy()))


def log(
    context: typer.Context,
    number: Annotated[Text, typer.Argument(metavar="NUMBER", show_default=False)] = None,
    limit: Limit = None,
) -> None:
    """The history of one hazard, or of the ledger."""
    desk: Desk = context.obj
    most = values.count("--limit", limit)
    desk.say(history.answer(reading.history(desk.place(), number, limit=most), desk.words))
