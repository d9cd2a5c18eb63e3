"""Lives of hazards in a ledger, drawn at random, beside the small model of the design."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

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

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.hazard import Hazard
from hazardctl.errors import HazardctlError
from hazardctl.ledger import writing
from hazardctl.ledger.backing_up import back_up
from hazardctl.ledger.checking import prove
from hazardctl.ledger.restoring import restore
from hazardctl.store import lookups
from hazardctl.store import writing as opened
from hazardctl.store.chain import FIELDS
from hazardctl.store.opening import reading
from hazardctl.store.place import Server
from hazardctl.store.rows import hazard_id
from tests.agreement import agree
from tests.attackers import holding, unguarded
from tests.builders import TODAY, decide, folded, ready, stamp
from tests.homes import a_home
from tests.ledgers import Drawn, add_one, events_of
from tests.reckoning import first_broken
from tests.reference import Life, Move, any_move, legal_move, nearly_legal_move
from tests.whole import keep_photo

SEEDS = st.integers(0, 2**32)
AT = "2022-12-31T08:00:00Z"
SOME = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # to shrink a failing life takes minutes; its moves are printed
    database=None,
)


FEW = 4  # lives on a server: each of their steps is a connection


class Crashed(Exception):
    """Something that goes wrong in the middle of a transaction."""


class Ledgers(RuleBasedStateMachine):
    """One ledger, moved now and then by a backup; its verbs are what is put to the test."""

    engine = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.around = ExitStack()
        self.folder = Path(self.around.enter_context(TemporaryDirectory()))
        self.home = self.around.enter_context(a_home(self.engine, self.folder))
        self.steps = 0
        self.history: list[tuple[object, ...]] = []  # every event that was ever seen

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.drawn = Drawn(ready(self.home), {})
        keep_photo(self.drawn.path, self.folder)
        for _ in range(2):
            self.add(seed)

    @rule(seed=SEEDS)
    def add(self, seed: int) -> None:
        if len(self.drawn.lives) < 5:
            add_one(self.draw(seed), self.drawn)

    @rule(seed=SEEDS)
    def any_move(self, seed: int) -> None:
        draw, number, life = self.one(seed)
        self.take(number, any_move(draw, life))

    @rule(seed=SEEDS)
    def legal_move(self, seed: int) -> None:
        """Now and then something goes wrong first, once it is written and before it is saved."""
        draw, number, life = self.one(seed)
        if move := legal_move(draw, life):
            if draw.random() < 0.3:
                with suppress(Crashed):
                    self.crash_in(number, move)
                agree(life, self.record(number))
            self.take(number, move)

    @rule(seed=SEEDS)
    def nearly_legal_move(self, seed: int) -> None:
        draw, number, life = self.one(seed)
        if move := nearly_legal_move(draw, life):
            self.take(number, move)

    @rule(seed=SEEDS)
    def two_desks_move_what_both_have_seen(self, seed: int) -> None:
        """The second is told what the first has made of it, or is refused."""
        draw, number, life = self.one(seed)
        first, second = legal_move(draw, life), legal_move(draw, life)
        if first and second:
            seen = self.record(number)
            self.take(number, first)
            self.take(number, second, seen=seen)

    @rule()
    def back_up_and_restore(self) -> None:
        """The ledger goes on where its backup was restored; on a server, where it was copied."""
        self.steps += 1
        if isinstance(self.drawn.path, Server):
            self.drawn.path = self.home.copy(self.drawn.path, f"{self.steps}")
            return
        file, path = self.folder / f"{self.steps}.tar", self.folder / f"{self.steps}" / "ledger.db"
        path.parent.mkdir()
        back_up(self.drawn.path, file, at=AT, today=TODAY, taxonomy=taxonomy())
        restore(file, path, replace=False, today=TODAY, taxonomy=taxonomy())
        self.drawn.path = path
        keep_photo(path, self.folder)

    def draw(self, seed: int) -> Random:
        """Chance for one step: small seeds come often, and would bring the same move each time."""
        self.steps += 1
        return Random(f"{seed} {self.steps}")

    def one(self, seed: int) -> tuple[Random, str, Life]:
        """Chance, and some hazard."""
        draw = self.draw(seed)
        number = draw.choice(sorted(self.drawn.lives))
        return draw, number, self.drawn.lives[number]

    def take(self, number: str, move: Move, *, seen: Hazard | None = None) -> None:
        """Both take the move; they must agree on whether it may be taken, and why not."""
        note(f"{number} {move}")
        reasons, life = self.drawn.lives[number].attempt(move)
        refused = None
        try:
            self.act(number, move, seen)
            self.drawn.lives[number] = life
        except HazardctlError as refusal:
            refused = type(refusal).__name__
        assert refused in reasons if refused else not reasons, (refused, reasons)

    def act(self, number: str, move: Move, seen: Hazard | None) -> None:
        """The verb; `seen` is what the desk saw of the hazard before, which is not asked for."""
        who = stamp(move.by, move.on)
        writing.act(
            self.drawn.path, [number], who, lambda hazard, rules: decide(hazard, move, rules=rules)
        )

    def crash_in(self, number: str, move: Move) -> None:
        """A transaction in the middle of which something goes wrong."""
        with opened(self.drawn.path, stamp(move.by, move.on)) as book:
            hazard = book.hazard(number)
            after = book.write(hazard, decide(hazard, move, rules=book.rules))
            assert book.hazard(number) == after  # it is in the database by now
            raise Crashed

    def record(self, number: str) -> Hazard:
        """A hazard as it stands."""
        with reading(self.drawn.path) as book:
            return lookups.hazard(book.ask, hazard_id(number))

    @invariant()
    def the_present_is_what_the_model_says(self) -> None:
        for number, life in self.drawn.lives.items():
            agree(life, self.record(number))

    @invariant()
    def the_history_makes_the_present(self) -> None:
        for number, events in events_of(self.drawn.path).items():
            assert folded(events, number) == self.record(number), "not the fold of its events"

    @invariant()
    def the_chain_is_whole_and_what_was_seen_of_it_stays(self) -> None:
        columns = ", ".join(("seq", "prev", "hash", *FIELDS))
        with reading(self.drawn.path) as book:
            events = book.ask(f"SELECT {columns} FROM event ORDER BY seq")
            ((ledger_id,),) = book.ask("SELECT value FROM setting WHERE name = 'ledger_id'")
        assert events[: len(self.history)] == self.history, "the past has changed"
        assert first_broken(ledger_id, events) is None, "the chain is broken"
        self.history = events

    def teardown(self) -> None:
        """What is dear to compute holds at the end for all that came before."""
        try:
            proved = prove(self.drawn.path, TODAY, taxonomy())
            assert not proved.findings, f"{proved.findings}"
        finally:
            self.around.close()


def on(engine: str, machine: type[Ledgers]) -> type[Ledgers]:
    """The machine with its ledgers on an engine."""
    return type(machine.__name__, (machine,), {"engine": engine})


def test_a_ledger_lives_as_the_model_does(engine: str) -> None:
    some = settings(SOME, max_examples=FEW) if engine == "postgresql" else SOME
    run_state_machine_as_test(on(engine, Ledgers), settings=some)


@pytest.mark.long
def test_a_long_campaign_finds_no_difference(engine: str) -> None:
    longer = settings(SOME, max_examples=300, stateful_step_count=50, derandomize=False)
    run_state_machine_as_test(on(engine, Ledgers), settings=longer)


# Faults that the machine must find: each does as the program does, but for one thing.


class DecidesOnWhatItSawBefore(Ledgers):
    """The decision is made before the ledger is locked."""

    def act(self, number: str, move: Move, seen: Hazard | None) -> None:
        before = seen or self.record(number)
        with opened(self.drawn.path, stamp(move.by, move.on)) as book:
            book.write(before, decide(before, move, rules=book.rules))


class SavesWhatWentWrong(Ledgers):
    """What was written before something goes wrong is saved."""

    def crash_in(self, number: str, move: Move) -> None:
        self.act(number, move, None)
        raise Crashed


class ForgetsThePresent(Ledgers):
    """The event is written, and not what it makes of the hazard."""

    def act(self, number: str, move: Move, seen: Hazard | None) -> None:
        state = self.record(number).state
        super().act(number, move, seen)
        with holding(self.drawn.path) as hand:
            hand.execute("UPDATE hazard SET state = ? WHERE number = ?", (state, number))


class RewritesThePast(Ledgers):
    """An event is tidied up later, with the guards put aside."""

    def act(self, number: str, move: Move, seen: Hazard | None) -> None:
        super().act(number, move, seen)
        with unguarded(self.drawn.path) as hand:
            hand.execute("UPDATE event SET actor = trim(actor) || ' ' WHERE seq = 3")


# Two of them are in the program, whatever keeps the ledger.
once = pytest.mark.only_on("sqlite", "the machine is tested, not what keeps the ledger")


@pytest.mark.parametrize(
    "faulty",
    [
        DecidesOnWhatItSawBefore,
        pytest.param(RewritesThePast, marks=once),
        pytest.param(SavesWhatWentWrong, marks=once),
        pytest.param(ForgetsThePresent, marks=once),
    ],
)
def test_a_seeded_fault_is_found(faulty: type[Ledgers], engine: str) -> None:
    search = settings(SOME, max_examples=100, print_blob=False, report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(on(engine, faulty), settings=search)
