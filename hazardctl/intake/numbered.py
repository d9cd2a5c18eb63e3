"""Several problems written into one cell: 1.… 2.… or ①…②…"""

from __future__ import annotations

import re

_MARK = re.compile(
    r"(?:^|(?<=[\s;；。,，、:：]))[（(]?(?:([1-9][0-9]?)(?:[)）、．]|\.(?![0-9])|[)）]\s*)|([①-⑳]))[、.．]?\s*"
)
_END = re.compile(r"[\s;；,，、]+$")


def parts_of(text: str) -> list[str]:
    """The problems that a text numbers from 1 on; none if it does not number two or more."""
    if "2" not in text and "②" not in text and "２" not in text:
        return []
    marks: list[re.Match[str]] = []
    for found in _MARK.finditer(text):
        number = int(found[1]) if found[1] else ord(found[2]) - ord("①") + 1
        if number == len(marks) + 1:
            marks.append(found)
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    head = text[: marks[0].start()].strip()
    parts = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return [_END.sub("", head + part) for part in parts]
