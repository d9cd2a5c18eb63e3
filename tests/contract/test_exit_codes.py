"""Exit codes: what scripts decide by, and the one place where each refusal has its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import hazardctl
from hazardctl.errors import Exit, HazardctlError

EXITS = {
    "DONE": 0,
    "CRASHED": 1,  # never meant: a traceback
    "USAGE": 2,
    "UNKNOWN": 3,
    "REFUSED": 4,
    "FILE": 5,
    "UNUSABLE": 6,
    "PROBLEM": 7,
    "UNSAID": 8,
    "FOUND": 9,
    "INTERRUPTED": 130,
}


def refusals() -> Iterator[type[HazardctlError]]:
    """Every refusal that the program knows."""
    for module in walk_packages(hazardctl.__path__, "hazardctl."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting = list(HazardctlError.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        yield one


def test_the_exit_codes_are_those_of_the_design() -> None:
    assert {one.name: one.value for one in Exit} == EXITS


def test_no_refusal_is_a_crash() -> None:
    for refusal in refusals():
        assert refusal.exit is not Exit.CRASHED, refusal.__name__
        assert refusal.exit is not Exit.DONE


def test_a_code_is_kebab_case_and_of_one_exit_status() -> None:
    exits: dict[str, set[int]] = {}
    for refusal in refusals():
        assert re.fullmatch("[a-z]+(-[a-z]+)*", refusal.code())
        exits.setdefault(refusal.code(), set()).add(int(refusal.exit))
    shared = {code for code, of in exits.items() if len(of) > 1}
    assert shared <= {"damaged"}  # a ledger (6) or a file (5), told by where it is said
