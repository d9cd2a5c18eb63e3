"""What the campaigns share: the process that commands are forked from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.campaign import Place
from tests.faults.forge import Forge


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    """Commands that start loaded."""
    made = Forge(Place(Path()).environment)
    yield made
    made.close()
