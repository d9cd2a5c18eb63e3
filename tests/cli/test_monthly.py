"""The national monthly form of random ledgers, against a count of the test's own.

The hazards are told by their events, one after another; enterprises, campaigns and inspections by
the JSON of their lists. Nothing of the form's own counting is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from hazardctl.data import load
from hazardctl.domain.hazard import Hazard
from hazardctl.domain.register import CAMPAIGN, ENTERPRISE, INSPECTION
from hazardctl.domain.registering import edit
from hazardctl.domain.words import Level
from hazardctl.ledger import registering, writing
from tests.builders import FOUND, TODAY, stamp
from tests.cli.at_a_desk import Desk
from tests.cli.test_reports_add_up import ENTERPRISES, INDUSTRIES, a_ledger, plain
from tests.ledgers import events_of, replayed

Seen = dict[str, Any]
DONE = {"submitted", "verified", "closed"}
OPEN = {"registered", "assigned", "rectifying", "submitted", "verified"}
SPELLED = [*ENTERPRISES, "永兴 花炮有限公司", "二十三站", "新来的厂", "关了的厂", "明年的厂"]
CAMPAIGNS: list[tuple[str, ...]] = [(), (), ("百日行动第二轮",), ("消防　专项", "百日行动")]
LINES = [row for sheet in load("monthly")["sheet"] for row in sheet["row"] if "industries" in row]


def a_full_ledger(path: Path, seed: int) -> None:
    """A ledger of hazards, some of them listed and paid for, with a register beside them."""
    a_ledger(path, seed)
    draw = Random(seed)
    who = stamp("赵六", TODAY)
    for number, hazard in _hazards(path, TODAY).items():
        told: dict[str, Any] = {}
        if draw.random() < 0.5:
            told["funds_fen"] = draw.choice([100, 12_345, 60_000_000])
        if hazard.severity == "major" and draw.random() < 0.8:
            told["listing"] = draw.choice([*Level])
            told["listed_on"] = hazard.found_on + timedelta(days=draw.randint(0, 30))
        if told and hazard.state in OPEN:
            writing.act(
                path,
                [number],
                who,
                lambda one, _, told=told: edit(one, who, corrections=told),  # type: ignore[misc]  # mypy infers no default
            )
    _register(draw, path)


def _register(draw: Random, path: Path) -> None:
    """Enterprises that nobody found a hazard in, campaigns of campaigns, inspections."""
    who = stamp("赵六", TODAY)

    def enter(kind: Any, **given: object) -> None:
        registering.add(path, who, kind, given, ceiling=None)

    industries = [*INDUSTRIES, "tailings-pond", "mining", None]
    retired = FOUND + timedelta(days=draw.randint(-300, 30))
    enter(
        ENTERPRISE,
        name="第二十三加油站有限公司",
        aliases=("二十三站",),
        industry=draw.choice(industries),
        district="沿溪镇",
    )
    enter(ENTERPRISE, name="新来的厂", industry=draw.choice(industries), registered_on=FOUND)
    enter(ENTERPRISE, name="关了的厂", industry=draw.choice(industries), retired_on=retired)
    enter(ENTERPRISE, name="明年的厂", industry=draw.choice(industries), registered_on=TODAY)
    enter(ENTERPRISE, name="没人去的厂", industry=draw.choice(industries), district="永安镇")
    enter(CAMPAIGN, name="百日行动")
    enter(CAMPAIGN, name="百日行动第二轮", parent="百日 行动")
    for _ in range(12):
        on = FOUND + timedelta(days=draw.randint(-330, 40))
        enter(
            INSPECTION,
            inspected_on=on,
            **{draw.choice(["enterprise", "enterprise", "site"]): draw.choice(SPELLED)},
            team=f"{draw.randint(1, 10**6)}",
            campaigns=draw.choice(CAMPAIGNS),
        )


def _hazards(path: Path, as_of: date) -> dict[str, Hazard]:
    return {hazard.number: hazard for hazard in replayed(events_of(path), as_of)}


# ── the count ──────────────────────────────────────────────────────────────────────────────────


class Count:
    """What the form of a ledger must say, counted one after another."""

    def __init__(self, desk: Desk, options: dict[str, str], since: date, until: date) -> None:
        self.options, self.since, self.until = options, since, until
        self.enterprises = desk.does("enterprise list -f json").json
        self.inspections = desk.does("inspection list -f json").json
        parents = {one["slug"]: one["parent"] for one in desk.does("industries -f json").json}
        self.slugs = {
            slug
            for slug, parent in parents.items()
            if options.get("industry") in (None, slug, parent)
        }
        self.hazards = [
            hazard
            for hazard in _hazards(desk.ledger, until).values()
            if hazard.state not in ("void", "transferred") and hazard.found_on <= until
        ]

    def row(self, industries: Iterable[str]) -> dict[str, int]:
        """The counts of a row."""
        own = set(industries)
        hazards = [one for one in self.hazards if one.industry in own and self._is_meant(one)]
        new = [one for one in hazards if one.found_on >= self.since]
        majors = [one for one in hazards if one.severity == "major" and one.state in OPEN]
        planned = [one for one in majors if one.state != "registered"]
        listed = [one for one in majors if one.listed_on and one.listed_on <= self.until]
        due = [one for one in self.enterprises if self._is_of(one, own) and self._is_due(one)]
        general = [one for one in new if one.severity == "general"]
        major = [one for one in new if one.severity == "major"]
        return {
            "enterprises_due": len(due),
            "enterprises_checked": sum(map(self._is_checked, due)),
            "general_found": len(general),
            "general_rectified": sum(one.state in DONE for one in general),
            "major_found": len(major),
            "major_closed": sum(one.state == "closed" for one in major),
            "major_planned": len(planned),
            "major_in_place": sum(one.accepted_on is not None for one in planned),
            "major_listed": len(listed),
            "listed_provincial": sum(one.listing == "provincial" for one in listed),
            "listed_municipal": sum(one.listing == "municipal" for one in listed),
            "funds_fen": sum(one.funds_fen or 0 for one in new),
        }

    def _is_meant(self, hazard: Hazard) -> bool:
        asked = self.options
        names = {plain(asked.get("enterprise"))}
        for one in self.enterprises:
            known = {plain(name) for name in [one["name"], *one["aliases"]]}
            names |= known if known & names else set()
        return (
            hazard.industry in self.slugs
            and ("enterprise" not in asked or plain(hazard.enterprise) in names)
            and ("district" not in asked or plain(hazard.district) == plain(asked["district"]))
            and self._is_in_campaign(hazard.campaigns)
        )

    def _is_in_campaign(self, campaigns: Iterable[str]) -> bool:
        asked = self.options.get("campaign")
        wanted = {plain(asked)} | ({"百日行动第二轮"} if asked == "百日行动" else set())
        return asked is None or any(plain(name) in wanted for name in campaigns)

    def _is_of(self, enterprise: Seen, industries: set[str]) -> bool:
        asked, industry = self.options, enterprise["industry"] or "other"
        names = {plain(name) for name in [enterprise["name"], *enterprise["aliases"]]}
        return (
            industry in industries
            and industry in self.slugs
            and ("enterprise" not in asked or plain(asked["enterprise"]) in names)
            and (
                "district" not in asked or plain(enterprise["district"]) == plain(asked["district"])
            )
        )

    def _is_due(self, enterprise: Seen) -> bool:
        registered, retired = enterprise["registered_on"], enterprise["retired_on"]
        is_there = registered is None or registered <= self.until.isoformat()
        is_left = retired is None or retired > self.since.isoformat()
        return (is_there and is_left) or self._is_checked(enterprise)

    def _is_checked(self, enterprise: Seen) -> bool:
        names = {plain(name) for name in [enterprise["name"], *enterprise["aliases"]]}
        first, last = self.since.isoformat(), self.until.isoformat()
        return any(
            plain(one["enterprise"] or one["site"]) in names
            and first <= one["inspected_on"] <= last
            and self._is_in_campaign(one["campaigns"])
            for one in self.inspections
        ) or any(
            plain(one.enterprise) in names
            and self.since <= one.found_on
            and self._is_in_campaign(one.campaigns)
            for one in self.hazards
        )


def asked(draw: Random) -> dict[str, str]:
    """Some of the filters that the form knows."""
    pools = {
        "industry": ["hazchem", "fireworks", "hazchem-use", "other"],
        "enterprise": ["golden dragon", "二十三站", "永兴花炮有限公司", "没有"],
        "district": ["沿溪镇", "永安镇"],
        "campaign": ["百日行动", "消防专项"],
    }
    return {
        name: draw.choice(pools[name])
        for name in draw.sample(sorted(pools), draw.choice([0, 0, 1, 2]))
    }


@pytest.mark.parametrize("seed", range(5))
def test_the_form_is_what_a_count_of_hazards_and_visits_gives(desk: Desk, seed: int) -> None:
    a_full_ledger(desk.ledger, seed)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    draw = Random(seed)
    for _ in range(6):
        as_of = draw.choice([TODAY, FOUND + timedelta(days=draw.randint(-1, 60))])
        until = draw.choice([as_of, as_of - timedelta(days=draw.randint(0, 9))])
        since = draw.choice([None, until - timedelta(days=draw.randint(0, 400))])
        options = asked(draw)
        line = ["report", "monthly", "-f", "json", f"--as-of={as_of}"]
        line += [f"--{name}={value}" for name, value in options.items()]
        line += [f"--until={until}"] if until != as_of else []
        line += [f"--since={since}"] if since else []
        told = desk.does(line).json
        assert [check for check in told["checks"] if not check["ok"]] == [], line
        begins = since or until.replace(month=1, day=1)
        assert (told["since"], told["until"]) == (begins.isoformat(), until.isoformat())
        count = Count(desk, options, begins, until)
        rows = {row["key"]: row for row in told["rows"]}
        assert [*rows] == [row["key"] for row in LINES]
        summed = dict.fromkeys(count.row([]), 0)
        for row in LINES:
            expected = count.row(row["industries"])
            assert {name: rows[row["key"]][name] for name in expected} == expected, (line, row)
            summed = {name: summed[name] + expected[name] for name in expected}
        assert {name: told["total"][name] for name in summed} == summed
        assert_sheets_sum(told)
        explained(desk, line, told, draw)


def assert_sheets_sum(told: Seen) -> None:
    """Each sheet is the sum of its rows, and both are the total."""
    counted = [
        name for name in told["total"] if name not in ("key", "label") and "rate" not in name
    ]
    for sheet in told["sheets"]:
        own = [row for row in told["rows"] if row["sheet"] == sheet["key"]]
        assert [sheet[name] for name in counted] == [
            sum(row[name] for row in own) for name in counted
        ]
    both = [sum(sheet[name] for sheet in told["sheets"]) for name in counted]
    assert both == [told["total"][name] for name in counted]


def explained(desk: Desk, line: list[str], told: Seen, draw: Random) -> None:
    """What stands behind each figure is as many as it says."""
    row = max(told["rows"], key=lambda one: draw.random() + one["general_found"])
    counted = [one for one in told["total"] if one not in ("key", "label", "funds_fen")]
    for name in draw.sample([one for one in counted if "rate" not in one], 4):
        for asked_for, figures in ((name, told["total"]), (f"{name}:{row['key']}", row)):
            found = desk.does([*line, "--explain", asked_for]).json
            assert len(found) == figures[name], (line, asked_for)
            kind = "name" if name.startswith("enterprises") else "found_on"
            assert all(kind in one for one in found)


def test_the_money_behind_a_figure_is_that_of_the_hazards_that_have_any(desk: Desk) -> None:
    a_full_ledger(desk.ledger, 3)
    desk.setenv("HAZARDCTL_TODAY", TODAY.isoformat())
    told = desk.does("report monthly -f json").json["total"]["funds_fen"]
    found = desk.does("report monthly --explain funds_fen -f json").json
    funds = [_hazards(desk.ledger, TODAY)[one["number"]].funds_fen or 0 for one in found]
    assert all(funds)
    assert sum(funds) == told > 0


def test_a_row_is_explained_by_its_name_on_paper_too(desk: Desk) -> None:
    number = desk.add()
    for name in ("fireworks", "烟花爆竹企业", "Fireworks"):
        found = desk.does(["report", "monthly", "--explain", f"general_found:{name}", "-f", "json"])
        assert [one["number"] for one in found.json] == [number]
    refused = desk("report monthly --explain general_found:没有 -f json")
    assert refused.code == 3


def test_an_enterprise_that_was_closed_for_good_in_the_period_was_due_until_then(
    desk: Desk,
) -> None:
    add = "enterprise add --industry 尾矿库"
    assert desk(f"{add} 一号库 --retired-on 2022-03-01", by="甲").code == 0
    assert desk(f"{add} 二号库 --retired-on 2021-12-31", by="甲").code == 0
    assert desk(f"{add} 三号库 --registered-on 2022-10-10", by="甲").code == 0

    def due(options: str) -> int:
        rows = desk.does(f"report monthly -f json {options}").json["rows"]
        (row,) = (row for row in rows if row["key"] == "tailings-ponds")
        assert row["coverage_rate"] == (0.0 if row["enterprises_due"] else None)
        return int(row["enterprises_due"])

    assert due("") == 2
    assert due("--as-of 2022-10-09") == 1
    assert due("--since 2022-03-01 --as-of 2022-10-09") == 0
    assert due("--as-of 2021-12-31") == 2


def test_filters_that_say_nothing_of_an_enterprise_are_refused(desk: Desk) -> None:
    desk.add()
    refused = desk("report monthly --open -f json")
    assert (refused.code, refused.error["code"]) == (2, "unfit-filter")


# ── on paper ───────────────────────────────────────────────────────────────────────────────────


def workbook(desk: Desk, line: str) -> Any:
    """The workbook that a command line writes."""
    target = desk.folder / "form.xlsx"
    desk.does(f"{line} -f xlsx -o {target}")
    return load_workbook(BytesIO(target.read_bytes()))


def test_the_workbook_has_the_two_sheets_of_the_form(desk: Desk) -> None:
    desk.in_state("closed")
    desk.add(options="--district 永安镇")
    book = workbook(desk, "--lang zh report monthly --as-of 2022-10-10")
    assert book.sheetnames == ["工矿企业", "交通运输等重点行业领域"]
    page = book["工矿企业"]
    assert page["A1"].value == "煤矿、金属非金属矿山等工矿企业安全生产事故隐患排查治理情况月报表"
    assert page["A2"].value == "填报单位："
    assert page["I2"].value == "统计时间：2022年1月-10月（截至10月10日）"
    merged = {str(one) for one in page.merged_cells.ranges}
    assert {
        "A1:P1",
        "A3:A5",
        "B3:B5",
        "E3:G3",
        "H3:O3",
        "K4:L4",
        "M4:O4",
        "E4:E5",
        "P3:P5",
    } <= merged
    assert page["E3"].value == "排查治理一般事故隐患"
    assert page["L5"].value == "其中：达到“五到位”要求的\n（项）"
    assert [cell.value for cell in page[6]] == ["栏次", *range(1, 16)]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in page.iter_rows(min_row=7)}
    assert [*rows][-2:] == ["合计", "单位负责人："]
    assert rows["烟花爆竹企业"] == [1, 1, 1, 2, 1, 0.5, 0, 0, "/", 0, 0, 0, 0, 0, 0]
    assert rows["煤矿企业"] == [0, 0, "/", 0, 0, "/", 0, 0, "/", 0, 0, 0, 0, 0, 0]
    assert rows["合计"] == rows["烟花爆竹企业"]
    assert page["D14"].number_format == "0%"
    signed = [cell.value for cell in page[page.max_row] if cell.value]
    assert signed == ["单位负责人：", "填表人：", "联系电话：", "填报日期："]
    other = [row[0].value for row in book.worksheets[1].iter_rows(min_row=7)]
    assert other[-4:] == ["其他企业和单位", "合计", "两表合计", "单位负责人："]


def test_a_row_with_parts_is_their_sum_on_paper_only(desk: Desk) -> None:
    desk.add()
    for industry in ("危化品生产", "危化品经营", "危险化学品"):
        assert desk(f"add 一处 --industry {industry} --enterprise 某厂", by="甲").code == 0
    page = workbook(desk, "--lang zh report monthly")["工矿企业"]
    found = {str(row[0].value).strip(): row[4].value for row in page.iter_rows(min_row=7)}
    parts = ("（1）生产、储存和其他化工企业", "（2）经营企业和单位")
    assert [found[name] for name in ("危险化学品企业", *parts)] == [3, 2, 1]
    assert found["合计"] == 4
    keys = [row["key"] for row in desk.does("report monthly -f json").json["rows"]]
    assert "hazchem" not in keys


def test_the_period_is_said_in_whole_months_where_it_is_whole_months(desk: Desk) -> None:
    desk.add()
    for options, said in (
        ("--as-of 2022-09-30", "2022年1月-9月"),
        ("--as-of 2022-09-29", "2022年1月-9月（截至9月29日）"),
        ("--since 2022-05-01 --as-of 2022-09-30", "2022-05-01 至 2022-09-30"),
    ):
        assert f"统计时间：{said}\n" in desk.does(f"--lang zh report monthly {options}").out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_can_be_read_on_a_narrow_terminal(desk: Desk, language: str) -> None:
    desk.add()
    desk.setenv("COLUMNS", "80")
    told = desk.does(f"--lang {language} report monthly -f table").out
    assert ("烟花爆竹企业" if language == "zh" else "Fireworks") in told
    assert ("两表合计" if language == "zh" else "Both sheets") in told
    assert "填报单位" not in told


@pytest.mark.parametrize("name", ["花炮", "烟花爆竹", "Fireworks", "fireworks-retail"])
def test_a_row_is_explained_by_any_word_for_its_industry(desk: Desk, name: str) -> None:
    desk.does("add 一处 --enterprise 某厂 --industry 花炮 --severity 重大 --basis 一", by="甲")
    (hazard,) = desk.does(f"report monthly --explain major_found:{name} -f json").json
    assert hazard["industry"] == "fireworks"


def test_a_filter_that_means_nothing_is_named_as_it_is_typed(desk: Desk) -> None:
    desk.add()
    told = desk("report monthly --due-before 2022-10-01")
    assert told.code == 2
    assert "--due-before" in told.err
    assert "due_before" not in told.err


def test_a_site_that_is_an_enterprise_counts_as_checked_there(desk: Desk) -> None:
    desk.does("enterprise add 甲厂 --alias 甲一厂 --industry 花炮", by="甲")
    desk.does("inspection add --site 甲一厂 --inspected-on 2022-10-01", by="甲")
    told = desk.does("report monthly -f json").json["total"]
    assert (told["enterprises_due"], told["enterprises_checked"]) == (1, 1)
    covered = desk.does("report coverage -f json").json["total"]
    assert (covered["registered"], covered["inspected"]) == (1, 1)
    (seen,) = desk.does("report monthly --explain enterprises_checked -f json").json
    assert seen["name"] == "甲厂"
