"""What somebody must act on, as it is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import seen_on
from hazardctl.cli.desk import Desk
from hazardctl.cli.filters import filtered
from hazardctl.cli.options import AsOf, Texts
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.data import load
from hazardctl.data.calendar import workday
from hazardctl.domain.alerts import Alert
from hazardctl.domain.filter import Filter
from hazardctl.errors import Exit
from hazardctl.ledger import alerting
from hazardctl.render import alerts as shown


@filtered
def alerts(
    context: typer.Context,
    wanted: Filter,
    as_of: AsOf = None,
    kind: Annotated[Texts, typer.Option("--kind", metavar="ALERT")] = None,
    fail_if_any: Annotated[bool, typer.Option("--fail-if-any")] = False,
) -> None:
    """What stands on a day and should not, each with its rule and its source."""
    desk: Desk = context.obj
    day = seen_on(desk, as_of)
    found = alerting.alerts(
        desk.place(),
        wanted,
        day,
        kinds=values.every_word("--kind", kind, Alert),
        told=load("alerts"),
        workday=workday,
    )
    desk.exit = Exit.FOUND if found and fail_if_any else Exit.DONE
    desk.say(shown.answer(found, day, words=desk.words, taxonomy=taxonomy))
