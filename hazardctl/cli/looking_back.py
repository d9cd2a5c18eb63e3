"""Look-backs as they are typed: one that was made, or a draw of what to look back on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hazardctl.cli import values
from hazardctl.cli.acting import act, evidence
from hazardctl.cli.clock import stamp, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.gathered import gathered
from hazardctl.cli.options import Campaigns, Due, Evidence, Note, On, Text, Texts
from hazardctl.cli.table import BASIC
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import afterwards
from hazardctl.domain.drawing import DRAWN_BY, read_share
from hazardctl.domain.filter import Filter
from hazardctl.domain.refusals import NotTogether
from hazardctl.domain.words import LookbackResult, Severity
from hazardctl.errors import MissingOptions, NotOneOf, UnknownFormat
from hazardctl.ledger import drawing
from hazardctl.render import hazards

MOST = 999_999  # of seeds
# What is said of a look-back that was made, and has no meaning in a draw.
_OF_ONE = {
    "numbers": "NUMBER",
    "result": "--result",
    "inspector": "--inspector",
    "note": "--note",
    "evidence_": "--evidence",
    "reopen": "--reopen",
    "due": "--due",
}


def _declared(
    draw: Annotated[Text, typer.Option("--draw", metavar="SHARE|N")] = None,
    by: Annotated[Text, typer.Option("--by", metavar="GROUP")] = None,
    seed: Annotated[Text, typer.Option("--seed", metavar="N")] = None,
    closed_since: Annotated[Text, typer.Option("--closed-since", metavar="DATE")] = None,
    industry: Annotated[Texts, typer.Option("--industry", metavar="INDUSTRY")] = None,
    enterprise: Annotated[Texts, typer.Option("--enterprise", metavar="NAME")] = None,
    district: Annotated[Texts, typer.Option("--district", metavar="NAME")] = None,
    campaign: Campaigns = None,
    severity: Annotated[Texts, typer.Option("--severity", metavar="general|major")] = None,
) -> None:
    """What is said of a draw, as it is typed."""


@gathered("draws", _declared, lambda _desk, typed: typed)
def lookback(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="NUMBER", show_default=False)
    ] = None,
    result: Annotated[Text, typer.Option("--result", metavar="RESULT")] = None,
    inspector: Annotated[Texts, typer.Option("--inspector", metavar="NAME")] = None,
    note: Note = None,
    evidence_: Evidence = None,
    reopen: Annotated[bool, typer.Option("--reopen")] = False,
    due: Due = None,
    on: On = None,
    draws: Any = None,
) -> None:
    """Look back on a closed hazard (回头看), or draw the hazards to be looked back on."""
    desk: Desk = context.obj
    if draws["draw"] is not None:
        if others := [name for name in _OF_ONE if desk.given.get(name)]:
            raise NotTogether(option="--draw", others=[_OF_ONE[name] for name in others])
        _draw(desk, draws, on)
        return
    if any(draws.values()):
        raise MissingOptions(options=["--draw"])
    if not numbers:
        raise MissingOptions(options=["NUMBER"])
    if desk.format not in BASIC:
        raise UnknownFormat(format=desk.format, formats=list(BASIC))
    found = values.word("--result", result, LookbackResult)
    inspectors = values.names(inspector)
    deadline = values.deadline(due)
    files = evidence(desk, evidence_)
    act(
        desk,
        numbers,
        on,
        lambda hazard, stamp, _: afterwards.look_back(
            hazard,
            stamp,
            result=found,
            inspectors=inspectors,
            note=note,
            evidence=files,
            reopening=reopen,
            deadline=deadline,
        ),
    )


def _draw(desk: Desk, typed: Mapping[str, Any], on: str | None) -> None:
    """Draw, and say which were drawn.

    Raises NotAShare, NotOneOf, NotANumberOf, UnreadDay, UnknownIndustry.
    """
    share = read_share(typed["draw"])
    by = typed["by"]
    if by is not None and by not in DRAWN_BY:
        raise NotOneOf(option="--by", given=by, words=[*DRAWN_BY])
    seed = values.count("--seed", typed["seed"], most=MOST)
    since = values.day(typed["closed_since"], today(desk))
    wanted = _among(typed)
    who = stamp(desk, on)
    done = drawing.draw(
        desk.place(),
        who,
        wanted,
        share=share,
        by=by,
        seed=secrets.randbelow(MOST + 1) if seed is None else seed,
        since=since or who.on.replace(month=1, day=1),
        taxonomy=taxonomy(),
    )
    desk.saved += [hazard["number"] for hazard in done.hazards]
    count = len(done.hazards)
    desk.tell("said", "drawn", count=count, population=done.population, seed=done.seed)
    desk.say(hazards.of_records(done.hazards, words=desk.words, taxonomy=taxonomy()))


def _among(typed: Mapping[str, Any]) -> Filter:
    """The hazards that are drawn from; raises UnknownIndustry, NotOneOf."""
    slugs = [
        slug
        for text in typed["industry"] or ()
        for slug in taxonomy().family(taxonomy().named(text).slug)
    ]
    return Filter(
        industry=tuple(dict.fromkeys(slugs)),
        severity=values.every_word("--severity", typed["severity"], Severity),
        enterprise=tuple(typed["enterprise"] or ()),
        district=tuple(typed["district"] or ()),
        campaign=tuple(typed["campaign"] or ()),
    )
