"""Entering a hazard and correcting its description, as they are typed."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import values
from hazardctl.cli.acting import act, evidence, told
from hazardctl.cli.clock import actor, seen_on, stamp, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.options import (
    Basis,
    Campaigns,
    CaseLeader,
    CreditCode,
    District,
    Due,
    Enterprise,
    Evidence,
    ExternalCode,
    FoundBy,
    FoundOn,
    Funds,
    HazardKind,
    Industry,
    ListedOn,
    Listing,
    Location,
    Numbers,
    On,
    Regulator,
    Remark,
    Reporter,
    RequiredMeasures,
    ResponsiblePerson,
    ResponsibleUnit,
    Severity,
    Source,
    SourceDetail,
    StopOrder,
    Text,
)
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain import words
from hazardctl.domain.assigning import Order
from hazardctl.domain.hazard import Event, Hazard, Stamp
from hazardctl.domain.registering import edit as corrected
from hazardctl.domain.registering import grade
from hazardctl.errors import BlankText, MissingOptions
from hazardctl.ledger import writing


def add(
    context: typer.Context,
    description: Annotated[Text, typer.Argument(metavar="DESCRIPTION")] = None,
    industry: Industry = None,
    enterprise: Enterprise = None,
    credit_code: CreditCode = None,
    district: District = None,
    location: Location = None,
    kind: HazardKind = None,
    severity: Severity = None,
    basis: Basis = None,
    source: Source = None,
    source_detail: SourceDetail = None,
    found_on: FoundOn = None,
    found_by: FoundBy = None,
    campaign: Campaigns = None,
    required_measures: RequiredMeasures = None,
    due: Due = None,
    responsible_unit: ResponsibleUnit = None,
    responsible_person: ResponsiblePerson = None,
    case_leader: CaseLeader = None,
    regulator: Regulator = None,
    doc_no: Annotated[Text, typer.Option("--doc-no", metavar="TEXT")] = None,
    external_code: ExternalCode = None,
    remark: Remark = None,
    listing: Listing = None,
    listed_on: ListedOn = None,
    funds: Funds = None,
    reporter: Reporter = None,
    evidence_: Evidence = None,
    on: On = None,
) -> None:
    """Enter a hazard; with a due date and someone responsible it is assigned at once."""
    desk: Desk = context.obj
    actor(desk)
    needed = {"DESCRIPTION": description, "--industry": industry, "--enterprise": enterprise}
    if missing := [name for name, given in needed.items() if not given]:
        raise MissingOptions(options=missing)
    grade = values.word("--severity", severity, words.Severity) or words.Severity.GENERAL
    what = {
        "description": description,
        "industry": taxonomy().named(industry or "").slug,
        "enterprise": enterprise,
        "credit_code": credit_code,
        "district": district,
        "location": location,
        "hazard_kind": kind,
        "severity": grade,
        "basis": basis,
        "source": values.word("--source", source, words.Source) or words.Source.ROUTINE_INSPECTION,
        "source_detail": source_detail,
        "found_by": found_by,
        "campaigns": tuple(campaign or ()),
        "required_measures": required_measures,
        "external_code": external_code,
        "remark": remark,
        **_above(desk, listing, listed_on, funds),
    }
    day = seen_on(desk, found_on)
    deadline = values.deadline(due)
    files = evidence(desk, evidence_, begins=True)
    change = writing.add(
        desk.place(making=True),
        stamp(desk, on),
        what=what,
        found_on=day,
        order=Order(responsible_unit, responsible_person, case_leader, regulator, doc_no),
        deadline=deadline,
        evidence=files,
        reporter=reporter,
    )
    if change.alike:
        desk.tell("said", "looks-the-same", number=change.number, others=change.alike)
    if grade is words.Severity.MAJOR and not basis:
        desk.tell("said", "major-without-basis", number=change.number)
    told(desk, [change])


def _above(
    desk: Desk, listing: str | None, listed_on: str | None, funds: str | None
) -> dict[str, object]:
    """Who listed it (挂牌督办), when, and what is set aside for it; an empty text takes it away."""
    return {
        "listing": values.word("--listing", listing, words.Level) or listing,
        "listed_on": values.day(listed_on, today(desk)) or listed_on,
        "funds_fen": values.fen(funds) if funds else funds,
    }


def edit(
    context: typer.Context,
    numbers: Numbers,
    description: Annotated[Text, typer.Option("--description", metavar="TEXT")] = None,
    industry: Industry = None,
    enterprise: Enterprise = None,
    credit_code: CreditCode = None,
    district: District = None,
    location: Location = None,
    kind: HazardKind = None,
    severity: Severity = None,
    basis: Basis = None,
    source: Source = None,
    source_detail: SourceDetail = None,
    found_by: FoundBy = None,
    campaign: Campaigns = None,
    required_measures: RequiredMeasures = None,
    stop_order: StopOrder = None,
    external_code: ExternalCode = None,
    remark: Remark = None,
    listing: Listing = None,
    listed_on: ListedOn = None,
    funds: Funds = None,
    on: On = None,
) -> None:
    """Correct the description; old and new values go to the history."""
    desk: Desk = context.obj
    regraded = values.word("--severity", severity, words.Severity)
    given: dict[str, object] = {
        "description": description,
        "industry": taxonomy().named(industry).slug if industry else industry,
        "industry_text": "" if industry else None,
        "enterprise": enterprise,
        "credit_code": credit_code,
        "district": district,
        "location": location,
        "hazard_kind": kind,
        "source": values.word("--source", source, words.Source),
        "source_detail": source_detail,
        "found_by": found_by,
        "campaigns": tuple(one for one in campaign if one) if campaign else None,
        "required_measures": required_measures,
        "stop_order": stop_order,
        "external_code": external_code,
        "remark": remark,
        **_above(desk, listing, listed_on, funds),
    }
    corrections = {name: value or None for name, value in given.items() if value is not None}
    for name in ("description", "industry", "enterprise"):
        if name in corrections and not corrections[name]:
            raise BlankText(option=f"--{name}")
    if "campaigns" in corrections:
        corrections["campaigns"] = given["campaigns"]

    def corrected_and_graded(hazard: Hazard, who: Stamp, _: object) -> list[Event]:
        graded = grade(hazard, who, severity=regraded, basis=basis) if regraded else []
        named = corrections if graded or basis is None else {**corrections, "basis": basis or None}
        if regraded and not named:
            return graded
        return [*graded, *corrected(hazard, who, corrections=named)]

    act(desk, numbers, on, corrected_and_graded)
