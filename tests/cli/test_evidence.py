"""Evidence, as it is attached, listed, given back and proven on the command line."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.at_a_desk import PROGRAM, Desk

ADD = "add 堵塞 --industry 花炮 --enterprise 某厂"
PHOTO = "整改后"
OTHER = "台账扫描件"
NAMES = {  # what a file may be called, and as what it comes back
    "整改后.jpg": "整改后.jpg",
    "-rf": "rf",
    ".htaccess": "htaccess",
    "CON.txt": "_CON.txt",
    "nul": "_nul",
    "..\\x": "_x",
    "C:\\a.jpg": "C__a.jpg",
    "a b.jpg": "a b.jpg",
    "\u202egpj.exe": "_gpj.exe",
    "a\u200bb.jpg": "a_b.jpg",
    "$(touch x).jpg": "$(touch x).jpg",
    "'; rm -rf ~.jpg": "'; rm -rf ~.jpg",
    "a\nb.jpg": "a_b.jpg",
    "隐患" * 40 + ".jpg": "隐患" * 19 + ".jpg",
    "x. ": "x",
}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def stored(desk: Desk, text: str) -> Path:
    """Where the content of a file is stored."""
    return desk.folder / "evidence" / sha256(text)[:2] / sha256(text)


def altered(desk: Desk, text: str, by: str = "改") -> None:
    """The stored content is overwritten with something as long."""
    path = stored(desk, text)
    path.chmod(0o600)
    path.write_text(by * len(text))


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A ledger with two files of one hazard, one of them of another as well, and a bare hazard."""
    photo, other = desk.file("整改后.jpg", PHOTO), desk.file("扫描.pdf", OTHER)
    desk.add("一", f"--evidence {photo} --evidence {other}")
    desk.add("二", f"--evidence {photo}")
    desk.add("三")
    photo.unlink()
    other.unlink()
    return desk


# attached


STEPS = [
    ("registered", "attached", f"{ADD} --found-on 10月9日"),
    ("assigned", "submitted", "submit 1 --measures x"),
    ("submitted", "verified", "verify 1 --verified-by 丙"),
    ("assigned", "submitted", "close 1 --measures x --rectified-by 乙 --verified-by 丙"),
    ("submitted", "closed", "close 1 --verified-by 丙"),
    ("verified", "closed", "close 1"),
    ("closed", "looked-back", "lookback 1 --result confirmed --inspector 庚"),
]


@pytest.mark.parametrize(("state", "kind", "line"), STEPS)
def test_a_step_takes_evidence_as_often_as_it_is_given(
    desk: Desk, state: str, kind: str, line: str
) -> None:
    desk.in_state(state)
    desk.file("a.jpg", PHOTO)
    desk.file("b.pdf", OTHER)
    desk.does(f"{line} --evidence a.jpg --evidence b.pdf", by="丁")
    files = desk.does("evidence list -f json").json
    assert [(file["name"], file["kind"]) for file in files] == [("a.jpg", kind), ("b.pdf", kind)]
    assert stored(desk, PHOTO).read_text() == PHOTO
    number = files[0]["number"]
    assert [file["sha256"] for file in desk.show(number)["evidence"]] == [
        sha256(PHOTO),
        sha256(OTHER),
    ]


@pytest.mark.parametrize(("state", "_kind", "line"), STEPS)
def test_a_refused_step_leaves_no_event_and_at_most_a_stored_file(
    desk: Desk, state: str, _kind: str, line: str
) -> None:
    desk.in_state(state)
    desk.file("a.jpg", PHOTO)
    history = desk.does("log -f json").out
    never = "--found-on 2022-12-01" if line.startswith("add") else "--on 2022-09-01"
    assert desk(f"{line} --evidence a.jpg {never}", by="丁").code == 4
    told = desk(f"{line} --evidence a.jpg --evidence nowhere.jpg", by="丁")
    assert (told.code, told.out) == (2, "")
    assert "nowhere.jpg cannot be kept as evidence" in told.err
    assert desk.does("log -f json").out == history
    assert desk.does("evidence list -f json").json == []


def a_link(path: Path) -> None:
    path.symlink_to(path.with_name("secret"))


def a_loop(path: Path) -> None:
    path.symlink_to(path)


def a_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


