"""Makes records of the register by drawing what may be entered, through the ledger's verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from hazardctl.domain.credit_code import check_digit
from hazardctl.domain.entering import correct
from hazardctl.domain.hazard import Stamp
from hazardctl.domain.referring import STEPS, advance
from hazardctl.domain.register import (
    CAMPAIGN,
    ENTERPRISE,
    INSPECTION,
    KINDS,
    PENALTY,
    REFERRAL,
    Charge,
    InspectionKind,
    Jurisdiction,
    Kind,
    Record,
    Referral,
    Signature,
)
from hazardctl.domain.words import Level
from hazardctl.ledger import registering
from hazardctl.store.place import Place
from tests.builders import FOUND, stamp
from tests.ledgers import INDUSTRIES, LEADERS, PLACES, SPAN, UNITS

LAST = stamp(on=SPAN)  # records are entered on the last day, and tell of any before it
# The least that a record of each kind must say.
LEAST: Mapping[str, dict[str, Any]] = {
    "enterprise": {"name": "某厂"},
    "campaign": {"name": "百日行动"},
    "inspection": {"inspected_on": FOUND, "enterprise": "某厂"},
    "penalty": {
        "enterprise": "某厂",
        "kinds": ("fine",),
        "amount_fen": 100_00,
        "decided_on": FOUND,
    },
    "referral": {"reported_on": FOUND, "enterprise": "某厂"},
}


def entered(
    path: Place, kind: Kind, given: Mapping[str, Any], *, by: Stamp = LAST
) -> registering.Entered:
    """What became of a record that says the least, and this."""
    return registering.add(path, by, kind, {**LEAST[kind.name], **given}, ceiling=None)


def edited(
    path: Place, kind: Kind, number: str, corrections: Mapping[str, Any]
) -> registering.Entered:
    """What became of a record that was corrected."""
    (done,) = registering.act(
        path, LAST, kind, [number], lambda one: correct(kind, one, LAST, corrections=corrections)
    )
    return done


def stepped(path: Place, draw: Random, number: str) -> registering.Entered:
    """A referral after its next step, if there is one; the step is drawn."""

    def next_step(record: Record) -> list[Any]:
        assert isinstance(record, Referral)
        follow = STEPS[record.state]
        return [advance(record, LAST, to=draw.choice(follow))] if follow else []

    (done,) = registering.act(path, LAST, REFERRAL, [number], next_step)
    return done


def register_some(path: Place, seed: int, *, records: int = 12) -> None:
    """Enter some records of every kind, correct some of them, and move referrals on."""
    draw = Random(f"register {seed}")
    for place, kind in enumerate([*KINDS.values()] * (records // len(KINDS) + 1)):
        number = entered(path, kind, a_record(draw, kind, f"{seed}-{place}")).number
        if draw.random() < 0.5:
            edited(path, kind, number, {"remark": f"核对 {place}"})
        for _ in range(draw.randint(0, 4) if kind is REFERRAL else 0):
            stepped(path, draw, number)


def a_record(draw: Random, kind: Kind, name: str) -> dict[str, Any]:
    """What some record of a kind says; no other is called so."""
    on = FOUND + timedelta(days=draw.randint(0, SPAN))
    later = min(on + timedelta(days=draw.randint(0, 40)), LAST.today)
    placed: dict[str, Any] = {
        "enterprise": draw.choice([*UNITS, "某厂"]),
        "industry": draw.choice([None, *INDUSTRIES]),
        "district": draw.choice(PLACES),
        "campaigns": draw.choice([(), ("百日行动",), ("百日行动", "消防专项")]),
    }
    if kind is ENTERPRISE:
        body = "".join(draw.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=17))
        return {
            "name": f"企业 {name}",
            "aliases": draw.choice([(), (f"别名 {name}",), (f"甲 {name}", f"乙 {name}")]),
            "credit_code": draw.choice([None, body + check_digit(body)]),
            "industry": placed["industry"],
            "district": placed["district"],
            "address": draw.choice([None, "永安镇 1 号"]),
            "principal": draw.choice(LEADERS),
            "phone": draw.choice([None, "0731-1"]),
            "jurisdiction": draw.choice([None, *Jurisdiction]),
            "registered_on": draw.choice([None, on]),
            "retired_on": draw.choice([None, later]),
        }
    if kind is CAMPAIGN:
        return {
            "name": f"行动 {name}",
            "doc_no": draw.choice([None, "浏安委〔2022〕1号"]),
            "level": draw.choice([None, *Level]),
            "industries": draw.choice([(), ("fireworks",), ("fireworks", "other")]),
            "starts_on": on,
            "ends_on": draw.choice([None, later, later + timedelta(days=400)]),
            "parent": draw.choice([None, "百日行动"]),
            "round": draw.choice([None, 1, 2]),
        }
    if kind is INSPECTION:
        return {
            **placed,
            "inspected_on": on,
            "site": draw.choice([None, f"工地 {name}"]),
            "kind": draw.choice([None, *InspectionKind]),
            "team": f"第 {name} 组",
            "members": draw.choice([None, 2, 5]),
            "visits": draw.randint(1, 9),
            "hazards_found": draw.randint(0, 9),
            "signature": draw.choice([None, *Signature]),
        }
    if kind is PENALTY:
        kinds = draw.choice([("fine",), ("warning", "fine"), ("suspension",), ("confiscation",)])
        return {
            **placed,
            "person": draw.choice([None, "张三"]),
            "case_no": f"浏应急立〔{name}〕",
            "filed_on": draw.choice([None, on]),
            "decision_no": draw.choice([None, f"浏应急罚〔{name}〕"]),
            "decided_on": later,
            "kinds": kinds,
            "amount_fen": 0 if kinds == ("suspension",) else draw.randint(1, 20_000_000),
            "legal_basis": draw.choice([None, "安全生产法第99条"]),
            "authority": draw.choice([None, "应急管理局"]),
        }
    return {
        **placed,
        "reported_on": on,
        "charge": draw.choice([None, *Charge]),
        "people": draw.randint(1, 3),
        "police": f"公安局 {name}",
    }
