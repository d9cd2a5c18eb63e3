"""The name of a file as it may stand in any folder, whatever name the file once came with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from unicodedata import category

LONGEST = 120  # bytes of UTF-8; a folder takes 255, and some put names of their own around it
_ENDING = 16  # bytes: what follows the last dot is kept whole if it is no longer
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PARTING = frozenset('/\\:*?"<>|')  # what parts a path, or means something to a shell or to Windows
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)",
    re.IGNORECASE,
)


def names(name: str, *, otherwise: str) -> Iterator[str]:
    """The name, cleaned, then `name (2)`, `name (3)`, …: as many as are asked for.

    No path, no option, no hidden file, no device of Windows, nothing invisible, at most `LONGEST`
    bytes; `otherwise` is the name of what then has none.
    """
    plain = "".join("_" if _is_kept_out(ch) else ch for ch in name)
    plain = plain.strip().lstrip(" .-").rstrip(" .") or otherwise
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not stem or len(ending.encode()) > _ENDING:
        stem, dot, ending = plain, "", ""
    for place in count(1):
        after = f" ({place})" if place > 1 else ""
        room = LONGEST - len(f"{after}{dot}{ending}".encode())
        cut = stem.encode()[:room].decode(errors="ignore")
        yield f"{cut if cut == stem else cut.rstrip(' .')}{after}{dot}{ending}"


def _is_kept_out(ch: str) -> bool:
    """Whether it parts a path or cannot be seen; names in planes 2 and 3 may be newer than us."""
    is_rare = "\U00020000" <= ch <= "\U0003fffd"
    return ch in _PARTING or (category(ch) in _HIDDEN and not is_rare)
