"""Proving a ledger and sealing it with a digest, as they are typed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from hazardctl.cli.clock import now, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.options import Text
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.errors import CannotWrite, Exit, FileNeeded, MissingOptions
from hazardctl.intake.refusals import CannotOpen
from hazardctl.ledger import checking, digesting
from hazardctl.render import proof
from hazardctl.render.saving import led_to, save
from hazardctl.render.sheet import Answer

_LARGEST = 1024 * 1024  # bytes of a digest, a signature or a list of signers
_SIGNED = ".sig"  # what `ssh-keygen -Y sign` calls the signature of a file


def check(
    context: typer.Context,
    digest: Annotated[Text, typer.Option("--digest", metavar="FILE")] = None,
    signers: Annotated[Text, typer.Option("--signers", metavar="FILE")] = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
) -> None:
    """Prove the ledger: chain, replay, schema, evidence, sums, and a digest kept elsewhere."""
    desk: Desk = context.obj
    if signers and not digest:
        raise MissingOptions(options=["--digest"])
    kept = _kept(digest, signers) if digest else None
    path = desk.place()
    proved = checking.prove(path, today(desk), taxonomy())
    if kept:
        proved = digesting.held_against(kept, path, proved)
    if proved.findings or (strict and proved.suspicions):
        desk.exit = Exit.PROBLEM
    desk.say(proof.answer(proved, desk.words))


def digest(
    context: typer.Context, sign: Annotated[Text, typer.Option("--sign", metavar="KEY")] = None
) -> None:
    """A digest of the ledger as it is proved now, to be kept elsewhere."""
    desk: Desk = context.obj
    target = desk.typed.get("--output")
    if sign and not target:
        raise FileNeeded(option="--sign")
    if sign and target and os.path.realpath(sign) == os.path.realpath(target):
        raise CannotWrite(path=target, reason="the-key")
    proved = checking.prove(desk.place(), today(desk), taxonomy())
    text = digesting.digest(proved, now()).text()
    answer = Answer(data=text.encode, text=lambda: text.rstrip())
    if not sign or not target:
        desk.say(answer)
        return
    from hazardctl.ledger.signatures import sign as signed

    signature, beside = signed(text.encode(), Path(sign)), f"{target}{_SIGNED}"
    with _written(target):
        led_to(Path(target))
    with _written(beside):
        Path(beside).unlink(missing_ok=True)  # no digest ever lies beside another one's signature
    desk.say(answer)
    with _written(beside):
        save(signature, Path(beside))


def _kept(file: str, signers: str | None) -> digesting.Kept:
    """A digest as it was kept, with the signature that lies beside it."""
    signature = Path(f"{file}{_SIGNED}")
    return digesting.Kept(
        name=Path(file).name,
        content=_whole(file),
        signature=_read(str(signature)) if signature.exists() else None,
        signers=_whole(signers).decode(errors="replace") if signers else None,
    )


def _whole(file: str) -> bytes:
    """All of a file; raises CannotOpen if it is longer than there may be."""
    content = _read(file)
    if len(content) > _LARGEST:
        raise CannotOpen(file=Path(file).name, reason="over-1-mib")
    return content


def _read(file: str) -> bytes:
    """A file, and no more of it than tells that it is too long: no signature is."""
    try:
        if Path(file).exists() and not Path(file).is_file():  # a pipe may never end
            raise CannotOpen(file=file, reason="not-a-regular-file")
        with Path(file).open("rb") as opened:
            return opened.read(_LARGEST + 1)
    except OSError as fault:
        raise CannotOpen(file=file, reason=fault.strerror) from None


@contextmanager
def _written(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise CannotWrite(path=path, reason=fault.strerror) from fault
