"""What the scripts of the pages do for the reflection spaces: finding a name, and calls that can be heard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.worker.school import School
from tests.worker.tablet import Tablet

FAKE_SOUNDS = """
  self.spoken = [];
  self.tones = 0;
  Object.defineProperty(self, "speechSynthesis", { value: { speak: ({ text }) => spoken.push(text) } });
  self.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) { self.tones += 1; return start.apply(this, when); };
"""


def listen(page: Page, url: str) -> None:
    """The board with both switches on; what would be heard is counted instead."""
    page.add_init_script(FAKE_SOUNDS)
    page.goto(f"{url}/spaces")
    for name in ("Sound", "Speak"):
        page.get_by_role("button", name=name).click()


def test_a_name_is_found_by_some_of_its_letters_whatever_the_accents(tablet: Tablet, school: School) -> None:
    tablet.page.goto(f"{school.url}/spaces/hazel/ask")
    expect(tablet.page.get_by_role("button", name="Okafor")).to_have_count(3)
    tablet.page.get_by_label("Find a name").fill("ÁMA")
    expect(tablet.page.get_by_role("button", name="Okafor")).to_have_count(1)
    tablet.page.get_by_label("Find a name").fill("zzz")
    expect(tablet.page.get_by_text("Nobody of this name is at school today.")).to_be_visible()
    tablet.page.get_by_label("Find a name").fill("")
    expect(tablet.page.get_by_role("button", name="Okafor")).to_have_count(3)


def test_enter_among_the_choices_asks_for_nobody(tablet: Tablet, school: School) -> None:
    tablet.page.goto(f"{school.url}/spaces/hazel/ask")
    tablet.page.get_by_label("We are in it now").press("Enter")
    tablet.page.get_by_label("Find a name").press("Enter")
    assert tablet.operations == []


def test_a_call_from_another_tablet_sounds_and_is_spoken_once(new_tablet: Callable[[], Tablet], school: School) -> None:
    listening, calling = new_tablet(), new_tablet()
    listening.sign_in("b.baptiste")
    listen(listening.page, school.url)
    tones = listening.page.evaluate("tones")
    calling.tap("/spaces/assist", place="Gym", message="")
    listening.eventually(lambda: listening.page.evaluate("spoken.length"))
    assert listening.page.evaluate("spoken") == ["Ada Adeyemi calls for help: Gym."]
    assert listening.page.evaluate("tones") == tones + 1
    listening.page.get_by_role("button", name="Heard: Ada Adeyemi calls for help: Gym.").click()
    expect(listening.page.get_by_text("Heard by Ben Baptiste")).to_be_visible()
    assert listening.page.evaluate("spoken.length") == 1


def test_ones_own_call_is_not_for_ones_own_ears(tablet: Tablet, school: School) -> None:
    listen(tablet.page, school.url)
    tablet.page.get_by_text("Call for help").first.click()
    tablet.page.get_by_label("Where").fill("Gym")
    tablet.page.get_by_role("button", name="Call for help").click()
    expect(tablet.page.get_by_role("log")).to_contain_text("Ada Adeyemi calls for help: Gym.")
    assert tablet.page.evaluate("spoken") == []


def test_the_switches_are_off_at_first_and_remembered(tablet: Tablet, school: School) -> None:
    tablet.page.goto(f"{school.url}/spaces")
    sound = tablet.page.get_by_role("button", name="Sound")
    expect(sound).to_have_attribute("aria-pressed", "false")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    tablet.page.reload()
    expect(sound).to_have_attribute("aria-pressed", "true")
    tablet.tap("/spaces/assist", place="Gym")
    tablet.tell_worker("sync")
    expect(tablet.page.get_by_role("log")).to_contain_text("Gym")
    expect(sound).to_have_attribute("aria-pressed", "true")


def test_the_board_works_by_itself_without_the_school(tablet: Tablet, school: School) -> None:
    """Asked in three taps, entered, and left with the answer; nothing of it looks confirmed."""
    school.stop()
    page = tablet.page
    page.goto(f"{school.url}/today")
    page.get_by_role("link", name="Spaces").click()
    page.get_by_role("link", name="Ask for Hazel").click()
    page.get_by_role("button", name="Amal Okafor").first.click()
    expect(page.get_by_text("Asked — radio it", exact=True)).to_be_visible()
    page.get_by_role("button", name="We are in Hazel with Amal Okafor").click()
    expect(page.get_by_text("In use · just now")).to_be_visible()
    page.get_by_role("link", name="Hand over or leave: Amal Okafor in Hazel").click()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("alert")).to_contain_text("Say whether the student was free to leave throughout.")
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Music").check()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("log")).to_contain_text("Amal Okafor has left Hazel.")
    assert [operation["kind"] for operation in tablet.operations] == ["space.ask", "space.enter", "space.leave"]


def test_a_browser_that_is_no_tablet_has_the_same_board(page: Page, school: School, lesson: str) -> None:
    page.goto(f"{school.url}/sign-in")
    page.get_by_label("Username").fill("a.adeyemi")
    page.get_by_label("Password", exact=True).fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{school.url}/student/1")
    page.get_by_role("button", name="Ask for Chestnut").click()
    expect(page.get_by_text("Asked for Chestnut")).to_be_visible()
    page.goto(f"{school.url}/spaces")
    page.get_by_role("button", name="Cancel: Chestnut with Amal Okafor").click()
    expect(page.get_by_role("log")).to_contain_text("Cancelled.")
