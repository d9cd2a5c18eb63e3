"""`kill -9` at moments that are drawn: what was said is there, the rest whole or not at all."""

from __future__ import annotations

import pytest

from tests.faults.campaign import ANSWERED, ANY, MOMENTS, Moment, wrong
from tests.faults.forge import Forge
from tests.faults.kinds import ADD, IMPORT, KINDS, MIGRATE, OF_A_FILE, Kind, each
from tests.faults.repeating import Repeating
from tests.homes import Home

SHORT, LONG = 10, 110  # runs and kills of each kind


def kill(command: Repeating, moment: Moment) -> None:
    """Start the command, kill it, judge what is there, and go on."""
    done = command.stop(command.start(command.next()), moment)
    command.judge(done)
    command.go_on()


def kill_again(command: Repeating, moment: Moment, *, times: int) -> None:
    """Kill the command so many times at the same kind of moment."""
    for _ in range(times):
        kill(command, moment)


def kill_at_all_moments(command: Repeating, *, runs: int = 0, kills: int = 0) -> None:
    """Run the command so often, or until it was so often killed, at all moments in turn."""
    while command.counted["runs"] < runs or command.counted["killed"] < kills:
        for moment in MOMENTS:
            kill(command, moment)
    print(command.kind.name, dict(command.counted))


@each(*KINDS)
def test_a_command_that_is_killed_is_done_whole_or_not_at_all(
    kind: Kind, home: Home, seed: int, forge: Forge
) -> None:
    kill_at_all_moments(Repeating(kind, home, seed, forge=forge), runs=SHORT)


@pytest.mark.long
@each(*KINDS)
def test_hundreds_of_kills_lose_nothing(kind: Kind, home: Home, seed: int) -> None:
    command = Repeating(kind, home, seed)
    kill_at_all_moments(command, kills=LONG)
    assert command.counted["in flight"] > LONG / 20


CONTROLS = [
    (ADD, "answers_before_it_is_saved", ANSWERED, "answered, and not saved"),
    (IMPORT, "imports_row_by_row", ANY, "neither whole nor nothing"),
    (MIGRATE, "upgrades_statement_by_statement", ANY, "schema|unreadable"),
    (ADD, "keeps_the_file_after_the_event", ANY, "evidence-missing"),
]


@pytest.mark.parametrize(
    ("kind", "how", "moment", "found"),
    [pytest.param(*one, marks=[OF_A_FILE] if one[0] is MIGRATE else []) for one in CONTROLS],
)
def test_the_campaign_finds_a_program_that_does_it_the_wrong_way(
    kind: Kind, how: str, moment: Moment, found: str, home: Home, seed: int, forge: Forge
) -> None:
    command = Repeating(kind, home, seed, program=wrong(how), forge=forge)
    with pytest.raises(AssertionError, match=found):
        kill_again(command, moment, times=40)
