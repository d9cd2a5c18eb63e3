"""Proving a ledger and sealing it with a digest, as whole command lines."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hazardctl.ledger.signatures import sign
from hazardctl.render.width import wide
from hazardctl.text import LANGUAGES
from tests.cli.at_a_desk import Desk
from tests.ledger.keys import PUBLIC_LINE, key_in, locked_key_in, rsa_key_in

FULL = Path("/dev/full")
RELEASED = Path(__file__).parents[1] / "store" / "released"
STEPS = ["storage", "schema", "chain", "replay", "sums", "evidence"]
CLOSE = "close 1 --measures 已清理 --rectified-by 乙 --verified-by 丙"


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A ledger with three hazards, one closed, and a digest of it as d.json, signed by the key."""
    photo = desk.file("整改后.jpg")
    desk.in_state("closed")
    desk.add("二", f"--evidence {photo}")
    desk.add("三")
    desk.does(f"digest -o d.json --sign {key_in(desk.folder)}")
    desk.file("signers", f"局长 {PUBLIC_LINE}")
    return desk


def held(desk: Desk, *statements: str) -> None:
    """What somebody does to the ledger's file."""
    with closing(sqlite3.connect(desk.ledger, isolation_level=None)) as book:
        for sql in statements:
            book.execute(sql)


def fault(desk: Desk) -> None:
    held(desk, "UPDATE hazard SET enterprise = '别家' WHERE number LIKE '%00001'")


# A ledger that is whole.


def test_a_whole_ledger_is_proved_step_by_step(kept: Desk) -> None:
    told = kept.does("check")
    for step in STEPS:
        assert f"\n{step} " in told.out
    assert "No fault. " in told.out
    assert "3 hazards (1 closed, 2 open), 1 evidence files" in told.out


def test_the_proof_is_one_object(kept: Desk) -> None:
    told = kept.does("check -f json").json
    assert told["ok"] is True
    assert (told["hazards"], told["closed"], told["open"], told["evidence"]) == (3, 1, 2, 1)
    assert [step["step"] for step in told["steps"]] == STEPS
    assert all(step["ok"] and step["faults"] == 0 for step in told["steps"])
    assert told["findings"] == []
    assert len(told["head"]) == 64
    assert told["events"] == kept.does("log -f json").json[-1]["seq"]


@pytest.mark.parametrize("form", ["csv", "ndjson", "plain"])
def test_of_a_whole_ledger_there_is_no_fault_to_list(kept: Desk, form: str) -> None:
    assert kept.does(f"check -f {form}").out in ("", "code,number,seq,message,facts\n")


def test_a_ledger_without_hazards_is_whole(desk: Desk) -> None:
    desk.does("init", by="甲")
    told = desk.does("check -f json --strict").json
    assert (told["ok"], told["hazards"], told["events"]) == (True, 0, 2)
    assert desk.does("digest").json["n"] == 2


def test_checking_changes_nothing(kept: Desk) -> None:
    before = kept.kept()
    kept.does("check --digest d.json")
    fault(kept)
    damaged = kept.kept()
    kept("check --digest d.json --strict")
    kept("digest -o other.json")
    assert kept.kept() == damaged
    assert {**damaged, "ledger.db": before["ledger.db"]} == before


def test_what_is_no_ledger_is_not_proved(desk: Desk) -> None:
    for line in ("check", "digest", "check -f json"):
        assert desk(line).code == 6
    desk.file("ledger.db", "何")
    assert desk("check -f json").error["code"] == "not-a-ledger"
    desk.file("ledger.db", b"")
    assert desk("check -f json").error["code"] == "no-ledger"


def test_a_ledger_of_an_earlier_program_is_proved_as_it_is(desk: Desk) -> None:
    shutil.unpack_archive(RELEASED / "schema-1.tar.gz", desk.folder / "old", filter="data")
    (old,) = (desk.folder / "old").rglob("*.db")
    told = desk.does(f"check -f json --ledger {old}").json
    assert (told["ok"], told["schema"]) == (True, 1)
    assert desk.does(f"digest --ledger {old}").json["schema"] == 1


# A ledger that is at fault.


def test_a_fault_is_named_with_its_hazard_and_its_event_and_ends_in_7(kept: Desk) -> None:
    fault(kept)
    told = kept("check -f json")
    assert (told.code, told.err) == (7, "")
    (finding,) = told.json["findings"]
    assert finding["code"] == "row-differs"
    assert finding["number"] == "YH-2022-00001"
    assert finding["seq"] == 4
    assert finding["facts"] == {"table": "hazard", "columns": ["enterprise"]}
    assert told.json["ok"] is False
    assert [one["step"] for one in told.json["steps"] if not one["ok"]] == ["replay"]


