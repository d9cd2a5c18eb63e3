"""What is promised of the register of the sample ledger, and the proof of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from city import FIRST, LAST, Hazard, Row, days_after
from register import REGISTER
from visits import SPECIAL

PROMISED = {
    "enterprises": 10356,
    "closed off": 27,
    "campaigns": 16,
    "inspections": 37924,
    "fireworks visits": 11325,
    "enterprises visited": 10064,
    "teams": 214,
    "targets": 769,
    "hazards found": 31486,
    "penalties": 616,
    "fireworks fines": 10_340_000,
    "decided late": 1,
    "penalised thrice": 1,
    "referrals": 33,
    "fireworks sent": 26,
    "fireworks not sent": 2,
}
# The days of a penalty and of a referral as they follow each other.
DECIDED = ("立案日期", "告知日期", "决定日期", "缴款日期")
SENT = ("报告日期", "批准日期", "移送日期", "受理日期", "立案日期", "不立案日期")


def keep(books: Mapping[str, Sequence[Row]], every: Sequence[Hazard]) -> None:
    """Stop at the first promise that is not kept."""
    for sheet, rows in zip(REGISTER["sheets"].values(), books.values(), strict=True):
        assert all(row.keys() <= sheet["headings"].keys() for row in rows), sheet["name"]
    names, campaigns, visits, cases, sent = books.values()
    found = totals(names, campaigns, visits, cases, sent)
    broken = {key: found[key] for key, count in PROMISED.items() if found[key] != count}
    assert not broken, broken
    keep_names(names, [*visits, *cases, *sent])
    keep_campaigns(campaigns, [*visits, *cases, *sent], every)
    keep_visits(visits, every)
    keep_days(cases, sent)


def totals(
    names: Sequence[Row],
    campaigns: Sequence[Row],
    visits: Sequence[Row],
    cases: Sequence[Row],
    sent: Sequence[Row],
) -> Counter[str]:
    """How many there are of what is promised."""
    special = [row for row in visits if row["专项行动"] == SPECIAL]
    proposed = list(of_fireworks(sent))
    found = Counter(
        {
            "enterprises": len(names),
            "closed off": sum("注销日期" in row for row in names),
            "campaigns": len(campaigns),
            "inspections": len(visits),
            "fireworks visits": amount(of_fireworks(visits), "检查家次"),
            "enterprises visited": len({row["受检单位"] for row in visits} - {""}),
            "teams": len({row["检查组"] for row in special}),
            "targets": len({row["受检单位"] or row["检查场所"] for row in special}),
            "hazards found": amount(visits, "发现隐患数"),
            "penalties": len(cases),
            "fireworks fines": amount(of_fireworks(cases), "罚款金额(元)"),
            "referrals": len(sent),
            "fireworks sent": sum("移送日期" in row for row in proposed),
            "fireworks not sent": sum("移送日期" not in row for row in proposed),
        }
    )
    found["decided late"] = sum(span(row, "立案日期", "决定日期") > 90 for row in cases)
    decided: dict[object, list[date]] = defaultdict(list)
    for row in cases:
        decided[row["单位名称"]].append(day(row, "决定日期"))
    found["penalised thrice"] = sum(len(days) > 2 for days in decided.values())
    longest = max(decided.values(), key=len)
    assert len(longest) == 3, longest
    assert (max(longest) - min(longest)).days < 180, longest
    return found


def of_fireworks(rows: Sequence[Row]) -> Iterator[Row]:
    """Those of the family of fireworks."""
    return (row for row in rows if row["行业"] in REGISTER["fireworks"])


def amount(rows: Iterator[Row] | Sequence[Row], heading: str) -> int:
    """The sum under a heading."""
    return sum(int(str(row.get(heading, 0))) for row in rows)


def day(row: Row, heading: str) -> date:
    """The day under a heading that must have one."""
    found = row[heading]
    assert isinstance(found, date), row
    return found


def span(row: Row, since: str, until: str) -> int:
    """How many days lie between two headings; none if one of them is empty."""
    return (day(row, until) - day(row, since)).days if {since, until} <= row.keys() else 0


def keep_names(names: Sequence[Row], others: Sequence[Row]) -> None:
    """Stop if a name stands twice, or something is said of one that is not on the register."""
    known = {str(row["企业名称"]): row for row in names}
    aliases = [row["别名"] for row in names if row["别名"]]
    codes = [row["统一社会信用代码"] for row in names if row["统一社会信用代码"]]
    assert len(known) == len(names), "two enterprises bear one name"
    assert len({*known, *aliases}) == len(names) + len(aliases), "an alias is another's name"
    assert len(set(codes)) == len(codes), "two enterprises have one code"
    for row in others:
        if name := row.get("单位名称", row.get("受检单位")):
            assert row["行业"] == known[str(name)]["行业"], row
            gone, seen = known[str(name)].get("注销日期"), row.get("检查日期", FIRST)
            assert gone is None or str(seen) <= str(gone), row


def keep_campaigns(
    campaigns: Sequence[Row], others: Sequence[Row], every: Sequence[Hazard]
) -> None:
    """Stop if a campaign is not known, or a hazard or a visit lies outside its days."""
    known = {str(row["专项行动名称"]): row for row in campaigns}
    assert {row.get("上级行动", name) for name, row in known.items()} <= known.keys()
    told = [(h.found, str(h.row["专项行动"]).split("、")) for h in every]
    told += [(day(row, "检查日期"), [str(row["专项行动"])]) for row in others if "检查日期" in row]
    for seen, joined in told:
        for name in filter(None, joined):
            row = known[name]
            assert day(row, "开始日期") <= seen <= day(row, "结束日期"), (name, seen)
    assert {row["专项行动"] for row in others} <= {"", *known}


def keep_visits(visits: Sequence[Row], every: Sequence[Hazard]) -> None:
    """Stop if the sums are not those of the ledger, or two rows say the same."""
    said = {(row["检查日期"], row["受检单位"], row["检查场所"]) for row in visits}
    assert len(said) == len(visits), "two rows say the same"
    found = Counter[object]()
    for row in visits:
        found[row["行业"], row["属地"]] += amount([row], "发现隐患数")
        assert bool(row["受检单位"]) != bool(row["检查场所"]), row
        assert FIRST <= day(row, "检查日期") <= LAST, row
    ledger = Counter[object]((h.part["industry"], h.unit.district) for h in every)
    assert +found == ledger, "not the sums of the ledger"


def keep_days(cases: Sequence[Row], sent: Sequence[Row]) -> None:
    """Stop if days are out of order, after the last day, or later than the law has them."""
    for order, rows in ((DECIDED, cases), (SENT, sent)):
        for row in rows:
            days = [day(row, heading) for heading in order if heading in row]
            assert all(one <= two for one, two in pairwise([FIRST, *days, LAST])), row
    for row in cases:
        fine, at_once = amount([row], "罚款金额(元)"), row["当场处罚"] == "是"
        assert fine <= 3000 or not at_once, row
        assert at_once or day(row, "告知日期") < days_after(day(row, "决定日期"), -5), row
    for row in sent:
        assert span(row, "报告日期", "批准日期") <= 3, row
        assert span(row, "批准日期", "移送日期") <= 1, row
    for column in ("案号", "决定书文号"):
        numbers = [row[column] for row in cases if row[column]]
        assert len(set(numbers)) == len(numbers), column
    assert {row["决定书文号"] for row in sent} <= {"", *(row["决定书文号"] for row in cases)}
