"""What a connection has sent of its next request, and whether that is all of it.

It only decides when a thread looks at a request. Whoever tells two lengths, or none that can be read, is handed on with
the head alone, and gunicorn refuses it.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from webapp.web.arrival import MOST

HEAD_PATIENCE: Final = 10.0
"""Seconds for the lines before the body."""

BODY_PATIENCE: Final = 20.0
SLOWEST: Final = 16 * 1024
"""Seconds for a body, and bytes a second above that."""

LONGEST_HEAD: Final = 64 * 1024  # bytes; gunicorn's limits for each line are far below
END: Final = b"\r\n\r\n"

_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class State(Enum):
    MORE = "there is more to come"
    WHOLE = "all of it is there"
    HEADLESS = "the lines before the body do not end"
    ENDLESS = "it does not say how long it is"


@dataclass(slots=True)
class Incoming:
    """`deadline` is the moment by which more must have come, in the caller's seconds; `whole` how many bytes the
    request has, once that is known."""

    deadline: float
    data: bytearray
    whole: int | None = None
    _searched: int = 0

    @classmethod
    def since(cls, now: float, patience: float, data: bytes = b"") -> "Incoming":
        """After a request before, `data` may have come along with it; else `patience` is for the first byte."""
        return cls(now + (HEAD_PATIENCE if data else patience), bytearray(data))

    def add(self, data: bytes, now: float) -> None:
        if not self.data:
            self.deadline = min(self.deadline, now + HEAD_PATIENCE)
        self.data += data

    def state(self, now: float) -> State:
        if self.whole is None:
            end = self.data.find(END, max(0, self._searched - len(END)))
            self._searched = len(self.data)
            if end < 0 or end + len(END) > LONGEST_HEAD:
                return State.HEADLESS if len(self.data) > LONGEST_HEAD else State.MORE
            head = bytes(self.data[: end + len(END)])
            if _CHUNKED.search(head):
                return State.ENDLESS
            self._measure(head, now)
        return State.WHOLE if len(self.data) >= (self.whole or 0) else State.MORE

    @property
    def expects_a_word(self) -> bool:
        """Whether the client waits to hear that it may send the body."""
        return self.whole is not None and _EXPECTS.search(self.data, 0, LONGEST_HEAD) is not None

    def _measure(self, head: bytes, now: float) -> None:
        told = _LENGTH.findall(head)
        length = int(told[0]) if len(told) == 1 else 0
        # What is too long is refused unread.
        self.whole = len(head) + (length if length <= MOST else 0)
        self.deadline = now + BODY_PATIENCE + length / SLOWEST
