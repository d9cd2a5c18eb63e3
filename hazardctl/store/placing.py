"""Where a record belongs, as far as that which it is about tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from hazardctl.domain.names import sameness
from hazardctl.domain.register import Kind
from hazardctl.store.conditions import Ask

AT_ONCE = 500  # values that are asked for in one question


class _Teller(NamedTuple):
    """What tells of a record that is about it, and which of its fields it tells."""

    tells: tuple[str, ...]
    sql: str  # by what, and these fields
    key: Callable[[str], str] = str


# The nearest first: a penalty may name the hazard that tells what is still open.
_TELLERS: Mapping[str, _Teller] = {
    "penalty": _Teller(
        ("enterprise", "hazard", "industry", "district"),
        "SELECT number, enterprise, hazard, industry, district FROM penalty WHERE number IN",
    ),
    "hazard": _Teller(
        ("enterprise", "industry", "district"),
        "SELECT number, enterprise, industry, district FROM hazard WHERE number IN",
    ),
    "enterprise": _Teller(
        ("industry", "district"),
        "SELECT named.name, industry, district FROM named JOIN enterprise USING (id)"
        " WHERE named.kind = 'enterprise' AND named.name IN",
        sameness,
    ),
}


def place(ask: Ask, kind: Kind, several: Sequence[dict[str, Any]]) -> None:
    """Fill in what records of a kind leave open of where they belong.

    That tells the penalty or the hazard that a record is about, else its enterprise; each record is
    what it says by the names of its fields, a penalty and a hazard by their whole numbers.
    """
    for what, teller in _TELLERS.items():
        if what not in kind.fields:
            continue
        told = [name for name in teller.tells if name in kind.fields]
        some = [one for one in several if one.get(what) and not all(map(one.get, told))]
        if not some:
            continue
        known = _known(ask, teller, [str(one[what]) for one in some])
        for one in some:
            for name, value in known.get(teller.key(str(one[what])), {}).items():
                if value and name in told and not one.get(name):
                    one[name] = value


def _known(ask: Ask, teller: _Teller, texts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is told, by what it is told by."""
    keys = list(dict.fromkeys(map(teller.key, dict.fromkeys(texts))))
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        marks = ", ".join("?" * len(some))
        for key, *values in ask(f"{teller.sql} ({marks})", some):
            found[key] = dict(zip(teller.tells, values, strict=True))
    return found
