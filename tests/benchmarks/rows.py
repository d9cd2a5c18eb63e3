"""The table of design.md §8: what is measured, by what, and the most it may cost."""

from __future__ import annotations

import sys
from pathlib import Path

from hazardctl.domain.report import FORMS
from tests.benchmarks.ledgers import PROGRAM, SAMPLE, TASKS
from tests.benchmarks.measuring import Row, Yardstick

HERE = Path(__file__).parent
SQL = {path.stem: path for path in sorted((HERE / "sql").glob("*.sql"))}
# What the hand-written SQL asks, as it is typed.
ASKED = {
    "summary": ("report",),
    "leaders": ("report", "leaders"),
    "stock": ("report", "stock"),
    "daily": ("report", "daily"),
    "past": ("report", "--as-of", "2022-08-01"),
}
_COMPLETING = ("env", "_HAZARDCTL_COMPLETE=complete_bash", "COMP_CWORD=1")
_ADD = (
    *("add", "第{n}处防火卷帘失效", "--industry", "花炮", "--enterprise", "某花炮厂"),
    *("--due", "7d", "--responsible-person", "甲二", "--today", "2023-01-31"),
)
_CLOSE = (
    *("close", "2023-{n}", "--measures", "已更换", "--today", "2023-01-31"),
    *("--rectified-by", "甲二", "--verified-by", "丙三"),
)
_PROGRESS = ("progress", "2023-200", "--note", "第{n}次催办", "--today", "2023-01-31")
CHANGES = {"add": _ADD, "close": _CLOSE, "progress": _PROGRESS}


def ours(ledger: str, *words: str) -> tuple[str, ...]:
    """A command line of ours, on a ledger that `ledgers` makes."""
    return (*PROGRAM, "--ledger", f"{{{ledger}}}", *words)


def python(code: str) -> tuple[str, ...]:
    """A program of one line."""
    return (sys.executable, "-c", code)


def bare(script: str, *words: str, needs: str = sys.executable) -> Yardstick:
    """A script beside this one that does the work and nothing else."""
    command = (sys.executable, "-m", f"tests.benchmarks.bare.{script}", *words)
    return Yardstick(f"bare {script}", command, needs)


def shell(question: str, ledger: str) -> tuple[str, ...]:
    """The sqlite3 shell, asked by hand."""
    return ("sqlite3", "-readonly", "-json", f"{{{ledger}}}", f".read {SQL[question]}")


def task(tasks: str) -> Yardstick:
    """Taskwarrior, asked for the same by project."""
    settings = (f"rc.data.location={{{tasks}}}", "rc.summary.all.projects=yes")
    return Yardstick("task summary", (*TASKS, *settings, "summary"), "task")


def beside(ledger: str, *words: str) -> Yardstick:
    """The same command of ours on another ledger."""
    return Yardstick(f"the same on {ledger}", ours(ledger, *words))


TYPER = Yardstick("import typer", python("import typer"))
SQLMODEL = Yardstick("import typer, sqlmodel", python("import typer, sqlmodel"))
SQLITE_UTILS = Yardstick(
    "sqlite-utils insert --csv",
    (sys.executable, "-m", "sqlite_utils", "insert", "{new}", "rows", "{million_csv}", "--csv"),
    "sqlite_utils",
)
STARTING = [
    Row("--help", ours("sample", "--help"), TYPER, 1.6),
    Row("--version", ours("sample", "--version"), TYPER, 1.6),
    Row("completion", (*_COMPLETING, "COMP_WORDS=hazardctl re", *PROGRAM), TYPER, 1.6),
]
READING = [
    Row(f"{' '.join(words)} -f {shape}", ours("sample", *words, "-f", shape), TYPER, most)
    for words in (("show", "17"), ("list",), *(("report", form) for form in FORMS))
    for shape, most in (("json", 2.5), ("csv", 2.5), ("table", 3.5))
]
AGAINST_TASKS = [
    Row(
        "report -f json, 31,486", ours("sample", "report", "-f", "json"), task("sample_tasks"), 1.0
    ),
    Row("report, 31,486", ours("sample", "report"), task("sample_tasks"), 1.3),
    Row("report -f json, 300,000", ours("third", "report", "-f", "json"), task("third_tasks"), 0.2),
    Row("report, 300,000", ours("third", "report"), task("third_tasks"), 0.2),
]
AGAINST_THE_SHELL = [
    Row(
        f"{' '.join(words)}, 1,000,000",
        ours("million", *words, "-f", "json"),
        Yardstick("sqlite3 shell", shell(question, "million"), "sqlite3"),
        1.5,
        turns=5,
    )
    for question, words in ASKED.items()
]
CHANGING = [
    Row(name, ours("sample_desk", *words), SQLMODEL, 1.35) for name, words in CHANGES.items()
]
GROWING = [
    *(
        Row(f"{name}, 1,000,000", ours("million_desk", *words), beside(desk, *words), 1.15)
        for desk in ("new_desk", "sample_desk")
        for name, words in CHANGES.items()
    ),
    *(
        Row(
            f"{' '.join(words)}, 1,000,000", ours("million", *words), beside("sample", *words), 1.15
        )
        for words in (("show", "2022-17"), ("list", "--limit", "20"))
    ),
]
TAKING_IN = [
    Row(
        "import of 31,486 rows of xlsx",
        (*PROGRAM, "--ledger", "{new}", "import", str(SAMPLE)),
        bare("workbook", str(SAMPLE), "{new}"),
        4.0,
        turns=3,
    ),
    Row(
        "import of 1,000,000 rows of csv",
        (*PROGRAM, "--ledger", "{new}", "import", "{million_csv}"),
        SQLITE_UTILS,
        1.0,
        turns=1,
        most_memory=400,
    ),
]
PROVING = [
    Row("check, 31,486", ours("sample", "check"), bare("hashes", "{sample}"), 3.0, turns=5),
    Row("check, 1,000,000", ours("million", "check"), bare("hashes", "{million}"), 3.0, turns=1),
]
KEEPING = [
    Row(
        "evidence of 100 MiB",
        bare("files", "kept", "{photo}", "{new}").command,
        Yardstick("cp and fsync", bare("files", "copied", "{photo}", "{new}").command),
        2.0,
    )
]
TOGETHER = [
    Row(
        "16 writers at once, SQLite",
        bare("desks", "by_verbs", "{new}").command,
        Yardstick("bare chain head, SQLite", bare("desks", "bare", "{new}").command),
        None,
        turns=3,
    ),
    Row(
        "16 writers at once, PostgreSQL",
        bare("served", "by_verbs").command,
        Yardstick("bare chain head, PostgreSQL", bare("served", "bare").command, "psycopg"),
        1.5,
        turns=3,
    ),
]
ROWS = [
    *(*STARTING, *READING, *AGAINST_TASKS, *AGAINST_THE_SHELL, *CHANGING, *GROWING),
    *(*TAKING_IN, *PROVING, *KEEPING, *TOGETHER),
]

_SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000000)"
# What must be found over its budget, or the table finds nothing.
PLANTED = [
    Row(
        "planted: a slow query",
        python(
            "import sqlite3, typer; sqlite3.connect(':memory:')"
            f".execute('{_SLOW} SELECT max(i) FROM n').fetchall()"
        ),
        TYPER,
        1.6,
        turns=3,
    ),
    Row(
        "planted: much memory",
        python("import typer; bytearray(500 << 20)"),
        TYPER,
        None,
        turns=1,
        most_memory=400,
    ),
]
