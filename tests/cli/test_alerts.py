"""What stands on a day, as it is asked for: formats, languages, kinds, and the exit status."""

from __future__ import annotations

import csv
import io

import pytest

from hazardctl.domain.alerts import Alert
from hazardctl.render.alerts import KEYS
from hazardctl.render.width import wide
from hazardctl.text import LANGUAGES, Words
from tests.cli.at_a_desk import MAJOR, Desk


@pytest.fixture
def watched(desk: Desk) -> Desk:
    """A ledger in which several things stand: seen from 20 December."""
    desk.in_state("assigned")  # due on 20 October
    desk.in_state("submitted")
    desk.in_state("verified")
    desk.add(
        "大门锁闭", f"--found-on 2022-10-01 {MAJOR} --case-leader 李局 --regulator 市应急管理局"
    )
    for day in ("2022-10-02", "2022-10-03", "2022-10-04"):
        line = (
            f"penalty add --enterprise 某花炮厂 --kind warning --decided-on {day} --case-no {day}"
        )
        assert desk(line, by="甲").code == 0
    assert desk("referral add --reported-on 2022-10-03 --hazard 1", by="甲").code == 0
    desk.setenv("HAZARDCTL_TODAY", "2022-12-20")
    return desk


KINDS = [
    *("overdue", "verification-late", "sign-off-stale", "referral-unapproved", "art-113"),
    "silent-unit",
]


def test_each_alert_tells_its_rule_its_source_and_who_must_act(watched: Desk) -> None:
    found = watched.does("alerts -f json").json
    assert [one["alert"] for one in found] == KINDS
    for one in found:
        assert tuple(one) == KEYS
        assert all(one[name] for name in ("rule", "source", "text", "since"))
        assert one["enterprise"] == "某花炮厂"
    overdue, late, stale, referral, often, silent = found
    assert overdue["subject"] == "YH-2022-00001"
    assert (overdue["since"], overdue["limit_on"]) == ("2022-10-02", "2022-10-20")
    assert (overdue["days"], overdue["limit"], overdue["responsible"]) == (61, None, "乙")
    assert overdue["text"] == "Due on 2022-10-20: 61 days late."
    assert (late["rule"], late["limit"], late["limit_on"]) == (
        "verification_days",
        10,
        "2022-10-14",
    )
    assert (stale["rule"], stale["limit"], stale["limit_on"]) == (
        "acceptance_days",
        30,
        "2022-11-04",
    )
    assert referral["subject"] == "YH-YS-00001"
    assert (referral["limit"], referral["days"]) == (3, 75)
    assert referral["source"].startswith("国务院令第310号 第5条")
    assert (often["subject"], often["counts"], often["limit"]) == ("YH-QY-00001", [3, 3], 3)
    assert (silent["counts"], silent["days"], silent["limit_on"]) == ([4], None, None)


def test_any_alert_fails_if_it_is_asked_to_and_is_told_all_the_same(watched: Desk) -> None:
    told = watched.does("alerts --kind overdue -f json").out
    for options, code in (("", 0), ("--fail-if-any", 9)):
        done = watched(f"alerts --kind overdue -f json {options}")
        assert (done.code, done.out, done.err) == (code, told, "")
    assert watched("alerts --kind overdue --as-of 2022-10-20 --fail-if-any -f json").out == "[]\n"
    assert watched("alerts --kind overdue --as-of 2022-10-20 --fail-if-any").code == 0
    assert watched("alerts --kind overdue --as-of 2022-10-21 --fail-if-any").code == 9


def test_kinds_are_said_as_words_or_in_chinese_and_no_others_are_known(watched: Desk) -> None:
    for typed, kinds in (
        ("--kind overdue --kind art-113", ["overdue", "art-113"]),
        ("--kind 逾期 --kind 零报告", ["overdue", "silent-unit"]),
    ):
        found = watched.does(f"alerts {typed} -f json").json
        assert [one["alert"] for one in found] == kinds
    done = watched("alerts --kind late -f json")
    assert (done.code, done.error["code"]) == (2, "not-one-of")
    assert done.error["facts"]["words"] == [str(one) for one in Alert]


def test_the_filters_of_a_list_are_those_of_alerts(watched: Desk) -> None:
    for options, kinds in (
        ("--severity major", []),
        ("--person 乙 --overdue", ["overdue"]),
        ("--enterprise 某花炮厂", KINDS),
        ("--industry hazchem", []),
        ("--campaign 百日行动", []),
    ):
        found = watched.does(f"alerts {options} -f json").json
        assert [one["alert"] for one in found] == kinds, options


def test_every_format_has_every_alert(watched: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(watched.does("alerts -f csv").out)))
    assert [row["alert"] for row in rows] == KINDS
    assert tuple(rows[0]) == KEYS
    assert rows[4]["counts"] == "3、3"
    for form, lines in (("ndjson", 6), ("plain", 6)):
        assert watched.does(f"alerts -f {form}").out.count("\n") == lines
    for form in ("md", "html", "table"):
        assert watched.does(f"alerts -f {form}").out.count("YH-2022-00001") == 1
    for form in ("xlsx", "docx"):
        assert watched(f"alerts -f {form} -o a.{form}").code == 0
    assert watched.does("alerts --as-of 2022-09-01").out == (
        "Nothing to show.\n\nNothing stands at the end of 2022-09-01.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_fits_eighty_columns_and_counts_its_alerts(watched: Desk, language: str) -> None:
    watched.setenv("COLUMNS", "80")
    shown = watched.does(f"--lang {language} alerts").out
    assert all(wide(line) <= 80 for line in shown.splitlines()), shown
    words = Words("zh" if language == "zh" else "en")
    for kind in KINDS:
        name = words.catalog("labels")["words"][kind]
        assert words.say("alerts", "of", alert=name, count=1) in shown.replace("\n", " ")
    assert words.say("alerts", "count", day="2022-12-20", count=6) in shown


def test_all_but_the_sentence_is_the_same_in_either_language(watched: Desk) -> None:
    english, chinese = (
        watched.does(f"alerts -f json --lang {language}").json for language in ("en", "zh")
    )
    for one, other in zip(english, chinese, strict=True):
        assert one.pop("text") != other.pop("text")
        assert one == other


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_alert_has_its_name_and_its_sentence(language: str) -> None:
    words = Words("zh" if language == "zh" else "en")
    assert set(words.catalog("alerts")["sentences"]) == set(Alert)
    assert set(Alert) <= set(words.catalog("labels")["words"])
    assert set(words.catalog("alerts")["columns"]) == set(KEYS) - {"counts"}


def test_a_rule_of_the_ledger_is_shown_and_set(watched: Desk) -> None:
    rules = {one["name"]: one["value"] for one in watched.does("config show -f json").json}
    assert {name: rules[name] for name in BEGUN} == BEGUN
    assert watched("config set acceptance_days 90", by="甲").code == 0
    assert "sign-off-stale" not in watched.does("alerts -f csv").out
    assert watched("config set lookback_days 1000", by="甲").code == 2
    assert watched("config set no_days 1", by="甲").code == 2


BEGUN = {  # domain.md §2.4
    "due_soon": "10",
    "verification_days": "10",
    "progress_days": "90",
    "campaign_progress_days": "7",
    "acceptance_days": "30",
    "extension_decision_days": "10",
    "lookback_days": "90",
    "self_report_days": "90",
}
