"""Backing up and restoring, as they are typed: exit codes, what is said, what is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hazardctl.text import LANGUAGES
from tests.cli.at_a_desk import PROGRAM, Desk
from tests.ledger import forgeries

FACTS = ["path", "ledger_id", "n", "head", "schema", "at", "evidence"]
languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A ledger of two hazards, one with a photo."""
    desk.add("一", f"--evidence {desk.file('photo.jpg')}")
    desk.add("二")
    return desk


def other(desk: Desk) -> Path:
    """Where a second ledger may stand."""
    (desk.folder / "other").mkdir(exist_ok=True)
    return desk.folder / "other" / "ledger.db"


def n_and_head(desk: Desk, line: str = "digest") -> tuple[int, str]:
    told = json.loads(desk.does(line).out)
    return told["n"], told["head"]


def test_there_and_back(kept: Desk) -> None:
    made = kept.does("backup county.tar -f json").json
    assert list(made) == [*FACTS, "size"]
    assert (made["n"], made["head"]) == n_and_head(kept)
    assert made["size"] == (kept.folder / "county.tar").stat().st_size
    assert (made["path"], made["evidence"], made["schema"]) == ("county.tar", 1, 3)
    path = other(kept)
    done = kept.does(f"--ledger {path} restore county.tar -f json").json
    assert list(done) == [*FACTS, "kept", "older_by"]
    assert done | {"path": None} == {
        **{name: made[name] for name in FACTS},
        **{"path": None, "kept": None, "older_by": 0},
    }
    assert n_and_head(kept, f"--ledger {path} digest") == n_and_head(kept)
    assert kept.does(f"--ledger {path} check").code == 0
    assert kept.does(f"--ledger {path} list -f json").out == kept.does("list -f json").out
    assert kept.does(f"--ledger {path} evidence get 1").out == "照片"
    assert kept.does(f"--ledger {path} log -f json").out == kept.does("log -f json").out


@languages
def test_one_line_says_what_was_made(kept: Desk, language: str) -> None:
    n, head = n_and_head(kept)
    size_at = {"en": " bytes", "zh": " 字节"}
    for line in ("backup county.tar", f"--ledger {other(kept)} restore county.tar"):
        told = kept.does(f"{line} --lang {language}").out
        assert told.count("\n") == 1
        assert head in told
        assert f" {n} " in told
        assert (size_at[language] in told) == line.startswith("backup")


@languages
def test_an_older_ledger_says_by_how_much(kept: Desk, language: str) -> None:
    kept.does("backup county.tar")
    kept.add("三")
    n, head = n_and_head(kept)
    refused = kept(f"restore county.tar --lang {language}")
    assert (refused.code, refused.out, refused.err.count("\n")) == (4, "", 1)
    assert "1" in refused.err
    assert "--replace" in refused.err
    assert n_and_head(kept) == (n, head)
    told = kept(f"restore county.tar --replace --lang {language}")
    assert told.code == 0
    said = {"en": "is older, by 1 events", "zh": "比原有的旧，少 1 条流水"}
    assert said[language] in told.err
    name = f"ledger.db.before-restore-{n}-{head[:8]}.db"
    assert name in told.err
    assert told.out.count("\n") == 1
    assert n_and_head(kept)[0] == n - 1
    assert n_and_head(kept, f"--ledger {name} digest") == (n, head)
    again = kept("restore county.tar --replace -f json")
    assert again.json["older_by"] == 0
    assert said[language].split("，")[0].split(",")[0] not in again.err


def test_what_stands_in_the_way_is_an_object(kept: Desk) -> None:
    kept.does("backup county.tar")
    kept.add("三")
    told = kept("restore county.tar -f json")
    assert told.code == 4
    assert told.error["code"] == "ledger-in-the-way"
    assert told.error["facts"] == {
        "path": str(kept.ledger),
        "what": "ledger-ahead",
        "events": 1,
    }


@languages
def test_a_backup_overwrites_nothing(kept: Desk, language: str) -> None:
    kept.file("county.tar", "mine")
    before = kept.kept()
    told = kept(f"backup county.tar --lang {language}")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "county.tar" in told.err
    assert kept.kept() == before


@languages
def test_evidence_that_is_missing_stops_a_backup(kept: Desk, language: str) -> None:
    (photo,) = [path for path in (kept.folder / "evidence").rglob("*") if path.is_file()]
    photo.unlink()
    before = kept.kept()
    told = kept(f"backup county.tar --lang {language}")
    assert (told.code, told.out, told.err.count("\n")) == (7, "", 1)
    assert "hazardctl check" in told.err
    assert kept.kept() == before


@languages
@pytest.mark.parametrize("name", ["letter.tar", "nowhere.tar", ".", "/dev/zero", "ledger.db"])
def test_what_is_no_backup_is_refused(kept: Desk, name: str, language: str) -> None:
    kept.file("letter.tar", "dear colleague " * 2000)
    before = kept.kept()
    for more in ("", "--replace", f"--ledger {other(kept)}"):
        told = kept(f"restore {name} {more} --lang {language}")
        assert (told.code, told.out, told.err.count("\n")) == (5, "", 1)
        assert name in told.err
    assert kept.kept() == before


@languages
def test_a_backup_at_fault_is_refused(kept: Desk, language: str) -> None:
    kept.does("backup county.tar")
    parts = forgeries.taken_apart(kept.folder / "county.tar")
    photo = [name for name in parts if name.startswith("evidence/")]
    del parts[photo[0]]
    forgeries.put_together(kept.folder / "forged.tar", forgeries.listed(parts))
    told = kept(f"--ledger {other(kept)} restore forged.tar --lang {language}")
    assert (told.code, told.out, told.err.count("\n")) == (5, "", 1)
    assert list(other(kept).parent.iterdir()) == []


