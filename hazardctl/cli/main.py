"""The program: what is typed goes in, an exit status comes out, and every error stops here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from hazardctl import __version__
from hazardctl.cli.desk import Desk
from hazardctl.cli.table import COMMANDS, Commands, typed_as
from hazardctl.errors import Exit, HazardctlError, MissingOptions, SavedUnsaid, UnknownFormat
from hazardctl.text import Words

# Options that may stand anywhere on the line; they are moved to its front.
_VALUED = {
    "--ledger": "--ledger",
    "--as": "--as",
    "--lang": "--lang",
    "--today": "--today",
    "--format": "--format",
    "-f": "--format",
    "--output": "--output",
    "-o": "--output",
}
_FLAGS = frozenset({"--no-input"})
_SHORT = tuple(name for name in _VALUED if len(name) == 2)  # their value may follow at once
_STREAMS = ("stdin", "stdout", "stderr")


def main() -> None:
    """The console script."""
    _mend_streams()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)  # a command is short; nothing it reads is garbage
    sys.exit(run(sys.argv[1:]))


def _mend_streams() -> None:
    """Put a stream that refuses every word in the place of one that was closed before we came.

    Python leaves None there, and the next file that is opened would take its number.
    """
    for number, name in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDONLY)  # nothing to read, and not to be written to
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit status."""
    typed, args = hoisted(arguments)
    try:
        desk = Desk(typed)
    except HazardctlError as error:
        desk = Desk({**typed, "--lang": "en"})
        return desk.complain(error)
    while True:
        try:
            status = root(desk.words).main(
                args, prog_name="hazardctl", standalone_mode=False, obj=desk
            )
            if status == Exit.INTERRUPTED:
                return _interrupted(desk)
            return status if isinstance(status, int) else int(desk.exit)
        except HazardctlError as error:
            refusal = error
        except typer.TyperException as error:
            if (param := getattr(error, "param", None)) is None:
                return _misused(desk, error)
            refusal = MissingOptions(options=[typed_as(param)])
        except (KeyboardInterrupt, typer.Abort):
            return _interrupted(desk)
        if not isinstance(refusal, MissingOptions) or not desk.is_terminal:
            return desk.complain(refusal)
        try:
            args = _answered(args, refusal, desk)
        except KeyboardInterrupt:
            return _interrupted(desk)


def _interrupted(desk: Desk) -> int:
    """The end of a command that was stopped; what it had saved by then is told."""
    if desk.saved:
        return desk.complain(SavedUnsaid(numbers=desk.saved, reason="interrupted"))
    return int(Exit.INTERRUPTED)


def _misused(desk: Desk, error: typer.TyperException) -> int:
    """What Typer says of a line it cannot read; its own words stay English."""
    context = getattr(error, "ctx", None)
    usage = f"{context.get_usage()}\n" if context and desk.format == "table" else ""
    message = error.format_message()
    told = message if message.startswith(usage) else usage + message  # help tells the usage itself
    desk.complain_in_words("usage", told, {})
    return int(Exit.USAGE)


def _answered(args: Sequence[str], error: MissingOptions, desk: Desk) -> list[str]:
    """The line with what was missing, asked of the person at the terminal."""
    options: list[str] = []
    words: list[str] = []
    wanted = error.facts["options"]
    assert isinstance(wanted, list)
    for option in wanted:
        said = desk.ask(option)
        if option.startswith("--"):
            options += [f"{option}={said}"]
        else:
            words += [said]
    end = list(args).index("--") if "--" in args else len(args)
    tail = [*args[end + 1 :], *words]
    return [*args[:end], *options, *(["--", *tail] if tail else [])]


def hoisted(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """What was typed for the options that stand everywhere, and the line with them in front."""
    typed: dict[str, str] = {}
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        name, equals, value = word.partition("=")
        if word[:2] in _SHORT and word[2:]:
            name, equals, value = word[:2], "=", word[2:].removeprefix("=")
        if word == "--":
            rest += [word, *waiting]
        elif word in _FLAGS:
            typed[word] = ""
            front.append(word)
        elif name in _VALUED:
            typed[_VALUED[name]] = value if equals else next(waiting, "")
            front += [_VALUED[name], typed[_VALUED[name]]]
        else:
            rest.append(word)
    return typed, [*front, *rest]


def root(words: Words) -> Any:
    """The root of the commands, in the language spoken."""
    app = typer.Typer(cls=Commands, rich_markup_mode=None, no_args_is_help=True)
    app.callback()(everywhere)
    made: Any = typer.main.get_command(app)
    said = words.catalog("help")
    made.help, made.epilog = said["root"], said["root_end"]
    for param in made.params:
        param.help = said["options"]["*"].get(param.name, param.help)
    return made


def _version(context: typer.Context, wanted: bool) -> None:
    if wanted:
        context.obj.print(f"hazardctl {__version__}\n")
        raise typer.Exit()


def everywhere(
    context: typer.Context,
    ledger: Annotated[str | None, typer.Option("--ledger", metavar="PATH|URL")] = None,
    as_: Annotated[str | None, typer.Option("--as", metavar="NAME")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="en|zh")] = None,
    today: Annotated[str | None, typer.Option("--today", metavar="DATE")] = None,
    no_input: Annotated[bool, typer.Option("--no-input")] = False,
    format: Annotated[str | None, typer.Option("--format", "-f", metavar="FORMAT")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version)] = False,
) -> None:
    """The options that stand everywhere: `hoisted` has read them, here the help learns of them."""
    _must_have_format(context)


def _must_have_format(context: typer.Context) -> None:
    """Raises UnknownFormat before anything is done, if the command has no such format."""
    desk: Desk = context.obj
    command = context.invoked_subcommand or ""
    formats = [
        form
        for key, entry in COMMANDS.items()
        if key.split()[0] == command
        for form in entry.formats
    ]
    if formats and desk.format not in formats:
        raise UnknownFormat(format=desk.format, formats=list(dict.fromkeys(formats)))
