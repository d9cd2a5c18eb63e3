"""The same request, sent twice at once or again after a kill: it is done exactly once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.campaign import MOMENTS, ended, wrong
from tests.faults.forge import Forge
from tests.faults.judging import seen
from tests.faults.kinds import ADD, CLOSE, IMPORT, PENALTY, Kind, each
from tests.faults.repeating import Repeating
from tests.homes import Home

KINDS = [ADD, CLOSE, IMPORT, PENALTY]
SHORT, LONG = 4, 60  # requests of each command


def until_answered(command: Repeating, *, requests: int) -> None:
    """Send each request, kill it, and send it again until it is answered."""
    for count in range(requests):
        words = [*command.next(), "--request-id", f"request {count}"]
        for moment in (*MOMENTS[count % len(MOMENTS) :], *MOMENTS):
            done = command.stop(command.start(words), moment)
            command.judge(done)
        done = ended(command.start(words))
        assert (done.code, bool(done.out)) == (0, True), done
        assert command.judge(done), "answered, and not there"
        assert seen(command.place.ledger).requests.count(f"request {count}") == 1
    print(command.kind.name, dict(command.counted))


def twice_at_once(command: Repeating, *, requests: int) -> None:
    """Send each request from two desks at once: both get the answer, which is the same."""
    for count in range(requests):
        words = [*command.next(), "--request-id", f"twice {count}"]
        both = [command.start(words), command.start(words)]
        answers = [ended(one) for one in both]
        assert [one.code for one in answers] == [0, 0], answers
        assert answers[0].out == answers[1].out, answers
        assert command.judge(answers[0])


@each(*KINDS)
def test_a_request_that_is_sent_until_it_is_answered_is_done_once(
    kind: Kind, home: Home, seed: int, forge: Forge
) -> None:
    until_answered(Repeating(kind, home, seed, forge=forge), requests=SHORT // 2)


@each(*KINDS)
def test_a_request_that_two_desks_send_at_once_is_done_once(
    kind: Kind, home: Home, seed: int, forge: Forge
) -> None:
    twice_at_once(Repeating(kind, home, seed, forge=forge), requests=SHORT)


@pytest.mark.long
@each(*KINDS)
def test_requests_that_are_repeated_for_long_are_done_once(
    kind: Kind, home: Home, seed: int
) -> None:
    command = Repeating(kind, home, seed)
    until_answered(command, requests=LONG // 4)
    twice_at_once(command, requests=LONG)


@pytest.mark.parametrize("send", [until_answered, twice_at_once])
def test_the_campaign_finds_a_program_that_forgets_what_was_asked(
    send: Callable[..., None], home: Home, seed: int, forge: Forge
) -> None:
    program = wrong("forgets_what_was_asked")
    command = Repeating(ADD, home, seed, program=program, forge=forge)
    with pytest.raises(AssertionError, match=r"neither whole nor nothing|YH-2022"):
        send(command, requests=SHORT)
