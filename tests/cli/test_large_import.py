"""A large file: read beside the process that writes, whole or not at all, in little memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hazardctl.cli.incoming import LARGE
from hazardctl.ledger.importing import AHEAD
from tests.cli.at_a_desk import PROGRAM, Desk

HEADINGS = "隐患描述,单位名称,排查时间,整改期限,整改责任人,状态,备注"
ROWS = AHEAD + 6_000


def a_row(count: int) -> str:
    return f"第{count}处隐患,企业{count},2022-10-05,2022-10-20,张三,整改中,{'备' * 20}"


@pytest.fixture
def large(desk: Desk) -> Desk:
    desk.file("a.csv", "\n".join([HEADINGS, *map(a_row, range(ROWS))]))
    assert (desk.folder / "a.csv").stat().st_size > LARGE
    return desk


def test_every_row_of_a_large_file_is_taken_once(large: Desk) -> None:
    told = large("import a.csv -f json", by="甲").json
    assert (told["imported"], told["rejected"]) == (ROWS, 0)
    assert large("check").code == 0
    again = large("import a.csv -f json", by="甲").json
    assert (again["imported"], again["duplicates"]) == (0, ROWS)
    first, last = (large.does(f"show {one} -f json").json for one in (1, ROWS))
    assert first["description"] == "第0处隐患"
    assert last["description"] == f"第{ROWS - 1}处隐患"


@pytest.mark.parametrize("begun", ["", "init --prefix AB"])
def test_the_first_file_of_a_ledger_tells_which_of_its_rows_come_twice(
    large: Desk, begun: str
) -> None:
    if begun:
        large.does(begun, by="甲")
    with (large.folder / "a.csv").open("a", encoding="utf-8") as file:
        file.write(f"\n{a_row(0)}\n{a_row(1).replace('整改中', '已销号')}")
    told = large("import a.csv -f json", by="甲").json
    assert (told["imported"], told["duplicates"], told["changed"]) == (ROWS, 2, 1)
    (changed,) = told["files"][0]["changes"]
    assert (changed["row"], changed["stated"]) == (ROWS + 3, "closed")
    assert large("check").code == 0


def test_a_fault_in_the_last_row_undoes_all_that_was_written(large: Desk) -> None:
    large.does("add 通道堵塞 --industry 花炮 --enterprise 某厂", by="甲")
    before = large.does("list -f json").out
    with (large.folder / "a.csv").open("a", encoding="utf-8") as file:
        file.write("\n坏的一行,某厂,2022-13-05,,,,")
    refused = large("import a.csv -f json", by="甲")
    assert (refused.code, refused.json["imported"], refused.json["rejected"]) == (5, 0, 1)
    assert refused.json["acceptable"] == ROWS
    assert large.does("list -f json").out == before
    assert large("check").code == 0
    added = large.does("add 又一处 --industry 花炮 --enterprise 某厂 -f json", by="甲").json
    assert added["number"] == "YH-2022-00002"


def test_the_first_file_that_is_refused_begins_no_ledger(large: Desk) -> None:
    with (large.folder / "a.csv").open("a", encoding="utf-8") as file:
        file.write("\n坏的一行,某厂,2022-13-05,,,,")
    assert large("import a.csv", by="甲").code == 5
    assert large("list").code == 6


def test_of_two_files_the_refused_one_is_undone_and_the_good_one_is_taken(large: Desk) -> None:
    content = (large.folder / "a.csv").read_text(encoding="utf-8")
    large.file("bad.csv", f"{content}\n坏的一行,某厂,2022-13-05,,,,".replace("处隐患", "处毛病"))
    large.file("small.csv", f"{HEADINGS}\n第1处毛病,企业1,2022-10-05,,,,")
    told = large("import bad.csv a.csv small.csv -f json", by="甲")
    assert told.code == 5
    assert [one["imported"] for one in told.json["files"]] == [0, ROWS, 1]
    assert large("check").code == 0
    assert len(large.does("list -f json").json) == ROWS + 1


def test_an_option_that_is_no_field_is_refused_beside_as_it_is_here(large: Desk) -> None:
    refused = large("import a.csv --map 备注=nothing -f json", by="甲")
    assert (refused.code, refused.error["code"]) == (2, "unknown-field")


def test_a_large_file_needs_little_memory(desk: Desk) -> None:
    rows = 60_000
    desk.file("a.csv", "\n".join([HEADINGS, *map(a_row, range(rows))]))
    code = (
        "import resource,subprocess,sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    words = [*PROGRAM, "--as", "甲", "import", "a.csv"]
    told = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=desk.environment,
        cwd=desk.folder,
        capture_output=True,
        check=True,
    )
    status, size = map(int, told.stdout.split())
    assert status == 0
    assert size < 250_000 * (1 if sys.platform == "linux" else 1024), "KiB"


def test_a_bar_tells_a_person_how_far_it_is(large: Desk) -> None:
    seen = large.at_terminal("--as 甲 import a.csv")
    assert seen.code == 0
    assert "rows, " in seen.out
    assert "a second" in seen.out
    assert f"{ROWS} imported" in seen.out
