"""x."""
from __future__ import annotations
from tests.builders import f
def test_f() -> None:
    assert f() == 1
