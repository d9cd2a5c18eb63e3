"""What every change has in common: it is decided, written, and told in one line a hazard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hazardctl.cli.clock import stamp, today
from hazardctl.cli.desk import Desk, in_one_line
from hazardctl.domain.hazard import Event, Evidence, Hazard, Stamp
from hazardctl.domain.rules import Rules
from hazardctl.errors import NoLedger
from hazardctl.ledger import writing
from hazardctl.ledger.writing import Change
from hazardctl.render import changes
from hazardctl.store import evidence as kept
from hazardctl.store.opening import look

Step = Callable[[Hazard, Stamp, Rules], list[Event]]


def act(desk: Desk, numbers: Sequence[str], on: str | None, step: Step) -> None:
    """Take one step for every number, all of them or none, and say what was done."""
    who = stamp(desk, on)
    done = writing.act(desk.place(), numbers, who, lambda hazard, rules: step(hazard, who, rules))
    told(desk, done)


def told(desk: Desk, done: Sequence[Change]) -> None:
    """Say what was saved; several numbers are a list, one is itself.

    Enterprises that were registered on the way are told after it.
    """
    desk.saved += [change.number for change in done]
    desk.say(changes.answer(done, desk.words, today=today(desk)))
    for number, name in (pair for change in done for pair in change.newcomers):
        desk.tell("said", "registered-as-it-comes", number=number, name=in_one_line(name))


def evidence(
    desk: Desk, files: Sequence[str] | None, *, begins: bool = False
) -> tuple[Evidence, ...]:
    """Keep files as evidence beside the ledger, before the event that names them.

    Nothing is put beside what is no ledger: raises what says so, and NoLedger unless it `begins`.
    """
    path = desk.place(making=begins)
    if files and look(path) is None and not begins:
        raise NoLedger(path=str(path))
    stored = tuple(kept.keep(path, file) for file in files or ())
    desk.handed_in += [str(file["sha256"]) for file in stored]
    return stored
