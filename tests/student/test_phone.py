"""The card's page on a phone and the tablet in the hall, in a real browser: what stays, what goes, what is offline."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.builders_rewards import give
from tests.student.conftest import INAYA, TUESDAY, ZOE
from tests.worker.school import School
from webapp.student.cards import issue, make_token
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing

KEPT = "JSON.stringify({ ...localStorage, ...sessionStorage })"
MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
FORGOTTEN = "Forgotten. This phone keeps nothing of your card."


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def scan(page: Page, school: School, token: str) -> None:
    page.goto(f"{school.url}/card#{token}")


def greeting(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=f"Hello {name}", level=1)).to_be_visible()


def note(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_the_token_leaves_the_address_bar_and_the_history_at_once(page: Page, school: School, tokens: dict[int, str]):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + str(request.headers.get("referer"))))
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    assert page.url == f"{school.url}/card"
    assert page.evaluate("history.length") <= 2
    page.reload()
    greeting(page, "Zoë")
    assert page.url == f"{school.url}/card"
    assert not any(tokens[ZOE] in address for address in asked)


def test_a_card_is_kept_for_the_next_visit(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    give(ZOE, 3, TUESDAY)
    page.goto(f"{school.url}/card")
    expect(page.get_by_text("3.00")).to_be_visible()


def test_without_a_network_the_page_opens_with_what_was_fetched_and_when(
    page: Page, school: School, tokens: dict[int, str]
):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    school.stop()
    page.goto(f"{school.url}/card")
    greeting(page, "Zoë")
    note(page, "No network just now. As of Tue 3 March, 10:21.")
    school.app.config["CLOCK"].move(minutes=9)
    school.start()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("As of Tue 3 March, 10:30")).to_be_visible()
    expect(page.get_by_role("status")).to_be_hidden()


def test_without_a_network_from_the_start_the_card_is_kept(page: Page, school: School, tokens: dict[int, str]):
    page.goto(f"{school.url}/card")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    school.stop()
    scan(page, school, tokens[ZOE])
    note(page, "Your card is kept: open this page again later.")
    school.start()
    page.reload()
    greeting(page, "Zoë")


def test_the_worker_keeps_nothing_of_a_student(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    texts = page.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const kept = await cache.matchAll();
          return Promise.all(kept.map(async (answer) => answer.url + (await answer.text())));
        }"""
    )
    assert len(texts) > 5
    assert not any("Zoë" in text or tokens[ZOE] in text for text in texts)


