"""Making a backup, restoring one, and copying a ledger elsewhere, as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from hazardctl.cli import interrupts
from hazardctl.cli.clock import now, today
from hazardctl.cli.desk import Desk
from hazardctl.cli.progress import watching
from hazardctl.cli.settings import place_named
from hazardctl.cli.taxonomy import taxonomy
from hazardctl.domain.manifest import Manifest
from hazardctl.ledger import backing_up, carrying, restoring
from hazardctl.ledger.pasts import AHEAD
from hazardctl.render import config
from hazardctl.store.refusals import OccupiedTarget

File = Annotated[str, typer.Argument(metavar="FILE", show_default=False)]


def backup(context: typer.Context, file: File) -> None:
    """Copy the ledger and its evidence into one file."""
    desk: Desk = context.obj
    ledger, target = desk.place(), Path(file)
    desk.must_not_be_of_the_ledger(file)
    with _known_if_stopped(desk, file, target.exists):
        made = backing_up.back_up(ledger, target, at=now(), today=today(desk), taxonomy=taxonomy())
        desk.saved.append(file)
    facts = _facts(file, made.manifest)
    desk.say(config.told(desk.words, "backed-up", **facts, size=made.size))


def restore(
    context: typer.Context,
    file: File,
    replace: Annotated[bool, typer.Option("--replace")] = False,
) -> None:
    """Put the ledger and the evidence of a backup where the ledger is to stand."""
    desk: Desk = context.obj
    ledger, source = desk.place(making=True), Path(file)
    with _known_if_stopped(desk, str(ledger), lambda: restoring.is_restored(source, ledger)):
        done = restoring.restore(
            source, ledger, replace=replace, today=today(desk), taxonomy=taxonomy()
        )
        desk.saved.append(str(ledger))
    if done.was and done.was.what == AHEAD:
        desk.tell("said", "restored-older", events=done.was.events)
    if done.was:
        desk.tell("said", "kept-before", what=done.was.what, path=str(done.kept))
    kept = str(done.kept) if done.kept else None
    older_by = done.was.events if done.was and done.was.what == AHEAD else 0
    facts = _facts(str(ledger), done.manifest)
    desk.say(config.told(desk.words, "restored", **facts, kept=kept, older_by=older_by))


def copy(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="PATH|URL", show_default=False)],
) -> None:
    """Copy the whole ledger to a file or a server, and prove it there."""
    desk: Desk = context.obj
    place = place_named(target)
    if place == desk.place():
        raise OccupiedTarget(path=str(place), what="the-same-ledger")
    if isinstance(place, Path):
        desk.must_not_be_of_the_ledger(str(place))
    try:
        with watching(desk) as watch:
            done = carrying.carry(
                desk.place(), place, at=now(), today=today(desk), taxonomy=taxonomy(), watch=watch
            )
    except BaseException as fault:
        if interrupts.struck(fault):
            desk.tell("said", "copy-interrupted", path=str(place))
        raise
    made = done.digest
    desk.say(
        config.told(
            desk.words,
            "copied",
            path=str(place),
            ledger_id=made.ledger_id,
            n=made.n,
            head=made.head,
            schema=made.schema,
            at=made.at,
            evidence=made.evidence_count,
            came=done.came,
        )
    )


def _facts(path: str, manifest: Manifest) -> dict[str, object]:
    """What is told of a backup."""
    return {
        "path": path,
        "ledger_id": manifest.ledger_id,
        "n": manifest.n,
        "head": manifest.head,
        "schema": manifest.schema,
        "at": manifest.at,
        "evidence": len(manifest.evidence),
    }


@contextmanager
def _known_if_stopped(desk: Desk, what: str, is_done: Callable[[], bool]) -> Iterator[None]:
    """What was done before a Ctrl-C was heard is told as saved."""
    is_new = not is_done()
    try:
        yield
    except BaseException as fault:
        if not interrupts.struck(fault):
            raise
        interrupts.listen_no_more()
        if is_new and not desk.saved and is_done():
            desk.saved.append(what)
        raise
