"""The register as it is typed: `add`, `list`, `show`, `edit` of each kind, made from its fields."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hazardctl.cli import values
from hazardctl.cli.clock import actor, stamp, today
from hazardctl.cli.desk import Desk, in_one_line
from hazardctl.cli.gathered import Command, Param, spread
from hazardctl.cli.options import Limit, Numbers, Text, Texts
from hazardctl.cli.taxonomy import ceiling, taxonomy
from hazardctl.domain.asking import NAMED, Asked, fields_asked
from hazardctl.domain.credit_code import read_credit_code
from hazardctl.domain.hazard import Event
from hazardctl.domain.names import each_once
from hazardctl.domain.register import (
    CAMPAIGN,
    COUNTS,
    ENTERPRISE,
    FLAGS,
    INSPECTION,
    LISTS,
    MONEY,
    PENALTY,
    REFERRAL,
    Kind,
    Record,
)
from hazardctl.ledger import registering
from hazardctl.render import register as shown

_SINGULAR = {"aliases": "alias", "industries": "industry", "campaigns": "campaign", "kinds": "kind"}
_MOST = 1_000_000


def _typed(name: str) -> str:
    """A field as its option is called: `kinds` is given as `--kind`, once for each."""
    return _SINGULAR.get(name, name.removesuffix("_fen"))


def _option(name: str) -> Param:
    """The parameter of a field: its name, its type as Typer reads it, and its default."""
    typed = _typed(name)
    flag = f"--{typed.replace('_', '-')}"
    if name in FLAGS:
        return typed, Annotated[bool | None, typer.Option(f"{flag}/--no-{flag[2:]}")], None
    metavar = "DATE" if name.endswith("_on") else "N" if name in COUNTS else "TEXT"
    metavar = "YUAN" if name in MONEY else metavar
    kind: Any = Texts if name in LISTS else Text
    return typed, Annotated[kind, typer.Option(flag, metavar=metavar)], None


def _given(desk: Desk, kind: Kind, typed: Mapping[str, Any]) -> dict[str, object]:
    """The fields that were typed, as values; an empty text takes a value away."""
    given: dict[str, object] = {}
    for name in kind.fields:
        value = typed.get(_typed(name))
        if value is None or value == []:
            continue
        given[name] = _read(desk, kind, name, value) if value != "" else kind.defaults.get(name)
    return given


def _read(desk: Desk, kind: Kind, name: str, value: Any) -> object:
    """The value of a field from its text.

    Raises UnreadDay, NotOneOf, UnknownIndustry, NotANumberOf, UnreadAmount, WrongCreditCode.
    """
    option = f"--{_typed(name).replace('_', '-')}"
    if name in LISTS:
        texts = each_once(value)
        if name in kind.codes:
            return values.every_word(option, texts, kind.codes[name])
        if name == "industries":
            return tuple(taxonomy().named(text).slug for text in texts)
        return texts
    if name in FLAGS:
        return bool(value)
    if name.endswith("_on"):
        return values.day(value, today(desk))
    if name in COUNTS:
        return values.count(option, value, least=COUNTS[name], most=_MOST)
    if name in MONEY:
        return values.fen(value)
    if name == "industry":
        return taxonomy().named(value).slug
    if name == "credit_code":
        return read_credit_code(value)
    return values.one_of(option, value, kind.codes[name]) if name in kind.codes else value.strip()


def _adding(kind: Kind) -> Command:
    own = [name for name in kind.fields if name not in kind.settled | {"number", "name"}]
    options = [_option(name) for name in own]

    def add(context: typer.Context, **typed: Any) -> None:
        desk: Desk = context.obj
        actor(desk)
        confirmed = typed.pop("confirmed", False)
        done = registering.add(
            desk.place(making=True),
            stamp(desk),
            kind,
            _given(desk, kind, typed),
            ceiling=None if confirmed else ceiling(),
        )
        _told(desk, [done])

    return spread(add, [*_names_of(kind), *options, *_confirmed(kind)])


def _editing(kind: Kind) -> Command:
    own = [name for name in kind.fields if name not in kind.settled]
    options = [_option(name) for name in own]

    def edit(context: typer.Context, numbers: Any, **typed: Any) -> None:
        from hazardctl.domain.entering import correct

        desk: Desk = context.obj
        most = None if typed.pop("confirmed", False) else ceiling()
        given = _given(desk, kind, typed)
        who = stamp(desk)
        done = registering.act(
            desk.place(),
            who,
            kind,
            numbers,
            lambda record: correct(
                kind, record, who, corrections=given, ceiling=most, facts=_said(most)
            ),
        )
        _told(desk, done)

    return spread(edit, [("numbers", Numbers, _NEEDED), *options, *_confirmed(kind)])


def _listing(kind: Kind) -> Command:
    options: list[Param] = [
        (_typed(name), Annotated[Texts, typer.Option(f"--{_typed(name)}", metavar="TEXT")], None)
        for name in fields_asked(kind)
    ]
    if kind.day:
        options.append(("since", Annotated[Text, typer.Option("--since", metavar="DATE")], None))
        options.append(("until", Annotated[Text, typer.Option("--until", metavar="DATE")], None))
    if kind is ENTERPRISE:
        options.append(("retired", Annotated[bool, typer.Option("--retired")], False))
    options.append(("text", Annotated[Texts, typer.Option("--text", metavar="TEXT")], None))

    def list_(context: typer.Context, limit: Any = None, **typed: Any) -> None:
        desk: Desk = context.obj
        asked = _asked(desk, kind, typed)
        most = values.count("--limit", limit)
        found = registering.listing(desk.place(), kind, asked, limit=most)
        desk.say(shown.many(kind, found, desk.words, taxonomy()))

    return spread(list_, [*options, ("limit", Limit, None)])


def _asked(desk: Desk, kind: Kind, typed: Mapping[str, Any]) -> Asked:
    """What was asked of a list; raises UnknownIndustry, NotOneOf, UnreadDay."""
    wanted: dict[str, tuple[str, ...]] = {}
    for name in fields_asked(kind):
        texts = typed[_typed(name)]
        if not texts:
            continue
        if name in NAMED:
            wanted[name] = tuple(texts)
        elif name in kind.codes:
            wanted[name] = values.every_word(f"--{_typed(name)}", texts, kind.codes[name])
        else:
            slugs = [s for text in texts for s in taxonomy().family(taxonomy().named(text).slug)]
            wanted[name] = tuple(dict.fromkeys(slugs))
    return Asked(
        values=wanted,
        since=values.day(typed.get("since"), today(desk)),
        until=values.day(typed.get("until"), today(desk)),
        retired=typed.get("retired", False),
        text=tuple(typed["text"] or ()),
    )


def _showing(kind: Kind) -> Command:
    def show(context: typer.Context, number: Any) -> None:
        desk: Desk = context.obj
        told = registering.one(desk.place(), kind, number)
        desk.say(shown.one(kind, told, desk.words, taxonomy()))

    number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)]
    return spread(show, [("number", number, _NEEDED)])


def _told(desk: Desk, done: list[registering.Entered]) -> None:
    """Say what was saved, and which enterprises were registered on the way."""
    desk.saved += [one.number for one in done]
    desk.say(shown.done(done, desk.words, taxonomy()))
    for number, name in dict.fromkeys(pair for one in done for pair in one.newcomers):
        desk.tell("said", "registered-as-it-comes", number=number, name=in_one_line(name))


def _said(most: Any) -> dict[str, object]:
    """What is kept of a fine that was said to be right above the legal range."""
    return {} if most else {"confirmed": True}


def _names_of(kind: Kind) -> list[Param]:
    if "name" not in kind.fields:
        return []
    return [("name", Annotated[Text, typer.Argument(metavar="NAME")], None)]


def _confirmed(kind: Kind) -> list[Param]:
    """A fine above the legal range is taken if it is said to be right."""
    if kind is not PENALTY:
        return []
    return [("confirmed", Annotated[bool, typer.Option("--confirmed")], False)]


_NEEDED = inspect.Parameter.empty

enterprise_add, campaign_add, inspection_add, penalty_add, referral_add = map(
    _adding, (ENTERPRISE, CAMPAIGN, INSPECTION, PENALTY, REFERRAL)
)
enterprise_edit, campaign_edit, inspection_edit, penalty_edit, referral_edit = map(
    _editing, (ENTERPRISE, CAMPAIGN, INSPECTION, PENALTY, REFERRAL)
)
enterprise_list, campaign_list, inspection_list, penalty_list, referral_list = map(
    _listing, (ENTERPRISE, CAMPAIGN, INSPECTION, PENALTY, REFERRAL)
)
enterprise_show, campaign_show, inspection_show, penalty_show, referral_show = map(
    _showing, (ENTERPRISE, CAMPAIGN, INSPECTION, PENALTY, REFERRAL)
)


def referral_step(
    context: typer.Context,
    numbers: Numbers,
    to: Annotated[Text, typer.Option("--to", metavar="STATE")] = None,
    police: Annotated[Text, typer.Option("--police", metavar="NAME")] = None,
    outcome: Annotated[Text, typer.Option("--outcome", metavar="TEXT")] = None,
    doc_no: Annotated[Text, typer.Option("--doc-no", metavar="TEXT")] = None,
    note: Annotated[Text, typer.Option("--note", metavar="TEXT")] = None,
    on: Annotated[Text, typer.Option("--on", metavar="DATE")] = None,
) -> None:
    """Move a referral on by one step."""
    from hazardctl.domain.referring import advance
    from hazardctl.domain.register import Referral, ReferralState
    from hazardctl.errors import MissingOptions

    desk: Desk = context.obj
    if to is None:
        raise MissingOptions(options=["--to"])
    state = values.one_of("--to", to, ReferralState)
    who = stamp(desk, on)
    facts = {"doc_no": doc_no, "note": note}
    more = {"police": police, "outcome": outcome}
    changes = {name: value for name, value in more.items() if value}

    def advanced(record: Record) -> list[Event]:
        assert isinstance(record, Referral)
        return [advance(record, who, to=state, facts=facts, changes=changes)]

    _told(desk, registering.act(desk.place(), who, REFERRAL, numbers, advanced))
