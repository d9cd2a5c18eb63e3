"""What may be entered in the register, and corrected: the events of its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from hazardctl.domain.hazard import Event, Stamp
from hazardctl.domain.lifecycle import CORRECTION
from hazardctl.domain.names import each_once, is_same, sameness
from hazardctl.domain.referring import reached
from hazardctl.domain.refusals import (
    AmountQuestioned,
    DaysInDisorder,
    FutureDay,
    NoFine,
    TooMuchOnTheSpot,
)
from hazardctl.domain.register import (
    AHEAD,
    PENALTY,
    REFERRAL,
    Enterprise,
    Kind,
    Record,
    ReferralState,
)
from hazardctl.errors import MissingOptions, NothingCorrected

ENTERED = "entered"
# The most that may be fined on the spot, in fen (行政处罚法 art. 51): an organisation, a citizen.
ON_SPOT, ON_SPOT_PERSON = 3_000_00, 200_00

# The most that may be fined by a legal basis, on a day, in an industry: in fen, and where that is
# said; None if it is not known.
Ceiling = Callable[[str | None, date, str | None], tuple[int, str] | None]


def enter(
    kind: Kind,
    stamp: Stamp,
    given: Mapping[str, object],
    *,
    ceiling: Ceiling | None = None,
    facts: Mapping[str, object] | None = None,
) -> Event:
    """The event that enters a record; a fine above the `ceiling` is questioned.

    Raises MissingOptions, FutureDay, DaysInDisorder, and for a penalty what `_fine` raises.
    """
    said = _plain({name: value for name, value in given.items() if value not in (None, "", ())})
    missing = [option(names[0]) for names in kind.needed if not any(said.get(n) for n in names)]
    if missing:
        raise MissingOptions(options=missing)
    values: dict[str, Any] = {**kind.defaults, **said}
    _must_be_possible(kind, stamp, values, number=None, ceiling=ceiling)
    if kind is REFERRAL and (state := reached(values)) is not ReferralState.PROPOSED:
        said["state"] = state
    told = {name: value for name, value in (facts or {}).items() if value not in (None, "")}
    return Event(ENTERED, on=stamp.on, by=stamp.by, changes=said, facts=told)


def correct(
    kind: Kind,
    record: Record,
    stamp: Stamp,
    *,
    corrections: Mapping[str, object],
    ceiling: Ceiling | None = None,
    facts: Mapping[str, object] | None = None,
) -> list[Event]:
    """The event that corrects a record, with the old values beside the new.

    An alias is added to those there are, and a name that is given up becomes one: what was
    recorded under it is not orphaned. The state of a referral follows from its days. Raises
    NothingCorrected, MissingOptions if what it must say is taken away, and what `enter`
    raises.
    """
    if not corrections:
        raise NothingCorrected(number=record.number)
    corrections = _with_aliases(record, _plain(corrections))
    changed = {name: value for name, value in corrections.items() if getattr(record, name) != value}
    if not changed:
        return []
    after = replace(record, **changed)  # type: ignore[arg-type]  # the corrections name the fields
    for names in kind.needed:
        # A hazard told who is punished when it was entered; it does not tell it again.
        if not any(getattr(after, name) for name in names if name != "hazard"):
            raise MissingOptions(options=[option(names[0])])
    is_fine = not _OF_A_FINE.isdisjoint(changed)
    values = {name: getattr(after, name) for name in kind.fields}
    _must_be_possible(
        kind, stamp, values, number=record.number, ceiling=ceiling if is_fine else None
    )
    if kind is REFERRAL and (state := reached(values)) is not values["state"]:
        changed["state"] = state
    was = {name: getattr(record, name) for name in changed}
    told = {"was": was, **(facts or {})}
    return [Event(CORRECTION, on=stamp.on, by=stamp.by, changes=changed, facts=told)]


# A fine is judged again when one of these is corrected.
_OF_A_FINE = frozenset(
    {"amount_fen", "legal_basis", "on_spot", "kinds", "person", "enterprise", "industry"}
    | {"decided_on", "filed_on"}
)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Values with each name of a list once, however it is spelled."""
    return {
        name: each_once(map(str, value)) if name in _NAMES and isinstance(value, tuple) else value
        for name, value in values.items()
    }


