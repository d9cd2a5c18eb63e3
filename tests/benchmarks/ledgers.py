"""What the benchmarks are run on: made when it is first asked for, and kept for the next run.

Kept is what takes long, in the user's cache folder under a digest of the schema and of this file,
so that a ledger of another schema is never measured. What a run writes to is its own copy.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from platformdirs import user_cache_path

from hazardctl.store import schema

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "hazards-2022.xlsx"
REGISTER = ROOT / "sample_data" / "register"
PROGRAM = (sys.executable, "-m", "hazardctl")
TASKS = ("task", "rc:/dev/null", "rc.confirmation=off", "rc.verbose=nothing")

TODAY = date(2022, 11, 18)  # the day of the sample, on which every figure is asked for
TO_DO = 200  # hazards that wait in a ledger for the commands that change one
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("HAZARDCTL")},
    "HAZARDCTL_ACTOR": "甲一",
    "HAZARDCTL_LANG": "en",
    "HAZARDCTL_TODAY": TODAY.isoformat(),
    "TASKRC": "/dev/null",
}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled

_HEADINGS = (
    *("隐患描述", "单位名称", "属地", "行业", "隐患级别", "隐患地点", "专项行动", "排查时间"),
    *("整改责任人", "包案领导", "整改期限", "整改完成时间", "验收人", "验收时间"),
    *("销号人", "销号时间", "状态"),
)
_INDUSTRIES = ("花炮", "煤矿", "燃气", "高层建筑", "道路运输", "危险化学品", "建筑施工", "冶金")
_WHAT = ("通道堵塞", "护栏缺失", "线路老化", "灭火器失效", "警示标志脱落", "通风不畅")
_CAMPAIGNS = ("", "", "百日攻坚", "回头看专项")


def _hazards(path: Path, count: int) -> None:
    """A CSV of so many invented hazards of a year, no two the same, as they stand on `TODAY`."""
    draw = Random(count)
    first = date(TODAY.year, 1, 1)
    year = [first + timedelta(days=after) for after in range((TODAY - first).days + 1)]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(_HEADINGS)
        for place in range(count):
            found = draw.choice(year)
            done = found + timedelta(days=draw.randrange(1, 26))
            steps = [done + timedelta(days=after) for after in (0, 1, 2)]
            reached = sum(on <= TODAY for on in steps) if draw.random() < 0.95 else 0
            rectified, verified, closed = [*steps[:reached], "", "", ""][:3]
            out.writerow(
                (
                    f"第{place}处{draw.choice(_WHAT)}",
                    f"示例企业{draw.randrange(20_000)}",
                    f"示例区{draw.randrange(12)}",
                    draw.choice(_INDUSTRIES),
                    "重大" if draw.random() < 0.01 else "一般",
                    "仓库",
                    draw.choice(_CAMPAIGNS),
                    found,
                    f"甲{draw.randrange(500)}",
                    f"乙{draw.randrange(50)}",
                    found + timedelta(days=20),
                    rectified,
                    f"丙{draw.randrange(90)}、丁{draw.randrange(90)}" if verified else "",
                    verified,
                    f"戊{draw.randrange(30)}" if closed else "",
                    closed,
                    ("整改中", "已整改", "验收合格", "已销号")[reached],
                )
            )


def _sample(path: Path, _: Made) -> None:
    """The sample city, with its register."""
    _run(path, "import", SAMPLE)
    for kind, file in zip(
        ("enterprise", "campaign", "inspection", "penalty", "referral"),
        sorted(REGISTER.glob("*.xlsx")),
        strict=True,
    ):
        _run(path, "import", "--kind", kind, file)


def _desk(path: Path, of: str | None) -> None:
    """A ledger to write to, a copy or a new one, with hazards of 2023 that wait to be closed."""
    if of:
        shutil.copyfile(of, path)
    rows = path.with_suffix(".csv")
    with rows.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("隐患描述", "单位名称", "行业", "排查时间", "整改责任人", "整改期限", "状态"))
        for place in range(TO_DO):
            what = (f"第{place}处防火卷帘失效", "某花炮厂", "花炮")
            out.writerow((*what, "2023-01-05", "甲二", "2023-02-05", "整改中"))
    _run(path, "--today", "2023-01-31", "import", rows)


def _tasks(path: Path, ledger: str) -> None:
    """The hazards of a ledger as Taskwarrior holds tasks: the industry is the project."""
    path.mkdir()
    lines, draw = path / "tasks.json", Random(0)
    with lines.open("w", encoding="utf-8") as file:
        command = (*PROGRAM, "--ledger", ledger, "list", "-f", "ndjson")
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=ROOT) as told:
            for line in told.stdout or ():
                hazard = json.loads(line)
                closed = hazard["state"] == "closed"
                task = {
                    "uuid": str(UUID(int=draw.getrandbits(128), version=4)),
                    "description": hazard["description"],
                    "project": hazard["industry"],
                    "status": "completed" if closed else "pending",
                    "entry": _moment(hazard["found_on"]),
                    "due": _moment(hazard["due_on"]),
                    "end": _moment(hazard["closed_on"] if closed else None),
                }
                file.write(json.dumps({name: one for name, one in task.items() if one}) + "\n")
    _call((*TASKS, f"rc.data.location={path}", "import", str(lines)))
    lines.unlink()


def _moment(day: str | None) -> str | None:
    return day and f"{day.replace('-', '')}T000000Z"


def _run(ledger: Path, *words: str | Path) -> None:
    _call((*PROGRAM, "--ledger", str(ledger), *map(str, words)))


def _call(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT, cwd=ROOT)


class Maker(NamedTuple):
    """How one thing is made, and whether it is kept for the next run."""

    make: Callable[[Path, Made], object]
    is_kept: bool = True


MAKERS = {
    "sample": Maker(_sample),
    "sample_tasks": Maker(lambda path, made: _tasks(path, made["sample"])),
    "third_csv": Maker(lambda path, _: _hazards(path, 300_000)),
    "third": Maker(lambda path, made: _run(path, "import", made["third_csv"])),
    "third_tasks": Maker(lambda path, made: _tasks(path, made["third"])),
    "million_csv": Maker(lambda path, _: _hazards(path, 1_000_000)),
    "million": Maker(lambda path, made: _run(path, "import", made["million_csv"])),
    "new_desk": Maker(lambda path, _: _desk(path, None), is_kept=False),
    "sample_desk": Maker(lambda path, made: _desk(path, made["sample"]), is_kept=False),
    "million_desk": Maker(lambda path, made: _desk(path, made["million"]), is_kept=False),
    "photo": Maker(lambda path, _: path.write_bytes(os.urandom(100 << 20)), is_kept=False),
}


class Made(dict[str, str]):
    """Where each thing is, by the name that rows call it; what none asks for is not made."""

    def __init__(self, scratch: Path) -> None:
        super().__init__()
        self.kept, self.scratch = user_cache_path("hazardctl") / "benchmarks" / _key(), scratch

    def __missing__(self, name: str) -> str:
        maker = MAKERS[name]
        place = (self.kept if maker.is_kept else self.scratch) / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=place.parent) as beside:
                maker.make(Path(beside) / name, self)
                (Path(beside) / name).rename(place)
        self[name] = str(place)
        return self[name]


def _key() -> str:
    """What changes whenever a kept ledger would be another one."""
    stands = repr(schema.expected(schema.VERSION)).encode()
    return f"{schema.VERSION}-{sha256(stands + Path(__file__).read_bytes()).hexdigest()[:12]}"
