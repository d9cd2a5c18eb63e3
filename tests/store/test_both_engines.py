"""The same acts on SQLite and on PostgreSQL: the same events, byte for byte, the same answers.

What is not ordered by a column of ours would come in the order that the server's database has of
its own: here a Chinese one, in which all is otherwise.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.filter import Filter
from hazardctl.domain.report import FORMS, Question
from hazardctl.domain.rules import Rules
from hazardctl.ledger import exporting, reading, reporting, writing
from hazardctl.ledger.checking import prove
from hazardctl.ledger.digesting import digest
from hazardctl.store import proof
from hazardctl.store.comparing import TABLES
from hazardctl.store.counting import GROUPS
from hazardctl.store.opening import reading as opened
from hazardctl.store.place import Place, Server
from tests.builders import FOUND, TODAY, stamp
from tests.ledgers import SPAN, a_filter, drawn_at, some_days
from tests.records import register_some
from tests.servers import database
from tests.whole import look_back

SEEDS = (1, pytest.param(2, marks=pytest.mark.long))
EVENTS = "SELECT seq, id, subject, subject_seq, kind, at, actor, body, prev, hash FROM event"


@dataclass(frozen=True)
class Both:
    """The same ledger in a file and on a server."""

    file: Path
    server: Server

    def tell(self, question: Any) -> Any:
        """What both answer to the same question."""
        at_home, served = question(self.file), question(self.server)
        if served != at_home:
            pytest.fail(_difference(at_home, served))
        return served


def _difference(one: object, other: object) -> str:
    """Where two answers begin to differ: what pytest tells of long ones takes minutes."""
    if isinstance(one, list) and isinstance(other, list):
        pairs = ((a, b) for a, b in zip(one, other, strict=False) if a != b)
        one, other = next(pairs, (len(one), len(other)))
    texts = repr(one), repr(other)
    at = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), 0)
    return " / ".join(text[max(at - 100, 0) : at + 100] for text in texts)


@pytest.fixture(scope="module", params=SEEDS)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    """A random ledger, made by the same acts; whatever is drawn for an id is drawn alike."""
    folder = tmp_path_factory.mktemp("both")
    with database(order="zh-Hans-CN") as server, pytest.MonkeyPatch.context() as patched:
        for place in (folder / "ledger.db", server):
            draw = Random(request.param)
            patched.setattr(secrets, "token_bytes", draw.randbytes)
            patched.setattr(
                secrets, "token_hex", lambda count, draw=draw: draw.randbytes(count).hex()
            )
            patched.setattr(secrets, "randbits", draw.getrandbits)
            writing.begin(place, stamp(), Rules())
            drawn_at(place, request.param, hazards=6, moves=60)
            register_some(place, request.param)
            look_back(place)
        yield Both(folder / "ledger.db", server)


def rows(place: Place, sql: str) -> list[Any]:
    """The rows that a question answers."""
    with opened(place) as book:
        return book.ask(sql)


def test_the_events_are_the_same_byte_for_byte(both: Both) -> None:
    assert len(both.tell(lambda place: rows(place, f"{EVENTS} ORDER BY seq"))) > 100


@pytest.mark.parametrize("table", sorted(set(TABLES) | {"named", "setting", "request"}))
def test_every_table_holds_the_same(both: Both, table: str) -> None:
    both.tell(lambda place: sorted(rows(place, f"SELECT * FROM {table}"), key=repr))


def test_both_are_whole_and_have_the_same_digest(both: Both) -> None:
    def proof_of(place: Place) -> Any:
        return prove(place, TODAY, taxonomy(), files_at_fault=lambda _files: ())

    proved = both.tell(proof_of)
    assert [one.code for one in proved.findings] == []
    assert digest(proved, "2022-12-31T00:00:00Z").head == proved.head


def test_how_a_ledger_stood_at_an_event_is_told_alike(both: Both) -> None:
    ((last,),) = rows(both.file, "SELECT max(seq) FROM event")

    def stood(place: Place) -> Any:
        with opened(place) as book:
            return [proof.standing_at(book, seq) for seq in range(0, last + 1, 7)]

    both.tell(stood)


def test_every_list_is_the_same(both: Both) -> None:
    draw = Random(5)
    for _ in range(60):
        wanted, (as_of, _) = a_filter(draw), some_days(draw, 2)
        both.tell(lambda place: reading.listing(place, wanted, as_of))  # noqa: B023 - asked at once


@pytest.mark.parametrize("frame", ["array", "lines", "csv"])
def test_every_printed_list_is_the_same_bytes(both: Both, frame: str) -> None:
    for as_of in (TODAY, FOUND + timedelta(days=9)):
        both.tell(lambda place: reading.printed(place, Filter(), as_of, frame=frame))  # noqa: B023 - asked at once


def test_every_history_and_every_hazard_is_the_same(both: Both) -> None:
    both.tell(lambda place: reading.history(place, None))
    for hazard in reading.listing(both.file, Filter(), TODAY, limit=8):
        both.tell(lambda place: reading.hazard(place, hazard["number"], TODAY))  # noqa: B023 - asked at once


@pytest.mark.parametrize("form", FORMS)
def test_every_report_has_the_same_figures(both: Both, form: str) -> None:
    shown = FORMS[form]
    draw = Random(3)
    for by in shown.groups or GROUPS:
        for as_of, wanted in [(TODAY, Filter()), (some_days(draw, 2)[0], a_filter(draw))]:
            filtered = Filter() if shown.filters else wanted
            asked = Question(form, filtered, as_of, by=by, taxonomy=taxonomy())

            def told(place: Place, asked: Question = asked) -> Any:
                made = reporting.report(place, asked)
                return made, *(
                    reporting.behind(place, asked, figure=figure, row=row)
                    for figure in shown.columns
                    if figure not in shown.marks and "_rate" not in figure
                    for row in (None, *made.rows[:1])
                )

            both.tell(told)


def test_what_is_handed_out_is_the_same(both: Both) -> None:
    for as_of in (TODAY, FOUND + timedelta(days=SPAN // 3)):

        def told(place: Place, as_of: Any = as_of) -> Any:
            with exporting.records(place, Filter(), as_of, with_reporters=True) as records:
                return list(records)

        both.tell(told)
