"""Workbooks: looked over before they are opened, then read in a child process."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from hazardctl.intake.package import Package, look_over
from hazardctl.intake.refusals import (
    Damaged,
    Encrypted,
    Harmful,
    TooLarge,
    TooManyColumns,
    TooManyRows,
)
from hazardctl.intake.values import Book, Cell, Grid

LARGEST = 50  # MiB
SECONDS = 60  # of waiting for the next rows

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # where a workbook with a password lies

_START = (
    "import json,sys;sys.path[:]=json.loads(sys.argv[1]);"
    "from hazardctl.intake.spreadsheet import main;main()"
)
_HANDED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")


def read_workbook(file: BinaryIO, path: Path) -> Book:
    """The sheets of a workbook; they are believed only when the last has been read to its end."""
    content = file.read((LARGEST << 20) + 1)
    if len(content) > LARGEST << 20:
        size = os.fstat(file.fileno()).st_size
        raise TooLarge(file=path.name, found=-(-size // (1 << 20)), limit=LARGEST)
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise Encrypted(file=path.name)
    package = look_over(io.BytesIO(content), path) if content.startswith(ZIP) else None
    book = Book(
        format=package.format if package else "xls",
        encoding=None,
        sha256=hashlib.sha256(content).hexdigest(),
        grids=_grids(content, path, package),
    )
    if package is None or package.sheets is None:
        book.facts.add("errors-unseen")
    if package and package.is_1904:
        book.facts.add("dates-from-1904")
    return book


def _grids(content: bytes, path: Path, package: Package | None) -> Iterator[Grid]:
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _HANDED_ON if name in os.environ},
    )
    feeder = threading.Thread(target=_feed, args=(child, content), daemon=True)
    feeder.start()
    try:
        if package:
            package.scan_first()  # while the child loads the same sheet
        yield from _told(child, path, package)
        if child.wait() != 0:
            raise Damaged(file=path.name, reason="died")
    finally:
        child.kill()
        child.wait()
        feeder.join()
        if child.stdout:
            child.stdout.close()


def _feed(child: subprocess.Popen[bytes], content: bytes) -> None:
    with suppress(BrokenPipeError):  # a child that died says so by its last line
        assert child.stdin is not None
        with child.stdin as pipe:
            pipe.write(content)


def _told(child: subprocess.Popen[bytes], path: Path, package: Package | None) -> Iterator[Grid]:
    """The sheets as the child tells them; raises unless its last line has the right counts."""
    sheets = rows = 0
    while True:
        line = _next(child, path)
        if "sheet" in line and "refused" not in line:
            sheets += 1
            grid = Grid(line["sheet"], iter(()), is_typed=True, is_hidden=line["hidden"])
            grid.expected = line["height"]
            if package:
                grid.bad_cells, grid.hidden_rows = package.scan(grid.name or "")
            grid.rows = told = _rows(child, path, grid)
            yield grid
            for _ in told:  # what nobody asked for is still counted
                pass
            rows += grid.height
        elif "sheets" in line:
            if line != {"sheets": sheets, "rows": rows}:
                raise Damaged(file=path.name, reason="counts")
            return
        else:
            _refuse(line, path)


def _rows(
    child: subprocess.Popen[bytes], path: Path, grid: Grid
) -> Iterator[tuple[int, list[Cell]]]:
    number = 0
    while True:
        line = _next(child, path)
        if isinstance(line, dict):
            if "done" not in line or line["done"] != number:
                _refuse(line, path)
            grid.height, grid.filled_rows = number, line["filled"]
            return
        for row in line:
            number += 1
            yield number, row


def _next(child: subprocess.Popen[bytes], path: Path) -> Any:
    """The next line of the child, which is killed if it does not come in time."""
    assert child.stdout is not None
    watch = threading.Timer(SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    try:
        line = child.stdout.readline()
    finally:
        watch.cancel()
    if not line.endswith(b"\n"):
        raise Damaged(file=path.name, reason="died")
    return json.loads(line)


def _refuse(line: dict[str, Any], path: Path) -> None:
    match line.get("refused"):
        case "encrypted":
            raise Encrypted(file=path.name)
        case "harmful":
            raise Harmful(file=path.name, reason=line["reason"])
        case "too-many-rows":
            raise TooManyRows(
                file=path.name, sheet=line["sheet"], found=line["found"], limit=line["limit"]
            )
        case "too-many-columns":
            raise TooManyColumns(
                file=path.name, sheet=line["sheet"], found=line["found"], limit=line["limit"]
            )
        case _:
            raise Damaged(file=path.name, reason="damaged")