HOSTILE: list[tuple[Callable[[Path], None] | None, str, str, str]] = [
    (a_link, "photo.jpg", "a link, not the file itself", "是链接，不是文件本身"),
    (a_loop, "photo.jpg", "a link, not the file itself", "是链接，不是文件本身"),
    (a_link_to_a_device, "photo.jpg", "a link, not the file itself", "是链接，不是文件本身"),
    (os.mkfifo, "photo.jpg", "not a regular file", "不是普通文件"),
    (os.mkdir, "photo.jpg", "not a regular file", "不是普通文件"),
    (a_huge_file, "photo.jpg", "larger than 200 MiB", "超过 200 MiB"),
    (None, "/dev/zero", "not a regular file", "不是普通文件"),
    (None, "/proc/self/mem", "", ""),
    (None, "/proc/self/environ", "it changed while it was read", "读取时被改动"),
    (None, "nowhere.jpg", "No such file or directory", "No such file or directory"),
]


@pytest.mark.parametrize(("make", "name", "english", "chinese"), HOSTILE)
def test_what_is_no_plain_file_is_refused_at_once(
    desk: Desk, make: Callable[[Path], None] | None, name: str, english: str, chinese: str
) -> None:
    desk.file("secret", "密")
    desk.add()
    if make is not None:
        make(desk.folder / name)
    history = desk.does("log -f json").out
    start = time.perf_counter()
    for line, said in (("", english), ("--lang zh", chinese)):
        told = desk(f"submit 1 --measures x --evidence {name} {line}", by="乙")
        assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
        assert name in told.err
        assert said in told.err
    assert time.perf_counter() - start < 1
    assert desk.does("log -f json").out == history
    assert not [path for path in (desk.folder / "evidence").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_it_is_and_cleaned_on_the_way_out(desk: Desk, name: str) -> None:
    desk.file(name, PHOTO)
    desk.does(
        ["add", "x", "--industry", "花炮", "--enterprise", "某厂", f"--evidence=./{name}"], by="甲"
    )
    assert desk.show("1")["evidence"][0]["name"] == name
    (desk.folder / "out").mkdir()
    told = desk("evidence get 1 -o out")
    assert (told.code, told.out, told.err.count("\n")) == (0, "", 1)
    assert os.listdir(desk.folder / "out") == [NAMES[name]]
    assert (desk.folder / "out" / NAMES[name]).read_text() == PHOTO
    for line in ("show 1", "evidence list", "evidence list -f plain", "evidence verify"):
        assert "\u202e" not in desk.does(line).out
        assert "\u200b" not in desk.does(line).out


@pytest.mark.parametrize("name", [b"a\xff.jpg", b"a\x1b[2J.jpg", b"a\x07.jpg"])
def test_a_name_that_is_no_text_is_refused(desk: Desk, name: bytes) -> None:
    (desk.folder / os.fsdecode(name)).write_text(PHOTO)
    arguments = [*ADD.split(), "--evidence", os.fsdecode(name)]
    for language, said in (("en", "--evidence: this text cannot be"), ("zh", "--evidence：这段")):
        told = desk([*arguments, "--lang", language], by="甲")
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith(said)
        assert "\x1b" not in told.err
    assert not desk.ledger.exists()


def test_a_disk_that_takes_nothing_is_told_as_such(desk: Desk) -> None:
    desk.add()
    desk.file("photo.jpg")
    desk.file("evidence", "in the way")
    for language, said in (("en", "Nothing was saved"), ("zh", "未保存任何内容")):
        told = desk(f"submit 1 --measures x --evidence photo.jpg --lang {language}", by="乙")
        assert (told.code, told.out) == (6, "")
        assert str(desk.folder / "evidence") in told.err
        assert said in told.err


@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_the_folder_and_its_files_are_the_owners_alone(desk: Desk, umask: str) -> None:
    desk.file("photo.jpg", PHOTO)
    line = f"umask {umask}; {' '.join(PROGRAM)} --as 甲 {ADD} --evidence photo.jpg"
    subprocess.run(["sh", "-c", line], env=desk.environment, cwd=desk.folder, check=True)
    path = stored(desk, PHOTO)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert {stat.S_IMODE(one.stat().st_mode) for one in (path.parent, path.parent.parent)} == {
        0o700
    }


# listed


def test_files_are_listed_one_a_row(kept: Desk) -> None:
    everything = kept.does("evidence list -f json").json
    assert [(one["number"][-1], one["name"]) for one in everything] == [
        ("1", "整改后.jpg"),
        ("1", "扫描.pdf"),
        ("2", "整改后.jpg"),
    ]
    assert everything[2] == {
        "number": "YH-2022-00002",
        "sha256": sha256(PHOTO),
        "name": "整改后.jpg",
        "size": len(PHOTO.encode()),
        "kind": "attached",
        "attached_on": "2022-10-10",
        "attached_by": "甲",
    }
    assert kept.does("evidence list 2 -f json").json == everything[2:]
    assert kept.does("evidence list 3 -f json").json == []


def test_a_list_for_people_says_the_step_in_words(kept: Desk) -> None:
    assert "evidence attached" in kept.does("evidence list").out
    assert "附佐证" in kept.does("evidence list --lang zh").out
    kept.does("evidence list -f xlsx -o files.xlsx")
    rows = CalamineWorkbook.from_path(str(kept.folder / "files.xlsx")).get_sheet_by_index(0)
    cells = [cell for row in rows.to_python() for cell in row]
    assert sha256(OTHER) in cells


@pytest.mark.parametrize("verb", ["list", "verify"])
def test_a_hazard_that_is_not_there_has_no_files(kept: Desk, verb: str) -> None:
    assert kept(f"evidence {verb} 99").code == 3
    assert kept(f"evidence {verb} ../x").code == 2


# given back


@pytest.mark.parametrize("cut", [8, 20, 64])
def test_content_is_given_by_its_hash(kept: Desk, cut: int) -> None:
    for digits in (sha256(PHOTO)[:cut], sha256(PHOTO)[:cut].upper()):
        assert kept.does(f"evidence get {digits}").out == PHOTO
    kept.does(f"evidence get {sha256(OTHER)[:cut]} -o out.pdf")
    assert (kept.folder / "out.pdf").read_text() == OTHER
    kept.does(f"evidence get {sha256(PHOTO)[:cut]} -o out.pdf")
    assert (kept.folder / "out.pdf").read_text() == PHOTO


def test_content_is_given_by_the_number_of_its_hazard(kept: Desk) -> None:
    assert kept.does("evidence get 2").out == PHOTO
    told = kept("evidence get 1")
    assert (told.code, told.out) == (2, "")
    assert sha256(PHOTO) in told.err
    assert sha256(OTHER) in told.err
    assert kept("evidence get 1 -o out.jpg").code == 2
    assert not (kept.folder / "out.jpg").exists()
    assert kept("evidence get 3").code == 3
    assert kept("evidence get 99").code == 3


def test_in_a_folder_nothing_is_overwritten(kept: Desk) -> None:
    out = kept.folder / "out"
    out.mkdir()
    (out / "整改后.jpg").write_text("mine")
    (out / "扫描.pdf").symlink_to("整改后.jpg")
    for language in ("en", "zh"):
        told = kept(f"evidence get 1 -o out --lang {language}")
        assert (told.code, told.out) == (0, "")
        assert told.err.count("\n") == 2
    content = {path.name: path.read_text() for path in out.iterdir()}
    assert content == {
        "整改后.jpg": "mine",
        "扫描.pdf": "mine",
        "整改后 (2).jpg": PHOTO,
        "扫描 (2).pdf": OTHER,
        "整改后 (3).jpg": PHOTO,
        "扫描 (3).pdf": OTHER,
    }


WRONG = [
    ("../../../etc/passwd", 2, "not-evidence"),
    ("/etc/passwd", 2, "not-evidence"),
    (f"../{sha256(PHOTO)}", 2, "not-evidence"),
    (f"{sha256(PHOTO)}0", 2, "not-evidence"),
    (f"{sha256(PHOTO)[:7]}x", 2, "not-evidence"),
    ("%", 2, "not-evidence"),
    ("________", 2, "not-evidence"),
    ("０１２３４５６７", 2, "not-evidence"),
    ("00000000", 3, "unknown-evidence"),
    ("0" * 64, 3, "unknown-evidence"),
    ("99", 3, "unknown-number"),
    ("3", 3, "no-evidence"),
    ("1", 2, "folder-needed"),
]


@pytest.mark.parametrize(("what", "status", "code"), WRONG)
def test_what_is_no_evidence_is_told(kept: Desk, what: str, status: int, code: str) -> None:
    before = kept.kept()
    sentences = set()
    for language in ("en", "zh"):
        told = kept(["evidence", "get", what, "--lang", language, "-o", "out"])
        assert (told.code, told.out, told.err.count("\n")) == (status, "", 1)
        sentences.add(told.err)
        error = kept(["evidence", "get", what, "--lang", language, "-f", "json"]).error
        assert error["code"] == code
    assert len(sentences) == 2
    assert kept.kept() == before


def test_a_beginning_of_two_hashes_names_both(desk: Desk) -> None:
    """The ledger is made to hold two such hashes: nobody can make the files."""
    desk.add("一", f"--evidence {desk.file('a.jpg', PHOTO)} --evidence {desk.file('b.jpg', OTHER)}")
    import sqlite3

    near = sha256(PHOTO)[:10] + "0" * 54
    with sqlite3.connect(desk.ledger) as book:
        book.execute("UPDATE evidence SET sha256 = ? WHERE name = 'b.jpg'", (near,))
    book.close()
    told = desk(f"evidence get {sha256(PHOTO)[:10]} -f json")
    assert told.code == 2
    assert told.error["code"] == "ambiguous-evidence"
    assert sorted(told.error["facts"]["fits"]) == sorted([near, sha256(PHOTO)])
    assert desk.does(f"evidence get {sha256(PHOTO)[:12]}").out == PHOTO


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("target", ["", "-o out.jpg", "-o mine.jpg", "-o out"])
def test_what_is_not_what_was_attached_is_not_given(kept: Desk, target: str, language: str) -> None:
    altered(kept, PHOTO)
    kept.file("mine.jpg", "mine")
    (kept.folder / "out").mkdir()
    before = kept.kept()
    told = kept(f"evidence get 2 {target} --lang {language}")
    assert (told.code, told.out, told.err.count("\n")) == (6, "", 1)
    for fact in ("YH-2022-00002", "整改后.jpg", sha256(PHOTO)):
        assert fact in told.err
    assert kept.kept() == before
    error = kept(f"evidence get {sha256(PHOTO)} -f json").error
    assert error["code"] == "evidence-damaged"
    assert error["facts"]["reason"] == "evidence-altered"


def test_of_several_none_is_given_if_one_is_damaged(kept: Desk) -> None:
    (kept.folder / "out").mkdir()
    altered(kept, OTHER)
    assert kept("evidence get 1 -o out").code == 6
    assert os.listdir(kept.folder / "out") == []


def test_a_target_that_cannot_be_written_is_told(kept: Desk) -> None:
    for language in ("en", "zh"):
        told = kept(f"evidence get 2 -o nowhere/out.jpg --lang {language}")
        assert (told.code, told.out) == (2, "")
        assert "nowhere/out.jpg" in told.err
    assert kept("evidence get 2 -o /dev/full").code == 2
    assert kept("evidence get 2 -o /dev/null").code == 0


def test_a_terminal_is_no_place_for_a_file(kept: Desk) -> None:
    done = kept.at_terminal("evidence get 2")
    assert done.code == 2
    assert PHOTO not in done.out.replace("整改后.jpg", "")
    assert "整改后.jpg is not for a terminal. Add -o FILE." in done.out


def test_a_pipe_gets_every_byte_and_may_be_closed(kept: Desk) -> None:
    content = os.urandom(5_000_000)
    kept.file("big.bin", content)
    kept.add("大", "--evidence big.bin")
    line = " ".join([*PROGRAM, "evidence get 4"])
    ways = {"cat": content, "head -c 10": content[:10]}
    for reader, seen in ways.items():
        ran = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{line} | {reader}"],
            env=kept.environment,
            cwd=kept.folder,
            capture_output=True,
            check=False,
        )
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, seen, b"")
    full = subprocess.run(
        ["bash", "-c", f"{line} > /dev/full"],
        env=kept.environment,
        cwd=kept.folder,
        capture_output=True,
        check=False,
    )
    assert full.returncode == 2
    assert b"stdout" in full.stderr


