"""Days that cannot follow each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hazardctl.domain.deadline import Due

# Nothing of the present cycle happened before it began, and no step before the one it follows.
_STEPS = (("rectified", "rectified_on"), ("verified", "verified_on"), ("closed", "closed_on"))


def impossible(
    days: Mapping[str, date], due: Due | None, from_on: date
) -> list[tuple[str, str, dict[str, object]]]:
    """Each day that lies before one it must follow: its field, the code, and both days."""
    wrong: list[tuple[str, str, dict[str, object]]] = []
    if due and due.on and due.on < from_on:
        wrong.append(("due_on", "due-before-found", _facts(due.on, from_on)))
    before: list[tuple[str, date]] = [("found", from_on)]
    for step, name in _STEPS:
        if day := days.get(name):
            for earlier, on in before:
                if day < on:
                    wrong.append((name, f"{step}-before-{earlier}", _facts(day, on)))
                    break
            before.append((step, day))
    looked, closed = days.get("lookback_on"), days.get("closed_on")
    if looked and closed and looked < closed and "reopened_on" not in days:
        wrong.append(("lookback_on", "lookback-before-closed", _facts(looked, closed)))
    return wrong


def _facts(day: date, after: date) -> dict[str, object]:
    return {"day": day.isoformat(), "after": after.isoformat()}
