"""Which state a row states, from its words, its answers, its days and its signatures together."""

from __future__ import annotations

from functools import lru_cache

from hazardctl.domain.words import State

# What a sheet may say, from the least to the most: of several columns the last one holds.
OPEN_WORDS = (
    "blank",
    "not_closed",
    "standing",
    "limited",
    "unrectified",
    "overdue",
    "extended",
    "suspended",
    "registered",
    "assigned",
    "rectifying",
    "rebound",
    "rejected",
    "overdue_unrectified",
)
DONE_WORDS = ("on_spot", "claimed", "submitted", "verified", "closed")
OTHER_WORDS = ("clean", "void", "transferred")
_ORDER = (*OPEN_WORDS, *DONE_WORDS, *OTHER_WORDS)

# Words that say nothing about whether it was rectified: the other columns do.
_SILENT = frozenset(
    {"blank", "not_closed", "standing", "limited", "overdue", "extended", "suspended"}
)
_FIXED = {
    "registered": State.REGISTERED,
    "rectifying": State.RECTIFYING,
    "rejected": State.RECTIFYING,
    "submitted": State.SUBMITTED,
}


def together(words: tuple[str, ...]) -> str | None:
    """The one word of several columns; None if one says done and another says open."""
    if "rejected" in words:  # 已整改 beside 验收不合格: it was looked at, in vain
        return None if "closed" in words else "rejected"
    firm = {word for word in words if word not in _SILENT}
    if firm.intersection(OPEN_WORDS) and firm.intersection(DONE_WORDS):
        return None
    return max(words, key=_ORDER.index)


@lru_cache(maxsize=1024)
def state_of(
    word: str,
    is_closed: bool | None,
    *,
    has_due_and_owner: bool,
    has_rectified_on: bool,
    has_verifier: bool,
    has_verified_on: bool,
    has_closed_on: bool,
    was_asked: bool,
) -> State | None:
    """The state that a row states; None where it contradicts itself.

    已整改 is a claim: it is verified, or closed, only where the sheet shows who verified or that it
    was signed off. `is_closed` is the answer to 是否销号; `was_asked` says that a column states the
    state, so that a blank there is not known.
    """
    if word == "not_closed":
        word, is_closed = "blank", False
    is_signed = is_closed or has_closed_on
    if is_signed and is_closed is False:
        return None
    if word in ("void", "transferred"):
        return None if is_signed else State(word)
    if word == "closed":
        return None if is_closed is False else State.CLOSED
    if word in ("claimed", "on_spot", "verified"):
        if is_signed:
            return State.CLOSED
        is_verified = word == "verified" or has_verified_on or has_verifier
        return State.VERIFIED if is_verified else State.SUBMITTED
    if word not in _SILENT:
        if is_signed:
            return None
        return _FIXED.get(word) or _ordered(has_due_and_owner)
    if is_signed:
        return State.CLOSED
    if has_verified_on:
        return State.VERIFIED
    if has_rectified_on:
        return State.VERIFIED if has_verifier else State.SUBMITTED
    if word == "blank" and was_asked and is_closed is None:
        return State.REGISTERED
    return _ordered(has_due_and_owner)


def _ordered(has_due_and_owner: bool) -> State:
    return State.ASSIGNED if has_due_and_owner else State.REGISTERED
