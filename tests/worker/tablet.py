"""A tablet: a real browser profile with the service worker in it, driven by requests as a page makes them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page

from tests.builders import PASSWORD
from tests.worker.school import School
from webapp.sync.log.revisions import head

PATIENCE = 20.0  # seconds

FETCH = """async ([path, form, isFragment]) => {
  const headers = isFragment ? { "HX-Request": "true" } : {};
  const body = form && new URLSearchParams(form);
  const response = await fetch(path, { method: form ? "POST" : "GET", headers, body });
  // A fragment says where it belongs; the address asked for may have led on.
  const place = response.headers.get("HX-Replace-Url") ?? response.url;
  const { pathname } = new URL(place, location);
  return { status: response.status, path: pathname, text: await response.text() };
}"""
STATE = """async (stores) => {
  const opened = indexedDB.open("reachable", 1);
  await new Promise((resolve) => (opened.onsuccess = resolve));
  const all = (store) => new Promise((resolve) => {
    const request = opened.result.transaction(store).objectStore(store).getAll();
    request.onsuccess = () => resolve(request.result);
  });
  const found = await Promise.all(stores.map(all));
  opened.result.close();
  return found;
}"""
UNTIL = """async ([holds, patience]) => {
  const opened = indexedDB.open("reachable", 1);
  await new Promise((resolve) => (opened.onsuccess = resolve));
  const ask = (store, question) => new Promise((resolve) => {
    const request = opened.result.transaction(store).objectStore(store)[question]();
    request.onsuccess = () => resolve(request.result);
  });
  const end = performance.now() + patience;
  let found = false;
  while (!found && performance.now() < end) {
    const [meta] = await ask("meta", "getAll");
    const last = (await ask("operations", "getAllKeys")).at(-1) ?? 0;
    found = meta.heard >= holds.heard && meta.cursor >= holds.cursor && (meta.upto === last || !holds.sent);
    if (!found) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  opened.result.close();
  return found;
}"""
SET_CLOCK = """(to) => {
  self.realNow ??= Date.now;
  const ahead = to === null ? 0 : Date.parse(to) - self.realNow();
  Date.now = () => self.realNow() + ahead;
}"""
MOVE_CLOCK = """(ms) => {
  self.realNow ??= Date.now;
  const now = Date.now;
  Date.now = () => now() + ms;
}"""
POST = """async (message) => {
  const registration = await navigator.serviceWorker.getRegistration();
  registration[message.to].postMessage({ type: message.type });
}"""


@dataclass
class Tablet:
    context: BrowserContext
    school: School
    page: Page

    def enrol(self, name: str = "Trolley 3", duty: str = "floor") -> None:
        self.page.goto(f"{self.school.url}/enrol#code={self.school.enrol_code(duty)}")
        self.page.get_by_label("Name of the tablet").fill(name)
        self.page.get_by_role("button", name="Enrol").click()
        self.page.wait_for_url("**/sign-in", timeout=PATIENCE * 1000)

    def sign_in(self, username: str = "a.adeyemi", password: str = PASSWORD, **form: str) -> dict[str, Any]:
        return self.tap("/sign-in", is_fragment=False, username=username, password=password, **form)

    def still(self) -> None:
        """Whoever holds the tablet says that they do, as they are asked after a night."""
        assert self.tap("/hold", staff=self.meta["holder"])["status"] == 200

    def look(self, path: str, *, is_fragment: bool = True) -> dict[str, Any]:
        """The screen at a path: {status, path, text}."""
        answer: dict[str, Any] = self.page.evaluate(FETCH, [path, None, is_fragment])
        return answer

    def tap(self, path: str, *, is_fragment: bool = True, **form: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.page.evaluate(FETCH, [path, form, is_fragment])
        return answer

    def mark(self, student: Any, lesson: Any, mark: Any) -> dict[str, Any]:
        return self.tap(f"/lesson/{lesson}/mark", student=str(student), mark=str(mark))

    def as_flask_sees(self) -> FlaskClient:
        """Flask, asked by the same tablet with the same person holding it."""
        client = self.school.app.test_client()
        for cookie in self.context.cookies():
            client.set_cookie(cookie["name"], cookie["value"], domain="localhost")
        return client

    def tell_worker(self, kind: str, to: str = "active") -> None:
        self.page.evaluate(POST, {"type": kind, "to": to})

    def set_clock(self, to: str | None) -> None:
        """Sets the worker's clock, which goes on from there; None: it is right again."""
        self.context.service_workers[0].evaluate(SET_CLOCK, to)

    def move_clock(self, hours: float) -> None:
        self.context.service_workers[0].evaluate(MOVE_CLOCK, hours * 3_600_000)

    def wake(self) -> None:
        """What browsers tell a page that was frozen, as on a tablet that slept."""
        self.page.evaluate("document.dispatchEvent(new Event('resume'))")

    def stop_worker(self) -> None:
        """Ends the worker as browsers do when memory is short; the next request starts it again."""
        session = self.context.new_cdp_session(self.page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.detach()

    @property
    def meta(self) -> dict[str, Any]:
        [[meta]] = self._stored("meta")
        return dict(meta)

    @property
    def operations(self) -> list[dict[str, Any]]:
        [operations] = self._stored("operations")
        return list(operations)

    @property
    def rows(self) -> dict[str, Any]:
        """The rows pulled, by id."""
        [groups] = self._stored("rows")
        return {key: row for group in groups for key, row in json.loads(group)}

    def _stored(self, *stores: str) -> list[Any]:
        """All that is in some of the tablet's stores."""
        return list(self.page.evaluate(STATE, stores))

    def has_synced(self) -> bool:
        """Whether everything recorded here is at school and has come back."""
        [meta], operations = self._stored("meta", "operations")
        return bool(operations) and meta["landed"] == operations[-1]["n"]

    def is_in_step_with(self, head: int) -> bool:
        """Whether the school has all that was recorded here, and this tablet all that the school had at `head`."""
        [meta], operations = self._stored("meta", "operations")
        return meta["cursor"] >= head and meta["upto"] == (operations[-1]["n"] if operations else 0)

    def sync(self) -> None:
        """Syncs until everything is at school."""
        self.tell_worker("sync")
        self.eventually(self.has_synced)

    def catch_up(self) -> None:
        """Syncs until nothing of the school's is missing here."""
        self.tell_worker("sync")
        self.eventually(lambda: self.is_in_step_with(head()))

    def wait_until(self, *, heard: str = "", cursor: int = 0, sent: bool = False) -> None:
        """Waits, within the page, until the tablet has heard of a moment and of a number, and all of it is at school.
        Being asked from here again and again would take longer than what is waited for."""
        holds = {"heard": heard, "cursor": cursor, "sent": sent}
        assert self.page.evaluate(UNTIL, [holds, PATIENCE * 1000]), f"it did not happen: {holds}"

    def eventually(self, condition: Callable[[], object]) -> None:
        """Waits for a condition; fails after a while."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "it did not happen"
            self.page.wait_for_timeout(20)  # a page that reloads meanwhile can be asked nothing
