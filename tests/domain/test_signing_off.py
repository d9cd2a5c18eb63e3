"""Rectified, verified, signed off: by people who are kept apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.hazard import Hazard
from hazardctl.domain.lifecycle import CLAIMS
from hazardctl.domain.refusals import (
    EvidenceNeeded,
    FutureDay,
    OutOfOrder,
    SamePerson,
    StopOrderStands,
    TwoVerifiersNeeded,
)
from hazardctl.domain.signing_off import close, reject, submit, verify
from hazardctl.domain.words import State
from hazardctl.errors import MissingOptions
from tests.builders import FOUND, PHOTO, TODAY, after, altered, day, in_state, stamp

# Other ways to write 王伟 and Ann: wide, spaced, in another case.
VARIANTS = {
    "王伟": ["王伟", "王 伟", " 王伟 ", "王\u3000伟", "王\u200b伟"],
    "Ann Lee": ["Ann Lee", "ANN LEE", "annlee", "Ａｎｎ　Ｌｅｅ", "ann\u00a0lee"],
}
PAIRS = [(name, variant) for name, variants in VARIANTS.items() for variant in variants]


def claimed(by: str = "甲", **claims: Any) -> Hazard:
    """A hazard whose rectification was claimed."""
    hazard = in_state(State.RECTIFYING)
    return after(hazard, submit(hazard, stamp(by, 3), measures="已清运", **claims))


# applying for it


def test_a_claim_says_what_was_done_by_whom_and_when() -> None:
    hazard = claimed("甲", rectified_by="乙", rectified_on=day(2))
    assert (hazard.rectified_by, hazard.rectified_on, hazard.measures) == ("乙", day(2), "已清运")
    assert (hazard.submitted_by, hazard.submitted_on) == ("甲", day(3))
    assert hazard.was_submitted


def test_whoever_submits_rectified_it_on_that_day_unless_told_otherwise() -> None:
    hazard = claimed("甲")
    assert (hazard.rectified_by, hazard.rectified_on) == ("甲", day(3))


@pytest.mark.parametrize("measures", [None, ""])
def test_a_claim_without_measures_is_none(measures: str | None) -> None:
    with pytest.raises(MissingOptions) as refusal:
        submit(in_state(State.RECTIFYING), stamp("甲", 3), measures=measures)
    assert refusal.value.facts["options"] == ["--measures"]


def test_nothing_is_rectified_before_it_was_found() -> None:
    assert claimed(rectified_on=FOUND).rectified_on == FOUND
    with pytest.raises(OutOfOrder) as refusal:
        claimed(rectified_on=day(-1))
    assert (refusal.value.facts["after"], refusal.value.facts["after_on"]) == ("found", FOUND)


def test_nothing_is_rectified_in_the_future_nor_after_it_is_claimed() -> None:
    tomorrow = TODAY.replace(year=TODAY.year + 1)
    with pytest.raises(FutureDay):
        claimed(rectified_on=tomorrow)
    with pytest.raises(OutOfOrder):
        claimed(rectified_on=day(4))


def test_it_may_have_been_rectified_before_it_was_accepted() -> None:
    assert claimed(rectified_on=day(1)).rectified_on == day(1)


def test_a_major_hazard_is_claimed_with_evidence_each_time() -> None:
    major = in_state(State.RECTIFYING, major=True)
    with pytest.raises(EvidenceNeeded):
        submit(major, stamp("甲", 3), measures="已清运")
    events = submit(major, stamp("甲", 3), measures="已清运", evidence=[PHOTO])
    assert events[-1].facts["evidence"] == [PHOTO]
    hazard = after(major, events)
    hazard = after(hazard, reject(hazard, stamp("乙", 4), reason="照片不清"))
    with pytest.raises(EvidenceNeeded):
        submit(hazard, stamp("甲", 5), measures="已清运")


# sending it back


@pytest.mark.parametrize("state", [State.SUBMITTED, State.VERIFIED])
def test_what_is_rejected_loses_every_claim(state: State) -> None:
    hazard = in_state(state)
    (event,) = reject(hazard, stamp("乙", 6), reason="现场仍有堆放")
    hazard = after(hazard, [event])
    assert {name: getattr(hazard, name) for name in CLAIMS} == CLAIMS
    assert hazard.state is State.RECTIFYING
    assert hazard.was_submitted
    assert (hazard.due_on, hazard.accepted_on) == (day(10), day(2))
    assert event.facts["reason"] == "现场仍有堆放"


@pytest.mark.parametrize("reason", [None, ""])
def test_nothing_is_rejected_without_a_reason(reason: str | None) -> None:
    with pytest.raises(MissingOptions):
        reject(in_state(State.SUBMITTED), stamp("乙", 6), reason=reason)


def test_what_was_never_accepted_is_rectifying_after_a_rejection() -> None:
    hazard = in_state(State.ASSIGNED)
    hazard = after(hazard, submit(hazard, stamp("甲", 3), measures="已清运"))
    hazard = after(hazard, reject(hazard, stamp("乙", 4), reason="不实"))
    assert (hazard.state, hazard.rectifying_on) == (State.RECTIFYING, day(4))


# verifying


def test_the_acting_person_verifies_unless_others_are_named() -> None:
    assert after(claimed(), verify(claimed(), stamp("乙", 4), verifiers=())).verified_by == ("乙",)
    named = verify(claimed(), stamp("乙", 4), verifiers=["丙", "丁"])
    assert after(claimed(), named).verified_by == ("丙", "丁")


def test_whoever_only_records_a_verification_may_have_submitted() -> None:
    assert verify(claimed("甲"), stamp("甲", 4), verifiers=["乙"])


@pytest.mark.parametrize(("name", "variant"), PAIRS)
@pytest.mark.parametrize("party", ["rectified_by", "submitted_by"])
def test_nobody_verifies_what_they_rectified_or_submitted(
    name: str, variant: str, party: str
) -> None:
    hazard = altered(in_state(State.SUBMITTED), **{party: name})
    for verifiers, actor in (([variant], "戊"), (["丙", variant], "戊"), ([], variant)):
        with pytest.raises(SamePerson) as refusal:
            verify(hazard, stamp(actor, 4), verifiers=verifiers)
        assert (refusal.value.facts["part"], refusal.value.facts["other"]) == ("verifier", party)
        assert refusal.value.facts["name"] == variant


@pytest.mark.parametrize("party", ["rectified_by", "submitted_by"])
@pytest.mark.parametrize(
    "text",
    [
        "王伟、李强",
        "李强，王 伟",
        "李强,王伟",
        "李强；王伟",
        "李强/王伟",
        "李强／王伟",
        "李强\n王伟",
    ],
)
def test_one_text_may_name_several_who_did_it(party: str, text: str) -> None:
    hazard = altered(in_state(State.SUBMITTED), **{party: text})
    for name in ("王伟", "李强"):
        with pytest.raises(SamePerson):
            verify(hazard, stamp("戊", 4), verifiers=[name])
    assert verify(hazard, stamp("戊", 4), verifiers=["王伟强"])


def test_a_major_hazard_has_two_verifiers_who_are_two_people() -> None:
    major = in_state(State.SUBMITTED, major=True)
    for verifiers in (["乙"], ["王伟", "王 伟"], ["ann", "ＡＮＮ"], []):
        with pytest.raises(TwoVerifiersNeeded):
            verify(major, stamp("戊", 4), verifiers=verifiers)
    assert after(major, verify(major, stamp("戊", 4), verifiers=["乙", "丙"])).verified_by == (
        "乙",
        "丙",
    )


def test_one_verifier_is_enough_for_a_general_hazard_and_counted_once() -> None:
    hazard = claimed()
    events = verify(hazard, stamp("戊", 4), verifiers=["乙", " 乙"])
    assert len(after(hazard, events).verified_by) == 1


# signing off


def test_the_acting_person_signs() -> None:
    hazard = in_state(State.VERIFIED)
    (event,) = close(hazard, stamp("丁", 5), doc_no="销号〔2022〕3号")
    hazard = after(hazard, [event])
    assert (hazard.closed_by, hazard.closed_on, hazard.state) == ("丁", day(5), State.CLOSED)
    assert event.facts == {"doc_no": "销号〔2022〕3号"}


@pytest.mark.parametrize(("name", "variant"), PAIRS)
@pytest.mark.parametrize("party", ["verified_by", "submitted_by", "rectified_by"])
def test_nobody_signs_off_what_they_had_another_part_in(
    name: str, variant: str, party: str
) -> None:
    held = ("乙", name) if party == "verified_by" else name
    hazard = altered(in_state(State.VERIFIED), **{party: held})
    with pytest.raises(SamePerson) as refusal:
        close(hazard, stamp(variant, 5))
    assert (refusal.value.facts["part"], refusal.value.facts["other"]) == ("signer", party)


@pytest.mark.parametrize("party", ["submitted_by", "rectified_by"])
def test_nobody_of_several_who_did_it_signs_it_off(party: str) -> None:
    hazard = altered(in_state(State.VERIFIED), **{party: "王伟、李强"})
    for name in ("王伟", "李 强"):
        with pytest.raises(SamePerson):
            close(hazard, stamp(name, 5))


def test_a_stop_order_must_be_lifted_first() -> None:
    stopped = in_state(State.VERIFIED, stop_order="停产令1号")
    with pytest.raises(StopOrderStands) as refusal:
        close(stopped, stamp("丁", 5))
    assert refusal.value.facts["order"] == "停产令1号"


def test_a_major_hazard_that_one_person_verified_is_not_signed_off() -> None:
    imported = in_state(State.VERIFIED, major=True, verified_by=("乙",))
    with pytest.raises(TwoVerifiersNeeded):
        close(imported, stamp("丁", 5))


@given(st.permutations(["甲", "乙", "丙", "丁"]), st.integers(0, 3), st.integers(0, 3))
def test_four_different_people_can_always_finish(
    people: list[str], submitter: int, signer: int
) -> None:
    rectifier, verifier, *_ = people
    hazard = in_state(State.RECTIFYING)
    hazard = after(
        hazard,
        submit(hazard, stamp(people[submitter], 3), measures="已清运", rectified_by=rectifier),
    )
    done = {rectifier, people[submitter]}
    try:
        hazard = after(hazard, verify(hazard, stamp("戊", 4), verifiers=[verifier]))
        hazard = after(hazard, close(hazard, stamp(people[signer], 5)))
    except SamePerson:
        assert verifier in done or people[signer] in {*done, verifier}
    else:
        assert verifier not in done
        assert people[signer] not in {*done, verifier}
