"""The commands that only read, as they are typed."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import seen_on
from hazardctl.cli.desk import Desk
from hazardctl.cli.filters import filtered
from hazardctl.cli.options import AsOf, Limit, Number, Text
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.errors import NotOneOf
from hazardctl.ledger import reading
from hazardctl.render import hazards, history
from hazardctl.render import report as shown
from hazardctl.render import taxonomy as tree
from hazardctl.store.population import GROUPS

FEW = 20  # open hazards that a summary lists below its figures


def show(context: typer.Context, number: Number, as_of: AsOf = None) -> None:
    """One hazard, its cycles, people and evidence."""
    desk: Desk = context.obj
    day = seen_on(desk, as_of)
    desk.say(hazards.one(reading.hazard(desk.path(), number, day), desk.words, taxonomy()))


def log(
    context: typer.Context,
    number: Annotated[Text, typer.Argument(metavar="[NUMBER]", show_default=False)] = None,
    limit: Limit = None,
) -> None:
    """The history of one hazard, or of the ledger."""
    desk: Desk = context.obj
    most = values.count("--limit", limit)
    desk.say(history.answer(reading.history(desk.path(), number, limit=most), desk.words))


@filtered
def list_(context: typer.Context, wanted: Filter, as_of: AsOf = None, limit: Limit = None) -> None:
    """Hazards, one line each."""
    desk: Desk = context.obj
    day = seen_on(desk, as_of)
    most = values.count("--limit", limit)
    path = desk.path()
    desk.say(
        hazards.many(
            texts=lambda: reading.listing_json(path, wanted, day, limit=most),
            records=lambda: reading.listing(path, wanted, day, limit=most),
            words=desk.words,
            taxonomy=taxonomy,
        )
    )


@filtered
def report(
    context: typer.Context,
    wanted: Filter,
    form: Annotated[str, typer.Argument(metavar="[FORM]", show_default=False)] = "summary",
    by: Annotated[str, typer.Option("--by", metavar="GROUP", show_default=False)] = "industry",
    as_of: AsOf = None,
) -> None:
    """The figures, by industry or any other group."""
    desk: Desk = context.obj
    if form != "summary":
        raise NotOneOf(option="FORM", given=form, words=["summary"])
    if by not in GROUPS:
        raise NotOneOf(option="--by", given=by, words=list(GROUPS))
    day = seen_on(desk, as_of)
    path = desk.path()
    roots = [slug for slug in wanted.industry if taxonomy()[slug].parent not in wanted.industry]
    summary = reading.summary(
        path,
        wanted,
        day,
        by=by,
        taxonomy=taxonomy(),
        chosen=roots[0] if len(roots) == 1 else None,
    )
    desk.say(
        shown.answer(
            summary,
            wanted,
            day,
            open_hazards=lambda: reading.few_open(path, wanted, day, most=FEW),
            words=desk.words,
            taxonomy=taxonomy(),
        )
    )


def industries(context: typer.Context) -> None:
    """The taxonomy, with its aliases."""
    desk: Desk = context.obj
    desk.say(tree.answer(taxonomy(), desk.words))