def test_a_phone_forgets_a_card_when_asked(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    assert "Zoë" in page.evaluate(KEPT)
    page.get_by_role("button", name="Forget my card on this phone").click()
    note(page, FORGOTTEN)
    expect(page.get_by_role("heading", name="Scan your card")).to_be_visible()
    assert page.evaluate(KEPT) == "{}"
    page.reload()
    expect(page.get_by_role("heading", name="Scan your card")).to_be_visible()
    expect(page.get_by_text("Zoë")).to_have_count(0)


def test_another_card_on_the_same_phone_takes_the_firsts_place(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    scan(page, school, tokens[INAYA])  # the page is open, so only the fragment changes
    greeting(page, "Inaya")
    assert page.url == f"{school.url}/card"
    assert not any(secret in page.evaluate(KEPT) for secret in ("Zoë", tokens[ZOE]))


def test_a_card_that_works_no_more_is_forgotten_with_what_it_showed(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    issue([ZOE], "p.okonkwo")
    page.reload()
    note(page, "This card does not work any more.")
    expect(page.get_by_text("Zoë")).to_have_count(0)
    assert page.evaluate(KEPT) == "{}"


def test_an_answer_that_is_not_the_schools_is_no_reason_to_forget(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    page.route("**/card/points", lambda route: route.fulfill(status=404, body="<h1>Welcome to our café</h1>"))
    page.reload()
    note(page, "No network just now. As of Tue 3 March, 10:21.")
    greeting(page, "Zoë")


def test_a_choice_is_made_with_one_tap_and_taken_back_with_another(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    cooking = page.get_by_role("button", name="Cooking")
    cooking.click()
    note(page, "Cooking it is, this week.")
    expect(cooking).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_be_focused()
    cooking.click()
    note(page, "Taken back. You can choose again.")
    expect(cooking).to_have_attribute("aria-pressed", "false")


def test_without_a_network_nothing_is_chosen_and_that_is_said(page: Page, school: School, tokens: dict[int, str]):
    scan(page, school, tokens[ZOE])
    greeting(page, "Zoë")
    school.stop()
    page.get_by_role("button", name="Cooking").click()
    note(page, "No network just now. Nothing was chosen.")


def test_nothing_scrolls_sideways_even_magnified_twice(page: Page, school: School, tokens: dict[int, str]):
    for width in (360, 180):
        page.set_viewport_size({"width": width, "height": 740})
        scan(page, school, tokens[ZOE])
        greeting(page, "Zoë")
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.fixture
def kiosk(school: School, classrooms: object, browser: Browser) -> Iterator[Page]:
    """The tablet in the hall, with a clock of its own that a test moves."""
    with writing():
        code = make_code("kiosk", school.app.config["CLOCK"]()).text
    context = browser.new_context(viewport={"width": 820, "height": 1180})
    context.request.post(f"{school.url}/sync/v1/enrol", data={"code": code, "name": "Hall"})
    page = context.new_page()
    page.clock.install(time=MORNING)
    page.clock.pause_at(MORNING + timedelta(hours=1))
    page.goto(f"{school.url}/kiosk")
    expect(page.get_by_role("heading", name="Show your card")).to_be_visible()
    expect(page.get_by_role("button", name="Use the camera")).to_be_visible()  # now it takes cards
    yield page
    context.close()


def show_card(page: Page, school: School, token: str) -> None:
    """A reader of codes types the card's address and Enter."""
    page.keyboard.type(f"{school.url}/card#{token}")
    page.keyboard.press("Enter")


def test_the_tablet_in_the_hall_shows_a_card_and_forgets_it(kiosk: Page, school: School, tokens: dict[int, str]):
    show_card(kiosk, school, tokens[ZOE])
    greeting(kiosk, "Zoë")
    expect(kiosk.get_by_text("Gone in 30 seconds")).to_be_visible()
    kiosk.clock.run_for(10_000)
    expect(kiosk.get_by_text("Gone in 20 seconds")).to_be_visible()
    kiosk.clock.run_for(20_000)
    expect(kiosk.get_by_role("heading", name="Show your card")).to_be_visible()
    assert "Zoë" not in kiosk.content()
    assert kiosk.evaluate(KEPT) == "{}"


def test_done_forgets_at_once_and_more_time_keeps_it(kiosk: Page, school: School, tokens: dict[int, str]):
    show_card(kiosk, school, tokens[ZOE])
    greeting(kiosk, "Zoë")
    kiosk.get_by_role("button", name="More time").click()
    expect(kiosk.get_by_text("Gone in 60 seconds")).to_be_visible()
    kiosk.get_by_role("button", name="Done").click()
    expect(kiosk.get_by_role("heading", name="Show your card")).to_be_visible()
    assert "Zoë" not in kiosk.content()


def test_the_next_card_takes_the_place_of_the_one_before(kiosk: Page, school: School, tokens: dict[int, str]):
    show_card(kiosk, school, tokens[ZOE])
    greeting(kiosk, "Zoë")
    show_card(kiosk, school, tokens[INAYA])
    greeting(kiosk, "Inaya")
    assert "Zoë" not in kiosk.content()


def test_a_wrong_card_and_no_network_are_told_kindly(kiosk: Page, school: School, tokens: dict[int, str]):
    show_card(kiosk, school, make_token())
    note(kiosk, "This card does not work any more.")
    school.stop()
    show_card(kiosk, school, tokens[ZOE])
    note(kiosk, "No network just now. Try again in a little while")


def test_a_choice_can_be_made_at_the_tablet_in_the_hall(kiosk: Page, school: School, tokens: dict[int, str]):
    show_card(kiosk, school, tokens[ZOE])
    kiosk.get_by_role("button", name="Cooking").click()
    note(kiosk, "Cooking it is, this week.")
    expect(kiosk.get_by_role("button", name="Cooking")).to_have_attribute("aria-pressed", "true")
