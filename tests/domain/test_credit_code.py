"""A unified social credit code: what it is made of, and what its last digit proves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.domain.credit_code import check_digit, is_credit_code, read_credit_code
from hazardctl.errors import WrongCreditCode

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.text(st.sampled_from(DIGITS), min_size=17, max_size=17)
# As they stand on the licences of large companies and of an institution.
PUBLISHED = [
    "91110108551385082Q",
    "914403001922038216",
    "91440300708461136T",
    "91110000802100433B",
    "91330100799655058B",
    "12100000400000624D",
]


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_code_is_right(code: str) -> None:
    assert read_credit_code(code) == code
    assert is_credit_code(code)


@pytest.mark.parametrize("text", ["91440300708461136t", " 9144 0300 7084 6113 6T\n"])
def test_a_code_is_kept_in_capitals_and_without_spaces(text: str) -> None:
    assert read_credit_code(text) == "91440300708461136T"


@given(BODIES)
def test_of_all_last_digits_one_is_right_and_every_other_is_refused(body: str) -> None:
    right = check_digit(body)
    assert read_credit_code(body + right) == body + right
    for other in DIGITS.replace(right, ""):
        assert not is_credit_code(body + other)
        with pytest.raises(WrongCreditCode) as refused:
            read_credit_code(body + other)
        assert refused.value.facts == {
            "code": body + other,
            "reason": "wrong-check-digit",
            "expected": right,
        }


@given(BODIES, st.integers(0, 16), st.sampled_from(DIGITS))
def test_one_digit_that_was_misread_anywhere_is_found(body: str, place: int, other: str) -> None:
    code = body + check_digit(body)
    misread = code[:place] + other + code[place + 1 :]
    assert is_credit_code(misread) == (misread == code)


@given(BODIES, st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_found(body: str, place: int) -> None:
    code = body + check_digit(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_credit_code(swapped) == (swapped == code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "91440300708461136",
        "91440300708461136TT",
        "91440300708461136I",
        "9144030070846113OT",
        "９１４４０３００７０８４６１１３６Ｔ",
        "91440300-08461136T",
        "统一社会信用代码",
    ],
)
def test_what_has_not_eighteen_of_its_digits_is_no_code(text: str) -> None:
    with pytest.raises(WrongCreditCode) as refused:
        read_credit_code(text)
    assert refused.value.facts == {"code": text, "reason": "not-a-credit-code", "expected": None}
    assert not is_credit_code(text)


def test_nothing_is_no_code() -> None:
    assert not is_credit_code(None)
