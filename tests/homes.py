"""Where the ledgers of a test stand: in files of a folder, or in databases on the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest

from hazardctl.store import served
from hazardctl.store.opening import reading
from hazardctl.store.place import Place, Server
from tests.servers import database, template

Held = TypeVar("Held")
ENGINES = ("sqlite", "postgresql")
_ASKED_LESS = pytest.mark.only_on("sqlite", "a server takes ten times as long for a question")


def seeds(count: int, *, on_a_server: int) -> list[Any]:
    """What so many ledgers are drawn with, and fewer of them where each takes longer."""
    return [
        pytest.param(seed, marks=[] if seed < on_a_server else [_ASKED_LESS])
        for seed in range(count)
    ]


@dataclass(frozen=True)
class Home:
    """A folder for the files of a test, and places for its ledgers, each by a name."""

    engine: str
    folder: Path
    _open: ExitStack
    _places: dict[str, Place] = field(default_factory=dict)

    def ledger(self, name: str = "ledger") -> Place:
        """Where the ledger of that name is, or is to be."""
        if name not in self._places:
            self._places[name] = (
                self.folder / f"{name}.db"
                if self.engine == "sqlite"
                else self._open.enter_context(database(template()))
            )
        return self._places[name]

    def until_the_end(self, context: AbstractContextManager[Held]) -> Held:
        """What is held until there is no such home any more."""
        return self._open.enter_context(context)

    def copy(self, original: Place, name: str = "ledger") -> Place:
        """The ledger of that name is a copy of another one, with all that stands beside it."""
        if isinstance(original, Server):
            copied = self._open.enter_context(database(urlsplit(original.url).path[1:]))
            return self._places.setdefault(name, copied)
        copytree(original.parent, self.folder, dirs_exist_ok=True)
        return (self.folder / original.name).rename(self.folder / f"{name}.db")


@contextmanager
def a_home(engine: str, folder: Path) -> Iterator[Home]:
    """A home whose databases are gone at the end; skips the test if there is no server."""
    with ExitStack() as stack:
        yield Home(engine, folder, stack)


def kept(place: Place) -> object:
    """All that a ledger is and what stands beside it: what must be as it was after a refusal."""
    if isinstance(place, Path):
        return {
            str(path.relative_to(place.parent)): path.read_bytes() if path.is_file() else None
            for path in sorted(place.parent.rglob("*"))
        }
    with reading(place) as book:
        rows = {table: book.ask(f"SELECT * FROM {table}") for table in sorted(served.tables())}
        return {table: sorted(map(repr, told)) for table, told in rows.items()}, book.objects()
