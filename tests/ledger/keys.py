"""The keys that tests sign with: none is stored, each is made in a folder when it is needed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

PHRASE = "Whoever reads this sentence has the key, so it is trusted nowhere."
STORED = Path(__file__).parent / "signatures"
PUBLIC_LINE = (STORED / "ed25519.pub").read_text()  # as `ssh-keygen` writes it

_OPEN = NoEncryption()


def ed25519_key() -> Ed25519PrivateKey:
    """The key of the phrase: always the same, so signatures by it can be stored."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(PHRASE.encode()).digest())


def key_in(folder: Path) -> Path:
    """The key of the phrase in a file as OpenSSH keeps it."""
    return _kept(folder / "key", ed25519_key(), PrivateFormat.OpenSSH)


def pkcs8_key_in(folder: Path) -> Path:
    """The same key as everybody else keeps it."""
    return _kept(folder / "key.pem", ed25519_key(), PrivateFormat.PKCS8)


def locked_key_in(folder: Path) -> Path:
    """The same key behind a passphrase; in PKCS 8, since OpenSSH's own lock asks for bcrypt."""
    lock = BestAvailableEncryption(b"for tests")
    return _kept(folder / "locked.pem", ed25519_key(), PrivateFormat.PKCS8, lock)


def rsa_key_in(folder: Path) -> Path:
    """A key of another kind, another one each time."""
    return _kept(folder / "rsa", rsa.generate_private_key(65537, 2048), PrivateFormat.OpenSSH)


def _kept(
    path: Path,
    key: Ed25519PrivateKey | rsa.RSAPrivateKey,
    form: PrivateFormat,
    lock: KeySerializationEncryption = _OPEN,
) -> Path:
    path.touch(mode=0o600)  # `ssh-keygen` signs with no key that others may read
    path.write_bytes(key.private_bytes(Encoding.PEM, form, lock))
    return path
