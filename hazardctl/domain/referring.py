"""The way of a referral to the police: which step leads where, and on which day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hazardctl.domain.hazard import Event, Stamp
from hazardctl.domain.refusals import DaysInDisorder, FutureDay, StepInDisorder
from hazardctl.domain.register import Referral, ReferralState

# 国务院令第310号 arts 5-12; 应急〔2019〕54号. Of several that may follow, one that leads to another
# of them stands before it.
STEPS: Mapping[ReferralState, tuple[ReferralState, ...]] = {
    ReferralState.PROPOSED: (ReferralState.APPROVED, ReferralState.REJECTED),
    ReferralState.APPROVED: (ReferralState.SENT,),
    ReferralState.SENT: (ReferralState.RECEIVED,),
    ReferralState.RECEIVED: (ReferralState.NOT_FILED, ReferralState.FILED),
    ReferralState.NOT_FILED: (
        ReferralState.RECONSIDERATION,
        ReferralState.SUPERVISED,
        ReferralState.RETURNED,
    ),
    ReferralState.RECONSIDERATION: (
        ReferralState.SUPERVISED,
        ReferralState.FILED,
        ReferralState.RETURNED,
    ),
    ReferralState.SUPERVISED: (ReferralState.FILED, ReferralState.RETURNED),
    ReferralState.FILED: (ReferralState.DECIDED, ReferralState.RETURNED),
    ReferralState.REJECTED: (),
    ReferralState.RETURNED: (),
    ReferralState.DECIDED: (),
}
ADVANCED = "advanced"


def day_of(state: ReferralState) -> str:
    """The field that holds the day on which a state began."""
    return "reported_on" if state == "proposed" else f"{state.replace('-', '_')}_on"


def advance(
    referral: Referral,
    stamp: Stamp,
    *,
    to: ReferralState,
    facts: Mapping[str, object] | None = None,
    changes: Mapping[str, object] | None = None,
) -> Event:
    """The event of one step, on the day of the stamp.

    Raises StepInDisorder if the step does not follow; FutureDay; DaysInDisorder.
    """
    if to not in STEPS[referral.state]:
        possible = [str(state) for state in STEPS[referral.state]]
        raise StepInDisorder(
            number=referral.number, state=referral.state, other=to, possible=possible
        )
    last = getattr(referral, day_of(referral.state))
    if stamp.on > stamp.today:
        raise FutureDay(number=referral.number, what=to, on=stamp.on, today=stamp.today)
    if stamp.on < last:
        raise DaysInDisorder(
            number=referral.number, what=to, on=stamp.on, after=referral.state, after_on=last
        )
    told = {name: value for name, value in (facts or {}).items() if value}
    made = {"state": to, day_of(to): stamp.on, **(changes or {})}
    return Event(ADVANCED, on=stamp.on, by=stamp.by, changes=made, facts=told)


def reached(days: Mapping[str, date | None]) -> ReferralState:
    """The state that the days of its steps lead to: each follows one that is told as well.

    Raises StepInDisorder, DaysInDisorder.
    """
    told = [state for state in ReferralState if days.get(day_of(state)) and state != "proposed"]
    state = ReferralState.PROPOSED
    while told:
        follows = next((one for one in STEPS[state] if one in told), None)
        if follows is None:
            possible = [str(one) for one in STEPS[state]]
            raise StepInDisorder(number=None, state=state, other=told[0], possible=possible)
        before, after = days[day_of(state)], days[day_of(follows)]
        if before and after and after < before:
            raise DaysInDisorder(number=None, what=follows, on=after, after=state, after_on=before)
        told.remove(follows)
        state = follows
    return state
