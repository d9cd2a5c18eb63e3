"""How a sender's files are read, as it is typed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import today
from hazardctl.cli.desk import Desk
from hazardctl.cli.gathered import gathered
from hazardctl.cli.options import (
    Campaigns,
    District,
    Enterprise,
    FoundOn,
    Industry,
    Source,
    Text,
    Texts,
)
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import words
from hazardctl.domain.mapping import SavedMapping
from hazardctl.errors import NotOneOf
from hazardctl.intake.reading import Options


def _declared(
    map_: Annotated[Texts, typer.Option("--map", metavar="HEADING=FIELD")] = None,
    year: Annotated[Text, typer.Option("--year", metavar="YEAR")] = None,
    encoding: Annotated[Text, typer.Option("--encoding", metavar="NAME")] = None,
    sheet: Annotated[Text, typer.Option("--sheet", metavar="NAME")] = None,
    split: Annotated[bool, typer.Option("--split")] = False,
    enterprise: Enterprise = None,
    found_on: FoundOn = None,
    industry: Industry = None,
    source: Source = None,
    campaign: Campaigns = None,
    district: District = None,
) -> None:
    """What may be said of files, as it is typed."""


def read(desk: Desk, typed: dict[str, Any]) -> SavedMapping:
    """What was said of the files; raises NotOneOf, UnknownIndustry, NotANumberOf, UnreadDay."""
    industry = typed["industry"]
    constants = {
        "enterprise": typed["enterprise"],
        "found_on": values.day(typed["found_on"], today(desk)),
        "industry": taxonomy().named(industry).name if industry else None,
        "source": values.word("--source", typed["source"], words.Source),
        "campaigns": "；".join(typed["campaign"] or ()),
        "district": typed["district"],
    }
    return SavedMapping(
        headings=mapped(typed["map_"]),
        constants={name: str(value) for name, value in constants.items() if value},
        encoding=typed["encoding"],
        sheet=typed["sheet"],
        splits=typed["split"],
        year=values.count("--year", typed["year"], least=1900, most=2200),
        saved_in=today(desk).year,
    )


in_a_manner = gathered("typed", _declared, read)


def options(desk: Desk, said: SavedMapping) -> Options:
    """How files are to be read of which that was said."""
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
