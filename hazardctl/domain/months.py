"""The national monthly form (月报表): its rows, what is counted in them, and what must add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add, sub
from typing import Any, NamedTuple

from hazardctl.domain.figures import RATES, Check, figures, rate
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.names import sameness
from hazardctl.domain.report import FORMS

COLUMNS = FORMS["monthly"].columns  # 1 to 15, in the order of the form
OF_ENTERPRISES = ("enterprises_due", "enterprises_checked")
NO_INDUSTRY = "other"  # where an enterprise stands of which nobody says what it does


class Line(NamedTuple):
    """A row of the form, and the industries that it is made of; without any it is a sum."""

    key: str
    sheet: str
    name: str
    english: str
    industries: tuple[str, ...] = ()
    within: str | None = None  # the row of which it is a part


class Return(NamedTuple):
    """One sheet of the form."""

    key: str
    title: str
    english: str
    tab: str  # its short name, in a workbook
    english_tab: str
    lines: tuple[Line, ...]


def returns(told: Mapping[str, Any]) -> tuple[Return, ...]:
    """The sheets of the form as its file tells them."""
    return tuple(
        Return(
            sheet["key"],
            sheet["title"],
            sheet["english"],
            sheet["tab"],
            sheet["english_tab"],
            tuple(
                Line(
                    row["key"],
                    sheet["key"],
                    row["name"],
                    row["english"],
                    tuple(row.get("industries", ())),
                    row.get("within"),
                )
                for row in sheet["row"]
            ),
        )
        for sheet in told["sheet"]
    )


def lines(sheets: Iterable[Return]) -> tuple[Line, ...]:
    """The rows of all sheets that are made of industries: each hazard stands in one of them."""
    return tuple(line for sheet in sheets for line in sheet.lines if line.industries)


def line_named(sheets: Iterable[Return], text: str, taxonomy: Taxonomy) -> str:
    """The key of the row that a text names, by itself or by an industry; else the text."""
    wanted, own = sameness(text), lines(sheets)
    for line in own:
        if wanted in map(sameness, (line.key, line.name, line.english)):
            return line.key
    slug = found.slug if (found := taxonomy.find(text)) else None
    return next((line.key for line in own if slug in line.industries), text)


class Month(NamedTuple):
    """What is counted in a row, cumulative since the period began.

    An enterprise is due if it stood on the register in the period, or was visited all the same:
    one that was closed for good in March was due until then. It was checked if it was inspected,
    or a hazard was found in it. What is planned, in place and listed is told of all major hazards
    that are not closed, whenever they were found.
    """

    enterprises_due: int = 0
    enterprises_checked: int = 0
    general_found: int = 0
    general_rectified: int = 0  # submitted, verified or closed
    major_found: int = 0
    major_closed: int = 0
    major_planned: int = 0  # assigned, and not closed: under a plan
    major_in_place: int = 0  # of these, accepted with all five assurances
    major_listed: int = 0
    listed_provincial: int = 0
    listed_municipal: int = 0
    funds_fen: int = 0  # of the hazards found in the period
    # counted for themselves, so that the others can be tested by them
    enterprises_unchecked: int = 0
    general_unrectified: int = 0
    major_unclosed: int = 0
    listed_otherwise: int = 0

    @property
    def found(self) -> int:
        """All hazards found in the period."""
        return self.general_found + self.major_found

    @property
    def registered(self) -> int:
        """The enterprises that their coverage is of."""
        return self.enterprises_due

    @property
    def inspected(self) -> int:
        """Those of them that are covered."""
        return self.enterprises_checked

    def __add__(self, other: Month) -> Month:  # type: ignore[override]  # it adds up
        return Month(*map(add, self, other))

    def __sub__(self, other: Month) -> Month:
        return Month(*map(sub, self, other))


_COUNTED = Month._fields
_PARTS: Mapping[str, tuple[str, ...]] = {
    "enterprises_due": ("enterprises_checked", "enterprises_unchecked"),
    "general_found": ("general_rectified", "general_unrectified"),
    "major_found": ("major_closed", "major_unclosed"),
    "major_listed": ("listed_provincial", "listed_municipal", "listed_otherwise"),
}


def checks(total: Month, again: Month) -> list[Check]:
    """The identities of the form: its total, made of the rows, and a second count of all."""
    tested = [
        Check(
            f"{whole} = {' + '.join(parts)}",
            getattr(total, whole),
            sum(getattr(again, part) for part in parts),
        )
        for whole, parts in _PARTS.items()
    ]
    for name in _COUNTED:
        counted, told = getattr(again, name), getattr(total, name)
        tested.append(Check(f"{name}: total = sum of rows", counted, told))
    tested.append(Check("found: total = general + major", total.found, again.found))
    for name in COLUMNS:
        if name in RATES:
            part, whole = RATES[name]
            recomputed = rate(getattr(again, part), getattr(again, whole))
            told = figures(total, [name])[name]
            left, right = (round((one or 0) * 10_000) for one in (told, recomputed))
            tested.append(Check(f"{name} = {part} / {whole}", left, right))
    return tested
