"""Signatures under a digest: OpenSSH's own format (PROTOCOL.sshsig), made and read."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hazardctl.errors import BadSignature, SigningNotInstalled, UnusableKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE = "hazardctl-digest"  # a signature made for anything else says nothing of a digest

_KIND = b"ssh-ed25519"  # of the key, and of what it makes
_MAGIC = b"SSHSIG"
_LEAD = _MAGIC + (1).to_bytes(4)  # the version of the format
_HASHES = (b"sha512", b"sha256")  # we sign with the first, as `ssh-keygen` does
_LARGEST = 64 * 1024  # bytes of a key or a signature; both have a few hundred
_PACKAGE = "hazardctl[sign]"
_ARMOR = re.compile(
    rb"\s*-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*"
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, as OpenSSH writes it before it is put into base64."""

    blob: bytes

    @property
    def fingerprint(self) -> str:
        """The key as `ssh-keygen -l` names it: `SHA256:` and 43 characters."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + b64encode(digest).decode().rstrip("=")


def sign(message: bytes, key: Path) -> bytes:
    """The armored signature under a message, by the Ed25519 key in a file (OpenSSH or PKCS 8).

    Raises SigningNotInstalled and UnusableKey.
    """
    private = _private_key(key)
    public = _joined(_KIND, private.public_key().public_bytes_raw())
    proof = _joined(_KIND, private.sign(_signed(message, _HASHES[0])))
    blob = _LEAD + _joined(public, NAMESPACE.encode(), b"", _HASHES[0], proof)
    text = b64encode(blob)
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    return b"\n".join(
        [b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""]
    )


def signer(message: bytes, signature: bytes) -> PublicKey:
    """The key that signed a message; whose it is, the signature does not say.

    Raises SigningNotInstalled and BadSignature, whatever the bytes are.
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise SigningNotInstalled(package=_PACKAGE) from None

    try:
        point, hashed_by, proof = _read(signature)
    except ValueError:
        raise BadSignature(reason="not-a-signature") from None
    try:
        Ed25519PublicKey.from_public_bytes(point).verify(proof, _signed(message, hashed_by))
    except (InvalidSignature, ValueError):  # ValueError: no public key is made of such bytes
        raise BadSignature(reason="does-not-fit") from None
    return PublicKey(_joined(_KIND, point))


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError:
        raise SigningNotInstalled(package=_PACKAGE) from None

    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as fault:
        raise UnusableKey(path=str(path), reason=fault.strerror) from None
    is_openssh = b"-----BEGIN OPENSSH PRIVATE KEY-----" in content
    load = serialization.load_ssh_private_key if is_openssh else serialization.load_pem_private_key
    try:
        private = load(content, password=None)
    except TypeError:
        raise UnusableKey(path=str(path), reason="needs-a-passphrase") from None
    except UnsupportedAlgorithm:  # the key stays in a device, say
        raise UnusableKey(path=str(path), reason="not-ed25519") from None
    except (ValueError, NotImplementedError):
        raise UnusableKey(path=str(path), reason="not-a-key") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise UnusableKey(path=str(path), reason="not-ed25519")
    return private


def _signed(message: bytes, hashed_by: bytes) -> bytes:
    """What the key signs: the hash of the message, and what it is signed for."""
    digest = hashlib.new(hashed_by.decode(), message).digest()
    return _MAGIC + _joined(NAMESPACE.encode(), b"", hashed_by, digest)


def _read(signature: bytes) -> tuple[bytes, bytes, bytes]:
    """The public key, the hash algorithm and the proof of a signature for a digest.

    Raises BadSignature, and ValueError for what is no signature at all.
    """
    armored = _ARMOR.fullmatch(signature) if len(signature) <= _LARGEST else None
    if armored is None:
        raise ValueError("no armor")
    blob = b64decode(b"".join(armored[1].split()), validate=True)
    if not blob.startswith(_LEAD):
        raise ValueError("another version, or none")
    public, namespace, _reserved, hashed_by, signed = _parts(blob.removeprefix(_LEAD))
    if namespace != NAMESPACE.encode():
        raise BadSignature(reason="other-namespace")
    if not public.startswith(_joined(_KIND)):
        raise BadSignature(reason="unsupported-key")
    if hashed_by not in _HASHES:
        raise BadSignature(reason="unsupported-hash")
    (_, point), (kind, proof) = _parts(public), _parts(signed)
    if kind != _KIND:
        raise ValueError("a proof of another kind than the key")
    return point, hashed_by, proof


def _joined(*parts: bytes) -> bytes:
    """Parts led each by its length, as OpenSSH writes everything."""
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _parts(blob: bytes) -> list[bytes]:
    """The parts of a blob that is nothing else; raises ValueError."""
    parts = []
    while blob:
        end = 4 + int.from_bytes(blob[:4])
        if len(blob) < max(4, end):
            raise ValueError("cut short")
        parts.append(blob[4:end])
        blob = blob[end:]
    return parts
