"""How one sender's files are read is said once: next month's need no options."""

from __future__ import annotations

from pathlib import Path

from tests.cli.at_a_desk import Desk

OCTOBER = "问题,企业,整改时间,排查时间\n通道堵塞,示例厂,10月30日,10月1日\n"
NOVEMBER = "问题,企业,整改时间,排查时间\n灭火器失效,示例厂,10月31日,10月3日\n"
SAID = "--map 整改时间=due_on --year 2022 --industry 花炮 --save-mapping 乡镇甲"


def test_next_months_file_needs_no_options(desk: Desk) -> None:
    desk.file("a.csv", OCTOBER)
    desk.file("b.csv", NOVEMBER)
    assert desk("import b.csv", by="甲").code == 5
    first = desk(f"import a.csv {SAID}", by="甲")
    assert first.code == 0
    assert "Saved: --mapping 乡镇甲 reads such files." in first.err
    assert desk("import b.csv --mapping 乡镇甲", by="甲").code == 0
    told = desk.does("show 2 -f json").json
    assert (told["industry"], told["due_on"]) == ("fireworks", "2022-10-31")
    assert desk("check").code == 0


def test_what_is_typed_goes_before_what_was_saved(desk: Desk) -> None:
    desk.file("a.csv", OCTOBER)
    desk.file("b.csv", NOVEMBER)
    desk(f"import a.csv {SAID}", by="甲")
    desk("import b.csv --mapping 乡镇甲 --industry 煤矿", by="甲")
    assert desk.does("show 2 -f json").json["industry"] == "coal-mine"


def test_a_saved_year_ends_with_the_year(desk: Desk) -> None:
    desk.file("a.csv", OCTOBER)
    desk.file("b.csv", NOVEMBER)
    desk(f"import a.csv {SAID}", by="甲")
    late = desk("import b.csv --mapping 乡镇甲 --dry-run -f json", today="2023-01-05")
    assert {one["code"] for one in late.json["files"][0]["problems"]} == {"no-year"}


def test_a_mapping_is_saved_even_if_every_row_is_there_already(desk: Desk) -> None:
    desk.file("a.csv", OCTOBER)
    said = SAID.removesuffix(" --save-mapping 乡镇甲")
    desk(f"import a.csv {said}", by="甲")
    assert desk(f"import a.csv {SAID}", by="甲").code == 0
    assert desk("import a.csv --mapping 乡镇甲", by="甲").code == 0
    before = desk.kept()
    desk(f"import a.csv {SAID}", by="甲")
    assert desk.kept() == before, "the same mapping is saved once"


def test_a_refused_file_and_a_dry_run_save_no_mapping(desk: Desk) -> None:
    desk.file("a.csv", OCTOBER.replace("10月1日", "10月32日"))
    desk.does("init", by="甲")
    assert desk(f"import a.csv {SAID}", by="甲").code == 5
    desk.file("a.csv", OCTOBER)
    assert desk(f"import a.csv --dry-run {SAID}").code == 0
    missing = desk("import a.csv --mapping 乡镇甲 -f json", by="甲")
    assert (missing.code, missing.error["code"]) == (3, "no-such-mapping")


def test_the_day_on_which_one_file_was_found_is_not_saved(desk: Desk) -> None:
    desk.file("a.csv", "问题,企业\n通道堵塞,示例厂\n")
    desk("import a.csv --found-on 2022-10-01 --industry 花炮 --save-mapping 甲", by="甲")
    told = desk("import a.csv --mapping 甲 --dry-run -f json").json["files"][0]
    assert [one["code"] for one in told["problems"]] == ["no-column"]


def test_a_mapping_without_a_ledger_is_none(desk: Desk, tmp_path: Path) -> None:
    desk.file("a.csv", OCTOBER)
    assert desk("import a.csv --mapping 甲 --dry-run").code == 3
    assert not (tmp_path / "ledger.db").exists()


def test_a_mapping_that_was_saved_is_told_though_the_answer_cannot_be_written(desk: Desk) -> None:
    desk.file("a.csv", OCTOBER)
    desk(f"import a.csv {SAID.removesuffix(' --save-mapping 乡镇甲')}", by="甲")
    unsaid = desk(f"import a.csv {SAID} -o nowhere/a.json -f json", by="甲")
    assert (unsaid.code, desk("import a.csv --mapping 乡镇甲", by="甲").code) == (8, 0)
    assert "--mapping 乡镇甲" in unsaid.err
