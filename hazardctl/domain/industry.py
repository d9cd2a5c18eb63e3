"""The industries under which hazards are recorded, and how people's words find them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from hazardctl.domain.names import sameness
from hazardctl.errors import UnknownIndustry

# Words that senders add or leave out without meaning another industry.
_LOOSE = re.compile(r"^(?:行业|领域|企业|类|安全)+|(?:行业|领域|企业|类|安全)+$")
_LONGEST = 200  # characters; a longer text is prose, not the name of an industry


class Industry(NamedTuple):
    """One industry; `parent` is the slug of its top level, None if it is one itself."""

    slug: str
    parent: str | None
    name: str
    english: str
    aliases: tuple[str, ...]
    regulator: str | None
    standard: str | None

    @property
    def top(self) -> str:
        """The slug of the top level that it belongs to."""
        return self.parent or self.slug


class _Words(NamedTuple):
    """The words that name industries, as they are compared."""

    keys: dict[str, list[Industry]]
    vague: set[str]
    inside: list[str]  # what is looked for within a text, the longest first

    def add(self, key: str, industry: Industry) -> None:
        """Let a word mean an industry; where parent and child share it, the child is meant."""
        rows = self.keys.setdefault(key, [])
        if all(industry.slug not in (row.slug, row.parent) for row in rows):
            rows[:] = [row for row in rows if row.slug != industry.parent]
            rows.append(industry)

    def add_bare(self, named: Iterable[str]) -> None:
        """Add each word without its loose ends, unless that is already another word."""
        bare: dict[str, list[Industry]] = {}
        for key in sorted(named):
            short = _bare(key)
            if short not in self.keys:
                bare.setdefault(short, []).extend(self.keys[key])
                if key in self.vague:
                    self.vague.add(short)
        for short, industries in bare.items():
            for industry in industries:
                self.add(short, industry)


class Taxonomy:
    """All industries in reading order; `simplified` turns Traditional characters into Simplified.

    `simplified` is asked only about a text that matches nothing as it stands; `monthly` only for
    the rows of the national monthly form, which are made of industries.
    """

    def __init__(
        self,
        rows: Iterable[Mapping[str, Any]],
        simplified: Callable[[str], str],
        *,
        monthly: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._simplified, self.monthly = simplified, monthly
        self._rows = {row["slug"]: row for row in rows}
        self._industries = {slug: _industry(row) for slug, row in self._rows.items()}
        self._found = lru_cache(maxsize=4096)(self._search)

    def __iter__(self) -> Iterator[Industry]:
        return iter(self._industries.values())

    def __len__(self) -> int:
        return len(self._industries)

    def __getitem__(self, slug: str) -> Industry:
        return self._industries[slug]

    def top(self, slug: str) -> str:
        """The slug of the top level that an industry belongs to; its own if it is one."""
        return self._industries[slug].top

    def children(self, slug: str) -> tuple[str, ...]:
        """The slugs of the industries directly below one, in reading order."""
        return tuple(industry.slug for industry in self if industry.parent == slug)

    def family(self, slug: str) -> tuple[str, ...]:
        """The industry itself and its children: what a filter by that industry includes."""
        return (self._industries[slug].slug, *self.children(slug))

    def find(self, text: str, *, within: str | None = None) -> Industry | None:
        """The industry that a text names, or None: nothing is guessed.

        `within` is the slug of an industry of the same family, for aliases that two families share.
        """
        return self._found(text, self.top(within) if within else None, within)

    def named(self, text: str) -> Industry:
        """The industry that a text names; UnknownIndustry, with the nearest ones, if none."""
        if industry := self.find(text):
            return industry
        raise UnknownIndustry(text=text, suggestions=self._suggestions(text))

    @cached_property
    def _words(self) -> _Words:
        """The words for the industries, made once a text is to be read: most reports read none."""
        words, named = _Words({}, set(), []), set[str]()
        for industry in self:
            own = [sameness(word) for word in (industry.name, *industry.aliases)]
            for key in (industry.slug, sameness(industry.english), *own):
                words.add(key, industry)
            named.update(own)
            words.vague.update(map(sameness, self._rows[industry.slug].get("vague", ())))
        words.add_bare(named)
        words.vague.update(key for key in named if len(words.keys[key]) > 1)
        words.inside.extend(sorted(named | words.vague, key=lambda key: (-len(key), key)))
        return words

    def _search(self, text: str, family: str | None, within: str | None) -> Industry | None:
        folded = sameness(text[:_LONGEST])
        for key in _readings(folded, self._simplified):
            for whole in (key, _bare(key)):
                if whole in self._words.keys:
                    return _one(self._words.keys[whole], family, within)
            strong, weak = self._contained(key)
            if strong or (family and weak):
                return self._common(strong, weak, family)
        return None

    def _contained(self, text: str) -> tuple[list[Industry], list[Industry]]:
        """The industries whose words stand in a text, longest word first: plain and vague."""
        strong: list[Industry] = []
        weak: list[Industry] = []
        words = self._words
        for key in words.inside:
            if key in text:
                text = text.replace(key, " ")
                (weak if key in words.vague else strong).extend(words.keys[key])
        return strong, weak

    def _common(
        self, strong: list[Industry], weak: list[Industry], family: str | None
    ) -> Industry | None:
        """The one industry that all those words agree on: a child before its parent."""
        tops = {industry.top for industry in strong}
        if family and (family in tops or not tops):
            tops = {family}
        if len(tops) != 1:
            return None
        top = tops.pop()
        for industries in (strong, weak):
            below = {row.slug for row in industries if row.top == top and row.parent}
            if len(below) == 1:
                return self._industries[below.pop()]
            if below:
                break
        return self._industries[top] if strong else None

    def _suggestions(self, text: str) -> list[str]:
        from difflib import get_close_matches  # only a refusal needs it

        folded = sameness(text[:_LONGEST])
        shown: dict[str, None] = {}
        for key in _readings(folded, self._simplified):
            strong, weak = self._contained(key)
            keys = self._words.keys
            near = get_close_matches(key, keys, n=6, cutoff=0.55)
            for row in (*strong, *weak, *(row for word in near for row in keys[word])):
                shown.setdefault(f"{row.slug} {row.name}")
        return list(shown)[:3]


def _industry(row: Mapping[str, Any]) -> Industry:
    words = (*row.get("aliases", ()), *row.get("vague", ()))
    return Industry(
        slug=row["slug"],
        parent=row.get("parent"),
        name=row["name"],
        english=row["english"],
        aliases=tuple(word for word in words if word != row["name"]),
        regulator=row.get("regulator"),
        standard=row.get("standard"),
    )


def _bare(key: str) -> str:
    """The text without 行业, 领域, 企业, 类, 安全 at its ends; itself if nothing would be left."""
    return _LOOSE.sub("", key) or key


def _readings(folded: str, simplified: Callable[[str], str]) -> Iterator[str]:
    """The text as it stands, and as a last resort in Simplified characters."""
    yield folded
    if not folded.isascii() and (other := sameness(simplified(folded))) != folded:
        yield other


def _one(rows: list[Industry], family: str | None, within: str | None) -> Industry | None:
    """The one that is meant of those which share a name; None if the context does not say."""
    if len(rows) > 1:
        rows = [row for row in rows if row.slug == within] or [
            row for row in rows if row.top == family
        ]
    return rows[0] if len(rows) == 1 else None
