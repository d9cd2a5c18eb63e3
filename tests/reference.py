"""A small model of the life of a hazard, written from design.md §3 and from nothing else.

It shares no code with the program. It collects every reason for which a move is refused, by the
name of the refusal: which of several is told first is nobody's promise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from random import Random

OPEN = {"registered", "assigned", "rectifying", "submitted", "verified"}
BEFORE_SUBMITTED = {"registered", "assigned", "rectifying"}
UNDER_WAY = {"assigned", "rectifying"}

# From which states each action starts: the column "from" of the table, read once more.
FROM: dict[str, set[str]] = {
    "assign": {"registered", "assigned", "rectifying"},
    "accept": {"assigned"},
    "progress": UNDER_WAY,
    "submit": UNDER_WAY,
    "reject": {"submitted", "verified"},
    "verify": {"submitted"},
    "close": OPEN,  # it walks
    "reopen": {"closed"},
    "request": UNDER_WAY,
    "approve": UNDER_WAY,
    "refuse": UNDER_WAY,
    "lookback": {"closed"},
    "void": BEFORE_SUBMITTED,
    "transfer": OPEN,
    "take-back": {"transferred"},
    "grade": BEFORE_SUBMITTED,
    "edit": OPEN,
}

# How often an action is drawn: lives drawn evenly are soon void, transferred or edited for ever.
WEIGHT = {
    **dict.fromkeys(FROM, 4),
    **dict.fromkeys(("void", "transfer", "edit", "grade", "reject"), 1),
    **dict.fromkeys(("assign", "accept", "submit", "verify", "close", "reopen"), 12),
    **dict.fromkeys(("request", "approve"), 12),
}


@dataclass(frozen=True)
class Move:
    """Something that somebody wants done to a hazard on a day, with all that may be said of it."""

    action: str
    by: str
    on: date
    words: bool = True  # the reason, note, measures, basis that the step needs
    due: date | None = None
    person: str | None = None
    leader: str | None = None
    assured: bool = False  # all five assurances
    rectified_by: str | None = None
    rectified_on: date | None = None
    evidence: bool = False
    verifiers: tuple[str, ...] = ()
    verified_on: date | None = None
    inspectors: tuple[str, ...] = ("壬",)
    result: str = "rebound"
    reopening: bool = False
    major: bool = False
    stop_order: str | None = None


@dataclass
class Life:
    """One hazard as the design tells its life."""

    found_on: date
    today: date
    major: bool = False
    allowed: int = 2  # extensions a cycle
    leader_for_all: bool = False
    state: str = "registered"
    cycle: int = 1
    last_on: date = date.min  # the day of the latest step
    due_on: date | None = None
    original_due_on: date | None = None
    person: str | None = None
    leader: str | None = None
    accepted: bool = False
    extensions: int = 0
    pending_due_on: date | None = None
    pending_by: str | None = None
    stop_order: str | None = None
    rectified_by: str | None = None
    rectified_on: date | None = None
    submitted_by: str | None = None
    submitted_on: date | None = None
    verified_by: tuple[str, ...] = ()
    verified_on: date | None = None
    closed_by: str | None = None
    closed_on: date | None = None
    ever_submitted: bool = False

    def __post_init__(self) -> None:
        self.last_on = max(self.last_on, self.found_on)

    def attempt(self, move: Move) -> tuple[set[str], Life]:
        """Why the move is refused, and the life after it: this very one if it is refused."""
        after = copy(self)
        reasons = set(after._taken(move))
        return reasons, self if reasons else after

    def _taken(self, move: Move) -> Iterator[str]:
        if move.action == "grade":  # its refusal tells more than that the state is wrong
            if move.major == self.major:
                return
            if self.state not in BEFORE_SUBMITTED:
                yield "GradeSettled"
                return
        late = move.action == "accept" and self.state == "rectifying" and self._must_accept()
        if self.state not in FROM[move.action] and not late:
            yield "WrongState"
            return
        if move.action == "edit":
            yield from self._edited(move)
            return
        yield from self._dated(move.on)
        yield from getattr(self, "_" + move.action.replace("-", "_"))(move)
        self.last_on = max(self.last_on, move.on)

    def _dated(self, on: date) -> Iterator[str]:
        if on > self.today:
            yield "FutureDay"
        if on < self.last_on:
            yield "OutOfOrder"

    def _must_accept(self) -> bool:
        return self.major and not self.accepted

    def _edited(self, move: Move) -> Iterator[str]:
        if move.on > self.today:
            yield "FutureDay"
        self.stop_order = move.stop_order

    def _assign(self, move: Move) -> Iterator[str]:
        first = self.state == "registered"
        if first and not move.due and not self.due_on:
            yield "MissingOptions"
        if not (move.person or self.person) or not (first or move.person or move.leader):
            yield "MissingOptions"
        if move.due and move.due < self.found_on:
            yield "DueBeforeFound"
        if not first and move.due and move.due != self.due_on:
            yield "DueIsSet"
        self.person = move.person or self.person
        self.leader = move.leader or self.leader
        if (self.major or self.leader_for_all) and not self.leader:
            yield "CaseLeaderNeeded"
        if first:
            self.state = "assigned"
            self.due_on = move.due or self.due_on
            self.original_due_on = move.due or self.original_due_on or self.due_on

    def _accept(self, move: Move) -> Iterator[str]:
        if self.major and not move.assured:
            yield "AssurancesMissing"
        self.state, self.accepted = "rectifying", True

    def _progress(self, move: Move) -> Iterator[str]:
        if not move.words:
            yield "MissingOptions"
        if self._must_accept():
            yield "NotAccepted"
        self.state = "rectifying"

    def _request(self, move: Move) -> Iterator[str]:
        if not move.words or not move.due:
            yield "MissingOptions"
            return
        if self.pending_due_on:
            yield "ExtensionPending"
        if self.extensions >= self.allowed:
            yield "TooManyExtensions"
        if move.due < self.found_on:
            yield "DueBeforeFound"
        if self.due_on and move.due <= self.due_on:
            yield "ExtensionNotLater"
        self.pending_due_on, self.pending_by = move.due, move.by

    def _approve(self, move: Move) -> Iterator[str]:
        if not self.pending_due_on:
            yield "NoExtensionPending"
        elif same(move.by, self.pending_by):
            yield "SamePerson"
        self.due_on, self.extensions = self.pending_due_on, self.extensions + 1
        self.pending_due_on = self.pending_by = None

    def _refuse(self, move: Move) -> Iterator[str]:
        if not self.pending_due_on:
            yield "NoExtensionPending"
        if not move.words:
            yield "MissingOptions"
        self.pending_due_on = self.pending_by = None

    def _submit(self, move: Move) -> Iterator[str]:
        rectified_on = move.rectified_on or move.on
        if not move.words:
            yield "MissingOptions"
        if self._must_accept():
            yield "NotAccepted"
        if rectified_on > self.today:
            yield "FutureDay"
        if rectified_on < self.found_on or rectified_on > move.on:
            yield "OutOfOrder"
        if self.major and not move.evidence:
            yield "EvidenceNeeded"
        self.state, self.ever_submitted = "submitted", True
        self.rectified_by, self.rectified_on = move.rectified_by or move.by, rectified_on
        self.submitted_by, self.submitted_on = move.by, move.on
        self.pending_due_on = self.pending_by = None

    def _reject(self, move: Move) -> Iterator[str]:
        if not move.words:
            yield "MissingOptions"
        self.state = "rectifying"
        self._unclaim()

    def _verify(self, move: Move) -> Iterator[str]:
        verifiers = different(move.verifiers or (move.by,))
        claimed = named(self.rectified_by, self.submitted_by)
        if any(same(one, other) for one in verifiers for other in claimed):
            yield "SamePerson"
        if self.major and len(verifiers) < 2:
            yield "TwoVerifiersNeeded"
        self.state, self.verified_by, self.verified_on = "verified", verifiers, move.on

    def _close(self, move: Move) -> Iterator[str]:
        yield from self._contradicted(move)
        if self.state in BEFORE_SUBMITTED:
            rectified_on = move.rectified_on or move.on
            spot = not self.major and rectified_on <= self.found_on + timedelta(days=1)
            is_ready = spot if self.state == "registered" else not self._must_accept()
            is_told = move.words and move.rectified_by and (move.evidence or not self.major)
            if not is_ready or not is_told:
                yield "StepsMissing"
                return
        if self.state != "verified" and len(move.verifiers) < (2 if self.major else 1):
            yield "StepsMissing"
            return
        if self.state in BEFORE_SUBMITTED:
            on = max(rectified_on, self.last_on)
            submit = replace(move, by=move.rectified_by or "", on=on, rectified_on=rectified_on)
            yield from self._dated(on)
            yield from self._submit(submit)
            self.last_on = max(self.last_on, on)
        if self.state == "submitted":
            on = move.verified_on or move.on
            yield from self._dated(on)
            yield from self._verify(replace(move, on=on))
            self.last_on = max(self.last_on, on)
        yield from self._dated(move.on)
        yield from self._signed(move)

    def _contradicted(self, move: Move) -> Iterator[str]:
        """A step that was taken is not told differently."""
        claims = [(move.rectified_on, self.rectified_on), (move.verified_on, self.verified_on)]
        people = [
            (named(move.rectified_by), named(self.rectified_by)),
            (list(move.verifiers), list(self.verified_by)),
        ]
        if any(given and kept and given != kept for given, kept in claims) or any(
            given and kept and set(map(plainly, given)) != set(map(plainly, kept))
            for given, kept in people
        ):
            yield "AlreadyRecorded"

    def _signed(self, move: Move) -> Iterator[str]:
        others = named(self.rectified_by, self.submitted_by, *self.verified_by)
        if any(same(move.by, other) for other in others):
            yield "SamePerson"
        if self.pending_due_on:
            yield "ExtensionPending"
        if self.stop_order:
            yield "StopOrderStands"
        self.state, self.closed_by, self.closed_on = "closed", move.by, move.on

    def _reopen(self, move: Move) -> Iterator[str]:
        if not move.words or not move.due:
            yield "MissingOptions"
            return
        if move.due < self.found_on:
            yield "DueBeforeFound"
        self._unclaim()
        self.state, self.cycle, self.accepted = "assigned", self.cycle + 1, False
        self.due_on = self.original_due_on = move.due
        self.extensions, self.closed_by, self.closed_on = 0, None, None

    def _lookback(self, move: Move) -> Iterator[str]:
        if not move.inspectors or (move.reopening and not move.due):
            yield "MissingOptions"
        if self.closed_on and move.on <= self.closed_on:
            yield "OutOfOrder"
        if move.reopening and move.result == "confirmed":
            yield "NothingToReopen"
        if move.reopening:
            yield from self._reopen(replace(move, words=True))

    def _void(self, move: Move) -> Iterator[str]:
        if self.ever_submitted:
            yield "WasSubmitted"
        if not move.words:
            yield "MissingOptions"
        self.state = "void"
        self.pending_due_on = self.pending_by = None

    def _transfer(self, move: Move) -> Iterator[str]:
        if not move.words:
            yield "MissingOptions"
        self.state = "transferred"
        self.pending_due_on = self.pending_by = None

    def _take_back(self, move: Move) -> Iterator[str]:
        self.state, self.accepted = "registered", False
        self._unclaim()
        yield from ()

    def _grade(self, move: Move) -> Iterator[str]:
        if not move.words:
            yield "BasisNeeded"
        if move.major and self.state != "registered" and not self.leader:
            yield "CaseLeaderNeeded"
        self.major = move.major
        if move.major:
            self.accepted = False  # with all five assurances, then

    def _unclaim(self) -> None:
        self.rectified_by = self.rectified_on = self.submitted_by = self.submitted_on = None
        self.verified_by, self.verified_on = (), None


def plainly(name: str) -> str:
    """A name as it is compared: NFKC, without spaces, ignoring case."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def same(one: str | None, other: str | None) -> bool:
    """Whether two names are the same person."""
    return bool(one and other) and plainly(one or "") == plainly(other or "")


