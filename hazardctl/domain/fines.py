"""The most that the law lets fine for what is not done about a hazard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from hazardctl.domain.entering import Ceiling
from hazardctl.domain.money import YUAN

_NUMERAL = r"[\d一二三四五六七八九十百零]"


def ceilings(articles: Iterable[Mapping[str, Any]], top: Callable[[str], str]) -> Ceiling:
    """What tells the most that may be fined, from the table of articles.

    `top` is the top level of an industry. Of several articles that a basis names the largest
    counts. Where none is named that is known, all those may apply that are for the industry, but
    for accidents; None if none does.
    """
    rows = tuple(articles)

    def ceiling(basis: str | None, on: date, industry: str | None) -> tuple[int, str] | None:
        return _ceiling(rows, basis, on, industry=top(industry) if industry else None)

    return ceiling


def _ceiling(
    articles: Iterable[Mapping[str, Any]], basis: str | None, on: date, *, industry: str | None
) -> tuple[int, str] | None:
    in_force = [row for row in articles if row["from"] <= on]
    named = [
        (row["most"], f"{law} 第{article}条")
        for row in in_force
        for law in row["laws"]
        for article in row["articles"]
        if _names(law, article, basis or "")
    ]
    usual = [
        (row["most"], f"{row['laws'][0]} 第{row['articles'][0]}条")
        for row in in_force
        if not row.get("is_of_accidents") and industry in row.get("industries", [industry])
    ]
    found = named or usual
    if not found:
        return None
    most, source = max(found)
    return most * YUAN, source


def _names(law: str, article: str, basis: str) -> bool:
    """Whether a basis names an article: 第36条 is not 第136条, nor that of another law."""
    said = re.search(rf"{law}[》」]?(?P<rest>[^《]*)", basis)
    pattern = rf"(?<!{_NUMERAL}){article}(?!{_NUMERAL})"
    return bool(said and re.search(pattern, said["rest"]))
