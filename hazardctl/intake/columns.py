"""Which column of a table states which field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hazardctl.domain.layout import REPORTED_BY
from hazardctl.domain.money import units_in
from hazardctl.intake.headings import Headings, Match, plain
from hazardctl.intake.refusals import AmbiguousHeading, ContestedField, UnknownField

LEFT_RAW = "-"  # `--map 列名=-` leaves a column to the raw row

# In a title: neither 填报单位：元丰厂 nor 罚款(5万元以上) says one.
_UNIT = re.compile(
    r"单位[:：]?\s*(?:人民币)?[\d,]*(?:[十百千]?万?亿?元(?:人民币)?|分)(?!\w)"
    r"|[(（](?:人民币)?[十百千]?万?亿?元[)）]"
)
_IN_DAYS = re.compile(r"\((?:天|日|days?)\)")


@dataclass(slots=True)
class Columns:
    """The columns of one table by field; one that loses its claim is as unmapped as one without."""

    labels: list[str]  # the sender's headings, each once
    fields: dict[str, int] = field(default_factory=dict)
    states: list[int] = field(default_factory=list)  # several columns may state the state
    raw: dict[int, str] = field(default_factory=dict)  # recognised, but kept raw only
    unmapped: list[int] = field(default_factory=list)
    contested: dict[str, list[int]] = field(default_factory=dict)  # several equals claim a field
    ambiguous: dict[int, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # the keys of `--map` that met a heading
    units: dict[int, str] = field(default_factory=dict)  # of money, as `--map` says it

    @property
    def mapping(self) -> dict[str, str]:
        """The sender's headings, each with its field."""
        by_index = {index: name for index, name in self.raw.items() if name != LEFT_RAW}
        by_index |= {index: name for name, index in self.fields.items()}
        by_index |= dict.fromkeys(self.states, "state")
        return {self.labels[index]: by_index[index] for index in sorted(by_index)}

    @property
    def told(self) -> list[tuple[int, str]]:
        """The columns that are kept as they are; not who reported, which no event may hold."""
        return [pair for pair in enumerate(self.labels) if pair[0] not in self.reporters]

    @property
    def reporters(self) -> list[int]:
        """The columns that say who reported."""
        return [index for index, name in self.raw.items() if name == REPORTED_BY]

    @property
    def counts_days(self) -> bool:
        """Whether bare numbers in the due column are days: 整改期限(天)."""
        if "due_on" not in self.fields:
            return False
        label = unicodedata.normalize("NFKC", self.labels[self.fields["due_on"]])
        return bool(_IN_DAYS.search(label))

    def unit(self, name: str, titles: Iterable[str] = ()) -> int | None:
        """The fen that one of a bare number counts in a column: as said, headed, or in a title."""
        if (index := self.fields.get(name)) is None:
            return None
        stated = " ".join(found for title in titles for found in _UNIT.findall(title))
        told = (self.units.get(index, ""), self.labels[index], stated)
        units = next(filter(None, map(units_in, told)), frozenset())
        return next(iter(units)) if len(units) == 1 else None  # of two it is not known which

    @property
    def finding(self) -> int | None:
        """检查结果, which says what was found where 检查内容 only says what was looked at."""
        described = self.fields.get("description")
        if described is None or plain(self.labels[described]) != plain("检查内容"):
            return None
        return next((index for index, name in self.raw.items() if name == "finding"), None)

    def must_be_clear(self, *, file: str, sheet: str | None) -> None:
        """Raises AmbiguousHeading if a heading may mean any of several fields."""
        for index, fields in self.ambiguous.items():
            raise AmbiguousHeading(
                file=file,
                sheet=sheet,
                heading=self.labels[index],
                fields=fields,
                first=fields[0],
            )

    def contest(
        self, name: str, claimants: Sequence[int], *, file: str, sheet: str | None
    ) -> ContestedField:
        """What is said to several columns that claim one field."""
        labels = [self.labels[index] for index in claimants]
        return ContestedField(
            file=file,
            sheet=sheet,
            headings=labels,
            first=labels[0],
            second=labels[1],
            field=name,
        )

    def settle(self, name: str, index: int) -> None:
        """Give a contested field to one column; the others are kept raw."""
        self.unmapped += [loser for loser in self.contested.pop(name) if loser != index]
        self.fields[name] = index


def columns_of(headings: Sequence[str], mapping: Mapping[str, str], known: Headings) -> Columns:
    """The fields that headings claim; `mapping` (heading to field) goes before every alias."""
    columns = Columns(labels=_labels(headings))
    asked = {plain(heading): (heading, name) for heading, name in mapping.items()}
    claims: dict[str, list[tuple[int, int]]] = {}
    for index, heading in enumerate(headings):
        label = columns.labels[index]  # tells one of two columns with the same heading
        if asked and (wanted := asked.get(plain(label)) or asked.get(plain(heading))):
            columns.used.add(wanted[0])
            if wanted[1] == LEFT_RAW:
                columns.raw[index] = LEFT_RAW
                continue
            found: Match | None = Match((known.meant(wanted[1]),), -1)
            if unit := known.unit(wanted[1]):
                columns.units[index] = unit
        else:
            found = known.match(heading)
        if found is None:
            if heading.strip():
                columns.unmapped.append(index)
        elif len(found.fields) > 1:
            columns.ambiguous[index] = found.fields
        else:
            claims.setdefault(found.fields[0], []).append((found.rank, index))
    for name, claimants in claims.items():
        _award(columns, name, claimants, known)
    _place_rectifier(columns)
    return columns


def check_mapping(mapping: Mapping[str, str], known: Headings) -> None:
    """Refuses a `--map` to a field that does not exist."""
    for name in mapping.values():
        if name != LEFT_RAW and name not in known.known:
            raise UnknownField(field=name, fields=sorted(known.known - known.kept))


def _award(columns: Columns, name: str, claimants: list[tuple[int, int]], known: Headings) -> None:
    """The best claim wins."""
    if name == "state" and name in known.shared:
        columns.states = [index for _, index in claimants]
        return
    if name in known.shared:
        columns.raw |= {index: name for _, index in claimants}
        return
    best = min(rank for rank, _ in claimants)
    winners = [index for rank, index in claimants if rank == best]
    columns.unmapped += [index for rank, index in claimants if rank != best]
    if len(winners) > 1:
        columns.contested[name] = winners
    else:
        columns.fields[name] = winners[0]


def _place_rectifier(columns: Columns) -> None:
    """整改人 is who rectified where somebody else is responsible; alone, the responsible person."""
    if (index := columns.fields.pop("rectifier", None)) is None:
        return
    has_person = "responsible_person" in columns.fields or "responsible_person" in columns.contested
    name = "rectified_by" if has_person else "responsible_person"
    if columns.fields.setdefault(name, index) != index:
        columns.unmapped.append(index)


def letter(index: int) -> str:
    """The name of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _labels(headings: Sequence[str]) -> list[str]:
    """The headings as they are shown, each once: a blank or repeated one with its letter."""
    labels: list[str] = []
    seen: set[str] = set()
    for index, heading in enumerate(headings):
        label = " ".join(heading.split())
        if not label or label in seen:
            label = f"{label} [{letter(index)}]".strip()
        seen.add(label)
        labels.append(label)
    return labels
