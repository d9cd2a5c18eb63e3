"""How a large CSV file is taken in beside a program that checks nothing, and in how much memory.

`HAZARDCTL_BENCHMARK_ROWS` says how many rows (a million if it says nothing). The yardstick is
`sqlite-utils insert --csv`, from PyPI; where it is not installed the table says so.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.timing import PROGRAM

pytestmark = pytest.mark.benchmark

MOST_MEMORY = 400  # MiB
HEADINGS = (
    *("隐患描述", "单位名称", "属地", "行业", "隐患地点"),
    *("排查时间", "整改责任人", "整改期限", "状态"),
)
_MEASURED = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def a_file(path: Path, rows: int) -> Path:
    """A file of invented hazards, no two of them the same."""
    draw = Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        for count in range(rows):
            on = date(2022, 1, 1) + timedelta(days=draw.randrange(280))
            what = [f"第{count}处通道堵塞", f"示例企业{draw.randrange(20_000)}"]
            where = [f"示例区{draw.randrange(12)}", draw.choice(["花炮", "煤矿", "燃气"]), "仓库"]
            due = (on + timedelta(days=20)).isoformat()
            out.writerow(what + where + [on.isoformat(), f"张{draw.randrange(500)}", due, "整改中"])
    return path


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """The seconds of a command, and the most memory (MiB) of any process of it."""
    start = time.perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command],
        env=environment,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start, int(told.stdout) // 1024


def test_a_large_csv(tmp_path: Path) -> None:
    rows = int(os.environ.get("HAZARDCTL_BENCHMARK_ROWS", "1000000"))
    file = str(a_file(tmp_path / "rows.csv", rows))
    environment = {**os.environ, "HAZARDCTL_ACTOR": "甲一", "HAZARDCTL_LANG": "en"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = [*PROGRAM, "--ledger", str(tmp_path / "ours.db"), "import", file]
    seconds, memory = timed(ours, environment)
    told = f"\nimport of {rows} rows of CSV: {seconds:.1f} s, {memory} MiB (at most {MOST_MEMORY})"
    if program := shutil.which("sqlite-utils"):
        theirs = [program, "insert", str(tmp_path / "theirs.db"), "rows", file, "--csv"]
        other, _ = timed(theirs, environment)
        told += f"; {seconds / other:.2f} × sqlite-utils insert --csv ({other:.1f} s; at most 1.0)"
    else:
        told += "; sqlite-utils is not installed"
    sys.stdout.write(f"{told}\n")
    assert memory <= MOST_MEMORY
