"""What the rules of the register say no to in a row: faults with the column they lie in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from hazardctl.domain.entering import Ceiling, enter
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.referring import day_of, reached
from hazardctl.domain.refusals import (
    AmountQuestioned,
    DaysInDisorder,
    NoFine,
    StepInDisorder,
    TooMuchOnTheSpot,
)
from hazardctl.domain.register import AHEAD, REFERRAL, Kind, ReferralState
from hazardctl.errors import MissingOptions


class RuleFault(NamedTuple):
    """A rule that a field breaks."""

    field: str
    code: str
    facts: Mapping[str, object]


def faults_of(
    kind: Kind, said: dict[str, Any], *, today: date, ceiling: Ceiling | None
) -> list[RuleFault]:
    """What the rules say no to; a referral learns by the way which state its days lead to."""
    faults = [*_lacking(kind, said), *_to_come(said, today)]
    if not faults and kind is REFERRAL:
        faults = list(_state(said))
    return faults or list(_against(kind, said, today, ceiling))


def _lacking(kind: Kind, said: Mapping[str, Any]) -> Iterator[RuleFault]:
    for names in kind.needed:
        if not any(said.get(name) for name in names):
            yield RuleFault(names[0], "missing-field", {"what": list(names)})


def _to_come(said: Mapping[str, Any], today: date) -> Iterator[RuleFault]:
    for name, day in said.items():
        if type(day) is date and day > today and name not in AHEAD:
            facts = {"day": day.isoformat(), "today": today.isoformat()}
            yield RuleFault(name, "in-the-future", facts)


def _state(said: dict[str, Any]) -> Iterator[RuleFault]:
    """The state of a referral: where its days lead, and nowhere else."""
    stated = said.get("state")
    try:
        state = reached(said)
    except StepInDisorder as refused:
        wrong = ReferralState(str(refused.facts["other"]))
        facts = {"state": str(refused.facts["state"]), "other": str(wrong)}
        missing = {"missing": refused.facts["possible"]}
        yield RuleFault(day_of(wrong), "step-without-day", {**facts, **missing})
    except DaysInDisorder as refused:
        what, after = (day_of(ReferralState(str(refused.facts[n]))) for n in ("what", "after"))
        yield _disorder(what, after, refused.facts)
    else:
        if stated and stated != state:
            yield RuleFault("state", "other-state", {"state": str(state)})
        said["state"] = state


def _against(
    kind: Kind, said: Mapping[str, Any], today: date, ceiling: Ceiling | None
) -> Iterator[RuleFault]:
    nobody = Stamp(by="", at="", on=today, today=today)
    try:
        enter(kind, nobody, said, ceiling=ceiling)
    except DaysInDisorder as refused:
        facts = refused.facts
        yield _disorder(str(facts["what"]), str(facts["after"]), facts)
    except (NoFine, TooMuchOnTheSpot, AmountQuestioned) as refused:
        told = {name: fact for name, fact in refused.facts.items() if name != "number"}
        if "kinds" in told:
            told["what"] = told.pop("kinds")
        yield RuleFault("amount_fen", refused.code(), told)
    except MissingOptions:  # all else that is missing is told above, each with its column
        yield RuleFault("amount_fen", "missing-field", {"what": ["amount_fen"]})


def _disorder(what: str, after: str, facts: Mapping[str, object]) -> RuleFault:
    told = {"day": str(facts["on"]), "after": after, "after_on": str(facts["after_on"])}
    return RuleFault(what, "day-before-day", {"what": what, **told})
