"""The keys of JSON, copied from the design: a key is only ever added, and only with a word here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hazardctl.domain.words import DueKind, LookbackResult, Severity, Source, State
from tests.attackers import holding
from tests.cli.at_a_desk import Desk
from tests.homes import Home


def keys(text: str) -> list[str]:
    """Keys as the design lists them."""
    return text.split(", ")


HAZARD = keys(
    "number, cycle, state, severity, industry, industry_text, enterprise, credit_code, district, "
    "location, description, source, source_detail, campaigns, found_on, found_by, "
    "required_measures, due_on, original_due_on, due_kind, responsible_unit, responsible_person, "
    "case_leader, regulator, measures, rectified_on, rectified_by, submitted_on, submitted_by, "
    "verified_on, verified_by, closed_on, closed_by, reopened, extensions, overdue, days_overdue, "
    "external_code, remark"
)
SHOWN_BESIDE = {"cycles", "evidence", "events"}
ALSO_SHOWN = {  # what `show` tells beyond the design: what nobody needs in a list
    *("hazard_kind", "basis", "order_type", "stop_order", "due_text", "assigned_on"),
    *("accepted_on", "rectifying_on", "percent", "progress_on", "pending_due_on", "pending_by"),
    *("reopened_on", "lookback_on", "lookback_result", "duplicate_of", "transferred_to"),
    *("reporter", "imported", "listing", "listed_on", "funds_fen"),
}
REPORT = keys("form, as_of, since, until, filters, by, rows, total, checks")
FIGURES = keys(
    "key, label, found, found_major, closed, closed_major, closure_rate, rectified, "
    "rectification_rate, open, awaiting_verification, awaiting_sign_off, due_soon, overdue, "
    "on_time_rate, on_time_rate_original, reopened"
)
RATES = ("closure_rate", "rectification_rate", "on_time_rate", "on_time_rate_original")
FILE = keys(
    "file, format, encoding, sheets, mapping, unmapped_columns, rows, imported, acceptable, "
    "duplicates, changed, not_hazards, rejected, skipped, problems, warnings"
)
COUNTS = FILE[FILE.index("rows") : FILE.index("skipped") + 1]
COUNTED_BESIDE = keys("completed, enterprises_registered")  # of the register
PROBLEM = keys("file, sheet, row, column, code, found, message")
EVIDENCE = keys("number, sha256, name, size, kind, attached_on, attached_by")
FINDING = keys("code, number, seq, message, facts")
BACKUP = keys("path, ledger_id, n, head, schema, at, evidence, size")
COPIED = keys("path, ledger_id, n, head, schema, at, evidence, came")
RESTORED = keys("path, ledger_id, n, head, schema, at, evidence, kept, older_by")
PROOF = keys(
    "ok, ledger_id, schema, events, head, hazards, closed, open, evidence, steps, findings, remarks"
)
DIGEST = keys("at, closed, evidence_count, head, ledger_id, n, open, schema, v")
EVENT = keys("seq, number, kind, on, at, actor, recorded_by, rehearsed_on, changes, facts")
CODES = {
    "state": State,
    "severity": Severity,
    "source": Source,
    "due_kind": DueKind,
    "lookback_result": LookbackResult,
}


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """A ledger with a hazard in every state, one reopened, one with everything."""
    for state in State:
        desk.in_state(state)
    desk.in_state("closed", major=True)
    desk.does("reopen 9 --reason 反弹 --basis 复查 --due 30d", by="甲")
    return desk


def test_a_list_is_an_array_of_hazards(ledger: Desk) -> None:
    for line in ("list -f json", "list -f json --as-of 2022-10-04", "list -f json --limit 1"):
        listed = ledger.does(line).json
        assert isinstance(listed, list)
        for hazard in listed:
            assert sorted(hazard) == sorted(HAZARD)


def test_show_adds_cycles_evidence_and_events(ledger: Desk) -> None:
    for number in ("1", "9"):
        seen = ledger.show(number)
        assert seen.keys() >= set(HAZARD) | SHOWN_BESIDE
        assert seen.keys() - set(HAZARD) - SHOWN_BESIDE <= ALSO_SHOWN
        for event in seen["events"]:
            assert list(event) == EVENT
    reopened = ledger.show("9")
    assert [cycle["cycle"] for cycle in reopened["cycles"]] == [1, 2]
    assert reopened["cycles"][0]["closed_by"] == "丁"
    (photo,) = reopened["evidence"]
    assert photo.keys() >= {"name", "size", "sha256", "attached_on", "attached_by"}


def test_the_history_is_an_array_of_events(ledger: Desk) -> None:
    for event in ledger.does("log -f json").json:
        assert list(event) == EVENT


def lose_evidence(home: Home) -> None:
    """All that was attached is gone."""
    place = home.ledger()
    if isinstance(place, Path):
        (place.parent / "evidence").rename(place.parent / "elsewhere")
    else:
        with holding(place) as hand:
            hand.execute("DELETE FROM evidence_part")


def test_evidence_is_an_array_and_its_proof_an_object(ledger: Desk, home: Home) -> None:
    (photo,) = ledger.does("evidence list -f json").json
    assert list(photo) == EVIDENCE
    assert ledger.does("evidence list 1 -f json").json == []
    proof = ledger.does("evidence verify -f json").json
    assert proof == {"files": 1, "intact": 1, "findings": []}
    lose_evidence(home)
    told = ledger("evidence verify -f json").json
    assert list(told) == ["files", "intact", "findings"]
    assert [list(finding) for finding in told["findings"]] == [FINDING]


@pytest.mark.only_on("sqlite", "a backup is made of a file")
def test_a_backup_and_a_restore_tell_which_ledger_and_how_far(ledger: Desk) -> None:
    assert list(ledger.does("backup county.tar -f json").json) == BACKUP
    assert list(ledger("restore county.tar --replace -f json").json) == RESTORED
    assert list(ledger.does("restore county.tar --ledger other.db -f json").json) == RESTORED


def test_a_copy_tells_which_ledger_and_how_far(ledger: Desk) -> None:
    assert list(ledger.does("copy other.db -f json").json) == COPIED


def test_a_proof_and_a_digest_have_the_keys_that_others_keep(ledger: Desk, home: Home) -> None:
    assert list(ledger.does("digest").json) == DIGEST
    told = ledger.does("check -f json").json
    assert list(told) == PROOF
    assert [list(step)[:2] + list(step)[-1:] for step in told["steps"]] == [
        ["step", "ok", "faults"]
    ] * len(told["steps"])
    for remark in told["remarks"]:
        assert list(remark) == FINDING
    lose_evidence(home)
    told = ledger("check -f json").json
    assert [list(finding) for finding in told["findings"]] == [FINDING]
    assert list(told) == PROOF


def test_every_key_is_there_and_what_is_empty_is_null(ledger: Desk) -> None:
    seen: dict[str, Any] = ledger.show("1")
    assert seen["district"] is None
    assert seen["campaigns"] is None
    assert seen["verified_by"] is None
    assert seen["days_overdue"] is None
    assert seen["overdue"] is False
    assert "" not in seen.values()


def test_codes_are_words_of_the_program_in_either_language(ledger: Desk) -> None:
    for language in ("en", "zh"):
        for number in range(1, 10):
            seen = ledger.does(f"show {number} -f json --lang {language}").json
            for name, words in CODES.items():
                assert seen.get(name) is None or seen[name] in {str(word) for word in words}
            assert all(code.isascii() for code in (seen["industry"], seen["state"]))
            assert all(event["kind"].isascii() for event in seen["events"])
    english = ledger.does("list -f json").out
    assert ledger.does("list -f json --lang zh").out == english
    assert ledger.does("log -f json --lang zh").out == ledger.does("log -f json").out


def test_a_change_answers_with_the_keys_of_a_list(ledger: Desk) -> None:
    seen = ledger.does("edit 1 --district x -f json", by="甲").json
    assert sorted(seen) == sorted(HAZARD)


def test_a_report_has_the_keys_of_the_design(ledger: Desk) -> None:
    line = "report -f json --by state --since 2022-01-01 --until 2022-12-31 --district x"
    asked = ledger.does(line).json
    assert set(asked) == {*REPORT, "overlap"}  # the overlap of campaigns is printed, so it is told
    assert (asked["form"], asked["by"], asked["as_of"]) == ("summary", "state", "2022-10-10")
    assert (asked["since"], asked["until"]) == ("2022-01-01", "2022-12-31")
    assert asked["filters"]["district"] == ["x"]
    whole = ledger.does("report -f json").json
    assert (whole["since"], whole["until"], whole["filters"]) == (None, None, {})
    for row in (*whole["rows"], whole["total"]):
        assert sorted(row) == sorted(FIGURES)


def test_rates_are_from_0_to_1_with_4_decimals_or_null(ledger: Desk) -> None:
    for by in ("state", "severity", "month"):
        told = ledger.does(f"report -f json --by {by}").json
        for row in (*told["rows"], told["total"]):
            for name in RATES:
                rate = row[name]
                assert rate is None or 0 <= rate <= 1
                assert rate is None or round(rate, 4) == rate
    total = ledger.does("report -f json").json["total"]
    assert total["closure_rate"] == round(total["closed"] / total["found"], 4)
    nothing = ledger.does("report -f json --district 没有").json["total"]
    assert [nothing[name] for name in RATES] == [None] * 4
    assert nothing["found"] == 0


def test_every_identity_that_was_tested_is_told_with_its_result(ledger: Desk) -> None:
    checks = ledger.does("report -f json").json["checks"]
    assert {one["check"] for one in checks} >= {
        "found = closed + open",
        "found: total = sum of rows",
    }
    for check in checks:
        assert sorted(check) == ["check", "left", "ok", "right"]
        assert check["ok"] is True
        assert check["left"] == check["right"]


def test_an_import_has_the_keys_of_the_design(desk: Desk) -> None:
    desk.file("a.csv", "隐患描述,单位名称,排查时间,谁\n堵塞,甲厂,2022-10-01,x\n坏,,2022-13-01,\n")
    told = desk("import a.csv nowhere.csv --partial -f json", by="甲").json
    assert list(told) == ["files", *COUNTS, *COUNTED_BESIDE]
    for file in told["files"]:
        # What has changed since, with both states; numbers not kept; what may be known already.
        assert set(file) == {*FILE, *COUNTED_BESIDE, "changes", "renumbered", "candidates"}
        for problem in file["problems"]:
            assert list(problem) == PROBLEM
        for warning in file["warnings"]:
            assert warning.keys() >= {"file", "sheet", "code", "message"}
        assert file["rows"] == (
            file["acceptable"] + file["duplicates"] + file["not_hazards"] + file["rejected"]
        )
        for sheet in file["sheets"]:
            assert list(sheet) == ["name", "heading_row", "rows", "skipped", "hidden"]
    for name in COUNTS:
        assert told[name] == sum(file[name] for file in told["files"])


def test_an_error_is_one_object(desk: Desk) -> None:
    told = desk("show 1 -f json")
    assert told.out == ""
    assert set(told.error) == {"code", "message", "facts"}
    assert told.err.count("\n") == 1
