"""The steps from the order to the sign-off, as they are typed."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.acting import act, evidence
from hazardctl.cli.clock import today
from hazardctl.cli.desk import Desk
from hazardctl.cli.options import (
    CaseLeader,
    DocNo,
    Due,
    Evidence,
    Measures,
    Note,
    Numbers,
    On,
    Reason,
    RectifiedBy,
    RectifiedOn,
    Regulator,
    ResponsiblePerson,
    ResponsibleUnit,
    Text,
    Texts,
    VerifiedBy,
    VerifiedOn,
)
from hazardctl.domain import assigning, signing_off
from hazardctl.domain.assigning import ASSURANCES, Order
from hazardctl.errors import NotOneOf


def assign(
    context: typer.Context,
    numbers: Numbers,
    due: Due = None,
    responsible_unit: ResponsibleUnit = None,
    responsible_person: ResponsiblePerson = None,
    case_leader: CaseLeader = None,
    regulator: Regulator = None,
    doc_no: DocNo = None,
    on: On = None,
) -> None:
    """Hand a hazard over (交办)."""
    order = Order(responsible_unit, responsible_person, case_leader, regulator, doc_no)
    deadline = values.deadline(due)
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, rules: assigning.assign(
            hazard, stamp, order=order, deadline=deadline, rules=rules
        ),
    )


def accept(
    context: typer.Context,
    numbers: Numbers,
    assure: Annotated[Texts, typer.Option("--assure", metavar="WHICH=TEXT")] = None,
    on: On = None,
) -> None:
    """Take a hazard on, with its five assurances (五落实)."""
    assurances = assured(assure)
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: assigning.accept(hazard, stamp, assurances=assurances),
    )


def assured(texts: Texts) -> dict[str, str]:
    """The assurances that were typed, each as WHICH=TEXT; raises NotOneOf."""
    given: dict[str, str] = {}
    for text in texts or ():
        which, _, said = text.partition("=")
        if which not in ASSURANCES or not said.strip():
            words = [f"{one}=…" for one in ASSURANCES]
            raise NotOneOf(option="--assure", given=text, words=words)
        given[which] = said.strip()
    return given


def progress(
    context: typer.Context,
    numbers: Numbers,
    note: Note = None,
    percent: Annotated[Text, typer.Option("--percent", metavar="0-100")] = None,
    on: On = None,
) -> None:
    """Tell how the rectification goes."""
    done = values.count("--percent", percent, most=100)
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: assigning.progress(hazard, stamp, note=note, percent=done),
    )


def submit(
    context: typer.Context,
    numbers: Numbers,
    measures: Measures = None,
    rectified_by: RectifiedBy = None,
    rectified_on: RectifiedOn = None,
    evidence_: Evidence = None,
    on: On = None,
) -> None:
    """Apply for sign-off (申请销号)."""
    desk: Desk = context.obj
    rectified = values.day(rectified_on, today(desk))
    files = evidence(desk, evidence_)
    act(
        desk,
        numbers,
        on,
        lambda hazard, stamp, _: signing_off.submit(
            hazard,
            stamp,
            measures=measures,
            rectified_by=rectified_by,
            rectified_on=rectified,
            evidence=files,
        ),
    )


def reject(context: typer.Context, numbers: Numbers, reason: Reason = None, on: On = None) -> None:
    """Send a claim back."""
    act(
        context.obj,
        numbers,
        on,
        lambda hazard, stamp, _: signing_off.reject(hazard, stamp, reason=reason),
    )


def verify(
    context: typer.Context,
    numbers: Numbers,
    verified_by: VerifiedBy = None,
    note: Note = None,
    evidence_: Evidence = None,
    on: On = None,
) -> None:
    """Find a hazard gone, on site (验收)."""
    desk: Desk = context.obj
    verifiers = values.names(verified_by)
    files = evidence(desk, evidence_)
    act(
        desk,
        numbers,
        on,
        lambda hazard, stamp, _: signing_off.verify(
            hazard, stamp, verifiers=verifiers, note=note, evidence=files
        ),
    )


def close(
    context: typer.Context,
    numbers: Numbers,
    measures: Measures = None,
    rectified_by: RectifiedBy = None,
    rectified_on: RectifiedOn = None,
    evidence_: Evidence = None,
    verified_by: VerifiedBy = None,
    verified_on: VerifiedOn = None,
    note: Note = None,
    doc_no: DocNo = None,
    on: On = None,
) -> None:
    """Sign a hazard off (销号), taking the steps that are still missing on the way."""
    desk: Desk = context.obj
    account = signing_off.Account(
        measures=measures,
        rectified_by=rectified_by,
        rectified_on=values.day(rectified_on, today(desk)),
        evidence=evidence(desk, evidence_),
        verified_by=values.names(verified_by),
        verified_on=values.day(verified_on, today(desk)),
        note=note,
        doc_no=doc_no,
    )
    act(desk, numbers, on, lambda hazard, stamp, _: signing_off.walk(hazard, stamp, account))
