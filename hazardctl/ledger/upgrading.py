"""Bringing a ledger of an earlier program up to this one, with a copy of it kept beside."""

from __future__ import annotations

from pathlib import Path

from hazardctl import store
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.industry import Taxonomy
from hazardctl.errors import LedgerAtFault
from hazardctl.ledger.checking import prove
from hazardctl.store.copying import keep_copy
from hazardctl.store.schema import VERSION


def upgrade(path: Path, stamp: Stamp, taxonomy: Taxonomy) -> Path | None:
    """Upgrade a ledger in one transaction; returns the copy of it as it was.

    None if another desk was here first.

    Raises LedgerAtFault: what is not whole is not touched; Damaged, Unreachable, Busy if it or
    the copy cannot be read or written, and what `prove` raises.
    """
    proved = prove(path, stamp.today, taxonomy)
    if proved.findings:
        raise LedgerAtFault(faults=len(proved.findings))
    if proved.schema == VERSION:
        return None
    head = proved.head[:8]
    beside = path.with_name(f"{path.stem}.schema-{proved.schema}.{head}{path.suffix}")
    copy = keep_copy(path, beside)
    return copy if store.upgrade(path, stamp) else None
