"""Which rows of files of records are on the register, or came earlier in the files, already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hazardctl.domain.arriving import Arrival
from hazardctl.domain.entering import Ceiling, names_of
from hazardctl.domain.names import sameness
from hazardctl.domain.register import ENTERPRISE, PENALTY, Kind
from hazardctl.ledger.candidates import Place
from hazardctl.ledger.known import Changed, Taken
from hazardctl.ledger.linking import Changes, Linked, Links, Misled
from hazardctl.store import arrivals, registered
from hazardctl.store.conditions import Ask

Mark = tuple[str, object]  # what a record is recognised by: a name, a code, a likeness


@dataclass(slots=True)
class Seen:
    """A record that is known: its number, "" of one that came earlier in the files."""

    number: str
    says: Mapping[str, Any]
    came_along: bool = False  # registered only because something named it
    of: Place | None = None  # the row that it came with


Lookup = Callable[[Mark], Seen | None]


@dataclass(frozen=True, slots=True)
class Entering:
    """A row that enters a record; with a number, one that fills in what was not known of it."""

    row: Arrival
    changes: Changes
    number: str = ""


class KnownRecords:
    """What the register holds of one kind, but for what the same request wrote before."""

    def __init__(
        self,
        ask: Ask,
        kind: Kind,
        *,
        entered: frozenset[str],
        before: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._ask, self._kind = ask, kind
        self._entered = entered
        self._was = before  # what the same request filled in, as it was until then
        self._links = Links(ask, kind)
        self._before: dict[Mark, Seen] = {}  # of earlier files
        self._of_file: dict[Mark, Seen] = {}
        self._each: dict[str, Seen] = {}  # by their numbers
        self._filled: dict[str, Mapping[str, Any]] = {}  # by this file: what they said before

    def sort(
        self,
        rows: Sequence[tuple[Arrival, Changes]],
        taken: Taken,
        file: str,
        *,
        ceiling: Ceiling | None,
    ) -> list[Entering]:
        """What is to be entered of these rows; what the others are is told."""
        linked, misled = self._links.link(rows, ceiling)
        taken.misled += misled
        marked = [(one, self._marks(one)) for one in linked]
        here = self._here(marked)
        writes: list[Entering] = []

        def known(mark: Mark) -> Seen | None:
            return self._of_file.get(mark) or self._before.get(mark) or here.get(mark)

        for one, marks in marked:
            seen = next(filter(None, map(known, marks)), None)
            if seen is None:
                taken.new += 1
                writes.append(Entering(one.row, one.changes))
                seen = Seen("", one.changes, of=Place(file, one.row.sheet, one.row.row))
            elif wrong := self._another(one, seen, known):
                taken.misled.append(wrong)
                continue
            else:
                taken.duplicates += 1
                writes += self._compared(one, seen, taken)
            for mark in marks:
                self._of_file.setdefault(mark, seen)
        return writes

    def _another(self, one: Linked, seen: Seen, known: Lookup) -> Misled | None:
        """Whether a row that is known names a different one too: by a name, or by a credit code."""
        if registered.has_likeness(self._kind):
            return None
        code, name = one.changes.get("credit_code"), ("name", sameness(one.changes["name"]))
        is_by_alias = not known(name) and not known(("code", code))
        for alias in one.changes.get("aliases", ()):
            if other := known(("name", sameness(alias))):
                has_another_code = code and is_by_alias and other.says.get("credit_code")
                if has_another_code or not _is_one(other, seen):
                    facts: dict[str, object] = {"alias": alias, "name": other.says["name"]}
                    return Misled(one.row, "aliases", "alias-taken", alias, facts)
        if code and (other := known(("code", code))) and not _is_one(other, seen):
            facts = {"name": other.says["name"]}
            return Misled(one.row, "credit_code", "code-taken", code, facts)
        return None

    def end(self, *, is_kept: bool) -> None:
        """A file has come to its end; what it held is known from now on if it is kept."""
        if is_kept:
            self._before |= self._of_file
        else:
            for number, says in self._filled.items():
                self._each[number].says = says
        self._of_file, self._filled = {}, {}

    def _marks(self, one: Linked) -> list[Mark]:
        """What a row is recognised by, the surest first."""
        said = one.changes
        if not registered.has_likeness(self._kind):
            names = [sameness(name) for name in (said["name"], *said.get("aliases", ()))]
            code = [("code", said["credit_code"])] if said.get("credit_code") else []
            own, *others = [("name", name) for name in dict.fromkeys(names)]
            return [own, *code, *others]
        marks: list[Mark] = [("likeness", _likeness(self._kind, said))]
        if self._kind is PENALTY and said.get("decision_no"):
            marks.append(("decision", _decision(said)))
        if "industry" in self._kind.alike and "industry" not in one.row.said:
            marks.append(("beside", _beside(self._kind, said)))
        return marks

    def _here(self, marked: Sequence[tuple[Linked, list[Mark]]]) -> dict[Mark, Seen]:
        """What of these rows is on the register, by its marks."""
        wanted: dict[str, list[Any]] = {}
        for _, marks in marked:
            for what, value in marks:
                wanted.setdefault(what, []).append(value)
        found: dict[Mark, Seen] = {}
        new: set[str] = set()
        for mark, row in self._asked(wanted, [one for one, _ in marked]):
            number = row["number"]
            if number in self._entered or not self._was_borne(number, mark):
                continue
            if number not in self._each:
                self._each[number] = Seen(number, self._was.get(number, row))
                new.add(number)
            found.setdefault(mark, self._each[number])
        if self._kind is ENTERPRISE and new:
            for number in arrivals.came_along(self._ask, new):
                self._each[number].came_along = True
        return found

    def _was_borne(self, number: str, mark: Mark) -> bool:
        """Whether a name or a code was that of a record before the same request filled it in."""
        if (was := self._was.get(number)) is None:
            return True
        what, value = mark
        return value == was["credit_code"] if what == "code" else value in names_of(self._kind, was)

    def _asked(
        self, wanted: Mapping[str, list[Any]], rows: Sequence[Linked]
    ) -> Iterator[tuple[Mark, Mapping[str, Any]]]:
        ask, kind = self._ask, self._kind
        if names := wanted.get("name"):
            ids = arrivals.named(ask, kind.name, names)
            known = {row["id"]: row for row in arrivals.records(ask, kind, "id", ids.values())}
            yield from ((("name", name), known[ident]) for name, ident in ids.items())
        if codes := wanted.get("code"):
            for row in arrivals.records(ask, kind, "credit_code", codes):
                yield ("code", row["credit_code"]), row
        if likenesses := wanted.get("likeness"):
            for row in arrivals.records(ask, kind, "likeness", likenesses):
                yield ("likeness", row["likeness"]), row
        if "decision" in wanted:
            numbers = [one.changes.get("decision_no") for one in rows]
            for row in arrivals.records(ask, kind, "decision_no", list(filter(None, numbers))):
                yield ("decision", _decision(row)), row
        if "beside" in wanted:
            day = str(kind.day)
            for row in arrivals.records(ask, kind, day, [one.changes[day] for one in rows]):
                yield ("beside", _beside(kind, row)), row

    def _compared(self, one: Linked, seen: Seen, taken: Taken) -> Iterator[Entering]:
        """What a row says else of a record is told; what nobody has said yet is filled in."""
        filled: Changes = {}
        if seen.came_along and not seen.says.get("aliases") and (more := _more(one, seen)):
            filled["aliases"] = more
        for name, stated in one.changes.items():
            if name not in one.row.said:
                continue
            ledger = seen.says.get(name)
            if _says_the_same(name, ledger, stated, {**seen.says, **filled}):
                continue
            if seen.came_along and not ledger:
                filled[name] = stated
            else:
                place = one.row.row, one.row.sheet
                told = Changed(*place, seen.number, ledger, stated, name, of=seen.of)
                taken.changed.append(told)
        if filled:
            self._filled.setdefault(seen.number, seen.says)
            taken.completed = len(self._filled)
            seen.says = {**seen.says, **filled}
            yield Entering(one.row, filled, seen.number)


def _is_one(one: Seen, other: Seen) -> bool:
    return one is other or bool(one.number and one.number == other.number)


def _more(one: Linked, seen: Seen) -> list[str]:
    """The names that a row has more of an enterprise that came along."""
    names = (one.changes["name"], *one.changes.get("aliases", ()))
    own = sameness(str(seen.says["name"]))
    return [name for name in dict.fromkeys(names) if sameness(name) != own]


def _likeness(kind: Kind, said: Mapping[str, Any]) -> bytes:
    """As of a row of the register, several values on lines of their own."""
    told = {**kind.defaults, **said}
    row = {name: _in_column(told.get(name)) for name in kind.alike}
    return registered.likeness(kind, row)


def _in_column(value: Any) -> Any:
    return "\n".join(map(str, value)) or None if isinstance(value, (list, tuple)) else value


def _decision(said: Mapping[str, Any]) -> tuple[str, ...]:
    """A decision names who is punished: one number may stand on two papers."""
    return tuple(sameness(said.get(name) or "") for name in ("decision_no", "enterprise", "person"))


def _beside(kind: Kind, said: Mapping[str, Any]) -> tuple[str, ...]:
    """What makes a record the same, but for its industry, which its enterprise may tell."""
    values = [_in_column(said.get(name)) for name in kind.alike if name != "industry"]
    return tuple(sameness("" if value is None else str(value)) for value in values)


def _says_the_same(name: str, ledger: Any, stated: Any, says: Mapping[str, Any]) -> bool:
    if name in ("name", "aliases"):
        known = {sameness(one) for one in (says.get("name"), *(says.get("aliases") or ())) if one}
        said = stated if isinstance(stated, list) else [stated]
        return {sameness(str(one)) for one in said} <= known
    if isinstance(stated, list):
        return {sameness(str(one)) for one in ledger or ()} == {sameness(one) for one in stated}
    if isinstance(stated, str) and isinstance(ledger, str):
        return sameness(ledger) == sameness(stated)
    return bool(ledger == stated)
