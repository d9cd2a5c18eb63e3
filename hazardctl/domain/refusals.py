"""What the rules of the trade say no to; the sentences are in `text`."""

from __future__ import annotations

from hazardctl.errors import Refused, UsageRefused


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


class DaysInDisorder(Refused):
    """A day of a record before one that it follows: `number`, `what`, `on`, `after`, `after_on`."""


class StepInDisorder(Refused):
    """A step of a referral that does not follow: `number`, `state`, `other`, `possible`."""


class NoFine(Refused):
    """An amount on a penalty that is neither fine nor confiscation: `number`, `amount`, `kinds`."""


class TooMuchOnTheSpot(Refused):
    """A fine on the spot above what may be fined there: `number`, `amount`, `most` (yuan)."""


class AmountQuestioned(Refused):
    """A fine above the legal range: `number`, `amount`, `most` (yuan), `source`."""


class PartOfItself(Refused):
    """A campaign that would be a part of one of its own parts: `name`, `parent`."""


class SaysTheSame(Refused):
    """A record that says the same as another: its `number`, the options that are told `by`."""


class AlreadyRegistered(Refused):
    """A record that is there already: `number` of that, `what` it is, `name`."""


class NotTogether(UsageRefused):
    """Options that exclude each other: `option`, `others`."""


class NotAShare(UsageRefused):
    """Text that does not say how many are to be drawn: `text`."""
