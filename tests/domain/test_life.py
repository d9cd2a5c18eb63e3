"""Lives of hazards, drawn at random, beside the small model of the design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hazardctl.domain.hazard import Event, Hazard
from hazardctl.domain.lifecycle import CLAIMS, CORRECTION, apply, past
from hazardctl.domain.rules import Rules
from hazardctl.domain.words import Severity, State
from hazardctl.errors import HazardctlError
from tests.agreement import agree
from tests.builders import FOUND, TODAY, decide, folded, registered
from tests.builders import due as due_on
from tests.reckoning import state_on
from tests.reference import Life, Move, any_move, legal_move, named, nearly_legal_move, same

Decide = Callable[[Hazard, Move], list[Event]]
SEEDS = st.integers(0, 2**32)
STRICT = Rules(extensions=1, case_leader_for_all=True)
MANY = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Both:
    """One hazard as the program keeps it and as the model has it."""

    life: Life
    record: Hazard
    events: list[Event]
    past: list[tuple[Hazard, date]] = field(default_factory=list)  # each with its last day
    closed: dict[int, Hazard] = field(default_factory=dict)  # cycles, as they were signed off


class Lives(RuleBasedStateMachine):
    """Several hazards at once; `decide` is what is put to the test."""

    decide: Decide = staticmethod(decide)

    def __init__(self) -> None:
        super().__init__()
        self.hazards: list[Both] = []
        self.steps = 0

    @initialize(majors=st.tuples(st.booleans(), st.booleans()), due=st.sampled_from([None, 0, 10]))
    def begin(self, majors: tuple[bool, bool], due: int | None) -> None:
        self.hazards = [_begun(major, due) for major in majors]

    @rule(which=st.integers(0, 1), seed=SEEDS)
    def any_move(self, which: int, seed: int) -> None:
        both = self.hazards[which]
        self.take(both, any_move(self.draw(seed), both.life))

    @rule(which=st.integers(0, 1), seed=SEEDS)
    def legal_move(self, which: int, seed: int) -> None:
        both = self.hazards[which]
        if move := legal_move(self.draw(seed), both.life):
            self.take(both, move)
        elif both.life.state == "void":
            self.hazards[which] = _begun(both.life.major, None)

    @rule(which=st.integers(0, 1), seed=SEEDS)
    def nearly_legal_move(self, which: int, seed: int) -> None:
        both = self.hazards[which]
        if move := nearly_legal_move(self.draw(seed), both.life):
            self.take(both, move)

    def draw(self, seed: int) -> Random:
        """Chance for one step: small seeds come often, and would bring the same move each time."""
        self.steps += 1
        return Random(f"{seed} {self.steps}")

    def take(self, both: Both, move: Move) -> None:
        """Let both have the move; they must agree on whether it may be taken, and why not."""
        note(f"{both.record.state} {move}")
        reasons, life = both.life.attempt(move)
        events, refusal = _decided(type(self).decide, both.record, move)
        if refusal:
            assert type(refusal).__name__ in reasons, (refusal, reasons)
            return
        assert not reasons, (events, reasons)
        both.life = life
        for event in events:
            after = apply(both.record, event)
            if record := past(both.record, event, after):
                assert after.from_on
                both.past.append((record, after.from_on))
            if event.kind == "closed":
                both.closed[after.cycle] = after
            both.record = after
            both.events.append(event)

    @invariant()
    def the_record_is_what_the_model_says(self) -> None:
        for both in self.hazards:
            agree(both.life, both.record)

    def teardown(self) -> None:
        """What is dear to compute holds at the end for all that came before."""
        self.the_record_is_the_fold_of_its_events()
        self.no_two_parts_of_a_closed_hazard_are_one_person()
        self.an_original_due_date_moves_in_no_cycle_that_is_under_way()
        self.a_closed_cycle_is_kept_as_it_was_signed_off()
        self.the_state_on_any_day_is_told_by_the_record_of_that_day()

    def the_record_is_the_fold_of_its_events(self) -> None:
        for both in self.hazards:
            assert folded(both.events) == both.record

    def no_two_parts_of_a_closed_hazard_are_one_person(self) -> None:
        for both in self.hazards:
            for hazard in both.closed.values():
                done = named(hazard.rectified_by, hazard.submitted_by)
                assert not any(same(one, other) for one in hazard.verified_by for other in done)
                others = [*done, *hazard.verified_by]
                assert not any(same(hazard.closed_by, other) for other in others)
                distinct = {"".join(name.lower().split()) for name in hazard.verified_by}
                assert len(distinct) >= 1 + hazard.is_major

    def an_original_due_date_moves_in_no_cycle_that_is_under_way(self) -> None:
        for both in self.hazards:
            was: dict[str, object] = {}
            for event in both.events:
                state = was.get("state", State.REGISTERED)
                if "original_due_on" in event.changes and event.kind not in (
                    "assigned",
                    "reopened",
                ):
                    assert state is State.REGISTERED
                was |= event.changes

    def a_closed_cycle_is_kept_as_it_was_signed_off(self) -> None:
        for both in self.hazards:
            former = {record.cycle: record for record, _until in both.past}
            for cycle, signed in both.closed.items():
                kept = both.record if cycle == both.record.cycle else former[cycle]
                looked = {"lookback_on", "lookback_result", "since_on"}
                differing = {
                    name
                    for name in _all_of(signed) | _all_of(kept)
                    if getattr(signed, name) != getattr(kept, name)
                }
                assert differing <= looked, (cycle, differing)

    def the_state_on_any_day_is_told_by_the_record_of_that_day(self) -> None:
        for both in self.hazards:
            steps = [event for event in both.events if event.kind != CORRECTION]
            for day in sorted({event.on for event in steps}):
                then = folded(event for event in steps if event.on <= day)
                assert state_on(self.record_on(both, day), day) is then.state

    def record_on(self, both: Both, day: date) -> Hazard:
        """The record that speaks for a day: of the past, or the present one."""
        stretches = [*both.past, (both.record, date.max)]
        (found,) = [
            record for record, until in stretches if (record.from_on or FOUND) <= day < until
        ]
        return found


class Strict(Lives):
    """A ledger that grants one extension, and asks a case leader of every hazard."""

    decide: Decide = staticmethod(partial(decide, rules=STRICT))

    def take(self, both: Both, move: Move) -> None:
        both.life.allowed, both.life.leader_for_all = 1, True
        super().take(both, move)


def _begun(major: bool, due: int | None) -> Both:
    """A hazard that was just entered, perhaps with a due date already."""
    record = registered(
        severity=Severity.MAJOR if major else Severity.GENERAL,
        deadline=None if due is None else due_on(due),
    )
    life = Life(FOUND, TODAY, major=major, due_on=record.due_on)
    life.original_due_on = life.due_on
    return Both(life, record, [Event("registered", FOUND, "赵六", _all_of(record))])


def _decided(
    decide: Decide, hazard: Hazard, move: Move
) -> tuple[list[Event], HazardctlError | None]:
    """The events of a move, or why it is refused."""
    try:
        return decide(hazard, move), None
    except HazardctlError as refusal:
        return [], refusal


def _all_of(hazard: Hazard) -> dict[str, object]:
    blank = Hazard(number="", industry="", enterprise="", description="", found_on=date.min)
    names = Hazard.__dataclass_fields__
    return {
        name: getattr(hazard, name)
        for name in names
        if name != "number" and getattr(hazard, name) != getattr(blank, name)
    }


TestLives = Lives.TestCase
TestLives.settings = MANY
TestStrict = Strict.TestCase
TestStrict.settings = settings(MANY, max_examples=30)


@pytest.mark.long
@pytest.mark.parametrize("machine", [Lives, Strict])
def test_a_long_campaign_finds_no_difference(machine: type[Lives]) -> None:
    run_state_machine_as_test(
        machine, settings=settings(MANY, max_examples=3000, derandomize=False)
    )


# Faults that the machine must find: each decides as the program does, but for one thing.


def signs_off_ones_own_work(hazard: Hazard, move: Move) -> list[Event]:
    if move.action == "close" and hazard.state is State.VERIFIED:
        others = replace(hazard, rectified_by="癸", submitted_by="癸", verified_by=("子", "丑"))
        return decide(others, replace(move, verifiers=(), rectified_by=None))
    return decide(hazard, move)


def verifies_ones_own_work(hazard: Hazard, move: Move) -> list[Event]:
    if move.action == "verify":
        return decide(replace(hazard, rectified_by="癸"), move)
    return decide(hazard, move)


def takes_steps_in_any_order_of_days(hazard: Hazard, move: Move) -> list[Event]:
    return decide(replace(hazard, since_on=None), move)


def forgets_that_it_was_submitted(hazard: Hazard, move: Move) -> list[Event]:
    return _altered(hazard, move, "reopened", {"was_submitted": False})


def moves_the_original_due_date(hazard: Hazard, move: Move) -> list[Event]:
    return _altered(hazard, move, "extension-approved", {"original_due_on": hazard.pending_due_on})


def keeps_what_was_rejected(hazard: Hazard, move: Move) -> list[Event]:
    return _altered(hazard, move, "rejected", {name: getattr(hazard, name) for name in CLAIMS})


def counts_extensions_over_all_cycles(hazard: Hazard, move: Move) -> list[Event]:
    return _altered(hazard, move, "reopened", {"extensions": hazard.extensions})


def leaves_an_extension_pending_at_submission(hazard: Hazard, move: Move) -> list[Event]:
    return [event for event in decide(hazard, move) if event.kind != "extension-dropped"]


def asks_no_second_verifier(hazard: Hazard, move: Move) -> list[Event]:
    if move.action == "verify":
        return decide(replace(hazard, severity=Severity.GENERAL), move)
    return decide(hazard, move)


def takes_a_major_hazard_back_as_accepted(hazard: Hazard, move: Move) -> list[Event]:
    return _altered(hazard, move, "taken-back", {"accepted_on": hazard.accepted_on})


def _altered(hazard: Hazard, move: Move, kind: str, instead: dict[str, object]) -> list[Event]:
    return [
        replace(event, changes={**event.changes, **instead}) if event.kind == kind else event
        for event in decide(hazard, move)
    ]


@pytest.mark.parametrize(
    "fault",
    [
        signs_off_ones_own_work,
        verifies_ones_own_work,
        takes_steps_in_any_order_of_days,
        forgets_that_it_was_submitted,
        moves_the_original_due_date,
        keeps_what_was_rejected,
        counts_extensions_over_all_cycles,
        leaves_an_extension_pending_at_submission,
        asks_no_second_verifier,
        takes_a_major_hazard_back_as_accepted,
    ],
)
def test_a_seeded_fault_is_found(fault: Decide) -> None:
    faulty = type("Faulty", (Lives,), {"decide": staticmethod(fault)})
    search = settings(
        MANY, max_examples=3000, phases=[Phase.generate], database=None, print_blob=False
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(faulty, settings=search)
