"""How a cell's value reads on a screen, a page or a paper."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hazardctl.errors import CannotExport
from hazardctl.render.sheet import Cell, Kind, Sheet
from hazardctl.render.visible import show

_FEN_OF_10K_YUAN = 1_000_000


def shown(value: Cell, kind: Kind) -> str:
    """The value in words: an empty cell for None, but `/` for a rate of nothing."""
    if value is None:
        return "/" if kind is Kind.RATE else ""
    if isinstance(value, str):
        return show(value)
    if kind is Kind.RATE:
        return percent(value)
    if kind is Kind.MONEY:
        return money(value)
    return str(value)


def percent(rate: float) -> str:
    """One decimal, `.0` dropped; 100% is said of all and 0% of none, never of nearly."""
    tenths = int((Decimal(str(rate)) * 1000).quantize(Decimal(1), ROUND_HALF_UP))
    if tenths == 1000 and rate < 1:
        tenths = 999
    if tenths == 0 and rate > 0:
        tenths = 1
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def money(fen: float) -> str:
    """Integer fen as 万元, to the last fen and without idle zeros."""
    figure = f"{Decimal(fen) / _FEN_OF_10K_YUAN:f}"
    return figure.rstrip("0").rstrip(".") if "." in figure else figure


def cannot_export(
    sheet: Sheet, down: int, across: int, reason: str, *, headed: int = 1
) -> CannotExport:
    """The refusal that names the row as the spreadsheet counts it, below so many of headings."""
    rows = [*sheet.rows, sheet.total] if sheet.total is not None else sheet.rows
    return CannotExport(
        sheet=show(sheet.title),
        row=down + headed + 1,
        column=show(sheet.columns[across].heading),
        first=shown(rows[down][0], sheet.columns[0].kind),
        reason=reason,
    )
