"""Why a whole file is refused: facts only, the sentences are in `text/*/problems`."""

from __future__ import annotations

from hazardctl.errors import FileRefused, UsageRefused


class CannotOpen(FileRefused):
    """The file cannot be opened: `file`, `reason`."""


class NotATable(FileRefused):
    """What is in the file is no workbook and no text table: `file`, `format`."""


class NoTable(FileRefused):
    """No heading row was found: `file`, `sheets`."""


class NoDescriptionColumn(FileRefused):
    """No column says what the hazard is: `file`, `headings`."""


class NoLeadingColumn(FileRefused):
    """No column names a record: `file`, `headings`, `what` it is, `fields`, `first` of them."""


class AmbiguousHeading(FileRefused):
    """One heading may mean any of several `fields`: `file`, `sheet`, `heading`, `first` of them."""


class ContestedField(FileRefused):
    """Several columns claim one field: `file`, `sheet`, `headings`, `first`, `second`, `field`."""


class NoSuchSheet(FileRefused):
    """The workbook has no sheet of that name: `file`, `sheet`, `sheets`."""


class Damaged(FileRefused):
    """The file could not be read to its end, and nothing of it is believed: `file`, `reason`."""


class Harmful(FileRefused):
    """The file is built as no spreadsheet program builds one: `file`, `reason`."""


class Encrypted(FileRefused):
    """The workbook asks for a password: `file`."""


class TooLarge(FileRefused):
    """The workbook is larger than one that is read: `file`, `found`, `limit` in MiB."""


class TooManyRows(FileRefused):
    """A sheet has more rows than a workbook may have: `file`, `sheet`, `found`, `limit`."""


class TooManyColumns(FileRefused):
    """A sheet has more columns than a table may have: `file`, `sheet`, `found`, `limit`."""


class DoubtfulEncoding(FileRefused):
    """Two encodings fit: `file`, `one`, `one_text`, `other`, `other_text`."""


class WrongEncoding(FileRefused):
    """The file is not in the encoding that was given, or marked in it: `file`, `encoding`."""


class UnknownEncoding(FileRefused):
    """The file is in none of the encodings that are known here: `file`."""


class BrokenQuotes(FileRefused):
    """A quotation mark is not closed, or stands where none may: `file`, `row` where it begins."""


class RowTooLong(FileRefused):
    """A cell or a line is longer than any may be: `file`, `row` where it begins, `limit`."""


class BrokenLine(FileRefused):
    """A line of a JSON lines file is no object: `file`, `row`."""


class UnknownField(UsageRefused):
    """`--map` names a field that does not exist: `field`, `fields`."""
