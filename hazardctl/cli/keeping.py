"""Beginning a ledger and setting its rules, as they are typed."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import settings
from hazardctl.cli.clock import stamp
from hazardctl.cli.desk import Desk
from hazardctl.domain.rules import Rules, read_rule
from hazardctl.errors import NoLedger, PasswordInUrl, UnknownSetting, Unreachable, UnsupportedLedger
from hazardctl.ledger import reading, writing
from hazardctl.render import config
from hazardctl.store import served
from hazardctl.store.refusals import HalfCopied, PostgresNotInstalled, UnreadUrl

# Where there is no ledger to tell its rules, the settings are told all the same.
NOWHERE = (
    NoLedger,
    Unreachable,
    UnsupportedLedger,
    PasswordInUrl,
    HalfCopied,
    UnreadUrl,
    PostgresNotInstalled,
)


def init(
    context: typer.Context,
    prefix: Annotated[str, typer.Option("--prefix", metavar="PREFIX")] = "YH",
    roles: Annotated[bool, typer.Option("--roles")] = False,
) -> None:
    """Begin a ledger, or print the SQL of the role that works with one on a server."""
    desk: Desk = context.obj
    if roles:
        desk.pour([served.roles().encode()], "roles.sql", otherwise="roles", is_text=True)
        return
    rules = Rules(prefix=read_rule("prefix", prefix))
    path = desk.place(making=True)
    writing.begin(path, stamp(desk), rules)
    desk.saved.append(str(path))
    desk.say(config.told(desk.words, "ledger-begun", path=str(path), prefix=rules.prefix))


def config_show(context: typer.Context) -> None:
    """Every setting with its origin."""
    desk: Desk = context.obj
    kept = [
        (name, settings.setting(name, desk.typed.get(f"--{name}"))) for name in settings.ENVIRONMENT
    ]
    rows = [(name, settings.masked(one.value or "") or None, one.origin) for name, one in kept]
    try:
        rules = reading.rules(desk.place())
    except NOWHERE:
        rules = None
    desk.say(config.answer(rows, rules, desk.words))


def config_set(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    value: Annotated[str, typer.Argument(metavar="VALUE", show_default=False)],
) -> None:
    """Set a personal setting or a rule of the ledger."""
    desk: Desk = context.obj
    if name in settings.PERSONAL:
        settings.check(name, value)
        settings.keep_personal(name, value)
    elif name in Rules.names():
        writing.set_rules(desk.place(), stamp(desk), {name: read_rule(name, value)})
    else:
        raise UnknownSetting(name=name, names=[*settings.PERSONAL, *Rules.names()])
    desk.saved.append(name)
    desk.say(config.told(desk.words, "set", name=name, value=value))
