"""Which enterprise of the register a name means, however it is spelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from hazardctl.domain.filter import Filter
from hazardctl.domain.names import sameness
from hazardctl.store.conditions import Ask, meant

AT_ONCE = 500  # names that are looked up together

_IS_NAMED = "SELECT id FROM named WHERE kind = 'enterprise' AND name = ?"


def rows_of(ask: Ask, spellings: Iterable[str]) -> set[int]:
    """The rows of the enterprises that some spellings mean."""
    names = {sameness(spelled) for spelled in spellings}
    return {ident for name in names for (ident,) in ask(_IS_NAMED, (name,))}


def where_named(ask: Ask, names: Iterable[str]) -> tuple[str, list[str]]:
    """The condition of the enterprises that some names mean, and its values."""
    keys = sorted(meant(ask, "enterprise", names))
    some = ", ".join("?" * len(keys))
    return f"id IN (SELECT id FROM named WHERE kind = 'enterprise' AND name IN ({some}))", keys


class Meaning:
    """What the spellings of a ledger mean: the row of an enterprise, else the name as compared.

    Most are spelled as they are registered: only of the others the names are compared.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def of(self, spelled: str) -> int | str:
        """What a spelling means."""
        if spelled not in self._known:
            name = sameness(spelled)
            found = self._ask(_IS_NAMED, (name,))
            self._known[spelled] = found[0][0] if found else name
        return self._known[spelled]

    def name(self, spelled: str) -> str:
        """The name under which it is registered; as it is spelled if it is not."""
        return self._names.get(self.of(spelled), spelled)

    def is_same(self, one: str | None, other: str | None) -> bool:
        """Whether two spellings mean the same; nobody is the same as nobody."""
        return self.of(one) == self.of(other) if one and other else one == other

    @cached_property
    def _registered(self) -> list[tuple[str, int]]:
        return self._ask("SELECT name, id FROM enterprise", ())

    @cached_property
    def _known(self) -> dict[str, int | str]:
        return dict(self._registered)

    @cached_property
    def _names(self) -> dict[int | str, str]:
        return {ident: name for name, ident in self._registered}


class Owner(NamedTuple):
    """An enterprise as the register knows it; what it does not know has only a name."""

    key: str  # two names that mean one enterprise have one key
    number: str | None
    name: str
    industry: str | None = None
    district: str | None = None
    principal: str | None = None
    retired_on: str | None = None

    def is_there(self, on: date) -> bool:
        """Whether it is not closed for good by a day."""
        return self.retired_on is None or self.retired_on > on.isoformat()


def owners(ask: Ask, names: Iterable[str]) -> dict[str, Owner]:
    """Which enterprise each of the names means, as they are written."""
    written = {name: sameness(name) for name in names}
    known: dict[str, Owner] = {}
    keys = list(set(written.values()))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"{_KNOWN} ({marks})"
        known |= {key: Owner(str(number), number, *told) for key, number, *told in ask(sql, some)}
    return {name: known.get(key) or Owner(key, None, name) for name, key in written.items()}


def spelled_as_registered(ask: Ask, since: str) -> dict[str, Owner]:
    """The enterprises of hazards found since a day whose names are spelled as on the register.

    That is nearly all of them, and the database finds them without a name being compared.
    """
    sql = (
        "SELECT name, number, industry, district, principal, retired_on FROM enterprise"
        " WHERE name IN (SELECT enterprise FROM hazard WHERE found_on >= ?)"
    )
    return {
        name: Owner(str(number), number, name, *told) for name, number, *told in ask(sql, [since])
    }


_KNOWN = (
    "SELECT named.name, number, enterprise.name, industry, district, principal, retired_on"
    " FROM named JOIN enterprise USING (id) WHERE named.kind = 'enterprise' AND named.name IN"
)


def passing(ask: Ask, wanted: Filter, found: Iterable[Owner]) -> list[Owner]:
    """Those that a filter means, of what it asks about enterprises."""
    names = meant(ask, "enterprise", wanted.enterprise) if wanted.enterprise else set()
    places = {sameness(district) for district in wanted.district}
    return [
        one
        for one in found
        if (not wanted.industry or one.industry in wanted.industry)
        and (not places or sameness(one.district or "") in places)
        and (not wanted.enterprise or sameness(one.name) in names)
    ]
