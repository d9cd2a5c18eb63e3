"""How alerts are shown: a list, the worst first, each with its sentence, rule and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from hazardctl.domain.alerts import Raised
from hazardctl.render.hazards import worder
from hazardctl.render.sheet import Answer, Column, Kind, Sheet, coded
from hazardctl.text import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from hazardctl.domain.industry import Taxonomy

# The keys of an alert in JSON, in the order in which they are printed; keys are only ever added.
KEYS = (
    *("alert", "subject", "enterprise", "industry", "district", "since", "limit_on", "days"),
    *("limit", "counts", "rule", "source", "responsible", "text"),
)
# The columns of a list for people, in the order of their importance.
LISTED = (
    *("subject", "alert", "days", "enterprise", "responsible", "limit_on", "text"),
    *("industry", "district", "since", "limit", "rule", "source"),
)
_KINDS = {
    **dict.fromkeys(("days", "limit"), Kind.COUNT),
    **dict.fromkeys(("limit_on", "since"), Kind.DAY),
}
_KEPT = frozenset({"subject", "alert", "days"})


def answer(
    found: Sequence[Raised], as_of: date, *, words: Words, taxonomy: Callable[[], Taxonomy]
) -> Answer:
    """The alerts that stand at the end of a day."""
    records = [record(one, words) for one in found]
    return Answer(
        data=lambda: records,
        records=lambda: records,
        coded=lambda: coded(records, keys=KEYS),
        sheets=lambda: [_listed(records, as_of, words, taxonomy())],
    )


def record(one: Raised, words: Words) -> dict[str, Any]:
    """An alert as JSON; its sentence is in the reader's language."""
    told: dict[str, Any] = {
        "alert": str(one.alert),
        "subject": one.subject,
        "enterprise": one.enterprise,
        "industry": one.industry,
        "district": one.district,
        "since": one.since.isoformat(),
        "limit_on": one.limit_on.isoformat() if one.limit_on else None,
        "days": one.days,
        "limit": one.limit,
        "counts": list(one.counts) or None,
        "rule": one.rule,
        "source": one.source,
        "responsible": one.responsible,
    }
    left = -one.days if one.days is not None else None
    sentence = words.catalog("alerts")["sentences"][one.alert]
    return {**told, "text": sentence.format(**told, left=left)}


def _listed(
    records: Sequence[dict[str, Any]], as_of: date, words: Words, taxonomy: Taxonomy
) -> Sheet:
    say = worder(words, taxonomy)
    headings = words.catalog("alerts")["columns"]
    names = words.catalog("labels")["words"]

    def cell(name: str, value: Any) -> Any:
        return names[value] if name == "alert" else say(name, value)

    empty = {name for name in LISTED if all(one[name] is None for one in records)}
    listed = [name for name in LISTED if not records or name not in empty]
    columns = tuple(
        Column(
            name,
            headings[name],
            _KINDS.get(name, Kind.TEXT),
            kept=name in _KEPT,
            folded=name == "text",
        )
        for name in listed
    )
    return Sheet(
        title="",
        columns=columns,
        rows=[[cell(name, one[name]) for name in listed] for one in records],
        notes=tuple(_notes(records, as_of, words)),
    )


def _notes(records: Sequence[dict[str, Any]], as_of: date, words: Words) -> list[str]:
    """How many alerts there are, and how many of each."""
    day = as_of.isoformat()
    if not records:
        return [words.say("alerts", "none", day=day)]
    names = words.catalog("labels")["words"]
    counted = Counter(one["alert"] for one in records)
    each = [
        words.say("alerts", "of", alert=names[alert], count=count)
        for alert, count in counted.items()
    ]
    total = words.say("alerts", "count", day=day, count=len(records))
    return [total, words.say("render", "comma").join(each)]
