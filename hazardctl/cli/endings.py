"""How a command ends that was stopped or crashed: what it saved by then, the ledger knows."""

from __future__ import annotations

from contextlib import suppress

from hazardctl.cli import interrupts
from hazardctl.cli.desk import Desk
from hazardctl.cli.table import COMMANDS
from hazardctl.errors import (
    Damaged,
    Exit,
    HazardctlError,
    Interrupted,
    OutcomeUnknown,
    Unusable,
)


def interrupted(desk: Desk) -> int:
    """The end of a command that was stopped by whoever typed it."""
    interrupts.listen_no_more()
    entry = COMMANDS.get(desk.command)
    if entry is None or not (entry.writes or entry.saves):
        return int(Exit.INTERRUPTED)
    return cut_short(desk, Interrupted(), reason="interrupted")


def cut_short(desk: Desk, refusal: HazardctlError, *, reason: object) -> int:
    """The end of a change that came to no end: whether it had saved anything, the ledger knows."""
    interrupts.listen_no_more()
    if desk.request and not desk.saved:
        from hazardctl.ledger.requests import saved

        try:
            desk.saved += saved(desk.place(), desk.request)
        except Unusable as fault:  # held by another desk, or gone
            why = fault.facts.get("reason", fault.code())
            return desk.complain(OutcomeUnknown(reason=why, request=desk.request.id))
        except HazardctlError as other:  # it would have been refused
            return desk.complain(other)
    return desk.complain(desk.unsaid(reason) if desk.saved else refusal)


def explained(desk: Desk, crash: Exception) -> HazardctlError | None:
    """What is told of a crash: that the change is saved, or that the ledger is at fault.

    None if the fault is ours, and nothing was changed.
    """
    if desk.request and not desk.saved:
        from hazardctl.ledger.requests import saved

        with suppress(HazardctlError):  # what cannot be asked is told by its proof
            desk.saved += saved(desk.place(), desk.request)
    return desk.unsaid(f"{type(crash).__name__}: {crash}") if desk.saved else _damage(desk)


def _damage(desk: Desk) -> HazardctlError | None:
    """What the proof of the ledger finds first, if it is at fault."""
    from hazardctl.cli.clock import today
    from hazardctl.cli.taxonomy import taxonomy
    from hazardctl.ledger.checking import prove

    try:
        proved = prove(desk.place(), today(desk), taxonomy())
    except HazardctlError:  # there is no ledger to be blamed
        return None
    if not proved.findings:
        return None
    first = proved.findings[0]
    reason = desk.words.tell("findings", first.code, first.facts)
    return Damaged(path=str(desk.place()), reason=reason)
