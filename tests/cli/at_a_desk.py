"""How a command line is run in a test, and what became of it."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest

from hazardctl.cli.main import run

TODAY = "2022-10-10"
MAJOR = "--severity major --basis 判定标准第三条"
ASSURED = (
    "--assure responsibility=李局 --assure measures=更换 --assure funds=5万 "
    "--assure deadline=十日 --assure plan=预案"
)
CAME_ALONG = re.compile(
    r".* was not on the register; it is now [A-Z0-9]+-QY-\d{5}\.\n"
    r"|.*原未登记，现登记为 [A-Z0-9]+-QY-\d{5}。\n"
)
PROGRAM = [sys.executable, "-m", "hazardctl"]


@dataclass(frozen=True)
class Done:
    """What became of a command line."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """What was refused, as the one JSON object on stderr."""
        told: dict[str, dict[str, Any]] = json.loads(self.err)
        assert list(told) == ["error"]
        assert list(told["error"]) == ["code", "message", "facts"]
        return told["error"]


@dataclass
class Desk:
    """A folder, an environment, a ledger: `desk("list --open", by="甲")` runs a command line."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[bytes]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def ledger(self) -> Path:
        """Where the ledger is."""
        return self.folder / "ledger.db"

    def settle(self) -> None:
        """Forget the environment of whoever runs the tests."""
        kept = {"PATH", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_START"}
        home = self.folder / "home"
        home.mkdir()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in kept},
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "LANG": "C.UTF-8",
            "HAZARDCTL_LEDGER": str(self.ledger),
            "HAZARDCTL_TODAY": TODAY,
        }
        for name in set(os.environ) - set(self.environment):
            self.monkeypatch.delenv(name)
        for name, value in self.environment.items():
            self.monkeypatch.setenv(name, value)
        self.monkeypatch.chdir(self.folder)

    def setenv(self, name: str, value: str | None) -> None:
        """Set a variable of the environment from now on, or take it away."""
        if value is None:
            self.environment.pop(name, None)
            self.monkeypatch.delenv(name, raising=False)
        else:
            self.environment[name] = value
            self.monkeypatch.setenv(name, value)

    def __call__(
        self, line: str | Sequence[str], *, by: str | None = None, today: str | None = None
    ) -> Done:
        """Run a command line in this process: as true as a new one, and ten times faster."""
        self.captured.readouterr()
        code = run(words(line, by=by, today=today))
        out, err = self.captured.readouterr()
        return Done(code, out.decode(), err.decode())

    def does(
        self, line: str | Sequence[str], *, by: str | None = None, today: str | None = None
    ) -> Done:
        """Run a command line that is to succeed without a word beside its answer.

        But for one: that an enterprise which nobody had registered is on the register now.
        """
        done = self(line, by=by, today=today)
        assert (done.code, CAME_ALONG.sub("", done.err)) == (0, ""), (line, done.err)
        return done

    def process(
        self,
        line: str | Sequence[str | bytes],
        *,
        stdin: int | IO[bytes] | None = subprocess.DEVNULL,
        stdout: int | IO[bytes] = subprocess.PIPE,
        stderr: int | IO[bytes] = subprocess.PIPE,
        env: Mapping[str, str] | Mapping[bytes, bytes] | None = None,
    ) -> Done:
        """Run a command line in a process of its own, with these streams."""
        done = subprocess.run(
            [*PROGRAM, *(shlex.split(line) if isinstance(line, str) else line)],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=self.environment if env is None else env,
            cwd=self.folder,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())

    def shell(self, script: str) -> Done:
        """Run a line of bash, in which `hazardctl` is the program."""
        begun = f'hazardctl() {{ {shlex.join(PROGRAM)} "$@"; }}\n'
        done = subprocess.run(
            ["bash", "-c", begun + script],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=self.environment,
            cwd=self.folder,
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def at_terminal(
        self, line: str, *answers: bytes | int, env: Mapping[str, str] | None = None
    ) -> Done:
        """Run a command line at a terminal; at each question an answer is typed, or a signal sent.

        Both streams are the terminal: all that is seen is `out`.
        """
        terminal, other_end = pty.openpty()
        started = subprocess.Popen(
            [*PROGRAM, *shlex.split(line)],
            stdin=other_end,
            stdout=other_end,
            stderr=other_end,
            env={**self.environment, "TERM": "xterm", **(env or {})},
            cwd=self.folder,
            start_new_session=True,
        )
        os.close(other_end)
        seen, answered, waiting = b"", 0, list(answers)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the program has ended
                break
            seen += part
            if waiting and seen.endswith((b": ", "：".encode())) and len(seen) > answered:
                answered = len(seen)
                answer = waiting.pop(0)
                if isinstance(answer, int):
                    started.send_signal(answer)
                else:
                    os.write(terminal, answer)
        else:
            started.kill()
        os.close(terminal)
        text = seen.decode(errors="backslashreplace").replace("\r\n", "\n")
        return Done(started.wait(), text, "")

    def file(self, name: str, content: str | bytes = "照片") -> Path:
        """A file in the folder of the desk."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def kept(self) -> dict[str, bytes]:
        """Every file beside the desk with its content: what must be as it was after a refusal."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    # Hazards as the tests need them. 乙 is responsible, 李局 leads.

    def add(self, text: str = "通道堵塞", options: str = "", *, today: str | None = None) -> str:
        """Add a hazard; returns its number."""
        line = f"add {shlex.quote(text)} --industry 花炮 --enterprise 某花炮厂 {options} -f json"
        done = self(line, by="甲", today=today)
        assert done.code == 0, done.err
        number: str = done.json["number"]
        return number

    def in_state(self, state: str, *, major: bool = False, found_on: str = "2022-10-01") -> str:
        """A hazard that was brought to a state; each step on a day of its own from 2 October."""
        grade = f"{MAJOR} --case-leader 李局" if major else ""
        number = self.add(f"一处{state}的隐患", f"--found-on {found_on} {grade}")
        verifiers = "--verified-by 丙 --verified-by 戊" if major else "--verified-by 丙"
        evidence = f"--evidence {self.file('photo.jpg')}" if major else ""
        path = {
            "assigned": f"assign {number} --due 2022-10-20 --responsible-person 乙 --on 10月2日",
            "rectifying": f"accept {number} --on 10月3日 {ASSURED if major else ''}",
            "submitted": f"submit {number} --measures 已清理 --on 10月4日 {evidence}",
            "verified": f"verify {number} {verifiers} --on 10月5日",
            "closed": f"close {number} --on 10月6日",
        }
        if state == "void":
            path = {"void": f"void {number} --reason 重复"}
        if state == "transferred":
            path = {"transferred": f"transfer {number} --to 消防救援大队 --reason 职权"}
        for reached, line in path.items() if state != "registered" else ():
            by = {"submitted": "乙", "closed": "丁"}.get(reached, "甲")
            assert self(line, by=by).code == 0
            if reached == state:
                break
        return number

    def show(self, number: str) -> Any:
        """A hazard with its cycles, evidence and events."""
        return self(["show", number, "-f", "json"]).json


def words(line: str | Sequence[str], *, by: str | None, today: str | None) -> list[str]:
    """A command line as its words, said by somebody on some day."""
    typed = shlex.split(line) if isinstance(line, str) else list(line)
    return [*(["--as", by] if by else []), *(["--today", today] if today else []), *typed]
