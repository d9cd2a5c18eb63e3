"""Habits of the house that a machine can see: the page, the clock, what reaches SQL."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import Module, modules

FORMULAS = {"write", "write_row", "write_column", "write_formula", "write_array_formula"}
LONGEST = 350  # lines of a module
_OUTSIDE = re.compile(
    r"^(sys\.(stdin|stdout|stderr|argv|exit)|os\.(environ|getenv)"
    r"|(datetime|date)\.(now|today)|time\.time|getpass\.getuser)$"
)
# A workbook is read, and marked, in a process of its own, and a large ledger is replayed in one:
# its streams and its environment.
IN_A_CHILD = {
    *("intake.spreadsheet", "intake.workbook", "render.marking", "render.returned"),
    "store.replaying",
}

# What a statement of SQL is recognised by.
_SQL = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|WHERE|CREATE|DROP|UNION|LIKE|LIMIT|FILTER|CASE|CAST|"
    r"ORDER BY|GROUP BY|IN \(|FROM (?:hazard|past|event|card|setting))|[<>=]=? \?"
)
# What may stand between the words of SQL, module by module: constants of the program, question
# marks for values that are bound, and conditions made of nothing else. A value never.
INTO_SQL = {
    "store.arrivals": {
        "column",
        "marks",
        "_PLACE",
        "sql",
        "kind.name",
        "', '.join(columns)",
    },
    "store.attached": {"_FILES", "_IN_ORDER", "', '.join(_FILE)"},
    "store.batch": {"table_of(table).name", "', '.join(names)", "marks", "name", "told"},
    "store.comparing": {"table", "some"},
    "store.case_clocks": {
        "_DAYS",
        "_TOLD",
        "condition",
        "kind.name",
        "name",
        "one.responsible",
        "one.since",
        "one.stopped",
        "one.test",
    },
    "store.clocks": {
        "IS_OPEN",
        "_IN_HAND",
        "_TOLD",
        "asked.responsible",
        "asked.since",
        "asked.test",
        "asked.until",
        "clocks",
        "condition",
        "name",
        "near",
        "several",
        "source",
    },
    "store.conditions": {
        "column",
        "IS_UNRECTIFIED",
        "listed(OPEN)",
        "listed(UNRECTIFIED)",
        "', '.join('?' * len(words))",
        "', '.join('?' * len(spelled))",
        "', '.join('?' * len(combinations))",
    },
    "store.counting": {
        "listed(FAILED)",
        "listed(self.states)",
        "_COUNTS",
        "_FAILED",
        "key or 'NULL'",
        "state",
        "groups",
        "sums",
        "test",
        "source",
        "condition",
        "sql",
    },
    "store.enterprise_clocks": {"IS_OPEN", "is_own", "listed(OWN_SOURCES)", "source"},
    "store.covering": {
        "VISITED",
        "_COUNTED",
        "_KEYS[by]",
        "condition",
        "grouped(by and '1')",
        "groups",
        "key",
        "source",
    },
    "store.enforcing": {
        "_OF_A_KIND.format(kind=kind)",
        "_ORDERS[figure]",
        "_key('hazard', by)",
        "column",
        "columns",
        "condition",
        "grouped(by and '1')",
        "groups",
        "kind",
        "source",
        "', '.join('?' * len(industries))",
        "', '.join('?' * len(spelled))",
        "', '.join(sums.values())",
    },
    "store.flowing": {
        "_BEFORE_IT",
        "what",
        "_IN_GROUPS",
        "meant",
        "found_at",
        "_IN_IT if by else 'day'",
        "day",
        "gone_at",
        "at",
        "_BEFORE",
        "_HAS_A_PAST",
        "_STANDS",
        "source",
        "IS_OPEN",
        "key",
        "condition",
        "are_open",
    },
    "store.looking_back": {
        "_CLOSED_ON",
        "again",
        "condition",
        "key",
        "source",
        "sums",
        "test",
        "told",
        "what",
    },
    "store.indexes": {"name"},
    "store.lookups": {"columns", "some", "', '.join(FIELDS)"},
    "store.months": {
        "_PLANNED",
        "_LISTED",
        "IS_OPEN",
        "listed(RECTIFIED)",
        "listed(UNRECTIFIED)",
        "_ARE_MAJORS",
        "_HAVE_FUNDS",
        "_NEW_FUNDS",
        "_STOOD",
        "VISITED",
        "_COUNTS",
        "_EVER_ENDED",
        "found_in_it",
        "sums",
        "test",
        "test.sql",
        "source",
        "condition",
        "inspected",
        "', '.join('?' * len(slugs))",
        "', '.join('?' * len(some))",
        "', '.join('?' * len(industries))",
    },
    "store.naming": {"some"},
    "store.population": {
        "test",
        "name",
        "on",
        "column",
        "seen",
        "condition",
        "source",
        "meant",
        "found_by_then",
        "frame.table",
        "_SUBMITTED",
        "IS_OVERDUE",
        "', '.join(columns)",
        "_limit(limit)",
        "int(limit)",
    },
    "store.proof": {"IS_HAZARD", "_BYTES", "name", "table", "known"},
    "store.questions": {
        "columns",
        "condition",
        "last",
        "marks",
        "which",
        "int(limit)",
        "', '.join(_FILE)",
    },
    "store.register": {
        "column",
        "columns",
        "condition",
        "kind.day",
        "kind.name",
        "last",
        "name",
        "of.counted",
        "of.table",
        "some",
        "IS_OPEN",
        "int(limit)",
        "', '.join('?' * len(several))",
        "', '.join(kind.fields)",
    },
    "store.register_proof": {"kind.name", "some", "', '.join(columns)"},
    "store.registry": {"kind.name"},
    "store.replacing": {"line", "name"},
    "store.served": {"SCHEMA", "ROLE", "others", "name", "when"},
    "store.schema": {"_NUMBERED", "_PLACED", "_RECORD", "table"},
    "store.sifting": {
        "name",
        "is_plain",
        "several",
        "_TOLD",
        "_HELD",
        "_COLUMNS",
        "_JSON",
        "_CSV",
        "_PLAIN",
        "NUMBERED",
        "SEQUENCES",
    },
    "store.sqlite": {"line", "name", "table"},
    "store.upgrading": {"IS_HAZARD", "VERSION", "', '.join(columns)"},
    "store.whole": {"columns", "source", "condition", "told"},
    "store.carrying": {
        "name",
        "keys",
        "table.name",
        "_selected(table)",
        "_selected(table_of(_EVENTS))",
        "', '.join(table.columns.keys())",
    },
    "store.transaction": {"APPLICATION_ID", "int(version)"},
}


def test_a_module_fits_in_the_head() -> None:
    for module in modules():
        assert module.text.count("\n") <= LONGEST, module.name


def test_a_module_opens_with_one_sentence() -> None:
    for module in modules():
        if not module.text:
            continue
        opening = (ast.get_docstring(module.tree) or "").split("\n\n")[0]
        assert opening.endswith((".", "。", "…")), module.name


def test_nothing_is_printed_past_the_desk() -> None:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                said = ast.unparse(node.func)
                assert said not in ("print", "typer.echo", "breakpoint", "input"), module.name


def test_only_the_desk_touches_streams_environment_and_clock() -> None:
    for module in modules():
        if module.room == "cli" or module.name in IN_A_CHILD:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                assert not _OUTSIDE.match(ast.unparse(node)), f"{module.name}:{node.lineno}"


def statements(module: Module) -> list[ast.JoinedStr]:
    """The f-strings of a module that are SQL."""
    return [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        and _SQL.search(
            "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        )
    ]


def test_nothing_that_was_typed_stands_between_the_words_of_sql() -> None:
    for module in modules():
        for statement in statements(module):
            assert module.room == "store", (
                f"{module.name}:{statement.lineno} is SQL outside the store"
            )
            for part in statement.values:
                if isinstance(part, ast.FormattedValue):
                    said = ast.unparse(part.value)
                    assert said in INTO_SQL[module.name], f"{module.name}:{part.lineno} {said}"


def test_the_list_of_what_may_stand_in_sql_holds_nothing_idle() -> None:
    for name, allowed in INTO_SQL.items():
        (module,) = (one for one in modules() if one.name == name)
        used = {
            ast.unparse(part.value)
            for statement in statements(module)
            for part in statement.values
            if isinstance(part, ast.FormattedValue)
        }
        assert allowed - used <= {"listed(OPEN)", "listed(UNRECTIFIED)"}, name


def test_sql_is_never_put_together_with_plus_percent_or_format() -> None:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
                for side in (node.left, node.right):
                    if isinstance(side, ast.Constant) and isinstance(side.value, str):
                        assert not _SQL.search(side.value), f"{module.name}:{node.lineno}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                to = node.func.value
                if node.func.attr == "format" and isinstance(to, ast.Constant):
                    assert not _SQL.search(str(to.value)), f"{module.name}:{node.lineno}"


def test_a_workbook_is_written_as_text_only() -> None:
    """XlsxWriter's `write` makes a formula of text: only `write_string` and its like are used."""
    for module in modules():
        if "xlsxwriter" in module.text:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    assert node.func.attr not in FORMULAS, f"{module.name}:{node.lineno}"
