"""Extensions (延期), as they are typed: asked for, approved, refused."""

from __future__ import annotations

import typer

from hazardctl.cli import values
from hazardctl.cli.acting import act
from hazardctl.cli.options import Due, Numbers, On, Reason
from hazardctl.domain import assigning


def request(
    context: typer.Context,
    numbers: Numbers,
    due: Due = None,
    reason: Reason = None,
    on: On = None,
) -> None:
    """Ask for a later due date."""
    deadline = values.deadline(due)
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, rules: assigning.request_extension(
            hazard, stamp, deadline=deadline, reason=reason, rules=rules
        ),
    )


def approve(context: typer.Context, numbers: Numbers, on: On = None) -> None:
    """Grant the later due date."""
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: assigning.approve_extension(hazard, stamp),
    )


def refuse(context: typer.Context, numbers: Numbers, reason: Reason = None, on: On = None) -> None:
    """Refuse the later due date."""
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: assigning.refuse_extension(hazard, stamp, reason=reason),
    )
