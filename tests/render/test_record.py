"""JSON and lines of JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.render.sheet import Answer
from hazardctl.render.writing import render
from hazardctl.text import Words

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=8,
)


def printed(value: object, format: str = "json") -> bytes:
    """The bytes of that value."""
    return bytes(render(Answer(data=lambda: value), format, Words("en")))


@given(VALUES)
def test_any_value_comes_back_from_valid_utf8(value: object) -> None:
    assert json.loads(printed(value).decode("utf-8")) == value


@settings(max_examples=50)
@given(st.lists(VALUES, max_size=3))
def test_each_element_is_a_line(values: list[object]) -> None:
    lines = printed(values, "ndjson").decode("utf-8").split("\n")
    assert [json.loads(line) for line in lines[:-1]] == values
    assert lines[-1] == ""


def test_chinese_is_written_as_chinese() -> None:
    assert printed({"state": "已销号"}) == '{"state":"已销号"}\n'.encode()


def test_what_acts_on_a_terminal_is_escaped() -> None:
    text = "\x7f\x9b\u200b\u202e\u2028\ufeff\U000e0068"
    assert printed(text) == b'"\\u007f\\u009b\\u200b\\u202e\\u2028\\ufeff\\udb40\\udc68"\n'


def test_bytes_are_the_json_text_itself() -> None:
    assert printed(b'[{"number":"1"},{"number":"2"}]') == b'[{"number":"1"},{"number":"2"}]\n'
    assert printed(b"[]\n") == b"[]\n"
    assert printed(b'[{"number":"1"},{"number":"2"}]', "ndjson") == (
        b'{"number":"1"}\n{"number":"2"}\n'
    )


def test_records_stand_one_a_line() -> None:
    answer = Answer(data=dict, records=lambda: [{"a": 1}, {"a": 2}])
    assert render(answer, "ndjson", Words("en")) == b'{"a":1}\n{"a":2}\n'
    ready = Answer(data=dict, records=lambda: b'{"a":1}\n{"a":2}')
    assert render(ready, "ndjson", Words("en")) == b'{"a":1}\n{"a":2}\n'
    assert render(Answer(data=dict, records=lambda: b""), "ndjson", Words("en")) == b""


def test_a_single_value_is_a_single_line() -> None:
    assert printed({"a": 1}, "ndjson") == b'{"a":1}\n'


def test_a_figure_that_is_no_number_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        printed({"rate": float("nan")})
