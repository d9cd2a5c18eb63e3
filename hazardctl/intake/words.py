"""What a sender's word states: a state, an answer, a grade, a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from hazardctl.data import load
from hazardctl.data.script import simplified

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff、,;:.。!_]+|[‘’“”\"']+")
_REMAINING = re.compile("还?剩余?[0-9]+[天日](?:以上|以下|以内)?")  # of an ageing list: open
# Tables whose words may be written as the program's own codes.
_BY_CODE = frozenset(
    {
        *("source", "lookback", "level", "jurisdiction", "inspection_kind", "signature"),
        *("penalty_kind", "charge", "referral_state"),
    }
)
_NUMBERED = re.compile(r"^[1-9][、.．:：)]?(?=\D)")  # the codes of the exchange form: 2已整改


def plain(text: str) -> str:
    """The word as it is compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _IGNORED.sub("", _BRACKETS.sub("", folded)) or _IGNORED.sub("", folded)


@lru_cache(maxsize=65536)
def stated(kind: str, text: str) -> str | None:
    """The key under which `text` stands in a table of `data/words.toml`, or None."""
    table = _table(kind)
    word = plain(text)
    for reading in (word, _NUMBERED.sub("", word)):
        if reading in table:
            return table[reading]
    if kind == "state" and _REMAINING.fullmatch(word):
        return "not_closed"
    if len(word) <= 20 and not word.isascii():
        return table.get(simplified(word)) if _may_be_traditional(word) else None
    return None


@cache
def _table(kind: str) -> Mapping[str, str]:
    rows = load("words")[kind]
    table = {plain(word): key for key, words in rows.items() for word in words}
    return table | {plain(key): key for key in rows if kind in _BY_CODE}


def _may_be_traditional(word: str) -> bool:
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
