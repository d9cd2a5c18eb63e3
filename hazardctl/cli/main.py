"""The program: what is typed goes in, an exit status comes out, and every error stops here."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from hazardctl import __version__
from hazardctl.cli import interrupts
from hazardctl.cli.desk import Desk
from hazardctl.cli.endings import cut_short, explained, interrupted
from hazardctl.cli.table import Commands, typed_as
from hazardctl.errors import (
    Busy,
    Exit,
    HazardctlError,
    MissingOptions,
    OlderLedger,
    Unreachable,
    Unsettled,
)
from hazardctl.store.refusals import Overtaken
from hazardctl.text import Words

TIMES, PAUSE = (
    8,
    0.02,
)  # how often a change that was overtaken is tried; the first pause, in seconds
# Options that may stand anywhere on the line; they are moved to its front.
_VALUED = {
    "--ledger": "--ledger",
    "--as": "--as",
    "--lang": "--lang",
    "--today": "--today",
    "--format": "--format",
    "-f": "--format",
    "--request-id": "--request-id",
    "--output": "--output",
    "-o": "--output",
}
_FLAGS = frozenset({"--no-input"})
_SHORT = tuple(name for name in _VALUED if len(name) == 2)  # their value may follow at once
_STREAMS = ("stdin", "stdout", "stderr")


def main() -> None:
    """The program, from its start to its end."""
    _mend_streams()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)  # a command is short; nothing it reads is garbage
    try:
        interrupts.listen()
        status = run(sys.argv[1:])
        interrupts.listen_no_more()
    except KeyboardInterrupt:  # before anything was begun, or after a question was answered
        status = int(Exit.INTERRUPTED)
    # `python -m` ends by the signal, whatever the status, if a Ctrl-C struck in a text that was
    # executed, as dataclasses do; the next text makes it forget.
    exec("")
    sys.exit(status)


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
    try:
        return _done(desk, args)
    except (KeyboardInterrupt, typer.Abort):
        return interrupted(desk)
    except Exception as fault:
        if interrupts.struck(fault):
            return interrupted(desk)
        if isinstance(fault, Unsettled):
            reason = fault.facts["reason"]
            return cut_short(desk, Unreachable(**fault.facts), reason=reason)
        if isinstance(fault, HazardctlError):
            return desk.complain(fault)
        if (told := explained(desk, fault)) is None:
            raise
        return desk.complain(told)


def _done(desk: Desk, args: Sequence[str]) -> int:
    """Run the command, and again once what stood in its way is mended; returns the exit status.

    Raises what it says no to, and KeyboardInterrupt or Abort if it is stopped.
    """
    overtaken = 0
    while True:
        try:
            status = root(desk.words).main(
                args, prog_name="hazardctl", standalone_mode=False, obj=desk
            )
            if status == Exit.INTERRUPTED:
                raise KeyboardInterrupt
            return status if isinstance(status, int) else int(desk.exit)
        except OlderLedger:
            _upgrade(desk)
            continue
        except Overtaken as fault:
            overtaken += 1
            _wait(desk, fault, overtaken)
            continue
        except MissingOptions as error:
            missing = error
        except typer.TyperException as error:
            if (param := getattr(error, "param", None)) is None:
                return _misused(desk, error)
            missing = MissingOptions(options=[typed_as(param)])
        if not desk.is_terminal:
            raise missing
        args = _answered(args, missing, desk)


def _wait(desk: Desk, fault: Overtaken, times: int) -> None:
    """Let others pass, each time for longer, before the same is asked again; raises Busy."""
    import random

    if times == TIMES:
        raise Busy(**fault.facts, seconds=round(PAUSE * 2**times)) from fault
    if desk.request:  # it is the same request, whatever became of it
        desk.typed = {**desk.typed, "--request-id": desk.request.id}
    time.sleep(random.random() * PAUSE * 2**times)


def _upgrade(desk: Desk) -> None:
    """Bring a ledger of an earlier program up to this one, before the change that is asked.

    Raises NotOnAServer: no earlier program kept one there.
    """
    from hazardctl.cli.clock import stamp
    from hazardctl.cli.taxonomy import taxonomy
    from hazardctl.ledger.upgrading import upgrade

    if copy := upgrade(desk.path(), stamp(desk), taxonomy()):
        desk.tell("said", "upgraded", path=str(desk.path()), copy=str(copy))


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
    request_id: Annotated[str | None, typer.Option("--request-id", metavar="ID")] = None,
    no_input: Annotated[bool, typer.Option("--no-input")] = False,
    format: Annotated[str | None, typer.Option("--format", "-f", metavar="FORMAT")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_version)] = False,
) -> None:
    """The options that stand everywhere: `hoisted` has read them, here the help learns of them."""
