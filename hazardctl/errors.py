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


class UnfitOption(UsageRefused):
    """Options that mean nothing for files of that kind: `options`, `kind`."""


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


class RequestReused(Refused):
    """Another thing asked under the id of an earlier request: `request`."""


class CannotExport(FileRefused):
    """A cell that the file cannot hold: `sheet`, `row`, `column`, `first`, `reason`."""


class UnusableTemplate(FileRefused):
    """A file that is no workbook to be filled in: `file`, `reason`."""


class NoLedger(Unusable):
    """No ledger has been begun there: `path`."""


class NotALedger(Unusable):
    """Something else is there: `path`, `what` (folder, other-database, not-a-database, device)."""


class NewerLedger(Unusable):
    """A ledger of a later program: `path`, `version`, `known`."""


class OlderLedger(Unusable):
    """A ledger of an earlier program, not upgraded yet: `path`, `version`, `known`."""


class NoFolder(Unusable):
    """The folder that the ledger is to stand in does not exist: `path`, `folder`."""


class Unreachable(Unusable):
    """The file cannot be opened, read or written: `path`, `reason`."""


class Unsettled(Unusable):
    """A disk that failed while a change was being saved, which may be: `path`, `reason`."""


class Busy(Unusable):
    """Another desk held the ledger for longer than anyone should wait: `path`, `seconds`."""


class Damaged(Unusable):
    """The file is a ledger, but not whole: `path`, `reason`."""


class EvidenceDamaged(Unusable):
    """A stored file that is not what was attached: `number`, `name`, `sha256`, `reason`."""


class CannotKeep(Unusable):
    """The database does not keep what it is told, so nothing is entrusted to it: `kept`."""


class LedgerAtFault(HazardctlError):
    """A ledger whose proof found faults, so that nothing is sealed or copied: `faults`."""

    exit = Exit.PROBLEM


class NotADigest(FileRefused):
    """A file that is no digest of a ledger: `file`, `reason`."""


class NotABackup(FileRefused):
    """A file that is no whole backup of ours: `file`, `reason`."""


class BackupAtFault(FileRefused):
    """A backup whose ledger is not whole: `file`, `faults`."""


class FileInTheWay(UsageRefused):
    """A file that would be overwritten: `path`."""


class WorkbookNeeded(UsageRefused):
    """A file that is to be a workbook, and is not called one: `option`, `path`."""


class FolderForSeveral(UsageRefused):
    """Several files that are to be written under one name: `option`, `path`."""


class OverItself(UsageRefused):
    """A file that would be written over another of the same command: `option`, `path`."""


class FileNeeded(UsageRefused):
    """Something that goes beside a file, without the file: `option`."""


class LedgerExists(Refused):
    """A ledger begun where one already stands: `path`."""


class LedgerInTheWay(Refused):
    """A ledger where a backup is to be restored: `path`, `what` it is to it, by `events`."""


class UnknownNumber(NoSuchThing):
    """No hazard has this number: `number`."""


class PeriodEndsFirst(UsageRefused):
    """A period that is asked about ends before it begins: `since`, `until`."""


class UnfitFilter(UsageRefused):
    """Filters that mean nothing to a form: `form`, `filters`, those that do: `fits`."""


class NoSuchRow(NoSuchThing):
    """A report has no such row: `row`, the `rows` it has."""


class NoSuchMapping(NoSuchThing):
    """No mapping was saved under this name: `name`, the `names` there are."""


class UnknownEvidence(NoSuchThing):
    """No evidence file has this hash: `sha256`."""


class NoEvidence(NoSuchThing):
    """A hazard without any evidence file: `number`."""


class AmbiguousNumber(UsageRefused):
    """An ending that fits several hazards: `number`, `fits`."""


class NotANumber(UsageRefused):
    """Text that cannot be the number of a hazard: `number`."""


class EvidenceRefused(UsageRefused):
    """A file that cannot be kept as evidence: `path`, `reason`."""


class SigningNotInstalled(UsageRefused):
    """Signatures without the part that makes and checks them: `package`, as pip is told it."""


class UnusableKey(UsageRefused):
    """A file that holds no key to sign with: `path`, `reason`."""


class BadSignature(FileRefused):
    """A signature that cannot be trusted: `reason`."""


class NotEvidence(UsageRefused):
    """Text that is neither (part of) a SHA-256 nor the number of a hazard: `text`."""


class AmbiguousEvidence(UsageRefused):
    """The beginning of several hashes: `sha256`, `fits`."""


class WrongCreditCode(UsageRefused):
    """A credit code that cannot be: `code`, `reason`, the check digit `expected`."""


class UnreadAmount(UsageRefused):
    """Text that is no amount of money: `text`, `reason`."""


class UnknownRecord(NoSuchThing):
    """No record of that kind has this number or name: `what`, `number`."""


class FolderNeeded(UsageRefused):
    """A hazard with several evidence files, asked for as one: `number`, `fits` (their hashes)."""


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


class PasswordInUrl(UsageRefused):
    """A password typed within a URL, where others may read it: `url` (without it)."""


class CannotWrite(UsageRefused):
    """A file that the answer cannot be written to: `path`, `reason`."""


class NoTerminalFormat(UsageRefused):
    """A format that is no text, with nowhere but a terminal to go: `format`."""


class SavedUnsaid(HazardctlError):
    """The change is saved, but its answer could not be written: `numbers`, `reason`, `request`."""

    exit = Exit.UNSAID


class Interrupted(HazardctlError):
    """A change that was stopped before it was saved."""

    exit = Exit.INTERRUPTED


class OutcomeUnknown(Unusable):
    """A change that was stopped on its way, and a ledger that cannot tell: `reason`, `request`."""


class NothingToRepeat(UsageRefused):
    """The id of a request with a command that changes nothing: `command`."""


class NothingCorrected(UsageRefused):
    """An edit that names nothing to correct: `number`."""
