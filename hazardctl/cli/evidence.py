"""Evidence files, as they are asked for: listed, given back, proven."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli.desk import Desk
from hazardctl.cli.options import Text
from hazardctl.errors import Exit
from hazardctl.ledger import evidence as kept
from hazardctl.render import evidence

OneOrAll = Annotated[Text, typer.Argument(metavar="NUMBER", show_default=False)]


def list_(context: typer.Context, number: OneOrAll = None) -> None:
    """The evidence files of one hazard, or of the whole ledger."""
    desk: Desk = context.obj
    desk.say(evidence.listed(kept.listing(desk.place(), number), desk.words))


def get(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="SHA256|NUMBER", show_default=False)],
) -> None:
    """The content of evidence, as it was attached."""
    desk: Desk = context.obj
    files = kept.found(desk.place(), what, several=desk.has_folder)
    for file, parts in kept.contents(desk.place(), files):
        desk.pour(parts, file.name, otherwise=file.sha256[:12])


def verify(context: typer.Context, number: OneOrAll = None) -> None:
    """Read every evidence file anew and compare it with its hash."""
    desk: Desk = context.obj
    files, findings = kept.proof(desk.place(), number)
    if findings:
        desk.exit = Exit.PROBLEM
    desk.say(evidence.proven(files, findings, desk.words))
