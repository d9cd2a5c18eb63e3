"""Backups as nobody should make them: a good one taken apart and put together wrongly."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Parts = dict[str, bytes]


def taken_apart(backup: Path) -> Parts:
    """The parts of a backup, in their order."""
    with tarfile.open(backup) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]  # plain files


def put_together(path: Path, parts: Parts, *, form: int = tarfile.GNU_FORMAT) -> Path:
    """A tar of these parts."""
    with tarfile.open(path, "w", format=form) as tar:
        for name, content in parts.items():
            tar.addfile(header(name, len(content)), io.BytesIO(content))
    return path


def header(name: str, size: int = 0, **more: Any) -> tarfile.TarInfo:
    """The header of a part."""
    made = tarfile.TarInfo(name)
    made.size = size
    for key, value in more.items():
        setattr(made, key, value)
    return made


def listed(parts: Parts, **claims: Any) -> Parts:
    """The same parts with a manifest that fits them; `claims` are what else it says."""
    said = json.loads(parts["manifest.json"]) | claims
    members = {name: content for name, content in parts.items() if name != "manifest.json"}
    said["members"] = [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in members.items()
    ]
    return {"manifest.json": written(said), **members}


def written(manifest: dict[str, Any]) -> bytes:
    """A manifest as a backup has it."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def claiming(change: Callable[[dict[str, Any]], object]) -> Callable[[Path, Parts], object]:
    """A backup whose manifest is changed, and nothing else."""

    def forge(path: Path, parts: Parts) -> None:
        said = json.loads(parts["manifest.json"])
        change(said)
        put_together(path, {**parts, "manifest.json": written(said)})

    return forge


def amid(path: Path, parts: Parts, odd: tarfile.TarInfo, *, before: str | None = None) -> None:
    """A backup with one more member, before one of its parts or at the end."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for name, content in parts.items():
            if name == before:
                tar.addfile(odd, io.BytesIO(bytes(odd.size)))
            tar.addfile(header(name, len(content)), io.BytesIO(content))
        if before is None:
            tar.addfile(odd, io.BytesIO(bytes(odd.size)))


def instead(path: Path, parts: Parts, name: str, odd: tarfile.TarInfo) -> None:
    """A backup with another member in the place of one of its parts."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for own, content in parts.items():
            if own == name:
                tar.addfile(odd)
            else:
                tar.addfile(header(own, len(content)), io.BytesIO(content))
