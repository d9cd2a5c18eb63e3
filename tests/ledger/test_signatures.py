"""Signatures under digests: made here or by `ssh-keygen`, each read by the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.errors import BadSignature, UnusableKey
from hazardctl.ledger.allowed_signers import vouched
from hazardctl.ledger.signatures import PublicKey, sign, signer
from tests.ledger.keys import (
    PUBLIC_LINE,
    STORED,
    key_in,
    locked_key_in,
    pkcs8_key_in,
    rsa_key_in,
)

MESSAGE = (STORED / "message").read_bytes()
GOOD = (STORED / "sha512.sig").read_bytes()
PUBLIC = PUBLIC_LINE.split()[1]  # in base64
KEY = PublicKey(b64decode(PUBLIC))
FINGERPRINT = "SHA256:PvS/SUQHv7EgEbEwi3FIrsD/WtQROKylmebb9LOMGnI"  # ssh-keygen -l -f ed25519
OTHER = b64encode(KEY.blob[:-1] + b"\0").decode()
CHINA = timezone(timedelta(hours=8))
NOON = datetime(2022, 11, 18, 12, tzinfo=CHINA)

needs_ssh_keygen = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None and "CI" not in os.environ,  # there it must not be missing
    reason="this machine has no ssh-keygen",
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key of the stored signatures."""
    return key_in(tmp_path_factory.mktemp("key"))


def refused(message: bytes, signature: bytes) -> str:
    """Why a signature is not trusted."""
    with pytest.raises(BadSignature) as told:
        signer(message, signature)
    return str(told.value.facts["reason"])


def unusable(path: Path) -> str:
    """Why a key cannot be used."""
    with pytest.raises(UnusableKey) as told:
        sign(MESSAGE, path)
    assert told.value.facts["path"] == str(path)
    return str(told.value.facts["reason"])


def parts(signature: bytes = GOOD) -> list[bytes]:
    """What stands between the lead of a signature and its end."""
    blob, found = b64decode(b"".join(signature.split(b"\n")[1:-2]))[10:], []
    while blob:
        end = 4 + int.from_bytes(blob[:4])
        found.append(blob[4:end])
        blob = blob[end:]
    return found


def made_of(*given_: bytes, lead: bytes = b"SSHSIG\0\0\0\1", after: bytes = b"") -> bytes:
    """An armored signature of such parts."""
    blob = lead + b"".join(len(part).to_bytes(4) + part for part in given_) + after
    return armored(b64encode(blob))


def armored(text: bytes) -> bytes:
    return b"-----BEGIN SSH SIGNATURE-----\n" + text + b"\n-----END SSH SIGNATURE-----\n"


# Signing, and who signed


def test_what_is_signed_names_its_signer(key: Path) -> None:
    signature = sign(MESSAGE, key)
    assert signer(MESSAGE, signature) == KEY
    assert signer(MESSAGE, signature).fingerprint == FINGERPRINT


def test_a_signature_is_byte_for_byte_that_of_ssh_keygen(key: Path) -> None:
    assert sign(MESSAGE, key) == GOOD


@pytest.mark.parametrize("hashed_by", ["sha512", "sha256"])
def test_a_signature_of_ssh_keygen_names_its_signer(hashed_by: str) -> None:
    assert signer(MESSAGE, (STORED / f"{hashed_by}.sig").read_bytes()) == KEY


def test_a_signature_saved_on_windows_is_the_same() -> None:
    assert signer(MESSAGE, GOOD.replace(b"\n", b"\r\n")) == KEY


def test_a_key_in_pkcs8_signs_as_well(tmp_path: Path) -> None:
    assert sign(MESSAGE, pkcs8_key_in(tmp_path)) == GOOD


@given(message=st.binary(max_size=300))
@settings(deadline=None)
def test_any_message_can_be_signed(key: Path, message: bytes) -> None:
    signature = sign(message, key)
    assert signer(message, signature) == KEY
    assert refused(message + b"\0", signature) == "does-not-fit"


# Keys that cannot be used


def test_an_rsa_key_is_refused(tmp_path: Path) -> None:
    assert unusable(rsa_key_in(tmp_path)) == "not-ed25519"


