"""What a ledger on a server says no to; the sentences are in `text`."""

from __future__ import annotations

from hazardctl.errors import NoLedger, Unusable, UsageRefused


class NotBegun(NoLedger):
    """A database without a ledger, which only `init` begins there: `path`."""


class Overtaken(Unusable):
    """A change that the server undid for the sake of another; it may be tried again: `path`."""


class PostgresNotInstalled(UsageRefused):
    """A ledger on a server without the part that speaks to it: `package`, as pip is told it."""


class UnreadUrl(UsageRefused):
    """A URL that names no database: `url`, `reason`."""


class NotOnAServer(UsageRefused):
    """A command that works on the file of a ledger, for one on a server: `command`."""
