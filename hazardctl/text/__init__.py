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
