"""A wire to a server that is cut at a word: before the server hears it, or before it answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

from hazardctl.store.place import Server

_AT_ONCE = 65536


@dataclass
class Wire:
    """Carries what is said both ways, until the word is said for the first time."""

    server: Server
    word: bytes
    is_heard: bool  # the server hears the word, and its answer is lost
    stays_down: bool = False
    was_cut: bool = False
    _listening: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0))
    )

    @property
    def near(self) -> Server:
        """The server as it is reached by the wire."""
        url = urlsplit(self.server.url)
        port = self._listening.getsockname()[1]
        return Server(f"postgresql://{url.username}@127.0.0.1:{port}{url.path}")

    def run(self) -> None:
        """Take connections until it is closed, or cut for good."""
        with suppress(OSError):
            while not (self.was_cut and self.stays_down):
                one, _ = self._listening.accept()
                Thread(target=self._carry, args=(one,), daemon=True).start()
        self._listening.close()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _carry(self, one: socket.socket) -> None:
        url = urlsplit(self.server.url)
        other = socket.create_connection((str(url.hostname), url.port))
        Thread(target=self._answer, args=(other, one), daemon=True).start()
        with suppress(OSError), one, other:
            while said := one.recv(_AT_ONCE):
                if self.word in said and not self.was_cut:
                    self.was_cut = True
                    if self.stays_down:
                        self.close()
                    if self.is_heard:
                        one.shutdown(socket.SHUT_WR)  # no answer comes through any more
                        other.sendall(said)
                        while other.recv(_AT_ONCE):
                            pass
                    for end in (other, one):  # to close it is not enough while someone listens
                        end.shutdown(socket.SHUT_RDWR)
                    return
                other.sendall(said)

    def _answer(self, other: socket.socket, one: socket.socket) -> None:
        with suppress(OSError):
            while said := other.recv(_AT_ONCE):
                one.sendall(said)
            one.shutdown(socket.SHUT_WR)


@contextmanager
def cut_at(
    word: bytes, server: Server, *, is_heard: bool, stays_down: bool = False
) -> Iterator[Wire]:
    """A wire to a server, open until the block ends."""
    wire = Wire(server, word, is_heard, stays_down)
    Thread(target=wire.run, daemon=True).start()
    try:
        yield wire
    finally:
        wire.close()
