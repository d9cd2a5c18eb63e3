"""What trust costs: the proof of a ledger, and a write to one that has a million events.

Run by `pytest -m benchmark -n 0 -s tests/benchmarks`; quote the ratios, not the seconds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from hazardctl import store
from hazardctl.domain.assigning import Order, assign, progress
from hazardctl.domain.hazard import Event, Stamp
from hazardctl.domain.lifecycle import apply, born
from hazardctl.domain.registering import register
from hazardctl.domain.rules import Rules
from tests.benchmarks.timing import PROGRAM, SAMPLE, Measured, always, printed, ratio, run
from tests.builders import due

pytestmark = pytest.mark.benchmark

EVENTS = 1_000_000
NOTES = 998  # progress events of a hazard that has a thousand events
TODAY = date(2022, 12, 31)
# SHA-256 over the same bytes in the same order, each with its length; nothing is compared.
BARE = """
import hashlib, sqlite3, struct, sys
book = sqlite3.connect(sys.argv[1])
(ledger,) = book.execute("SELECT value FROM setting WHERE name = 'ledger_id'").fetchone()
head = bytes(32)
sql = "SELECT seq, id, subject, subject_seq, kind, at, actor, body FROM event ORDER BY seq"
for seq, *parts in book.execute(sql):
    one = hashlib.sha256(b"hazardctl/event/v1\\0")
    for part in (ledger.encode(), head, struct.pack(">Q", seq), *(str(p).encode() for p in parts)):
        one.update(struct.pack(">Q", len(part)) + part)
    head = one.digest()
"""


def large(path: Path, events: int) -> None:
    """A ledger of so many events: hazards that were entered, assigned, and reported on."""
    found_on = TODAY - timedelta(days=60)
    stamp = Stamp(by="甲一", at="2022-12-31T08:00:00.000000Z", on=found_on, today=TODAY)
    what = {"industry": "fireworks", "enterprise": "某花炮厂", "location": "一号库"}
    order = Order("某花炮厂", "乙二", "丙局", None, None)
    for start in range(0, events // (NOTES + 2), 50):
        with store.writing(path, stamp, begin=Rules()) as book:
            for place in range(start, start + 50):
                told = {**what, "description": f"第{place}处防火卷帘失效"}
                first = register(stamp, found_on=found_on, what=told)
                hazard = born(book.enter(first), first)
                steps = assign(hazard, stamp, order=order, deadline=due(TODAY), rules=book.rules)
                after = hazard
                every: list[Event] = []
                for _ in range(NOTES + 1):
                    for event in steps:
                        after = apply(after, event)
                    every += steps
                    steps = progress(after, stamp, note="已订购卷帘，等待安装", percent=40)
                book.write(hazard, every)


def adding(ledger: Path) -> Iterator[list[str]]:
    for number in count(1):
        words = [f"第{number}处防火卷帘损坏", "--industry", "花炮", "--enterprise", "某花炮厂"]
        yield [*PROGRAM, "--ledger", str(ledger), "--as", "甲一", "add", *words]


def test_what_trust_costs(tmp_path: Path) -> None:
    environment = {name: one for name, one in os.environ.items() if not name.startswith("HAZARD")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    rows: list[Measured] = []
    sample, million, new = (tmp_path / f"{name}.db" for name in ("sample", "million", "new"))
    run([*PROGRAM, "--ledger", str(sample), "--as", "甲一", "import", str(SAMPLE)], environment)
    large(million, EVENTS)
    for name, ledger, times in (("31,489", sample, 7), (f"{EVENTS:,}", million, 1)):
        bare = [sys.executable, "-c", BARE, str(ledger)]
        proved = ratio(always(["--ledger", str(ledger), "check"]), bare, environment, times)
        rows.append((f"check, {name} events", "bare SHA-256", *proved, 3.0))
    written = ratio(adding(million), adding(new), environment, 15)
    rows.append((f"add, {EVENTS:,} events", "the same on an empty ledger", *written, 1.15))
    printed(rows)
