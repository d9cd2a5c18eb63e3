"""The next cycle, and the other ways out, as they are typed."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.acting import act
from hazardctl.cli.desk import Desk
from hazardctl.cli.options import (
    Basis,
    DocNo,
    Due,
    Numbers,
    On,
    Reason,
    Text,
)
from hazardctl.domain import afterwards
from hazardctl.ledger import reading


def reopen(
    context: typer.Context,
    numbers: Numbers,
    reason: Reason = None,
    basis: Basis = None,
    due: Due = None,
    on: On = None,
) -> None:
    """Begin the next cycle of a closed hazard."""
    deadline = values.deadline(due)
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: afterwards.reopen(
            hazard, stamp, reason=reason, basis=basis, deadline=deadline
        ),
    )


def void(
    context: typer.Context,
    numbers: Numbers,
    reason: Reason = None,
    duplicate_of: Annotated[Text, typer.Option("--duplicate-of", metavar="NUMBER")] = None,
    on: On = None,
) -> None:
    """Take a mistaken entry out of the count."""
    desk: Desk = context.obj
    other = reading.number(desk.place(), duplicate_of) if duplicate_of else None
    act(
        desk,
        numbers,
        on,
        lambda hazard, stamp, _: afterwards.void(hazard, stamp, reason=reason, duplicate_of=other),
    )


def transfer(
    context: typer.Context,
    numbers: Numbers,
    to: Annotated[Text, typer.Option("--to", metavar="NAME")] = None,
    reason: Reason = None,
    doc_no: DocNo = None,
    take_back: Annotated[bool, typer.Option("--take-back")] = False,
    on: On = None,
) -> None:
    """Hand a hazard to another authority, or take it back."""
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: (
            afterwards.take_back(hazard, stamp, reason=reason)
            if take_back
            else afterwards.transfer(hazard, stamp, to=to, reason=reason, doc_no=doc_no)
        ),
    )
