"""What a ledger hands out comes back as it was: every field of every hazard, in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.domain.door import LONGEST, admitted
from hazardctl.domain.filter import Filter
from hazardctl.domain.guard import MARKER
from hazardctl.domain.hazard import PREVIOUS, Hazard
from hazardctl.domain.layout import CODES, LAYOUT, REPORTED_BY
from hazardctl.domain.words import State
from hazardctl.errors import CannotExport, NotText
from hazardctl.intake.reading import Reading, read
from hazardctl.ledger.exporting import records
from hazardctl.render import exported, exported_book
from hazardctl.store.whole import folded
from hazardctl.text import LANGUAGES, Language, Words
from tests.builders import TODAY, a_ledger, added
from tests.intake.telling import codes, options, taxonomy
from tests.ledgers import a_random_ledger, events_of, replayed, some_days

FORMATS = ("csv", "json", "ndjson", "xlsx")
every_format = pytest.mark.parametrize("form", FORMATS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def handed_out(
    ledger: Path,
    form: str,
    *,
    language: Language = "zh",
    as_of: date = TODAY,
    with_reporters: bool = False,
) -> Path:
    """The file that a ledger is handed out as."""
    target = ledger.with_name(f"out.{form}")
    with records(ledger, Filter(), as_of, with_reporters=with_reporters) as told:
        if form == "xlsx":
            content = exported_book.written(
                told, Words(language), taxonomy(), with_reporters=with_reporters
            )
        else:
            parts = exported.texts(told, form, with_reporters=with_reporters, for_file=True)
            content = b"".join(parts)
    target.write_bytes(content)
    return target


def read_back(path: Path) -> Reading:
    """What is read of such a file, later than anything in it happened."""
    return read(path, replace(options(), today=date(2030, 1, 1)))


def came_back(path: Path) -> list[tuple[Hazard, Mapping[str, object]]]:
    """The hazards of a file without faults, as a ledger would hold them."""
    reading = read_back(path)
    assert not reading.problems, reading.problems
    assert reading.rows == len(reading.drafts)
    assert all(draft.hazard.imported for draft in reading.drafts)
    return [
        (
            replace(draft.hazard, imported=False),
            {name: getattr(draft, name) for name in PREVIOUS},
        )
        for draft in reading.drafts
    ]


def stood(ledger: Path, as_of: date) -> list[tuple[Hazard, Mapping[str, object]]]:
    """The hazards as the events of a ledger make them."""
    events = events_of(ledger)
    return [
        (replace(one, reporter=None), folded(one.number, events[one.number], as_of)[1])
        for one in replayed(events, as_of)
    ]


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_any_ledger_comes_back_as_it_was(seed: int) -> None:
    with TemporaryDirectory() as folder:
        a_random_ledger(Path(folder), seed)
        ledger = Path(folder) / "ledger.db"
        for as_of in some_days(Random(seed), 2):
            expected = stood(ledger, as_of)
            for form in FORMATS if expected else ():
                for language in LANGUAGES if form == "xlsx" else ("en",):
                    path = handed_out(ledger, form, language=language, as_of=as_of)
                    assert came_back(path) == expected, (form, language, as_of)


ODD = [
    "第一行\n第二行",
    "\n前后有空行\n",
    "=1+1",
    "'=1+1",
    "''x",
    "'",
    "@SUM(A1)",
    "＝全角",
    "-5",
    "+86 138",
    "00123",
    "1e5",
    "3/4",
    "430181199001011234",
    "  前后有空格  ",
    "a\tb",
    "零\u200b宽\u2060字\ufeff符",
    "\u202e反\u202c",
    "_x0041_",
    "#N/A",
    "TRUE",
    "隐患描述",
    "合计",
    "备注：见附件",
    "无隐患",
    "1.甲；2.乙",
    'a,b"c;d|e',
    "{}",
    "😀" * 100,
    "字" * LONGEST,
    "<b>&amp;</b>",
    "sep=;",
    "无",
    "/",
]


@every_format
def test_every_odd_text_comes_back_as_it_was(form: str, tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    for text in ODD:
        what = dict.fromkeys(("description", "remark", "location", "source_detail"), text)
        added(ledger, what={**what, "campaigns": ("甲、乙", "丙;丁", text.split("\n")[0].strip())})
    expected = stood(ledger, TODAY)
    assert [one.description for one, _ in expected] == ODD
    assert came_back(handed_out(ledger, form)) == expected


def is_text(text: str) -> bool:
    """Whether a ledger takes such a text, as it is."""
    try:
        return bool(text.strip()) and admitted(text) == text
    except NotText:
        return False


@settings(max_examples=15, deadline=None)
@given(
    drawn=st.lists(st.text(st.characters(codec="utf-8"), max_size=30).filter(is_text), min_size=1)
)
def test_any_text_comes_back_as_it_was(drawn: list[str]) -> None:
    with TemporaryDirectory() as folder:
        ledger = a_ledger(Path(folder))
        for text in drawn[:5]:
            added(ledger, what={"description": text, "remark": text, "enterprise": text})
        expected = stood(ledger, TODAY)
        for form in FORMATS:
            assert came_back(handed_out(ledger, form)) == expected, form


def test_what_a_workbook_cannot_hold_is_refused_by_its_row(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    added(ledger)
    added(ledger, what={"remark": "<r>x</r>"})  # the writer would take it for its own markup
    with pytest.raises(CannotExport) as refused:
        handed_out(ledger, "xlsx")
    assert refused.value.facts["row"] == 3
    assert refused.value.facts["column"] == "备注"
    assert refused.value.facts["first"] == "YH-2022-00002"
    assert came_back(handed_out(ledger, "csv")) == stood(ledger, TODAY)


@every_language
def test_every_word_of_a_list_comes_back_as_its_code(language: Language, tmp_path: Path) -> None:
    said = Words(language).catalog("labels")["words"]
    path = handed_out(a_hazard(tmp_path), "csv")
    cells = rows_of(path)
    for name, kind in CODES.items():
        for word in kind:
            for text in (str(word), said[word]):
                (draft,) = rewritten(path, cells, **{name: text, "closed_on": ""}).drafts
                assert getattr(draft if name in PREVIOUS else draft.hazard, name) is word
    for industry in taxonomy():
        text = industry.name if language == "zh" else industry.english
        for written in (industry.slug, text):
            (draft,) = rewritten(path, cells, industry=written).drafts
            assert draft.hazard.industry == industry.slug


def a_hazard(folder: Path, **what: Any) -> Path:
    """A ledger with one hazard."""
    ledger = a_ledger(folder)
    added(ledger, what=what)
    return ledger


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def rewritten(path: Path, rows: Sequence[dict[str, str]], **cells: str) -> Reading:
    """What is read of a CSV file after somebody wrote other cells into its rows."""
    changed = path.with_name("changed.csv")
    with changed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*LAYOUT, MARKER])
        writer.writeheader()
        writer.writerows([{**row, **cells} for row in rows])
    return read_back(changed)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"description": ""}, "missing-description"),
        ({"enterprise": " "}, "missing-enterprise"),
        ({"found_on": ""}, "missing-found-on"),
        ({"state": ""}, "missing-value"),
        ({"since_on": ""}, "missing-value"),
        ({"state": "已整改"}, "unknown-word"),
        ({"severity": "较大"}, "unknown-word"),
        ({"industry": "天上"}, "unknown-word"),
        ({"source": "听说"}, "unknown-word"),
        ({"was_submitted": "也许"}, "unknown-answer"),
        ({"percent": "101"}, "not-a-count"),
        ({"percent": "1.5"}, "not-a-count"),
        ({"cycle": "0"}, "not-a-count"),
        ({"number": "17"}, "not-a-ledger-number"),
        ({"due_on": "10月5日"}, "no-year"),
        ({"due_on": "7天"}, "not-a-day"),
        ({"due_on": "2022-02-30"}, "no-such-day"),
        ({"due_on": "2022-10-01"}, "due-before-found"),
        ({"found_on": "2031-01-01"}, "in-the-future"),
        ({"closed_on": "2022-11-01"}, "contradictory-state"),
        ({"state": "submitted", "verified_on": "2022-11-01"}, "contradictory-state"),
        ({"cycle": "2"}, "missing-reopened-on"),
        ({"remark": "a\x07b"}, "control-character"),
        ({"description": "x" * (LONGEST + 1)}, "too-long"),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_its_row(
    cells: dict[str, str], code: str, tmp_path: Path
) -> None:
    path = handed_out(a_hazard(tmp_path), "csv")
    reading = rewritten(path, rows_of(path), **cells)
    assert code in codes(reading)
    assert (reading.rows, reading.rejected, reading.drafts) == (1, 1, [])
    assert {problem.row for problem in reading.problems} == {2}


def test_days_as_people_write_them_are_read_and_a_row_without_a_number_is_new(
    tmp_path: Path,
) -> None:
    path = handed_out(a_hazard(tmp_path), "csv")
    (draft,) = rewritten(path, rows_of(path), due_on="2022年11月1日", number="").drafts
    assert draft.hazard.due_on == date(2022, 11, 1)
    assert draft.hazard.number == ""


def worked_on(path: Path, cells: dict[str, Any]) -> Path:
    """The workbook after somebody typed into cells and saved it with another program."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for heading, value in cells.items():
        sheet.cell(2, headings.index(heading) + 1, value)
    book.save(path)
    return path


