"""A bar that tells how far long work is; loaded only where somebody sees it."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from hazardctl.text import Words

SOON = 0.5  # seconds in which most work is done without a word


class Bar:
    """One bar, begun again for each file, and drawn once it is worth it."""

    def __init__(self, words: Words) -> None:
        self._words, self._begun = words, time.monotonic()
        self._since, self._before = self._begun, 0
        self._progress: Progress | None = None

    def watch(self, count: int, share: float | None) -> None:
        """So many rows of a file have come, which are such a share of it."""
        now = time.monotonic()
        if count < self._before:
            self._since = now
        self._before = count
        if now - self._begun < SOON:
            return
        self._progress = self._progress or _drawn()
        rate = round(count / max(now - self._since, 0.001))
        rows = self._words.say("said", "rows-so-far", count=f"{count:,}", rate=f"{rate:,}")
        total = None if share is None else 1.0
        self._progress.update(TaskID(0), completed=share or 0, total=total, rows=rows)

    def end(self) -> None:
        """Nothing is left of it."""
        if self._progress:
            self._progress.stop()


def _drawn() -> Progress:
    """A bar without anything in it yet."""
    progress = Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.add_task("", total=None, rows="")
    progress.start()
    return progress
