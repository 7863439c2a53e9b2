"""A connection's socket that never blocks: what the other side does not take yet is kept."""

import re
import socket
import time
from collections import deque
from typing import Final

ANSWERED_WITHIN: Final = 20.0
"""Seconds in which somebody must take some of an answer."""

MOST_BYTES: Final = 32 * 1024 * 1024
"""What is kept of one answer."""

NOT_NOW: Final = re.compile(rb"HTTP/1\.[01] (429|503) ")
COOL_DOWN: Final = 1.0
"""Seconds for which such an answer is held back: whoever asks again at once, and is refused as quickly, would keep the
school busy with saying no. No thread waits meanwhile."""


class Line:
    """As much of a socket as gunicorn uses. A thread writes to it while it answers, the main loop before and after."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._kept, self._since = sock, deque[memoryview](), 0.0
        self.held_until = 0.0
        sock.setblocking(False)

    def sendall(self, data: bytes) -> None:
        """BrokenPipeError where nobody takes what was said before."""
        is_stuck = bool(self._kept) and time.monotonic() - self._since > ANSWERED_WITHIN
        if is_stuck or sum(map(len, self._kept)) > MOST_BYTES:
            raise BrokenPipeError("nobody reads the answer")
        if NOT_NOW.match(data):
            self._since = self.held_until = time.monotonic() + COOL_DOWN
        self._kept.append(memoryview(data))
        self.flush()

    send = sendall

    def flush(self) -> bool:
        """Send what can be sent; whether that was all."""
        if self.is_held:
            return False
        while self._kept:
            try:
                sent = self._sock.send(self._kept[0])
            except BlockingIOError:
                return False
            self._since = time.monotonic()
            self._kept[0] = self._kept[0][sent:]
            if not self._kept[0]:
                self._kept.popleft()
        return True

    @property
    def is_held(self) -> bool:
        return time.monotonic() < self.held_until

    def recv(self, most: int) -> bytes:
        return self._sock.recv(most)

    def fileno(self) -> int:
        return self._sock.fileno()

    def shutdown(self, how: int) -> None:
        self._sock.shutdown(how)

    def close(self) -> None:
        self._sock.close()

    def gettimeout(self) -> float:
        return 0.0

    def settimeout(self, _seconds: float | None) -> None:
        """It never waits."""

    def setblocking(self, _blocking: bool) -> None:
        """It never blocks."""
