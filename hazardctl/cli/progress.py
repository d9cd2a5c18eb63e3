"""How far long work is: a bar on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hazardctl.cli.desk import Desk

if TYPE_CHECKING:
    from hazardctl.cli.incoming import Watch


@contextmanager
def watching(desk: Desk) -> Iterator[Watch]:
    """Tells how many rows came, at which rate, and how long it will take; gone when it is done."""
    if not sys.stderr.isatty():
        yield _unseen
        return
    from hazardctl.render.bar import Bar

    bar = Bar(desk.words)
    try:
        yield bar.watch
    finally:
        bar.end()


def _unseen(_count: int, _share: float | None) -> None:
    """Nobody looks on."""
