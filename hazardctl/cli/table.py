"""The map of the tool: every command, where it lives, and how it is loaded when typed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath
from typing import Any, NamedTuple

import typer
from typer._coercion import RuntimeParam  # see `AsTyped`
from typer.core import TyperCommand, TyperGroup

from hazardctl.domain.door import admitted
from hazardctl.domain.names import sameness
from hazardctl.errors import BlankText, NothingToRepeat, UnknownFormat
from hazardctl.text import Words

BASIC = ("table", "csv", "json", "ndjson", "plain")
SHEETS = (*BASIC, "xlsx")
PAPERS = (*SHEETS, "md", "html", "docx")


class Entry(NamedTuple):
    """One command: its function as `module:name`, and the formats that it answers in."""

    place: str
    formats: tuple[str, ...] = BASIC
    writes: bool = False  # it changes the ledger
    saves: bool = False  # it makes a file, or a ledger of one, and writes no event

    def usual(self, output: str | None) -> str:
        """The format of an answer that was asked in none: a table, where there is one.

        Else the one that the file is named for, be it one that this command does not have; else
        the first.
        """
        if "table" in self.formats:
            return "table"
        suffix = PurePath(output or "").suffix[1:].lower()
        named = "ndjson" if suffix == "jsonl" else suffix
        return named if named in PAPERS else self.formats[0]


COMMANDS: Mapping[str, Entry] = {
    "add": Entry("adding:add", writes=True),
    "assign": Entry("steps:assign", writes=True),
    "accept": Entry("steps:accept", writes=True),
    "progress": Entry("steps:progress", writes=True),
    "submit": Entry("steps:submit", writes=True),
    "verify": Entry("steps:verify", writes=True),
    "reject": Entry("steps:reject", writes=True),
    "close": Entry("steps:close", writes=True),
    "reopen": Entry("exits:reopen", writes=True),
    "lookback": Entry("looking_back:lookback", PAPERS, writes=True),
    "void": Entry("exits:void", writes=True),
    "transfer": Entry("exits:transfer", writes=True),
    "edit": Entry("adding:edit", writes=True),
    "extend request": Entry("extending:request", writes=True),
    "extend approve": Entry("extending:approve", writes=True),
    "extend refuse": Entry("extending:refuse", writes=True),
    "show": Entry("showing:show", PAPERS),
    "log": Entry("showing:log", SHEETS),
    "list": Entry("listing:list_", PAPERS),
    "report": Entry("reporting:report", PAPERS),
    "alerts": Entry("alerting:alerts", PAPERS),
    "evidence list": Entry("evidence:list_", SHEETS),
    "evidence get": Entry("evidence:get", SHEETS),
    "evidence verify": Entry("evidence:verify", SHEETS),
    **{
        f"{kind} {verb}": Entry(f"register:{kind}_{verb}", formats, writes=verb in ("add", "edit"))
        for kind in ("enterprise", "campaign", "inspection", "penalty", "referral")
        for verb, formats in (("add", BASIC), ("list", PAPERS), ("show", PAPERS), ("edit", BASIC))
    },
    "referral step": Entry("register:referral_step", writes=True),
    "import": Entry("importing:import_", writes=True),
    "export": Entry("exporting:export", ("csv", "json", "ndjson", "xlsx")),
    "template": Entry("exporting:template", ("xlsx",)),
    "industries": Entry("reporting:industries", SHEETS),
    "check": Entry("checking:check"),
    "digest": Entry("checking:digest", ("table", "json")),
    "backup": Entry("copying:backup", saves=True),
    "restore": Entry("copying:restore", saves=True),
    "copy": Entry("copying:copy"),
    "init": Entry("keeping:init", writes=True),
    "config show": Entry("keeping:config_show"),
    "config set": Entry("keeping:config_set", writes=True),
}


class AsTyped(RuntimeParam):
    """A parameter that stays the text it was typed as, once it may enter.

    Typer makes a pydantic adapter for every parameter, and pydantic alone costs as much as the
    rest of a reading command; words become values in `values`, with errors of our own.
    """

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        if isinstance(value, bool):
            return value
        name = typed_as(param)
        texts = [admitted(text, name) for text in ([value] if isinstance(value, str) else value)]
        if ctx.command.name != "edit" and any(not sameness(text) for text in texts):
            raise BlankText(option=name)
        return texts[0] if isinstance(value, str) else texts


def typed_as(param: Any) -> str:
    """What a parameter is called on the command line: `--due`, `NUMBER`."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).strip("[].")
    return str(max(param.opts, key=len))


