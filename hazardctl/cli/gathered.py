"""Options that belong together: declared once, and handed to a command as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
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

        _context, *own = inspect.signature(command, eval_str=True).parameters.values()
        each = [each for one in own for each in (parts.values() if one.name == name else [one])]
        return spread(run, [(one.name, one.annotation, one.default) for one in each])

    return with_them


# A parameter of a command: its name, its type as Typer reads it, and its default.
Param = tuple[str, Any, Any]


def spread(command: Command, params: Sequence[Param]) -> Command:
    """The command as if these were its parameters, after the context."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    named = [
        inspect.Parameter(name, keyword, annotation=annotation, default=default)
        for name, annotation, default in params
    ]
    context = inspect.Parameter(
        "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    untyped: Any = command
    untyped.__signature__ = inspect.Signature([context, *named])
    untyped.__annotations__ = {one.name: one.annotation for one in (context, *named)}
    return command
