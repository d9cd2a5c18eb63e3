"""What a row states in words: its state, its grade, its answers and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from hazardctl.domain.deadline import Due
from hazardctl.domain.words import LookbackResult, Severity, State
from hazardctl.intake.columns import Columns
from hazardctl.intake.state import state_of, together
from hazardctl.intake.words import stated

_SHORT = 16  # characters: a longer description is one
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
        grade = "general"
        if "severity" in said:
            grade = stated("severity", said["severity"]) or "unknown"
            if grade == "unknown":
                self._fault("severity", "unknown-severity", said)
        lookback = None
        if "lookback_result" in said:
            result = stated("lookback", said["lookback_result"])
            lookback = LookbackResult(result) if result else None
            if result is None:
                self._fault("lookback_result", "unknown-lookback-result", said)
        return Stated(
            severity=Severity.MAJOR if grade == "major" else Severity.GENERAL,
            is_between=grade == "between",
            cycle=self._count(said, "cycle", 1),
            extensions=self._count(said, "extensions", 0),
            lookback=lookback,
        )

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
            self._fault("closed", "unknown-answer", said)
        return None if answer is None else answer == "yes"

    def _count(self, said: Mapping[str, str], name: str, least: int) -> int:
        text = said.get(name)
        if text is None:
            return least
        if text.isascii() and text.isdecimal() and least <= int(text) < 1000:
            return int(text)
        self._fault(name, "not-a-count", said)
        return least

    def _fault(self, name: str, code: str, said: Mapping[str, str]) -> None:
        self._blame(self._fields.get(name), code, said[name])
