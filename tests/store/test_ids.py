"""The ids of events and requests."""

from __future__ import annotations

import uuid
from itertools import islice

from hazardctl.store.ids import ids

AT = "2022-12-31T08:00:00.123000Z"


def test_an_id_is_a_version_7_uuid_of_its_moment() -> None:
    for text in islice(ids(AT), 1_000):
        made = uuid.UUID(text)
        assert str(made) == text
        assert made.version == 7
        assert made.variant == uuid.RFC_4122
        assert made.int >> 80 == 1_672_473_600_123


def test_ids_of_one_transaction_sort_in_the_order_in_which_they_were_made() -> None:
    made = list(islice(ids(AT), 10_000))
    assert made == sorted(set(made))


def test_two_transactions_of_one_moment_share_no_id() -> None:
    assert not set(islice(ids(AT), 1_000)) & set(islice(ids(AT), 1_000))
