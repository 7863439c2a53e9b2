"""Cards held before a tablet's camera, read by the page's own reader."""

import base64
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from e2e.browser import launch
from e2e.camera import arguments, film, held
from tests.office.students.test_cards import VIEWS
from tests.worker.printed import new_card, text_of
from tests.worker.school import School
from tests.worker.tablet import Tablet

SECOND = 30  # frames
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("reachable reader"));
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => new URL(url).pathname).sort();
}"""
READER = [
    "/static/scan/reader.js",
    "/static/scan/zxing/reader/index.js",
    "/static/scan/zxing/share.js",
    "/static/scan/zxing/zxing_reader.wasm",
]
READ = """async (pictures) => {
  const reader = new Worker("/static/scan/reader.js", { type: "module" });
  const said = () => new Promise((resolve) => (reader.onmessage = ({ data }) => resolve(data)));
  await said();
  const texts = [];
  for (const src of pictures) {
    const picture = Object.assign(new Image(), { src });
    await picture.decode();
    const frame = new VideoFrame(picture, { timestamp: 0 });
    reader.postMessage(frame, [frame]);
    texts.push(await said());
  }
  return texts;
}"""


@pytest.fixture(scope="module")
def reel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera shows, once a test has written it."""
    return tmp_path_factory.mktemp("camera") / "film.mjpeg"


@pytest.fixture(scope="module")
def browser(playwright: Playwright, reel: Path) -> Iterator[Browser]:
    """A browser with a camera."""
    browser = launch(playwright, *arguments(reel))
    yield browser
    browser.close()


@pytest.fixture
def till(new_tablet: Callable[[str, str], Tablet]) -> Tablet:
    return new_tablet("Tuck shop", "till")


def show(reel: Path, *cards: Image.Image | None) -> None:
    """Puts cards before the camera, each for a second, over and over."""
    film(reel, [(held(card), SECOND) for card in cards])


def switch(page: Page) -> None:
    page.get_by_role("button", name="Use the camera").click()


def kept(tablet: Tablet) -> list[str]:
    return list(tablet.page.evaluate(KEPT))


def test_cards_held_before_the_camera_open_their_screens_without_the_school(till: Tablet, school: School, reel: Path):
    show(reel, new_card(school, 1), None, new_card(school, 2), None)
    page = till.page
    page.goto(school.url + "/tuck")
    till.catch_up()
    till.eventually(lambda: kept(till) == READER)
    school.stop()
    switch(page)
    for name in ("Amal Okafor", "Bo Okafor", "Amal Okafor"):
        expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=20_000)
        expect(page.get_by_role("button", name="Use the camera")).to_have_attribute("aria-pressed", "true")


STANDING_STILL = """
  let isStill = false;
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (take) {
    return isStill ? 0 : requestVideoFrameCallback.call(this, (...given) => isStill || take(...given));
  };
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "srcObject");
  const began = function (stream) { isStill = false; set.call(this, stream); };
  Object.defineProperty(HTMLMediaElement.prototype, "srcObject", { get, set: began });
  document.addEventListener("htmx:after:swap", () => (isStill = true));
"""
"""As a browser whose video stands still for ever once it was moved in the page, until it is given its stream anew."""


def test_the_picture_goes_on_after_a_card_where_moving_a_video_stops_it(till: Tablet, school: School, reel: Path):
    show(reel, new_card(school, 1), None, new_card(school, 2), None)
    page = till.page
    page.add_init_script(STANDING_STILL)
    page.goto(school.url + "/tuck")
    till.catch_up()
    switch(page)
    for name in ("Amal Okafor", "Bo Okafor", "Amal Okafor"):
        expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=20_000)


