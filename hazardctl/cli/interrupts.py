"""Ctrl-C: heard once, until what was done has been said."""

from __future__ import annotations

import signal
import sys

_was_heard = False  # by `_once`


def listen() -> None:
    """From here on a Ctrl-C stops the command, unless whoever started it said to ignore it."""
    if signal.getsignal(signal.SIGINT) not in (signal.SIG_IGN, signal.SIG_DFL):
        signal.signal(signal.SIGINT, _once)
        sys.unraisablehook = _lost


def listen_no_more() -> None:
    """From here on a Ctrl-C changes nothing: the command is over, or its end is being told."""
    if signal.getsignal(signal.SIGINT) is _once:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def struck(fault: BaseException) -> bool:
    """Whether a Ctrl-C is behind a fault, as it is behind all that comes to an end after one.

    One that strikes while a class is made, a library is loaded or a thread is waited for leaves
    Python as another error, at times without a trace of what it was.
    """
    return isinstance(fault, KeyboardInterrupt) or _was_heard


def _once(_signal: int, _frame: object) -> None:
    """A second one would cut short what is told of the first."""
    global _was_heard
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _was_heard = True
    raise KeyboardInterrupt


def _lost(lost: sys.UnraisableHookArgs) -> None:
    """One that struck where nothing can be raised is lost, and the next one is heard again."""
    global _was_heard
    if isinstance(lost.exc_value, KeyboardInterrupt):
        _was_heard = False
        signal.signal(signal.SIGINT, _once)
    else:
        sys.__unraisablehook__(lost)
