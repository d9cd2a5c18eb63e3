"""The outside world of one command: its settings, its clock, its streams, its language."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hazardctl.cli import interrupts
from hazardctl.cli.settings import language, place_named, setting
from hazardctl.errors import (
    CannotWrite,
    Exit,
    FileRefused,
    HazardctlError,
    NoTerminalFormat,
    SavedUnsaid,
    Unreachable,
)
from hazardctl.store.place import Place, Server
from hazardctl.store.refusals import NotOnAServer
from hazardctl.text import Words

if TYPE_CHECKING:  # help and version need none of these
    from hazardctl.domain.hazard import Request
    from hazardctl.render.sheet import Answer


@dataclass
class Desk:
    """Where a command is typed and answered; `typed` holds the options that stand everywhere."""

    typed: Mapping[str, str]
    words: Words = field(init=False)
    usual: str = "table"  # the format of an answer that was asked in none
    exit: Exit = Exit.DONE
    command: str = ""  # the command that was typed, and what was given to it
    given: Mapping[str, object] = field(default_factory=dict)
    handed_in: list[str] = field(default_factory=list)  # the hashes of the files among it
    request: Request | None = None  # under which a change is made
    saved: list[str] = field(default_factory=list)  # what a change has saved, before it is said

    def __post_init__(self) -> None:
        self.words = Words("en")
        self.words = Words(language(self.typed.get("--lang")))

    @property
    def format(self) -> str:
        """The format asked for."""
        return self.typed.get("--format", self.usual)

    @property
    def is_terminal(self) -> bool:
        """Whether a person can be asked."""
        return "--no-input" not in self.typed and sys.stdin.isatty() and sys.stderr.isatty()

    def print(self, text: str) -> None:
        """Write words to stdout, quietly if nobody reads on; raises CannotWrite."""
        with _to_stdout():
            self._put(text.encode(), terminal=sys.stdout.isatty())

    @property
    def has_folder(self) -> bool:
        """Whether what is asked for is to be put into a folder."""
        return os.path.isdir(self.typed.get("--output", ""))

    def pour(
        self, parts: Iterable[bytes], name: str, *, otherwise: str, is_text: bool = False
    ) -> None:
        """Write the content of a file, as it is, where it was asked for.

        In a folder it has its name, cleaned (`otherwise` if nothing is left), or the next that is
        free. Raises CannotWrite, NoTerminalFormat and what the parts raise.
        """
        target = self.typed.get("--output")
        if target is None:
            terminal = sys.stdout.isatty()
            if terminal and not is_text:
                raise NoTerminalFormat(format=name)
            with _to_stdout():
                for part in parts:
                    self._put(part, terminal=terminal)
            return
        from hazardctl.domain.filename import names
        from hazardctl.render.saving import save, save_within

        try:
            if not self.has_folder:
                save(parts, Path(target))
                return
            saved = save_within(parts, Path(target), names(name, otherwise=otherwise))
        except OSError as fault:
            raise CannotWrite(path=target, reason=fault.strerror) from fault
        told = {"name": in_one_line(name), "path": in_one_line(str(saved))}
        self.tell("said", "evidence-saved", **told)

    def path(self) -> Path:
        """Where the file of the ledger is; raises NotOnAServer, and what `place` raises."""
        place = self.place()
        if isinstance(place, Server):
            raise NotOnAServer(command=self.command)
        return place

    def place(self, *, making: bool = False) -> Place:
        """Where the ledger is; `making` also makes the folder of the default one.

        Raises UnsupportedLedger, PasswordInUrl, Unreachable.
        """
        place = setting("ledger", self.typed.get("--ledger"))
        named = place_named(place.value or "")
        if making and place.origin == "default" and isinstance(named, Path):
            try:
                named.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as fault:
                raise Unreachable(path=str(named), reason=fault.strerror) from None
        return named

    def must_not_be_of_the_ledger(self, target: str | None) -> None:
        """Raises CannotWrite if a file to be written is the ledger, its journal or its evidence."""
        if not target:
            return
        try:
            place = self.place()
        except HazardctlError:
            return  # there is none that could be written over
        if isinstance(place, Server):
            return
        ledger = os.path.realpath(place)
        real = os.path.realpath(target)
        is_same = os.path.exists(ledger) and os.path.exists(real) and os.path.samefile(real, ledger)
        evidence = os.path.join(os.path.dirname(ledger), "evidence", "")
        names = {f"{ledger}{end}" for end in ("", "-journal", "-wal", "-shm")}
        if is_same or real in names or f"{real}/".startswith(evidence):
            raise CannotWrite(path=target, reason="of-the-ledger")

    def say(self, answer: Answer) -> None:
        """Write the answer, whole, to the file or the stream it was asked on.

        Raises CannotWrite, NoTerminalFormat; SavedUnsaid if a change is saved and this fails.
        """
        try:
            self._write(answer)
            if self.saved:
                interrupts.listen_no_more()  # it is done, and has been said
        except OSError as fault:
            drop(sys.stdout)
            if self.saved:
                raise self.unsaid(fault.strerror) from fault
            if not isinstance(fault, BrokenPipeError):
                raise CannotWrite(path="stdout", reason=fault.strerror) from fault
        except HazardctlError as fault:
            if self.saved:
                reason = fault.facts.get("reason", fault.code())
                raise self.unsaid(reason) from fault
            raise

    def unsaid(self, reason: object) -> SavedUnsaid:
        """What is told of a change that is saved, when its answer cannot be written."""
        request = self.request.id if self.request else None
        return SavedUnsaid(numbers=self.saved, reason=reason, request=request)

    def _write(self, answer: Answer) -> None:
        from hazardctl.render.writing import BINARY, render

        target = self.typed.get("--output")
        terminal = target is None and sys.stdout.isatty()
        if terminal and self.format in BINARY:
            raise NoTerminalFormat(format=self.format)
        content = render(
            answer,
            self.format,
            self.words,
            width=self._width(terminal),
            colour=terminal and not os.environ.get("NO_COLOR"),
            for_file=target is not None,
        )
        if target is not None:
            from hazardctl.render.saving import save

            try:
                save(content, Path(target))
            except OSError as fault:
                raise CannotWrite(path=target, reason=fault.strerror) from fault
            return
        self._put(content, terminal=terminal)

    def _put(self, content: bytes | bytearray, *, terminal: bool) -> None:
        """Write to stdout: as UTF-8, but for a terminal that shows something else."""
        sys.stdout.flush()
        if terminal and (sys.stdout.encoding or "").lower() != "utf-8":
            sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text stream, at a terminal
            sys.stdout.write(content.decode())
        else:
            sys.stdout.buffer.write(content)
        sys.stdout.flush()

    def _width(self, terminal: bool) -> int | None:
        if "COLUMNS" in os.environ or terminal:
            return shutil.get_terminal_size().columns
        return None

    def tell(self, catalog: str, key: str, /, **facts: object) -> None:
        """Say something beside the answer: a warning, a count."""
        self.tell_plainly(self.words.tell(catalog, key, facts))

    def tell_plainly(self, sentence: str) -> None:
        """Write a sentence to stderr, its lines as they are."""
        from hazardctl.render.visible import lines

        self._tell(lines(sentence))

    def _tell(self, text: str) -> None:
        """Write to stderr, if stderr still takes it."""
        try:
            sys.stderr.write(text.encode(errors="backslashreplace").decode() + "\n")
            sys.stderr.flush()
        except OSError:
            drop(sys.stderr)  # nobody is left to be told; the exit status still tells

    def complain(self, error: HazardctlError) -> int:
        """Tell of a refusal, in the format asked for; returns the exit status.

        Nothing comes after it: whoever stops the program now would be told of something else.
        """
        interrupts.listen_no_more()
        code = error.code()
        # What is wrong with a file that comes in bears the name of a fault of the ledger, at times.
        is_of_a_file = isinstance(error, FileRefused)
        catalogs = ("problems", "errors") if is_of_a_file else ("errors", "problems")
        catalog = next(name for name in catalogs if code in self.words.catalog(name))
        facts = {name: in_one_line(fact) for name, fact in error.facts.items()}
        sentence = self.words.tell(catalog, code, facts)
        self.complain_in_words(code, sentence, error.facts)
        return int(error.exit)

    def complain_in_words(self, code: str, sentence: str, facts: Mapping[str, object]) -> None:
        """Write a refusal to stderr: a sentence, or one JSON object."""
        if self.format in ("json", "ndjson"):
            import json

            from hazardctl.domain.plainjson import json_text

            plain = json.loads(json.dumps(facts, default=str))
            self._tell(json_text({"error": {"code": code, "message": sentence, "facts": plain}}))
        else:
            self.tell_plainly(sentence)

    def ask(self, option: str) -> str:
        """Ask the person at the terminal for one thing, until something is said."""
        while True:
            sys.stderr.write(self.words.say("said", "ask", option=option))
            sys.stderr.flush()
            said = sys.stdin.readline()
            if not said:
                raise KeyboardInterrupt
            if said.strip():
                return said.strip()


@contextmanager
def _to_stdout() -> Iterator[None]:
    """Writing to stdout, quietly if nobody reads on; raises CannotWrite."""
    try:
        yield
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as fault:
        drop(sys.stdout)
        raise CannotWrite(path="stdout", reason=fault.strerror) from fault


def in_one_line(fact: object) -> object:
    """A fact as it may stand in a sentence: a line that was typed begins no line of ours."""
    from hazardctl.render.visible import show

    if isinstance(fact, list | tuple):
        return [in_one_line(one) for one in fact]
    return show(fact) if isinstance(fact, str) else fact


def drop(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that the interpreter ends without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
