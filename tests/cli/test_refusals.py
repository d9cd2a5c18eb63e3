"""Every refusal of the table of the life of a hazard: its exit status, its code, its way out."""

from __future__ import annotations

import pytest

from tests.cli.at_a_desk import ASSURED, Desk

SIGN = "--measures 已更换 --rectified-by 乙 --verified-by 丙"

# What is refused, by whom it was tried, from which state (M: major), with which code.
REFUSED = [
    # add
    ("add x --industry 花炮 --enterprise 某厂 --found-on 2022-10-11", "甲", "", "future-day"),
    ("add x --industry 花炮 --enterprise 某厂 --due 2022-10-09", "甲", "", "due-before-found"),
    (
        "add x --industry 花炮 --enterprise 某厂 --severity major --basis y --due 7d "
        "--responsible-person 乙",
        "甲",
        "",
        "case-leader-needed",
    ),
    # assign
    ("assign 1 --due 2022-09-30 --responsible-person 乙", "甲", "registered", "due-before-found"),
    ("assign 1 --due 2022-10-21 --responsible-person 乙", "甲", "assigned", "due-is-set"),
    ("assign 1 --due 7d --responsible-person 乙", "甲", "submitted", "wrong-state"),
    ("assign 1 --due 7d --responsible-person 乙", "甲", "void", "wrong-state"),
    ("assign 1 --due 7d --responsible-person 乙 --on 9月30日", "甲", "registered", "out-of-order"),
    ("assign 1 --due 9d --responsible-person 乙 --on 10月11日", "甲", "registered", "future-day"),
    # accept
    ("accept 1", "乙", "registered", "wrong-state"),
    ("accept 1", "乙", "M assigned", "assurances-missing"),
    (f"accept 1 {ASSURED.rsplit('--', 1)[0]}", "乙", "M assigned", "assurances-missing"),
    # progress
    ("progress 1 --note x", "乙", "registered", "wrong-state"),
    ("progress 1 --note x", "乙", "M assigned", "not-accepted"),
    ("progress 1 --note x --on 2022-10-01", "乙", "assigned", "out-of-order"),
    # submit
    ("submit 1 --measures x", "乙", "registered", "wrong-state"),
    ("submit 1 --measures x --rectified-on 2022-09-30", "乙", "assigned", "out-of-order"),
    ("submit 1 --measures x --rectified-on 2022-10-11", "乙", "assigned", "future-day"),
    ("submit 1 --measures x --rectified-on 10月9日 --on 10月8日", "乙", "assigned", "out-of-order"),
    ("submit 1 --measures x --evidence photo.jpg", "乙", "M assigned", "not-accepted"),
    ("submit 1 --measures x", "乙", "M rectifying", "evidence-needed"),
    # reject
    ("reject 1 --reason x", "甲", "rectifying", "wrong-state"),
    ("reject 1 --reason x", "甲", "closed", "wrong-state"),
    # verify
    ("verify 1 --verified-by 丙", "甲", "rectifying", "wrong-state"),
    ("verify 1", "乙", "submitted", "same-person"),
    ("verify 1 --verified-by 乙", "甲", "submitted", "same-person"),
    ("verify 1 --verified-by 丙、乙", "甲", "submitted", "same-person"),
    ("verify 1 --verified-by 丙", "甲", "M submitted", "two-verifiers-needed"),
    ("verify 1 --verified-by 丙 --verified-by ' 丙'", "甲", "M submitted", "two-verifiers-needed"),
    ("verify 1 --verified-by 丙 --on 2022-10-03", "甲", "submitted", "out-of-order"),
    # close
    ("close 1", "丙", "verified", "same-person"),
    ("close 1", "乙", "verified", "same-person"),
    ("close 1", "戊", "M verified", "same-person"),
    ("close 1", "丁", "rectifying", "steps-missing"),
    ("close 1", "丁", "submitted", "steps-missing"),
    (f"close 1 {SIGN}", "丁", "registered", "steps-missing"),
    (f"close 1 {SIGN} --verified-by 戊 --evidence photo.jpg", "丁", "M assigned", "steps-missing"),
    (f"close 1 {SIGN}", "丙", "assigned", "same-person"),
    (f"close 1 {SIGN}", "乙", "assigned", "same-person"),
    ("close 1 --measures 另一 --verified-by 丙", "丁", "submitted", "already-recorded"),
    ("close 1", "丁", "closed", "wrong-state"),
    ("close 1", "丁", "void", "wrong-state"),
    # reopen, lookback
    ("reopen 1 --reason x --basis y --due 7d", "甲", "verified", "wrong-state"),
    ("reopen 1 --reason x --basis y --due 2022-09-30", "甲", "closed", "due-before-found"),
    ("lookback 1 --result confirmed --inspector 庚", "甲", "verified", "wrong-state"),
    ("lookback 1 --result confirmed --inspector 庚 --on 10月6日", "甲", "closed", "out-of-order"),
    (
        "lookback 1 --result confirmed --inspector 庚 --reopen --due 7d",
        "甲",
        "closed",
        "nothing-to-reopen",
    ),
    # extend
    ("extend request 1 --due 30d --reason x", "乙", "registered", "wrong-state"),
    ("extend request 1 --due 30d --reason x", "乙", "submitted", "wrong-state"),
    ("extend request 1 --due 2022-10-20 --reason x", "乙", "assigned", "extension-not-later"),
    ("extend request 1 --due 2022-10-19 --reason x", "乙", "assigned", "extension-not-later"),
    ("extend approve 1", "甲", "assigned", "no-extension-pending"),
    ("extend refuse 1 --reason x", "甲", "assigned", "no-extension-pending"),
    # void, transfer, edit
    ("void 1 --reason x", "甲", "submitted", "wrong-state"),
    ("void 1 --reason x", "甲", "closed", "wrong-state"),
    ("transfer 1 --to x --reason y", "甲", "closed", "wrong-state"),
    ("transfer 1 --to x --reason y", "甲", "transferred", "wrong-state"),
    ("transfer 1 --take-back", "甲", "registered", "wrong-state"),
    ("edit 1 --district x", "甲", "closed", "wrong-state"),
    ("edit 1 --district x", "甲", "void", "wrong-state"),
    ("edit 1 --severity major", "甲", "registered", "basis-needed"),
    ("edit 1 --severity major --basis x", "甲", "assigned", "case-leader-needed"),
    ("edit 1 --severity general --basis x", "甲", "M submitted", "grade-settled"),
]