# proven


def test_what_is_whole_is_told_in_one_line(kept: Desk) -> None:
    assert kept.does("evidence verify").out == "Evidence files: 3; intact: 3; at fault: 0.\n"
    told = kept.does("evidence verify 2 --lang zh").out
    assert told == "佐证文件 1 个：完好 1 个，有问题 0 个。\n"
    assert kept.does("evidence verify 3 -f json").json == {
        "files": 0,
        "intact": 0,
        "findings": [],
    }
    assert kept.does("evidence verify -f ndjson").out == ""
    assert kept.does("evidence verify -f csv").out == "code,number,seq,message,facts\n"


def is_gone(path: Path) -> None:
    path.unlink()


def is_a_link(path: Path) -> None:
    path.rename(path.with_name("copy"))
    path.symlink_to("copy")


def is_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def is_changed(path: Path) -> None:
    path.chmod(0o600)
    path.write_text("改" * len(PHOTO))


@pytest.mark.parametrize(
    ("damage", "code", "english", "chinese"),
    [
        (is_gone, "evidence-missing", "is not there any more", "已不在"),
        (is_changed, "evidence-altered", "is not what was attached", "与当初附上的不一致"),
        (is_a_link, "evidence-replaced", "a link or a device stands", "的位置上是链接或设备"),
        (is_a_pipe, "evidence-replaced", "a link or a device stands", "的位置上是链接或设备"),
    ],
)
def test_every_fault_is_told_with_its_hazard_and_its_name(
    kept: Desk, damage: Callable[[Path], None], code: str, english: str, chinese: str
) -> None:
    damage(stored(kept, PHOTO))
    for language, said, totals in (
        ("en", english, "Evidence files: 3; intact: 1; at fault: 2."),
        ("zh", chinese, "佐证文件 3 个：完好 1 个，有问题 2 个。"),
    ):
        told = kept(f"evidence verify --lang {language}")
        assert (told.code, told.err) == (7, "")
        for fact in ("YH-2022-00001", "YH-2022-00002", "整改后.jpg", said):
            assert fact in told.out
        assert told.out.endswith(f"{totals}\n")
        machine = kept(f"evidence verify -f json --lang {language}")
        assert machine.code == 7
        assert (machine.json["files"], machine.json["intact"]) == (3, 1)
        assert [(one["code"], one["number"]) for one in machine.json["findings"]] == [
            (code, "YH-2022-00001"),
            (code, "YH-2022-00002"),
        ]
        lines = kept(f"evidence verify -f ndjson --lang {language}").out.splitlines()
        assert [json.loads(line) for line in lines] == machine.json["findings"]
    assert kept("evidence verify 1").code == 7
    assert kept("evidence verify 3").code == 0


