"""The filters of `list`, `report` and `export`, declared once and read once."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import today
from hazardctl.cli.desk import Desk
from hazardctl.cli.gathered import gathered
from hazardctl.cli.options import (
    Campaigns,
    Text,
    Texts,
)
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.domain.words import Severity, Source, State


def _declared(
    industry: Annotated[Texts, typer.Option("--industry", metavar="INDUSTRY")] = None,
    state: Annotated[Texts, typer.Option("--state", metavar="STATE")] = None,
    open: Annotated[bool, typer.Option("--open")] = False,
    severity: Annotated[Texts, typer.Option("--severity", metavar="general|major")] = None,
    enterprise: Annotated[Texts, typer.Option("--enterprise", metavar="NAME")] = None,
    district: Annotated[Texts, typer.Option("--district", metavar="NAME")] = None,
    campaign: Campaigns = None,
    leader: Annotated[Texts, typer.Option("--leader", metavar="NAME")] = None,
    person: Annotated[Texts, typer.Option("--person", metavar="NAME")] = None,
    source: Annotated[Texts, typer.Option("--source", metavar="SOURCE")] = None,
    since: Annotated[Text, typer.Option("--since", metavar="DATE")] = None,
    until: Annotated[Text, typer.Option("--until", metavar="DATE")] = None,
    due_before: Annotated[Text, typer.Option("--due-before", metavar="DATE")] = None,
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
    due_soon: Annotated[Text, typer.Option("--due-soon", metavar="DAYS")] = None,
    text: Annotated[Texts, typer.Option("--text", metavar="TEXT")] = None,
) -> None:
    """The filters as they are typed."""


def read(desk: Desk, typed: dict[str, Any]) -> Filter:
    """The filter that was typed; raises UnknownIndustry, NotOneOf, UnreadDay, NotANumberOf."""
    slugs = [
        slug
        for text in typed["industry"] or ()
        for slug in taxonomy().family(taxonomy().named(text).slug)
    ]
    return Filter(
        industry=tuple(dict.fromkeys(slugs)),
        state=values.every_word("--state", typed["state"], State),
        open=typed["open"],
        severity=values.every_word("--severity", typed["severity"], Severity),
        enterprise=tuple(typed["enterprise"] or ()),
        district=tuple(typed["district"] or ()),
        campaign=tuple(typed["campaign"] or ()),
        leader=tuple(typed["leader"] or ()),
        person=tuple(typed["person"] or ()),
        source=values.every_word("--source", typed["source"], Source),
        since=values.day(typed["since"], today(desk)),
        until=values.day(typed["until"], today(desk)),
        due_before=values.day(typed["due_before"], today(desk)),
        overdue=typed["overdue"],
        due_soon=values.count("--due-soon", typed["due_soon"], most=36_500),
        text=tuple(typed["text"] or ()),
    )


filtered = gathered("wanted", _declared, read)
