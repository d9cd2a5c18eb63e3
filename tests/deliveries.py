"""Files that are read already, as the tests hand them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hazardctl.domain.hazard import Draft
from hazardctl.ledger.incoming import Row, ready


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that is read already."""

    file: str
    drafts: Sequence[Draft]
    about: Mapping[str, object]
    is_refused: bool = False
    kind: str = ""
    is_partial: bool = False
    ceiling: None = None

    def batches(self, by: str) -> Iterator[Sequence[Row]]:
        """Its rows."""
        return ready(self.drafts, by=by, file=self.file)
