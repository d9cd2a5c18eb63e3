"""The figures, and the industries that they are given by, as they are asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli.clock import seen_on
from hazardctl.cli.desk import Desk
from hazardctl.cli.filters import filtered
from hazardctl.cli.options import AsOf
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.figures import RATES
from hazardctl.domain.filter import Filter
from hazardctl.domain.report import FORMS, Question, Report, Row, is_same_row
from hazardctl.errors import Exit, NoSuchRow, NotOneOf, UnfitFilter
from hazardctl.ledger import reporting
from hazardctl.render import hazards
from hazardctl.render import report as shown
from hazardctl.render import taxonomy as tree
from hazardctl.render.sheet import Answer
from hazardctl.store.counting import GROUPS

FEW = 20  # hazards that a report lists below its figures


@filtered
def report(
    context: typer.Context,
    wanted: Filter,
    form: Annotated[str, typer.Argument(metavar="FORM", show_default=False)] = "summary",
    by: Annotated[str | None, typer.Option("--by", metavar="GROUP", show_default=False)] = None,
    as_of: AsOf = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="COLUMN[:ROW]", show_default=False)
    ] = None,
) -> None:
    """The figures, by industry or any other group."""
    desk: Desk = context.obj
    if form not in FORMS:
        raise NotOneOf(option="FORM", given=form, words=[*FORMS])
    by = by or FORMS[form].by
    groups = FORMS[form].groups or tuple(GROUPS)
    if by not in groups:
        raise NotOneOf(option="--by", given=by, words=list(groups))
    if unfit := [name for name in wanted.given() if name not in (FORMS[form].filters or [name])]:
        fits = [_option(name) for name in FORMS[form].filters]
        raise UnfitFilter(form=form, filters=[_option(one) for one in unfit], fits=fits)
    day = seen_on(desk, as_of)
    path = desk.place()
    roots = [slug for slug in wanted.industry if taxonomy()[slug].parent not in wanted.industry]
    chosen = roots[0] if len(roots) == 1 else None
    asked = Question(form, wanted, day, by, taxonomy(), chosen)
    told = reporting.report(path, asked)
    desk.exit = Exit.DONE if told.adds_up else Exit.PROBLEM
    if explain is not None:
        figure, row = _explained(explain, told)
        desk.say(_behind(reporting.behind(path, asked, figure=figure, row=row), desk))
        return
    desk.say(
        shown.answer(
            told,
            wanted,
            day,
            below=lambda: reporting.few(path, asked, told, most=FEW),
            words=desk.words,
            taxonomy=taxonomy(),
        )
    )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _behind(found: reporting.Behind, desk: Desk) -> Answer:
    """What stands behind a figure, as it is shown."""
    if found.kind is None:
        return hazards.of_records(found.records, words=desk.words, taxonomy=taxonomy())
    from hazardctl.render import register

    return register.many(found.kind, found.records, desk.words, taxonomy())


def _explained(asked: str, told: Report) -> tuple[str, Row | None]:
    """The figure and the row of it that are to be explained; raises NotOneOf, NoSuchRow."""
    figure, colon, name = asked.partition(":")
    form = FORMS[told.form]
    counted = [name for name in form.columns if name not in RATES and name not in form.marks]
    if figure not in counted:
        raise NotOneOf(option="--explain", given=figure, words=counted)
    if not colon:
        return figure, None
    wanted: str | None = name or None
    if told.by == "industry" and wanted:
        wanted = taxonomy().named(wanted).slug
    elif told.by == "row" and wanted:
        from hazardctl.domain import months

        sheets = months.returns(taxonomy().monthly())
        wanted = months.line_named(sheets, wanted, taxonomy())
    for row in told.rows:
        if is_same_row(row.key, wanted):
            return figure, row
    raise NoSuchRow(row=name, rows=[row.key or "" for row in told.rows])


def industries(context: typer.Context) -> None:
    """The taxonomy, with its aliases."""
    desk: Desk = context.obj
    desk.say(tree.answer(taxonomy(), desk.words))
