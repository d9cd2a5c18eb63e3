"""How settings are shown, each with its origin."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl.domain.rules import Rules
from hazardctl.render.sheet import Answer, Column, Sheet, coded
from hazardctl.text import Words


def answer(
    settings: Sequence[tuple[str, str | None, str]], rules: Rules | None, words: Words
) -> Answer:
    """Every setting, personal ones first, then the rules of the ledger if there is one."""
    kept = (
        [(name, _typed(value), "ledger") for name, value in rules._asdict().items()]
        if rules
        else []
    )
    records = [{"name": name, "value": value, "origin": origin} for name, value, origin in settings]
    records += [{"name": name, "value": value, "origin": origin} for name, value, origin in kept]
    said = words.catalog("labels")
    columns = tuple(
        Column(name, said["config"][name], kept=True) for name in ("name", "value", "origin")
    )
    rows = [[one["name"], one["value"], said["origins"][str(one["origin"])]] for one in records]
    return Answer(
        data=lambda: records,
        sheets=lambda: [Sheet(title="", columns=columns, rows=rows)],
        records=lambda: records,
        coded=lambda: coded(records),
    )


def told(words: Words, key: str, /, **facts: object) -> Answer:
    """One sentence on what was done; its facts as JSON."""
    return Answer(
        data=lambda: facts,
        coded=lambda: coded([facts]),
        text=lambda: words.say("said", key, **facts),
    )


def _typed(value: object) -> str:
    """A rule as `config set` takes it."""
    return str(int(value)) if isinstance(value, bool) else str(value)
