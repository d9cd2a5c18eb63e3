"""Options that several commands share, declared once; their help is in the catalog."""

from __future__ import annotations

from typing import Annotated

import typer

Numbers = Annotated[list[str], typer.Argument(metavar="NUMBER", show_default=False)]
Number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False)]
Text = str | None
Texts = list[str] | None

On = Annotated[Text, typer.Option("--on", metavar="DATE")]
Due = Annotated[Text, typer.Option("--due", metavar="DUE")]
Reason = Annotated[Text, typer.Option("--reason", metavar="TEXT")]
Basis = Annotated[Text, typer.Option("--basis", metavar="TEXT")]
Note = Annotated[Text, typer.Option("--note", metavar="TEXT")]
DocNo = Annotated[Text, typer.Option("--doc-no", metavar="TEXT")]
Evidence = Annotated[Texts, typer.Option("--evidence", metavar="FILE")]
Measures = Annotated[Text, typer.Option("--measures", metavar="TEXT")]
RectifiedBy = Annotated[Text, typer.Option("--rectified-by", metavar="NAME")]
RectifiedOn = Annotated[Text, typer.Option("--rectified-on", metavar="DATE")]
VerifiedBy = Annotated[Texts, typer.Option("--verified-by", metavar="NAME")]
VerifiedOn = Annotated[Text, typer.Option("--verified-on", metavar="DATE")]

Industry = Annotated[Text, typer.Option("--industry", metavar="INDUSTRY")]
Enterprise = Annotated[Text, typer.Option("--enterprise", metavar="NAME")]
CreditCode = Annotated[Text, typer.Option("--credit-code", metavar="CODE")]
District = Annotated[Text, typer.Option("--district", metavar="NAME")]
Location = Annotated[Text, typer.Option("--location", metavar="TEXT")]
HazardKind = Annotated[Text, typer.Option("--kind", metavar="TEXT")]
Severity = Annotated[Text, typer.Option("--severity", metavar="general|major")]
Source = Annotated[Text, typer.Option("--source", metavar="SOURCE")]
SourceDetail = Annotated[Text, typer.Option("--source-detail", metavar="TEXT")]
FoundOn = Annotated[Text, typer.Option("--found-on", metavar="DATE")]
FoundBy = Annotated[Text, typer.Option("--found-by", metavar="TEXT")]
Campaigns = Annotated[Texts, typer.Option("--campaign", metavar="NAME")]
RequiredMeasures = Annotated[Text, typer.Option("--required-measures", metavar="TEXT")]
ExternalCode = Annotated[Text, typer.Option("--external-code", metavar="CODE")]
Remark = Annotated[Text, typer.Option("--remark", metavar="TEXT")]
Reporter = Annotated[Text, typer.Option("--reporter", metavar="TEXT")]
Listing = Annotated[Text, typer.Option("--listing", metavar="LEVEL")]
ListedOn = Annotated[Text, typer.Option("--listed-on", metavar="DATE")]
Funds = Annotated[Text, typer.Option("--funds", metavar="YUAN")]
StopOrder = Annotated[Text, typer.Option("--stop-order", metavar="TEXT")]

ResponsibleUnit = Annotated[Text, typer.Option("--responsible-unit", metavar="NAME")]
ResponsiblePerson = Annotated[Text, typer.Option("--responsible-person", metavar="NAME")]
CaseLeader = Annotated[Text, typer.Option("--case-leader", metavar="NAME")]
Regulator = Annotated[Text, typer.Option("--regulator", metavar="NAME")]

AsOf = Annotated[Text, typer.Option("--as-of", metavar="DATE")]
Limit = Annotated[Text, typer.Option("--limit", metavar="N")]
