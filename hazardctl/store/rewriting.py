"""The rows of a hazard that changed, as it stands now."""

from __future__ import annotations

from hazardctl.domain.hazard import Hazard
from hazardctl.store import rows
from hazardctl.store.batch import Batch
from hazardctl.store.cards import card, line, shown
from hazardctl.store.tables import CardRow, HazardRow, LineRow


def rewrite(batch: Batch, hazard: Hazard) -> None:
    """Write all that stands once of a hazard in the place of what stood there."""
    row = rows.to_row(hazard)
    seen = shown(row)
    batch.replace(HazardRow, {**row, "likeness": rows.likeness_of(row)})
    batch.replace(CardRow, {"id": row["id"], "body": card(seen)})
    batch.replace(LineRow, {"id": row["id"], "body": line(seen)})
