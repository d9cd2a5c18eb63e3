"""The verbs about evidence files: list them, find one, prove them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from hazardctl.domain.finding import Finding
from hazardctl.errors import (
    AmbiguousEvidence,
    FolderNeeded,
    NoEvidence,
    NotANumber,
    NotEvidence,
    UnknownEvidence,
)
from hazardctl.store import attached, evidence, questions
from hazardctl.store.evidence import File
from hazardctl.store.opening import reading
from hazardctl.store.place import Place

Record = dict[str, Any]
_DIGITS = re.compile("[0-9a-f]{8,64}")


def listing(path: Place, number: str | None) -> list[Record]:
    """The files of one hazard, or of the whole ledger; raises as `reading.hazard` does."""
    with reading(path) as book:
        if number is None:
            return attached.every(book.ask)
        return attached.of_hazard(book.ask, questions.found(book.ask, number))


def proof(path: Place, number: str | None) -> tuple[int, list[Finding]]:
    """How many files there are, and a finding for each that is not what was attached."""
    files = [attached.file(record) for record in listing(path, number)]
    return len(files), list(evidence.damaged(path, files))


def found(path: Place, what: str, *, several: bool) -> list[File]:
    """The files that a SHA-256, the beginning of one, or a hazard's number means; each once.

    Raises NotEvidence, UnknownEvidence, AmbiguousEvidence, NoEvidence, UnknownNumber,
    AmbiguousNumber; FolderNeeded unless there may be `several`.
    """
    text = what.strip()
    is_hash = _DIGITS.fullmatch(text.lower())
    files = _hashed(path, text.lower()) if is_hash else _of(path, text)
    if len(files) > 1 and not several:
        raise FolderNeeded(number=files[0].number, fits=[file.sha256 for file in files])
    return files


def _hashed(path: Place, digits: str) -> list[File]:
    with reading(path) as book:
        files = _each_once(attached.of_digest(book.ask, digits))
    if not files:
        raise UnknownEvidence(sha256=digits)
    if len(files) > 1:
        raise AmbiguousEvidence(sha256=digits, fits=[file.sha256 for file in files])
    return files


def _of(path: Place, number: str) -> list[File]:
    with reading(path) as book:
        try:
            ident = questions.found(book.ask, number)
        except NotANumber:
            raise NotEvidence(text=number) from None
        files = _each_once(attached.of_hazard(book.ask, ident))
        if not files:
            raise NoEvidence(number=questions.number(book.ask, number))
    return files


def _each_once(records: list[Record]) -> list[File]:
    once: dict[str, File] = {}
    for record in records:
        once.setdefault(record["sha256"], attached.file(record))
    return list(once.values())


def contents(path: Place, files: list[File]) -> Iterator[tuple[File, Iterator[bytes]]]:
    """Each file with its content in parts, once all of them are proven; none if one is not.

    Raises EvidenceDamaged; so do the parts, if a file is changed in between.
    """
    for file in files:
        deque(evidence.parts(path, file), maxlen=0)
    for file in files:
        yield file, evidence.parts(path, file)
