"""What a row states in words: its state, its grade, its answers and counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from hazardctl.domain.deadline import Due
from hazardctl.domain.words import Level, LookbackResult, Severity, State
from hazardctl.intake.columns import Columns
from hazardctl.intake.state import state_of, together
from hazardctl.intake.words import stated

_SHORT = 16  # characters: a longer description is one
_LOOKS = ("lookback_result", "previous_lookback_result")
_ONCE = ("severity", "cycle", "extensions", "listing", *_LOOKS)
_COUNT = re.compile("[0-9]{1,3}")
_CODE = re.compile("[1-9]")
_ACCEPTED = ("verified", "rejected")
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
    previous_lookback: LookbackResult | None = None  # of the cycle before
    listing: Level | None = None
    is_listed_by_nobody: bool = False  # 挂牌督办：是, and not by whom


class Statement:
    """Reads the words of one table's rows; what it cannot read it blames on the row."""

    def __init__(self, columns: Columns, blame: Blame) -> None:
        self._states, self._fields, self._blame = columns.states, columns.fields, blame
        self._labels = columns.labels
        raw = columns.raw.items()
        self._hints = [(at, name) for at, name in raw if name in ("progress_text", "finding")]
        self._acceptances = [at for at, name in raw if name == "acceptance_text"]
        self._due = columns.fields.get("due_on")
        self._stated_in = 0  # the column that has the word of the present row

    def word(self, texts: Sequence[str]) -> str:
        """The word of the status columns together; of a progress column where they say nothing.

        An acceptance that was given or refused goes with either.
        """
        words: dict[int, str] = {}
        for index in self._states:
            word = stated("state", texts[index])
            if word is None:
                self._blame(index, "unknown-state", texts[index])
            elif word != "blank":
                words[index] = word
        if not words:
            words.update(self._hint(texts))
        for index in self._acceptances:
            if (word := stated("state", texts[index])) in _ACCEPTED:
                words[index] = str(word)
        if not words:
            return "blank"
        self._stated_in, *others = words
        if not others:
            return words[self._stated_in]
        if word := together(tuple(words.values())):
            return word
        last = others[-1]
        self._contradict(self._stated_in, texts[self._stated_in], last, texts[last])
        return "blank"

    def _hint(self, texts: Sequence[str]) -> dict[int, str]:
        """The word that stands where no state is asked for: of the progress, in the due cell."""
        for index, name in self._hints:
            word = stated("state", texts[index])
            if word and word != "blank":
                return {index: word}
            if name == "progress_text" and _CODE.fullmatch(texts[index]):
                self._blame(index, "unknown-state", texts[index])  # 1 or 2, of what list?
        if self._due is not None and stated("state", texts[self._due]) == "claimed":
            return {self._due: "claimed"}
        return {}

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
            facts = {"choices": list(Level)} if code == "unknown-code" else {}
            self._blame(self._fields.get(name), code, said[name], **facts)
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
            first = self._stated_in
            other = "closed" if "closed" in said else "closed_on"
            if answer is False and "closed_on" in days:  # not signed off, on a day
                first, other = self._fields["closed"], "closed_on"
            found = said.get(other) or days["closed_on"].isoformat()
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
    severity: str | None,
    cycle: str | None,
    extensions: str | None,
    listing: str | None,
    *lookbacks: str | None,
) -> tuple[Stated, tuple[tuple[str, str], ...]]:
    """What those cells state, and the fields and codes of those that cannot be read."""
    faults: list[tuple[str, str]] = []
    grade = stated("severity", severity) if severity else "general"
    if grade is None:
        faults.append(("severity", "unknown-severity"))
    results: list[LookbackResult | None] = []
    for name, text in zip(_LOOKS, lookbacks, strict=True):
        result = stated("lookback", text) if text else None
        results.append(LookbackResult(result) if result else None)
        if text and result is None:
            faults.append((name, "unknown-lookback-result"))
    level = stated("level", listing) if listing else "none"
    if level is None:
        faults.append(("listing", "unknown-code"))
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
        lookback=results[0],
        previous_lookback=results[1],
        listing=Level(level) if level in list(Level) else None,
        is_listed_by_nobody=level == "listed",
    ), tuple(faults)
