"""The keys of the register's JSON: a key is only ever added, and only with a word here."""

from __future__ import annotations

import pytest

from hazardctl.domain.register import (
    Charge,
    InspectionKind,
    Jurisdiction,
    PenaltyKind,
    ReferralState,
    Signature,
)
from hazardctl.domain.words import Level
from tests.cli.at_a_desk import Desk
from tests.contract.test_json_keys import EVENT, keys

RECORDS = {
    "enterprise": keys(
        "number, name, aliases, credit_code, industry, district, address, principal, phone, "
        "jurisdiction, registered_on, retired_on, remark"
    ),
    "campaign": keys(
        "number, name, doc_no, level, industries, starts_on, ends_on, parent, round, remark"
    ),
    "inspection": keys(
        "number, inspected_on, enterprise, site, kind, team, members, campaigns, industry, "
        "district, visits, hazards_found, signature, remark"
    ),
    "penalty": keys(
        "number, enterprise, person, hazard, case_no, filed_on, notice_on, decision_no, "
        "decided_on, kinds, amount_fen, legal_basis, paid_on, on_spot, industry, district, "
        "campaigns, authority, remark"
    ),
    "referral": keys(
        "number, reported_on, enterprise, hazard, penalty, charge, people, state, approved_on, "
        "rejected_on, sent_on, police, received_on, filed_on, not_filed_on, reconsideration_on, "
        "supervised_on, returned_on, decided_on, outcome, industry, district, campaigns, remark"
    ),
}
ABOUT = keys("hazards, open, visits, penalties, fines_fen, referrals")
ADD = {
    "enterprise": "enterprise add 某厂",
    "campaign": "campaign add 百日行动",
    "inspection": "inspection add --enterprise 某厂 --inspected-on 2022-10-02",
    "penalty": "penalty add --enterprise 某厂 --kind fine --amount 5000 --decided-on 2022-10-02",
    "referral": "referral add --enterprise 某厂 --reported-on 2022-10-02",
}
CODES = {
    Jurisdiction: "direct territorial",
    Level: "national provincial municipal county township",
    InspectionKind: "supervision enforcement routine special joint cross covert dissection expert "
    "service self lookback third-party",
    Signature: "signed refused-to-sign",
    PenaltyKind: "warning criticism fine confiscation suspension licence restriction closure "
    "detention",
    Charge: "134 134-2 134-1 135 136 139 139-1 other",
    ReferralState: "proposed approved rejected sent received filed not-filed reconsideration "
    "supervised returned decided",
}


@pytest.mark.parametrize("noun", RECORDS)
def test_a_record_has_these_keys_wherever_it_is_told(desk: Desk, noun: str) -> None:
    told = desk.does(f"{ADD[noun]} -f json", by="甲").json
    assert list(told) == RECORDS[noun]
    assert list(desk.does(f"{noun} edit 1 --remark x -f json", by="甲").json) == RECORDS[noun]
    assert [list(one) for one in desk.does(f"{noun} list -f json").json] == [RECORDS[noun]]
    shown = desk.does(f"{noun} show 1 -f json").json
    more = ABOUT if noun in ("enterprise", "campaign") else []
    assert list(shown) == [*RECORDS[noun], *more, "events"]
    for event in shown["events"]:
        assert list(event) == EVENT


@pytest.mark.parametrize("noun", RECORDS)
def test_what_is_empty_is_null_and_a_list_is_a_list(desk: Desk, noun: str) -> None:
    told = desk.does(f"{ADD[noun]} -f json", by="甲").json
    for name in ("aliases", "industries", "campaigns"):
        assert told.get(name, []) == []
    for name in ("industry", "district", "remark", "parent", "person"):
        assert told.get(name) is None
    assert "" not in told.values()


def test_the_codes_are_words_that_others_rely_on() -> None:
    for kind, said in CODES.items():
        assert [str(one) for one in kind] == said.split(), kind.__name__


def test_numbers_look_like_these(desk: Desk) -> None:
    told = [desk.does(f"{line} -f json", by="甲").json["number"] for line in ADD.values()]
    assert told == ["YH-QY-00001", "YH-ZX-00001", "YH-JC-00001", "YH-CF-00001", "YH-YS-00001"]
