"""One bench for a whole run, and the table at its end, whatever failed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.benchmarks.measuring import Bench, Measured
from tests.benchmarks.table import lines

TABLE = pytest.StashKey[list[Measured]]()


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    """Where rows are measured; the large ledgers that were written to go with it."""
    with TemporaryDirectory(prefix="hazardctl-benchmark-") as scratch:
        yield Bench(Path(scratch))


@pytest.fixture(scope="session")
def table(pytestconfig: pytest.Config) -> list[Measured]:
    """What was measured so far."""
    return pytestconfig.stash.setdefault(TABLE, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of ratios."""
    if every := terminalreporter.config.stash.get(TABLE, []):
        terminalreporter.section("ratios")
        for line in lines(every):
            terminalreporter.write_line(line)