def test_a_key_with_a_passphrase_is_refused(tmp_path: Path) -> None:
    assert unusable(locked_key_in(tmp_path)) == "needs-a-passphrase"


@pytest.mark.parametrize("name", ["ed25519.pub", "message", "sha512.sig"])
def test_what_is_no_private_key_is_refused(name: str) -> None:
    assert unusable(STORED / name) == "not-a-key"


def test_a_key_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert unusable(tmp_path / "none") == "No such file or directory"
    assert unusable(tmp_path) == "Is a directory"


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_key_signs_truly_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, key: Path, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("keys", numbered=True) / "key"
    path.write_bytes(data.draw(mutations(key.read_bytes())))
    try:
        signature = sign(MESSAGE, path)
    except UnusableKey:
        return
    signer(MESSAGE, signature)


# Signatures that are not to be trusted


def test_another_message_does_not_fit() -> None:
    assert refused(MESSAGE.replace(b"42", b"43"), GOOD) == "does-not-fit"
    assert refused(MESSAGE + b"\n", GOOD) == "does-not-fit"


def test_an_altered_signature_does_not_fit() -> None:
    *rest, proof = parts()
    for place in (-1, -64):  # of the 64 bytes of the proof
        altered = bytearray(proof)
        altered[place] ^= 1
        assert refused(MESSAGE, made_of(*rest, bytes(altered))) == "does-not-fit"


def test_a_signature_is_not_lent_to_another_key() -> None:
    _, *rest = parts()
    point = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert refused(MESSAGE, made_of(KEY.blob[:-32] + point, *rest)) == "does-not-fit"


def test_a_signature_for_something_else_is_none_for_a_digest() -> None:
    made_elsewhere = (STORED / "other-namespace.sig").read_bytes()
    assert refused(MESSAGE, made_elsewhere) == "other-namespace"
    key, _, *rest = parts(made_elsewhere)
    assert refused(MESSAGE, made_of(key, b"hazardctl-digest", *rest)) == "does-not-fit"


def test_a_signature_by_an_rsa_key_is_refused() -> None:
    assert refused(MESSAGE, (STORED / "rsa.sig").read_bytes()) == "unsupported-key"


def test_a_hash_that_is_not_strong_is_refused() -> None:
    key, namespace, reserved, _, proof = parts()
    for name in (b"sha1", b"md5", b"", b"sha512 ", b"\xff"):
        altered = made_of(key, namespace, reserved, name, proof)
        assert refused(MESSAGE, altered) == "unsupported-hash"


def test_what_is_put_together_wrongly_is_no_signature() -> None:
    every = parts()
    assert made_of(*every) != GOOD  # its lines are longer
    assert signer(MESSAGE, made_of(*every)) == KEY
    for wrong in (
        b"",
        MESSAGE,
        armored(b""),
        armored(b"A"),
        armored(b"U1NIU0lH"),
        GOOD.replace(b"SSH SIG", b"PGP SIG"),
        GOOD + GOOD,
        GOOD[:-3],
        b" " * 100_000 + GOOD,
        made_of(*every, lead=b"SSHSIG\0\0\0\2"),
        made_of(*every[:-1]),
        made_of(*every, after=b"\0"),
        made_of(*every, b""),
        made_of(*every, after=b"\xff\xff\xff\xffmore"),
        made_of(KEY.blob + b"\0", *every[1:]),
        made_of(*every[:-1], every[-1] + b"\0\0\0\0"),
        made_of(*every[:-1], every[-1].replace(b"ssh-ed25519", b"ssh-ed25518")),
    ):
        assert refused(MESSAGE, wrong) == "not-a-signature", wrong


def test_keys_and_proofs_of_a_wrong_length_do_not_fit() -> None:
    key, *rest, proof = parts()
    short = b"\0\0\0\x0bssh-ed25519\0\0\0\x1f" + b"\1" * 31
    assert refused(MESSAGE, made_of(short, *rest, proof)) == "does-not-fit"
    assert refused(MESSAGE, made_of(key, *rest, proof[:15] + b"\0\0\0\0")) == "does-not-fit"


@st.composite
def mutations(draw: st.DrawFn, good: bytes) -> bytes:
    """Some bytes with one stretch of them replaced."""
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 20)))
    new = draw(st.one_of(st.binary(max_size=20), st.from_regex(b"[A-Za-z0-9+/]{1,20}\\Z")))
    return good[:start] + new + good[end:]


