"""The clock and the identity: which day it is, and who acts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hazardctl.cli.desk import Desk
from hazardctl.cli.settings import setting
from hazardctl.cli.values import day, one_name
from hazardctl.domain.door import admitted
from hazardctl.errors import NobodyActs

if TYPE_CHECKING:
    from hazardctl.domain.hazard import Stamp


def today(desk: Desk) -> date:
    """The civil day here; raises UnreadDay if one was given that is none."""
    here = date.today()
    return day(setting("today", desk.typed.get("--today")).value, here) or here


def seen_on(desk: Desk, as_of: str | None) -> date:
    """The day that a question is asked of; raises UnreadDay."""
    return day(as_of, today(desk)) or today(desk)


def stamp(desk: Desk, on: str | None = None) -> Stamp:
    """Who acts, now, on the day the paper says.

    Raises NobodyActs, NotText (it may come from the environment), NotOneName, UnreadDay.
    """
    from hazardctl.domain.hazard import Stamp  # only a change has one

    actor = setting("as", desk.typed.get("--as")).value
    if not actor:
        raise NobodyActs()
    here = today(desk)
    return Stamp(
        by=one_name(admitted(actor, "--as")),
        at=datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        on=day(on, here) or here,
        today=here,
        rehearsed=setting("today", desk.typed.get("--today")).origin != "default",
    )
