"""What one row states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hazardctl.domain.words import DueKind, LookbackResult, Severity, Source, State
from tests.intake.telling import codes, one_row, read_text, row, said

DUE = {"整改时限": "2022-10-12", "整改责任人": "张三"}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("未整改", State.ASSIGNED),
        ("暂未上报", State.ASSIGNED),
        ("整改中", State.RECTIFYING),
        ("已报修", State.RECTIFYING),
        ("待验收", State.SUBMITTED),
        ("已整改", State.SUBMITTED),
        ("整改完成。", State.SUBMITTED),
        ("2已整改", State.SUBMITTED),
        ("已整改（见照片）", State.SUBMITTED),
        ("已整改待审核", State.SUBMITTED),
        ("立行立改", State.SUBMITTED),
        ("验收合格", State.VERIFIED),
        ("待销号", State.VERIFIED),
        ("已销号", State.CLOSED),
        ("已閉環", State.CLOSED),
        ("验收不合格", State.RECTIFYING),
        ("逾期", State.ASSIGNED),
        ("延期", State.ASSIGNED),
        ("限期整改", State.ASSIGNED),
        ("反弹", State.ASSIGNED),
        ("作废", State.VOID),
        ("重复", State.VOID),
        ("已移送", State.TRANSFERRED),
        ("已登记", State.REGISTERED),
        ("", State.REGISTERED),
        ("/", State.REGISTERED),
        ("rectifying", State.RECTIFYING),
        ("closed", State.CLOSED),
    ],
)
def test_a_status_word_states_a_state(tmp_path: Path, word: str, state: State) -> None:
    assert row(tmp_path, 整改状态=word, **DUE).hazard.state is state


@pytest.mark.parametrize("word", ["未整改", "逾期", "限期整改", "延期", "反弹"])
@pytest.mark.parametrize(
    "cells",
    [
        {"整改时限": "2022-10-12"},
        {"整改责任人": "张三"},
        {"整改时限": "尽快", "整改责任人": "张三"},
    ],
)
def test_without_a_due_day_and_someone_responsible_it_is_only_registered(
    tmp_path: Path, word: str, cells: dict[str, str]
) -> None:
    assert row(tmp_path, 整改状态=word, **cells).hazard.state is State.REGISTERED


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"整改状态": "已整改", "验收人": "钱八"}, State.VERIFIED),
        ({"整改状态": "已整改", "验收人": "无"}, State.SUBMITTED),
        ({"整改状态": "已整改", "验收时间": "2022-10-11"}, State.VERIFIED),
        ({"整改状态": "已整改", "是否销号": "是"}, State.CLOSED),
        ({"整改状态": "已整改", "销号时间": "2022-10-11"}, State.CLOSED),
        ({"整改状态": "已整改", "是否销号": "否"}, State.SUBMITTED),
        ({"整改状态": "验收合格", "是否销号": "是"}, State.CLOSED),
        ({"是否整改": "是"}, State.SUBMITTED),
        ({"是否整改": "√"}, State.SUBMITTED),
        ({"是否整改": "否"}, State.ASSIGNED),
        ({"是否整改": "ㄨ"}, State.ASSIGNED),
        ({"整改状态": "整改中", "是否整改": "否"}, State.RECTIFYING),
        ({"整改状态": "验收不合格", "是否整改": "是"}, State.RECTIFYING),
        ({"是否销号": "否"}, State.ASSIGNED),
        ({"是否销号": "是"}, State.CLOSED),
        ({"整改状态": "", "是否销号": "未销号"}, State.ASSIGNED),
        ({"整改状态": "逾期", "整改完成时间": "2022-10-20"}, State.SUBMITTED),
        ({"整改状态": "", "整改完成时间": "2022-10-11"}, State.SUBMITTED),
        ({"整改情况": "已整改"}, State.SUBMITTED),
        ({"整改情况": "已于上周更换线路"}, State.ASSIGNED),
        ({}, State.ASSIGNED),
    ],
)
def test_words_answers_days_and_signatures_are_read_together(
    tmp_path: Path, cells: dict[str, str], state: State
) -> None:
    assert row(tmp_path, **DUE, **cells).hazard.state is state


@pytest.mark.parametrize(
    "cells",
    [
        {"整改状态": "未整改", "是否整改": "是"},
        {"整改状态": "未整改", "是否销号": "是"},
        {"整改状态": "已销号", "是否销号": "否"},
        {"整改状态": "待验收", "销号时间": "2022-10-11"},
        {"是否销号": "否", "销号时间": "2022-10-11"},
        {"整改状态": "作废", "是否销号": "是"},
    ],
)
def test_a_row_that_contradicts_itself_is_a_fault(tmp_path: Path, cells: dict[str, str]) -> None:
    assert codes(one_row(tmp_path, **DUE, **cells)) == ["contradictory-state"]


@pytest.mark.parametrize(
    "cells",
    [
        {"整改状态": "无隐患"},
        {"整改状态": "正常。"},
        {"隐患描述": "未发现隐患"},
        {"隐患描述": "无"},
        {"检查结果": "正常"},
    ],
)
def test_what_found_nothing_is_no_hazard(tmp_path: Path, cells: dict[str, str]) -> None:
    reading = one_row(tmp_path, **cells)
    assert (reading.rows, reading.not_hazards, reading.drafts) == (1, 1, [])


def test_a_closed_row_has_been_through_every_step(tmp_path: Path) -> None:
    cells = {
        "是否销号": "是",
        "整改完成时间": "2022-10-10",
        "验收人": "钱八、孙九",
        "隐患级别": "重大",
    }
    hazard = row(
        tmp_path, 销号时间="2022-10-12", 销号人="吴局长", 验收时间="2022-10-11", **cells
    ).hazard
    assert hazard.severity is Severity.MAJOR
    assert hazard.assigned_on == hazard.rectifying_on == hazard.accepted_on == hazard.found_on
    assert (hazard.rectified_on, hazard.verified_on) == (date(2022, 10, 10), date(2022, 10, 11))
    assert (hazard.closed_on, hazard.closed_by) == (date(2022, 10, 12), "吴局长")
    assert hazard.verified_by == ("钱八", "孙九")
    assert hazard.since_on == hazard.closed_on
    assert hazard.was_submitted
    assert hazard.submitted_on is None


def test_a_day_that_the_file_does_not_state_is_not_made_up(tmp_path: Path) -> None:
    reading = one_row(tmp_path, 整改状态="已销号")
    hazard = reading.drafts[0].hazard
    assert hazard.closed_on is None
    assert hazard.since_on == date(2022, 11, 18)
    assert said(reading)["closed-without-day"] == 1


def test_what_is_only_assigned_claims_nothing(tmp_path: Path) -> None:
    cells = {"整改状态": "未整改", "整改完成时间": "2022-10-11", "验收人": "钱八"}
    reading = one_row(tmp_path, 采取措施="更换线路", **cells, **DUE)
    hazard = reading.drafts[0].hazard
    assert (hazard.rectified_on, hazard.verified_by, hazard.measures) == (None, (), None)
    assert hazard.required_measures == "更换线路"
    assert said(reading)["day-left-out"] == 1


def test_a_reopened_hazard_begins_with_its_cycle(tmp_path: Path) -> None:
    draft = row(
        tmp_path,
        轮次="2",
        重启时间="2022-11-01",
        上轮销号时间="2022-10-20",
        整改时限="7天",
        责任单位="甲厂",
    )
    hazard = draft.hazard
    assert (hazard.cycle, hazard.state) == (2, State.ASSIGNED)
    assert hazard.from_on == hazard.reopened_on == hazard.assigned_on == date(2022, 11, 1)
    assert hazard.due_on == hazard.original_due_on == date(2022, 11, 8)
    assert draft.previous_closed_on == date(2022, 10, 20)
    assert hazard.was_submitted
    assert codes(one_row(tmp_path, 轮次="2")) == ["missing-reopened-on"]


AGAIN = {"行业": "消防", "轮次": "2", "重启时间": "2022-11-01"}


@pytest.mark.parametrize("cells", [{"销号时间": "2022-11-10"}, {"整改状态": "未整改"}])
def test_a_look_back_before_the_reopening_is_of_the_cycle_before(
    tmp_path: Path, cells: dict[str, str]
) -> None:
    seen = {"回头看时间": "2022-10-30", "回头看结果": "反弹"}
    reading = one_row(tmp_path, **AGAIN, **seen, **cells)
    (draft,) = reading.drafts
    assert (draft.hazard.lookback_on, draft.hazard.lookback_result) == (None, None)
    assert draft.previous_lookback_on == date(2022, 10, 30)
    assert draft.previous_lookback_result is LookbackResult.REBOUND
    assert "day-left-out" not in said(reading)


def test_a_row_may_name_the_look_back_of_the_cycle_before_beside_its_own(tmp_path: Path) -> None:
    before = {"上轮回头看时间": "2022-10-30", "上轮回头看结果": "整改不到位"}
    seen = {"销号时间": "2022-11-10", "回头看时间": "2022-11-12", "回头看结果": "整改到位"}
    draft = row(tmp_path, **AGAIN, **before, **seen)
    assert (draft.previous_lookback_on, draft.hazard.lookback_on) == (
        date(2022, 10, 30),
        date(2022, 11, 12),
    )
    assert draft.previous_lookback_result is LookbackResult.NOT_EFFECTIVE
    assert draft.hazard.lookback_result is LookbackResult.CONFIRMED
    odd = one_row(tmp_path, **AGAIN, 上轮回头看时间="2022-10-30", 上轮回头看结果="不知道")
    assert codes(odd) == ["unknown-lookback-result"]


@pytest.mark.parametrize(
    ("seen", "closed_before"), [("2022-11-05", "2022-10-20"), ("2022-10-10", "2022-10-20")]
)
def test_a_look_back_that_fits_no_cycle_is_left_out_and_said(
    tmp_path: Path, seen: str, closed_before: str
) -> None:
    cells = {"上轮销号时间": closed_before, "回头看时间": seen, "回头看结果": "反弹"}
    reading = one_row(tmp_path, **AGAIN, 销号时间="2022-11-10", **cells)
    (draft,) = reading.drafts
    assert (draft.hazard.lookback_on, draft.previous_lookback_on) == (None, None)
    assert draft.raw["回头看结果"] == "反弹"
    assert said(reading)["day-left-out"] == 1


@pytest.mark.parametrize(
    ("cell", "on", "kind"),
    [
        ("7天", date(2022, 10, 12), DueKind.DAYS),
        ("立行立改", date(2022, 10, 5), DueKind.IMMEDIATE),
        ("2022年10月", date(2022, 10, 31), DueKind.PERIOD),
        ("长期坚持", None, DueKind.STANDING),
        ("尽快", None, None),
    ],
)
def test_a_due_cell_keeps_its_words(
    tmp_path: Path, cell: str, on: date | None, kind: DueKind | None
) -> None:
    hazard = row(tmp_path, 整改时限=cell).hazard
    assert (hazard.due_on, hazard.original_due_on, hazard.due_kind) == (on, on, kind)
    assert hazard.due_text == cell


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("企业自查", Source.SELF_CHECK),
        ("1企业自查", Source.SELF_CHECK),
        ("日常检查", Source.ROUTINE_INSPECTION),
        ("专项检查", Source.SPECIAL_INSPECTION),
        ("上级交办", Source.SUPERIOR_ASSIGNED),
        ("群众举报", Source.PUBLIC_REPORT),
        ("媒体曝光", Source.MEDIA),
        ("其他部门移送", Source.TRANSFERRED_IN),
        ("下级部门报告", Source.SUBORDINATE_REPORT),
        ("企业上报", Source.ENTERPRISE_REPORT),
        ("中介检查", Source.INTERMEDIARY),
        ("随手拍", Source.GRID),
        ("routine-inspection", Source.ROUTINE_INSPECTION),
    ],
)
def test_the_words_for_a_source_are_many(tmp_path: Path, cell: str, source: Source) -> None:
    assert row(tmp_path, 隐患来源=cell).hazard.source is source


def test_an_unknown_source_is_kept_as_it_is(tmp_path: Path) -> None:
    reading = one_row(tmp_path, 隐患来源="节日值班")
    hazard = reading.drafts[0].hazard
    assert (hazard.source, hazard.source_detail) == (None, "节日值班")
    assert said(reading)["unknown-source"] == 1


@pytest.mark.parametrize(
    ("cell", "severity"),
    [
        ("重大", "major"),
        ("是", "major"),
        ("一级", "major"),
        ("一般", "general"),
        ("二级", "general"),
        ("high", "general"),
    ],
)
def test_a_grade_is_general_or_major(tmp_path: Path, cell: str, severity: str) -> None:
    assert row(tmp_path, 是否重大隐患=cell).hazard.severity == severity


def test_a_grade_between_is_general_and_says_so(tmp_path: Path) -> None:
    reading = one_row(tmp_path, 隐患级别="较大", 备注="见附件")
    hazard = reading.drafts[0].hazard
    assert (hazard.severity, hazard.remark) == (Severity.GENERAL, "较大；见附件")
    assert said(reading)["between-grades"] == 1


def test_a_grade_that_is_not_known_is_never_taken_for_general(tmp_path: Path) -> None:
    assert codes(one_row(tmp_path, 隐患级别="甲级")) == ["unknown-severity"]


def test_an_unknown_industry_is_other_with_its_words(tmp_path: Path) -> None:
    reading = one_row(tmp_path, 行业领域="宇宙航行")
    hazard = reading.drafts[0].hazard
    assert (hazard.industry, hazard.industry_text) == ("other", "宇宙航行")
    assert said(reading) == {"unknown-industry": 1}
    known = row(tmp_path, 行业领域="花炮").hazard
    assert (known.industry, known.industry_text) == ("fireworks", "花炮")


def test_constants_fill_what_the_file_does_not_say(tmp_path: Path) -> None:
    given = {
        "enterprise": "甲厂",
        "found_on": "2022-10-05",
        "industry": "烟花爆竹",
        "campaigns": "百日行动、岁末年初",
    }
    reading = read_text(tmp_path, "隐患描述\n库房混放\n", constants=given)
    hazard = reading.drafts[0].hazard
    assert (hazard.enterprise, hazard.industry) == ("甲厂", "fireworks")
    assert hazard.found_on == date(2022, 10, 5)
    assert hazard.campaigns == ("百日行动", "岁末年初")
    assert hazard.industry_text is None
    assert reading.warnings == []


def test_a_table_without_a_needed_column_rejects_every_row_and_says_it_once(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "单位名称,隐患描述\n甲,乙\n丙,丁\n")
    assert (reading.rows, reading.rejected, codes(reading)) == (2, 2, ["no-column"])
    assert reading.problems[0].facts["field"] == "found_on"


def test_several_problems_in_one_cell_are_one_hazard_or_one_each(tmp_path: Path) -> None:
    text = '单位名称,隐患描述,检查时间\n甲,"1.灯具不防爆；2.无报警器；3、通道堵塞",2022-10-05\n'
    whole = read_text(tmp_path, text)
    assert (whole.rows, len(whole.drafts), said(whole)["several-problems"]) == (1, 1, 1)
    split = read_text(tmp_path, text, splits=True)
    assert [draft.hazard.description for draft in split.drafts] == [
        "灯具不防爆",
        "无报警器",
        "通道堵塞",
    ]
    assert split.rows == 3


@pytest.mark.parametrize(
    "text", ["罐体压力 1.2 MPa 超过 2.0", "2号库房门未关", "第1条、第2条未执行"]
)
def test_numbers_in_a_description_are_not_several_problems(tmp_path: Path, text: str) -> None:
    assert "several-problems" not in said(one_row(tmp_path, 隐患描述=text))


def test_a_look_back_belongs_to_what_is_closed(tmp_path: Path) -> None:
    cells = {"回头看时间": "2022-11-01", "回头看结果": "反弹"}
    hazard = row(tmp_path, 销号时间="2022-10-12", **cells).hazard
    assert (hazard.lookback_on, hazard.lookback_result) == (
        date(2022, 11, 1),
        LookbackResult.REBOUND,
    )
    assert row(tmp_path, **cells).hazard.lookback_on is None


def test_the_raw_row_keeps_every_cell_as_it_was(tmp_path: Path) -> None:
    draft = row(tmp_path, 整改资金="0.6万元", 天气=" 晴 ", 备注="")
    assert draft.raw["整改资金"] == "0.6万元"
    assert draft.raw["天气"] == " 晴 "
    assert "备注" not in draft.raw
    assert draft.row == 2


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"整改完成时间": "2022-10-04", "整改状态": "已整改"}, "rectified-before-found"),
        ({"销号时间": "2022-10-04"}, "closed-before-found"),
        ({"整改完成时间": "2022-10-09", "验收时间": "2022-10-08"}, "verified-before-rectified"),
        ({"整改完成时间": "2022-10-09", "销号时间": "2022-10-08"}, "closed-before-rectified"),
        ({"验收时间": "2022-10-09", "销号时间": "2022-10-08"}, "closed-before-verified"),
        ({"销号时间": "2022-10-09", "回头看时间": "2022-10-08"}, "lookback-before-closed"),
        ({"整改时限": "2022-10-04"}, "due-before-found"),
        ({"销号时间": "2022-11-19"}, "in-the-future"),
        ({"检查时间": "2022-11-19"}, "in-the-future"),
        ({"整改时限": "10月底前"}, "no-year"),
        ({"检查时间": "44839"}, "not-a-day"),
        ({"检查时间": "２０２２-13-１"}, "no-such-day"),
        ({"检查时间": "٢٠٢٢-10-05"}, "not-a-day"),
        ({"检查时间": "10.1"}, "ambiguous"),
        ({"轮次": "²"}, "not-a-count"),
        ({"轮次": "1_0"}, "not-a-count"),
        ({"延期次数": "-1"}, "not-a-count"),
        ({"备注": "lost \ufffd"}, "replacement-character"),
        ({"备注": "bell \x07"}, "control-character"),
        ({"备注": "x" * 32_001}, "too-long"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_a_fault(
    tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    reading = one_row(tmp_path, **cells)
    assert codes(reading) == [code]
    assert (reading.rows, reading.rejected, reading.drafts) == (1, 1, [])


def test_a_fault_says_where_it_stands_and_what_was_found(tmp_path: Path) -> None:
    text = (
        '单位名称,隐患描述,检查时间,整改时限\n甲,"两行\n描述",2022-10-05,7天\n乙,丙,2022.2.30,7天\n'
    )
    problem = read_text(tmp_path, text).problems[0]
    assert (problem.row, problem.column, problem.found) == (4, "检查时间", "2022.2.30")
    assert (problem.sheet, problem.file) == (None, "sent.csv")


def test_a_year_from_the_option_goes_before_the_title(tmp_path: Path) -> None:
    text = "2022年隐患台账,,\n单位名称,隐患描述,检查时间\n甲,乙,10月5日\n"
    assert read_text(tmp_path, text).drafts[0].hazard.found_on == date(2022, 10, 5)
    assert read_text(tmp_path, text, year=2021).drafts[0].hazard.found_on == date(2021, 10, 5)
    twice = text.replace("2022年", "2021年至2022年")
    assert codes(read_text(tmp_path, twice)) == ["no-year"]


def test_a_record_that_begins_like_a_footer_is_a_record(tmp_path: Path) -> None:
    rows = ["检查人反映：线路老化,甲厂,2022-10-05", "检查人：张三,,", "合计：1项,,"]
    reading = read_text(tmp_path, "\n".join(["隐患描述,单位名称,检查时间", *rows]))
    assert (reading.rows, reading.skipped) == (1, 2)


def test_what_ends_a_page_is_no_record_wherever_it_stands(tmp_path: Path) -> None:
    lines = [
        "序号,单位名称,隐患描述,检查时间",
        "二,消防,,",
        "（三）,,危险化学品,",
        ",小计,3项,",
        ",填表人：张三,审核人：李四,",
        ",制表人 张三,,审批人 李四",
        ",甲厂,护栏缺失,2022-10-05",
    ]
    reading = read_text(tmp_path, "\n".join(lines))
    assert (reading.rows, reading.skipped, len(reading.drafts)) == (1, 5, 1)


def test_signatures_are_no_hazard_though_the_file_needs_no_other_column(tmp_path: Path) -> None:
    given = {"enterprise": "某小学", "found_on": "2022-10-28"}
    text = "序号,存在问题\n1,灯坏\n检查人：王五,审核人：李四\n"
    reading = read_text(tmp_path, text, constants=given)
    assert [draft.hazard.description for draft in reading.drafts] == ["灯坏"]


def test_a_claim_in_the_due_cell_counts_where_no_state_is_stated(tmp_path: Path) -> None:
    reading = one_row(tmp_path, 整改时限="已整改")
    assert reading.drafts[0].hazard.state is State.SUBMITTED
    assert reading.drafts[0].hazard.due_on is None
    assert said(reading)["due-names-no-day"] == 1
    assert row(tmp_path, 整改时限="已整改", 整改状态="整改中").hazard.state is State.RECTIFYING
    assert row(tmp_path, 整改时限="立行立改").hazard.state is State.REGISTERED


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"整改情况": "已整改", "验收情况": "合格"}, State.VERIFIED),
        ({"整改情况": "已整改", "复查结果": "不合格"}, State.RECTIFYING),
        ({"整改状态": "已整改", "验收意见": "现场看过"}, State.SUBMITTED),
        ({"验收情况": "验收合格"}, State.VERIFIED),
    ],
)
def test_an_acceptance_counts_with_the_state(
    tmp_path: Path, cells: dict[str, str], state: State
) -> None:
    assert row(tmp_path, **cells).hazard.state is state


@pytest.mark.parametrize(
    "cells",
    [
        {"整改情况": "未整改", "销号时间": "2022-10-12"},
        {"整改情况": "未整改", "验收情况": "合格"},
        {"整改状态": "逾期", "是否销号": "否", "销号时间": "2022-10-12"},
        {"整改状态": "作废", "销号时间": "2022-10-12"},
    ],
)
def test_a_contradiction_names_both_columns(tmp_path: Path, cells: dict[str, str]) -> None:
    reading = one_row(tmp_path, **cells)
    assert codes(reading) == ["contradictory-state"]
    problem = reading.problems[0]
    assert {problem.column, problem.facts["other_column"]} <= cells.keys()
    assert cells[str(problem.column)] == problem.found


def test_a_bare_code_is_no_state_that_can_be_known(tmp_path: Path) -> None:
    assert codes(one_row(tmp_path, 整改情况="2")) == ["unknown-state"]
    assert codes(one_row(tmp_path, 隐患级别="1")) == ["unknown-severity"]
    assert row(tmp_path, 整改情况="2", 整改状态="整改中").hazard.state is State.RECTIFYING


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"整改状态": "逾期", "整改时限": "2022-11-18"}, "overdue-not-yet"),
        ({"整改状态": "逾期未整改", "整改时限": "2022-12-18"}, "overdue-not-yet"),
        ({"整改状态": "逾期", "整改时限": "2022-11-17"}, None),
        ({"整改状态": "已延期", "整改时限": "2022-12-18"}, "extended-without-papers"),
        ({"整改状态": "已延期", "整改时限": "2022-12-18", "延期次数": "1"}, None),
        ({"整改状态": "立行立改"}, "on-spot-without-day"),
        ({"整改状态": "立行立改", "整改完成时间": "2022-10-05"}, None),
        ({"备注": "疏散門"}, "traditional-text"),
        ({"备注": "瞭望塔、余湜、25℃、😀"}, None),
        ({"备注": "锟斤拷"}, "garbled-text"),
        ({"备注": "库房混放".encode().decode("gb18030")}, "garbled-text"),
        ({"备注": "灭火器失效".encode("gbk").decode("latin-1")}, "garbled-text"),
        ({"备注": "café, naïve, Ærø"}, None),
        ({"整改时限": "22.10.12"}, "two-digit-year"),
    ],
)
def test_what_is_worth_saying_is_said_and_taken(
    tmp_path: Path, cells: dict[str, str], code: str | None
) -> None:
    reading = one_row(tmp_path, 行业="消防", **cells)
    assert list(said(reading)) == ([code] if code else [])
    assert len(reading.drafts) == 1


def test_a_name_in_a_rare_letter_hides_nothing_in_the_rows_after_it(tmp_path: Path) -> None:
    text = "单位名称,隐患描述,检查时间,检查人\n" + "".join(
        f"甲厂,{problem},2022-10-05,余湜\n" for problem in ("灯坏", "門坏", "灯坏", "窗坏")
    )
    reading = read_text(tmp_path, text)
    assert said(reading)["traditional-text"] == 1


def test_a_stop_order_stands_while_the_hazard_is_open(tmp_path: Path) -> None:
    order = {"整改类型": "3停产停业整顿"}
    assert row(tmp_path, **order).hazard.stop_order == "3停产停业整顿"
    assert row(tmp_path, 销号时间="2022-10-12", **order).hazard.stop_order is None
    assert row(tmp_path, 整改类型="限期整改").hazard.stop_order is None


def test_a_standing_hazard_has_a_standing_deadline_whichever_column_says_so(tmp_path: Path) -> None:
    assert row(tmp_path, 整改状态="长期坚持").hazard.due_kind is DueKind.STANDING
    dated = row(tmp_path, 整改状态="长期坚持", 整改时限="2022-12-31").hazard
    assert (dated.due_kind, dated.due_on) == (DueKind.DATE, date(2022, 12, 31))


@pytest.mark.parametrize("word", ["剩余10天", "剩余20天以上", "已超过整改时限", "未销号"])
def test_an_ageing_list_states_what_is_open(tmp_path: Path, word: str) -> None:
    hazard = row(tmp_path, 状态=word, 整改时限="2022-10-12", 整改责任人="张三").hazard
    assert hazard.state is State.ASSIGNED


@pytest.mark.parametrize(
    "text", ["1、2、3号库未设报警器", "①②号罐未接地", "一、二车间通道堵塞", "二层护栏缺失"]
)
def test_a_list_of_places_is_one_problem(tmp_path: Path, text: str) -> None:
    assert len(read_text_split(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "text", ["一、灯坏；二、门坏", "①灯坏②门坏", "（1）灯坏\n（2）门坏", "1) 灯坏 2) 门坏"]
)
def test_problems_are_numbered_in_many_ways(tmp_path: Path, text: str) -> None:
    assert read_text_split(tmp_path, text) == ["灯坏", "门坏"]


def read_text_split(folder: Path, text: str) -> list[str]:
    table = f'单位名称,隐患描述,检查时间\n甲厂,"{text}",2022-10-05\n'
    return [draft.hazard.description for draft in read_text(folder, table, splits=True).drafts]


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["安委办〔2021〕15号", "隐患台账（截至2022年10月31日）"], 2022),
        (["2022年隐患台账", "填报日期：2023年1月3日"], 2022),
        (["安委办（2021）15号", "2022年10月隐患台账"], 2022),
        (["2021年隐患台账", "2022年10月整改情况"], None),
        (["隐患台账"], None),
    ],
)
def test_the_year_is_the_one_of_the_table_and_of_no_paper_beside_it(
    tmp_path: Path, titles: list[str], year: int | None
) -> None:
    text = "\n".join([*titles, "单位名称,隐患描述,检查时间", "甲,乙,10月5日"])
    reading = read_text(tmp_path, text)
    assert [draft.hazard.found_on.year for draft in reading.drafts] == [year] * bool(year)
    assert codes(reading) == ([] if year else ["no-year"])


def test_what_was_looked_at_is_a_hazard_by_what_was_found(tmp_path: Path) -> None:
    given = {"enterprise": "某小学", "found_on": "2022-10-28"}
    text = "检查内容,检查结果\n应急照明完好,二楼一盏不亮\n灭火器在有效期内,正常。\n门锁,\n"
    reading = read_text(tmp_path, text, constants=given)
    described = [draft.hazard.description for draft in reading.drafts]
    assert described == ["应急照明完好：二楼一盏不亮", "门锁"]
    assert reading.not_hazards == 1
    assert reading.drafts[0].raw == {"检查内容": "应急照明完好", "检查结果": "二楼一盏不亮"}
