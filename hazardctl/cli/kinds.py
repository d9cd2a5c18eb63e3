"""What the rows of files tell of, as it is typed: hazards, or a kind of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hazardctl.domain.mapping import SavedMapping
from hazardctl.domain.register import KINDS, PENALTY
from hazardctl.errors import NotOneOf, UnfitOption
from hazardctl.intake.problems import Problem
from hazardctl.render.imports import Import

if TYPE_CHECKING:
    from hazardctl.ledger.linking import Misled

HAZARD = "hazard"


def of(typed: str | None) -> str:
    """The kind of the register that was typed, "" for hazards; raises NotOneOf."""
    kind = (typed or HAZARD).strip().lower()
    if kind not in (HAZARD, *KINDS):
        raise NotOneOf(option="--kind", given=typed, words=[HAZARD, *KINDS])
    return "" if kind == HAZARD else kind


def must_fit(kind: str, typed: SavedMapping, asked: Mapping[str, object]) -> None:
    """Raises UnfitOption if an option was given that means nothing for files of a kind."""
    unfit = ["--confirmed"] if asked["--confirmed"] and kind != PENALTY.name else []
    if kind:
        fields = KINDS[kind].fields
        unfit += [_option(name) for name in typed.constants if name not in fields]
        unfit += ["--split"] if typed.splits else []
        unfit += [name for name in ("--mapping", "--save-mapping") if asked[name]]
    if unfit:
        raise UnfitOption(options=unfit, kind=kind or HAZARD)


def _option(name: str) -> str:
    return "--campaign" if name == "campaigns" else f"--{name.replace('_', '-')}"


def blame(told: Import, misled: Sequence[Misled]) -> None:
    """Put what was named in vain among the faults of a file, where its row stands."""
    if not misled or told.reading is None:
        return
    reading = told.reading
    for one in misled:
        label, index = one.row.columns.get(one.column, (None, None))
        place = (reading.file, one.row.sheet, one.row.row)
        problem = Problem(*place, label, one.code, one.found, one.facts, index)
        reading.problems.append(problem)
    sheets = {sheet.name: at for at, sheet in enumerate(reading.sheets)}
    reading.problems.sort(key=lambda one: (sheets.get(one.sheet, 0), one.row))
    reading.rejected += len({(one.row.sheet, one.row.row) for one in misled})
    told.faults = len(reading.problems)
