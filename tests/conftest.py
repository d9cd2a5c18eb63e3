"""What is run only when it is asked for, and the seed of whatever is drawn."""

from __future__ import annotations

import os

import pytest

from tests import servers

ON_DEMAND = ("long", "benchmark")
SEED = "HAZARDCTL_TEST_SEED"
USUAL = 2022  # a run that fails fails again; other seeds are asked for


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--seed N`, so that a campaign can be repeated."""
    given = os.environ.get(SEED)
    parser.addoption("--seed", type=int, default=given and int(given), help="of the campaigns")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """One seed for a whole run: the processes that run parts of it are told by the first."""
    if config.option.seed is None:
        config.option.seed = USUAL
    os.environ[SEED] = str(config.option.seed)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server that the tests of this run were given, once all of them are done."""
    if not hasattr(config, "workerinput"):
        servers.stop(servers.RUN)


def pytest_report_header(config: pytest.Config) -> str:
    """With what the campaigns of this run are drawn."""
    return f"campaigns: --seed {config.option.seed}"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run."""
    return int(request.config.option.seed)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long campaigns and the benchmarks unless `-m` says what is wanted."""
    if config.getoption("markexpr"):
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, ON_DEMAND))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
