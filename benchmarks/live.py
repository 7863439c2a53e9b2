"""From a call on one tablet to the frame that shows it on another, while 40 tablets listen to one process.

    python -m benchmarks.live

Two tablets are real: one calls for help on its board, the other has the board open. The other 38 listen as
tablets do. Beside it the bare round trip of the same machine: a call that wakes 40 listeners and does nothing else.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from statistics import median, quantiles
from time import perf_counter

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.sync import Client
from benchmarks.tablets import PASSWORD, TABLET, TEACHER, School, demo_school, enrol_code
from e2e.browser import launch
from e2e.screens import Enrol
from e2e.server import Server, free_port, wait_until_up
from webapp import create_app
from webapp.config import read_settings
from webapp.school import clock
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing

LISTENERS = 38
CALLS = 120
WARM_UP = 10

CALL = """(words) => {
  const form = document.querySelector("form[action='/spaces/assist']:has([name=message])");
  form.elements.place.value = words;
  form.requestSubmit();
  return performance.timeOrigin + performance.now();
}"""
WATCH = """(words) => {
  window.shown = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector("#channel")?.textContent.includes(words)) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();  // its message comes once the frame is done
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}"""


def main(school: School = demo_school) -> None:
    with school() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        caller, hearer = (_board(browser, server, name) for name in (TEACHER, "c.quartey"))
        with _listening(server.port, _cookies(server)):
            _report("call to painted", [_call(caller, hearer, f"Call {n}.") for n in range(CALLS)], "at most 150")
        browser.close()
    _report("bare round trip", _bare_calls())


def _board(browser: Browser, server: Server, username: str) -> Page:
    page = browser.new_context(viewport=TABLET).new_page()
    Enrol(page).with_code(server.url, enrol_code(server)).with_password(username, PASSWORD)
    page.get_by_role("link", name="Spaces").click()
    page.get_by_role("heading", name="Reflection spaces").wait_for()
    return page


def _call(caller: Page, hearer: Page, words: str) -> float:
    """Milliseconds by the clock that both pages share."""
    hearer.evaluate(WATCH, words)
    begin: float = caller.evaluate(CALL, words)
    shown: float = hearer.evaluate("window.shown")
    return shown - begin


def _cookies(server: Server) -> list[str]:
    """Those of tablets enrolled without a browser."""
    app = create_app(read_settings({"REACHABLE_DATA": str(server.data)}))
    with app.app_context(), writing():
        codes = [make_code("floor", clock.now()).text for _ in range(LISTENERS)]
    return [_cookie(server.port, code) for code in codes]


def _cookie(port: int, code: str) -> str:
    client = Client(port)
    client.call("POST", "/sync/v1/enrol", json.dumps({"code": code, "name": "Tablet"}).encode())
    return client.cookies.output(attrs=[], header="", sep=";").strip()


@contextmanager
def _listening(port: int, cookies: list[str]) -> Iterator[None]:
    command = [sys.executable, "-m", "benchmarks.listeners", str(port), *cookies]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait()


def _bare_calls() -> list[float]:
    """Milliseconds from a call until one who listens has the event."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.bare_live", str(port)])
    try:
        wait_until_up(port)
        with _listening(port, ["-"] * (LISTENERS + 1)):
            stream, caller = HTTPConnection("127.0.0.1", port), HTTPConnection("127.0.0.1", port)
            stream.request("GET", "/sync/v1/live")
            events = stream.getresponse()
            events.readline()
            events.readline()
            return [_bare_call(caller, events) for _ in range(CALLS)]
    finally:
        server.terminate()
        server.wait()


def _bare_call(caller: HTTPConnection, events: HTTPResponse) -> float:
    begin = perf_counter()
    caller.request("POST", "/call")
    caller.getresponse().read()
    events.readline()
    events.readline()
    return (perf_counter() - begin) * 1000


def _report(what: str, times: list[float], wanted: str = "") -> None:
    counted = times[WARM_UP:]
    limit = f" (wanted: {wanted})" if wanted else ""
    print(f"{what}  median {median(counted):6.1f} ms, 99 % within {quantiles(counted, n=100)[-1]:6.1f} ms{limit}")


if __name__ == "__main__":
    main()
