"""Traditional characters read as Simplified ones."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """The text in Simplified characters: for matching, never to be stored in place of the text."""
    import warnings

    import zhconv  # takes 100 ms: only a text that matches nothing as it stands comes here

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its dictionary file open
        return str(zhconv.convert(text, "zh-hans"))