def test_every_fault_is_named_whatever_the_format(kept: Desk) -> None:
    fault(kept)
    held(kept, "DROP TRIGGER event_is_not_changed", "UPDATE event SET at = 'x' WHERE seq = 4")
    shutil.rmtree(kept.folder / "evidence")
    codes = ["schema-missing", "event-altered", "row-differs", "evidence-missing"]
    for form in ("csv", "plain", "ndjson"):
        told = kept(f"check -f {form}")
        assert told.code == 7
        lines = told.out.splitlines()[form == "csv" :]
        assert [next(code for code in codes if code in line) for line in lines] == codes
    told = kept("check")
    assert told.code == 7
    assert "\nAt fault\n" in told.out
    assert "4 faults. " in told.out.splitlines()[-1]
    assert all(code in told.out for code in codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_fits_a_terminal_of_80_columns(kept: Desk, language: str) -> None:
    kept.setenv("COLUMNS", "80")
    fault(kept)
    held(kept, "DROP TRIGGER event_is_not_changed", "INSERT INTO card VALUES (5, 'x')")
    shutil.rmtree(kept.folder / "evidence")
    out = kept(f"check --digest d.json --lang {language}").out
    assert max(map(wide, out.splitlines())) <= 80
    assert "YH-2022-00002" in out


def test_codes_and_facts_are_the_same_in_either_language(kept: Desk) -> None:
    fault(kept)
    english, chinese = (kept(f"check -f json --lang {one}").json for one in LANGUAGES)
    assert english["findings"][0].pop("message") != chinese["findings"][0].pop("message")
    for one in (*english["remarks"], *chinese["remarks"]):
        del one["message"]
    assert english == chinese


def test_of_many_faults_a_person_sees_the_first_and_how_many_more(kept: Desk) -> None:
    held(kept, *(f"INSERT INTO card VALUES ({ident}, 'x')" for ident in range(1, 71)))
    told = kept("check")
    assert told.out.count("row-without-event") == 50
    assert "… and 20 more; -f json lists them all." in told.out
    assert len(kept("check -f json").json["findings"]) == 70


# What is suspicious.


def test_what_is_suspicious_fails_only_when_strict(kept: Desk) -> None:
    assert kept.does("check --digest d.json --signers signers").code == 0
    strict = kept("check --strict -f json")
    assert (strict.code, strict.json["ok"]) == (7, True)
    assert [one["code"] for one in strict.json["remarks"]] == ["closed-soon", "rehearsed"]


def test_a_good_signature_is_no_suspicion(desk: Desk) -> None:
    desk.does("init", by="甲", today="2022-10-10")
    desk.does(f"digest -o d.json --sign {key_in(desk.folder)}")
    desk.file("signers", f"局长 {PUBLIC_LINE}")
    line = "check --digest d.json --signers signers --strict -f json"
    assert [one["code"] for one in desk.does(line).json["remarks"]] == ["digest-signed"]


# Digests.


def test_a_digest_is_one_line_in_every_language_and_format(kept: Desk) -> None:
    for line in ("digest", "digest -f json", "digest --lang zh", "digest -o e.json"):
        out = kept.does(line).out or (kept.folder / "e.json").read_text()
        assert out.count("\n") == 1
        told = json.loads(out)
        assert list(told) == sorted(told)
        assert (told["closed"], told["open"], told["evidence_count"]) == (1, 2, 1)
        assert (told["schema"], told["v"]) == (3, 1)
        assert told["n"] == kept.does("check -f json").json["events"]


def test_a_digest_of_a_ledger_at_fault_is_refused_and_nothing_is_written(kept: Desk) -> None:
    fault(kept)
    before = kept.kept()
    for line in ("digest", "digest -o e.json", "digest -o d.json --sign key"):
        told = kept(f"{line} -f json")
        assert (told.code, told.out) == (7, "")
        assert told.error["code"] == "ledger-at-fault"
        assert told.error["facts"] == {"faults": 1}
    assert kept.kept() == before


def test_a_signature_needs_a_file_to_lie_beside(kept: Desk) -> None:
    told = kept("digest --sign key -f json")
    assert (told.code, told.out) == (2, "")
    assert told.error["code"] == "file-needed"


UNUSABLE: dict[str, Callable[[Path], Path]] = {
    "of another kind": rsa_key_in,
    "locked": locked_key_in,
    "no key": lambda folder: folder / "signers",
    "nowhere": lambda folder: folder / "nowhere",
}


@pytest.mark.parametrize("key", UNUSABLE)
def test_a_key_that_cannot_sign_leaves_nothing_behind(kept: Desk, key: str) -> None:
    path = UNUSABLE[key](kept.folder)
    before = kept.kept()
    told = kept(f"digest -o e.json --sign {path} -f json")
    assert told.error["code"] == "unusable-key"
    assert kept.kept() == before


def test_a_digest_that_cannot_be_written_leaves_what_was_kept(kept: Desk) -> None:
    (kept.folder / "away").mkdir()
    kept.file("away.sig", "another's")
    (kept.folder / "e.json.sig").mkdir()
    kept.file("e.json", "of old")
    before = kept.kept()
    for target in ("away", "e.json", "nowhere/e.json"):
        told = kept(f"digest -o {target} --sign key -f json")
        assert (told.code, told.error["code"]) == (2, "cannot-write")
    assert kept.kept() == before


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_digest_that_is_not_written_to_its_end_has_no_signature(kept: Desk) -> None:
    (kept.folder / "e.json").symlink_to(FULL)
    kept.file("e.json.sig", "of old")
    assert kept("digest -o e.json --sign key").code == 2
    assert not (kept.folder / "e.json.sig").exists()


def test_a_digest_takes_the_place_of_another_with_its_signature(kept: Desk) -> None:
    kept.add("四")
    kept.does("digest -o d.json --sign key")
    told = kept.does("check --digest d.json --signers signers -f json").json
    assert "digest-signed" in [one["code"] for one in told["remarks"]]
    assert json.loads((kept.folder / "d.json").read_text())["open"] == 3


def with_the_digest(change: Callable[[dict[str, object]], object]) -> Callable[[Desk], None]:
    """The digest, made to say something else."""

    def changed(desk: Desk) -> None:
        told = json.loads((desk.folder / "d.json").read_text())
        change(told)
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        desk.file("d.json", f"{text}\n")
        desk.file("d.json.sig", sign(f"{text}\n".encode(), desk.folder / "key"))

    return changed


def of_another_ledger(desk: Desk) -> None:
    desk.does("init --ledger other.db", by="甲")
    (desk.folder / "d.json.sig").unlink()
    desk.does("digest --ledger other.db -o d.json")


def with_a_space_more(desk: Desk) -> None:
    desk.file("d.json", f"{(desk.folder / 'd.json').read_text()} ")


SAYS: dict[str, Callable[[Desk], None]] = {
    "digest-other-ledger": of_another_ledger,
    "digest-longer": with_the_digest(lambda told: told.update(n=999)),
    "digest-head-differs": with_the_digest(lambda told: told.update(head="0" * 64)),
    "digest-count-differs": with_the_digest(lambda told: told.update(open=5)),
    "digest-badly-signed": with_a_space_more,
}


@pytest.mark.parametrize("code", SAYS)
def test_a_digest_that_says_otherwise_is_a_fault(kept: Desk, code: str) -> None:
    SAYS[code](kept)
    told = kept("check --digest d.json -f json")
    assert told.code == 7
    assert [one["code"] for one in told.json["findings"]] == [code]
    assert told.json["steps"][-1]["step"] == "digest"
    assert told.json["steps"][-1]["ok"] is False
    for language in LANGUAGES:
        assert "d.json" in kept(f"check --digest d.json --lang {language}").out


def test_a_digest_holds_while_the_ledger_goes_on(kept: Desk) -> None:
    kept.does(CLOSE.replace("close 1", "close 2"), by="丁")
    kept.add("四")
    told = kept.does("check --digest d.json --signers signers -f json").json
    assert told["steps"][-1]["ok"] is True
    assert (told["closed"], told["hazards"]) == (2, 4)


SIGNED = {  # the list of signers → what is said of the signature
    "KEY": "digest-signed",
    "": "digest-signer-unknown",
    'valid-after="20990101" KEY': "digest-signer-unknown",
    'namespaces="file" KEY': "digest-signer-unknown",
}


@pytest.mark.parametrize("options", SIGNED)
def test_whose_signature_it_is_the_list_of_signers_tells(kept: Desk, options: str) -> None:
    listed = options.replace("KEY", PUBLIC_LINE)
    kept.file("signers", f"局长 {listed}" if options else "")
    told = kept("check --digest d.json --signers signers -f json")
    codes = [one["code"] for one in (*told.json["findings"], *told.json["remarks"])]
    assert SIGNED[options] in codes
    assert told.code == (0 if SIGNED[options] == "digest-signed" else 7)


def test_a_digest_without_a_signature_is_called_unsigned(kept: Desk) -> None:
    (kept.folder / "d.json.sig").unlink()
    told = kept.does("check --digest d.json -f json").json
    assert "digest-unsigned" in [one["code"] for one in told["remarks"]]
    assert "d.json is not signed" in kept.does("check --digest d.json").out
    wanted = kept("check --digest d.json --signers signers -f json")
    assert (wanted.code, wanted.json["findings"][0]["code"]) == (7, "digest-unsigned")


def test_a_signature_that_nobody_is_asked_about_is_told_with_its_key(kept: Desk) -> None:
    told = kept.does("check --digest d.json -f json").json
    (remark,) = [one for one in told["remarks"] if one["code"] == "digest-signer-unchecked"]
    assert remark["facts"]["key"].startswith("SHA256:")


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen here")
def test_a_signature_made_by_ssh_keygen_is_as_good(kept: Desk) -> None:
    kept.does("digest -o e.json")
    line = ["ssh-keygen", "-Y", "sign", "-n", "hazardctl-digest", "-f", "key", "e.json"]
    subprocess.run(line, cwd=kept.folder, check=True, capture_output=True)
    told = kept.does("check --digest e.json --signers signers -f json").json
    assert "digest-signed" in [one["code"] for one in told["remarks"]]


WHOLE: dict[str, object] = {
    "at": "2022-10-10T00:00:00Z",
    **{"closed": 0, "evidence_count": 0, "n": 1, "open": 0, "schema": 2, "v": 1},
    **{"head": "0" * 64, "ledger_id": "x"},
}
NO_DIGESTS: dict[str, str | bytes] = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "deep": "[" * 60_000,
    "not UTF-8": b"\xff",
    "another form": json.dumps({**WHOLE, "v": 2}),
    "no form": json.dumps({key: value for key, value in WHOLE.items() if key != "v"}),
    "less": json.dumps({key: value for key, value in WHOLE.items() if key != "head"}),
    "a float": json.dumps({**WHOLE, "n": 1.0}),
    "true": json.dumps({**WHOLE, "n": True}),
    "no moment": json.dumps({**WHOLE, "at": "yesterday"}),
    "the first moment": json.dumps({**WHOLE, "at": "0001-01-01T00:00:00+14:00"}),
}