_NAMES = frozenset({"aliases", "campaigns"})


def _with_aliases(record: Record, corrections: Mapping[str, object]) -> dict[str, object]:
    """Corrections by which no name is lost but by an empty `aliases`."""
    if not isinstance(record, Enterprise) or corrections.keys().isdisjoint({"name", "aliases"}):
        return dict(corrections)
    name = str(corrections.get("name", record.name))
    more: Any = corrections.get("aliases", ())
    kept = record.aliases if more or "aliases" not in corrections else ()
    former = () if is_same(name, record.name) else (record.name,)
    aliases = each_once([*kept, *former, *more])
    return {**corrections, "aliases": tuple(one for one in aliases if not is_same(one, name))}


def born(kind: Kind, number: str, event: Event) -> Record:
    """The record that a first event makes."""
    made: Record = kind.record(number=number, **event.changes)
    return made


def apply(record: Record, event: Event) -> Record:
    """The record after the event."""
    return replace(record, **event.changes)  # type: ignore[arg-type]  # the event names the fields


def option(name: str) -> str:
    """A field as it is typed: `--inspected-on`; a list once for each of its values."""
    return _OPTIONS.get(name, f"--{name.replace('_', '-')}")


_OPTIONS = {
    "name": "NAME",
    "aliases": "--alias",
    "industries": "--industry",
    "campaigns": "--campaign",
    "kinds": "--kind",
    "amount_fen": "--amount",
}


def names_of(kind: Kind, values: Mapping[str, object]) -> list[str]:
    """The names under which an enterprise or a campaign is found, as they are compared."""
    if "name" not in kind.fields:
        return []
    aliases: Any = values.get("aliases") or ()
    return list(dict.fromkeys(sameness(str(name)) for name in (values["name"], *aliases)))


def _must_be_possible(
    kind: Kind,
    stamp: Stamp,
    values: Mapping[str, Any],
    *,
    number: str | None,
    ceiling: Ceiling | None,
) -> None:
    for name, value in values.items():
        if isinstance(value, date) and name not in AHEAD and value > stamp.today:
            raise FutureDay(number=number, what=name, on=value, today=stamp.today)
    if stamp.on > stamp.today:
        raise FutureDay(number=number, what=ENTERED, on=stamp.on, today=stamp.today)
    in_order(kind.in_order, values, number=number)
    if kind is PENALTY:
        _fine(values, number=number, ceiling=ceiling)


def in_order(names: Sequence[str], values: Mapping[str, Any], *, number: str | None) -> None:
    """Raises DaysInDisorder if one of these days is before one that it follows."""
    known = [(name, values[name]) for name in names if values[name]]
    for (first, first_on), (second, second_on) in pairwise(known):
        if second_on < first_on:
            raise DaysInDisorder(
                number=number, what=second, on=second_on, after=first, after_on=first_on
            )


def _fine(values: Mapping[str, Any], *, number: str | None, ceiling: Ceiling | None) -> None:
    """Raises MissingOptions, NoFine, TooMuchOnTheSpot, AmountQuestioned."""
    amount, kinds = values["amount_fen"], values["kinds"]
    if amount and kinds and not {"fine", "confiscation"}.intersection(kinds):
        raise NoFine(number=number, amount=yuan(amount), kinds=list(kinds))
    if "fine" in kinds and values["decided_on"] and not amount:
        raise MissingOptions(options=[option("amount_fen")])
    if values["on_spot"]:
        is_unit = values["enterprise"] or values["hazard"]  # which is an enterprise's
        most = ON_SPOT if is_unit else ON_SPOT_PERSON
        if amount > most:
            raise TooMuchOnTheSpot(number=number, amount=yuan(amount), most=yuan(most))
    if ceiling:
        day = values["decided_on"] or values["filed_on"]
        known = ceiling(values["legal_basis"], day, values["industry"])
        if known and amount > known[0]:
            raise AmountQuestioned(
                number=number, amount=yuan(amount), most=yuan(known[0]), source=known[1]
            )


def yuan(fen: int) -> str:
    """An amount in 元, exactly."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
