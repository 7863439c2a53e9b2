"""From a card before the camera to the painted answer of the reward room's door, on a tablet whose server is stopped.

    python -m benchmarks.scan

Time runs from the moment at which the camera took the first frame that shows the card until the end of the page's frame
that shows the answer. The camera plays a film of printed cards, upright and turned, near and far. The page's processor
is slowed down as the browser's own developer tools do it; the worker's and that of the code reader run at full speed.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from PIL import Image
from playwright.sync_api import Page

from benchmarks.tablets import PASSWORD, TEACHER, School, browser_context, demo_school, enrol_code
from e2e.camera import arguments, film, held, printed_cards
from e2e.screens import Enrol
from e2e.server import Server
from webapp import create_app
from webapp.config import read_settings
from webapp.office.students.card_sheet import CardFace, card_sheet
from webapp.student.cards import issue

STUDENTS = range(1, 9)
HEAD = "c.quartey"
SCANS = 24
WARM_UP = 4
FRAMES = 40  # a little longer than a second, with a card and without one
HOLDS = ({"width": 520}, {"width": 420, "turn": 25}, {"width": 300}, {"width": 460, "turn": 190})
UNTIL_KEPT = """async () => {
  while (!(await caches.match("/static/scan/zxing/zxing_reader.wasm"))) await new Promise(requestAnimationFrame);
}"""
WATCH = """() => {
  window.scans = [];
  const video = document.querySelector("video");
  const spot = new Uint8Array(2 * 16 * 16);
  const isCardThere = async () => {
    const frame = new VideoFrame(video);
    await frame.copyTo(spot, { rect: { x: 640, y: 360, width: 16, height: 16 } });
    frame.close();
    const light = spot.subarray(0, 16 * 16);
    return Math.max(...light) - Math.min(...light) > 60;  // the table is of one colour
  };
  const answer = () => document.querySelector(".who-is")?.textContent;
  const painted = (before, begin) => {
    if (answer() === before) return requestAnimationFrame(() => painted(before, begin));
    const { port1, port2 } = new MessageChannel();  // its message comes once the frame is done
    port1.onmessage = () => window.scans.push(performance.now() - begin);
    port2.postMessage(null);
  };
  let wasThere = true;
  const look = async (now, { captureTime, presentationTime }) => {
    video.requestVideoFrameCallback(look);
    const isThere = await isCardThere();
    if (isThere && !wasThere) painted(answer(), captureTime ?? presentationTime);
    wasThere = isThere;
  };
  video.requestVideoFrameCallback(look);
}"""


def main(school: School = demo_school) -> None:
    with school() as server, _camera(_printed(server)) as reel, browser_context(*arguments(reel)) as context:
        page = context.new_page()
        Enrol(page).with_code(server.url, enrol_code(server, "reception")).with_password(TEACHER, PASSWORD)
        page.goto(f"{server.url}/room")
        page.evaluate(UNTIL_KEPT)
        server.stop()
        page.get_by_role("button", name="Use the camera").click()
        page.locator(".who-is").wait_for()
        page.evaluate(WATCH)
        session = context.new_cdp_session(page)
        for slower in (1, 4):
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            _report(slower, _scans(page)[WARM_UP:])


def _printed(server: Server) -> list[Image.Image]:
    app = create_app(read_settings({"REACHABLE_DATA": str(server.data)}))
    with app.app_context():
        tokens = issue(STUDENTS, HEAD).values()
    faces = [CardFace("Name", f"{server.url}/card#{token}", None) for token in tokens]
    return printed_cards(card_sheet("School", faces))


@contextmanager
def _camera(cards: list[Image.Image]) -> Iterator[Path]:
    """A film of each student's card in turn."""
    with tempfile.TemporaryDirectory() as folder:
        views = [held(card, **HOLDS[i % len(HOLDS)]) for i, card in zip(STUDENTS, cards, strict=False)]
        scenes = [scene for view in views for scene in ((held(None), FRAMES), (view, FRAMES))]
        yield film(Path(folder) / "film.mjpeg", scenes)


def _scans(page: Page) -> list[float]:
    """Milliseconds for each of a number of cards."""
    page.evaluate("window.scans.length = 0")
    page.wait_for_function("(count) => window.scans.length >= count", arg=SCANS + WARM_UP, timeout=0)
    return list(page.evaluate("window.scans"))


def _report(slower: int, times: list[float]) -> None:
    print(
        f"processor {slower} x slower, {len(times)} cards: frame to answer  median {median(times):6.1f} ms, "
        f"95 % within {quantiles(times, n=20)[-1]:6.1f} ms (wanted: median at most 300)"
    )


if __name__ == "__main__":
    main()
