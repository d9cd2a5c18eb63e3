"""Which field a heading means, and which column states it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hazardctl.data import load
from hazardctl.domain.layout import LAYOUT, REPORTED_BY
from hazardctl.domain.register import KINDS
from hazardctl.intake.columns import columns_of, letter
from hazardctl.intake.headings import headings_of
from hazardctl.intake.ours import places
from hazardctl.intake.reading import read
from hazardctl.intake.refusals import AmbiguousHeading, ContestedField, UnknownField
from hazardctl.text import LANGUAGES, Language, Words
from tests.intake.telling import options, read_text


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("隐患描述", "description"),
        (" 隐 患 描 述 ", "description"),
        ("隐患描述（必填）", "description"),
        ("*隐患描述：", "description"),
        ("存在的问题和隐患", "description"),
        ("隱患描述", "description"),
        ("單位名稱", "enterprise"),
        ("单位（场所）名称", "enterprise"),
        ("乡镇(街道)", "district"),
        ("隐患整改资金（元）", "funds_fen"),
        ("整改期限(天)", "due_on"),
        ("备 注", "remark"),
        ("FOUND_ON", "found_on"),
        ("found on", "found_on"),
        ("隐患描述及照片", "description"),
    ],
)
def test_a_heading_means_a_field(heading: str, field: str) -> None:
    found = headings_of().match(heading)
    assert found
    assert found.fields == (field,)


@pytest.mark.parametrize(
    "heading",
    ["", "上次检查时间", "整改责任单位负责人", "天气", "123", "隐患描述" * 20, "整改完成率"],
)
def test_a_heading_that_may_mean_anything_means_nothing(heading: str) -> None:
    assert headings_of().match(heading) is None


def test_only_one_heading_is_asked_about() -> None:
    aliases = [
        (alias, field)
        for field, row in load("headings").items()
        for level in ("names", "fallbacks")
        for alias in row.get(level, ())
    ]
    match = headings_of().match
    asked = {alias for alias, _ in aliases if (found := match(alias)) and len(found.fields) > 1}
    assert asked == {"整改时间"}
    for alias, field in aliases:
        found = match(alias)
        assert found, alias
        assert field in found.fields, alias


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_headings_come_back_as_what_they_are(language: Language) -> None:
    headings = Words(language).catalog("labels")["fields"]
    names = [*LAYOUT, REPORTED_BY]
    for written in ([headings[name] for name in names], names):
        columns = columns_of(written, {}, headings_of())
        assert places(columns) == {name: at for at, name in enumerate(names)}
    for name in ("overdue", "days_overdue", "reopened"):
        found = headings_of().match(headings[name])
        assert found
        assert found.fields == (name,)


def test_the_better_column_wins_and_the_other_is_reported() -> None:
    columns = columns_of(["检查内容", "隐患描述", "检查部门", "检查人"], {}, headings_of())
    assert columns.fields == {"description": 1, "found_by": 3}
    assert [columns.labels[at] for at in columns.unmapped] == ["检查内容", "检查部门"]


def test_who_rectified_is_the_responsible_person_only_where_nobody_else_is() -> None:
    assert columns_of(["整改人"], {}, headings_of()).fields == {"responsible_person": 0}
    both = columns_of(["整改人", "整改责任人"], {}, headings_of()).fields
    assert both == {"responsible_person": 1, "rectified_by": 0}


def test_headings_without_a_name_are_known_by_their_letter() -> None:
    assert columns_of(["备注", "", "备注"], {}, headings_of()).labels == ["备注", "[B]", "备注 [C]"]
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


ASKED = "单位名称,隐患描述,检查时间,整改时间\n甲,乙,2022-10-05,2022-10-12\n"


def test_an_ambiguous_heading_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(AmbiguousHeading) as refused:
        read_text(tmp_path, ASKED)
    assert refused.value.facts["heading"] == "整改时间"
    assert refused.value.facts["fields"] == ("due_on", "rectified_on")
    due = read_text(tmp_path, ASKED, mapping={"整改时间": "due_on"}).drafts[0].hazard.due_on
    done = read_text(tmp_path, ASKED, mapping={"整改 时间": "rectified_on"}).drafts[0].hazard
    assert str(due) == str(done.rectified_on) == "2022-10-12"


def test_two_columns_that_claim_one_field_are_refused_unless_one_is_empty(tmp_path: Path) -> None:
    text = "单位名称,企业名称,隐患描述,检查时间\n甲,{},丙,2022-10-05\n"
    with pytest.raises(ContestedField) as refused:
        read_text(tmp_path, text.format("乙"))
    assert refused.value.facts["headings"] == ["单位名称", "企业名称"]
    reading = read_text(tmp_path, text.format(""))
    assert reading.drafts[0].hazard.enterprise == "甲"
    assert reading.unmapped_columns == ["企业名称"]
    chosen = read_text(tmp_path, text.format("乙"), mapping={"企业名称": "enterprise"})
    assert chosen.drafts[0].hazard.enterprise == "乙"
    left = read_text(tmp_path, text.format("乙"), mapping={"企业名称": "-"})
    assert left.drafts[0].hazard.enterprise == "甲"


def test_of_two_columns_with_one_heading_each_can_be_named_by_its_letter(tmp_path: Path) -> None:
    text = "单位名称,隐患描述,检查时间,备注,备注\n甲,乙,2022-10-05,一,二\n"
    with pytest.raises(ContestedField) as refused:
        read_text(tmp_path, text)
    assert refused.value.facts["second"] == "备注 [E]"
    for label, remark in (("备注 [E]", "一"), ("备注", None)):
        reading = read_text(tmp_path, text, mapping={label: "-"})
        assert reading.drafts[0].hazard.remark == remark
        assert "unused-map" not in [notice.code for notice in reading.warnings]


def test_a_map_to_no_field_is_refused_before_the_file_is_opened(tmp_path: Path) -> None:
    with pytest.raises(UnknownField):
        read(tmp_path / "missing.csv", options(mapping={"列": "colour"}))


def test_a_map_that_meets_no_heading_is_said(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "单位名称,隐患描述,检查时间\n甲,乙,2022-10-05\n", mapping={"列": "remark"}
    )
    assert "unused-map" in [notice.code for notice in reading.warnings]


def test_the_headings_file_names_every_field_of_a_hazard_that_a_file_can_state() -> None:
    from dataclasses import fields

    from hazardctl.domain.hazard import Hazard

    decided = {"imported", "reporter"}
    assert {one.name for one in fields(Hazard)} - decided <= headings_of().known
    assert all(re.fullmatch("[a-z_]+", field) for field in headings_of().known)


@pytest.mark.parametrize("kind", KINDS)
def test_the_headings_of_a_kind_name_every_field_of_it(kind: str) -> None:
    known = headings_of(kind)
    assert set(KINDS[kind].fields) <= known.known
    assert set(known.leads) <= set(KINDS[kind].fields)
    aliases = [
        (alias, field)
        for field, row in load("register_headings")[kind]["field"].items()
        for level in ("names", "fallbacks")
        for alias in row.get(level, ())
    ]
    asked = {one for one, _ in aliases if (found := known.match(one)) and len(found.fields) > 1}
    assert asked == ({"处罚单位"} if kind == "penalty" else set())
    for alias, field in aliases:
        found = known.match(alias)
        assert found, alias
        assert field in found.fields, alias


@pytest.mark.parametrize("kind", KINDS)
def test_the_headings_of_our_own_lists_come_back_as_what_they_are(kind: str) -> None:
    for language in LANGUAGES:
        said = Words(language).catalog("labels")["fields"]
        for field in KINDS[kind].fields:
            found = headings_of(kind).match(said[field])
            assert found, said[field]
            assert found.fields == (field,), said[field]
