"""The unified social credit code (统一社会信用代码), and whether its check digit is right."""

from __future__ import annotations

from hazardctl.errors import WrongCreditCode

_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z
_LENGTH = 18


def read_credit_code(text: str) -> str:
    """The code as it is kept, in capitals (GB 32100-2015); raises WrongCreditCode."""
    code = "".join(text.split()).upper()
    if len(code) != _LENGTH or any(digit not in _DIGITS for digit in code):
        raise WrongCreditCode(code=text, reason="not-a-credit-code", expected=None)
    if (expected := check_digit(code[:-1])) != code[-1]:
        raise WrongCreditCode(code=text, reason="wrong-check-digit", expected=expected)
    return code


def check_digit(body: str) -> str:
    """The last digit that the first seventeen ask for."""
    total = sum(_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(body))
    return _DIGITS[-total % 31]


def is_credit_code(text: str | None) -> bool:
    """Whether a text is a code with its right check digit."""
    try:
        return bool(text and read_credit_code(text))
    except WrongCreditCode:
        return False
