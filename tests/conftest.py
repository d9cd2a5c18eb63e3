"""On which engines a test runs, what is run only when it is asked for, and the seed of chance."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import servers
from tests.homes import ENGINES, Home, a_home

ON_DEMAND = ("long", "benchmark")
USUALLY, LONG = 600, 3600  # seconds that a test may take, beside others on a busy machine
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
    # What is ignored here would be ignored by every program that is started from here.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server that the tests of this run were given, once all of them are done."""
    if not hasattr(config, "workerinput"):
        servers.stop(servers.RUN)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """No test hangs: what takes far too long fails, wherever it waits."""
    limit = LONG if any(map(item.get_closest_marker, ON_DEMAND)) else USUALLY

    def told(*_: object) -> None:
        pytest.fail(f"it still ran after {limit} s")

    if not hasattr(signal, "SIGALRM"):
        return (yield)
    before = signal.signal(signal.SIGALRM, told)
    signal.setitimer(signal.ITIMER_REAL, limit, 10)  # once more if whoever hears it waits on
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def pytest_report_header(config: pytest.Config) -> str:
    """With what the campaigns of this run are drawn."""
    return f"campaigns: --seed {config.option.seed}"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run."""
    return int(request.config.option.seed)


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """What keeps the ledgers of a test: whatever asks for a home runs on every engine.

    Skips the test if it is a server and none can be had.
    """
    if request.param == "postgresql":
        servers.url()
    return str(request.param)


@pytest.fixture
def home(engine: str, tmp_path: Path) -> Iterator[Home]:
    """Where the ledgers of a test stand."""
    with a_home(engine, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def homes(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Home]]:
    """Homes of ledgers that several tests look at."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(a_home(engine, tmp_path_factory.mktemp("home")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is true of another engine alone; the long, unless `-m` says what is wanted."""
    is_told = config.getoption("markexpr")
    left_out = {
        item
        for item in items
        if _is_of_another_engine(item)
        or (not is_told and any(map(item.get_closest_marker, ON_DEMAND)))
    }
    config.hook.pytest_deselected(items=[*left_out])
    items[:] = [item for item in items if item not in left_out]


def _is_of_another_engine(item: pytest.Item) -> bool:
    of_one = item.get_closest_marker("only_on")
    here = getattr(item, "callspec", None)
    return bool(of_one and here and here.params.get("engine") != of_one.args[0])
