"""Both languages say the same things of the same facts, everywhere."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import hazardctl.text
from hazardctl.cli.table import COMMANDS, load
from hazardctl.domain.lifecycle import Action
from hazardctl.text import LANGUAGES, Words

FOLDER = Path(hazardctl.text.__file__).parent
CATALOGS = sorted(path.stem for path in (FOLDER / "en").glob("[a-z]*.py"))


def flat(catalog: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a catalog with its whole key."""
    for key, value in catalog.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{key}/")
        else:
            yield f"{above}{key}", value


def sentences(name: str, language: str) -> dict[str, str]:
    return dict(flat(Words(language).catalog(name)))  # type: ignore[arg-type]  # a language


def placeholders(sentence: str) -> set[str]:
    names = (name for _, name, _, _ in string.Formatter().parse(sentence) if name)
    return {re.split(r"[.\[]", name)[0] for name in names}


def optional(sentence: str) -> set[str]:
    """The placeholders that may be left out."""
    return {name for part in re.findall(r"\[\[(.*?)\]\]", sentence) for name in placeholders(part)}


def all_sentences() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for name in CATALOGS:
            for key, sentence in sentences(name, language).items():
                yield f"{language}/{name}/{key}", key, sentence


def test_there_are_two_languages_with_the_same_catalogs() -> None:
    folders = {path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(LANGUAGES) == {"en", "zh"}
    for language in LANGUAGES:
        assert sorted(path.stem for path in (FOLDER / language).glob("[a-z]*.py")) == CATALOGS
    assert {*CATALOGS} >= {"errors", "help", "labels", "problems", "render", "said"}


@pytest.mark.parametrize("name", CATALOGS)
def test_both_languages_have_the_same_keys(name: str) -> None:
    english, chinese = sentences(name, "en"), sentences(name, "zh")
    if name in ("labels", "words"):  # an action is said in Chinese; in English the command says it
        actions = {str(action) for action in Action}
        english, chinese = (
            {key: text for key, text in one.items() if key.removeprefix("words/") not in actions}
            for one in (english, chinese)
        )
    assert english.keys() == chinese.keys()


def test_every_english_word_has_its_chinese_one() -> None:
    english, chinese = (Words(one).catalog("labels")["words"] for one in LANGUAGES)
    assert not set(english) - set(chinese)


@pytest.mark.parametrize("name", CATALOGS)
def test_both_languages_say_the_same_facts(name: str) -> None:
    english, chinese = sentences(name, "en"), sentences(name, "zh")
    for key in english.keys() & chinese.keys():
        assert placeholders(english[key]) == placeholders(chinese[key]), key
        if name != "problems":  # a fact of a fault may be said in one language alone
            assert optional(english[key]) == optional(chinese[key]), key


def test_every_sentence_says_something_and_is_whole() -> None:
    for place, _key, sentence in all_sentences():
        assert isinstance(sentence, str), place
        assert sentence.strip(), place
        assert "  " not in sentence, place
        assert sentence.count("[[") == sentence.count("]]"), place


def test_a_refusal_ends_as_a_sentence_does() -> None:
    for language in LANGUAGES:
        for key, sentence in sentences("errors", language).items():
            whole = re.sub(r"\]\]$", "", sentence)
            assert whole.endswith((".", "。", "{missing}")), key


def test_chinese_is_chinese() -> None:
    same = {
        "said/set",
        "fields/sha256",
        *(f"labels/{key}" for key in ("fields/sha256", "broken_check")),
        *(f"help/options/*/{key}" for key in ("result", "by")),
    }
    for place, _key, sentence in all_sentences():
        language, _, key = place.partition("/")
        told = re.sub(r"\{[^}]*\}|`[^`]*`|hazardctl [a-z -]+", "", sentence)
        if language == "zh" and key not in same and not key.startswith("said/next/"):
            assert re.search("[\u4e00-\u9fff、；。，：]", told), place


def test_every_command_that_is_advised_exists() -> None:
    for place, _key, sentence in all_sentences():
        for line in re.findall(r"hazardctl ((?:--as \S+ )?[a-z]+(?: [a-z]+)?)", sentence):
            words = re.sub("^--as \\S+ ", "", line).split()
            known = words[0] in COMMANDS or " ".join(words) in COMMANDS
            assert known, f"{place}: hazardctl {line}"


def test_every_option_that_is_advised_exists() -> None:
    """An option in a sentence is one that some command has."""
    declared = set(re.findall(r'"(--[a-z-]+)"', source("cli"))) | {"--help"}
    for key in COMMANDS:  # those of the register are made from its fields
        command: Any = load(key, Words("en"))
        declared |= {option for param in command.params for option in param.opts}
    for place, _key, sentence in all_sentences():
        for option in re.findall(r"--[a-z]+(?:-[a-z]+)*", sentence):
            assert option in declared, f"{place}: {option}"


def source(room: str) -> str:
    return "".join(path.read_text("utf-8") for path in (FOLDER.parent / room).glob("*.py"))
