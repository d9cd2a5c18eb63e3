"""How one sender's files are read: what was said of the first is kept for those of next month."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from hazardctl.domain.plainjson import json_text

SETTING = "mapping:"  # what the name of a setting that keeps one begins with


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """What the options of an import say of a sender's files.

    `year` is the year of days that are written without one; it holds for files that are read in
    the year in which it was saved, `saved_in`: the next year's files would be read wrong in
    silence.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    splits: bool = False
    year: int | None = None
    saved_in: int = 0

    def year_in(self, year: int) -> int | None:
        """The year of days without one, for a file that is read in some year."""
        return self.year if year == self.saved_in else None

    def with_more(self, typed: SavedMapping) -> SavedMapping:
        """The mapping with what is typed beside its name, which goes before it."""
        return SavedMapping(
            headings={**self.headings, **typed.headings},
            constants={**self.constants, **typed.constants},
            encoding=typed.encoding or self.encoding,
            sheet=typed.sheet or self.sheet,
            splits=typed.splits or self.splits,
            year=typed.year or self.year_in(typed.saved_in),
            saved_in=typed.saved_in,
        )

    def to_keep(self) -> SavedMapping:
        """The mapping without what is said of one file alone: the day on which all was found."""
        kept = {name: text for name, text in self.constants.items() if name != "found_on"}
        return replace(self, constants=kept)

    def text(self) -> str:
        """The mapping as a ledger keeps it."""
        return json_text({name: value for name, value in asdict(self).items() if value})


def read_mapping(text: str) -> SavedMapping:
    """The mapping that a ledger keeps."""
    return SavedMapping(**json.loads(text))
