"""Rules and words that differ by place or year, kept as TOML and read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of `<name>.toml` in this folder; whoever reads it must not change it."""
    import tomllib  # a command that needs no data does not pay for the parser

    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def industries() -> tuple[Mapping[str, Any], ...]:
    """The rows of the taxonomy in reading order, each with its slug."""
    return tuple({"slug": slug, **row} for slug, row in load("industries").items())
