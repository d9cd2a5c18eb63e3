"""The indexes of the hazards, laid aside while a ledger is first filled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hazardctl.store.speaking import Speaking

_MADE = (
    "SELECT name, sql FROM sqlite_schema"
    " WHERE type = 'index' AND tbl_name = 'hazard' AND sql IS NOT NULL ORDER BY rowid"
)


@contextmanager
def laid_aside(said: Speaking) -> Iterator[None]:
    """SQLite keeps no index of the hazards, and makes each again, as it was, when the block ends.

    To sort a million entries once is far less than to put each into its place. All this is within
    the transaction: nobody else ever sees the ledger without them. On a server they stay.
    """
    made = [] if said.is_server else said.ask(_MADE)
    for name, _ in made:
        said.change(f"DROP INDEX {name}")
    yield
    for _, sql in made:
        said.change(sql)
