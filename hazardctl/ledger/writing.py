"""The verbs that change a ledger: open the book, decide, write, close."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from hazardctl import store
from hazardctl.domain.assigning import Deadline, Order, assign
from hazardctl.domain.hazard import Event, Evidence, Hazard, Stamp
from hazardctl.domain.lifecycle import born
from hazardctl.domain.registering import register
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import State
from hazardctl.errors import LedgerExists
from hazardctl.store import lookups, questions
from hazardctl.store.cards import shown, with_lateness
from hazardctl.store.lookups import Done
from hazardctl.store.place import Place
from hazardctl.store.rows import to_row

if TYPE_CHECKING:
    from hazardctl.store.book import Book


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one hazard."""

    number: str
    before: State | None  # None when it was entered
    after: Hazard
    seen: Mapping[str, object]  # the hazard as it is printed in JSON
    alike: tuple[str, ...] = ()  # the numbers of hazards that say the same
    newcomers: tuple[tuple[str, str], ...] = ()  # enterprises registered on the way


Decision = Callable[[Hazard, Rules], list[Event]]


def act(path: Place, numbers: Sequence[str], stamp: Stamp, decide: Decision) -> list[Change]:
    """Decide and write the same step for every number: all of them, or none."""
    changes: dict[str, Change] = {}
    with store.writing(path, stamp) as book:
        if done := book.done():
            named = dict.fromkeys(questions.number(book.ask, number) for number in numbers)
            return _told_again(book, stamp, done, named)
        for number in numbers:
            hazard = book.hazard(number)
            if hazard.number in changes:
                continue
            met = len(book.register.newcomers)
            after = book.write(hazard, decide(hazard, book.rules))
            newcomers = tuple(book.register.newcomers[met:])
            change = _change(hazard.state, after, stamp)
            changes[hazard.number] = replace(change, newcomers=newcomers)
    return list(changes.values())


def add(
    path: Place,
    stamp: Stamp,
    *,
    what: Mapping[str, object],
    found_on: date,
    order: Order,
    deadline: Deadline | None = None,
    evidence: Sequence[Evidence] = (),
    reporter: str | None = None,
) -> Change:
    """Enter a hazard; with a due date and someone responsible it is assigned at once.

    A relative deadline counts from the day the hazard was found. Makes the ledger if none stands.
    """
    is_assigned = deadline and (order.responsible_unit or order.responsible_person)
    named = {**what, **({} if is_assigned else order.people())}
    waiting = None if is_assigned else deadline  # due, but in nobody's hands yet
    first = register(stamp, found_on=found_on, what=named, deadline=waiting)
    ahead = lookups.of_newcomer(first, stamp.request)
    with store.writing(path, stamp, begin=Rules(), ahead=ahead) as book:
        if done := book.done():
            return _told_again(book, stamp, done, lookups.hazards_of(book.ask, done))[0]
        if reporter:
            told = {**first.changes, "reporter": book.keep_reporter(reporter)}
            first = replace(first, changes=told)
        alike = book.alike(first)
        hazard = born(book.enter(first), first)
        if is_assigned:
            handed = assign(
                hazard, stamp, order=order, deadline=deadline, rules=book.rules, from_on=found_on
            )
            hazard = book.write(hazard, handed)
        book.attach(hazard, evidence)
        newcomers = tuple(book.register.newcomers)
    return replace(_change(None, hazard, stamp), alike=alike, newcomers=newcomers)


def _told_again(book: Book, stamp: Stamp, done: Done, numbers: Iterable[str]) -> list[Change]:
    """The answer that a request was given when it was asked first."""
    lives = [lookups.made(book.ask, number, done) for number in numbers]
    return [_change(before.state if before else None, after, stamp) for before, after in lives]


def _change(before: State | None, after: Hazard, stamp: Stamp) -> Change:
    seen = with_lateness(shown(to_row(after)), stamp.today)
    return Change(number=after.number, before=before, after=after, seen=seen)


def begin(path: Place, stamp: Stamp, rules: Rules) -> None:
    """Begin a ledger where none stands.

    Raises LedgerExists and whatever says that the place cannot be used.
    """
    with store.beginning(path, stamp, rules) as book:
        # Another desk may have been here a moment ago, with other rules.
        if book.first > 1 and not book.done():
            raise LedgerExists(path=str(path))


def set_rules(path: Place, stamp: Stamp, values: Mapping[str, str]) -> None:
    """Set rules of a ledger."""
    with store.writing(path, stamp) as book:
        if not book.done():
            book.set_rules(values)
