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
    PROBLEM = 7
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
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


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


class MissingOptions(UsageRefused):
    """What a step needs and did not get: `options`, as they are typed."""


class BlankText(UsageRefused):
    """Nothing but space where words are needed: `option`."""


class NoDueDay(UsageRefused):
    """A deadline that names no day where a day is needed: `text`."""


class WrongState(Refused):
    """A step that does not start from this state: `number`, `state`, `action`, `possible`."""


class FutureDay(Refused):
    """A step or a finding dated after today: `number`, `what`, `on`, `today`."""


class OutOfOrder(Refused):
    """A day before the one it must follow: `number`, `what`, `on`, `after`, `after_on`."""


class DueBeforeFound(Refused):
    """A due date before the day the hazard was found: `number`, `due_on`, `found_on`."""


class DueIsSet(Refused):
    """Another due date on a second assignment: `number`, `due_on`, `given`."""


class CaseLeaderNeeded(Refused):
    """A major hazard, or a ledger that asks it of all, without a case leader: `number`."""


class AssurancesMissing(Refused):
    """A major hazard accepted without all five assurances (五落实): `number`, `missing`."""


class NotAccepted(Refused):
    """A major hazard that the responsible unit has not accepted: `number`, `action`."""


class EvidenceNeeded(Refused):
    """A major hazard submitted without an evidence file: `number`."""


class SamePerson(Refused):
    """One person in two parts that must be kept apart: `number`, `name`, `part`, `other`."""


class TwoVerifiersNeeded(Refused):
    """A major hazard verified by fewer than two people: `number`, `named`."""


class ExtensionPending(Refused):
    """A sign-off, or a second request, while an extension waits: `number`, `due_on`."""


class NoExtensionPending(Refused):
    """An answer to an extension that nobody asked for: `number`."""


class ExtensionNotLater(Refused):
    """An extension that does not move the due date on: `number`, `due_on`, `given`."""


class TooManyExtensions(Refused):
    """More extensions in one cycle than the ledger allows: `number`, `granted`, `allowed`."""


class StopOrderStands(Refused):
    """A sign-off while a stop order stands: `number`, `order`."""


class StepsMissing(Refused):
    """A sign-off with steps still to take: `number`, `state`, `missing` (options), `first`."""


class AlreadyRecorded(Refused):
    """A fact given again with another value: `number`, `option`, `recorded`, `given`."""


class WasSubmitted(Refused):
    """A hazard made void after it was once submitted: `number`."""


class NothingToReopen(Refused):
    """A look-back that found all in order given as a reason to reopen: `number`, `result`."""


class GradeSettled(Refused):
    """A change of grade after the hazard was submitted: `number`, `state`."""


class BasisNeeded(Refused):
    """A change of grade without its basis: `number`."""


class CannotExport(FileRefused):
    """A cell that the file cannot hold: `sheet`, `row`, `column`, `first`, `reason`."""


class NoLedger(Unusable):
    """No ledger has been begun there: `path`."""


class NotALedger(Unusable):
    """Something else is there: `path`, `what` (folder, other-database, not-a-database, device)."""


class NewerLedger(Unusable):
    """A ledger of a later program: `path`, `version`, `known`."""


class NoFolder(Unusable):
    """The folder that the ledger is to stand in does not exist: `path`, `folder`."""


class Unreachable(Unusable):
    """The file cannot be opened, read or written: `path`, `reason`."""


class Busy(Unusable):
    """Another desk held the ledger for longer than anyone should wait: `path`, `seconds`."""


class Damaged(Unusable):
    """The file is a ledger, but not whole: `path`, `reason`."""


class CannotKeep(Unusable):
    """The database does not keep what it is told, so nothing is entrusted to it: `kept`."""


class LedgerExists(Refused):
    """A ledger begun where one already stands: `path`."""


class UnknownNumber(NoSuchThing):
    """No hazard has this number: `number`."""


class AmbiguousNumber(UsageRefused):
    """An ending that fits several hazards: `number`, `fits`."""


class NotANumber(UsageRefused):
    """Text that cannot be the number of a hazard: `number`."""


class EvidenceRefused(UsageRefused):
    """A file that cannot be kept as evidence: `path`, `reason`."""


class UnknownLanguage(UsageRefused):
    """A language that the program does not speak: `language`, `languages`."""


class UnreadableSettings(UsageRefused):
    """Personal settings that cannot be read: `path`, `reason`."""


class UnknownSetting(UsageRefused):
    """A setting that there is not: `name`, `names`."""


class BadSetting(UsageRefused):
    """A value that a setting cannot have: `name`, `value`, `wanted`."""


class NobodyActs(UsageRefused):
    """A change with nobody named who makes it."""


class NotOneName(UsageRefused):
    """One person was asked for and the text names several: `name`."""


class NotOneOf(UsageRefused):
    """A word that an option does not know: `option`, `given`, `words`."""


class NotANumberOf(UsageRefused):
    """Text where a whole number in a range is needed: `option`, `given`, `least`, `most`."""


class UnsupportedLedger(UsageRefused):
    """A ledger URL of a kind that is not supported: `scheme`."""


class CannotWrite(UsageRefused):
    """A file that the answer cannot be written to: `path`, `reason`."""


class NoTerminalFormat(UsageRefused):
    """A format that is no text, with nowhere but a terminal to go: `format`."""


class SavedUnsaid(HazardctlError):
    """The change is saved, but its answer could not be written: `numbers`, `reason`."""

    exit = Exit.UNSAID


class NothingCorrected(UsageRefused):
    """An edit that names nothing to correct: `number`."""
