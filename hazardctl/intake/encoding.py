"""In which encoding a text file is written: by its mark, by strict UTF-8, by GB18030."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path
from typing import BinaryIO

from hazardctl.intake.refusals import DoubtfulEncoding, UnknownEncoding, WrongEncoding

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAME = frozenset({"gb18030", "gbk", "gb2312", "hz"})
_SAMPLE = 1 << 15


def encoding_of(file: BinaryIO, path: Path, given: str | None) -> tuple[str, str]:
    """The encoding in which the whole file is valid, and the file's SHA-256.

    Raises UnknownEncoding if it is valid in none, WrongEncoding if not in the one `given`;
    DoubtfulEncoding if it looks like another: a Big5 file is valid GB18030, and nonsense.
    """
    if given is not None:
        return _given(file, path, given)
    beginning = file.read(4)
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return _given(file, path, name)
    is_valid, sha256 = _is_valid(file, "utf-8")
    if is_valid:
        return "utf-8", sha256
    if not _is_valid(file, "gb18030")[0]:
        raise UnknownEncoding(file=path.name)
    _ask_again(file, path)
    return "gb18030", sha256


def _given(file: BinaryIO, path: Path, name: str) -> tuple[str, str]:
    try:
        known = codecs.lookup(name)
    except LookupError:
        raise WrongEncoding(file=path.name, encoding=name) from None
    is_text = getattr(known, "_is_text_encoding", True)
    is_valid, sha256 = _is_valid(file, name) if is_text else (False, "")
    if not is_valid:
        raise WrongEncoding(file=path.name, encoding=name)
    return name, sha256


def _is_valid(file: BinaryIO, encoding: str) -> tuple[bool, str]:
    """Whether every byte fits, and the digest of them all."""
    file.seek(0)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    is_valid = True
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        if is_valid:
            try:
                decoder.decode(chunk)
            except UnicodeError:
                is_valid = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        is_valid = False
    return is_valid, digest.hexdigest()


def _ask_again(file: BinaryIO, path: Path) -> None:
    """A second opinion on the lines that are not ASCII."""
    from charset_normalizer import from_bytes  # takes 30 ms, and few files need it

    file.seek(0)
    lines: list[bytes] = []
    for line in file:
        if not line.isascii():
            lines.append(line[:_SAMPLE])
        if sum(map(len, lines)) >= _SAMPLE:
            break
    sample = b"".join(lines)
    best = from_bytes(sample).best()
    if best is None or best.encoding in _SAME:
        return
    line = lines[0]
    raise DoubtfulEncoding(
        file=path.name,
        one="gb18030",
        one_text=_beginning(line, "gb18030"),
        other=best.encoding,
        other_text=_beginning(line, best.encoding),
    )


def _beginning(line: bytes, encoding: str) -> str:
    return line.decode(encoding, errors="replace").strip()[:40]
