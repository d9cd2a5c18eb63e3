"""No answer is ever written over the ledger, its journal, its evidence or a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.at_a_desk import Desk

ADD = "add 卷帘失效 --industry 花炮 --enterprise 甲厂 --found-on 2022-10-01"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize(
    "line",
    [
        f"{ADD} -o",
        "list -o",
        "list -f json -o",
        "report -f xlsx -o",
        "digest -o",
        "evidence get 1 -o",
        "backup",
    ],
)
@pytest.mark.parametrize("target", ["ledger.db", "link.db", "ledger.db-journal", "evidence/x.txt"])
def test_what_is_of_the_ledger_is_not_written_over(desk: Desk, line: str, target: str) -> None:
    desk.file("photo.jpg", "虚构")
    desk(f"{ADD} --evidence photo.jpg", by="甲")
    (desk.folder / "link.db").symlink_to(desk.ledger)
    before = everything(desk.folder)
    refused = desk(f"{line} {desk.folder / target}", by="甲")
    assert (refused.code, refused.out) == (2, "")
    assert "part of the ledger" in refused.err
    assert everything(desk.folder) == before


def test_evidence_stands_beside_the_ledger_by_whatever_link_it_is_reached(desk: Desk) -> None:
    desk.file("photo.jpg", "虚构")
    desk(ADD, by="甲")
    (desk.folder / "via").mkdir()
    (desk.folder / "via" / "l.db").symlink_to("../ledger.db")
    through = ["--ledger", str(desk.folder / "via" / "l.db")]
    assert desk([*ADD.split(), "--evidence", "photo.jpg", *through], by="甲").code == 0
    assert not (desk.folder / "via" / "evidence").exists()
    assert desk("check").code == 0
    assert desk(["check", *through]).code == 0


def test_a_key_is_not_written_over_by_what_it_signs(desk: Desk) -> None:
    desk(ADD, by="甲")
    key = desk.file("key", "not really a key")
    refused = desk(["digest", "--sign", "key", "-o", "key"])
    assert refused.code == 2
    assert key.read_text() == "not really a key"
