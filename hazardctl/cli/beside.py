"""A large file read in a process of its own, while this one writes what has come of it."""

from __future__ import annotations

import gc
import json
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, cast

from hazardctl.intake.refusals import Damaged

if TYPE_CHECKING:
    from hazardctl.intake.reading import Options, Reading

Told = tuple[Sequence[Any], int, float | None]
AHEAD = 16  # batches that may wait to be written
_SIZE = struct.Struct(">Q")  # what leads each thing that the child tells
Telling = Generator[Told, None, "Reading"]

_START = (
    "import json,sys;sys.path[:]=json.loads(sys.argv[1]);"
    "from hazardctl.cli.beside import main;main()"
)


def is_worth_it(path: Path, size: int) -> bool:
    """Whether a file is that large; what is no file is not."""
    try:
        return path.is_file() and path.stat().st_size >= size
    except (OSError, ValueError):
        return False


def read(path: Path, options: Options, by: str) -> Telling:
    """Read a file as `incoming.here` does; raises what that raises."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # whoever types Ctrl-C interrupts this process, not that one
    )
    assert child.stdin
    assert child.stdout
    heard: Queue[bytes] = Queue(AHEAD)
    listener = Thread(target=_listen, args=(child.stdout, heard), daemon=True)
    listener.start()
    try:
        with child.stdin as asked:
            given = {name: value for name, value in vars(options).items() if name != "taxonomy"}
            pickle.dump((path, given, by), asked)
        if by:  # what writing needs is loaded while the first rows are read
            import_module("hazardctl.store.transaction")
        while True:
            match _next(child, heard, path.name):
                case "rows", told:
                    yield told
                case "refused", (refusal, facts):
                    raise refusal(**facts)
                case "failed", (number, reason):
                    raise OSError(number, reason)
                case "read", reading:
                    return cast("Reading", reading)
    finally:
        child.kill()
        child.wait()
        while listener.is_alive():  # it may wait for room
            with suppress(Empty):
                heard.get(timeout=0.01)
        child.stdout.close()


def _listen(pipe: IO[bytes], heard: Queue[bytes]) -> None:
    """Take from the pipe, which holds little, what the child tells while nobody asks."""
    while len(size := pipe.read(_SIZE.size)) == _SIZE.size:
        (length,) = _SIZE.unpack(size)
        if len(told := pipe.read(length)) < length:  # it was killed while it told this
            break
        heard.put(told)
    heard.put(b"")


def _next(child: subprocess.Popen[bytes], heard: Queue[bytes], file: str) -> Any:
    """What the child tells next; raises Damaged if it was killed, as for want of memory."""
    if told := heard.get():
        return pickle.loads(told)
    if (status := child.wait()) < 0:
        raise Damaged(file=file, reason=f"signal {-status}")
    raise RuntimeError(f"the process that read {file} ended with {status}")  # it told why, itself


def main() -> None:
    """Read what stdin names, and tell stdout."""
    from hazardctl.cli.incoming import here
    from hazardctl.cli.taxonomy import taxonomy
    from hazardctl.errors import HazardctlError
    from hazardctl.intake.reading import Options

    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)  # hardly anything that is read is garbage in a circle
    path, given, by = pickle.load(sys.stdin.buffer)
    telling = here(path, Options(**given, taxonomy=taxonomy()), by)
    try:
        try:
            while True:
                _tell("rows", next(telling))
        except StopIteration as end:
            _tell("read", end.value)
        except HazardctlError as refusal:
            _tell("refused", (type(refusal), refusal.facts))
        except BrokenPipeError:
            raise
        except OSError as fault:
            _tell("failed", (fault.errno, fault.strerror))
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(1)  # nobody is there any more, and nobody would hear what Python says of that


def _tell(what: str, told: object) -> None:
    content = pickle.dumps((what, told))
    sys.stdout.buffer.write(_SIZE.pack(len(content)))
    sys.stdout.buffer.write(content)
