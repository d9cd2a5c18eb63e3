"""A file while it comes in: read here, or beside this process where it is large."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hazardctl.cli import beside
from hazardctl.cli.taxonomy import ceiling
from hazardctl.errors import FileRefused
from hazardctl.intake.reading import Options, Reading, stream
from hazardctl.intake.refusals import CannotOpen
from hazardctl.ledger.incoming import ready, spoken
from hazardctl.render.imports import Import

if TYPE_CHECKING:
    from hazardctl.domain.entering import Ceiling

LARGE = 1 << 19

# What is told while a file is read: how many rows of it came, and the share of it they are.
Watch = Callable[[int, float | None], None]


class Coming:
    """One file of an import; `told` is its account, which fills while it is read."""

    def __init__(self, path: Path, options: Options, told: Import, watch: Watch) -> None:
        self._path, self._options, self._watch = path, options, watch
        self.told = told

    @property
    def file(self) -> str:
        """Its name."""
        return self.told.file

    @property
    def kind(self) -> str:
        """What its rows tell of."""
        return self._options.kind

    @property
    def ceiling(self) -> Ceiling | None:
        """What the law lets fine; None if every fine of it was confirmed."""
        if self._options.confirmed or not self._options.kind:
            return None
        return ceiling()

    @property
    def is_partial(self) -> bool:
        """Whether its good rows are taken though others are at fault."""
        return self.told.partial

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it is taken."""
        return self.told.is_refused

    @property
    def about(self) -> Mapping[str, object]:
        """What the ledger remembers of the file."""
        reading: Reading = self.told.reading
        return {
            "file": reading.file,
            "format": reading.format,
            "encoding": reading.encoding,
            "sha256": reading.sha256,
            "rows": reading.rows,
        }

    def batches(self, by: str) -> Iterator[Sequence[Any]]:
        """Its good rows, ready to be entered; what is wrong with it is in its account."""
        count = 0
        try:
            with closing(self._told(by)) as told:
                for rows, self.told.faults, share in told:
                    count += len(rows)
                    self._watch(count, share)
                    yield rows
        except FileRefused as refusal:
            self.told.refusal, self.told.reading = refusal, None
        except OSError as fault:  # a name that no system has, a disk that fails on the way
            self.told.refusal = CannotOpen(file=self.file, reason=fault.strerror)
            self.told.reading = None

    def _told(self, by: str) -> Generator[beside.Told, None, None]:
        if beside.is_worth_it(self._path, LARGE):
            self.told.reading = yield from beside.read(self._path, self._options, by)
        else:
            self.told.reading = yield from here(self._path, self._options, by)
        self.told.faults = len(self.told.reading.problems)


def here(path: Path, options: Options, by: str) -> beside.Telling:
    """Read a file in this process: its rows, how many faults it has so far, the share read."""
    reading = Reading(path.name)
    told: Iterator[Any] = stream(path, options, reading)
    for rows in spoken(told) if options.kind else ready(told, by=by, file=path.name):
        yield rows, len(reading.problems), reading.share()
    return reading
