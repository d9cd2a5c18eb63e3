"""Where a ledger stands: in a file, or in a database on a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SCHEMES = frozenset({"postgresql", "postgres"})


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a server; its URL never holds a password (`libpq` finds that elsewhere)."""

    url: str

    def __str__(self) -> str:
        return self.url


Place = Path | Server
