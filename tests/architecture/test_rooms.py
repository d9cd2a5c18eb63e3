"""Who may import whom: the rooms of the house keep their doors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "hazardctl"
# What a room may import of the others (errors, which imports nothing, is open to all).
MAY_IMPORT = {
    "errors": set(),
    "domain": set(),
    "data": set(),
    "text": set(),
    "store": {"domain"},
    "ledger": {"domain", "store"},
    "intake": {"domain", "data"},
    "render": {"domain", "text"},
    "cli": {"domain", "data", "text", "store", "ledger", "intake", "render"},
}
# Libraries that stay in one room: the database, the spreadsheets, the papers, the terminal.
ONLY_IN = {
    "sqlmodel": {"store"},
    "sqlalchemy": {"store"},
    "sqlite3": {"store"},
    "python_calamine": {"intake"},
    "charset_normalizer": {"intake"},
    "xlsxwriter": {"render"},
    "docx": {"render"},
    "jinja2": {"render"},
    "rich": {"render"},
    "typer": {"cli"},
    "platformdirs": {"cli"},
    "zhconv": {"data"},
    "chinese_calendar": {"data"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 350  # lines; the files people like to read are shorter


def room(path: Path) -> str:
    """The room that a module stands in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    here = room(path)
    if here not in MAY_IMPORT:  # the package itself, and `python -m`
        return
    for name in imported(path):
        top, *rest = name.split(".")
        if top == "hazardctl" and rest and rest[0] in MAY_IMPORT:
            assert rest[0] in {here, "errors"} | MAY_IMPORT[here], name
        assert here in ONLY_IN.get(top, {here}), name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_prints_or_grows_long(path: Path) -> None:
    text = path.read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    assert "print" not in [getattr(call.func, "id", None) for call in calls]
    assert text.count("\n") <= LONGEST


def test_nothing_below_the_command_line_reads_a_clock() -> None:
    clocks = {"today", "now", "utcnow", "time"}
    for path in MODULES:
        if room(path) in ("domain", "ledger", "store", "render"):
            attributes = {
                node.attr
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in ("date", "datetime", "time")
            }
            assert not attributes & clocks, path.name
