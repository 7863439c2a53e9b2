"""How soon a tablet just enrolled can be used, and what it downloads until then.

    python -m benchmarks.first_visit

The clock runs while somebody waits: from the tap on Enrol until all rows are stored, from the tap on Sign in until the
day is shown, and from the tap on a lesson until it is painted. Typing is not counted; the worker installs meanwhile.
"""

from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page, expect

from benchmarks.counting import CountingProxy
from benchmarks.tablets import PASSWORD, TEACHER, School, browser_context, demo_school, enrol_code
from e2e.screens import Today
from e2e.server import Server
from webapp import create_app
from webapp.config import read_settings
from webapp.offline.bundle import make_bundle
from webapp.web.compression import densest

VISITS = 5
KILO = 1024

PAINTED = """() => new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
}))"""


def main(school: School = demo_school) -> None:
    with school() as server:
        visits = [_visit(server) for _ in range(VISITS)]
        stored, shown, painted, bodies, headers = (median(figures) for figures in zip(*visits, strict=True))
        together = stored + shown + painted
        print(f"enrolled, all rows stored   {stored:5.2f} s")
        print(f"signed in, day shown        {shown:5.2f} s")
        print(f"first lesson painted        {painted:5.2f} s")
        print(f"together                    {together:5.2f} s (median of {VISITS}; wanted: at most 1.5)")
        print(f"downloaded                  {bodies / KILO:5.1f} KB (wanted: at most 130)")
        print(f"  and headers               {headers / KILO:5.1f} KB")
        print(f"  of it the worker          {_worker_size(server.data) / KILO:5.1f} KB (wanted: at most 30)")


def _visit(server: Server) -> tuple[float, float, float, int, int]:
    proxy = CountingProxy(server.port)
    with browser_context() as context:
        page = context.new_page()
        page.goto(f"{proxy.url}/enrol#code={enrol_code(server)}")
        page.get_by_label("Name of the tablet").fill("Year 8 trolley")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        stored = _seconds_until(page, "Enrol", "**/sign-in")
        page.get_by_label("Username").fill(TEACHER)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        shown = _seconds_until(page, "Sign in", "**/today")
        lesson = Today(page).lessons.first  # at the weekend, the list has to be opened first
        begin = perf_counter()
        lesson.click()
        expect(page.get_by_role("button", name="All Active, then adjust")).to_be_visible()
        page.evaluate(PAINTED)
        return stored, shown, perf_counter() - begin, proxy.bodies, proxy.headers


def _seconds_until(page: Page, button: str, address: str) -> float:
    begin = perf_counter()
    page.get_by_role("button", name=button).click()
    page.wait_for_url(address)
    return perf_counter() - begin


def _worker_size(data: Path) -> int:
    """Bytes of the worker with the compiled templates, as a browser downloads them."""
    app = create_app(read_settings({"REACHABLE_DATA": str(data)}))
    with app.app_context():
        return len(densest("br", make_bundle(app).script.encode()))


if __name__ == "__main__":
    main()
