"""Ctrl-C at any moment: the exit status and the words are what became of the command."""

from __future__ import annotations

import re
from signal import SIGINT

import pytest

from tests.faults.campaign import ANY, READY, TELLING, WRITING, WRITTEN, Ended, wrong
from tests.faults.forge import Forge
from tests.faults.kinds import ADD, IMPORT, MIGRATE, PENALTY, WORKBOOK, Kind, each
from tests.faults.repeating import Repeating
from tests.homes import Home

MOMENTS = (WRITING, WRITTEN, TELLING, READY, ANY)
KINDS = [ADD, IMPORT, WORKBOOK, PENALTY]
SHORT, LONG = 5, 50  # interruptions of each command
NOTHING = "Interrupted. Nothing was saved."


def interrupt(command: Repeating, *, times: int) -> None:
    """Interrupt a command so often, as its terminal does: with all that it has started."""
    for count in range(times):
        moment = MOMENTS[count % len(MOMENTS)]
        done = command.stop(command.start(command.next()), moment, by=SIGINT)
        is_saved = command.judge(done)
        command.go_on()
        if not is_before_the_program(done):
            agree(done, is_saved=is_saved)
        elif is_saved:
            raise AssertionError(f"saved before it began: {done}")
        command.counted[f"status {done.code}"] += 1
    print(command.kind.name, dict(command.counted))


def is_before_the_program(done: Ended) -> bool:
    """Whether Python itself was stopped, before it came to a line of the program."""
    return done.code in (1, -SIGINT) and not re.search(r"/hazardctl/\w+/", done.err)


def agree(done: Ended, *, is_saved: bool) -> None:
    """Whether what is told is what became of it."""
    assert "Traceback" not in done.err, done
    assert "Exception" not in done.err, done
    assert done.code in (0, 8, 130), done
    assert is_saved is (done.code != 130), f"told otherwise: {done}"
    last = done.err.strip().split("\n")[-1]  # what was noticed on the way stands before it
    if done.code == 130:
        assert last == NOTHING or not done.err.strip(), done
    if done.code == 8:
        assert last.startswith("Saved: "), done
        assert "--request-id" in last, done


@each(*KINDS)
def test_an_interrupted_command_tells_what_became_of_it(kind: Kind, home: Home, seed: int) -> None:
    interrupt(Repeating(kind, home, seed), times=SHORT)


@pytest.mark.long
@each(*KINDS, MIGRATE)
def test_a_hundred_and_fifty_interruptions_are_told_as_they_are(
    kind: Kind, home: Home, seed: int
) -> None:
    interrupt(Repeating(kind, home, seed), times=LONG)


def test_the_campaign_finds_a_program_that_takes_every_interrupt_for_nothing_saved(
    home: Home, seed: int, forge: Forge
) -> None:
    program = wrong("takes_an_interrupt_for_nothing_saved")
    command = Repeating(ADD, home, seed, program=program, forge=forge)
    with pytest.raises(AssertionError, match="told otherwise"):
        interrupt(command, times=40)
