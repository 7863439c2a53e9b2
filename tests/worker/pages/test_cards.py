"""Cards read by a reader that types as a keyboard does, and whose they are, on a tablet."""

import re
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.worker.printed import new_card, text_of
from tests.worker.school import School
from tests.worker.tablet import Tablet
from webapp.student.cards import digest_of

DEAD = "This card does not work any more"


@pytest.fixture
def card(tablet: Tablet, school: School) -> str:
    """What the code on the card of student 1 says; the tablet knows of it."""
    text = text_of(new_card(school))
    tablet.catch_up()
    return text


def address(text: str, to: str) -> str:
    return f"/card/{digest_of(text.rpartition('#')[2])[:24]}?to={to}"


def scan(page: Page, text: str) -> None:
    """What a reader types, in one burst, once the screen takes cards."""
    expect(page.get_by_role("button", name="Use the camera")).to_be_visible()
    for part in re.split("(£)", text):
        if part == "£":  # not on the keyboard that playwright types on
            page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: '£' }))")
        else:
            page.keyboard.type(part)
    page.keyboard.press("Enter")


def test_a_card_leads_to_its_student_without_the_school(tablet: Tablet, school: School, card: str):
    school.stop()
    for to in ("tuck", "room", "student"):
        assert tablet.look(address(card, to))["path"] == f"/{to}/1"


def test_a_replaced_card_stops_at_school_at_once_and_here_with_the_next_sync(tablet: Tablet, school: School, card: str):
    school.stop()
    new = text_of(new_card(school))
    assert tablet.look(address(card, "tuck"))["path"] == "/tuck/1"
    school.start()
    tablet.catch_up()
    school.stop()
    assert (tablet.look(address(card, "tuck"))["status"], tablet.look(address(new, "tuck"))["path"]) == (404, "/tuck/1")


def test_a_card_that_does_not_work_looks_the_same_here_and_at_school(tablet: Tablet, school: School, card: str):
    for to, is_fragment in product(("tuck", "nowhere"), (True, False)):
        path = "/card/" + "0" * 24 + f"?to={to}"
        here = tablet.look(path, is_fragment=is_fragment)
        assert here["status"] == 404
        assert DEAD in here["text"]
        assert here["text"] == at_school(tablet, path, is_fragment=is_fragment)


def at_school(tablet: Tablet, path: str, *, is_fragment: bool) -> str:
    """The same screen as the school's server renders it for this tablet."""
    answer = tablet.context.request.get(
        tablet.school.url + path, headers={"HX-Request": "true"} if is_fragment else {}, fail_on_status_code=False
    )
    return answer.text()


def test_nobody_is_told_whose_card_it_is_on_a_tablet_nobody_holds(tablet: Tablet, card: str):
    tablet.tap("/sign-out", is_fragment=False)
    assert tablet.look(address(card, "tuck"))["path"] == "/sign-in"


def test_a_typing_reader_opens_the_student_wherever_the_focus_is(tablet: Tablet, school: School, card: str):
    page = tablet.page
    page.goto(school.url + "/tuck")
    school.stop()
    places = page.get_by_label("Find a name"), page.get_by_role("link", name="Amal Okafor"), None
    for focused, typo in product(places, "#£"):
        page.goto(school.url + "/tuck")
        if focused:
            focused.focus()
        scan(page, card.replace("#", typo))
        page.wait_for_url("**/tuck/1")
        expect(page).to_have_title("Amal Okafor · Reachable")
        expect(page.get_by_role("main")).to_be_focused()


def test_what_the_reader_types_does_not_stay_in_a_field(tablet: Tablet, school: School, card: str):
    page = tablet.page
    page.goto(school.url + "/tuck")
    find = page.get_by_label("Find a name")
    find.press_sequentially("cai")  # with no pause before the card: a slow machine has pauses anywhere
    find.evaluate("(field) => field.addEventListener('input', () => (window.typed = field.value))")
    scan(page, card)
    page.wait_for_url("**/tuck/1")
    assert page.evaluate("window.typed") == "cai"


def test_what_a_person_types_stays(tablet: Tablet, school: School):
    page = tablet.page
    page.goto(school.url + "/tuck")
    find = page.get_by_label("Find a name")
    find.focus()
    scan(page, "amal/card#")
    expect(find).to_have_value("amal/card#")
    page.wait_for_url("**/tuck?name=amal%2Fcard%23")


def test_a_card_that_does_not_work_says_so_and_the_next_one_can_be_scanned(tablet: Tablet, school: School, card: str):
    page = tablet.page
    page.goto(school.url + "/tuck")
    school.stop()
    scan(page, "https://elsewhere.example/card#" + "A" * 22)
    expect(page.get_by_role("heading", name=DEAD)).to_be_visible()
    scan(page, card)
    expect(page.get_by_role("heading", name="Amal Okafor")).to_be_visible()


NO_CAMERA = """
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", sessionStorage.getItem("error")));
"""
WHY_NOT = {
    "NotAllowedError": "is not allowed here",
    "SecurityError": "does not let pages use its camera",
    "NotFoundError": "has no camera",
    "OverconstrainedError": "cannot show what is needed",
    "NotReadableError": "Another app is using the camera",
    "AbortError": "broke off",
    "NotSupportedError": "This browser cannot use the camera",
    "TypeError": "could not be started",
    "SomethingNewError": "could not be started",
}


