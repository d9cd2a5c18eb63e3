"""The door: what text may enter the ledger, once, for arguments, prompts and files alike."""

from __future__ import annotations

import re
from typing import NoReturn

from hazardctl.errors import NotText

LONGEST = 32_000  # UTF-16 units: a spreadsheet's cell holds 32,767 of them

_LAST_OF_PLANES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_KEPT_OUT = re.compile(
    f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd{_LAST_OF_PLANES}]"
)


def admitted(text: str, name: str = "text") -> str:
    """The text as it is kept, its line ends made one; raises NotText with the position in it."""
    if text.isprintable() and "\ufffd" not in text and 2 * len(text) <= LONGEST:
        return text  # nearly everything: a million cells pass here in a fifth of a second
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _KEPT_OUT.search(text):
        refuse(text, found.start(), reason_for(found.group()), name)
    if 2 * len(text) > LONGEST and (at := first_over(text)) is not None:
        refuse(text, at, "too-long", name)
    return text


def reason_for(character: str) -> str:
    """Why this character is kept out."""
    point = ord(character)
    if 0xD800 <= point <= 0xDFFF:
        return "surrogate"
    if point == 0xFFFD:
        return "replacement-character"
    return "control-character" if point < 0xA0 else "noncharacter"


def first_over(text: str) -> int | None:
    """The position of the first character that does not fit, or None."""
    units = 0
    for at, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > LONGEST:
            return at
    return None


def refuse(text: str, at: int, reason: str, name: str) -> NoReturn:
    """Says no to the character at that position."""
    raise NotText(name=name, reason=reason, at=at, code=f"U+{ord(text[at]):04X}")
