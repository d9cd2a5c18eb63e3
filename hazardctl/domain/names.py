"""When two texts name the same person, unit or thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

_IGNORED = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_VARIATIONS = re.compile(r"[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # selectors, joiner
# A name with what stands in brackets behind it; lines part names too: a cell may hold several.
_NAME = re.compile(r"(?:[（(][^（()）]*[）)]|[^、，,;；/／､﹑﹐﹔\n])+")


@cache  # they take long to make: only who compares waits for them
def _usual() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is compared as it is; and, folded, what has no marks nor anything that is not seen."""
    return (
        re.compile(r"[0-9a-z\u4e00-\u9fff]*"),
        re.compile(r"[ -~·—‘-”…\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]*"),
    )


def sameness(text: str) -> str:
    """The text as it is compared: NFKC, case ignored, without spaces and what cannot be seen.

    It is never stored in place of the text: NFKC makes `1号` of `①号`.
    """
    plain, usual = _usual()
    if plain.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text).casefold().replace("•", "·")
    if usual.fullmatch(folded):
        return folded.replace(" ", "")
    seen = _VARIATIONS.sub("", folded)
    return "".join(ch for ch in seen if unicodedata.category(ch) not in _IGNORED)


recurring = lru_cache(32_768)(sameness)  # of what comes again and again: enterprises, places


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two names are the same person; nobody is not the same as nobody."""
    return bool(one and other) and sameness(one or "") == sameness(other or "")


def is_among(name: str | None, names: Iterable[str | None]) -> bool:
    """Whether a name is one of several."""
    return any(is_same(name, other) for other in names)


def people(text: str) -> tuple[str, ...]:
    """The people named in one text: `张三、李四` are two; each once, in the order given."""
    found: dict[str, str] = {}
    for part in _NAME.findall(text):
        if sameness(part):
            found.setdefault(sameness(part), part.strip())
    return tuple(found.values())


def each_once(texts: Iterable[str]) -> tuple[str, ...]:
    """The names on the lines of several texts, each once, as it is first spelled."""
    found: dict[str, str] = {}
    for line in (line.strip() for text in texts for line in text.split("\n")):
        if line:
            found.setdefault(sameness(line), line)
    return tuple(found.values())