def checked(message: bytes, signature: bytes) -> None:
    """Nothing but a good signature or BadSignature, and never another signer."""
    with suppress(BadSignature):
        assert signer(message, signature) == KEY


@given(st.binary(max_size=500))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_refused(signature: bytes) -> None:
    assert refused(MESSAGE, signature) == "not-a-signature"
    assert refused(MESSAGE, armored(b64encode(signature))) == "not-a-signature"


@given(mutations(GOOD))
@settings(max_examples=500, deadline=None)
def test_a_mutated_signature_never_names_another_signer(signature: bytes) -> None:
    checked(MESSAGE, signature)


@given(mutations(b64decode(b"".join(GOOD.split(b"\n")[1:-2]))), st.integers(1, 200))
@settings(max_examples=500, deadline=None)
def test_a_signature_mutated_under_its_armor_never_names_another_signer(
    blob: bytes, width: int
) -> None:
    text = b64encode(blob)
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    checked(MESSAGE, armored(b"\n".join(lines)))


@given(st.lists(st.one_of(st.sampled_from(parts()), st.binary(max_size=90)), max_size=7))
@settings(max_examples=300, deadline=None)
def test_a_signature_of_any_parts_never_names_another_signer(some: list[bytes]) -> None:
    checked(MESSAGE, made_of(*some))


# Whom a list of signers vouches for

VOUCHING = [
    "甲 ssh-ed25519 {key}",
    "甲 ssh-ed25519 {key} a comment with ssh-ed25519 in it",
    "  甲\tssh-ed25519\t {key}\t",
    "甲 ssh-ed25519 {key}\r",
    '"甲" ssh-ed25519 {key}',
    '甲 namespaces="hazardctl-digest" ssh-ed25519 {key}',
    '甲 NameSpaces="file,hazardctl-*" ssh-ed25519 {key}',
    '甲 namespaces="hazardctl?digest,!file" ssh-ed25519 {key}',
    '甲 valid-after="20221118" ssh-ed25519 {key}',
    '甲 valid-after="202211181200" ssh-ed25519 {key}',
    '甲 valid-after="20221118120000" ssh-ed25519 {key}',
    '甲 valid-before="20221118120000" ssh-ed25519 {key}',
    '甲 valid-after="20221118040000Z",valid-before="202211180401Z" ssh-ed25519 {key}',
    '甲 valid-after="20221101",namespaces="*",valid-before="20221201Z"   ssh-ed25519 {key}',
    "# who may sign\n\n甲 ssh-ed25519 {key}",
    "甲 ssh-ed25519 {other}\n甲 ssh-ed25519 {key}",
    '甲 valid-before="20220101" ssh-ed25519 {key}\n甲 ssh-ed25519 {key}',
    "甲 nonsense ssh-ed25519 {key}\n甲 ssh-ed25519 {key}",
]
NOT_VOUCHING = [
    "",
    "\n\n",
    "甲",
    "甲 ssh-ed25519",
    "ssh-ed25519 {key}",
    "# 甲 ssh-ed25519 {key}",
    "甲 ssh-ed25519 {other}",
    "甲 ssh-rsa {key}",
    "甲 {key}",
    "甲 ssh-ed25519 {key}x",
    "甲 cert-authority ssh-ed25519 {key}",
    '甲 cert-authority,namespaces="hazardctl-digest" ssh-ed25519 {key}',
    '甲 namespaces="file" ssh-ed25519 {key}',
    '甲 namespaces="" ssh-ed25519 {key}',
    '甲 namespaces="*,!hazardctl-digest" ssh-ed25519 {key}',
    '甲 namespaces="[a-z]azardctl-digest" ssh-ed25519 {key}',
    '甲 namespaces="hazardctl-diges" ssh-ed25519 {key}',
    "甲 namespaces=hazardctl-digest ssh-ed25519 {key}",
    '甲 namespaces="hazardctl-digest ssh-ed25519 {key}',
    '甲 namespaces="file\\" ssh-ed25519 {key} ssh-ed25519 {key}',
    '甲 namespaces="file ssh-ed25519 {key}" ssh-ed25519 {other}',
    '甲 namespaces="*",namespaces="*" ssh-ed25519 {key}',
    '甲 namespaces="*", ssh-ed25519 {key}',
    '甲 namespaces="*" valid-after="20200101" ssh-ed25519 {key}',
    '甲 unheard-of="x" ssh-ed25519 {key}',
    "甲 ssh-ed25519 ssh-ed25519 {key}",
    '甲 valid-after="20221119" ssh-ed25519 {key}',
    '甲 valid-after="202211181201" ssh-ed25519 {key}',
    '甲 valid-after="20221118120001" ssh-ed25519 {key}',
    '甲 valid-after="20221118120000Z" ssh-ed25519 {key}',
    '甲 valid-before="20221118" ssh-ed25519 {key}',
    '甲 valid-before="20221118115959" ssh-ed25519 {key}',
    '甲 valid-before="20221118035959Z" ssh-ed25519 {key}',
    '甲 valid-before="2022-12-01" ssh-ed25519 {key}',
    '甲 valid-before="20221301" ssh-ed25519 {key}',
    '甲 valid-before="2022120112" ssh-ed25519 {key}',
    '甲 valid-before="" ssh-ed25519 {key}',
    '甲 valid-after="20200101",valid-after="20200101" ssh-ed25519 {key}',
]


