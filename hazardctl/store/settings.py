"""What a ledger has set: its id, its rules, how senders' files are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hazardctl.domain.rules import Rules, rules_from
from hazardctl.store.conditions import Ask

if TYPE_CHECKING:
    from hazardctl.domain.mapping import SavedMapping


def settings(ask: Ask) -> dict[str, str]:
    """All that is set, by name."""
    return dict(ask("SELECT name, value FROM setting", ()))


def put(change: Callable[..., None], values: Mapping[str, str]) -> None:
    """Set these, whether they were set before or not."""
    for setting in values.items():
        change(
            "INSERT INTO setting (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            setting,
        )


def rules(ask: Ask) -> Rules:
    """The rules of this ledger."""
    return rules_from(settings(ask))


def mappings(ask: Ask) -> dict[str, SavedMapping]:
    """How senders' files are read, by the names that were given to it."""
    from hazardctl.domain.mapping import SETTING, read_mapping  # no figure is told by them

    kept = settings(ask).items()
    return {
        name.removeprefix(SETTING): read_mapping(text)
        for name, text in sorted(kept)
        if name.startswith(SETTING)
    }
