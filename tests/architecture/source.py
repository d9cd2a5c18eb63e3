"""The program's own source, read with `ast`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "hazardctl"


@dataclass(frozen=True)
class Module:
    """One module: its name under `hazardctl`, its text, its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room that it stands in: `store`, `cli`, `errors`."""
        return self.name.split(".")[0]

    @property
    def imports(self) -> list[tuple[str, bool]]:
        """The modules that it imports, and whether it does so for the type checker alone."""
        asides = {
            id(inner)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for inner in ast.walk(node)
        }
        return [
            (name, id(node) in asides) for node in ast.walk(self.tree) for name in imported_by(node)
        ]


def imported_by(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports; `from hazardctl import store` is `hazardctl.store`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        assert node.module is not None
        if node.module == "hazardctl":
            yield from (f"hazardctl.{alias.name}" for alias in node.names)
        else:
            yield node.module
    elif (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("import_module", "importlib.import_module")
        and isinstance(node.args[0], ast.JoinedStr)
        and isinstance(node.args[0].values[0], ast.Constant)
    ):
        yield str(node.args[0].values[0].value).rstrip(".")


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        text = path.read_text("utf-8")
        found.append(Module(name.removesuffix(".__init__"), text, ast.parse(text)))
    assert len(found) > 80
    return tuple(found)


def functions(module: Module) -> Iterator[ast.FunctionDef]:
    """Every function of a module."""
    yield from (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))
