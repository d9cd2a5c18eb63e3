"""Options that belong together: declared once, and handed to a command as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from hazardctl.cli.desk import Desk

Command = Callable[..., None]


def gathered(
    name: str, declared: Command, read: Callable[[Desk, dict[str, Any]], object]
) -> Callable[[Command], Command]:
    """A command with the `declared` options where it has that name; it is handed what is read."""
    parts = inspect.signature(declared, eval_str=True).parameters

    def with_them(command: Command) -> Command:
        @wraps(command)
        def run(context: typer.Context, **given: Any) -> None:
            typed = {part: given.pop(part) for part in parts}
            command(context, **{name: read(context.obj, typed)}, **given)

        context, *own = inspect.signature(command, eval_str=True).parameters.values()
        spread = [each for one in own for each in (parts.values() if one.name == name else [one])]
        named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in spread]
        untyped: Any = run
        untyped.__signature__ = inspect.Signature([context, *named])
        untyped.__annotations__ = {one.name: one.annotation for one in (context, *named)}
        return run

    return with_them
