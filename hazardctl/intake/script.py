"""Cell text in Traditional characters, or garbled on its way: it is kept as it is, and said."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from hazardctl.data.script import simplified

# What was written in one encoding, and read in another: what it was, what it was read as, and how
# many bytes a Chinese character has in the former.
_MISREAD = (
    ("utf-8", "gb18030", 3),
    ("utf-8", "cp1252", 3),
    ("utf-8", "latin-1", 3),
    ("gb2312", "latin-1", 2),
)
_LOST = "锟斤拷"  # what a character that was lost becomes, read anew


def is_usual(text: str, harmless: Collection[str] = ()) -> bool:
    """Whether nothing in a text can be Traditional or garbled: nearly every row passes here.

    `harmless` letters are passed over: a name in a rare one signs row after row.
    """
    while True:
        try:
            text.encode("gb2312")
        except UnicodeEncodeError as error:
            letter = text[error.start]
            if letter not in harmless:
                return False
            text = text.replace(letter, "")
        else:
            return _LOST not in text


def rare(text: str) -> set[str]:
    """The letters of a text that GB 2312 has not."""
    return {letter for letter in text if not is_usual(letter)}


@lru_cache(maxsize=4096)
def what_is_odd(text: str) -> str | None:
    """The notice that a text deserves, if any."""
    if is_usual(text):
        return None
    if _LOST in text or any(_is_misread(text, *how) for how in _MISREAD):
        return "garbled-text"
    return "traditional-text" if _is_traditional(text) else None


def _is_misread(text: str, was: str, read_as: str, width: int) -> bool:
    content = text.encode(read_as, errors="ignore")
    strange = sum(byte > 0x7F for byte in content)
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in content.decode(was, errors="ignore"))
    return chinese >= 2 and chinese * width >= 0.9 * strange


def _is_traditional(text: str) -> bool:
    """By its words, not its letters: 瞭 stands in Simplified 瞭望 as well."""
    pairs = zip(text, simplified(text), strict=False)
    return any(one != other and not is_usual(one) for one, other in pairs)
