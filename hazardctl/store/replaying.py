"""The replay of a ledger in parts, those of a large one in a process of their own.

Threads of one process wait for one another wherever Python is at work, as it is at the chain.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import cast

from hazardctl.domain.finding import Finding
from hazardctl.store import comparing
from hazardctl.store.findings import guarded
from hazardctl.store.place import Place
from hazardctl.store.versions import admitted

LARGE = 16 << 20  # bytes of a ledger from which on a process is worth its start
Part = tuple[int, int]  # the first id, and the one before which it ends

_START = (
    "import json,sys;sys.path[:]=json.loads(sys.argv[1]);"
    "from hazardctl.store.replaying import main;main()"
)


def replayed(
    path: Place, *, prefix: str, parts: Sequence[Part], large: int = LARGE
) -> list[Finding]:
    """The hazards whose rows are not what their events make of them, and what cannot be read."""
    with suppress(OSError):
        is_large = isinstance(path, Path) and path.stat().st_size >= large
        if is_large and (found := _apart(path, prefix, parts)) is not None:
            return found
    return _here(path, prefix, parts)


def _here(path: Place, prefix: str, parts: Sequence[Part]) -> list[Finding]:
    def one(part: Part) -> list[Finding]:
        first, before = part
        return guarded(
            path, lambda: comparing.replayed(path, prefix=prefix, first=first, before=before)
        )

    with ThreadPoolExecutor(os.cpu_count()) as beside:
        return [finding for found in beside.map(one, parts) for finding in found]


def _apart(path: Place, prefix: str, parts: Sequence[Part]) -> list[Finding] | None:
    """The same, from another process; None if it comes to nothing, as for want of memory."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # whoever types Ctrl-C interrupts this process, not that one
    ) as child:
        assert child.stdin
        assert child.stdout
        try:
            pickle.dump((path, prefix, parts), child.stdin)
            child.stdin.flush()
            told = child.stdout.read()
            return cast(list[Finding], pickle.loads(told)) if child.wait() == 0 else None
        finally:
            child.kill()


def main() -> None:
    """Replay what stdin names, and tell stdout."""
    path, prefix, parts = pickle.load(sys.stdin.buffer)
    Thread(target=_end_with_stdin, daemon=True).start()
    with admitted(path):  # as it is to whoever asked
        found = _here(path, prefix, parts)
    sys.stdout.buffer.write(pickle.dumps(found))
    sys.stdout.flush()


def _end_with_stdin() -> None:
    """Whoever asked keeps stdin open: once it is gone, nobody is held up by this reading."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)
