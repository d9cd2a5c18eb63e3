"""The program, loaded once and begun many times: each command is a process that starts loaded.

Most of a short command is loading. Where what is tested comes after that, a command is forked
from a process that has loaded everything and has done nothing: what runs is the program's own
`main`, with its own arguments, environment and streams.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any


def leave_room(size: int) -> None:
    """From here on no file grows larger: like a full disk, it is told as the file is written."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


class Forked:
    """A command that was forked; used as a `Popen` is."""

    def __init__(self, out: IO[bytes], err: IO[bytes], report: IO[bytes]) -> None:
        self.stdout, self._err, self._report = out, err, report
        self.pid = int(report.readline())
        self.returncode: int | None = None
        os.set_blocking(report.fileno(), False)

    def poll(self) -> int | None:
        """The exit status, None while it runs."""
        if self.returncode is None and (line := self._report.readline()):
            self.returncode = int(line)
        return self.returncode

    def communicate(self, timeout: float) -> tuple[bytes, bytes]:
        """All that it said, once it has ended; raises TimeoutExpired as a `Popen` does."""
        is_late = threading.Event()
        watch = threading.Timer(timeout, self._kill, [is_late])
        watch.start()
        try:
            told = self.stdout.read(), self._err.read()
            os.set_blocking(self._report.fileno(), True)
            self.poll()
        finally:
            watch.cancel()
            for stream in (self.stdout, self._err, self._report):
                stream.close()
        if is_late.is_set():
            raise subprocess.TimeoutExpired("a forked command", timeout, *told)
        return told

    def _kill(self, is_late: threading.Event) -> None:
        is_late.set()
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


class Forge:
    """The process that commands are forked from."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        self._link, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forge", str(theirs.fileno())],
            env=dict(environment),
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def start(
        self,
        program: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        *,
        room: int | None = None,
    ) -> Forked:
        """Start a program (`python -m module words…`) in a folder."""
        told = {"argv": program[2:], "folder": str(folder), "environment": environment}
        pipes = [os.pipe() for _ in range(3)]
        content = json.dumps({**told, "room": room}).encode()
        with self._lock:
            socket.send_fds(self._link, [content], [writer for _, writer in pipes])
        for _, writer in pipes:
            os.close(writer)
        return Forked(*(os.fdopen(reader, "rb") for reader, _ in pipes))

    def close(self) -> None:
        """No command comes any more."""
        self._link.close()
        self._process.wait()


def main() -> None:
    """Wait for commands, and fork each with somebody who sees how it ends."""
    import sqlmodel  # noqa: F401  # loaded by commands that write

    import hazardctl.__main__
    import hazardctl.cli.adding
    import hazardctl.cli.importing
    import hazardctl.cli.steps
    import hazardctl.store.postgres
    import hazardctl.store.transaction
    from tests.faults import wrong

    mains = {"hazardctl": hazardctl.__main__.main, "tests.faults.wrong": wrong.main}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    link = socket.socket(fileno=int(sys.argv[1]))
    while True:
        content, fds, _, _ = socket.recv_fds(link, 1 << 20, 3)
        if not content:
            return
        if os.fork() == 0:
            if os.fork() == 0:  # nobody waits for this one, which waits for the command
                link.close()
                _see(json.loads(content), fds, mains)
            os._exit(0)
        os.wait()
        for fd in fds:
            os.close(fd)


def _see(told: Mapping[str, Any], fds: Sequence[int], mains: Mapping[str, Any]) -> None:
    out, err, report = fds
    command = os.fork()
    if command == 0:
        os.close(report)
        _become(told, out, err, mains)
    os.close(out)
    os.close(err)
    os.write(report, f"{command}\n".encode())
    _, status = os.waitpid(command, 0)
    os.write(report, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _become(told: Mapping[str, Any], out: int, err: int, mains: Mapping[str, Any]) -> None:
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.closerange(3, 64)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.argv[:] = told["argv"]
    if told["room"] is not None:
        leave_room(told["room"])
    status = 1
    try:
        mains[sys.argv[0]]()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
