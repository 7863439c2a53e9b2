"""From a tap on a mark to the frame that shows it, on a tablet whose server is stopped.

    python -m benchmarks.tap

Taps are real clicks, and time runs from the event to the end of a frame. Two frames count: the first in which the
button shows the tap, and the one in which it shows the mark as recorded, which is after the mark is on the disk. The
page's processor is slowed down as the browser's own developer tools do it; the worker's runs at full speed.
"""

from statistics import median, quantiles

from playwright.sync_api import Locator, Page

from benchmarks.tablets import PASSWORD, TEACHER, School, browser_context, demo_school, enrol_code
from e2e.screens import Enrol

MARKS = (5, 4, 3, 2, 1, 0)
WARM_UP = 12
LIMITS = {4: "wanted: median at most 50 ms, 95 % within 100 ms", 1: "wanted: median at most 17 ms"}

WATCH = """() => {
  window.taps = [];
  addEventListener("click", (event) => {
    const button = event.target.closest("button[name=mark]");
    if (!button) return;
    const frame = (condition) => new Promise((resolve) => {
      const look = () => {
        if (!document.getElementById(button.id).matches(condition)) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();  // its message comes once the frame is done
        port1.onmessage = () => resolve(performance.now() - event.timeStamp);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
    Promise.all([frame("[data-tapped], [aria-pressed=true]"), frame("[aria-pressed=true]")])
      .then((times) => window.taps.push(times));
  });
}"""


def main(school: School = demo_school) -> None:
    with school() as server, browser_context() as context:
        page = context.new_page()
        today = Enrol(page).with_code(server.url, enrol_code(server)).with_password(TEACHER, PASSWORD)
        lesson = today.open_lesson()
        buttons = [lesson.button(student, mark) for mark in MARKS for student in lesson.students]
        server.stop()
        page.evaluate(WATCH)
        session = context.new_cdp_session(page)
        for slower in (1, 4):
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            _tap_all(page, buttons[:WARM_UP])
            _report(slower, _tap_all(page, buttons))


def _tap_all(page: Page, buttons: list[Locator]) -> list[tuple[float, float]]:
    """Milliseconds until each tap is shown and until it is shown as recorded; then the next one comes."""
    page.evaluate("window.taps.length = 0")
    for count, button in enumerate(buttons, start=1):
        button.click()
        page.wait_for_function("(count) => window.taps.length === count", arg=count)
    return list(page.evaluate("window.taps"))


def _report(slower: int, taps: list[tuple[float, float]]) -> None:
    print(f"processor {slower} x slower, {len(taps)} taps ({LIMITS[slower]})")
    for what, times in zip(("shown", "shown as recorded"), zip(*taps, strict=True), strict=True):
        print(f"  {what:18} median {median(times):6.1f} ms, 95 % within {quantiles(times, n=20)[-1]:6.1f} ms")


if __name__ == "__main__":
    main()
