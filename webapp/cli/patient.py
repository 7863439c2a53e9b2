"""gunicorn's worker with threads, in which no thread ever waits for the network.

By itself it gives a thread to whoever connects, and the thread then waits for every byte to come and to go. So
sixty-four people who send nothing, or slowly, or do not read what they asked for, stop a school. Here the one loop that
looks at all connections collects what they send, hands whole requests to threads, and sends what is left of answers.

Whoever takes too long is hung up on. Where there are too many, whoever has waited longest goes: a request that comes at
once finds a place however many others come slowly.
"""

import errno
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Final

from gunicorn.http import get_parser
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from webapp.cli.incoming import HEAD_PATIENCE, Incoming, State
from webapp.cli.outgoing import ANSWERED_WITHIN, Line

MOST_CONNECTIONS: Final = 2000
MOST_WAITING: Final = 1000
"""Connections on which something is sent or taken, or that are kept for a next request."""

MOST_HELD: Final = 500
"""Answers that are held back (`outgoing.COOL_DOWN`); of more, those that have waited longest are hung up on."""

MOST_BYTES: Final = 128 * 1024 * 1024
"""What requests that no thread looks at yet have together. Above that only small ones are taken on."""

LARGE: Final = 1024 * 1024  # bytes
LARGE_AT_ONCE: Final = 4
"""Requests as large as that which threads look at: each is in memory some times over."""

AT_ONCE: Final = 64 * 1024  # bytes
PARTING: Final = 2.0
"""Seconds in which the other side may hang up first, so that it reads all that was said."""

CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSALS: Final = {
    State.HEADLESS: b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    State.ENDLESS: b"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
}


class Collected(Unreader):
    """What a parser reads: what has come. `ended`: it wanted more than that, so where the next begins is not known."""

    ended = False

    def chunk(self, _size_hint: int | None = None) -> bytes:
        self.ended = True
        return b""


class Visit(TConn):
    """A connection. `goes_on`: after what is said to it now, it may ask again."""

    goes_on = False
    is_large = False

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, Line(sock), client, server)
        self.initialized = True
        self.parser = get_parser(cfg, [], client)
        self.parser.unreader = Collected()
        self.incoming = Incoming.since(time.monotonic(), HEAD_PATIENCE)
        self.deadline = self.incoming.deadline


