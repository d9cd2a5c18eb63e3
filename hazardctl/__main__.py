"""hazardctl as a program: until it is loaded, whoever stops it hears nothing of it."""

from __future__ import annotations

import os
import signal


def main() -> None:
    """The console script."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda _signal, _frame: os._exit(130))
    from hazardctl.cli.main import main as started

    started()


if __name__ == "__main__":
    main()
