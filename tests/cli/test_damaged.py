"""A ledger that somebody laid hands on is told as damaged, whatever command meets it first."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.at_a_desk import Desk

ADD = "add 卷帘失效 --industry 花炮 --enterprise 甲厂 --found-on 2022-10-01"
READING = ["list", "list -f json", "show 1", "show 1 -f json", "log", "log 1 -f json", "report"]
HANDS = {
    "a body that is no JSON": "UPDATE event SET body = '{' WHERE seq = 3",
    "a body that is no object": "UPDATE event SET body = '[]' WHERE seq = 3",
    "a body that lacks its day": "UPDATE event SET body = '{}' WHERE seq = 3",
    "a due date that is no day": "UPDATE hazard SET due_on = 'soon', state = 'assigned'",
    "an industry that there is not": "UPDATE hazard SET industry = 'alchemy'",
    "bytes that are no text": "UPDATE hazard SET description = CAST(X'ff' AS TEXT)",
    "a card that is gone": "DELETE FROM card",
}


@pytest.mark.parametrize("hand", HANDS)
def test_no_command_ends_in_a_traceback(desk: Desk, hand: str) -> None:
    desk(ADD, by="甲")
    with closing(sqlite3.connect(desk.ledger)) as attacker, attacker:
        attacker.execute("DROP TRIGGER event_is_not_changed")
        attacker.execute(HANDS[hand])
    before = desk.ledger.read_bytes()
    for line in READING:
        done = desk(line)
        assert done.code in (0, 6, 7), (line, done.err)
        assert "Traceback" not in done.err
        if done.code == 6:
            assert str(desk.ledger) in done.err
    assert desk("check").code == 7
    assert desk.ledger.read_bytes() == before


def test_a_fault_of_ours_is_not_blamed_on_a_sound_ledger(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one thing that cannot be brought about from outside: the program at fault."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    desk(ADD, by="甲")
    monkeypatch.setattr("hazardctl.ledger.reading.history", broken)
    with pytest.raises(ZeroDivisionError, match="ours"):
        desk("log")


def test_a_crash_after_the_change_was_saved_says_that_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Brought about as above: the answer cannot be made, and the hazard is in the ledger."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    desk(ADD, by="甲")
    monkeypatch.setattr("hazardctl.cli.adding.told", broken)
    unsaid = desk(f"{ADD} --location 二号库 --request-id R-3", by="甲")
    assert (unsaid.code, unsaid.out) == (8, "")
    assert "Saved: YH-2022-00002" in unsaid.err
    assert "R-3" in unsaid.err
    assert desk("list -f csv").out.count("\n") == 3