def test_where_there_is_no_ledger_there_is_no_backup(desk: Desk) -> None:
    assert desk("backup county.tar").code == 6
    assert desk("backup nowhere/county.tar").code == 6
    desk.add()
    told = desk("backup nowhere/county.tar")
    assert (told.code, told.out) == (6, "")
    assert "nowhere" in told.err
    assert not (desk.folder / "county.tar").exists()


def test_nobody_needs_to_be_named_and_no_event_is_written(kept: Desk) -> None:
    before = n_and_head(kept)
    kept.does("backup county.tar")
    assert n_and_head(kept) == before
    assert kept("restore county.tar --replace").code == 0
    assert n_and_head(kept) == before
    assert kept("backup other.tar --request-id 1").code == 2


def test_the_default_ledger_is_restored_where_it_stands(kept: Desk) -> None:
    kept.does("backup county.tar")
    kept.setenv("HAZARDCTL_LEDGER", None)
    done = kept.does("restore county.tar -f json").json
    path = Path(done["path"])
    assert path.is_relative_to(kept.folder / "home")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(kept.does("list -f json").json) == 2


@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_a_backup_is_its_owners_alone(kept: Desk, umask: str) -> None:
    path = other(kept)
    done = kept.shell(
        f"umask {umask}; export HAZARDCTL_LEDGER; hazardctl backup county.tar"
        f" && HAZARDCTL_LEDGER={path} && hazardctl restore county.tar"
        " && hazardctl restore county.tar --replace"
    )
    assert done.code == 0, done.err
    files = [kept.folder / "county.tar", path, *path.parent.glob("*.before-restore-*")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3


@languages
def test_a_full_disk_is_told_and_leaves_nothing(kept: Desk, language: str) -> None:
    kept.does("backup county.tar")
    kept.add("三")
    before = kept.kept()
    said = {"en": "Nothing was saved", "zh": "未保存任何内容"}[language]
    for line in (
        "backup more.tar",
        "restore county.tar --replace",
        f"--ledger {other(kept)} restore county.tar",
    ):
        done = kept.shell(f"ulimit -f 60; hazardctl {line} --lang {language}")
        assert (done.code, done.out, done.err.count("\n")) == (6, "", 1), done.err
        assert said in done.err
        assert ".tmp" not in done.err
        assert kept.kept() == before


def test_an_answer_that_cannot_be_written_says_what_is_saved(kept: Desk) -> None:
    for line in ("backup county.tar", f"--ledger {other(kept)} restore county.tar"):
        with open("/dev/full", "wb") as full:
            done = kept.process(line, stdout=full)
        assert done.code == 8
        assert "Saved: " in done.err
    assert kept.does(f"--ledger {other(kept)} check").code == 0


def stopped_at(kept: Desk, line: str, moment: float) -> tuple[int, str]:
    """A command that gets a Ctrl-C some seconds after it began."""
    running = subprocess.Popen(
        [*PROGRAM, *line.split()],
        env=kept.environment,
        cwd=kept.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(moment)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    return running.returncode, (out + err).decode()


def test_a_backup_that_is_stopped_is_whole_or_absent(kept: Desk) -> None:
    start = time.perf_counter()
    assert kept.process("backup first.tar").code == 0
    took = time.perf_counter() - start
    draw = random.Random(3)
    path = other(kept)
    for _ in range(12):
        before = {file.name for file in kept.folder.iterdir()}
        code, said = stopped_at(kept, "backup county.tar", took * draw.uniform(0.5, 1))
        after = {file.name for file in kept.folder.iterdir()}
        assert "Traceback" not in said
        assert after - before == ({"county.tar"} if code in (0, 8) else set()), (code, said)
        if code in (0, 8):
            shutil.rmtree(path.parent)
            kept.does(f"--ledger {other(kept)} restore county.tar")
            (kept.folder / "county.tar").unlink()
        else:
            assert abs(code) in (130, 2)


def test_a_stroke_that_python_turns_into_another_error_is_still_one(kept: Desk) -> None:
    struck_as_a_thread_is_waited_for = """
import signal, threading
from hazardctl.__main__ import main

class Condition(threading.Condition):
    def wait(self, timeout=None):
        self.release()
        signal.raise_signal(signal.SIGINT)

threading.Condition = Condition
main()
"""
    line = [sys.executable, "-c", struck_as_a_thread_is_waited_for, "backup", "county.tar"]
    before = kept.kept()
    done = subprocess.run(line, env=kept.environment, cwd=kept.folder, capture_output=True)
    told = done.stderr.decode().strip()
    assert (done.returncode, told) == (130, "Interrupted. Nothing was saved.")
    assert kept.kept() == before


def test_a_restore_that_is_stopped_says_what_stands(kept: Desk) -> None:
    kept.does("backup county.tar")
    new = n_and_head(kept)
    kept.add("三")
    old = n_and_head(kept)
    content = kept.ledger.read_bytes()
    start = time.perf_counter()
    assert kept.process("restore county.tar --replace").code == 0
    took = time.perf_counter() - start
    draw = random.Random(4)
    for _ in range(12):
        kept.ledger.write_bytes(content)
        code, said = stopped_at(kept, "restore county.tar --replace", took * draw.uniform(0.5, 1))
        assert "Traceback" not in said
        assert n_and_head(kept) == (new if code in (0, 8) else old), (code, said)
        assert not list(kept.folder.glob(".hazardctl-*"))
        assert kept.does("check").code == 0


def test_a_name_that_would_move_the_cursor_does_not(kept: Desk) -> None:
    name = "a\u202eb.tar"
    told = kept(["backup", name])
    assert told.code == 0
    assert "\u202e" not in told.out + told.err
    os.unlink(kept.folder / name)
