"""What a ledger on a server, or the way to it, says no to; the sentences are in `text`."""

from __future__ import annotations

from hazardctl.errors import NoLedger, Refused, Unreachable, Unusable, UsageRefused


class NotBegun(NoLedger):
    """A database without a ledger, which only `init` begins there: `path`."""


class LoginRefused(Unreachable):
    """A server that does not let the user in: `path`, `reason`."""


class NoDatabase(Unreachable):
    """A server without the database that the URL names: `path`, `reason`."""


class NotPermitted(Unreachable):
    """A server that lets the user in, and not do this: `path`, `reason`."""


class HalfCopied(Unusable):
    """What stands there is a part of a ledger that was being copied: `path`."""


class CopyStopped(Unusable):
    """A copy that came to no end, whose part stays to be gone on with: `path`, `reason`."""


class CopyDiffers(Unusable):
    """A copy that is not what it was copied from: `path`, `faults`."""


class OccupiedTarget(Refused):
    """A ledger where another is to be copied: `path`, `what` it is to that."""


class Overtaken(Unusable):
    """A change that the server undid for the sake of another; it may be tried again: `path`."""


class PostgresNotInstalled(UsageRefused):
    """A ledger on a server without the part that speaks to it: `package`, as pip is told it."""


class UnreadUrl(UsageRefused):
    """A URL that names no database: `url`, `reason`."""


class NotOnAServer(UsageRefused):
    """A command that works on the file of a ledger, for one on a server: `command`."""
