"""Odd files as they are sent, and what is expected of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.intake.telling import RECORDS, case_files, expectation, told


@pytest.mark.parametrize("path", [*case_files(), *case_files(RECORDS)], ids=lambda path: path.name)
def test_an_odd_file_is_read_as_expected(path: Path) -> None:
    assert json.loads(told(path)) == json.loads(expectation(path).read_text(encoding="utf-8"))