def test_a_workbook_that_was_worked_on_is_read_as_it_stands(tmp_path: Path) -> None:
    path = handed_out(a_hazard(tmp_path), "xlsx")
    typed = {"整改期限": date(2022, 11, 1), "进度（%）": 40, "状态": "整改中", "轮次": 1.0}
    ((hazard, _),) = came_back(worked_on(path, typed))
    assert hazard.due_on == date(2022, 11, 1)
    assert (hazard.percent, hazard.cycle, hazard.state) == (40, 1, State.RECTIFYING)
    reading = read_back(worked_on(path, {"排查时间": 5, "备注": "=1+1", "外部编号": 1.0e17}))
    assert [(one.column, one.code) for one in reading.problems] == [
        ("备注", "formula-without-value"),
        ("排查时间", "not-a-day"),
        ("外部编号", "long-number"),
    ]


def test_a_column_that_is_missing_makes_it_a_table_like_any_other(tmp_path: Path) -> None:
    path = handed_out(a_hazard(tmp_path), "csv")
    rows = [
        {name: text for name, text in row.items() if name != "since_on"} for row in rows_of(path)
    ]
    changed = path.with_name("changed.csv")
    with changed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (draft,) = read_back(changed).drafts
    assert draft.hazard.number == ""
    assert draft.hazard.description == rows[0]["description"]


