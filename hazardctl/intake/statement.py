"""What a row states in words: its state, its grade, its answers and counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from hazardctl.domain.deadline import Due
from hazardctl.domain.words import LookbackResult, Severity, State
from hazardctl.intake.columns import Columns
from hazardctl.intake.state import state_of, together
from hazardctl.intake.words import stated

_SHORT = 16  # characters: a longer description is one
_ONCE = ("severity", "cycle", "extensions", "lookback_result")
_COUNT = re.compile("[0-9]{1,3}")
_NOBODY = frozenset({"无", "暂无", "none", "None"})


class Blame(Protocol):
    """Notes a fault of the present row."""

    def __call__(self, index: int | None, code: str, found: str, **facts: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row states beside its texts and days."""

    severity: Severity
    is_between: bool  # 较大: general, with the sender's grade kept
    cycle: int
    extensions: int
    lookback: LookbackResult | None


class Statement:
    """Reads the words of one table's rows; what it cannot read it blames on the row."""

    def __init__(self, columns: Columns, blame: Blame) -> None:
        self._states, self._fields, self._blame = columns.states, columns.fields, blame
        self._labels = columns.labels
        hints = ("progress_text", "finding")
        self._hints = [index for index, name in columns.raw.items() if name in hints]

    def word(self, texts: Sequence[str]) -> str:
        """The word of the status columns together; of a progress column where they say nothing."""
        words: dict[int, str] = {}
        for index in self._states:
            word = stated("state", texts[index])
            if word is None:
                self._blame(index, "unknown-state", texts[index])
            elif word != "blank":
                words[index] = word
        if not words:
            for index in self._hints:
                if (word := stated("state", texts[index])) and word != "blank":
                    return word
            return "blank"
        if word := together(tuple(words.values())):
            return word
        first, *_, last = words
        self._contradict(first, texts[first], last, texts[last])
        return "blank"

    def is_clean(self, said: Mapping[str, str], word: str) -> bool:
        """Whether the row says that nothing was found."""
        if word == "clean":
            return True
        description = said.get("description", "")
        return len(description) <= _SHORT and stated("description", description) == "clean"

    def of(self, said: Mapping[str, str]) -> Stated:
        """The grade, the counts and the look-back of a row."""
        stated, faults = _stated(*map(said.get, _ONCE))
        for name, code in faults:
            self._blame(self._fields.get(name), code, said[name])
        return stated

    def state(
        self,
        texts: Sequence[str],
        said: Mapping[str, str],
        word: str,
        days: Mapping[str, date],
        due: Due | None,
    ) -> State | None:
        """The state that everything together says; None if it contradicts itself."""
        answer = self._answer(said)
        state = state_of(
            word,
            answer,
            has_due_and_owner=bool(due and due.on)
            and ("responsible_person" in said or "responsible_unit" in said),
            has_rectified_on="rectified_on" in days,
            has_verifier=said.get("verified_by", "无") not in _NOBODY,
            has_verified_on="verified_on" in days,
            has_closed_on="closed_on" in days,
            was_asked=bool(self._states),
        )
        if state is None:
            other = "closed" if "closed" in said else "closed_on"
            found = said.get(other) or days["closed_on"].isoformat()
            first = self._states[0] if word != "blank" and self._states else None
            if first is None:  # 是否销号 says no beside a day on which it was closed
                other, found = "closed_on", days["closed_on"].isoformat()
                first = self._fields["closed"]
            self._contradict(first, texts[first], self._fields.get(other), found)
        return state

    def _contradict(self, first: int, found: str, other: int | None, other_found: str) -> None:
        label = "" if other is None else self._labels[other]
        self._blame(
            first, "contradictory-state", found, other_column=label, other_found=other_found
        )

    def _answer(self, said: Mapping[str, str]) -> bool | None:
        if "closed" not in said:
            return None
        answer = stated("closed", said["closed"])
        if answer is None:
            self._blame(self._fields.get("closed"), "unknown-answer", said["closed"])
        return None if answer is None else answer == "yes"


@lru_cache(maxsize=4096)
def _stated(
    severity: str | None, cycle: str | None, extensions: str | None, lookback: str | None
) -> tuple[Stated, tuple[tuple[str, str], ...]]:
    """What those cells state, and the fields and codes of those that cannot be read."""
    faults: list[tuple[str, str]] = []
    grade = stated("severity", severity) if severity else "general"
    if grade is None:
        faults.append(("severity", "unknown-severity"))
    result = stated("lookback", lookback) if lookback else None
    if lookback and result is None:
        faults.append(("lookback_result", "unknown-lookback-result"))
    counts = {"cycle": 1, "extensions": 0}
    for name, text in (("cycle", cycle), ("extensions", extensions)):
        if text and _COUNT.fullmatch(text) and int(text) >= counts[name]:
            counts[name] = int(text)
        elif text:
            faults.append((name, "not-a-count"))
    return Stated(
        severity=Severity.MAJOR if grade == "major" else Severity.GENERAL,
        is_between=grade == "between",
        cycle=counts["cycle"],
        extensions=counts["extensions"],
        lookback=LookbackResult(result) if result else None,
    ), tuple(faults)
