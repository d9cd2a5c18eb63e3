"""Makes a ledger in which there is something of every kind, with its evidence beside it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import overload

from hazardctl import store
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.hazard import Draft, Hazard
from hazardctl.domain.proof import Proof
from hazardctl.domain.words import State
from hazardctl.ledger import importing, writing
from hazardctl.ledger.checking import prove
from hazardctl.store.evidence import keep
from hazardctl.store.place import Place
from tests.builders import FOUND, JPEG, PHOTO, TODAY, a_ledger, added, drafted, moved, stamp
from tests.deliveries import Delivery
from tests.homes import Home
from tests.ledgers import INDUSTRIES, PLACES, UNITS, WORDS, a_random_ledger
from tests.records import register_some
from tests.reference import Move

REPORTER = "周某 139 0000 0000"


@overload
def a_whole_ledger(
    home: Path, seed: int, *, hazards: int = ..., moves: int = ..., rows: int = ...
) -> Path: ...
@overload
def a_whole_ledger(
    home: Home, seed: int, *, hazards: int = ..., moves: int = ..., rows: int = ...
) -> Place: ...
def a_whole_ledger(
    home: Home | Path, seed: int, *, hazards: int = 5, moves: int = 40, rows: int = 20
) -> Place:
    """A ledger that was begun, lived through, imported into, reported to, and set rules of.

    There is a register beside the hazards, some of which were drawn and looked back on.
    """
    path = a_ledger(home)
    keep_photo(path, home if isinstance(home, Path) else home.folder)
    take_in(path, seed, rows)
    a_random_ledger(home, seed, hazards=hazards, moves=moves)
    added(path, evidence=[PHOTO], reporter=REPORTER)
    writing.set_rules(path, stamp(), {"due_soon": "7"})
    register_some(path, seed)
    look_back(path)
    take_in(path, seed + 1, 2)
    return path


def keep_photo(path: Place, folder: Path) -> None:
    """The file that is the evidence of whatever has any, kept with a ledger."""
    photo = folder / str(PHOTO["name"])
    photo.write_bytes(JPEG)
    assert keep(path, str(photo)) == PHOTO
    photo.unlink()


def look_back(path: Place) -> None:
    """Draw three hazards that are closed, and look back on one of them."""
    with store.writing(path, stamp()) as book:
        sql = "SELECT number FROM hazard WHERE state = 'closed' ORDER BY number LIMIT 3"
        numbers = [number for (number,) in book.ask(sql)]
        book.draw(numbers, {"share": "10%", "seed": 1})
    moved(path, numbers[0], Move("lookback", "壬", TODAY))


def take_in(path: Place, seed: int, rows: int) -> None:
    """Import some rows, the last of which had been closed and came back."""
    draw = Random(seed)
    drafts = [draft(draw, f"{row}/{seed}", row) for row in range(2, rows + 2)]
    back = Hazard(
        number="",
        industry="other",
        enterprise="某厂",
        description=f"又来了 {seed}",
        found_on=FOUND,
        since_on=FOUND,
        from_on=FOUND,
        reopened_on=FOUND,
        imported=True,
        cycle=2,
    )
    ended = {"previous_closed_on": FOUND - timedelta(days=3)}
    drafts.append(drafted(back, {"隐患描述": "又来了"}, sheet="台账", row=rows + 2, **ended))
    about = {"file": f"{seed}.csv", "rows": len(drafts)}
    (taken,) = importing.take(path, stamp(), [Delivery(f"{seed}.csv", drafts, about)])
    assert taken.new == len(drafts)


def draft(draw: Random, name: str, row: int) -> Draft:
    """A row as some file may state it."""
    on = FOUND + timedelta(days=draw.randint(0, 9))
    is_closed = draw.random() < 0.6
    done = on + timedelta(days=5) if is_closed else None
    hazard = Hazard(
        number="",
        industry=draw.choice(INDUSTRIES),
        enterprise=draw.choice(UNITS),
        description=f"{draw.choice(WORDS[:4])} {name}",
        found_on=on,
        district=draw.choice(PLACES),
        location=draw.choice([None, "二车间", "三车间", 'the "old" shed', "=1+1"]),
        campaigns=draw.choice([(), ("百日行动",), ("百日行动", "消防专项")]),
        imported=True,
        state=State.CLOSED if is_closed else State.ASSIGNED,
        since_on=done or on,
        from_on=on,
        due_on=on + timedelta(days=10),
        original_due_on=on + timedelta(days=10),
        responsible_person=draw.choice(["甲", "己"]),
        assigned_on=on,
        measures="已清理" if is_closed else None,
        rectified_on=done,
        rectified_by="甲" if is_closed else None,
        verified_on=done,
        verified_by=("乙", "丙") if is_closed else (),
        closed_on=done,
        closed_by="丁" if is_closed else None,
        was_submitted=is_closed,
        external_code=draw.choice([None, f"JC-{name}"]),
    )
    return drafted(hazard, {"隐患描述": hazard.description, "备注": ""}, sheet="台账", row=row)


def proved(path: Place, today: date = TODAY) -> Proof:
    """The proof of a ledger."""
    return prove(path, today, taxonomy())


def at_fault(proof: Proof) -> set[str]:
    """The steps of a proof that found something."""
    return {step.name for step in proof.steps if step.findings}
