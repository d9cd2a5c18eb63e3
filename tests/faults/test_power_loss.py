"""The power fails at any call: what was answered is there, the rest whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from tests.faults.campaign import PROGRAM, Place, wrong
from tests.faults.judging import Seen, judged, seen, whole
from tests.faults.kinds import ADD, FIRST_ADD, IMPORT, Kind, entered
from tests.faults.power import Disk, recorded
from tests.faults.tracing import needs_strace


def lose_power(kind: Kind, folder: Path, seed: int, program: Sequence[str] = PROGRAM) -> None:
    """Record a command, and judge every state that a disk may be in after every call."""
    needs_strace()
    place = Place(folder / "recorded", program)
    place.folder.mkdir()
    kind.begin(place)
    words = kind.words(place, 0)
    before, disk = seen(place.ledger), Disk(place.folder)
    lines = recorded(place, words, folder / "calls")
    allowed = entered(before, whole(place.ledger), kind)
    draw, judged_before, is_answered = Random(seed), set(), False
    for line in lines:
        if (done := disk.does(line)) is None:
            continue
        is_answered = is_answered or done == ("write", "1")
        for state in disk.states(draw):
            known = (is_answered, *sorted((name, hash(text)) for name, text in state.items()))
            if known in judged_before:
                continue
            judged_before.add(known)
            after = standing(state, Place(folder / "after"), of=place)
            assert judged(before, after, allowed) or not is_answered, f"lost after {done}"
    assert is_answered
    print(kind.name, len(judged_before), "states")


def standing(state: Mapping[str, bytes], place: Place, *, of: Place) -> Seen:
    """The ledger that is found when the power is back."""
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.mkdir()
    for name, content in state.items():
        path = place.folder / Path(name).relative_to(of.folder)
        if "home" not in path.parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    found = seen(place.ledger)
    if "ledger.db-journal" not in map(os.path.basename, state):
        whole(place.ledger)  # what was undone is as it was before, and was proved then
    return found


@pytest.mark.parametrize("kind", [ADD], ids=lambda kind: kind.name)
def test_a_power_loss_loses_nothing_that_was_answered(
    kind: Kind, tmp_path: Path, seed: int
) -> None:
    lose_power(kind, tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("kind", [FIRST_ADD, IMPORT], ids=lambda kind: kind.name)
def test_a_power_loss_leaves_all_or_nothing(kind: Kind, tmp_path: Path, seed: int) -> None:
    lose_power(kind, tmp_path, seed)


def test_the_campaign_finds_a_program_that_does_not_sync_the_folder(
    tmp_path: Path, seed: int
) -> None:
    with pytest.raises(AssertionError, match=r"lost after|integrity"):
        lose_power(ADD, tmp_path, seed, wrong("syncs_less"))