class PatientWorker(ThreadWorker):
    """All but `handle`, gunicorn's own, runs in the main loop and never waits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: dict[Visit, None] = {}  # in the order in which they began to wait
        self._next_look = 0.0
        self._large, self._large_ones = deque[Visit](), 0  # in line, and with a thread
        self._held = deque[Visit]()  # in the order in which their answers may leave

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._make_room(len(self._waiting) - 1)
            return
        self.nr_conns += 1
        self._collect(Visit(self.cfg, client, address, listener.getsockname()))

    def finish_request(self, visit: Visit, future: Future[bool]) -> None:
        """A thread has answered; the last of the answer may not be sent yet."""
        if visit.is_large:
            visit.is_large = False
            self._large_ones -= 1
            if self._large:
                self._hand_over(self._large.popleft())
        is_fine = not future.cancelled() and future.exception() is None and future.result() is True
        reader = visit.parser.unreader
        visit.goes_on = is_fine and not reader.ended
        visit.incoming = Incoming.since(time.monotonic(), self.cfg.keepalive, reader.take_buffered())
        self._see_off(visit)

    def murder_keepalived(self, force: bool = False) -> None:
        """Hang up on whoever takes too long. gunicorn asks for it after each look at the connections."""
        while self._held and not self._held[0].sock.is_held:
            self._see_off(self._held.popleft())
        while self._held and (force or len(self._held) > MOST_HELD):
            self._drop(self._held.popleft())
        now = time.monotonic()
        if now >= self._next_look or force:
            self._next_look = now + 1
            for visit in [one for one in self._waiting if force or one.deadline <= now]:
                self._drop(visit)

    def _cap_keepalive(self, deadline: float) -> None:
        for visit in self._waiting:
            visit.deadline = min(visit.deadline, deadline)

    def _collect(self, visit: Visit) -> None:
        self._wait(visit, selectors.EVENT_READ, self._on_more, visit.incoming.deadline)
        if visit in self._waiting:
            self._look_at(visit)

    def _on_more(self, visit: Visit) -> None:
        data = self._received(visit)
        if data is None:
            return
        visit.incoming.add(data, time.monotonic())
        if len(visit.incoming.data) > AT_ONCE and self._kept() > MOST_BYTES:
            self._drop(visit)
        else:
            self._look_at(visit)

    def _look_at(self, visit: Visit) -> None:
        was_known = visit.incoming.whole
        state = visit.incoming.state(time.monotonic())
        visit.deadline = visit.incoming.deadline
        if state in REFUSALS:
            self._stop_waiting(visit)
            visit.goes_on = False
            self._say(visit, REFUSALS[state])
            self._see_off(visit)
        elif state is State.WHOLE:
            self._stop_waiting(visit)
            self._hand_over(visit)
        elif was_known is None and visit.incoming.expects_a_word:
            self._say(visit, CONTINUE)

    def _kept(self) -> int:
        return sum(len(visit.incoming.data) for visit in (*self._waiting, *self._large))

    def _hand_over(self, visit: Visit) -> None:
        """To a thread, or into the line of large ones."""
        visit.is_large = len(visit.incoming.data) > LARGE
        if visit.is_large and self._large_ones >= LARGE_AT_ONCE:
            self._large.append(visit)
            return
        self._large_ones += visit.is_large
        visit.parser.unreader.unread(bytes(visit.incoming.data))
        visit.incoming.data.clear()
        self.enqueue_req(visit)

    def _see_off(self, visit: Visit) -> None:
        """Send the rest of an answer, then listen again or part."""
        if visit.sock.is_held:
            self._held.append(visit)
            return
        try:
            is_sent = visit.sock.flush()
        except OSError:
            self._drop(visit)
            return
        if not is_sent:
            self._wait(visit, selectors.EVENT_WRITE, self._on_room, time.monotonic() + ANSWERED_WITHIN)
        elif visit.goes_on:
            self._collect(visit)
        else:
            self._part(visit)

    def _on_room(self, visit: Visit) -> None:
        self._stop_waiting(visit)
        self._see_off(visit)

    def _part(self, visit: Visit) -> None:
        try:
            visit.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(visit)
        else:
            self._wait(visit, selectors.EVENT_READ, self._received, time.monotonic() + PARTING)

    def _received(self, visit: Visit) -> bytes | None:
        """What has come; None if that is nothing, or the other side has hung up."""
        try:
            data: bytes = visit.sock.recv(AT_ONCE)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            self._drop(visit)
        return data or None

    def _wait(self, visit: Visit, event: int, on_event: Callable[[Visit], Any], deadline: float) -> None:
        self._make_room(MOST_WAITING - 1)
        visit.deadline = deadline
        try:
            self.poller.register(visit.sock, event, lambda _sock: on_event(visit))
        except (OSError, ValueError, KeyError):
            self._drop(visit)
        else:
            self._waiting[visit] = None

    def _make_room(self, most: int) -> None:
        while len(self._waiting) > max(most, 0):
            self._drop(next(iter(self._waiting)))

    def _stop_waiting(self, visit: Visit) -> None:
        if visit in self._waiting:
            del self._waiting[visit]
            self.poller.unregister(visit.sock)

    def _drop(self, visit: Visit) -> None:
        self._stop_waiting(visit)
        self.nr_conns -= 1
        visit.close()

    def _say(self, visit: Visit, words: bytes) -> None:
        with suppress(OSError):
            visit.sock.sendall(words)
