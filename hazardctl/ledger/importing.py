"""Taking in what files state: what is new is entered, what is known is recognised."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

from hazardctl import store
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.mapping import SavedMapping
from hazardctl.domain.register import ENTERPRISE, KINDS, Kind
from hazardctl.domain.rules import Rules
from hazardctl.errors import NoLedger
from hazardctl.ledger import recording
from hazardctl.ledger.incoming import Incoming
from hazardctl.ledger.known import Taken
from hazardctl.ledger.recording import Unregistered
from hazardctl.ledger.sorting import Hazards, Records
from hazardctl.store import lookups, settings
from hazardctl.store.conditions import Ask
from hazardctl.store.lookups import Done
from hazardctl.store.opening import reading
from hazardctl.store.place import Place
from hazardctl.store.rows import prefix_of
from hazardctl.store.versions import must_be_current

if TYPE_CHECKING:
    from hazardctl.store.book import Book, Mark

AHEAD = 2_000  # rows that are decided before the ledger is locked
Saving = tuple[str, SavedMapping]  # how the files are read, and the name that is given to it

# A batch of a file's rows; None once all of them have come.
Part = tuple[Incoming, Sequence[Any] | None]


def sort_out(path: Place, files: Sequence[Incoming]) -> list[Taken]:
    """Which rows are new, and which are in the ledger, or twice in the files, already."""
    with closing(_parts(files, "")) as parts:
        return _follow(parts, _asking(path), kind=_kind(files))


def take(
    path: Place, stamp: Stamp, files: Sequence[Incoming], *, saving: Saving | None = None
) -> list[Taken]:
    """Enter the new rows of every file, in one transaction; makes the ledger if none stands.

    Rows that are here already change nothing: without a new row nothing is written at all, but
    for how the files are read, if that is to be saved and one of them could be read. The
    first rows are decided before the ledger is locked; what comes later is written while the rest
    is read, and undone if its file is refused in the end. A request that was done before is
    answered as it was then. Raises RequestReused.
    """
    with closing(_parts(files, stamp.by)) as parts:  # whatever stops this stops the reading too
        return _take(path, stamp, files, parts, saving=saving)


def _take(
    path: Place,
    stamp: Stamp,
    files: Sequence[Incoming],
    parts: Iterator[Part],
    *,
    saving: Saving | None,
) -> list[Taken]:
    done = _done(path, stamp)
    ahead, is_all = _ahead(parts)
    kind = _kind(files)
    if is_all and not done:
        seen = _follow(ahead, _asking(path), kind=kind)
        if not (_any_new(files, seen) or _is_to_save(_asking(path), files, saving)):
            done = _done(path, stamp)  # by another desk, meanwhile: then it is why nothing is new
            if not done:
                return seen
    if done:
        return _follow(chain(ahead, parts), _asking(path), kind=kind, done=done)
    # One file is undone with all that was done; whether a row of the register can be linked shows
    # while it is written.
    undoes = kind is not None or (len(files) > 1 and not is_all)
    begin = _rules(ahead)
    with suppress(_NothingNew), store.writing(path, stamp, begin=begin, undoes=undoes) as book:
        done = book.done()
        writer = None if done else Writer(book, kind, undoes=undoes)
        # The first file of a ledger has nothing before it that its rows could be.
        is_first = not is_all and not kind and len(files) == 1 and lookups.is_empty(book.ask)
        ask = _nothing if is_first else book.ask
        with book.without_indexes() if is_first else nullcontext():
            seen = _follow(chain(ahead, parts), ask, kind=kind, writer=writer, done=done)
        if saving and not done and _is_to_save(book.ask, files, saving):
            book.save_mapping(*saving)
        elif not _any_new(files, seen):
            raise _NothingNew
    return seen


def _is_to_save(ask: Ask, files: Sequence[Incoming], saving: Saving | None) -> bool:
    """Whether a mapping is to be saved that is not there yet."""
    if saving is None or all(file.is_refused for file in files):
        return False
    return settings.mappings(ask).get(saving[0]) != saving[1]


class _NothingNew(Exception):
    """The transaction ends without a change: not even a ledger is begun by it."""


class Writer:
    """Enters the new rows of one file after the other; `undoes` if one may still be refused."""

    def __init__(self, book: Book, kind: Kind | None, *, undoes: bool) -> None:
        self._book, self._kind, self._undoes = book, kind, undoes
        self._mark: Mark | None = None
        self._met = 0  # newcomers that earlier files brought
        self.first = book.first

    def enter(self, new: Sequence[Any], taken: Taken, *, file: str, named: Sequence[str]) -> None:
        """Enter rows: of hazards first those that had a number, lest another is given it.

        `named` are the enterprises that they name.
        """
        if self._undoes and self._mark is None:
            self._mark = self._book.mark()
        self._book.register.look_up(ENTERPRISE, named)
        if self._kind:
            recording.enter(self._book, self._kind, new, file=file)
            return
        for row in sorted(new, key=lambda row: not row.number):
            taken.numbered(row, self._book.take(row.entry, number=row.number))

    def end(self, file: Incoming, taken: Taken) -> None:
        """All rows of a file have come: it is noted, or undone."""
        if is_refused(file, taken):
            if self._mark:
                self._book.undo(self._mark)
        elif is_new(taken):
            newcomers = self._book.register.newcomers
            taken.newcomers = [name for _, name in newcomers[self._met :]]
            self._met = len(newcomers)
            counts = {"completed": taken.completed, "enterprises": len(taken.newcomers)}
            told = {"imported": taken.new, **{name: n for name, n in counts.items() if n}}
            kind = {"kind": file.kind} if file.kind else {}
            self._book.note("file-imported", {**file.about, **kind, **told})
        self._mark = None


def _follow(
    parts: Iterable[Part],
    ask: Ask,
    *,
    kind: Kind | None,
    writer: Writer | None = None,
    done: Done | None = None,
) -> list[Taken]:
    """What becomes of the rows of every file, in their order; a writer enters what is new."""
    sorting: Hazards | Records = Records(ask, kind, done) if kind else Hazards(ask, writer, done)
    unregistered = None if writer else Unregistered(ask, sorting.entered)
    told: list[Taken] = []
    taken = Taken()
    for file, rows in parts:
        if rows is not None:
            new: Any = sorting.sort(rows, taken, file)
            if unregistered:
                taken.newcomers += unregistered.among(sorting.enterprises(new))
            if writer and new and not is_refused(file, taken):
                named = sorting.enterprises(new)
                writer.enter(new, taken, file=file.file, named=named)
            continue
        if writer:
            writer.end(file, taken)
        is_kept = not is_refused(file, taken)
        sorting.end(is_kept=is_kept)
        if unregistered:
            unregistered.end(is_kept=is_kept)
        told.append(taken)
        taken = Taken()
    return told


def is_refused(file: Incoming, taken: Taken) -> bool:
    """Whether nothing of a file is taken: for its own faults, or for what it names in vain."""
    return file.is_refused or bool(taken.misled and not file.is_partial)


def is_new(taken: Taken) -> bool:
    """Whether a file says anything that the ledger does not hold."""
    return bool(taken.new or taken.completed)


def _kind(files: Sequence[Incoming]) -> Kind | None:
    """The kind of record that the files tell of; None for hazards."""
    return KINDS.get(files[0].kind) if files else None


def _parts(files: Sequence[Incoming], by: str) -> Generator[Part, None, None]:
    for file in files:
        for rows in file.batches(by):
            yield file, rows
        yield file, None


def _ahead(parts: Iterator[Part]) -> tuple[list[Part], bool]:
    """The first parts, and whether these are all."""
    ahead: list[Part] = []
    count = 0
    for part in parts:
        ahead.append(part)
        count += len(part[1] or ())
        if count >= AHEAD:
            return ahead, False
    return ahead, True


def _any_new(files: Sequence[Incoming], seen: Sequence[Taken]) -> bool:
    both = zip(files, seen, strict=True)
    return any(is_new(taken) and not is_refused(file, taken) for file, taken in both)


def _rules(ahead: Sequence[Part]) -> Rules:
    """The rules of a ledger that is begun: its numbers go on from those that the rows bring."""
    for file, rows in ahead:
        for row in () if file.is_refused or file.kind else rows or ():
            if prefix := prefix_of(row.number):
                return Rules(prefix=prefix)
    return Rules()


def _done(path: Place, stamp: Stamp) -> Done | None:
    with suppress(NoLedger), reading(path) as book:
        must_be_current(path, book.version)
        return lookups.done(book.ask, stamp.request) if stamp.request else None
    return None


def _nothing(_sql: str, _values: Sequence[object]) -> list[Any]:
    """What a ledger without hazards answers to every question about them."""
    return []


def _asking(path: Place) -> Ask:
    """Asks a ledger, each time as it then stands: reading a large file holds up nobody."""

    def ask(sql: str, values: Sequence[object]) -> list[Any]:
        with suppress(NoLedger), reading(path) as book:
            return book.ask(sql, values)
        return []

    return ask
