"""How long it takes to keep a file as evidence, beside `cp` and fsync of the same file, in turn.

Run by `pytest -m benchmark -n 0 -s tests/benchmarks`; quote the ratio, not the seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from hazardctl.store.evidence import keep

pytestmark = pytest.mark.benchmark
SIZE = 100 * 1024 * 1024
MOST = 2.0  # times as long as the copy
TURNS = 7


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def test_keeping_a_file_takes_at_most_twice_as_long_as_copying_it(tmp_path: Path) -> None:
    photo, ledger = tmp_path / "photo.jpg", tmp_path / "ledger" / "ledger.db"
    photo.write_bytes(os.urandom(SIZE))
    ledger.parent.mkdir()

    def copied() -> None:
        subprocess.run(["cp", str(photo), str(tmp_path / "copy.jpg")], check=True)
        with (tmp_path / "copy.jpg").open("rb") as copy:
            os.fsync(copy.fileno())

    ratios = []
    for _ in range(TURNS):
        ours, theirs = seconds(lambda: keep(ledger, str(photo))), seconds(copied)
        ratios.append(ours / theirs)
        shutil.rmtree(ledger.parent / "evidence")
        (tmp_path / "copy.jpg").unlink()
    again = keep(ledger, str(photo)) and seconds(lambda: keep(ledger, str(photo)))
    print(
        f"\nkeep 100 MiB: {median(ratios):.2f} × cp + fsync (at most {MOST}); again {again:.2f} s"
    )
    assert median(ratios) <= MOST