def test_what_is_attached_again_is_made_good(kept: Desk) -> None:
    altered(kept, PHOTO)
    assert kept("evidence verify").code == 7
    kept.add("四", f"--evidence {kept.file('again.jpg', PHOTO)}")
    assert kept.does("evidence verify").code == 0


def test_a_ledger_without_its_folder_lacks_every_file(kept: Desk) -> None:
    (kept.folder / "evidence").rename(kept.folder / "elsewhere")
    told = kept("evidence verify -f json").json
    assert (told["files"], told["intact"]) == (3, 0)
    assert {one["code"] for one in told["findings"]} == {"evidence-missing"}


@pytest.mark.parametrize("line", ["list", "get 1", "get 00000000", "verify"])
def test_a_question_begins_no_ledger(desk: Desk, line: str) -> None:
    told = desk(f"evidence {line}")
    assert (told.code, told.out) == (6, "")
    assert not desk.ledger.exists()


def test_a_desk_that_is_killed_never_leaves_an_event_without_its_file(desk: Desk) -> None:
    content = os.urandom(200_000)
    desk.add()
    for turn in range(12):
        desk.file("photo.jpg", content + bytes([turn]))
        started = subprocess.Popen(
            [*PROGRAM, "--as", "乙", *ADD.split(), "--evidence", "photo.jpg"],
            env=desk.environment,
            cwd=desk.folder,
            stdout=subprocess.DEVNULL,
        )
        time.sleep(0.1 + turn * 0.05)
        started.send_signal(signal.SIGKILL)
        started.wait()
        assert desk("evidence verify").code == 0
