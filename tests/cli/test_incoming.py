"""When a connection has sent a whole request, and how long it has for it."""

import pytest

from webapp.cli.incoming import BODY_PATIENCE, HEAD_PATIENCE, LONGEST_HEAD, SLOWEST, Incoming, State
from webapp.web.arrival import MOST

GET = b"GET / HTTP/1.1\r\nHost: school\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: school\r\nContent-Length: 5\r\n\r\nmarks"
IDLE = 75.0


def fed(data: bytes, at_once: int) -> tuple[Incoming, list[State]]:
    """What is said after each piece."""
    incoming, states = Incoming.since(0, IDLE), []
    for start in range(0, len(data), at_once):
        incoming.add(data[start : start + at_once], now=1)
        states.append(incoming.state(now=1))
    return incoming, states


@pytest.mark.parametrize("request_", [GET, POST, POST.replace(b"Content-L", b"content-l")])
@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 1000])
def test_it_is_whole_with_its_last_byte_however_it_is_cut(request_: bytes, at_once: int) -> None:
    _, states = fed(request_, at_once)
    assert set(states[:-1]) <= {State.MORE}
    assert states[-1] is State.WHOLE


def test_what_follows_it_is_another_request() -> None:
    incoming, states = fed(POST + GET, 1000)
    assert (states, incoming.whole) == ([State.WHOLE], len(POST))
    assert Incoming.since(0, IDLE, GET).state(0) is State.WHOLE


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: -5",
        b"Content-Length: 5x",
        b"Content-Length: 5, 5",
        b"Content-Length:",
        b"Content-Length : 5",
        b"Content-Length: 9999999999999",
        b"X: Content-Length: 5",
        f"Content-Length: {MOST + 1}".encode(),
    ],
)
def test_who_tells_no_length_that_can_be_waited_for_is_handed_on_at_once(lines: bytes) -> None:
    """Then it is refused: a thread finds the head and no more."""
    _, states = fed(b"POST / HTTP/1.1\r\n" + lines + b"\r\n\r\n", 1000)
    assert states == [State.WHOLE]


@pytest.mark.parametrize(
    "line", [b"Transfer-Encoding: chunked", b"transfer-encoding: gzip, chunked", b"TRANSFER-ENCODING:x"]
)
def test_who_does_not_say_how_long_it_is_is_refused(line: bytes) -> None:
    _, states = fed(b"POST / HTTP/1.1\r\n" + line + b"\r\nContent-Length: 5\r\n\r\n", 1000)
    assert states == [State.ENDLESS]


def test_a_head_without_end_is_refused() -> None:
    _, states = fed(b"GET / HTTP/1.1\r\nX: " + b"x" * LONGEST_HEAD, 1000)
    assert states[-1] is State.HEADLESS
    assert set(states[:60]) == {State.MORE}


def test_time_is_counted_from_the_first_byte_then_from_the_end_of_the_head() -> None:
    incoming = Incoming.since(0, IDLE)
    assert incoming.deadline == IDLE
    incoming.add(POST[:10], now=3)
    incoming.state(now=3)
    assert incoming.deadline == 3 + HEAD_PATIENCE
    incoming.add(b"", now=4)
    incoming.add(POST[10:-2], now=5)
    assert incoming.state(now=5) is State.MORE
    whole = 5 + BODY_PATIENCE + 5 / SLOWEST
    assert incoming.deadline == whole
    incoming.add(POST[-2:-1], now=9)
    incoming.state(now=9)
    assert incoming.deadline == whole  # byte by byte buys no more time


def test_a_client_that_waits_to_hear_that_it_may_send_is_told() -> None:
    head = POST[:-5].replace(b"\r\n\r\n", b"\r\nExpect: 100-Continue\r\n\r\n")
    assert fed(head, 1000)[0].expects_a_word
    assert not fed(POST[:-5], 1000)[0].expects_a_word
