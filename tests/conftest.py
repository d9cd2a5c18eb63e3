"""What is run only when it is asked for: `pytest -m long`, `pytest -m benchmark`."""

from __future__ import annotations

import pytest

ON_DEMAND = ("long", "benchmark")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long campaigns and the benchmarks unless `-m` says what is wanted."""
    if config.getoption("markexpr"):
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, ON_DEMAND))]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
