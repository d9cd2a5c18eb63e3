"""How long whole commands take beside a yardstick timed in the same run, in turn.

Run by `pytest -m benchmark -n 0 -s tests/benchmarks`; the table stands on stdout. The machine may
be noisy: quote the ratios, not the seconds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.timing import PROGRAM, SAMPLE, always, printed, ratio, run

pytestmark = pytest.mark.benchmark

TYPER = [sys.executable, "-c", "import typer"]
SQLMODEL = [sys.executable, "-c", "import typer, sqlmodel"]
PLAIN_IMPORT = """
import sqlite3, sys
from python_calamine import CalamineWorkbook
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
book = sqlite3.connect(sys.argv[2])
book.execute("DROP TABLE IF EXISTS plain")
book.execute(f"CREATE TABLE plain({', '.join(f'c{n}' for n in range(len(rows[0])))})")
marks = ", ".join("?" * len(rows[0]))
book.executemany(f"INSERT INTO plain VALUES ({marks})", [list(map(str, row)) for row in rows])
book.commit()
"""

# What is timed, beside what, how often, and the most that the ratio may be (design.md §8).
READING: list[tuple[str, list[str], float]] = [
    ("--help", ["--help"], 1.6),
    ("--version", ["--version"], 1.6),
    ("show -f json", ["show", "17", "-f", "json"], 2.5),
    ("list -f json", ["list", "-f", "json"], 2.5),
    ("list -f csv", ["list", "-f", "csv"], 2.5),
    ("list --overdue -f json", ["list", "--overdue", "-f", "json"], 2.5),
    ("report -f json", ["report", "-f", "json"], 2.5),
    ("report -f csv", ["report", "-f", "csv"], 2.5),
    ("report (table)", ["report"], 3.5),
    ("report --as-of", ["report", "--as-of", "2022-08-01", "-f", "json"], 2.5),
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the sample ledger stands, and compiled modules as an installation has them."""
    folder = tmp_path_factory.mktemp("benchmark")
    made = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HAZARDCTL")},
        "HAZARDCTL_LEDGER": str(folder / "sample.db"),
        "HAZARDCTL_ACTOR": "甲一",
        "HAZARDCTL_LANG": "en",
    }
    made.pop("PYTHONDONTWRITEBYTECODE", None)
    run([*PROGRAM, "import", str(SAMPLE)], made)
    return made


def adding() -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        words = [f"第{number}处防火卷帘失效", "--industry", "花炮", "--enterprise", "某花炮厂"]
        yield [*PROGRAM, "add", *words, "--due", "7d", "--responsible-person", "乙二"]


def closing() -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        facts = ["--measures", "已更换", "--rectified-by", "乙二", "--verified-by", "丙三"]
        yield [*PROGRAM, "close", f"{time.strftime('%Y')}-{number}", *facts]


def importing(folder: Path) -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        yield [*PROGRAM, "--ledger", str(folder / f"{number}.db"), "import", str(SAMPLE)]


def test_ratios(environment: dict[str, str], tmp_path: Path) -> None:
    rows = [
        (name, "import typer", *ratio(always(command), TYPER, environment, 9), most)
        for name, command, most in READING
    ]
    changes = (("add", adding()), ("close", closing()))
    rows += [
        (name, "import typer, sqlmodel", *ratio(commands, SQLMODEL, environment, 9), 1.35)
        for name, commands in changes
    ]
    plain = [sys.executable, "-c", PLAIN_IMPORT, str(SAMPLE), str(tmp_path / "plain.db")]
    taken = ratio(importing(tmp_path), plain, environment, 3)
    rows.append(("import 31,486 rows of xlsx", "calamine + executemany", *taken, 4.0))
    printed(rows)
