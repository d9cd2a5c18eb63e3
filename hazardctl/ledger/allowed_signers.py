"""Who may sign a digest: a list as `ssh-keygen` reads it (ssh-keygen(1), ALLOWED SIGNERS)."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime, tzinfo
from fnmatch import fnmatchcase

from hazardctl.ledger.signatures import NAMESPACE, PublicKey

# Quantifiers that give nothing back (`*+`, `++`): a space inside quotes never ends the options.
_QUOTED = r'"((?:\\"|[^"])*+)"'
_LINE = re.compile(
    rf"""[ \t]* (?: "(?P<quoted>[^"]+)" | (?P<plain>[^ \t\r\n"#][^ \t\r\n"]*) )
    [ \t]+ (?: (?P<options>(?:\\"|{_QUOTED}|[^ \t"])++) [ \t]+ )??
    ssh-ed25519 [ \t]+ (?P<key>[A-Za-z0-9+/]+) (?:[ \t].*)? \r?""",
    re.VERBOSE,
)
# `cert-authority` is not among them: whoever may certify others does not sign here.
_OPTION = re.compile(rf"(namespaces|valid-after|valid-before)={_QUOTED}", re.IGNORECASE)
_OPTIONS = re.compile(rf"{_OPTION.pattern}(?:,{_OPTION.pattern})*", re.IGNORECASE)
_MOMENT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?(Z?)")


def vouched(key: PublicKey, signers: str, at: datetime) -> str | None:
    """The principals of the first line that lets a key sign digests at a moment; None if none does.

    A time without Z in the list is read in the zone of `at`, which must have one. A line that
    cannot be read vouches for nobody, and neither does a certificate authority.
    """
    wanted = b64encode(key.blob).decode()
    for text in signers.removeprefix("\ufeff").split("\n"):
        line = _LINE.fullmatch(text)
        if line and line["key"] == wanted and _is_for_digests(line["options"], at):
            return line["quoted"] or line["plain"]
    return None


def _is_for_digests(options: str | None, at: datetime) -> bool:
    """Whether the options of a line allow a digest signed at a moment."""
    if options is None:
        return True
    if not _OPTIONS.fullmatch(options):
        return False
    given = [(name.lower(), value) for name, value in _OPTION.findall(options)]
    said = dict(given)
    if len(said) < len(given):  # one of them twice
        return False
    try:
        after, before = (
            _moment(said[name], at.tzinfo) if name in said else at
            for name in ("valid-after", "valid-before")
        )
    except ValueError:
        return False
    return after <= at <= before and _is_among(said.get("namespaces", "*"))


def _is_among(namespaces: str) -> bool:
    """Whether a list of patterns (ssh_config(5), PATTERNS) names the namespace of digests."""
    patterns = namespaces.replace('\\"', '"').split(",")
    barred = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return _fits_one(patterns) and not _fits_one(barred)


def _fits_one(patterns: list[str]) -> bool:
    return any(fnmatchcase(NAMESPACE, pattern.replace("[", "[[]")) for pattern in patterns)


def _moment(text: str, zone: tzinfo | None) -> datetime:
    """The moment of YYYYMMDD[HHMM[SS]][Z]; raises ValueError."""
    read = _MOMENT.fullmatch(text)
    if read is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in read.groups()[:6])
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC if read[7] else zone)
