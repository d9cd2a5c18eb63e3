"""Every refusal: a code, its facts, an exit code. The sentences are in `text`."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """What the program's exit status says (design: exit codes)."""

    DONE = 0
    CRASHED = 1
    USAGE = 2
    UNKNOWN = 3
    REFUSED = 4
    FILE = 5
    UNUSABLE = 6
    UNSAID = 8
    FOUND = 9
    INTERRUPTED = 130


class HazardctlError(Exception):
    """What the program says no to; `facts` are plain values that the sentence is made of."""

    exit: ClassVar[Exit] = Exit.CRASHED

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code(), facts)
        self.facts = facts

    @classmethod
    def code(cls) -> str:
        """The stable name of this refusal: `WrongState` is `wrong-state`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()


class UsageRefused(HazardctlError):
    """The command line does not say what is wanted."""

    exit = Exit.USAGE


class NoSuchThing(HazardctlError):
    """What was named is not in the ledger."""

    exit = Exit.UNKNOWN


class Refused(HazardctlError):
    """A rule of the trade or of the ledger says no."""

    exit = Exit.REFUSED


class FileRefused(HazardctlError):
    """A file, or some of its rows, cannot be taken."""

    exit = Exit.FILE


class Unusable(HazardctlError):
    """The ledger itself cannot be used."""

    exit = Exit.UNUSABLE


class UnknownFormat(UsageRefused):
    """A format that this command does not have: `format`, `formats`."""


class NotText(UsageRefused):
    """Text that cannot be taken in: `name` (what it is for), `reason`, `at` (its position)."""


class UnknownIndustry(UsageRefused):
    """No industry goes by that name: `text`, `suggestions`."""


class UnreadDay(UsageRefused):
    """Text that is not a day: `text`, `reason`."""
