"""Ctrl-C: heard once, until what was done has been said."""

from __future__ import annotations

import signal
import sys


def listen() -> None:
    """From here on a Ctrl-C stops the command, unless whoever started it said to ignore it."""
    if signal.getsignal(signal.SIGINT) not in (signal.SIG_IGN, signal.SIG_DFL):
        signal.signal(signal.SIGINT, _once)
        sys.unraisablehook = _lost


def listen_no_more() -> None:
    """From here on a Ctrl-C changes nothing: the command is over, or its end is being told."""
    if signal.getsignal(signal.SIGINT) is _once:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def struck(fault: BaseException | None) -> bool:
    """Whether a Ctrl-C is behind a fault.

    One that strikes while a class is made, or a thread is waited for, leaves Python as another
    error that has it for its cause or its context.
    """
    while fault is not None and not isinstance(fault, KeyboardInterrupt):
        fault = fault.__cause__ or fault.__context__
    return fault is not None


def _once(_signal: int, _frame: object) -> None:
    """A second one would cut short what is told of the first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def _lost(lost: sys.UnraisableHookArgs) -> None:
    """One that struck where nothing can be raised is lost, and the next one is heard again."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        signal.signal(signal.SIGINT, _once)
    else:
        sys.__unraisablehook__(lost)
