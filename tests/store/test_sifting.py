"""The sieve before the replay: it lets nothing through that the replay would find.

It is of a file: it speaks SQLite's words alone, and on a server every hazard is replayed.
`--seed N` draws the same hazards and the same hands on them again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from hazardctl import store
from hazardctl.domain.hazard import Event
from hazardctl.domain.words import DueKind, Level, Severity, Source, State
from hazardctl.store import rows
from hazardctl.store.cards import LISTS, card, line, shown
from hazardctl.store.comparing import _compared, _left, rough
from hazardctl.store.proof import edges
from hazardctl.store.sqlite import reading
from tests.attackers import unguarded
from tests.builders import FOUND, WHAT, a_ledger, stamp

PLAIN = ["二车间", "Warehouse 3", "通道堵塞", "甲", "2022-10-09", "x"]
HOSTILE = [
    *(
        "",
        " ",
        "a,b",
        "a,b",
        ",",
        "x,",
        'the "old" shed',
        '"',
        '""',
        "'",
        "''",
        "\\",
        "\\n",
        "\\u200b",
        "a\nb",
        "\n",
    ),
    *(
        "=1+1",
        "+x",
        "-1",
        "@x",
        "'=x",
        "''=x",
        "＝x",
        "|x",
        "%x",
        "\tx",
        "x\r",
        ",=x",
        "、",
        "a、b",
    ),
    *("\u200b", "a\u202eb", "\ufeff", "\u2028", "\u00ad", "\x7f", "\x85", "\u3000", "\ue000", "😀"),
    *('","', '"],"x":["', '["a"]', "null", "true", "5", "05", "1e3", "{}", "}", '{"a":1}', "--"),
    *("x','y", "' || 'x", "?", "*[", "é", "e\u0301", "\U00031350", "\U000e0041", "a\tb"),
]
DAYS = ("since_on", "from_on", "due_on", "assigned_on", "rectified_on", "closed_on")
TEXTS = [
    name
    for name in rows.FIELDS
    if not name.endswith("_on")
    and name not in {*LISTS, *rows.FLAGS, "number", "state", "severity", "source", "due_kind"}
    and name not in {"cycle", "extensions", "percent", "lookback_result", "listing", "funds_fen"}
]


def a_text(draw: Random) -> str:
    """What somebody may have typed, or meant ill."""
    parts = [draw.choice(PLAIN)] if draw.random() < 0.75 else draw.choices(HOSTILE + PLAIN, k=2)
    return "".join(parts)


def an_event(draw: Random) -> Event:
    """The one event of a hazard."""
    changes: dict[str, object] = {**WHAT, "found_on": FOUND, "since_on": FOUND, "from_on": FOUND}
    changes["description"] = a_text(draw) or "x"
    changes |= {name: a_text(draw) for name in draw.sample(TEXTS, draw.randint(0, 6))}
    changes |= dict.fromkeys(draw.sample(DAYS, 2), FOUND)
    for name in sorted(LISTS):
        if draw.random() < 0.4:
            changes[name] = tuple(a_text(draw) for _ in range(draw.randint(1, 3)))
    some: dict[str, object] = {
        "state": draw.choice([State.CLOSED, State.REGISTERED, State.ASSIGNED]),
        "severity": draw.choice(list(Severity)),
        "source": draw.choice(list(Source)),
        "due_kind": draw.choice(list(DueKind)),
        "imported": draw.random() < 0.5,
        "was_submitted": draw.random() < 0.5,
        "percent": draw.randint(0, 100),
        "extensions": draw.randint(0, 2),
        "listing": draw.choice(list(Level)),
        "funds_fen": draw.choice([0, 1, 10**15]),
    }
    changes |= {name: some[name] for name in draw.sample(sorted(some), 3)}
    facts = {"raw": {a_text(draw): a_text(draw)}} if draw.random() < 0.3 else {}
    return Event(kind="imported", on=FOUND, by="赵六", changes=changes, facts=facts)


def a_ledger_of(folder: Path, draw: Random, *, hazards: int) -> Path:
    """A ledger whose hazards have one event each."""
    path = a_ledger(folder)
    with store.writing(path, stamp()) as book:
        for _ in range(hazards):
            book.enter(an_event(draw))
    return path


def left_and_faulty(path: Path) -> tuple[set[int], set[int], set[int]]:
    """All hazards, those left to the replay, and those that a replay of everything finds."""
    with reading(path, texts=rough) as book:
        first, last = edges(book.ask) or (0, 0)
        every = [ident for (ident,) in book.ask("SELECT id FROM hazard ORDER BY id")]
        faulty = {ident for ident in every if list(_compared(book, [ident]))}
    left = _left(path, prefix="YH", first=first, before=last + 1)
    return set(every), set(left), faulty


# Hands on the rows.


def hand_on_a_column(draw: Random, book: sqlite3.Connection, ident: int) -> None:
    """Another value, and the texts perhaps mended so that they fit it."""
    kinds = {row[1]: (row[2], row[3]) for row in book.execute("PRAGMA table_info(hazard)")}
    name = draw.choice([name for name in kinds if name not in ("id", "likeness")])
    kind, is_needed = kinds[name]
    ((was,),) = book.execute(f"SELECT {name} FROM hazard WHERE id = ?", (ident,)).fetchall()
    if kind == "INTEGER":
        value: object = draw.choice([0, 1, 2, 50, -1])
    else:
        choices = [a_text(draw), f"{was}x", str(was)[:-1], *near(str(was))]
        value = draw.choice(choices if is_needed or draw.random() < 0.8 else [None])
    book.execute(f"UPDATE hazard SET {name} = ? WHERE id = ?", (value, ident))
    if draw.random() < 0.7:
        mend(book, ident)


def near(text: str) -> Iterator[str]:
    """What looks or is escaped like a text, and is another."""
    yield text.replace("\n", '","')
    yield text.replace('","', "\n")
    yield json.dumps(text)[1:-1]
    yield text.replace("\n", "、")
    yield text.replace("、", "\n")
    yield text.replace("'", "")
    yield text + "\n"


def mend(book: sqlite3.Connection, ident: int) -> None:
    """The card, the line and the likeness, as they would be of the row."""
    book.row_factory = sqlite3.Row
    row = dict(book.execute("SELECT * FROM hazard WHERE id = ?", (ident,)).fetchone())
    book.row_factory = None
    seen = shown(row)
    book.execute("UPDATE card SET body = ? WHERE id = ?", (card(seen), ident))
    book.execute("UPDATE line SET body = ? WHERE id = ?", (line(seen), ident))
    mark = rows.likeness_of(row)
    book.execute("UPDATE hazard SET likeness = ? WHERE id = ?", (mark, ident))


def hand_on_a_text(draw: Random, book: sqlite3.Connection, ident: int) -> None:
    """The JSON or the CSV, said otherwise or saying something else."""
    table = draw.choice(["card", "line"])
    ((text,),) = book.execute(f"SELECT body FROM {table} WHERE id = ?", (ident,)).fetchall()
    place = draw.randrange(len(text))
    other = draw.choice(
        [
            text[:place] + text[place + 1 :],
            text[:place] + draw.choice(HOSTILE) + text[place:],
            text.replace("'", ""),
            text.replace(",=", ",'="),
            text.replace('"', ""),
            text.replace("null", '""'),
            text.replace(",", ", ", 1),
            text.replace("false", "true", 1),
            text.replace("\\n", "\\u000a"),
            text.replace("\\u200b", "\u200b").replace("\\u202e", "\u202e"),
            text.encode("ascii", "backslashreplace").decode(),
            text + " ",
            "",
        ]
    )
    book.execute(f"UPDATE {table} SET body = ? WHERE id = ?", (other, ident))


def hand_that_puts_texts_together(draw: Random, book: sqlite3.Connection, ident: int) -> None:
    """The JSON and the CSV of what the columns say, with nothing quoted, guarded or hidden."""
    book.row_factory = sqlite3.Row
    seen = shown(dict(book.execute("SELECT * FROM hazard WHERE id = ?", (ident,)).fetchone()))
    book.row_factory = None
    plainly = json.dumps(seen, ensure_ascii=False, separators=(",", ":"))[:-1]
    told = {"reopened": "false", **{name: "、".join(seen[name] or ()) for name in LISTS}}
    cells = [str(told.get(name, "" if value is None else value)) for name, value in seen.items()]
    if draw.random() < 0.7:
        book.execute("UPDATE line SET body = ? WHERE id = ?", (",".join(cells), ident))
    book.execute("UPDATE card SET body = ? WHERE id = ?", (plainly, ident))


def hand_on_the_likeness(draw: Random, book: sqlite3.Connection, ident: int) -> None:
    book.execute("UPDATE hazard SET likeness = ? WHERE id = ?", (draw.randbytes(16), ident))


def hand_on_other_rows(draw: Random, book: sqlite3.Connection, ident: int) -> None:
    """A row of another table, too many or too few."""
    sql = draw.choice(
        [
            "DELETE FROM card WHERE id = ?",
            "DELETE FROM line WHERE id = ?",
            "INSERT INTO evidence VALUES (?, 1, 'ab', 'x', 1, 'closed', '2022-10-08', '丁')",
            f"INSERT INTO past(id, {', '.join(rows.FIELDS)}, stretch, until_on)"
            f" SELECT id, {', '.join(rows.FIELDS)}, 1, '2022-10-09' FROM hazard WHERE id = ?",
            "UPDATE hazard SET number = 'YH-2022-99999' WHERE id = ?",
        ]
    )
    book.execute(sql, (ident,))


HANDS = [
    *([hand_on_a_column] * 6 + [hand_on_a_text] * 4 + [hand_that_puts_texts_together] * 3),
    *(hand_on_the_likeness, hand_on_other_rows, hand_on_other_rows),
]


def lay_hands_on(path: Path, draw: Random, idents: Sequence[int]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("PRAGMA ignore_check_constraints = ON")
        book.execute("BEGIN")
        for ident in idents:
            draw.choice(HANDS)(draw, book, ident)
        book.execute("COMMIT")


def campaign(folder: Path, seed: int, *, hazards: int) -> None:
    draw = Random(seed)
    path = a_ledger_of(folder, draw, hazards=hazards)
    every, left, faulty = left_and_faulty(path)
    assert faulty == set(), seed
    assert hazards / 20 < len(every - left) < hazards  # some are plain, and some are not
    lay_hands_on(path, draw, sorted(every))
    _, left, faulty = left_and_faulty(path)
    assert faulty - left == set(), seed
    assert len(faulty) > hazards / 3  # the control: there was something to find


def test_what_the_replay_would_find_is_left_to_it(tmp_path: Path, seed: int) -> None:
    campaign(tmp_path, seed, hazards=300)


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_what_the_replay_would_find_is_left_to_it_every_time(
    tmp_path: Path, seed: int, part: int
) -> None:
    campaign(tmp_path, seed * 20 + part, hazards=2_000)


PLAINLY = Event(
    kind="imported",
    on=FOUND,
    by="赵六",
    changes={
        **dict.fromkeys(("found_on", "since_on", "from_on"), FOUND),
        **WHAT,
        "campaigns": ("百日行动", "消防专项"),
        "imported": True,
        "state": State.CLOSED,
        "verified_by": ("乙",),
    },
    facts={"raw": {"隐患描述": 'the "old" one', "备注": "a\nb"}, "file": "a.csv"},
)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A ledger of hazards that came in and never changed."""
    path = a_ledger(tmp_path)
    with store.writing(path, stamp()) as book:
        for _ in range(20):
            book.enter(PLAINLY)
    return path


def test_hazards_that_never_changed_are_sifted(plain: Path) -> None:
    every, left, faulty = left_and_faulty(plain)
    assert (len(every), left, faulty) == (20, set(), set())


@pytest.mark.parametrize("body", ["{", "a\x00b", "", "[1,"])
def test_an_event_that_is_no_json_leaves_all_to_the_replay(plain: Path, body: str) -> None:
    with unguarded(plain) as book:
        book.execute("UPDATE event SET body = ? WHERE seq = 10", (body,))
        book.execute("UPDATE hazard SET remark = 'y' WHERE id % 10 = 5")
    every, left, faulty = left_and_faulty(plain)
    assert left == every
    assert len(faulty) == 3
