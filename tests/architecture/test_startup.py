"""What a command loads: nothing heavy before it is needed, seen in a fresh interpreter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.domain.rules import Rules
from hazardctl.ledger import writing
from tests.builders import added, stamp

HEAVY = {
    *("sqlmodel", "sqlalchemy", "pydantic", "rich", "xlsxwriter", "openpyxl"),
    *("python_calamine", "docx", "jinja2", "zhconv", "chinese_calendar", "charset_normalizer"),
    "cryptography",
}
RUN = """
import sys
from hazardctl.cli.main import main
try:
    main()
except SystemExit as end:
    status = end.code
import json
loaded = sorted({name.split(".")[0] for name in sys.modules})
sys.stderr.write(json.dumps([status, loaded]))
"""
FORMS = ("table", "json", "csv")
LIGHT = [
    *("--help", "--version", "list --help", "close --help", "--lang zh --help", "add --help"),
    *("list", "show 1", "log", "log 1", "report", "industries", "config show"),
    *("alerts", "alerts --help", "report lookback --by verifier"),
    *("evidence list", "evidence verify", "check"),
    *("enterprise list --industry fireworks", "enterprise show 1", "log YH-QY-00001"),
    *(f"{kind} list" for kind in ("campaign", "inspection", "penalty", "referral")),
    *("penalty add --help", "referral step --help", "enterprise edit --help"),
    *("list --overdue --industry fireworks --since 2022-01-01", "report --by month --lang zh"),
    *("report monthly", "report monthly --explain enterprises_due"),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a hazard in it."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    writing.begin(path, stamp(), Rules())
    added(path)
    return path


def loaded(ledger: Path, line: str, **more: str) -> set[str]:
    """The top-level modules that are loaded when a command line has run."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *line.split()],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(ledger.parent),
            "LANG": "C.UTF-8",
            "HAZARDCTL_LEDGER": str(ledger),
            **more,
        },
        capture_output=True,
        check=False,
        timeout=60,
    )
    status, names = json.loads(done.stderr.splitlines()[-1])
    assert status == 0, done.stdout
    return set(names)


@pytest.mark.parametrize("line", LIGHT)
def test_a_question_loads_nothing_heavy(ledger: Path, line: str) -> None:
    for form in FORMS if "help" not in line and "version" not in line else ("table",):
        heavy = HEAVY & loaded(ledger, f"{line} -f {form}")
        assert not heavy - ({"rich"} if form == "table" else set()), form


@pytest.mark.parametrize("form", ["csv", "json", "ndjson"])
def test_the_whole_ledger_is_handed_out_as_text_without_anything_heavy(
    ledger: Path, form: str
) -> None:
    for line in ("export", "export --as-of 2022-11-01 --open"):
        assert not HEAVY & loaded(ledger, f"{line} -f {form}")


@pytest.mark.parametrize("words", ["hazardctl ", "hazardctl li", "hazardctl list --in"])
def test_completion_loads_nothing_heavy(ledger: Path, words: str) -> None:
    more = {
        "_HAZARDCTL_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    assert not HEAVY & loaded(ledger, "", **more)


def test_help_loads_neither_the_database_nor_the_commands(ledger: Path) -> None:
    assert "sqlite3" not in loaded(ledger, "--help")
    assert "sqlite3" not in loaded(ledger, "--version")


def test_a_change_loads_the_database_and_no_spreadsheet(ledger: Path) -> None:
    """The control: what is heavy is seen when it is loaded."""
    line = "--as x add y --industry fireworks --enterprise z -f json"
    assert HEAVY & loaded(ledger, line) == {"sqlmodel", "sqlalchemy", "pydantic"}
