"""Several questions about one moment of a ledger: of a large one they are asked side by side."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from hazardctl.store import population
from hazardctl.store.conditions import Ask
from hazardctl.store.opening import reading
from hazardctl.store.place import Place

LARGE = 200_000  # events; below, another reader costs more than it saves


def answers(path: Place, *questions: Callable[[Ask], Any]) -> list[Any]:
    """What the questions are answered, all as of one moment.

    Each is asked by a reader of its own, on a processor of its own if there is one. Raises what a
    reading raises.
    """
    with ExitStack() as opened:
        first = opened.enter_context(reading(path))
        last = population.how_far(first.ask)
        if last < LARGE:
            return [question(first.ask) for question in questions]
        more = [opened.enter_context(reading(path)) for _ in questions[1:]]
        if any(
            population.how_far(other.ask) != last for other in more
        ):  # somebody has just written
            return [question(first.ask) for question in questions]
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(len(questions)) as beside:
            told = [
                beside.submit(question, book.ask)
                for question, book in zip(questions, (first, *more), strict=True)
            ]
            return [one.result() for one in told]
