"""Digests of a ledger: made of what is proved, and compared with what a ledger is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hazardctl.domain.digest import Digest, read_digest
from hazardctl.domain.finding import Finding
from hazardctl.domain.proof import Proof, Step
from hazardctl.errors import BadSignature, LedgerAtFault
from hazardctl.ledger.allowed_signers import vouched
from hazardctl.ledger.checking import told
from hazardctl.ledger.signatures import signer
from hazardctl.store import proof
from hazardctl.store.place import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """A digest that was kept elsewhere: its file, its signature, and the list of who may sign."""

    name: str
    content: bytes
    signature: bytes | None = None
    signers: str | None = None


def digest(proved: Proof, at: str) -> Digest:
    """The digest of a ledger that was proved. Raises LedgerAtFault: what is wrong is not sealed."""
    if proved.findings:
        raise LedgerAtFault(faults=len(proved.findings))
    return Digest(
        ledger_id=proved.ledger_id,
        n=proved.events,
        head=proved.head,
        schema=proved.schema,
        evidence_count=proved.evidence,
        open=proved.open,
        closed=proved.closed,
        at=at,
    )


def held_against(kept: Kept, path: Place, proved: Proof) -> Proof:
    """The proof of a ledger that is held against a digest as well.

    Raises NotADigest, SigningNotInstalled.
    """
    was = read_digest(kept.content, kept.name)
    faults, remarks = _signed(kept, was)
    faults += told(path, lambda book: _differing(was, proof.standing_at(book, was.n), kept.name))
    step = Step("digest", {"events": was.n, "at": was.at}, faults)
    return replace(proved, steps=(*proved.steps, step), remarks=(*proved.remarks, *remarks))


def _differing(was: Digest, now: proof.Standing, file: str) -> Iterator[Finding]:
    """What a ledger lacks of what it was; of another ledger nothing else is worth telling."""
    if was.ledger_id != now.ledger_id:
        facts = {"file": file, "ledger_id": was.ledger_id}
        yield Finding("digest-other-ledger", facts=facts)
        return
    if was.n > now.count:
        lengths = {"file": file, "digest": was.n, "ledger": now.count}
        yield Finding("digest-longer", facts=lengths)
        return
    if was.head != now.head:
        yield Finding("digest-head-differs", None, was.n, {"file": file, "seq": was.n})
    counted = {"open": now.open, "closed": now.closed, "evidence_count": now.evidence}
    for name, count in counted.items():
        if getattr(was, name) != count:
            differing = {"file": file, "name": name, "digest": getattr(was, name), "ledger": count}
            yield Finding("digest-count-differs", facts=differing)


def _signed(kept: Kept, was: Digest) -> tuple[list[Finding], list[Finding]]:
    """Whether the signature under a digest fits, and whose it is."""
    if kept.signature is None:
        remark = Finding("digest-unsigned", facts={"file": kept.name})
        return ([remark], []) if kept.signers is not None else ([], [remark])
    try:
        key = signer(kept.content, kept.signature)
    except BadSignature as fault:
        facts = {"file": kept.name, "reason": fault.facts["reason"]}
        return [Finding("digest-badly-signed", facts=facts)], []
    named = {"file": kept.name, "key": key.fingerprint}
    if kept.signers is None:
        return [], [Finding("digest-signer-unchecked", facts=named)]
    # The list gives its dates in local time; the moment is the one that the digest names.
    name = vouched(key, kept.signers, was.moment().astimezone())
    if name is None:
        return [Finding("digest-signer-unknown", facts=named)], []
    return [], [Finding("digest-signed", facts={**named, "name": name})]
