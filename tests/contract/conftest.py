"""The desk of the command-line tests, at a ledger in a file and at one on a server."""

from __future__ import annotations

import pytest

from tests.cli.at_a_desk import Desk
from tests.homes import Home


@pytest.fixture
def desk(
    home: Home, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Desk:
    """A desk where nothing has been done yet, but that a ledger on a server was begun."""
    made = Desk(home.folder, monkeypatch, capfdbinary)
    made.settle()
    made.setenv("HAZARDCTL_LEDGER", str(home.ledger()))
    if home.engine != "sqlite":
        made.does("init", by="甲")
    return made
