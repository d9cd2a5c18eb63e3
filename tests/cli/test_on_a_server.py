"""Whole command lines on a ledger on a server: as on a file, and what only a server does."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from hazardctl.store.place import Server
from hazardctl.store.postgres import LOCK
from tests.cli.at_a_desk import Desk, Done
from tests.overheard import Transaction, faults, overhearing
from tests.servers import database
from tests.wires import cut_at

SAMPLE = Path(__file__).parents[2] / "sample_data"
ADD = "add 三号库防火卷帘失效 --industry 花炮 --enterprise 某花炮厂"
CLOSE = "close 1 --measures 更换卷帘 --rectified-by 乙二"
# A life from finding to look-back; what it is by is before each line.
LIFE = [
    ("甲一", f"{ADD} --due 7d --responsible-person 乙二 --district 永安镇"),
    ("戊五", "close 1"),
    ("己六", f"{CLOSE} --verified-by 己六"),
    (
        "戊五",
        f"{CLOSE} --verified-by 己六 --evidence p.jpg",
    ),
    ("甲一", f"{ADD} --severity major --basis 判定标准第三条 --reporter 李四"),
    ("甲一", "assign 2 --due 10月底前 --responsible-unit 某厂 --case-leader 李局"),
    ("甲一", "extend request 2 --due 2022-12-01 --reason 备件未到"),
    ("丙三", "extend approve 2"),
    ("甲一", "edit 2 --location 二车间"),
    ("甲一", "transfer 2 --to 消防救援大队 --reason 职责"),
    ("甲一", "transfer 2 --take-back"),
    ("甲一", "enterprise add 另一厂 --industry 花炮"),
    ("甲一", "enterprise add 另一厂 --industry 花炮"),
    ("甲一", "campaign add 百日行动 --industry 花炮 --starts-on 2022-09-01 --ends-on 2022-12-31"),
    ("甲一", "inspection add --kind routine --enterprise 另一厂 --inspected-on 2022-10-09"),
    ("甲一", "penalty add --enterprise 另一厂 --kind fine --amount 3万元 --decided-on 2022-10-09"),
    ("甲一", "referral add --enterprise 另一厂 --reported-on 2022-10-01"),
    ("甲一", "referral step 1 --to approved --on 2022-10-02"),
    ("甲一", "enterprise edit 另一厂 --phone 0731-1"),
    ("甲一", "import rows.csv"),
    ("甲一", "import rows.csv"),
    ("甲一", "config set extensions 3"),
    ("甲一", "lookback --draw 100% --seed 7 --closed-since 2022-01-01 --today 2022-10-11"),
    ("甲一", "lookback 1 --result confirmed --inspector 庚七 --today 2022-10-12"),
]
QUESTIONS = [
    *("list", "list --open --text 卷帘", "show 1", "show 2", "log", "log 1", "config show"),
    *("report", "report overdue --as-of 2022-12-31", "report leaders", "report stock --by month"),
    *("report daily", "report --as-of 2022-10-04", "report --explain closed", "evidence list"),
    *("evidence verify", "export --with-reporters", "enterprise list", "enterprise show 另一厂"),
    *("report monthly", "report enforcement", "report coverage", "report lookback", "alerts"),
    *("campaign list", "inspection list", "penalty list", "referral show 1"),
    *("report monthly --explain general_found", "report summary --campaign 百日行动"),
    *("check", "digest", "evidence get 1"),
]
TABLES = [line for line in QUESTIONS if line not in ("config show", "log", "log 1", "digest")]
ROWS = """隐患描述,单位,发现日期,行业
疏散通道堵塞,第二厂,2022-09-01,消防
线路老化,第三厂,2022-09-02,花炮
"""
REFUSED = {"close 1", f"{CLOSE} --verified-by 己六", "enterprise add 另一厂 --industry 花炮"}
# What is drawn, the clock's, or the place: in no two ledgers alike.
_OWN = re.compile(
    r'"(?:at|ledger_id|head|request|value)": ?"[^"]*"|[0-9a-f]{16}|head [0-9a-f]+'
    r'|\d{4}-\d\d-\d\dT[^"]*'
)


@pytest.fixture
def server() -> Iterator[Server]:
    """A database without anything in it."""
    with database() as made:
        yield made


@pytest.fixture
def served(desk: Desk, server: Server) -> Desk:
    """A desk at a ledger on a server, just begun."""
    desk.setenv("HAZARDCTL_LEDGER", str(server))
    desk.setenv("HAZARDCTL_ACTOR", "甲一")
    desk.does("init")
    return desk


def lived(desk: Desk) -> list[tuple[int, str, str]]:
    """What is said of a whole life, and of every question after it, but for what differs always."""
    desk.folder.joinpath("p.jpg").write_bytes(b"jpg")
    desk.folder.joinpath("rows.csv").write_text(ROWS)
    asked = [desk(f"{line} -f json", by=by) for by, line in LIFE]
    asked += [desk(f"{line} -f json" if "get" not in line else line) for line in QUESTIONS]
    asked += [desk(line) for line in TABLES]
    return [(one.code, _OWN.sub("…", one.out), _OWN.sub("…", one.err)) for one in asked]


def test_a_whole_life_is_told_alike_by_both(desk: Desk, server: Server) -> None:
    desk.does("init", by="甲一")
    at_home = lived(desk)
    desk.setenv("HAZARDCTL_LEDGER", str(server))
    with overhearing(server) as said:
        desk.does("init", by="甲一")
        on_server = lived(desk)
    lines = [line for _, line in LIFE] + QUESTIONS + TABLES
    refused = {line for line, (code, *_) in zip(lines, at_home, strict=True) if code}
    assert refused == REFUSED
    for line, one, other in zip(lines, at_home, on_server, strict=True):
        assert other == one, line
    keeps_to_what_every_engine_takes(said())


def keeps_to_what_every_engine_takes(said: list[Transaction]) -> None:
    """The rules of trust.md §5, for all that was said to the server in a whole life."""
    assert [fault for one in said for fault in faults(one)] == []
    statements = [sql for _, *more in said for sql in more]
    assert len(statements) > 500
    for word in ("CREATE TABLE event", "INSERT INTO event", "UPDATE hazard", "SELECT"):
        assert any(sql.startswith(word) for sql in statements), word
    written = [
        more for _, *more in said if any(sql.startswith("INSERT INTO event") for sql in more)
    ]
    assert len(written) > len(LIFE) - len(REFUSED) - 4
    assert {more[0] for more in written} == {LOCK}


@pytest.mark.long
def test_a_file_of_thirty_thousand_rows_is_taken_in_whole(served: Desk) -> None:
    served.setenv("HAZARDCTL_TODAY", "2022-12-31")
    done = served(f"import {SAMPLE / 'hazards-2022.xlsx'} -f json")
    assert (done.code, done.json["imported"]) == (0, 31486)
    assert served("report -f json").json["total"]["found"] > 31_000
    assert served("check -f json").json["ok"] is True


def test_the_roles_are_printed_and_no_database_is_asked(desk: Desk) -> None:
    desk.setenv("HAZARDCTL_LEDGER", "postgresql://127.0.0.1:1/nowhere")
    told = desk.does("init --roles")
    assert "GRANT SELECT, INSERT ON event" in told.out
    assert not re.search(r"(UPDATE|DELETE|TRUNCATE)[^;]*\bevent\b", told.out)


def test_a_ledger_is_copied_to_a_server_and_back(desk: Desk, server: Server) -> None:
    desk.does("init", by="甲一")
    lived(desk)
    digest = desk.does("digest").json
    for source, target in [("ledger.db", server), (server, "back.db"), (server, "back.db")]:
        desk.does(f"copy {target} --ledger {source} -f json")
        told = desk.does(f"digest --ledger {target}").json
        assert {**told, "at": ""} == {**digest, "at": ""}
    for line in QUESTIONS:
        if line not in ("config show", "digest", "check"):
            at_home, there, back = (
                desk(f"{line} --ledger {place}") for place in ("ledger.db", server, "back.db")
            )
            assert there.out == at_home.out == back.out, line


def test_a_copy_that_lost_its_server_goes_on(desk: Desk, server: Server) -> None:
    desk.does("init", by="甲一")
    lived(desk)
    with cut_at(b"INSERT INTO hazard", server, is_heard=False) as wire:
        stopped = desk(f"copy {wire.near} -f json")
    assert (stopped.code, stopped.error["code"]) == (6, "copy-stopped"), stopped.err
    for line in ("list", ADD, "check", "init", "import rows.csv", "backup half.tar"):
        done = desk(f"{line} --ledger {server} -f json", by="甲一")
        assert (done.code, done.error["code"]) == (6, "half-copied"), line
    gone_on = desk.does(f"copy {server} -f json").json
    assert (gone_on["came"], gone_on["n"]) == (0, desk.does("digest").json["n"])


def test_a_copy_is_made_over_no_other_ledger(served: Desk, server: Server) -> None:
    served.does("init --ledger mine.db")
    for source, target in [("mine.db", server), (server, "mine.db")]:
        done = served(f"copy {target} --ledger {source} -f json")
        assert (done.code, done.error["code"]) == (4, "occupied-target")


@pytest.mark.parametrize(
    ("target", "code", "exit"),
    [
        ("mysql://host/x", "unsupported-ledger", 2),
        ("postgresql://a:secret@host/x", "password-in-url", 2),
        ("postgresql://a@127.0.0.1:1/x", "unreachable", 6),
        ("no/such/folder/x.db", "no-folder", 6),
        (".", "not-a-ledger", 6),
        ("p.jpg", "not-a-ledger", 6),
    ],
)
def test_a_place_that_takes_no_copy_is_refused(
    desk: Desk, target: str, code: str, exit: int
) -> None:
    desk.does("init", by="甲一")
    desk.folder.joinpath("p.jpg").write_bytes(b"jpg")
    done = desk(f"copy {target} -f json")
    assert (done.code, done.error["code"], done.out) == (exit, code, "")
    assert "secret" not in done.err


def test_a_backup_of_a_server_is_restored_to_a_file_and_to_a_server(
    desk: Desk, server: Server
) -> None:
    desk.does("init", by="甲一")
    lived(desk)
    digest = desk.does("digest").json
    desk.does(f"copy {server}")
    desk.does(f"backup served.tar --ledger {server}")
    with database() as empty:
        for place in ("restored.db", empty):
            desk.does(f"restore served.tar --ledger {place}")
            desk.does(f"check --ledger {place}")
            told = desk.does(f"digest --ledger {place}").json
            assert {**told, "at": ""} == {**digest, "at": ""}
            desk.does(f"evidence verify --ledger {place}")
        again = desk(f"restore served.tar --ledger {empty} -f json")
        over = desk(f"restore served.tar --ledger {empty} --replace -f json")
    assert (again.code, again.error["code"]) == (4, "occupied-target")
    assert (over.code, over.error["code"]) == (2, "not-on-a-server")


@pytest.mark.parametrize(
    ("url", "code", "exit"),
    [
        ("mysql://host/x", "unsupported-ledger", 2),
        ("postgresql://a:secret@host/x", "password-in-url", 2),
        ("postgresql://a@host/x?password=secret", "password-in-url", 2),
        ("postgresql://a@host/x?sslpassword=secret", "password-in-url", 2),
        ("postgresql://a@127.0.0.1:1/x", "unreachable", 6),
    ],
)
@pytest.mark.parametrize("line", ["list", ADD, "init", "check"])
def test_a_ledger_that_cannot_be_is_refused(
    desk: Desk, url: str, code: str, exit: int, line: str
) -> None:
    done = desk(f"{line} --ledger {url} -f json", by="甲一")
    assert (done.code, done.error["code"], done.out) == (exit, code, "")
    assert "secret" not in done.err


def test_a_change_that_was_overtaken_is_made_again(served: Desk, server: Server) -> None:
    """A deadlock, of which the program is the victim: the server undoes what it did."""
    with psycopg.connect(server.url) as other, ThreadPoolExecutor(1) as beside:
        other.execute("SET deadlock_timeout = '30s'")
        other.execute("LOCK TABLE setting IN SHARE MODE")
        waiting = beside.submit(served.process, f"{ADD} -f json")
        watch(server, "wait_event_type = 'Lock'")
        other.execute(LOCK)
        other.rollback()
        done: Done = waiting.result()
    assert done.code == 0, done.err
    assert deadlocks(server) == 1
    assert [one["kind"] for one in served("log -f json").json].count("registered") == 1


def deadlocks(server: Server) -> int:
    """How often the server undid something because of a deadlock."""
    for _ in range(100):  # it counts when it has time
        with psycopg.connect(server.url) as owner:
            sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            ((count,),) = owner.execute(sql).fetchall()
        if count:
            break
        time.sleep(0.1)
    return int(count)


def watch(server: Server, condition: str) -> None:
    """Wait until another connection is as it is to be."""
    sql = f"SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND {condition}"
    for _ in range(600):
        with psycopg.connect(server.url, autocommit=True) as owner:
            if owner.execute(sql.encode()).fetchall():
                return
        time.sleep(0.05)
    raise AssertionError(condition)


def test_a_wire_cut_before_the_server_heard_saves_nothing(served: Desk, server: Server) -> None:
    with cut_at(b"COMMIT", server, is_heard=False) as wire:
        done = served(f"{ADD} --ledger {wire.near} -f json")
    assert (done.code, done.error["code"]) == (6, "unreachable"), done.err
    assert served("list -f json").json == []
    assert served("check -f json").json["ok"] is True


def test_a_wire_cut_before_the_answer_came_tells_that_it_is_saved(
    served: Desk, server: Server
) -> None:
    with cut_at(b"COMMIT", server, is_heard=True) as wire:
        done = served(f"{ADD} --ledger {wire.near} -f json")
    assert (done.code, done.error["code"]) == (8, "saved-unsaid")
    again = served(f"{ADD} -f json --request-id {done.error['facts']['request']}")
    assert again.json["number"] == "YH-2022-00001"
    assert len(served("list -f json").json) == 1


@pytest.mark.parametrize("is_heard", [True, False])
def test_a_server_that_stays_away_leaves_it_unknown(
    served: Desk, server: Server, is_heard: bool
) -> None:
    with cut_at(b"COMMIT", server, is_heard=is_heard, stays_down=True) as wire:
        done = served(f"{ADD} --ledger {wire.near} -f json")
    assert (done.code, done.error["code"]) == (6, "outcome-unknown")
    again = served(f"{ADD} -f json --request-id {done.error['facts']['request']}")
    assert again.json["number"] == "YH-2022-00001"
    assert len(served("list -f json").json) == 1


def test_a_wire_cut_in_the_middle_of_an_import_leaves_nothing(served: Desk, server: Server) -> None:
    served.folder.joinpath("rows.csv").write_text(ROWS)
    with cut_at(b"chain_head SET", server, is_heard=False) as wire:
        done = served(f"import rows.csv --ledger {wire.near} -f json")
    assert (done.code, done.error["code"]) == (6, "unreachable")
    assert served("list -f json").json == []


def test_without_its_driver_a_server_is_refused_and_the_way_out_named(desk: Desk) -> None:
    script = (
        "import sys;sys.modules['psycopg'] = None;"
        "from hazardctl.cli.main import run;sys.exit(run(sys.argv[1:]))"
    )
    for line in ("list", ADD, "init", "check", "import x.csv"):
        done = subprocess.run(
            [sys.executable, "-c", script, "--ledger", "postgresql:///x", *line.split()],
            env={**desk.environment, "HAZARDCTL_ACTOR": "甲"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, ""), line
        assert "pip install 'hazardctl[postgres]'" in done.stderr


def test_a_question_to_a_server_loads_its_driver_and_no_more(served: Desk) -> None:
    script = (
        "import sys;from hazardctl.cli.main import run;run(sys.argv[1:]);"
        "print({'psycopg','sqlalchemy','sqlmodel','sqlite3'} & set(sys.modules),file=sys.stderr)"
    )
    for line in ("list -f json", "report -f json"):
        done = subprocess.run(
            [sys.executable, "-c", script, *line.split()],
            env=served.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == "{'psycopg'}\n"
