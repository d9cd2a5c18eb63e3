"""The clock and the identity: which day it is, and who acts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hazardctl.cli.desk import Desk
from hazardctl.cli.settings import setting
from hazardctl.cli.values import day, one_name
from hazardctl.domain.door import admitted
from hazardctl.errors import BlankText, NobodyActs, NotText

if TYPE_CHECKING:
    from hazardctl.domain.hazard import Request, Stamp

LONGEST_ID = 100  # characters of the id of a request
HANDED_IN = frozenset({"evidence_", "files"})  # what these name counts by content, not by name


def today(desk: Desk) -> date:
    """The civil day here; raises UnreadDay if one was given that is none."""
    here = date.today()
    return day(setting("today", desk.typed.get("--today")).value, here) or here


def seen_on(desk: Desk, as_of: str | None) -> date:
    """The day that a question is asked of; raises UnreadDay."""
    return day(as_of, today(desk)) or today(desk)


def now() -> str:
    """This moment, in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def actor(desk: Desk) -> str:
    """Who acts; raises NobodyActs, NotText (it may come from the environment), NotOneName."""
    name = setting("as", desk.typed.get("--as")).value
    if not name:
        raise NobodyActs()
    return one_name(admitted(name, "--as"))


def stamp(desk: Desk, on: str | None = None) -> Stamp:
    """Who acts, now, on the day the paper says, under which request.

    Raises UnreadDay and what `actor` raises.
    """
    from hazardctl.domain.hazard import Stamp  # only a change has one

    here = today(desk)
    by = actor(desk)
    desk.request = _request(desk, by)
    return Stamp(
        by=by,
        at=now(),
        on=day(on, here) or here,
        today=here,
        rehearsed=setting("today", desk.typed.get("--today")).origin != "default",
        request=desk.request,
    )


def _request(desk: Desk, by: str) -> Request:
    """What is asked: by whom, which command, with what, and the files that were handed in.

    Raises BlankText, NotText.
    """
    import hashlib
    import uuid

    from hazardctl.domain.hazard import Request
    from hazardctl.domain.plainjson import json_text

    typed = desk.typed.get("--request-id", str(uuid.uuid4()))
    if not admitted(typed, "--request-id").strip():
        raise BlankText(option="--request-id")
    if len(typed) > LONGEST_ID:
        raise NotText(name="--request-id", reason="over-100-characters", at=LONGEST_ID)
    given = {name: value for name, value in desk.given.items() if name not in HANDED_IN}
    asked = [by, desk.command, sorted(given.items()), desk.handed_in]
    return Request(id=typed, content=hashlib.sha256(json_text(asked).encode()).hexdigest())
