"""How a change is told: one line a hazard, with the next command; the hazard itself as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from hazardctl.domain.hazard import Hazard
from hazardctl.domain.words import SHOWN, UNRECTIFIED, State
from hazardctl.render.sheet import Answer, coded
from hazardctl.text import Words


class Change(Protocol):
    """What was done to one hazard: its state before, the hazard after, as JSON too."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def before(self) -> State | None:
        """Its state before; None if it was entered."""

    @property
    def after(self) -> Hazard:
        """The hazard after."""

    @property
    def seen(self) -> Mapping[str, Any]:
        """The hazard after, as JSON."""


def answer(done: Sequence[Change], words: Words, *, today: date) -> Answer:
    """What was done; several hazards are a list, one is itself."""
    seen = [change.seen for change in done]
    return Answer(
        data=lambda: seen if len(seen) != 1 else seen[0],
        records=lambda: seen,
        coded=lambda: coded(seen, keys=SHOWN),
        text=lambda: "\n".join(line(change, words, today=today) for change in done),
    )


def line(change: Change, words: Words, *, today: date) -> str:
    """The one line: number, state → state, due with the days left, and the next command."""
    said = words.catalog("said")
    states = words.catalog("labels")["words"]
    after = change.after
    parts = [change.number]
    if change.before is None:
        parts.append(f"{states[after.state]}")
    else:
        parts.append(f"{states[change.before]} → {states[after.state]}")
    if after.due_on and after.state in UNRECTIFIED:
        left = (after.due_on - today).days
        when = "due_late" if left < 0 else "due_left" if left else "due_today"
        parts.append(said[when].format(day=after.due_on, days=abs(left)))
    step = "accept" if after.state is State.ASSIGNED and after.is_major else after.state
    if step in said["next"]:
        command = said["next"][step].format(number=change.number)
        parts.append(said["next_is"].format(command=command))
    return "  ".join(parts)
