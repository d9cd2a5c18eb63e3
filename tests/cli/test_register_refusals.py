"""What the register does not take in: each a whole command line, its rule, and the way out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.at_a_desk import Desk

FINE = "penalty add --enterprise 某厂 --kind fine --decided-on 2022-10-05"
LAW = "--legal-basis 安全生产法第99条"
REFERRED = "referral add --enterprise 某厂 --reported-on 2022-10-03"
# The line, its exit status and code, what of its facts, and what the sentence says in English and
# in Chinese.
REFUSED = [
    pytest.param(
        "campaign add 百日行动 --starts-on 2022-10-01 --ends-on 2022-09-30",
        (4, "days-in-disorder"),
        {"what": "ends_on", "on": "2022-09-30", "after": "starts_on", "after_on": "2022-10-01"},
        "Ends on 2022-09-30 is before Starts on 2022-10-01. Check both days.",
        "结束日期 2022-09-30 早于开始日期 2022-10-01。请核对这两个日期。",
        id="a campaign that ends before it starts",
    ),
    pytest.param(
        f"{FINE} --amount 5000 --hazard 9",
        (3, "unknown-number"),
        {"number": "9"},
        "There is no hazard 9 in this ledger. `hazardctl list` shows those there are.",
        "台账中没有隐患 9。",
        id="a penalty on an unknown hazard",
    ),
    pytest.param(
        f"{FINE} --amount=-5000",
        (2, "unread-amount"),
        {"text": "-5000", "reason": "below-nothing"},
        "“-5000” is no amount: it is below nothing. Write 5000元 or 5万元.",
        "“-5000”不是金额：",
        id="a negative amount",
    ),
    pytest.param(
        f"{FINE} --amount 5千",
        (2, "unread-amount"),
        {"text": "5千", "reason": "not-an-amount"},
        "“5千” is no amount:",
        "请写成 5000元 或 5万元。",
        id="an amount that cannot be read",
    ),
    pytest.param(
        f"{FINE} {LAW} --amount 5000万元",
        (4, "amount-questioned"),
        {"amount": "50000000", "most": "200000", "source": "安全生产法 第99条"},
        "50000000 yuan is more than 200000, the most by 安全生产法 第99条. "
        "Were 元 and 万元 confused? If it is right, say so with --confirmed.",
        "元和万元是否混淆？如确无误，请加 --confirmed。",
        id="yuan taken for ten thousand yuan",
    ),
    pytest.param(
        f"{FINE} --amount 201万元",
        (4, "amount-questioned"),
        {"amount": "2010000", "most": "200000", "source": "安全生产法 第97条"},
        "the most by 安全生产法 第97条",
        "上限 200000 元",
        id="more than any law lets fine",
    ),
    pytest.param(
        f"{FINE} --on-spot --amount 3001",
        (4, "too-much-on-the-spot"),
        {"amount": "3001", "most": "3000"},
        "3001 yuan on the spot; at most 3000 may be fined there (行政处罚法 art. 51).",
        "请走普通程序，或更正金额。",
        id="too much on the spot",
    ),
    pytest.param(
        "penalty add --enterprise 某厂 --kind 警告 --amount 100 --decided-on 2022-10-05",
        (4, "no-fine"),
        {"amount": "100", "kinds": ["warning"]},
        "100 yuan on a penalty that is neither fine nor confiscation (warning).",
        "不含罚款或没收，却有金额 100 元。请加 --kind 罚款，或去掉金额。",
        id="an amount without a fine",
    ),
    pytest.param(
        f"{FINE} --filed-on 2022-10-06",
        (4, "days-in-disorder"),
        {"what": "decided_on", "after": "filed_on"},
        "Decided on 2022-10-05 is before Filed on 2022-10-06.",
        "决定日期 2022-10-05 早于立案日期 2022-10-06。",
        id="a decision before its case",
    ),
    pytest.param(
        f"{FINE} --paid-on 2022-10-11",
        (4, "future-day"),
        {"what": "paid_on", "on": "2022-10-11", "today": "2022-10-10"},
        "2022-10-11",
        "2022-10-11",
        id="a day to come",
    ),
    pytest.param(
        "enterprise add 另厂 --credit-code 91440300708461136X",
        (2, "wrong-credit-code"),
        {"reason": "wrong-check-digit", "expected": "T"},
        "91440300708461136X is no credit code: its check digit is wrong. "
        "The last digit would be T. Check it against the licence.",
        "末位应为 T。请对照营业执照核对。",
        id="a credit code with a wrong checksum",
    ),
    pytest.param(
        "enterprise add 另厂 --credit-code 9144030070846113",
        (2, "wrong-credit-code"),
        {"reason": "not-a-credit-code", "expected": None},
        "9144030070846113 is no credit code:",
        "请对照营业执照核对。",
        id="a credit code that is too short",
    ),
    pytest.param(
        "enterprise add 某厂",
        (4, "already-registered"),
        {"number": "YH-QY-00001", "name": "某厂"},
        "某厂 is on the register already: YH-QY-00001. Use that, or edit it.",
        "某厂已登记，编号 YH-QY-00001。",
        id="an enterprise of that name",
    ),
    pytest.param(
        "referral step 1 --to sent",
        (4, "step-in-disorder"),
        {
            "number": "YH-YS-00001",
            "state": "proposed",
            "other": "sent",
            "possible": ["approved", "rejected"],
        },
        "YH-YS-00001 is proposed: sent does not follow from there. From here: approved, rejected.",
        "YH-YS-00001 现为待批准，不能到“已移送”。可办理：approved、rejected。",
        id="a referral step out of order",
    ),
    pytest.param(
        "referral step 1 --to approved --on 2022-10-02",
        (4, "days-in-disorder"),
        {"what": "approved", "on": "2022-10-02", "after": "proposed", "after_on": "2022-10-03"},
        "YH-YS-00001: approved 2022-10-02 is before proposed 2022-10-03.",
        "请核对这两个日期。",
        id="a referral step before the last",
    ),
    pytest.param(
        "referral step 1 --to 审结",
        (2, "not-one-of"),
        {"option": "--to", "given": "审结"},
        "--to cannot be “审结”. Choose one of: proposed, approved,",
        "审结",
        id="a step that is none",
    ),
    pytest.param(
        "referral step 1",
        (2, "missing-options"),
        {"options": ["--to"]},
        "Still needed: --to.",
        "--to",
        id="no step named",
    ),
    pytest.param(
        f"{REFERRED} --penalty 9",
        (3, "unknown-record"),
        {"what": "penalty", "number": "9"},
        "There is no penalty 9. `hazardctl penalty list` shows those there are.",
        "没有处罚 9。",
        id="a referral of an unknown penalty",
    ),
    pytest.param(
        REFERRED,
        (4, "says-the-same"),
        {"number": "YH-YS-00001"},
        "YH-YS-00001 is the same by --reported-on, --enterprise",
        "与 YH-YS-00001 相同",
        id="the same referral again",
    ),
    pytest.param(
        "inspection add --enterprise 某厂 --inspected-on 2022-10-05 --visits 0",
        (2, "not-a-number-of"),
        {"option": "--visits", "given": "0", "least": 1},
        "--visits cannot be “0”.",
        "--visits",
        id="no visit at all",
    ),
    pytest.param(
        "inspection add --inspected-on 2022-10-05",
        (2, "missing-options"),
        {"options": ["--enterprise"]},
        "Still needed: --enterprise.",
        "--enterprise",
        id="an inspection of nothing",
    ),
    pytest.param(
        "inspection add --enterprise 某厂 --inspected-on 2022-10-05 --kind 抽查",
        (2, "not-one-of"),
        {"option": "--kind", "given": "抽查"},
        "--kind cannot be “抽查”.",
        "抽查",
        id="a kind of inspection that is none",
    ),
    pytest.param(
        "campaign add 百日行动 --round 零",
        (2, "not-a-number-of"),
        {"option": "--round"},
        "--round cannot be “零”.",
        "--round",
        id="a round that is no number",
    ),
    pytest.param(
        "enterprise add 另厂 --industry 养殖场",
        (2, "unknown-industry"),
        {},
        "养殖场",
        "养殖场",
        id="an industry that nobody knows",
    ),
]


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """A ledger with one enterprise and one referral that is proposed."""
    desk.does("enterprise add 某厂", by="甲")
    desk.does(REFERRED, by="甲")
    return desk


@pytest.mark.parametrize(("line", "status", "facts", "english", "chinese"), REFUSED)
def test_it_is_refused_with_the_rule_and_the_way_out(
    ledger: Desk,
    line: str,
    status: tuple[int, str],
    facts: dict[str, Any],
    english: str,
    chinese: str,
) -> None:
    before = ledger.kept()
    told = ledger(f"{line} -f json", by="甲")
    assert (told.code, told.out, told.error["code"]) == (status[0], "", status[1])
    assert facts.items() <= told.error["facts"].items()
    plain = ledger(line, by="甲")
    assert (plain.code, plain.out) == (status[0], "")
    assert english in plain.err
    assert chinese in ledger(f"{line} --lang zh", by="甲").err
    assert ledger.kept() == before


def test_a_fine_that_is_questioned_is_taken_when_it_is_confirmed(ledger: Desk) -> None:
    line = f"{FINE} {LAW} --amount 21万元"
    assert ledger(line, by="甲").code == 4
    told = ledger.does(f"{line} --confirmed -f json", by="甲").json
    assert told["amount_fen"] == 21_000_000
    ledger.does("penalty edit 1 --remark 见案卷", by="甲")
    again = ledger("penalty edit 1 --amount 22万元 -f json", by="甲")
    assert (again.code, again.error["code"]) == (4, "amount-questioned")
    told = ledger.does("penalty edit 1 --amount 22万元 --confirmed -f json", by="甲").json
    assert told["amount_fen"] == 22_000_000


@pytest.mark.parametrize(
    ("amount", "fen"), [("5000", 500_000), ("5000元", 500_000), ("5万元", 5_000_000)]
)
def test_an_amount_without_a_unit_is_in_yuan(ledger: Desk, amount: str, fen: int) -> None:
    told = ledger.does(f"{FINE} --amount {amount} -f json", by="甲").json
    assert told["amount_fen"] == fen


def test_an_amount_that_is_a_hundred_times_too_large_is_questioned_and_the_right_one_taken(
    ledger: Desk,
) -> None:
    for typed, is_taken in (
        ("20", True),
        ("200000", True),
        ("20万元", True),
        ("200000万元", False),
    ):
        line = f"{FINE} {LAW} --decision-no {typed} --amount {typed}"
        assert (ledger(line, by="甲").code == 0) is is_taken, typed


def test_a_campaign_may_end_on_a_day_to_come(ledger: Desk) -> None:
    told = ledger.does(
        "campaign add 百日行动 --starts-on 2022-11-01 --ends-on 2023-01-31 -f json", by="甲"
    )
    assert (told.json["starts_on"], told.json["ends_on"]) == ("2022-11-01", "2023-01-31")


def test_a_state_is_never_edited(ledger: Desk) -> None:
    for option in ("--state sent", "--number YH-YS-00009"):
        told = ledger(f"referral edit 1 {option}", by="甲")
        assert told.code == 2
    assert ledger.does("referral show 1 -f json").json["state"] == "proposed"
