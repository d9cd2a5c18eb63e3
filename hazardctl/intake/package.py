"""The zip package of a workbook: what its sender claims, and what the reader would not say."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path, PurePosixPath
from typing import IO

from hazardctl.intake.refusals import Damaged, Encrypted, Harmful, NotATable, TooLarge

UNPACKED, ENTRY = 300, 200  # MiB
RATIO, ENTRIES = 200, 5_000

_CHUNK = 1 << 20
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack more at once than they say
# What the zip module raises at damaged packages, as found by changing bytes at random.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    OverflowError,
)
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\0!\0D\0O\0C\0T\0Y\0P\0E|\0<\0!\0D\0O\0C\0T\0Y\0P\0E")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\s[^>]*date1904\s*=\s*["'](?:1|true)""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\shidden\s*=\s*["'](?:1|true)""")
# A cell with an error, and a cell with a formula that was never calculated.
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*?\bt\s*=\s*["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""",
    re.DOTALL,
)
_UNCALCULATED = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"""
)

Bad = dict[int, dict[int, str]]


class Package:
    """A workbook that was looked over: its format, and where its sheets are if that can be told."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive, self._path = archive, path
        self.format = _format(archive, path)
        self.is_1904 = False
        self.sheets: Mapping[str, str] | None = None
        if self.format == "xlsx":
            workbook = self._read("xl/workbook.xml")
            self.is_1904 = bool(_1904.search(workbook))
            self.sheets = self._places(workbook)
        self._scanned: dict[str, tuple[Bad, int]] = {}

    def scan_first(self) -> None:
        """Scan the first sheet ahead of time."""
        for name in self.sheets or ():
            self.scan(name)
            break

    def scan(self, name: str) -> tuple[Bad, int]:
        """The cells that the reader gives as empty, by row and column; how many rows are hidden."""
        if name not in self._scanned:
            entry = (self.sheets or {}).get(name)
            self._scanned[name] = _scan(self._chunks(entry)) if entry else ({}, 0)
        return self._scanned[name]

    def _places(self, workbook: bytes) -> Mapping[str, str] | None:
        targets = {}
        for tag in _RELATION.findall(self._read("xl/_rels/workbook.xml.rels")):
            attributes = _attributes(tag)
            target = attributes.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id")] = str(PurePosixPath(inside))
        sheets = {}
        for tag in _SHEET.findall(workbook):
            attributes = _attributes(tag)
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), None)
            sheets[attributes.get("name", "")] = targets.get(relation, "")
        entries = set(self._archive.namelist())
        return sheets if sheets and entries.issuperset(sheets.values()) else None

    def _read(self, entry: str) -> bytes:
        """The beginning of an entry; nothing if there is none."""
        return next(self._chunks(entry), b"") if entry in self._archive.namelist() else b""

    def _chunks(self, entry: str) -> Iterator[bytes]:
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN:
            raise Damaged(file=self._path.name, reason="damaged") from None


def look_over(file: IO[bytes], path: Path) -> Package:
    """Refuses a package that no spreadsheet program would write; these are claims, not limits."""
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN:
        raise Damaged(file=path.name, reason="damaged") from None
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise Harmful(file=path.name, reason="entries")
    if len({entry.filename for entry in entries}) < len(entries):
        raise Harmful(file=path.name, reason="duplicates")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED << 20:
        raise TooLarge(file=path.name, found=unpacked >> 20, limit=UNPACKED)
    for entry in entries:
        if entry.file_size > ENTRY << 20:
            raise TooLarge(file=path.name, found=entry.file_size >> 20, limit=ENTRY)
        if entry.file_size > max(_CHUNK, RATIO * entry.compress_size):
            raise Harmful(file=path.name, reason="ratio")
        if entry.flag_bits & 1:
            raise Encrypted(file=path.name)
        if entry.compress_type not in _PLAIN:
            raise Harmful(file=path.name, reason="compression")
    package = Package(archive, path)
    if package.format == "ods" and b"encryption-data" in package._read("META-INF/manifest.xml"):
        raise Encrypted(file=path.name)
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            beginning = next(package._chunks(entry.filename), b"")
            if _DOCTYPE.search(beginning[: 1 << 16]):
                raise Harmful(file=path.name, reason="doctype")
    return package


def _format(archive: zipfile.ZipFile, path: Path) -> str:
    names = {name.lower() for name in archive.namelist()}
    for entry, told in (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb")):
        if entry in names:
            return told
    if {"content.xml", "mimetype"} <= names:
        return "ods"
    raise NotATable(file=path.name, format="docx" if "word/document.xml" in names else "zip")


def _attributes(tag: bytes) -> dict[str, str]:
    text = tag.decode("utf-8", errors="replace")
    return {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


def _scan(chunks: Iterator[bytes]) -> tuple[Bad, int]:
    bad: Bad = {}
    hidden = 0
    kept = formula = b""
    for chunk in chunks:
        text = kept + chunk
        if not formula:  # how this sheet is written shows in its beginning
            formula = b":f" if b":worksheet" in text[:4096] else b"<f"
            error = b"'e'" if b" r='" in text else b'"e"'
        end = text.rfind(b"</row>") + 1 or len(text)  # a row is looked at whole
        text, kept = text[:end], text[end:]
        if error in text:
            for found in _ERROR.finditer(text):
                _note(bad, found[1], found[2].decode("utf-8", errors="replace"))
        if formula in text:
            for found in _UNCALCULATED.finditer(text):
                if b't="str"' not in found[1]:
                    _note(bad, found[1], "")
        if b"hidden" in text:
            hidden += len(_HIDDEN.findall(text))
    return bad, hidden


def _note(bad: Bad, attributes: bytes, text: str) -> None:
    if place := re.search(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""", attributes):
        column = 0
        for letter in place[1]:
            column = column * 26 + letter - 64
        bad.setdefault(int(place[2]), {})[column - 1] = text
