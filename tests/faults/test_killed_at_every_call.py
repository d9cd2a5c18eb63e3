"""Killed, or told that it failed, at every call of the system that changes anything."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.campaign import PROGRAM, Ended, Place, wrong
from tests.faults.judging import judged, seen, whole
from tests.faults.kinds import ADD, FIRST_ADD, IMPORT, MIGRATE, PENALTY, Kind, entered
from tests.faults.tracing import Call, at, calls, needs_strace, some

SHORT = 5  # calls of each command
FAULTS = ("ENOSPC", "EIO")
SAVED = {0: True, 8: True, 2: False, 6: False}  # what an exit status says


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The program has been run: when it is first, Python writes files of its own."""
    for kind in (ADD, IMPORT, MIGRATE):
        place = Place(tmp_path_factory.mktemp("compiled"))
        kind.begin(place)
        assert place.run(kind.words(place, 0)).code == 0


class Campaign:
    """One command on copies of one ledger, with something done to it at one call of the system."""

    def __init__(self, kind: Kind, folder: Path, program: Sequence[str] = PROGRAM) -> None:
        needs_strace()
        self.folder, self.place = folder, Place(folder / "kept", program)
        self.place.folder.mkdir()
        kind.begin(self.place)
        self.words = kind.words(self.place, 0)
        self.before = seen(self.place.ledger)
        place = self._copy("whole")
        self.calls = calls(place, self.words, folder / "calls")
        self.entered = entered(self.before, whole(place.ledger), kind)

    def _copy(self, name: str) -> Place:
        shutil.copytree(self.place.folder, self.folder / name)
        return replace(self.place, folder=self.folder / name)

    def disturb(self, call: Call, what: str) -> tuple[Ended, bool]:
        """Do something to the command at a call; how it ended, and whether anything is saved."""
        place = self._copy("disturbed")
        done = place.run(self.words, around=at(call, what))
        is_saved = judged(self.before, whole(place.ledger), self.entered)
        assert is_saved or not done.out, f"answered, and not saved: {done.out}"
        again = place.run(ADD.words(place, 1))  # the next command works
        assert again.code == 0, again
        whole(place.ledger)
        shutil.rmtree(place.folder)
        return done, is_saved

    def kill(self, some: Sequence[Call]) -> None:
        """Kill the command at these calls."""
        for call in some:
            done, _ = self.disturb(call, "signal=SIGKILL")
            assert done.is_killed or call.name == "openat", str(call)

    def fail(self, some: Sequence[Call], fault: str) -> None:
        """Let these calls fail: the exit status and the words are what became of it."""
        for call in some:
            done, is_saved = self.disturb(call, f"error={fault}")
            assert "Traceback" not in done.err, (str(call), done.err)
            assert SAVED.get(done.code) is is_saved, (str(call), done)
            if not is_saved:
                assert "Nothing was saved" in done.err, (str(call), done)


def once_saved(campaign: Campaign) -> int:
    """Which of the calls is the one that saves: the journal goes."""
    (saved,) = [
        place
        for place, call in enumerate(campaign.calls)
        if call.name.startswith("unlink") and "journal" in call.text
    ]
    return saved


KINDS = [FIRST_ADD, IMPORT, MIGRATE, PENALTY]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_command_killed_at_some_calls_is_done_whole_or_not_at_all(
    kind: Kind, tmp_path: Path, seed: int
) -> None:
    campaign = Campaign(kind, tmp_path)
    campaign.kill(some(campaign.calls, SHORT, seed))


@pytest.mark.long
@pytest.mark.parametrize("kind", [*KINDS, ADD], ids=lambda kind: kind.name)
def test_a_command_killed_at_any_call_is_done_whole_or_not_at_all(
    kind: Kind, tmp_path: Path
) -> None:
    campaign = Campaign(kind, tmp_path)
    print(kind.name, len(campaign.calls), "calls")
    campaign.kill(campaign.calls)


def test_some_calls_that_fail_are_told_as_what_they_are(tmp_path: Path, seed: int) -> None:
    campaign = Campaign(ADD, tmp_path)
    failing = some(campaign.calls, SHORT, seed)
    campaign.fail(failing[::2], FAULTS[0])
    campaign.fail(failing[1::2], FAULTS[1])
    call = campaign.calls[once_saved(campaign) + 1]  # it is saved, and the disk does not say so
    done, is_saved = campaign.disturb(call, "error=EIO")
    assert (call.name, done.code, is_saved) == ("fdatasync", 8, True), done


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", [FIRST_ADD, IMPORT], ids=lambda kind: kind.name)
def test_any_call_that_fails_is_told_as_what_it_is(kind: Kind, fault: str, tmp_path: Path) -> None:
    campaign = Campaign(kind, tmp_path)
    campaign.fail(campaign.calls, fault)


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("answers_before_it_is_saved", "answered, and not saved"),
        ("keeps_the_file_after_the_event", "evidence-missing"),
    ],
)
def test_the_campaign_finds_a_program_that_does_it_the_wrong_way(
    how: str, found: str, tmp_path: Path
) -> None:
    campaign = Campaign(ADD, tmp_path, wrong(how))
    saved = once_saved(campaign)
    with pytest.raises(AssertionError, match=found):
        campaign.kill(campaign.calls[saved : saved + 4])  # just before it is saved, and after