def named(*texts: str | None) -> list[str]:
    """Everybody whom these texts name: 乙、丙 are two."""
    return [name for text in texts if text for name in text.split("、")]


def different(names: Sequence[str]) -> tuple[str, ...]:
    """The names without those who were named before."""
    kept: dict[str, str] = {}
    for name in names:
        kept[plainly(name)] = name
    return tuple(kept.values())


# What is drawn from: some names are the same person, one text names two.
NAMES = ("甲", "乙", "丙", "丁", "戊", "Ann", "ａｎｎ", " A N N")
TEXTS = (None, "甲", "乙、丙", "ＡＮＮ")


def any_move(draw: Random, life: Life, action: str | None = None) -> Move:
    """Some move, sensible or not."""
    near = [life.found_on, life.found_on + timedelta(days=1), life.last_on, life.last_on]
    days = [*near, *(life.last_on + timedelta(days=days) for days in (1, 2, 5))]
    odd = [life.last_on - timedelta(days=1), life.found_on - timedelta(days=1)]
    odd.append(life.today + timedelta(days=1))
    dues = [life.due_on or life.found_on, *days, life.last_on + timedelta(days=20)]

    concerned = named(life.rectified_by, life.submitted_by, life.pending_by, *life.verified_by)
    people = [*NAMES, *concerned, *concerned]

    def some_day() -> date:
        return draw.choice(odd if draw.random() < 0.1 else days)

    return Move(
        action=action or draw.choice(_startable(life) if draw.random() < 0.7 else list(FROM)),
        by=draw.choice(people),
        on=some_day(),
        words=draw.random() < 0.95,
        due=draw.choice([None, *dues, some_day()]),
        person=draw.choice([None, "甲", "己"]),
        leader=draw.choice([None, "李局", "王局"]),
        assured=draw.random() < 0.8,
        rectified_by=draw.choice(TEXTS),
        rectified_on=draw.choice([None, None, some_day()]),
        evidence=draw.random() < 0.8,
        verifiers=tuple(draw.sample(people, draw.choice([0, 1, 1, 2, 2]))),
        verified_on=draw.choice([None, None, some_day()]),
        inspectors=("壬",) if draw.random() < 0.9 else (),
        result=draw.choice(["confirmed", "rebound", "false-closure"]),
        reopening=draw.random() < 0.4,
        major=draw.random() < 0.7,
        stop_order=draw.choice([None, None, "停产令1号"]),
    )


def legal_move(draw: Random, life: Life) -> Move | None:
    """Some move that the model allows; None if none was found."""
    actions = _startable(life)
    for _ in range(5):
        action = draw.choice(actions)
        for _ in range(20):  # a hard one gets its chance: else the easy ones are all there is
            move = any_move(draw, life, action)
            if not life.attempt(move)[0]:
                return move
    return None


def nearly_legal_move(draw: Random, life: Life) -> Move | None:
    """A move that is refused for one fact alone, if it can be; None if none was found."""
    move = legal_move(draw, life)
    if move is None:
        return None
    other = any_move(draw, life, move.action)
    facts = [one.name for one in fields(Move) if one.name != "action"]
    altered = [replace(move, **{name: getattr(other, name)}) for name in facts]
    return draw.choice([one for one in altered if life.attempt(one)[0]] or altered)


def _startable(life: Life) -> list[str]:
    """The actions that start from where a life stands, each as often as it is to be drawn."""
    actions = [action for action, states in FROM.items() if life.state in states]
    if life.state == "rectifying":
        actions.append("accept")  # graded major on the way: accepted late
    return [action for action in actions for _ in range(WEIGHT[action])] or list(FROM)
