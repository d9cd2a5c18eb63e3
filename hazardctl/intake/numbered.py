"""Several problems written into one cell: 1.… 2.… or ①…②… or 一、…二、…"""

from __future__ import annotations

import re

_MARK = re.compile(
    r"(?:^|(?<=[\s;；。,，、:：]))[（(]?"
    r"(?:([1-9][0-9]?)(?:[)）、．]|\.(?![0-9]))|([一二三四五六七八九十])[)）、])[、.．]?\s*"
    r"|([①-⑳])[、.．]?\s*"
)
_SECONDS = "2二②２"
_END = re.compile(r"[\s;；,，、]+$")


def parts_of(text: str) -> list[str]:
    """The problems that a text numbers from 1 on; none if it does not number two or more."""
    if not any(second in text for second in _SECONDS):
        return []
    marks: list[re.Match[str]] = []
    for found in _MARK.finditer(text):
        if _number(found) == len(marks) + 1:
            marks.append(found)
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    head = text[: marks[0].start()].strip()
    parts = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    if not all(part.strip() for part in parts):  # 1、2、3号库 are no three problems
        return []
    return [_END.sub("", head + part) for part in parts]


def _number(mark: re.Match[str]) -> int:
    digits, numeral, circled = mark.groups()
    if digits:
        return int(digits)
    return "一二三四五六七八九十".index(numeral) + 1 if numeral else ord(circled) - ord("①") + 1
