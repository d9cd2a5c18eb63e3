"""Whatever bytes are sent: they are read, or refused; never a crash."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.domain.register import KINDS
from hazardctl.errors import FileRefused
from hazardctl.intake.reading import Options, Reading, read
from tests.intake.telling import asked, case_files, options, told

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "隐患描述",
            "单位名称",
            "检查时间",
            "整改时限",
            "2022-10-05",
            "10月5日",
            "7天",
            "已整改",
            "否",
            "合计",
            '"',
            "'",
        ]
    ),
)


OF_RECORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("企业名称", "别名", "信用代码", "检查日期", "家次", "处罚种类", "罚款金额(万元)"),
            *("罚款", "决定日期", "立案日期", "当场处罚", "涉嫌罪名", "报告日期", "移送日期"),
            *("行业", "级别", "2022-10-05", "10月5日", "5万元", "-1", "1e9", "警告、罚款"),
            *("危险作业罪", "是", "合计"),
        ]
    ),
)


def taken(path: Path, how: Options | None = None) -> Reading | None:
    try:
        reading = read(path, how or options())
    except FileRefused:
        return None
    drafts = len(reading.drafts)
    assert reading.rows == drafts + reading.not_hazards + reading.rejected
    return reading


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sent") / "sent.bin"


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(sent: Path, content: bytes) -> None:
    sent.write_bytes(content)
    taken(sent)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8), st.sampled_from(",;\t|"))
@settings(max_examples=300, deadline=None)
def test_any_table_is_read_or_refused(sent: Path, rows: list[list[str]], delimiter: str) -> None:
    head = delimiter.join(["单位名称", "隐患描述", "检查时间", "整改时限", "整改状态", "是否销号"])
    text = "\n".join([head, *(delimiter.join(row) for row in rows)])
    sent.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    taken(sent, options(year=2022))


@given(st.sampled_from(case_files()), st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_with_a_few_bytes_changed_is_read_or_refused(
    sent: Path, path: Path, data: Any
) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    sent.write_bytes(bytes(content))
    taken(sent)


def test_every_row_of_every_case_is_accounted_for() -> None:
    refused = [path.name for path in case_files() if not taken(path, asked(path))]
    assert refused == [path.name for path in case_files() if '"rows"' not in told(path)]


@given(
    st.lists(st.lists(OF_RECORDS, min_size=1, max_size=7), max_size=8), st.sampled_from([*KINDS])
)
@settings(max_examples=400, deadline=None)
def test_any_table_of_records_is_read_or_refused(
    sent: Path, rows: list[list[str]], kind: str
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    sent.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
    taken(sent, options(kind=kind))
