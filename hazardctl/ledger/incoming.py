"""The good rows of a file, made ready to be entered while the file is still being read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

from hazardctl.domain.arriving import Arrival
from hazardctl.domain.entering import Ceiling
from hazardctl.domain.hazard import Draft
from hazardctl.domain.registering import take_in
from hazardctl.store.entry import Entry, entry
from hazardctl.store.rows import code_mark, plain

AT_ONCE = 500  # rows of one batch


class Row(NamedTuple):
    """A row of a file: where it stands, what it is recognised by, and what it enters."""

    sheet: str | None
    row: int
    number: str  # that it had in an earlier ledger, or ""
    codes: Sequence[bytes]  # of the sender's code, and of that number
    entry: Entry


# A row of a file of records, and what it says as JSON has it.
Said = tuple[Arrival, dict[str, Any]]


class Incoming(Protocol):
    """A file while it comes in."""

    @property
    def file(self) -> str:
        """Its name."""

    @property
    def kind(self) -> str:
        """What its rows tell of: a kind of the register, or "" for hazards."""

    @property
    def ceiling(self) -> Ceiling | None:
        """What the law lets fine; None if every fine of it was confirmed."""

    def batches(self, by: str) -> Iterator[Sequence[Any]]:
        """Its good rows, some at a time, ready to be entered by somebody: `Row` or `Said`."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it is taken; certain once its last batch was read."""

    @property
    def is_partial(self) -> bool:
        """Whether its good rows are taken though others are at fault."""

    @property
    def about(self) -> Mapping[str, object]:
        """What the ledger remembers of the file itself, once its last batch was read."""


def ready(drafts: Iterable[Draft], *, by: str, file: str) -> Iterator[Sequence[Row]]:
    """Drafts as rows, some at a time."""
    rows = (_row(draft, by, file) for draft in drafts)
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def spoken(arrivals: Iterable[Arrival]) -> Iterator[Sequence[Said]]:
    """What rows say of records as JSON has it, some at a time."""
    said = ((one, _plain(one.said)) for one in arrivals)
    while batch := list(islice(said, AT_ONCE)):
        yield batch


def _plain(said: Mapping[str, object]) -> dict[str, Any]:
    made = plain(said)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in made.items()}


def _row(draft: Draft, by: str, file: str) -> Row:
    made = entry(take_in(draft, by=by, file={"file": file}))
    marks = [  # the code of a row that tells of several hazards names none of them
        code_mark(code, made.text("enterprise"), made.text("found_on"))
        for code in (made.value("external_code"), draft.number)
        if code and not draft.is_part
    ]
    return Row(draft.sheet, draft.row, draft.number, marks, made)
