"""What is said, in two languages: catalogs of words, and the one place that picks from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

# Facts that are words of the program. All others are what somebody typed, or names: a ledger
# that is called `plan` is not put into words.
_OURS = frozenset(
    {
        *("action", "after", "choices", "first", "missing", "other", "part", "reason", "result"),
        *("state", "what"),
    }
)


class Words:
    """The words of one language; a catalog (`labels`, `errors`, ...) is loaded when first asked."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogs: dict[str, Mapping[str, Any]] = {}

    def catalog(self, name: str) -> Mapping[str, Any]:
        """The whole catalog of that name: a mapping from keys to words."""
        if name not in self._catalogs:
            module = import_module(f"hazardctl.text.{self.language}.{name}")
            self._catalogs[name] = module.WORDS
        return self._catalogs[name]

    def say(self, catalog: str, key: str, /, **facts: object) -> str:
        """The sentence of that key, with the facts in their places."""
        return str(self.catalog(catalog)[key]).format(**facts)

    def tell(self, catalog: str, key: str, facts: Mapping[str, object]) -> str:
        """The sentence of that key, with the program's own words in this language.

        A part in [[double brackets]] is left out when a fact in it is empty; `{fact.code}` is the
        fact as the program writes it.
        """
        sentence = str(self.catalog(catalog)[key])
        parts = re.split(r"\[\[(.*?)\]\]", sentence)
        kept = [
            part
            for place, part in enumerate(parts)
            if place % 2 == 0 or all(facts.get(name) for name in re.findall(r"{(\w+)", part))
        ]
        said = {name: self.worded(fact, ours=name in _OURS) for name, fact in facts.items()}
        return "".join(kept).format(**said)

    def worded(self, value: object, *, ours: bool = True) -> Said:
        """A fact as it is said: a list in one line, a word of ours in this language."""
        labels = self.catalog("labels")
        if isinstance(value, (list, tuple)):
            every = [self.worded(one, ours=ours) for one in value or ["-"]]
            between = labels["between"]
            return Said(between.join(every), between.join(one.code for one in every))
        code = "" if value is None else str(value)
        known = labels["words"].get(code) or labels["fields"].get(code, code)
        return Said(known if ours else code, code)


class Said(str):
    """A fact in words, with the `code` that the program writes it as."""

    code: str

    def __new__(cls, text: str, code: str) -> Said:
        """The words, and the code beside them."""
        made = super().__new__(cls, text)
        made.code = code
        return made