@pytest.mark.parametrize("what", NO_DIGESTS)
def test_what_is_no_digest_is_refused(kept: Desk, what: str) -> None:
    kept.file("e.json", NO_DIGESTS[what])
    told = kept("check --digest e.json -f json")
    assert (told.code, told.out) == (5, "")
    assert told.error["code"] == "not-a-digest"
    for language in LANGUAGES:
        assert kept(f"check --digest e.json --lang {language}").err.count("\n") >= 1


@pytest.mark.parametrize("number", [-1, 0, 2**53, 2**63, 10**30])
def test_a_digest_of_odd_numbers_is_none(kept: Desk, number: int) -> None:
    with_the_digest(lambda told: told.update(n=number))(kept)
    assert kept("check --digest d.json").code == 5


@pytest.mark.parametrize("signature", ["", "x", b"\xff" * 100, "x" * 3_000_000])
def test_what_is_no_signature_is_a_fault(kept: Desk, signature: str | bytes) -> None:
    kept.file("d.json.sig", signature)
    told = kept("check --digest d.json -f json")
    assert (told.code, told.json["findings"][0]["code"]) == (7, "digest-badly-signed")


def test_a_digest_or_a_list_that_is_not_there_is_a_file_that_cannot_be_opened(kept: Desk) -> None:
    for line in ("check --digest no.json", "check --digest d.json --signers no"):
        told = kept(f"{line} -f json")
        assert (told.code, told.error["code"]) == (5, "cannot-open")
    assert kept("check --digest .").code == 5


def test_what_is_too_long_to_be_read_to_its_end_is_not_read_in_part(kept: Desk) -> None:
    space = " " * 1024 * 1024
    kept.file("long.json", f"{(kept.folder / 'd.json').read_text()}{space}")
    kept.file("long", f"局长 {PUBLIC_LINE}\n#{space}")
    for line in ("check --digest long.json", "check --digest d.json --signers long"):
        told = kept(f"{line} -f json")
        assert (told.code, told.error["code"]) == (5, "cannot-open")
        assert told.error["facts"]["reason"] == "over-1-mib"
        assert "1 MiB" in kept(line).err
        assert "1 MiB" in kept(f"{line} --lang zh").err


def test_a_list_of_signers_without_a_digest_is_a_misunderstanding(kept: Desk) -> None:
    told = kept("check --signers signers -f json")
    assert (told.code, told.error["facts"]) == (2, {"options": ["--digest"]})