def as_typed(params: list[Any]) -> list[Any]:
    """The parameters of a command, in the place that Typer fills with an adapter of each."""
    for param in params:
        param._runtime_param = AsTyped(param.type_descriptor.parameter_info, str)
        if param.name == "help":
            param.callback = _helped
    return params


def _helped(ctx: Any, _param: Any, wanted: bool) -> None:
    """Print the help as an answer is printed: whoever reads it may go, the disk may be full."""
    if wanted and not ctx.resilient_parsing:
        ctx.find_root().obj.print(f"{ctx.get_help()}\n")
        ctx.exit()


def _is_given(value: object) -> bool:
    """Whether an option was typed: an empty text was, it takes something away."""
    return value is not None and value is not False and value != []


class Spoken(TyperCommand):
    """A command whose words come from the catalog of the language spoken."""

    key = ""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, its help among them, each as it was typed."""
        return as_typed(super().get_params(ctx))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the desk knows which it is, and what was given to it.

        Raises UnknownFormat, NothingToRepeat, CannotWrite before anything is done.
        """
        desk, entry = ctx.find_root().obj, COMMANDS[self.key]
        desk.usual = entry.usual(desk.typed.get("--output"))
        if desk.format not in entry.formats:
            raise UnknownFormat(format=desk.format, formats=list(entry.formats))
        if "--request-id" in desk.typed and not entry.writes:
            raise NothingToRepeat(command=self.key)
        desk.must_not_be_of_the_ledger(desk.typed.get("--output"))
        desk.command, desk.handed_in = self.key, []
        desk.given = {name: value for name, value in ctx.params.items() if _is_given(value)}
        return super().invoke(ctx)

    def spoken(self, words: Words, key: str) -> Spoken:
        """This command with its help in that language."""
        self.key = key
        said = words.catalog("help")
        self.help = said["commands"][key]
        self.epilog = said["everywhere"]
        options = said["options"]
        # What all commands of a group have in common is said once for the group.
        own = {**options["*"], **options.get(key.split()[0], {}), **options.get(key, {})}
        for param in self.params:
            if param.name != "help":
                untyped: Any = param
                untyped.help = own[param.name]
            if param.param_type_name == "argument":
                untyped.display_type_rich = _no_type
        return self


def _no_type(ctx: Any) -> None:
    """`list[str]` tells a reader of the help nothing."""


def load(key: str, words: Words) -> Spoken:
    """The command of that name, ready to be run."""
    module, name = COMMANDS[key].place.split(":")
    function = getattr(import_module(f"hazardctl.cli.{module}"), name)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name=key.split()[-1], cls=Spoken)(function)
    made = typer.main.get_command(app)
    assert isinstance(made, Spoken)
    return made.spoken(words, key)


class Commands(TyperGroup):
    """A group whose commands are loaded when they are typed; its help reads the table alone."""

    prefix = ""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, its help among them, each as it was typed."""
        return as_typed(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        keys = [key for key in COMMANDS if key.startswith(self.prefix)]
        return list(dict.fromkeys(key[len(self.prefix) :].split()[0] for key in keys))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or the group of commands under it."""
        key = self.prefix + cmd_name
        words: Words = ctx.find_root().obj.words
        if key in COMMANDS:
            return load(key, words)
        if any(other.startswith(f"{key} ") for other in COMMANDS):
            return group(key, words)
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in the help, one line each."""
        said = ctx.find_root().obj.words.catalog("help")["commands"]
        names = self.list_commands(ctx)
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(said[self.prefix + name])) for name in names])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The commands that begin so, told from the table alone."""
        from typer._click.shell_completion import CompletionItem

        names = self.list_commands(ctx)
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def group(key: str, words: Words) -> Commands:
    """The group of commands under a name."""
    made = Commands(name=key, help=words.catalog("help")["commands"][key], no_args_is_help=True)
    made.rich_markup_mode = None
    made.prefix = f"{key} "
    return made


def _summary(text: str) -> str:
    return text.split("\n", 1)[0]