@pytest.mark.parametrize(("line", "by", "state", "code"), REFUSED)
def test_a_rule_that_says_no_changes_nothing_and_says_why(
    desk: Desk, line: str, by: str, state: str, code: str
) -> None:
    reached = state.removeprefix("M ")
    desk.does("init", by="甲")
    if reached:
        desk.in_state(reached, major=state.startswith("M "))
    desk.file("photo.jpg")
    before = desk.kept()
    refused = desk(f"{line} -f json", by=by)
    assert (refused.code, refused.out, refused.error["code"]) == (4, "", code)
    after = desk.kept()
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("evidence/") for name in after.keys() - before.keys())
    if reached:
        assert "YH-2022-00001" in refused.error["message"]
    english, chinese = desk(line, by=by), desk(f"{line} --lang zh", by=by)
    for told in (english, chinese):
        assert (told.code, told.out, told.err.count("\n")) == (4, "", 1)
        assert not set("{}[]") & set(told.err)
    assert english.err == f"{refused.error['message']}\n"
    assert any("\u4e00" <= ch <= "\u9fff" for ch in chinese.err)
    assert chinese.err != english.err


def test_a_pending_extension_stops_the_sign_off_and_a_second_request(desk: Desk) -> None:
    desk.in_state("assigned")
    desk.does("extend request 1 --due 2022-11-01 --reason x", by="乙")
    again = desk("extend request 1 --due 2022-11-02 --reason x -f json", by="乙")
    assert (again.code, again.error["code"]) == (4, "extension-pending")
    own = desk("extend approve 1 -f json", by="乙")
    assert (own.code, own.error["code"]) == (4, "same-person")


def test_a_cycle_has_as_many_extensions_as_the_ledger_allows(desk: Desk) -> None:
    desk.in_state("assigned")
    for day in ("2022-11-01", "2022-11-02"):
        desk.does(f"extend request 1 --due {day} --reason x", by="乙")
        desk.does("extend approve 1", by="甲")
    third = desk("extend request 1 --due 2022-11-03 --reason x -f json", by="乙")
    assert (third.code, third.error["code"]) == (4, "too-many-extensions")
    desk.does("config set extensions 3", by="甲")
    desk.does("extend request 1 --due 2022-11-03 --reason x", by="乙")


def test_a_stop_order_that_stands_stops_the_sign_off(desk: Desk) -> None:
    desk.in_state("verified")
    desk.does("edit 1 --stop-order 停字1号", by="甲")
    refused = desk("close 1 -f json", by="丁")
    assert (refused.code, refused.error["code"]) == (4, "stop-order-stands")
    assert "停字1号" in refused.error["message"]
    desk.does('edit 1 --stop-order ""', by="甲")
    desk.does("close 1", by="丁")


def test_what_was_submitted_once_is_never_made_void(desk: Desk) -> None:
    desk.in_state("submitted")
    desk.does("reject 1 --reason 未到位", by="甲")
    refused = desk("void 1 --reason x -f json", by="甲")
    assert (refused.code, refused.error["code"]) == (4, "was-submitted")


def test_a_ledger_may_ask_a_case_leader_of_every_hazard(desk: Desk) -> None:
    desk.in_state("registered")
    desk.does("config set case_leader_for_all 1", by="甲")
    refused = desk("assign 1 --due 7d --responsible-person 乙 -f json", by="甲")
    assert (refused.code, refused.error["code"]) == (4, "case-leader-needed")
    desk.does("assign 1 --due 7d --responsible-person 乙 --case-leader 李局", by="甲")


def test_close_lists_what_is_missing_by_option_and_the_step_that_comes_first(desk: Desk) -> None:
    desk.in_state("assigned", major=True)
    told = desk("close 1", by="丁")
    assert told.err == (
        "YH-2022-00001 cannot be closed yet (assigned). First: hazardctl accept YH-2022-00001. "
        "Still needed: --measures, --rectified-by, --evidence, --verified-by, --verified-by.\n"
    )
    assert "请先签收：hazardctl accept YH-2022-00001" in desk("close 1 --lang zh", by="丁").err
    facts = desk("close 1 -f json", by="丁").error["facts"]
    assert facts["missing"] == [
        "--measures",
        "--rectified-by",
        "--evidence",
        "--verified-by",
        "--verified-by",
    ]


def test_the_states_that_follow_are_told(desk: Desk) -> None:
    desk.in_state("verified")
    told = desk("submit 1 --measures x", by="乙")
    assert told.err.startswith("YH-2022-00001 is awaiting sign-off: `submit` does not start")
    assert "reject, close" in told.err


def test_nothing_follows_what_is_void(desk: Desk) -> None:
    desk.in_state("void")
    assert "From here" not in desk("close 1", by="丁").err


def test_a_refused_change_leaves_no_event(desk: Desk) -> None:
    desk.in_state("verified")
    before = desk.does("log -f json").json
    assert desk("close 1", by="丙").code == 4
    assert desk.does("log -f json").json == before
