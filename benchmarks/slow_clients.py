"""How long pages take while 600 clients of a kind send byte by byte, or nothing, or 100 do not read.

    python -m benchmarks.slow_clients [SECONDS]

The demo school is asked for 30 seconds each, directly and through Caddy as deployed, and without slow clients first.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep

from benchmarks.tablets import demo_school
from e2e.caddy import caddy_before
from e2e.slow import Crowd

PAUSE = 0.05  # seconds between looks
SECONDS = 30.0
PAGES = ("/sign-in", "/health", "/today", "/static/css/floor.css")
ATTACKS: dict[str, dict[str, int]] = {
    "nobody else": {},
    "slow bodies and silent connections": {"slow form": 600, "silent": 600},
    "slow pushes": {"slow push": 600},
    "half a head": {"half a head": 600},
    "nobody reads": {"no reader": 100},
}


def main() -> None:
    seconds = float(sys.argv[1]) if sys.argv[1:] else SECONDS
    with demo_school() as server, caddy_before(server.port) as caddy:
        for way, port in (("alone", server.port), ("behind Caddy", caddy)):
            for name, kinds in ATTACKS.items():
                with _attack(port, kinds):
                    _report(f"{way}, {name}", _times(port, seconds))


@contextmanager
def _attack(port: int, kinds: dict[str, int]) -> Iterator[None]:
    """So many clients of each kind; who is hung up on is followed by another."""
    over = Event()
    with ExitStack() as stack:
        crowds = [stack.enter_context(closing(Crowd(port, kind, count))) for kind, count in kinds.items()]
        sender = Thread(target=_keep_on, args=(crowds, over))
        sender.start()
        try:
            yield
        finally:
            over.set()
            sender.join()


def _keep_on(crowds: Sequence[Crowd], over: Event) -> None:
    while not over.wait(1):
        for crowd in crowds:
            crowd.go_on()


def _times(port: int, seconds: float) -> list[float]:
    """How long each page took, in seconds."""
    times, end = [], perf_counter() + seconds
    while perf_counter() < end:
        for page in PAGES:
            began = perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", page)
            connection.getresponse().read()
            connection.close()
            times.append(perf_counter() - began)
        sleep(PAUSE)
    return times


def _report(what: str, times: list[float]) -> None:
    print(f"{what}: {len(times)} pages, median {median(times) * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
