"""Where a setting comes from: what was typed, the environment, a personal file, the default."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer

from hazardctl.errors import (
    CannotWrite,
    PasswordInUrl,
    UnknownLanguage,
    UnreadableSettings,
    UnsupportedLedger,
)
from hazardctl.store.place import SCHEMES, Place, Server
from hazardctl.text import LANGUAGES, Language

ENVIRONMENT = {
    "ledger": "HAZARDCTL_LEDGER",
    "as": "HAZARDCTL_ACTOR",
    "lang": "HAZARDCTL_LANG",
    "today": "HAZARDCTL_TODAY",
}
PERSONAL = ("ledger", "as", "lang")  # what the personal file may hold
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


class Setting(NamedTuple):
    """A value and where it came from: option, environment, personal, default."""

    value: str | None
    origin: str


def setting(name: str, typed: str | None) -> Setting:
    """One setting, the nearest word of it."""
    if typed is not None:
        return Setting(typed, "option")
    if found := os.environ.get(ENVIRONMENT[name]):
        return Setting(found, "environment")
    if name in PERSONAL and (kept := personal().get(name)):
        return Setting(kept, "personal")
    return Setting(_default(name), "default")


def _default(name: str) -> str | None:
    if name == "ledger":
        from platformdirs import user_data_dir

        return str(Path(user_data_dir("hazardctl", appauthor=False)) / "ledger.db")
    if name == "lang":
        place = next((os.environ[one] for one in _LOCALE if os.environ.get(one)), "")
        return "zh" if place.lower().startswith("zh") else "en"
    return date.today().isoformat() if name == "today" else None


def language(typed: str | None) -> Language:
    """The language to speak; raises UnknownLanguage."""
    wanted = setting("lang", typed).value
    for known in LANGUAGES:
        if wanted == known:
            return known
    raise UnknownLanguage(language=wanted, languages=list(LANGUAGES))


def personal_file() -> Path:
    """Where the personal settings are kept."""
    return Path(typer.get_app_dir("hazardctl")) / "settings.toml"


def personal() -> dict[str, str]:
    """The personal settings; raises UnreadableSettings."""
    path = personal_file()
    if not path.exists():
        return {}
    import tomllib

    try:
        kept = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise UnreadableSettings(path=str(path), reason=str(fault)) from None
    return {name: str(kept[name]) for name in PERSONAL if name in kept}


def keep_personal(name: str, value: str) -> Path:
    """Keep one personal setting, in a file that only its owner may read; raises CannotWrite."""
    import json

    from hazardctl.render.saving import save

    path = personal_file()
    kept = {**personal(), name: value}
    # A JSON string is a TOML string.
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in kept.items()]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        save("".join(lines).encode(), path)
    except OSError as fault:
        raise CannotWrite(path=str(path), reason=fault.strerror) from None
    return path


# A password within a URL, before the host or among what follows `?`.
_PASSWORD = re.compile(
    r"(?<=://)([^:@/?#]*:).*(?=@)|([?&;](?:ssl)?password=)[^&;#]*", re.IGNORECASE
)


def masked(text: str) -> str:
    """A setting as it may be shown: a password in it is not."""
    return _PASSWORD.sub(lambda found: f"{found[1] or found[2]}***", text)


def without_password(text: str) -> str:
    """The ledger as it was named; raises PasswordInUrl: what is typed, all may read."""
    if _PASSWORD.search(text):
        raise PasswordInUrl(url=masked(text))
    return text


def place_named(text: str) -> Place:
    """The place that a path or a URL means; raises UnsupportedLedger, PasswordInUrl."""
    scheme, separator, rest = without_password(text).partition("://")
    if separator and scheme in SCHEMES:
        return Server(text)
    if separator and scheme != "sqlite":
        raise UnsupportedLedger(scheme=scheme)
    return Path(os.path.expanduser(rest.removeprefix("/") if separator else text))


def check(name: str, value: str) -> None:
    """Raises UnknownLanguage, NotOneName, PasswordInUrl if a setting cannot have that value."""
    if name == "ledger":
        without_password(value)
    if name == "lang":
        language(value)
    if name == "as":
        from hazardctl.cli.values import one_name

        one_name(value)
