"""Who may import whom: the table of the house, read from the source."""

from __future__ import annotations

import sys

from tests.architecture.source import modules

# The rooms of style.md §2 and what each may import. `render` also knows `errors`: a cell that a
# file cannot hold and a format that there is not are refusals, and refusals are errors.
MAY = {
    "errors": set(),
    "data": set(),
    "text": set(),
    "domain": {"errors"},
    "store": {"domain", "errors"},
    "ledger": {"domain", "store", "errors"},
    "intake": {"domain", "errors", "data"},
    "render": {"domain", "text", "errors"},
    "cli": {"domain", "errors", "data", "text", "store", "ledger", "intake", "render"},
    "__init__": set(),
    "__main__": {"cli"},
}
# What each room needs that is not Python's own.
NEEDS = {
    "data": {"chinese_calendar", "zhconv"},
    "store": {"psycopg", "sqlalchemy", "sqlmodel"},
    "ledger": {"cryptography"},
    "intake": {"charset_normalizer", "python_calamine"},
    "render": {"docx", "jinja2", "openpyxl", "rich", "xlsxwriter"},
    "cli": {"platformdirs", "typer"},
}
HEAVY = {"sqlmodel", "sqlalchemy", "openpyxl", "xlsxwriter", "python_calamine", "docx", "jinja2"}


def test_every_room_is_in_the_table() -> None:
    assert {module.room for module in modules()} == set(MAY)


def test_a_room_imports_only_the_rooms_it_may_know() -> None:
    for module in modules():
        for name, is_aside in module.imports:
            top, _, rest = name.partition(".")
            if top != "hazardctl" or (is_aside and module.room == "cli"):
                continue
            other = rest.split(".")[0]
            own = {module.room, "__version__"}
            assert other in own or other in MAY[module.room], f"{module.name} imports {name}"


def test_a_room_needs_only_what_is_its_own() -> None:
    for module in modules():
        for name, _ in module.imports:
            top = name.split(".")[0]
            is_pythons = top in sys.stdlib_module_names or top in ("hazardctl", "__future__")
            assert is_pythons or top in NEEDS.get(module.room, set()), (
                f"{module.name} imports {name}"
            )


def test_the_command_line_knows_no_database_and_no_spreadsheet() -> None:
    for module in modules():
        if module.room in ("cli", "ledger", "domain", "errors", "text", "data", "__main__"):
            assert not HEAVY & {name.split(".")[0] for name, _ in module.imports}, module.name


def test_only_the_store_knows_sqlite() -> None:
    knowing = {
        module.room for module in modules() for name, _ in module.imports if "sqlite" in name
    }
    knowing -= {"ledger"}  # where a file is restored it names `hazardctl.store.sqlite`
    assert knowing == {"store"}
    for module in modules():
        if module.room != "store":
            assert "sqlite3" not in {name for name, _ in module.imports}


def test_nothing_imports_the_command_line() -> None:
    for module in modules():
        if module.room not in ("cli", "__main__"):
            assert not any(name.startswith("hazardctl.cli") for name, _ in module.imports)
