"""What a terminal, a page or a paper may see of a text: nothing hidden, nothing that acts."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
SAFE = {"\n": " ⏎ ", "\t": " "}
STACKED = 4  # marks over one letter; more of them climb over the lines above


@cache  # it takes long to make, and machines read what is not shown
def plain() -> re.Pattern[str]:
    """Text that is shown as it is. Not str.isprintable(): that lets combining marks through."""
    return re.compile(r"[ -~·—‘’“”…\u3000-\u3029\u3030-\u303f\u4e00-\u9fff\uff01-\uff5e]*")


def is_rare_ideograph(ch: str) -> bool:
    """Whether it is in planes 2 and 3: names there are newer than Python's tables."""
    return 0x20000 <= ord(ch) <= 0x3FFFD and ord(ch) & 0xFFFE != 0xFFFE


def show(text: str) -> str:
    """The text as a terminal may see it: nothing invisible, nothing that moves the cursor."""
    if plain().fullmatch(text):
        return text
    seen, marks = [], 0
    for ch in text:
        kind = category(ch)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        hidden = kind in HIDDEN and not is_rare_ideograph(ch)
        seen.append(SAFE.get(ch) or (f"\\u{{{ord(ch):x}}}" if hidden or marks > STACKED else ch))
    return "".join(seen)


def lines(text: str) -> str:
    """The same for text of several lines, which stay lines."""
    return "\n".join(map(show, text.split("\n")))
