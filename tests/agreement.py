"""Whether the small model and the program tell the same of a hazard."""

from __future__ import annotations

from hazardctl.domain.hazard import Hazard
from hazardctl.domain.words import OPEN
from tests.reference import Life


def agree(life: Life, record: Hazard) -> None:
    """Both tell the same of every fact that the design speaks of."""
    told: dict[str, tuple[object, object]] = {
        name: (getattr(life, name), getattr(record, name))
        for name in (
            *("state", "cycle", "due_on", "original_due_on", "extensions", "pending_due_on"),
            *("pending_by", "rectified_by", "rectified_on", "submitted_by", "submitted_on"),
            *("verified_by", "verified_on", "closed_by", "closed_on", "stop_order"),
        )
    }
    told |= {
        "major": (life.major, record.is_major),
        "accepted": (life.accepted, record.accepted_on is not None),
        "ever_submitted": (life.ever_submitted, record.was_submitted),
        "last_on": (life.last_on, record.since_on),
        "open": (life.state in map(str, OPEN), record.is_open),
        "person": (life.person, record.responsible_person),
        "leader": (life.leader, record.case_leader),
    }
    differing = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    assert not differing, f"{differing}"
