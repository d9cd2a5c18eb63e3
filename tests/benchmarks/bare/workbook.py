"""The rows of a workbook put into a table of their own, as they are."""

import sqlite3
import sys

from python_calamine import CalamineWorkbook

headings, *rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
book = sqlite3.connect(sys.argv[2])
book.execute(f"CREATE TABLE plain({', '.join(f'c{place}' for place in range(len(headings)))})")
marks = ", ".join("?" * len(headings))
book.executemany(f"INSERT INTO plain VALUES ({marks})", [[*map(str, row)] for row in rows])
book.commit()