def test_a_camera_that_goes_off_says_so_and_is_switched_on_again(till: Tablet, school: School, reel: Path):
    show(reel, None)
    page = till.page
    page.goto(school.url + "/tuck")
    switch(page)
    till.eventually(lambda: page.evaluate("document.querySelector('video').srcObject?.active"))
    page.evaluate("document.querySelector('video').srcObject.getTracks().forEach((track) => track.stop())")
    button = page.get_by_role("button", name="Use the camera")
    expect(page.get_by_label("Scan a card").get_by_role("status")).to_contain_text("The camera went off")
    expect(button).to_have_attribute("aria-pressed", "false")
    switch(page)
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_page_stays_the_same_from_card_to_card(
    new_tablet: Callable[[str, str], Tablet], school: School, reel: Path
):
    reception = new_tablet("Front desk", "reception")
    show(reel, new_card(school, 1), None)
    reception.catch_up()
    page = reception.page
    page.goto(school.url + "/room")
    page.evaluate("window.isSame = true")
    switch(page)
    expect(page.locator(".who-is")).to_contain_text("Amal Okafor", timeout=20_000)
    assert page.url.endswith("/room/1")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("button", name="Use the camera")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("main")).to_be_focused()
    assert page.url.endswith("/room")
    assert page.evaluate("window.isSame")


def test_where_cards_are_scanned_all_day_the_reader_comes_by_itself(till: Tablet, school: School):
    till.page.goto(school.url + "/today")
    till.eventually(lambda: kept(till) == READER)


def test_elsewhere_it_comes_when_the_camera_is_first_used_and_then_it_stays(tablet: Tablet, school: School, reel: Path):
    show(reel, None)
    page = tablet.page
    page.goto(school.url + "/tuck")
    tablet.catch_up()
    assert kept(tablet) == []
    switch(page)
    expect(page.get_by_label("Scan a card").get_by_role("status")).to_contain_text("Hold a card")
    tablet.eventually(lambda: kept(tablet) == READER)
    school.stop()
    show(reel, new_card(school))
    page.reload()
    expect(page.get_by_role("heading", name="This card does not work any more")).to_be_visible(timeout=20_000)


def test_a_reader_that_never_came_says_so(tablet: Tablet, school: School, reel: Path):
    show(reel, None)
    tablet.page.goto(school.url + "/tuck")
    school.stop()
    switch(tablet.page)
    words = tablet.page.get_by_label("Scan a card").get_by_role("status")
    expect(words).to_contain_text("The code reader could not be loaded", timeout=20_000)


def test_the_camera_is_remembered_and_switched_off(till: Tablet, school: School, reel: Path):
    show(reel, None)
    page = till.page
    page.goto(school.url + "/tuck")
    switch(page)
    page.goto(school.url + "/today")
    page.goto(school.url + "/tuck")
    expect(page.get_by_role("button", name="Use the camera")).to_have_attribute("aria-pressed", "true")
    tracks = "document.querySelector('video').srcObject.getTracks().map((track) => track.readyState)"
    till.eventually(lambda: page.evaluate("document.querySelector('video').srcObject !== null"))
    page.evaluate("window.tracks = document.querySelector('video').srcObject.getTracks()")
    assert page.evaluate(tracks) == ["live"]
    switch(page)
    till.eventually(lambda: page.evaluate("window.tracks.map((track) => track.readyState)") == ["ended"])
    page.reload()
    expect(page.get_by_role("button", name="Use the camera")).to_have_attribute("aria-pressed", "false")


def test_a_code_that_is_no_card_is_told_so(till: Tablet, school: School, reel: Path):
    film(reel, [(strange_code(), SECOND)])
    till.page.goto(school.url + "/tuck")
    switch(till.page)
    words = till.page.get_by_label("Scan a card").get_by_role("status")
    expect(words).to_contain_text("not one of the school's cards", timeout=20_000)


def test_printed_cards_are_read_by_the_page_however_they_are_held(
    school: School, lesson: str, page: Page, record_property: Callable[[str, object], None]
):
    cards = [new_card(school, student) for student in (1, 2, 3)]
    wanted = [text_of(card) for card in cards]
    page.goto(school.url + "/enrol")
    for name, view in VIEWS.items():
        seen = page.evaluate(READ, [address(held(card, **view)) for card in cards])  # type: ignore[arg-type]
        share = sum(text == right for text, right in zip(seen, wanted, strict=True)) / len(cards)
        record_property(f"cards read by the page, {name}", f"{share:.0%}")
        assert share == 1, name


def strange_code() -> Image.Image:
    """A code as there are many in the world."""
    return held(qrcode.make("https://elsewhere.example/menu", box_size=10).get_image().convert("RGB"), width=400)


def address(view: Image.Image) -> str:
    """A picture as an address that a page can show."""
    file = io.BytesIO()
    view.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
