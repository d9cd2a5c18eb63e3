"""Whatever the program may say has its words, in both languages: refusals, help, labels."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

import pytest

from hazardctl.cli.main import root
from hazardctl.cli.table import COMMANDS, load
from hazardctl.domain import words as trade
from hazardctl.domain.assigning import ASSURANCES
from hazardctl.domain.lifecycle import Action
from hazardctl.domain.report import FORMS
from hazardctl.domain.words import SHOWN
from hazardctl.errors import FileRefused, HazardctlError, NoLedger, Unreachable
from hazardctl.intake import refusals as of_files
from hazardctl.store.counting import GROUPS
from hazardctl.text import LANGUAGES, Language, Words
from tests.architecture.source import modules
from tests.contract.test_exit_codes import refusals

# Those of which there are kinds are not raised themselves, but for two.
RAISED = (NoLedger, Unreachable)
REFUSALS = sorted(
    {one for one in refusals() if not one.__subclasses__() or one in RAISED},
    key=lambda one: one.__name__,
)
WORDS_OF_THE_TRADE = [
    str(word)
    for kind in vars(trade).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    for word in kind
]
every_language = pytest.mark.parametrize("language", LANGUAGES)


def facts_of(refusal: type[HazardctlError]) -> dict[str, object]:
    """The facts that its docstring names, each a word."""
    return dict.fromkeys(re.findall("`([a-z_0-9]+)`", refusal.__doc__ or ""), "x")


def catalog_of(refusal: type[HazardctlError]) -> str:
    return "problems" if refusal.__module__ == of_files.__name__ else "errors"


def test_every_kind_of_refusal_was_found() -> None:
    assert len(REFUSALS) > 60
    assert any(issubclass(one, FileRefused) for one in REFUSALS)


@every_language
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.code())
def test_a_refusal_has_its_sentence(refusal: type[HazardctlError], language: Language) -> None:
    words = Words(language)
    assert refusal.code() in words.catalog(catalog_of(refusal))
    sentence = words.tell(catalog_of(refusal), refusal.code(), facts_of(refusal))
    assert not set("{}[]") & set(sentence.replace("[[", "").replace("{}", ""))
    assert sentence.strip()


@every_language
def test_no_sentence_waits_for_a_refusal_that_is_gone(language: Language) -> None:
    said = set(Words(language).catalog("errors"))
    assert said == {one.code() for one in REFUSALS if catalog_of(one) == "errors"}


@every_language
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.code())
def test_a_refusal_without_its_facts_can_still_be_told(
    refusal: type[HazardctlError], language: Language
) -> None:
    """A fact may be None: the program says what it knows."""
    facts = dict.fromkeys(facts_of(refusal))
    assert Words(language).tell(catalog_of(refusal), refusal.code(), facts)


@every_language
@pytest.mark.parametrize("key", COMMANDS)
def test_every_command_and_every_parameter_has_its_help(key: str, language: Language) -> None:
    said = Words(language).catalog("help")
    command: Any = load(key, Words(language))
    assert command.help == said["commands"][key]
    own = {**said["options"].get(key.split()[0], {}), **said["options"].get(key, {})}
    for param in command.params:
        assert param.name in own or param.name in said["options"]["*"], param.name
        assert param.help


@every_language
def test_every_option_that_stands_everywhere_has_its_help(language: Language) -> None:
    said = Words(language).catalog("help")
    made: Any = root(Words(language))
    for param in made.params:
        if param.name not in ("help", "install_completion", "show_completion"):  # Typer's own
            assert param.name in said["options"]["*"]
    groups = {key.split()[0] for key in COMMANDS if " " in key}
    assert set(said["commands"]) == {*COMMANDS, *groups}


@every_language
def test_no_help_waits_for_a_parameter_that_is_gone(language: Language) -> None:
    said = Words(language).catalog("help")["options"]
    made: Any = root(Words(language))
    named = {param.name for param in made.params}
    of_a_group: dict[str, set[str]] = {}
    for key in COMMANDS:
        command: Any = load(key, Words(language))
        names = {param.name for param in command.params}
        named |= names
        assert set(said.get(key, {})) <= names, key
        if " " in key:
            of_a_group.setdefault(key.split()[0], set()).update(names)
    assert set(said["*"]) <= named
    for group, names in of_a_group.items():
        assert set(said.get(group, {})) <= names, group
    assert {key for key in said if key != "*"} <= {*COMMANDS, *of_a_group}


@every_language
def test_every_word_of_the_trade_is_said(language: Language) -> None:
    said = Words(language).catalog("labels")["words"]
    for word in (*WORDS_OF_THE_TRADE, *ASSURANCES):
        assert said[word]


def test_every_action_is_said_in_chinese() -> None:
    said = Words("zh").catalog("labels")["words"]
    for action in Action:
        assert said[str(action)]


@every_language
def test_every_kind_of_event_is_said(language: Language) -> None:
    """The kinds are read from the source: `Event("edited", …)`, `kind="assigned"`, `note("…")`."""
    said = Words(language).catalog("labels")["kinds"]
    kinds: set[str] = set()
    for module in modules():
        if module.room in ("domain", "ledger", "store"):
            kinds |= set(re.findall(r'kind(?:: str)? ?= ?"([a-z-]+)"', module.text))
            kinds |= set(re.findall(r'(?:Event|note)\(\s*"([a-z-]+)"', module.text))
            kinds |= set(re.findall(r'kind = "[a-z-]+" if .* else "([a-z-]+)"', module.text))
            named = r'^(?:CORRECTION|ENTERED|ADVANCED|DRAWN) = "([a-z-]+)"'
            kinds |= set(re.findall(named, module.text, re.M))
    assert len(kinds) > 20
    assert kinds == set(said)


@every_language
def test_every_column_has_its_heading(language: Language) -> None:
    labels = Words(language).catalog("labels")
    assert set(SHOWN) <= set(labels["fields"])
    shown = {column for form in FORMS.values() for column in form.columns}
    assert shown == set(labels["figures"])
    assert set(FORMS) == set(labels["forms"]) >= set(labels["below"])
    groups = {group for form in FORMS.values() for group in form.groups}
    assert {*GROUPS, *groups} == set(labels["by"])


@every_language
def test_a_reason_that_is_a_code_is_said_in_words(language: Language) -> None:
    said = Words(language).catalog("labels")["words"]
    reasons: set[str] = set()
    for module in modules():
        if module.room in ("domain", "store", "ledger", "cli"):
            reasons |= set(re.findall(r'(?:reason|what)="([a-z-]+)"', module.text))
    reasons |= {"control-character", "surrogate", "noncharacter", "replacement-character"}
    assert len(reasons) > 10
    assert reasons <= set(said)


@every_language
def test_every_finding_of_a_proof_has_its_sentence_and_no_other_waits(language: Language) -> None:
    said = set(Words(language).catalog("findings"))
    source = "".join(one.text for one in modules() if one.room in ("ledger", "store"))
    codes = set(re.findall(r'Finding\(\s*"([a-z-]+)"', source))
    codes |= set(re.findall(r'"(evidence-[a-z]+|row-[a-z-]+)"', source))
    assert len(codes) > 25
    assert codes == said


@every_language
def test_every_step_of_a_proof_and_what_it_looks_at_is_said(language: Language) -> None:
    said = Words(language).catalog("labels")["proof"]
    source = "".join(one.text for one in modules() if one.room == "ledger")
    steps = set(re.findall(r'Step\("([a-z]+)"', source))
    assert len(steps) > 6
    assert steps == set(said["steps"])
