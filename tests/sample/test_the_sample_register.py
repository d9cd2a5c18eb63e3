"""The register beside the sample ledger agrees with it, and holds the numbers it promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from python_calamine import CalamineWorkbook

from hazardctl.data import industries
from hazardctl.data.script import simplified
from hazardctl.domain.industry import Taxonomy

FOLDER = Path(__file__).parents[2] / "sample_data"
LAST = date(2022, 11, 18)
SPECIAL = "国庆和二十大特护期督导检查"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# The least and the most that may be fined, in yuan, by the article that is named.
ALLOWED = {
    "《烟花爆竹安全管理条例》第三十六条": (20_000, 100_000),
    "《烟花爆竹安全管理条例》第三十七条": (10_000, 50_000),
    "《烟花爆竹安全管理条例》第三十八条第一款": (20_000, 100_000),
    "《烟花爆竹安全管理条例》第三十八条第二款": (1_000, 5_000),
    "《中华人民共和国安全生产法》第九十四条": (20_000, 50_000),
    "《中华人民共和国安全生产法》第九十七条": (0, 100_000),
    "《中华人民共和国安全生产法》第九十九条": (0, 50_000),
    "《中华人民共和国安全生产法》第一百零一条": (0, 200_000),
    "《中华人民共和国安全生产法》第一百零二条": (0, 50_000),
    "《中华人民共和国行政处罚法》第五十一条": (0, 0),
}

Row = dict[str, object]


@cache
def rows(name: str) -> list[Row]:
    book = CalamineWorkbook.from_path(str(FOLDER / name))
    headings, *rest = book.get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, headings), row, strict=True)) for row in rest]


def ledger() -> list[Row]:
    return rows("hazards-2022.xlsx")


def enterprises() -> list[Row]:
    return rows("register/1-enterprises.xlsx")


def campaigns() -> list[Row]:
    return rows("register/2-campaigns.xlsx")


def inspections() -> list[Row]:
    return rows("register/3-inspections.xlsx")


def penalties() -> list[Row]:
    return rows("register/4-penalties.xlsx")


def referrals() -> list[Row]:
    return rows("register/5-referrals.xlsx")


def number(cell: object) -> int:
    assert isinstance(cell, float | int)
    assert cell == int(cell)
    return int(cell)


@cache
def slug(industry: str) -> str | None:
    found = taxonomy().find(industry)
    return found.slug if found else None


@cache
def taxonomy() -> Taxonomy:
    return Taxonomy(industries(), simplified)


def fireworks(rows: Iterable[Row]) -> list[Row]:
    family = taxonomy().family("fireworks")
    return [row for row in rows if slug(str(row["行业"])) in family]


def in_order(row: Row, *headings: str) -> list[date]:
    days = [day for heading in headings if isinstance(day := row[heading], date)]
    assert all(one <= two for one, two in pairwise([date(2022, 5, 1), *days, LAST])), row
    return days


def days_between(row: Row, first: str, second: str) -> int | None:
    one, two = row[first], row[second]
    return (two - one).days if isinstance(one, date) and isinstance(two, date) else None


def test_every_enterprise_of_the_hazards_stands_on_the_register_as_they_have_it() -> None:
    known = {row["企业名称"]: row for row in enterprises()}
    assert len(known) == len(enterprises()) == 10356
    of_hazards = {row["单位名称"]: row for row in ledger()}
    assert len(of_hazards) == 3804
    for name, hazard in of_hazards.items():
        row = known[name]
        assert (row["行业"], row["属地"]) == (hazard["行业领域"], hazard["属地"])
        assert row["统一社会信用代码"] == hazard["统一社会信用代码"]
        assert isinstance(row["登记日期"] or date(2022, 4, 30), date)
        assert str(row["登记日期"]) < "2022-05-01"


def test_every_credit_code_has_its_check_character_and_nobody_shares_one() -> None:
    codes = [str(row["统一社会信用代码"]) for row in enterprises() if row["统一社会信用代码"]]
    assert len(set(codes)) == len(codes) > 700
    for code in codes:
        assert len(code) == 18
        total = sum(LETTERS.index(c) * pow(3, at, 31) for at, c in enumerate(code[:17]))
        assert LETTERS[-total % 31] == code[17]


def test_the_tailings_ponds_were_closed_off_on_the_day_of_their_last_hazard() -> None:
    gone = {row["企业名称"]: row["注销日期"] for row in enterprises() if row["注销日期"]}
    ponds = {row["单位名称"]: row["销号时间"] for row in ledger() if row["行业领域"] == "尾矿库"}
    assert len(ponds) == 7
    assert ponds.items() <= gone.items()
    assert len(gone) == 27
    assert not {row["受检单位"] for row in inspections()} & (gone.keys() - ponds.keys())


def test_every_industry_of_the_register_is_one_of_the_taxonomy() -> None:
    told = [*enterprises(), *inspections(), *penalties(), *referrals()]
    found = {str(row["行业"]) for row in told}
    found |= {text for row in campaigns() for text in str(row["行业"]).split("、") if text}
    assert {text for text in found if not slug(text)} == set()


def test_every_campaign_is_known_and_has_no_hazard_or_inspection_outside_its_days() -> None:
    known = {str(row["专项行动名称"]): row for row in campaigns()}
    told = [(row["排查时间"], str(row["专项行动"])) for row in ledger()]
    told += [(row["检查日期"], str(row["专项行动"])) for row in inspections()]
    for day, joined in told:
        for name in filter(None, joined.split("、")):
            row = known[name]
            assert str(row["开始日期"]) <= str(day) <= str(row["结束日期"]), (name, day)
    assert {row["专项行动"] for row in (*penalties(), *referrals())} <= {"", *known}


def test_the_two_rounds_belong_to_one_campaign() -> None:
    rounds = [row for row in campaigns() if row["上级行动"]]
    assert {row["上级行动"] for row in rounds} == {"两轮危险化学品重大危险源督查检查"}
    assert [row["轮次"] for row in rounds] == [1, 2]


def test_an_inspection_is_of_an_enterprise_of_the_register_or_of_a_place() -> None:
    known = {row["企业名称"]: row for row in enterprises()}
    assert len(inspections()) == 37924
    for row in inspections():
        assert bool(row["受检单位"]) != bool(row["检查场所"]), row
        assert f"{row['受检单位']}{row['检查场所']}".endswith("（虚构）")
        if name := row["受检单位"]:
            assert (row["行业"], row["属地"]) == (known[name]["行业"], known[name]["属地"])


def test_no_two_inspections_say_the_same() -> None:
    said = {(row["检查日期"], row["受检单位"], row["检查场所"]) for row in inspections()}
    assert len(said) == len(inspections())


def test_what_inspections_found_are_the_hazards_of_the_ledger_day_by_day() -> None:
    found = Counter[object]()
    for row in inspections():
        found[row["检查日期"], row["受检单位"], row["行业"]] += number(row["发现隐患数"])
    hazards = Counter[object](
        (row["排查时间"], row["单位名称"], row["行业领域"]) for row in ledger()
    )
    assert +found == hazards
    assert hazards.total() == 31486


def test_the_published_totals_of_inspections_are_there() -> None:
    assert sum(number(row["检查家次"]) for row in fireworks(inspections())) == 11325
    assert len({row["受检单位"] for row in inspections()} - {""}) == 10064 > 10000
    special = [row for row in inspections() if row["专项行动"] == SPECIAL]
    assert min(str(row["检查日期"]) for row in special) >= "2022-10-01"
    assert len({row["检查组"] for row in special}) == 214
    assert len({row["受检单位"] or row["检查场所"] for row in special}) == 769 == len(special)
    assert sum(bool(row["检查场所"]) for row in special) == 64


def test_the_published_fines_are_there_and_each_is_within_its_article() -> None:
    fined = [row for row in penalties() if row["罚款金额(元)"] != ""]
    assert len(penalties()) == 616
    assert sum(number(row["罚款金额(元)"]) for row in fireworks(fined)) == 10_340_000
    for row in penalties():
        fine = number(row["罚款金额(元)"] or 0)
        (limits,) = [
            span for text, span in ALLOWED.items() if str(row["处罚依据"]).startswith(text)
        ]
        assert limits[0] <= fine <= limits[1], row
        assert fine <= 3000 or row["当场处罚"] == "否", row
        assert ("罚款" in str(row["处罚种类"])) == bool(fine), row


def test_a_penalty_names_a_hazard_of_the_same_enterprise() -> None:
    hazards = {row["隐患编号"]: row for row in ledger()}
    numbered = [row for row in penalties() if row["隐患编号"]]
    assert 200 < len(numbered) < len(penalties()) - 200
    for row in numbered:
        hazard = hazards[row["隐患编号"]]
        assert (row["单位名称"], row["行业"]) == (hazard["单位名称"], hazard["行业领域"])
        assert str(hazard["排查时间"]) <= str(row["立案日期"] or row["决定日期"])


def test_the_days_of_penalties_follow_the_law_but_for_one_decision() -> None:
    late = []
    for row in penalties():
        in_order(row, "立案日期", "告知日期", "决定日期", "缴款日期")
        taken = days_between(row, "立案日期", "决定日期")
        assert (taken is None) == (row["当场处罚"] == "是"), row
        late += [row] if taken and taken > 90 else []
        assert row["当场处罚"] == "是" or (days_between(row, "告知日期", "决定日期") or 0) > 5
    assert len(late) == 1


def test_one_enterprise_with_a_major_hazard_was_penalised_three_times_in_180_days() -> None:
    decided: dict[object, list[date]] = defaultdict(list)
    for row in penalties():
        decided[row["单位名称"]] += in_order(row, "决定日期")
    ((name, days),) = [(name, days) for name, days in decided.items() if len(days) > 2]
    assert len(days) == 3
    assert max(days) - min(days) < timedelta(days=180)
    assert any(row["单位名称"] == name and row["隐患级别"] == "重大" for row in ledger())


def test_the_published_referrals_were_sent_and_two_more_were_not() -> None:
    assert len(referrals()) == 33
    sent = [row for row in fireworks(referrals()) if row["移送日期"]]
    assert len(sent) == 26
    waiting, refused = sorted(
        (row for row in fireworks(referrals()) if not row["移送日期"]),
        key=lambda row: bool(row["不批准日期"]),
    )
    assert waiting["批准日期"] == "" != refused["不批准日期"]
    assert isinstance(waiting["报告日期"], date)
    assert (LAST - waiting["报告日期"]).days > 3


def test_the_days_of_referrals_follow_the_law_and_their_decisions_are_known() -> None:
    known = {row["企业名称"] for row in enterprises()}
    decisions = {row["决定书文号"]: row for row in penalties()}
    assert len(decisions) == len(penalties())
    for row in referrals():
        in_order(row, "报告日期", "批准日期", "移送日期", "受理日期", "立案日期")
        in_order(row, "报告日期", "不批准日期")
        in_order(row, "受理日期", "不立案日期")
        assert (days_between(row, "报告日期", "批准日期") or 0) <= 3
        assert (days_between(row, "批准日期", "移送日期") or 0) <= 1
        assert not (row["立案日期"] and row["不立案日期"])
        assert row["单位名称"] in known
        if row["决定书文号"]:
            penalty = decisions[row["决定书文号"]]
            assert penalty["单位名称"] == row["单位名称"]
            assert str(penalty["决定日期"]) <= str(row["报告日期"])


def test_the_readme_tells_the_numbers_of_the_register() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in sorted((FOLDER / "register").iterdir()):
        count = len(rows(f"register/{path.name}"))
        assert f"| `{path.name}` | {count:,} |" in text
    zero = {row["企业名称"] for row in enterprises()} - {row["受检单位"] for row in inspections()}
    assert f"{len(zero):,} were never visited" in text
    assert f"{sum(bool(row['注销日期']) for row in enterprises())} are struck off" in text
    nothing = sum(number(row["发现隐患数"]) == 0 for row in inspections())
    assert f"{nothing:,} of them found nothing" in text
    assert f"{sum(row['签字情况'] == '拒绝签字' for row in inspections())} were not signed" in text
    wan = sum(number(row["罚款金额(元)"] or 0) for row in penalties())
    assert f"{wan:,} yuan in all" in text
    assert f"{sum(row['当场处罚'] == '是' for row in penalties())} on the spot" in text
    unpaid = [row for row in penalties() if row["罚款金额(元)"] != "" and not row["缴款日期"]]
    assert f"{len(unpaid)} fines are unpaid" in text
    assert all((LAST - day).days > 15 for row in unpaid for day in in_order(row, "决定日期"))
