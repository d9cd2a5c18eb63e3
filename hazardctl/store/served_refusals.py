"""What a server says no to, or the way to it, told as a refusal of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from hazardctl.errors import Busy, Damaged, Unreachable, Unusable
from hazardctl.store.place import Server
from hazardctl.store.refusals import LoginRefused, NoDatabase, NotPermitted, Overtaken

PATIENCE = 30  # seconds to wait for another desk
_AGAIN = ("40001", "40P01")  # undone for the sake of another
_UNREACHABLE = ("08", "53", "57", "58", "25006", "25P03", "25P04")
_NO_ENTRY: dict[str, type[Unreachable]] = {
    "28": LoginRefused,
    "3D": NoDatabase,
    "42501": NotPermitted,
}
# Before anybody is let in there is no code, only words; those of another language tell less.
_AT_THE_DOOR: dict[str, type[Unreachable]] = {
    r'FATAL: +database ".*" does not exist': NoDatabase,
    r"FATAL: +permission denied for database": NotPermitted,
    r'FATAL: +(role ".*" (does not exist|is not permitted)|.*authentication failed|no pg_hba)'
    r"|no password supplied": LoginRefused,
}


@contextmanager
def explained(server: Server) -> Iterator[None]:
    """What the server says no to, told as a refusal of ours.

    Raises Busy, Damaged, Overtaken, Unreachable.
    """
    try:
        yield
    except psycopg.Error as fault:
        raise refusal(server, fault) from fault


def refusal(server: Server, fault: BaseException) -> Unusable:
    """The refusal that stands for a fault of the server, or of the way to it."""
    state = getattr(fault, "sqlstate", None) or ""
    path, reason = str(server), said(fault)
    if state in _AGAIN:
        return Overtaken(path=path)
    if state == "55P03":
        return Busy(path=path, seconds=PATIENCE)
    for begins, kind in _NO_ENTRY.items():
        if state.startswith(begins):
            return kind(path=path, reason=reason)
    if not state and isinstance(fault, psycopg.OperationalError):
        found = (kind for words, kind in _AT_THE_DOOR.items() if re.search(words, reason))
        return next(found, Unreachable)(path=path, reason=reason)
    is_away = state.startswith(_UNREACHABLE)
    return (Unreachable if is_away else Damaged)(path=path, reason=reason)


def said(fault: BaseException) -> str:
    """What is said of a fault, in one line."""
    if (told := getattr(fault, "diag", None)) and told.message_primary:
        return str(told.message_primary)  # the details may tell what stands in a row
    lines = str(fault).replace("connection failed: ", "").split("\n")
    # What is set in is a hint, where the fault is in another line.
    return " ".join(line.strip() for line in lines if line.strip() and not line.startswith("\t"))
