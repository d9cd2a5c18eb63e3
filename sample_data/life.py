"""What becomes of the hazards of the sample ledger: rectified, verified, closed, or still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from city import LAST, WORDS, City, Hazard, days_after

# How many of the steps of SETTLED a hazard has behind it in each state.
STEPS = {"未整改": 0, "整改中": 0, "已整改": 1, "验收合格": 2, "已销号": 3}
SETTLED = ("整改完成时间", "验收时间", "销号时间", "采取措施", "整改人", "验收人", "销号人")

OPEN = {"验收合格": 150, "已整改": 290, "整改中": 500, "未整改": 235}  # never closed
REOPENED = {"已销号": 31, "整改中": 17, "未整改": 8, "已整改": 4}  # as they stand now
OVERDUE = 380  # of those never closed
CONFIRMED = 300  # looked back on and found settled
ORDERED_LOOK_BACK = date(2022, 10, 6)  # at the hazards that were ordered from above


def live(draw: Random, city: City, every: Sequence[Hazard]) -> None:
    """Take every hazard through its first cycle, up to the last day."""
    late = overdue(draw, stay_open(draw, every))
    for hazard in every:
        cell, due = draw_due(draw, hazard)
        if STEPS[hazard.state]:
            assign(draw, city, hazard, cell, due)
            rectify(draw, city, hazard, hazard.found)
        elif hazard.state == "整改中" or hazard.found < days_after(LAST, -1):
            while cell == "立行立改" or (due < LAST) != (id(hazard) in late):
                cell, due = draw_due(draw, hazard)
            assign(draw, city, hazard, cell, due)


def stay_open(draw: Random, every: Sequence[Hazard]) -> list[Hazard]:
    """Choose which are still open, mostly late ones; the answer is those not yet rectified."""
    ranked = sorted(every, key=lambda h: draw.random() ** (0.3 + (LAST - h.found).days / 25))[::-1]
    chosen = []
    for part in WORDS["parts"]:
        chosen += [hazard for hazard in ranked if hazard.part is part][: part.get("open", 0)]
    chosen += [hazard for hazard in ranked if hazard.is_free][: sum(OPEN.values()) - len(chosen)]
    states = [state for state, count in OPEN.items() for _ in range(count)]
    draw.shuffle(states)
    for hazard, state in zip(chosen, states, strict=True):
        hazard.state = state
    return [hazard for hazard in chosen if STEPS[hazard.state] == 0]


def overdue(draw: Random, waiting: Sequence[Hazard]) -> set[int]:
    """Choose which are overdue: the old ones, and some of those that can be."""
    must = [h for h in waiting if h.found < days_after(LAST, -40)]
    may = [h for h in waiting if days_after(LAST, -40) <= h.found < days_after(LAST, -11)]
    return {id(hazard) for hazard in (*must, *draw.sample(may, OVERDUE - len(must)))}


def draw_due(draw: Random, hazard: Hazard) -> tuple[str | date, date]:
    """What stands in 整改时限, and the day that it means."""
    found = hazard.found
    spans: tuple[int, ...] = (3, 5, 7, 7, 10, 10, 15, 15, 20, 30, 45)
    if hazard.at_once or hazard.is_major or "spans" in hazard.part:
        spans = (3,) if hazard.at_once else hazard.part.get("spans", (10, 15, 30, 45))
    elif (roll := draw.random()) < 0.14:
        return "立行立改", found
    elif roll < 0.19:
        return "7天", days_after(found, 7)
    elif roll < 0.29 and date(2022, 9, 15) <= found <= date(2022, 10, 21):
        return "10月底前", date(2022, 10, 31)
    due = days_after(found, draw.choice(spans))
    return due, due


def assign(draw: Random, city: City, hazard: Hazard, cell: str | date, due: date) -> None:
    """Fill in by when and by whom it is to be rectified."""
    row, unit = hazard.row, hazard.unit
    hazard.due = due
    row["整改时限"], row["整改责任单位"], row["整改责任人"] = cell, unit.name, unit.people[0]
    row["包案领导"] = draw.choice(city.staff["leader", unit.district])


def rectify(draw: Random, city: City, hazard: Hazard, start: date) -> None:
    """Fill in the steps that its state has behind it, by three people who are not the same."""
    row, unit, days = hazard.row, hazard.unit, days_of_steps(draw, hazard, start)
    for heading, day in zip(SETTLED, days, strict=False):
        row[heading] = day
    row["采取措施"] = "已" + str(row["整改要求"]).removeprefix("立即")
    row["整改人"] = draw.choice(unit.people[1:])
    if len(days) > 1:
        verifiers = draw.sample(city.staff["verifier", unit.district], 1 + hazard.is_major)
        row["验收人"] = "、".join(verifiers)
    if len(days) > 2:
        row["销号人"] = draw.choice(city.staff["signer", unit.district])
        hazard.closed = days[2]


def days_of_steps(draw: Random, hazard: Hazard, start: date) -> list[date]:
    """The days of its steps, in order and none after the last day; some are after the due day."""
    due, steps = hazard.due or start, STEPS[hazard.state]
    if hazard.at_once:
        return [days_after(start, draw.choice((0, 0, 0, 1)))] * steps
    given = (due - start).days
    done = days_after(start, draw.randint(min(1, given), given))
    if "spans" in hazard.part:
        done = days_after(due, -draw.randint(0, 2))
    elif draw.random() < 0.07:
        done = days_after(due, draw.randint(1, 10))
    verified = days_after(done, draw.choice((0, 1, 1, 2, 3, 5)))
    days = [done, verified, days_after(verified, draw.choice((0, 0, 1, 2, 4)))][:steps]
    if days[-1] > LAST:
        span = draw.randint(0, (LAST - start).days)
        days = sorted(days_after(start, draw.randint(0, span)) for _ in days)
    return days


def reopen(draw: Random, city: City, every: Sequence[Hazard]) -> None:
    """Open some closed hazards again; about half of them are closed again."""
    ordered = next(hazard for hazard in every if "source" in hazard.part)
    early = [h for h in every if h.is_free and h.closed and h.closed < date(2022, 9, 20)]
    states = [state for state, count in REOPENED.items() for _ in range(count)]
    for hazard, state in zip((ordered, *draw.sample(early, len(states) - 1)), states, strict=True):
        row, before = hazard.row, hazard.closed or LAST
        seen = days_after(before, draw.randint(6, 40))
        if STEPS[state] < 3:
            seen = days_after(LAST, -draw.randint(3, 40))
        if hazard is ordered:
            seen = ORDERED_LOOK_BACK
        start = days_after(seen, draw.randint(1, 3))
        for heading in SETTLED:
            row.pop(heading, None)
        hazard.state, hazard.reopened, hazard.closed = state, start, None
        row["轮次"], row["上轮销号时间"], row["重启时间"] = 2, before, start
        row["回头看时间"], row["回头看结果"] = seen, draw.choice(("反弹", "反弹", "整改不到位"))
        due = days_after(start, draw.choice((3, 5, 7, 10, 15)))
        assign(draw, city, hazard, due, due)
        if STEPS[state]:
            rectify(draw, city, hazard, start)


def look_back(draw: Random, every: Sequence[Hazard]) -> None:
    """Look at some closed hazards again and find them settled."""
    settled = [(h, h.closed) for h in every if h.closed and h.row["轮次"] == 1]
    early = [(h, day) for h, day in settled if h.is_free and day < days_after(LAST, -6)]
    for hazard, closed in draw.sample(early, CONFIRMED):
        seen = days_after(closed, draw.randint(5, 60))
        hazard.row["回头看时间"], hazard.row["回头看结果"] = min(LAST, seen), "整改到位"
    for hazard, _ in settled:
        if "source" in hazard.part:
            hazard.row["回头看时间"], hazard.row["回头看结果"] = ORDERED_LOOK_BACK, "整改到位"
