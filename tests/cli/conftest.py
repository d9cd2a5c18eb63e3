"""A desk with a ledger of its own, and nothing of whoever runs the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.at_a_desk import Desk


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Desk:
    """A desk where nothing has been done yet; today is 10 October 2022."""
    made = Desk(tmp_path, monkeypatch, capfdbinary)
    made.settle()
    return made
