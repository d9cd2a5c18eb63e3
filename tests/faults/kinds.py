"""The command lines that are put to the test, one row each."""

from __future__ import annotations

import csv
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.rules import Rules
from hazardctl.ledger import writing
from hazardctl.ledger.restoring import restore
from hazardctl.store.evidence import keep
from tests.builders import FOUND, added, stamp
from tests.faults.campaign import ROOT, TODAY, Place
from tests.faults.judging import Seen, seen, whole

ROWS = 300  # of a file that is imported
RELEASED = ROOT / "tests" / "store" / "released" / "schema-1.tar.gz"
ROUND = 10  # how often a ledger is used before the next is begun
HEADINGS = ("隐患描述", "单位名称", "排查时间", "行业", "整改责任人", "整改期限", "状态")


def nothing_more(_place: Place, _count: int, *, is_answered: bool) -> None:
    """Most commands leave nothing but the ledger."""


@dataclass(frozen=True)
class Kind:
    """A command: how its ledger is begun, and its words the n-th time it is used there."""

    name: str
    begin: Callable[[Place], None]
    words: Callable[[Place, int], list[str]]
    sign: str = "*-journal"  # what lies in the folder while it writes
    round: int = ROUND
    left: Callable[..., None] = field(default=nothing_more)  # judges what else it left
    wholes: Callable[[list[str]], list[list[str]]] = field(default=lambda events: [events])


def _begun(place: Place) -> None:
    writing.begin(place.ledger, stamp(), Rules())
    added(place.ledger)


def _with_hazards(place: Place) -> None:
    writing.begin(place.ledger, stamp(), Rules())
    for count in range(ROUND + 1):
        added(place.ledger, what={"description": f"隐患 {count}"})


def _add(place: Place, count: int) -> list[str]:
    photo = photograph(place.folder, count)
    enterprise = f"第{count}花炮厂"  # that nobody has registered yet: it comes along
    what = ["--industry", "花炮", "--enterprise", enterprise, "--due", "2022-10-20"]
    return ["add", f"通道堵塞 {count}", *what, "--responsible-person", "乙", "--evidence", photo]


def _close(place: Place, count: int) -> list[str]:
    done = ["--measures", "已清理", "--evidence", photograph(place.folder, count)]
    rectified = ["--rectified-by", "乙", "--rectified-on", FOUND.isoformat()]
    verified = ["--verified-by", "丙", "--verified-on", "2022-10-09"]
    return ["--as", "丁", "close", str(count + 1), *done, *rectified, *verified]


def _import(place: Place, count: int) -> list[str]:
    return ["import", spreadsheet(place.folder, count)]


def _workbook(place: Place, count: int) -> list[str]:
    name = f"rows-{count}.xlsx"
    with Workbook(str(place.folder / name)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(table(count)):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
    return ["import", name]


def _penalty(_place: Place, count: int) -> list[str]:
    who = ["--enterprise", f"第{count}花炮厂", "--kind", "fine", "--amount", "3万元"]
    return ["penalty", "add", *who, "--decided-on", "2022-10-09", "--decision-no", f"罚{count}"]


def _rule(_place: Place, count: int) -> list[str]:
    return ["config", "set", "extensions", str(3 + count)]


def _with_evidence(place: Place) -> None:
    _begun(place)
    for count in range(5):
        file = keep(place.ledger, str(place.folder / photograph(place.folder, count)))
        added(place.ledger, evidence=(file,))


def _backup(_place: Place, count: int) -> list[str]:
    return ["backup", f"{count}.tar"]


def _left_by_backup(place: Place, count: int, *, is_answered: bool) -> None:
    """A backup is whole, so that it can be restored, or it is not there."""
    made = place.folder / f"{count}.tar"
    if not made.exists():
        assert not is_answered, "answered, and not there"
        return
    restored = place.folder / f"restored {count}" / "ledger.db"
    restored.parent.mkdir()
    today = date.fromisoformat(TODAY)
    restore(made, restored, replace=False, today=today, taxonomy=taxonomy())
    assert whole(restored) == seen(place.ledger)


def _released(place: Place) -> None:
    with tarfile.open(RELEASED) as packed:
        packed.extractall(place.folder, filter="data")


def _left_by_upgrade(place: Place, _count: int, *, is_answered: bool) -> None:
    """The copy of the ledger as it was is whole, or it is not there."""
    copies = list(place.folder.glob("ledger.schema-*"))
    assert copies or not is_answered, "no copy is left"
    now = seen(place.ledger)
    for copy in copies:
        was = whole(copy)
        assert list(now.events[: len(was.events)]) == list(was.events)
        copy.unlink()


def photograph(folder: Path, count: int) -> str:
    """A photograph that is like no other; returns its name."""
    name = f"photo-{count}.jpg"
    (folder / name).write_bytes(f"{folder.name} {count} ".encode() * 20_000)
    return name


def spreadsheet(folder: Path, count: int) -> str:
    """A file of hazards that are like no others; returns its name."""
    name = f"rows-{count}.csv"
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table(count))
    return name


def table(count: int) -> Iterator[Sequence[str]]:
    """The rows of a file, its headings first."""
    yield HEADINGS
    for row in range(ROWS):
        what = (f"第{count}批第{row}处隐患", f"企业{count}-{row % 7}", "2022-10-08", "烟花爆竹")
        yield (*what, "乙", "2022-10-20", "整改中")


def _nothing(_place: Place) -> None:
    """The command begins the ledger."""


FIRST_ADD = Kind("first add", _nothing, _add)
ADD = Kind("add", _begun, _add)
CLOSE = Kind("close", _with_hazards, _close)
IMPORT = Kind("import", _begun, _import)
WORKBOOK = Kind("import of a workbook", _begun, _workbook)
PENALTY = Kind("penalty add", _begun, _penalty)
RULE = Kind("config set", _begun, _rule)
BACKUP = Kind("backup", _with_evidence, _backup, sign=".hazardctl-*", left=_left_by_backup)
# A ledger is brought up to this program first, and then the command is done: two transactions.
MIGRATE = Kind(
    "migrate",
    _released,
    _add,
    round=1,
    left=_left_by_upgrade,
    wholes=lambda events: [events[: events.index("schema-migrated") + 1], events],
)
KINDS: Sequence[Kind] = (ADD, CLOSE, IMPORT, PENALTY, BACKUP, MIGRATE)

OF_A_FILE = pytest.mark.only_on("sqlite", "a ledger on a server is never older, and has no backup")


def each(*kinds: Kind) -> pytest.MarkDecorator:
    """A test for each of these, on every engine where there is such a thing."""
    of_a_file = (FIRST_ADD, BACKUP, MIGRATE)
    return pytest.mark.parametrize(
        "kind",
        [
            pytest.param(kind, id=kind.name, marks=[OF_A_FILE] if kind in of_a_file else [])
            for kind in kinds
        ],
    )


def entered(before: Seen, after: Seen, kind: Kind) -> list[list[str]]:
    """What a command may leave in the chain: what it left when nobody disturbed it."""
    return kind.wholes(after.kinds[len(before.events) :])