def test_a_column_that_was_added_is_named_and_kept_raw(tmp_path: Path) -> None:
    path = handed_out(a_hazard(tmp_path), "csv")
    changed = path.with_name("changed.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    changed.write_text(f"{lines[0]},我的批注\n{lines[1]},看过\n", encoding="utf-8")
    reading = read_back(changed)
    assert reading.unmapped_columns == ["我的批注"]
    assert reading.drafts[0].raw["我的批注"] == "看过"


@every_format
def test_who_reported_is_handed_out_only_where_asked_and_never_comes_back(
    form: str, tmp_path: Path
) -> None:
    ledger = a_ledger(tmp_path)
    added(ledger, reporter="举报者张三")
    added(ledger)
    (hazard, _), *_ = stood(ledger, TODAY)
    assert hazard.reporter is None
    for asked in (False, True):
        path = handed_out(ledger, form, with_reporters=asked)
        assert list(told(path, "举报者张三")) == [asked]
        assert came_back(path) == stood(ledger, TODAY)
        assert "举报者张三" not in str([draft.raw for draft in read_back(path).drafts])
    if form == "ndjson":
        line = json.loads(path.read_text("utf-8").splitlines()[1])
        assert line[REPORTED_BY] is None


def told(path: Path, text: str) -> Iterator[bool]:
    """Whether a file tells a text."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        yield any(text == cell for row in sheet.iter_rows(values_only=True) for cell in row)
    else:
        yield text in path.read_text("utf-8")
