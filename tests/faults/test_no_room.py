"""No room on the disk: nothing is saved, that is said, and with room again all goes on."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.faults.campaign import PROGRAM, Place, wrong
from tests.faults.forge import Forge
from tests.faults.judging import judged, seen, whole
from tests.faults.kinds import ADD, CLOSE, FIRST_ADD, IMPORT, PENALTY, RULE, Kind, entered

KINDS = [ADD, FIRST_ADD, CLOSE, IMPORT, RULE, PENALTY]
SHORT, LONG = 2, 40  # sizes that are drawn for each command


class Campaign:
    """One command on copies of one ledger, with room for files of some size only."""

    def __init__(
        self,
        kind: Kind,
        folder: Path,
        program: Sequence[str] = PROGRAM,
        *,
        forge: Forge | None = None,
    ) -> None:
        self.folder, self.place = folder, Place(folder / "kept", program, forge)
        self.place.folder.mkdir()
        kind.begin(self.place)
        self.words = kind.words(self.place, 0)
        self.before = seen(self.place.ledger)
        place = self._copy("whole")
        assert place.run(self.words).code == 0
        self.entered = entered(self.before, whole(place.ledger), kind)
        written = [file for file in place.folder.rglob("*") if file.is_file()]
        self.largest = max(file.stat().st_size for file in written)

    def _copy(self, name: str) -> Place:
        shutil.copytree(self.place.folder, self.folder / name)
        return replace(self.place, folder=self.folder / name)

    def limit(self, size: int, *, again: bool) -> int:
        """Run the command with so much room, and `again` with more; returns its first status."""
        place = self._copy(f"room for {size}")
        done = place.run(self.words, room=size)
        after = whole(place.ledger)
        is_saved = judged(self.before, after, self.entered)
        assert is_saved or not done.out, f"answered, and not saved: {done.out}"
        assert done.code == (0 if is_saved else 6), (size, done)
        if not is_saved:
            assert "Nothing was saved" in done.err, (size, done)
            assert "Traceback" not in done.err, (size, done)
        if again:
            assert place.run(self.words).code == 0
            whole(place.ledger)
        return done.code

    def run(self, draws: int, seed: int) -> list[int]:
        """Run the command with room for nothing, for all but a little, and for what is drawn."""
        draw = Random(f"{seed} {self.words}")
        sizes = {0, self.largest - 1, *(draw.randrange(self.largest) for _ in range(draws))}
        return [self.limit(size, again=size == 0) for size in sorted(sizes)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_without_room_nothing_is_saved_and_that_is_said(
    kind: Kind, tmp_path: Path, seed: int, forge: Forge
) -> None:
    assert 6 in Campaign(kind, tmp_path, forge=forge).run(SHORT, seed)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_whatever_room_there_is_the_status_is_what_became_of_it(
    kind: Kind, tmp_path: Path, seed: int
) -> None:
    assert 6 in Campaign(kind, tmp_path).run(LONG, seed)


def test_the_campaign_finds_a_program_that_answers_before_it_is_saved(
    tmp_path: Path, forge: Forge
) -> None:
    campaign = Campaign(ADD, tmp_path, wrong("answers_before_it_is_saved"), forge=forge)
    with pytest.raises(AssertionError, match="answered, and not saved"):
        campaign.limit(0, again=False)
