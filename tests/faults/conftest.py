"""What the campaigns share: the process that commands are forked from."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.campaign import Place
from tests.faults.forge import Forge


@pytest.fixture(autouse=True)
def hears_interrupts() -> Iterator[None]:
    """What is ignored here would be ignored by every program that is started from here."""
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, heard)


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    """Commands that start loaded."""
    made = Forge(Place(Path()).environment)
    yield made
    made.close()