def listed(text: str) -> str:
    """The list that a pattern of a list stands for."""
    return text.replace("{key}", PUBLIC).replace("{other}", OTHER)


@pytest.mark.parametrize("text", VOUCHING)
def test_a_line_vouches_for_its_key(text: str) -> None:
    assert vouched(KEY, listed(text), NOON) == "甲"


@pytest.mark.parametrize("text", NOT_VOUCHING)
def test_a_line_for_something_else_or_that_cannot_be_read_vouches_for_nobody(text: str) -> None:
    assert vouched(KEY, listed(text), NOON) is None


def test_principals_are_given_as_they_are_listed() -> None:
    for principals in ("jia@example.com,甲", "*@example.com", "安全 科"):
        quoted = f'"{principals}"' if " " in principals else principals
        assert vouched(KEY, f"{quoted} ssh-ed25519 {PUBLIC}", NOON) == principals


def test_a_mark_of_unicode_at_the_beginning_is_no_part_of_a_name() -> None:
    assert vouched(KEY, f"\ufeff甲 ssh-ed25519 {PUBLIC}", NOON) == "甲"


def test_a_time_without_zone_is_read_in_the_zone_of_the_moment() -> None:
    line = f'甲 valid-before="20221118" ssh-ed25519 {PUBLIC}'
    midnight = datetime(2022, 11, 18, tzinfo=CHINA)
    assert vouched(KEY, line, midnight) == "甲"
    assert vouched(KEY, line, midnight.astimezone(UTC)) == "甲"  # 8 hours are left there
    assert vouched(KEY, line, midnight + timedelta(seconds=1)) is None


def test_a_long_list_of_hostile_lines_is_read_at_once() -> None:
    lines = (
        "甲 " + 'namespaces="*",' * 5_000 + f"ssh-ed25519 {PUBLIC}",
        "甲 " + '\\"' * 20_000 + f" ssh-ed25519 {PUBLIC}",
        f'甲 namespaces="{"*a" * 5_000}" ssh-ed25519 {PUBLIC}',
        " \t" * 20_000,
    )
    for line in lines:
        assert vouched(KEY, line, NOON) is None


WORDS = [
    *("甲", "#", '"', '\\"', " ", "\t", "\r", "\n", ",", "=", "!", "ssh-ed25519", PUBLIC, OTHER),
    *("namespaces=", "valid-after=", "valid-before=", "cert-authority", "hazardctl-digest"),
    *("20221118", "2022111812", "99999999", "00010101", "99991231", "Z", "*", "["),
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS)).map("".join))


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_list_of_signers(text: str) -> None:
    found = vouched(KEY, text, NOON)
    assert found is None or (found in text and PUBLIC in text)


# With the real `ssh-keygen`


def ssh_keygen(*given_: object, message: bytes = b"", check: bool = True) -> Any:
    """Run it; the exit status is 0 if `check`."""
    return subprocess.run(
        ["ssh-keygen", *map(str, given_)],
        input=message,
        capture_output=True,
        check=check,
        timeout=60,
        env={**os.environ, "TZ": "CST-8"},  # UTC+8, as POSIX writes it
    )


