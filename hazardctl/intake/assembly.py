"""How what a draft states of a hazard is put together from the cells of its row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from hazardctl.domain.deadline import Due
from hazardctl.domain.hazard import as_changes
from hazardctl.domain.industry import Taxonomy
from hazardctl.domain.names import people
from hazardctl.domain.words import RECTIFIED, DueKind, LookbackResult, Severity, Source, State
from hazardctl.intake.columns import Columns
from hazardctl.intake.problems import Notices
from hazardctl.intake.statement import Stated
from hazardctl.intake.words import stated as word_of

OTHER = "other"  # the industry of what names none, or none that is known

# Fields that are taken as they are written.
_TEXTS = (
    "credit_code",
    "district",
    "location",
    "hazard_kind",
    "source_detail",
    "found_by",
    "basis",
    "required_measures",
    "order_type",
    "stop_order",
    "external_code",
    "remark",
    "responsible_unit",
    "responsible_person",
    "case_leader",
    "regulator",
)
_NAMES = ("responsible_unit", "responsible_person", "case_leader", "regulator")
_NOBODY = frozenset({"无", "暂无", "none", "None"})
_CAMPAIGNS = re.compile(r"\s*[、;；\n]\s*")
_people = lru_cache(maxsize=65536)(people)  # the same few sign row after row
_ENDED = (State.CLOSED, State.VOID, State.TRANSFERRED)
_PERCENT = re.compile("(100|[0-9]{1,2})%?")
_OVERDUE = ("overdue", "overdue_unrectified")
_DOUBTFUL = frozenset({*_OVERDUE, "extended", "on_spot"})
_LATER = (State.ASSIGNED, State.RECTIFYING, *RECTIFIED)


class Assembly:
    """Puts together what rows of one table state; `constants` are given for the whole file."""

    def __init__(
        self,
        columns: Columns,
        *,
        today: date,
        taxonomy: Taxonomy,
        constants: Mapping[str, str],
        notices: Notices,
    ) -> None:
        self._today, self._taxonomy, self._notices = today, taxonomy, notices
        self._labels = {name: columns.labels[index] for name, index in columns.fields.items()}
        self._texts = [name for name in _TEXTS if name in columns.fields or name in constants]
        self._was_asked = bool(columns.states)
        self._industry = constants.get("industry")

    def changes(
        self,
        row: int,
        said: dict[str, str],
        days: Mapping[str, date],
        due: Due | None,
        stated: Stated,
        state: State,
        word: str,
        *,
        funds: int | None = None,
    ) -> dict[str, object]:
        """What a row states of a hazard, as the changes of the event that enters it."""
        from_on = days["found_on" if stated.cycle == 1 else "reopened_on"]
        values: dict[str, object] = {name: said[name] for name in self._texts if name in said}
        for name in _NAMES:
            if values.get(name) in _NOBODY:
                del values[name]
        self._place(row, said, values)
        self._measure(said, values, state)
        self._grade(row, said, values, stated)
        if word == "suspended" or "order_type" in values:
            self._stop(values, word, state)
        if due:
            values["due_on"], values["due_text"] = due.on, said.get("due_text", due.text)
            values["due_kind"] = due.kind
            if kind := word_of("due_kind", said.get("due_kind", "")):
                values["due_kind"] = DueKind(kind)
            values["original_due_on"] = days.get("original_due_on", due.on)
        elif word == "standing":
            values["due_kind"] = DueKind.STANDING
        values["listing"], values["listed_on"] = stated.listing, days.get("listed_on")
        values["funds_fen"] = funds
        if stated.is_listed_by_nobody:
            self._notices.add("listed-by-whom", row, found=said["listing"])
        self._follow(said, days, stated, state, values, from_on)
        self._remind(row, word, state, stated, days, values)
        values["enterprise"], values["description"] = said["enterprise"], said["description"]
        values["found_on"], values["severity"] = days["found_on"], stated.severity
        values["imported"], values["cycle"] = True, stated.cycle
        values["state"], values["since_on"] = state, self._since(state, days, from_on)
        values["from_on"], values["extensions"] = from_on, stated.extensions
        values["was_submitted"] = state in RECTIFIED or stated.cycle > 1
        values["reopened_on"] = from_on if stated.cycle > 1 else None
        return as_changes(values)

    def _place(self, row: int, said: Mapping[str, str], values: dict[str, object]) -> None:
        """Its industry, its source, its campaigns: by the words of the file, which are kept."""
        text = said.get("industry")
        industry = self._taxonomy.find(text) if text else None
        values["industry"] = industry.slug if industry else OTHER
        if "industry_text" in self._labels:
            values["industry_text"] = said.get("industry_text")
        elif text and text != self._industry:
            values["industry_text"] = text
        if text is None:
            self._notices.add("no-industry", row)
        elif industry is None:
            self._notices.add("unknown-industry", row, found=text)
        if text := said.get("source"):
            if source := word_of("source", text):
                values["source"] = Source(source)
            else:
                details = (text, said.get("source_detail"))
                values["source_detail"] = "；".join(filter(None, details))
                self._notices.add("unknown-source", row, found=text)
        if text := said.get("campaigns"):
            names = dict.fromkeys(filter(None, _CAMPAIGNS.split(text)))
            values["campaigns"] = tuple(names)

    def _measure(self, said: Mapping[str, str], values: dict[str, object], state: State) -> None:
        """整改措施 are those taken once it is rectified, else those required."""
        planned, taken = said.get("planned_measures"), said.get("measures")
        if state in RECTIFIED:
            values["measures"] = taken or planned
            if taken and planned:
                values.setdefault("required_measures", planned)
        elif planned or taken:
            values.setdefault("required_measures", planned or taken)

    def _grade(
        self, row: int, said: Mapping[str, str], values: dict[str, object], stated: Stated
    ) -> None:
        if stated.is_between:
            values["remark"] = "；".join(filter(None, (said["severity"], said.get("remark"))))
            self._notices.add("between-grades", row, found=said["severity"])

    def _stop(self, values: dict[str, object], word: str, state: State) -> None:
        """A stop order stands while the hazard is open, whichever column states it."""
        if word == "suspended":
            values.setdefault("order_type", "停产整顿")
        order = values.get("order_type")
        if order and state not in _ENDED and word_of("state", str(order)) == "suspended":
            values.setdefault("stop_order", order)

    def _follow(
        self,
        said: Mapping[str, str],
        days: Mapping[str, date],
        stated: Stated,
        state: State,
        values: dict[str, object],
        from_on: date,
    ) -> None:
        """The days, people and papers that belong to the steps up to this state."""
        if state in _LATER:
            values["assigned_on"] = from_on
        if state in _LATER[1:]:
            values["rectifying_on"] = from_on
            if stated.severity is Severity.MAJOR:
                values["accepted_on"] = from_on
        if state is State.RECTIFYING and (share := _PERCENT.fullmatch(said.get("percent", ""))):
            values["percent"] = int(share[1])
        if state in RECTIFIED:
            values["rectified_on"] = days.get("rectified_on")
            values["submitted_on"] = days.get("submitted_on")
            values["rectified_by"] = _name(said, "rectified_by")
            values["submitted_by"] = _name(said, "submitted_by")
        if state in RECTIFIED[1:]:
            values["verified_on"] = days.get("verified_on")
            values["verified_by"] = _people(_name(said, "verified_by") or "")
        if state is State.CLOSED:
            values["closed_on"] = days.get("closed_on")
            values["closed_by"] = _name(said, "closed_by")
            looked, (before, _) = days.get("lookback_on"), looked_back_before(stated, days)
            if looked is None or (looked != before and _is_of_present(looked, stated, days)):
                values["lookback_on"], values["lookback_result"] = looked, stated.lookback
        elif state is State.VOID:
            values["duplicate_of"] = said.get("duplicate_of")
        elif state is State.TRANSFERRED:
            values["transferred_to"] = said.get("transferred_to")

    def _remind(
        self,
        row: int,
        word: str,
        state: State,
        stated: Stated,
        days: Mapping[str, date],
        values: Mapping[str, object],
    ) -> None:
        if state is State.CLOSED and "closed_on" not in days:
            self._notices.add("closed-without-day", row)
        if word == "blank" and state is State.REGISTERED and self._was_asked:
            self._notices.add("blank-state", row)
        if word == "rebound":
            self._notices.add("rebound", row)
        if word in _DOUBTFUL:
            self._doubt(row, word, stated, days, values.get("due_on"))
        if word != "rejected":  # what was rejected has been rectified and looked at, in vain
            before, _ = looked_back_before(stated, days)
            for name in ("rectified_on", "verified_on", "lookback_on"):
                if name in days and name not in values and days[name] != before:
                    self._notices.add("day-left-out", row, column=self._labels.get(name, name))

    def _doubt(
        self, row: int, word: str, stated: Stated, days: Mapping[str, date], due_on: object
    ) -> None:
        """What a word says and the other columns do not bear out."""
        if word in _OVERDUE and isinstance(due_on, date) and due_on >= self._today:
            self._notices.add("overdue-not-yet", row)
        if word == "extended" and not stated.extensions:
            self._notices.add("extended-without-papers", row)
        if word == "on_spot" and "rectified_on" not in days:
            self._notices.add("on-spot-without-day", row)

    def _since(self, state: State, days: Mapping[str, date], from_on: date) -> date:
        """The day from which the state is known; today where the file does not say."""
        match state:
            case State.CLOSED:
                return days.get("closed_on", self._today)
            case State.VERIFIED:
                return days.get("verified_on", self._today)
            case State.SUBMITTED:
                return days.get("submitted_on") or days.get("rectified_on", self._today)
            case State.VOID:
                return days.get("void_on", self._today)
            case State.TRANSFERRED:
                return days.get("transferred_on", self._today)
            case _:
                return from_on


def looked_back_before(
    stated: Stated, days: Mapping[str, date]
) -> tuple[date | None, LookbackResult | None]:
    """When the cycle before the one that a row states was looked back on, and what was found.

    The row says so itself, or states a look-back before it says that the hazard was reopened.
    """
    if stated.cycle == 1:
        return None, None
    if "previous_lookback_on" in days or stated.previous_lookback:
        return days.get("previous_lookback_on"), stated.previous_lookback
    looked = days.get("lookback_on")
    if looked and days.get("previous_closed_on", looked) <= looked <= days["reopened_on"]:
        return looked, stated.lookback
    return None, None


def _is_of_present(looked: date, stated: Stated, days: Mapping[str, date]) -> bool:
    """Whether a look-back was on the cycle that the row states."""
    return stated.cycle == 1 or looked >= days.get("closed_on", looked)


def _name(said: Mapping[str, str], field: str) -> str | None:
    """Who it was; None where the file says that it was nobody."""
    text = said.get(field)
    return None if text in _NOBODY else text