def test_without_a_camera_it_says_why_and_how_to_go_on(tablet: Tablet, school: School):
    page = tablet.page
    page.add_init_script(NO_CAMERA)
    page.goto(school.url + "/tuck")
    page.get_by_role("button", name="Use the camera").click()
    for error, words in WHY_NOT.items():
        page.evaluate("(error) => sessionStorage.setItem('error', error)", error)
        page.reload()
        said = page.get_by_label("Scan a card").get_by_role("status")
        expect(said).to_contain_text(words)
        expect(said).to_contain_text("Or find the name in the list.")
        expect(said).not_to_contain_text("code reader")


def test_only_pages_that_scan_may_run_the_reader(tablet: Tablet, school: School):
    for path in ("/tuck", "/tuck/1", "/room", "/card/0?to=room", "/today", "/student/1", "/waiting"):
        here = tablet.page.goto(school.url + path)
        there = tablet.context.request.get(school.url + path, fail_on_status_code=False)
        assert here
        assert here.from_service_worker
        policy = here.headers["content-security-policy"]
        assert policy == there.headers["content-security-policy"]
        assert ("'wasm-unsafe-eval'" in policy) == (path.split("/")[1] in ("tuck", "room", "card")), path
        assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
        assert "unsafe-inline" not in policy


SHIFTED = {":": "Semicolon", "#": "Digit3", "_": "Minus"}
PLAIN = {"-": "Minus", ".": "Period", "/": "Slash"}
GERMAN = {":": "Ö", "#": "§", "_": "?", "-": "ß", "/": "-", "y": "z", "z": "y", "Y": "Z", "Z": "Y"}
SPELL = """(keys) => {
  for (const key of keys) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
  }
}"""


def keys(text: str, layout: dict[str, str] | None = None, *, turned: bool = False) -> list[dict[str, object]]:
    """What a reader that presses American keys makes on a tablet set to another keyboard, or with Caps Lock on."""
    return [pressed(letter, layout or {}, turned) for letter in text]


def pressed(letter: str, layout: dict[str, str], turned: bool) -> dict[str, object]:
    code = SHIFTED.get(letter) or PLAIN.get(letter) or ("Digit" if letter.isdigit() else "Key") + letter.upper()
    key = layout.get(letter, letter)
    return {"key": key.swapcase() if turned else key, "code": code, "shiftKey": letter in SHIFTED or letter.isupper()}


def without_codes(pressed: list[dict[str, object]]) -> list[dict[str, object]]:
    """As some browsers tell of keys."""
    return [{"key": key["key"]} for key in pressed]


def test_however_a_reader_ends_and_whatever_the_keyboard_a_card_is_read(tablet: Tablet, school: School, card: str):
    page = tablet.page
    german, turned = keys(card, GERMAN), keys(card, turned=True)
    spellings = keys(card), german, without_codes(german), turned, without_codes(turned)
    for spelt, end in product(spellings, (["Enter"], ["Tab"], [])):
        page.goto(school.url + "/tuck")
        expect(page.get_by_role("button", name="Use the camera")).to_be_visible()
        page.evaluate(SPELL, [*spelt, *({"key": key} for key in end)])
        page.wait_for_url("**/tuck/1")


@pytest.mark.parametrize("end", [["Enter"], []])
def test_what_a_reader_spells_that_is_no_card_is_told_so(tablet: Tablet, school: School, card: str, end: list[str]):
    page = tablet.page
    capitals = [{"key": letter.upper()} for letter in card]
    foreign = [{"key": letter} for letter in "5012345678900"]
    page.goto(school.url + "/tuck")
    expect(page.get_by_role("button", name="Use the camera")).to_be_visible()
    for spelt, words in ((foreign, "not one of the school's cards"), (capitals, "Caps Lock is on")):
        page.evaluate(SPELL, [*spelt, *({"key": key} for key in end)])
        expect(page.get_by_label("Scan a card").get_by_role("status")).to_contain_text(words)
    assert page.url.endswith("/tuck")


def test_a_strange_code_in_a_field_is_told_so_and_does_not_stay_there(tablet: Tablet, school: School):
    page = tablet.page
    page.goto(school.url + "/tuck")
    find = page.get_by_label("Find a name")
    find.press_sequentially("5012345678900")
    find.press("Enter")
    expect(page.get_by_label("Scan a card").get_by_role("status")).to_contain_text("not one of the school's cards")
    expect(find).to_have_value("")


CAMERA = {
    "NotAllowedError": "is not allowed here",
    "SecurityError": "does not let pages use",
    "NotFoundError": "has no camera",
    "OverconstrainedError": "cannot show what is needed",
    "NotReadableError": "Another app is using",
    "AbortError": "broke off",
    "NotSupportedError": "This browser cannot",
    "SomethingNewError": "could not be started",
}


FAIL = """(name) => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
}"""


def test_every_error_of_a_camera_has_words_of_its_own(tablet: Tablet, school: School):
    page = tablet.page
    page.goto(school.url + "/tuck")
    said = set()
    for name, words in CAMERA.items():
        page.evaluate(FAIL, name)
        page.get_by_role("button", name="Use the camera").click()
        status = page.get_by_label("Scan a card").get_by_role("status")
        expect(status).to_contain_text(words)
        said.add(status.inner_text())
    assert len(said) == len(CAMERA)


def test_a_page_that_is_not_secure_says_that_the_camera_needs_one(tablet: Tablet, school: School):
    page = tablet.page
    page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', { value: false }); delete window.VideoFrame;"
    )
    page.goto(school.url + "/tuck")
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_label("Scan a card").get_by_role("status")).to_contain_text("not secure")
