"""Text tables: their encodings, their delimiters, their broken rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hazardctl.errors import FileRefused
from hazardctl.intake.reading import read
from hazardctl.intake.refusals import (
    BrokenLine,
    BrokenQuotes,
    DoubtfulEncoding,
    RowTooLong,
    UnknownEncoding,
    WrongEncoding,
)
from tests.intake.telling import codes, options, read_text

TABLE = "单位名称,隐患描述,检查时间\n永安花炮厂,库房混放烟花,2022-10-05\n"
TRADITIONAL = "單位名稱,隱患描述,檢查時間\n永安花炮廠,庫房混放煙花,2022-10-05\n"


def sent(folder: Path, content: bytes) -> Path:
    path = folder / "sent.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_an_encoding_is_told_by_the_whole_file(tmp_path: Path, written: str, told: str) -> None:
    reading = read(sent(tmp_path, TABLE.encode(written)), options())
    assert reading.encoding == told
    assert reading.drafts[0].hazard.enterprise == "永安花炮厂"


def test_a_big5_file_is_never_read_as_nonsense(tmp_path: Path) -> None:
    path = sent(tmp_path, TRADITIONAL.encode("big5"))
    with pytest.raises(DoubtfulEncoding) as refused:
        read(path, options())
    assert refused.value.facts["other"] == "big5"
    assert str(refused.value.facts["other_text"]).startswith("單位名稱")
    reading = read(path, options(encoding="big5"))
    assert reading.drafts[0].hazard.enterprise == "永安花炮廠"


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = sent(tmp_path, TABLE.encode("gbk"))
    for given in ("utf-8", "no-such-encoding", "hex", "idna"):
        with pytest.raises(WrongEncoding):
            read(path, options(encoding=given))
    with pytest.raises(UnknownEncoding):
        read(sent(tmp_path, b"\x89PNG\r\n\x1a\n\xff\xff\xff\x80"), options())
    with pytest.raises(FileRefused):
        read(sent(tmp_path, TABLE.encode("utf-16-le")), options())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("declared", [False, True])
def test_a_delimiter_is_told_by_the_headings(
    tmp_path: Path, delimiter: str, declared: bool
) -> None:
    text = TABLE.replace(",", delimiter)
    reading = read_text(tmp_path, f"sep={delimiter}\r\n{text}" if declared else text)
    assert reading.format == ("tsv" if delimiter == "\t" else "csv")
    assert reading.drafts[0].row == 2 + declared


@pytest.mark.parametrize(
    "text",
    [
        '单位名称,隐患描述,检查时间\n甲,乙,2022-10-05\n丙,"丁,2022-10-05\n戊,己,2022-10-05\n',
        '单位名称,隐患描述,检查时间\n甲,乙,2022-10-05\n丙,"丁"戊,2022-10-05\n',
    ],
)
def test_a_quotation_that_does_not_end_swallows_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(BrokenQuotes) as refused:
        read_text(tmp_path, text)
    assert refused.value.facts["row"] == 3


@pytest.mark.parametrize(
    "line", ["x" * 140_000, "x," * 5_000_000, "x" * 9_000_000], ids=["cell", "cells", "line"]
)
def test_a_line_that_does_not_end_is_no_row(tmp_path: Path, line: str) -> None:
    with pytest.raises(RowTooLong) as refused:
        read_text(tmp_path, f"{TABLE}甲,{line},2022-10-05\n")
    assert refused.value.facts["row"] == 3


def test_a_long_quotation_over_many_lines_is_one_that_does_not_end(tmp_path: Path) -> None:
    with pytest.raises(BrokenQuotes) as refused:
        read_text(tmp_path, TABLE + '甲,"乙,2022-10-05\n' + "丙,丁,2022-10-06\n" * 10_000)
    assert refused.value.facts["row"] == 3


@pytest.mark.parametrize("written", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_mark_of_an_encoding_that_was_given_is_no_part_of_the_table(
    tmp_path: Path, written: str
) -> None:
    ours = "\ufeff#hazardctl-csv-1,enterprise,description,found_on\n,甲,'=1+1,2022-10-05\n"
    reading = read(sent(tmp_path, ours.encode(written)), options(encoding=written))
    assert reading.drafts[0].hazard.description == "=1+1"


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0c", "\x1e"])
def test_only_a_line_end_ends_a_line(tmp_path: Path, mark: str) -> None:
    text = TABLE + f"甲,乙{mark}丙,2022-10-05\n丁,戊,2022.2.30\n"
    reading = read_text(tmp_path, text)
    assert reading.rows == 3
    assert reading.problems[-1].row == 4


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("甲,乙", "too-few-cells"),
        ("甲,乙,2022-10-05,丙", "too-many-cells"),
        ("甲,乙\0,2022-10-05", "control-character"),
    ],
)
def test_a_row_that_does_not_fit_is_a_fault(tmp_path: Path, row: str, code: str) -> None:
    reading = read_text(tmp_path, f"{TABLE}{row}\n")
    assert codes(reading) == [code]
    assert len(reading.drafts) == 1


def test_blank_cells_beside_the_table_are_nothing(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, TABLE + "甲,乙,2022-10-05,,\n,,\n\n").drafts) == 2


def test_only_our_own_files_lose_an_apostrophe(tmp_path: Path) -> None:
    ours = "#hazardctl-csv-1,enterprise,description,found_on\n,甲,'=1+1,2022-10-05\n"
    assert read_text(tmp_path, ours).drafts[0].hazard.description == "=1+1"
    other = ours.replace("#hazardctl-csv-1", "")
    assert read_text(tmp_path, other).drafts[0].hazard.description == "'=1+1"


def test_an_array_of_objects_is_a_table_too(tmp_path: Path) -> None:
    record = {"enterprise": "甲", "description": "乙", "found_on": "2022-10-05", "cycle": 1}
    for text in (json.dumps([record]), json.dumps(record)):
        reading = read_text(tmp_path, text)
        assert (reading.format, reading.drafts[0].row) == ("jsonl", 1)


@pytest.mark.parametrize("text", ["{", "[1]", '{"a": 1}\n[]\n', "[" * 100_000])
def test_a_line_that_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BrokenLine):
        read_text(tmp_path, text)


def test_a_key_that_stands_twice_loses_nothing_in_silence(tmp_path: Path) -> None:
    with pytest.raises(BrokenLine):
        read_text(tmp_path, '{"description": "甲", "description": "乙"}\n')


def test_a_number_in_json_may_have_lost_its_zero_as_in_a_spreadsheet(tmp_path: Path) -> None:
    line = '{{"enterprise": "甲", "description": "乙", "found_on": {}}}\n'
    assert codes(read_text(tmp_path, line.format("10.1"), year=2022)) == ["ambiguous"]
    assert codes(read_text(tmp_path, line.format('"10.1"'), year=2022)) == []


def test_a_heading_that_may_not_enter_is_a_fault_and_its_column_has_no_name(
    tmp_path: Path,
) -> None:
    reading = read_text(tmp_path, TABLE.replace("\n", ",坏\x07\n", 1).replace("-05\n", "-05,x\n"))
    assert codes(reading) == ["control-character"]
    assert (reading.problems[0].row, reading.problems[0].column) == (1, "[D]")
    assert reading.unmapped_columns == ["[D]"]


def test_a_heading_is_known_whatever_is_hidden_in_it(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "\ufeff\ufeff" + TABLE.replace("隐患描述", "隐患\u200b描述"))
    assert reading.drafts[0].hazard.enterprise == "永安花炮厂"


def test_a_text_table_is_the_sheet_that_is_asked_for(tmp_path: Path) -> None:
    assert read_text(tmp_path, TABLE, sheet="台账").rows == 1
