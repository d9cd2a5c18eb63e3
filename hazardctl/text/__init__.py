"""What is said, in two languages: catalogs of words, and the one place that picks from them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


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
        """The sentence of that key, its facts put into words first: lists joined, words of the
        trade in this language.
        """
        return self.say(catalog, key, **{name: self.worded(one) for name, one in facts.items()})

    def worded(self, value: object) -> object:
        """A fact as it is said: a list in one line, a word of the program in this language."""
        if isinstance(value, (list, tuple)):
            return self.catalog("labels")["between"].join(str(self.worded(one)) for one in value)
        if isinstance(value, str):
            return self.catalog("labels")["words"].get(value, value)
        return "" if value is None else value
