"""Hazards, one line each, as they are asked for."""

from __future__ import annotations

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import seen_on
from hazardctl.cli.desk import Desk
from hazardctl.cli.filters import filtered
from hazardctl.cli.options import AsOf, Limit
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.ledger import reading
from hazardctl.render import hazards


@filtered
def list_(context: typer.Context, wanted: Filter, as_of: AsOf = None, limit: Limit = None) -> None:
    """Hazards, one line each."""
    desk: Desk = context.obj
    day = seen_on(desk, as_of)
    most = values.count("--limit", limit)
    path = desk.place()
    desk.say(
        hazards.many(
            printed=lambda frame: reading.printed(path, wanted, day, frame=frame, limit=most),
            records=lambda: reading.listing(path, wanted, day, limit=most),
            fields=lambda names: reading.fields(path, wanted, day, names=names, limit=most),
            words=desk.words,
            taxonomy=taxonomy,
        )
    )