def is_verified(folder: Path, signature: bytes, signers: str, message: bytes = MESSAGE) -> bool:
    """Whether `ssh-keygen -Y verify` holds a signature good, at noon."""
    (folder / "signers").write_text(signers, encoding="utf-8", newline="")
    (folder / "digest.sig").write_bytes(signature)
    done = ssh_keygen(
        *("-Y", "verify", "-O", "verify-time=20221118120000", "-n", "hazardctl-digest"),
        *("-f", folder / "signers", "-I", "甲", "-s", folder / "digest.sig"),
        message=message,
        check=False,
    )
    return bool(done.returncode == 0)


@needs_ssh_keygen
def test_ssh_keygen_verifies_what_is_signed_here(tmp_path: Path, key: Path) -> None:
    signature = sign(MESSAGE, key)
    signers = f"甲 ssh-ed25519 {PUBLIC}"
    assert is_verified(tmp_path, signature, signers)
    assert not is_verified(tmp_path, signature, signers, message=MESSAGE + b"\n")


@needs_ssh_keygen
@pytest.mark.parametrize("hashed_by", ["sha512", "sha256"])
def test_what_ssh_keygen_signs_is_verified_here(tmp_path: Path, hashed_by: str) -> None:
    ssh_keygen("-q", "-t", "ed25519", "-N", "", "-C", "甲", "-f", tmp_path / "key")
    (tmp_path / "digest").write_bytes(MESSAGE)
    ssh_keygen(
        *("-Y", "sign", "-n", "hazardctl-digest", "-O", f"hashalg={hashed_by}"),
        *("-f", tmp_path / "key", tmp_path / "digest"),
    )
    key = signer(MESSAGE, (tmp_path / "digest.sig").read_bytes())
    assert key.fingerprint in ssh_keygen("-l", "-f", tmp_path / "key").stdout.decode()
    assert vouched(key, "甲 " + (tmp_path / "key.pub").read_text(), NOON) == "甲"


@needs_ssh_keygen
def test_a_key_that_ssh_keygen_locked_is_refused(tmp_path: Path) -> None:
    path = key_in(tmp_path)
    ssh_keygen("-q", "-p", "-P", "", "-N", "for tests", "-a", "1", "-f", path)
    assert b"OPENSSH PRIVATE KEY" in path.read_bytes()
    assert unusable(path) == "needs-a-passphrase"


@needs_ssh_keygen
def test_a_certificate_signs_for_nobody(tmp_path: Path) -> None:
    for name in ("key", "authority"):
        ssh_keygen("-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name)
    ssh_keygen("-q", "-s", tmp_path / "authority", "-I", "甲", "-n", "甲", tmp_path / "key.pub")
    (tmp_path / "digest").write_bytes(MESSAGE)
    ssh_keygen(
        *("-Y", "sign", "-n", "hazardctl-digest"),
        *("-f", tmp_path / "key-cert.pub", tmp_path / "digest"),
    )
    assert refused(MESSAGE, (tmp_path / "digest.sig").read_bytes()) == "unsupported-key"


@needs_ssh_keygen
@pytest.mark.parametrize("text", [*VOUCHING, *NOT_VOUCHING])
def test_ssh_keygen_reads_a_list_of_signers_as_it_is_read_here(tmp_path: Path, text: str) -> None:
    assert is_verified(tmp_path, GOOD, listed(text)) == (text in VOUCHING)


# Without the part that makes and checks signatures

WITHOUT = """
import sys
from pathlib import Path
from hazardctl.errors import SigningNotInstalled
from hazardctl.ledger import allowed_signers, signatures
assert "cryptography" not in sys.modules, "it is loaded before it is needed"
sys.modules["cryptography"] = None  # as if it were not installed
for ask in (lambda: signatures.sign(b"", Path("key")), lambda: signatures.signer(b"", b"")):
    try:
        ask()
    except SigningNotInstalled as told:
        print(told.facts["package"], int(told.exit))
"""


def test_without_the_extra_it_is_said_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout == "hazardctl[sign] 2\n" * 2
