"""The screens as a person meets them: by role, label and text. Tests talk to these, never to the page's markup."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

SAVED_AT_SCHOOL = "All saved at school"
A_WHILE = 20_000  # ms


@dataclass(frozen=True)
class Screen:
    """What every screen of the floor has."""

    page: Page

    @property
    def status(self) -> Locator:
        """Where entries are saved."""
        return self.page.get_by_role("banner").get_by_role("status")

    def expect_saved_here(self, count: int) -> None:
        expect(self.status).to_contain_text(f"{count} saved on this tablet", timeout=A_WHILE)

    def expect_saved_at_school(self, timeout: float = A_WHILE) -> None:
        expect(self.status).to_contain_text(SAVED_AT_SCHOOL, timeout=timeout)


class Enrol(Screen):
    def with_code(self, url: str, code: str, name: str = "Year 8 trolley") -> "SignIn":
        self.page.goto(f"{url}/enrol#code={code}")
        self.page.get_by_label("Name of the tablet").fill(name)
        self.page.get_by_role("button", name="Enrol").click()
        expect(self.page.get_by_label("Username")).to_be_visible(timeout=A_WHILE)
        return SignIn(self.page)


class SignIn(Screen):
    def with_password(self, username: str, password: str) -> "Today":
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        tabs = self.page.get_by_role("navigation", name="Reachable")
        here = tabs.locator("[aria-current=page]:not([href='/sign-in'])")
        expect(here).to_be_visible(timeout=A_WHILE)  # today, or what the tablet is for
        return Today(self.page)


class Today(Screen):
    def open(self, url: str) -> "Today":
        self.page.goto(f"{url}/today")
        return self

    @property
    def lessons(self) -> Locator:
        """All lessons shown, mine first, then everybody's."""
        everyone = self.page.get_by_role("heading", name="Every lesson")
        if everyone.count() and not self.page.get_by_role("heading", name=re.compile("^Period ")).first.is_visible():
            everyone.click()
        return self.page.get_by_role("main").get_by_role("link", name=re.compile(r"of \d+ marked"))

    def open_lesson(self, number: int = 0) -> "Lesson":
        self.lessons.nth(number).click()
        expect(self.page.get_by_role("button", name="All Active, then adjust")).to_be_visible(timeout=A_WHILE)
        return Lesson(self.page)


class Lesson(Screen):
    @property
    def url(self) -> str:
        return self.page.url

    @property
    def students(self) -> list[str]:
        """Names in the order of the list."""
        links = self.page.get_by_role("main").get_by_role("listitem").get_by_role("link")
        expect(links.first).to_be_visible()
        return links.all_inner_texts()

    def button(self, student: str, mark: int) -> Locator:
        return self.page.get_by_role("button", name=re.compile(rf"^{re.escape(student)}: .*, {mark}$"))

    def mark(self, student: str, mark: int) -> None:
        """One tap."""
        self.button(student, mark).click()

    def expect_mark(self, student: str, mark: int | None) -> None:
        """Exactly this one of the six buttons is pressed; None: none is."""
        for each in range(6):
            pressed = "true" if each == mark else "false"
            expect(self.button(student, each)).to_have_attribute("aria-pressed", pressed, timeout=A_WHILE)

    def undo(self) -> None:
        self.page.get_by_role("button", name=re.compile("^Undo")).click()


class Waiting(Screen):
    def open(self, url: str) -> "Waiting":
        self.page.goto(f"{url}/waiting")
        return self

    def expect_empty(self) -> None:
        expect(self.page.get_by_text("Everything is at school.")).to_be_visible(timeout=A_WHILE)


class Spaces(Screen):
    """The board of the reflection spaces, with the channel under it."""

    def open(self) -> "Spaces":
        self.page.get_by_role("link", name="Spaces", exact=True).click()
        expect(self.page.get_by_role("heading", name="Reflection spaces")).to_be_visible(timeout=A_WHILE)
        return self

    def card(self, space: str) -> Locator:
        heading = self.page.get_by_role("heading", name=space, exact=True)
        return self.page.get_by_role("main").get_by_role("listitem").filter(has=heading)

    def expect_state(self, space: str, words: str) -> None:
        expect(self.card(space)).to_contain_text(words, timeout=A_WHILE)

    def ask_for(self, space: str) -> "Choose":
        self.card(space).get_by_role("link", name=f"Ask for {space}").click()
        expect(self.page.get_by_role("heading", name=f"Ask for {space}", level=1)).to_be_visible(timeout=A_WHILE)
        return Choose(self.page)

    def enter(self, space: str, student: str) -> None:
        self.page.get_by_role("button", name=f"We are in {space} with {student}").click()

    def open_stay(self, space: str, student: str) -> "Stay":
        self.page.get_by_role("link", name=f"Hand over or leave: {student} in {space}").click()
        expect(self.page.get_by_role("heading", name=student, level=1)).to_be_visible(timeout=A_WHILE)
        return Stay(self.page)

    def call_for_help(self, place: str, message: str) -> None:
        self.page.get_by_text("Call for help", exact=True).first.click()
        self.page.get_by_label("Where").fill(place)
        self.page.get_by_label("Message").fill(message)
        self.page.get_by_role("button", name="Call for help").click()

    def expect_said(self, words: str) -> None:
        expect(self.page.get_by_role("log")).to_contain_text(words, timeout=A_WHILE)


class Choose(Screen):
    """Which student a space is for."""

    def student(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


class Stay(Screen):
    """A student in a space."""

    def hand_over_to(self, name: str) -> None:
        self.page.get_by_label("Somebody else").select_option(label=name)
        self.page.get_by_role("button", name="Hand over", exact=True).click()

    def leave(self, free: str | None) -> None:
        if free:
            self.page.get_by_role("radio", name=free, exact=True).check()
        self.page.get_by_role("button", name="Leave", exact=True).click()


class Card(Screen):
    """The page behind a student's card."""

    def open(self, url: str, token: str) -> "Card":
        self.page.goto(f"{url}/card#{token}")
        expect(self.page.get_by_role("heading", name=re.compile("^Hello "))).to_be_visible(timeout=A_WHILE)
        return self

    def forget(self) -> None:
        self.page.get_by_role("button", name="Forget my card on this phone").click()
        expect(self.page.get_by_role("heading", name="Scan your card")).to_be_visible()


class Kiosk(Screen):
    """The tablet in the hall."""

    def open(self, url: str, code: str) -> "Kiosk":
        self.page.request.post(f"{url}/sync/v1/enrol", data={"code": code, "name": "Hall"})
        self.page.goto(f"{url}/kiosk")
        expect(self.page.get_by_role("heading", name="Show your card")).to_be_visible(timeout=A_WHILE)
        expect(self.page.get_by_role("button", name="Use the camera")).to_be_visible(timeout=A_WHILE)
        return self

    def show(self, url: str, token: str) -> None:
        """What a reader of codes does: it types the card's address and Enter."""
        self.page.keyboard.type(f"{url}/card#{token}")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("button", name="Done")).to_be_visible(timeout=A_WHILE)


class Cards(Screen):
    """The desk's page of cards."""

    def open(self, url: str) -> "Cards":
        self.page.goto(f"{url}/office/cards")
        return self

    def print_new_card(self, name: str) -> bytes:
        """The PDF that the browser saves."""
        self.page.get_by_label("Any part of the name, class or number").fill(name)
        self.page.get_by_role("button", name="Find", exact=True).click()
        button = self.page.get_by_role("button", name=f"New card for {name}", exact=True)
        with self.page.expect_download() as download:
            button.click()
        return download.value.path().read_bytes()


@dataclass(frozen=True)
class Scanning(Screen):
    """A screen that takes cards."""

    def scan(self, url: str, token: str) -> None:
        """What a reader of codes does once the screen takes cards: it types the card's address and Enter."""
        expect(self.page.get_by_role("button", name="Use the camera")).to_be_visible(timeout=A_WHILE)
        self.page.keyboard.type(f"{url}/card#{token}")
        self.page.keyboard.press("Enter")

    def use_camera(self) -> None:
        self.page.get_by_role("button", name="Use the camera").click()

    def find(self, name: str) -> None:
        self.page.get_by_label("Find a name").fill(name)
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()


class Counter(Scanning):
    """The tuck shop."""

    def open(self, url: str) -> "Counter":
        self.page.goto(f"{url}/tuck")
        return self

    def expect_student(self, name: str, left: str) -> None:
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=A_WHILE)
        expect(self.page.get_by_role("region", name="Today")).to_contain_text(left, timeout=A_WHILE)

    def item(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(f"^{name}"))

    def take(self, item: str) -> None:
        self.item(item).click()

    def expect_refused(self, name: str, item: str) -> None:
        """Kindly: the page says that it is all for today, and offers nothing more."""
        self.expect_student(name, "That’s all for today")
        expect(self.item(item)).to_have_count(0)


class Door(Scanning):
    """The reward room's door at reception."""

    def open(self, url: str) -> "Door":
        self.page.goto(f"{url}/room")
        return self

    def expect_answer(self, word: str, name: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(word, timeout=A_WHILE)
        expect(self.page.get_by_role("main")).to_contain_text(name)

    def let_in(self) -> None:
        self.page.get_by_role("button", name="Let in").click()

    def expect_inside(self, name: str) -> None:
        """Letting in leads back to who is inside."""
        expect(self.page.get_by_role("button", name=f"Leave: {name}")).to_be_visible(timeout=A_WHILE)


class Setup(Screen):
    """The steps from a fresh server to a school at work."""

    def open(self, url: str, code: str) -> "Setup":
        self.page.goto(url)
        self.page.get_by_label("Code").fill(code)
        return self.go_on("Go on")

    def go_on(self, button: str = "Save and go on") -> "Setup":
        self.page.get_by_role("button", name=button, exact=True).click()
        return self

    def fill(self, **fields: str) -> "Setup":
        """Fields by their labels, with _ for a space."""
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)
        return self

    def fill_line(self, line: str, **fields: str) -> "Setup":
        group = self.page.get_by_role("group", name=line, exact=True)
        for label, text in fields.items():
            group.get_by_label(label.replace("_", " "), exact=True).fill(text)
        return self

    def expect_step(self, name: str) -> "Setup":
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        return self


class Import(Screen):
    """A file on its way into the school."""

    def bring(self, name: str, content: str) -> "Import":
        file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
        self.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        self.page.get_by_role("button", name="Look at the file").click()
        return self

    @property
    def wrong(self) -> list[list[str]]:
        """What is wrong: line, column, what stands there and what was expected."""
        rows = self.page.get_by_role("table", name="What is wrong").locator("tbody tr")
        return [row.locator("th, td").all_inner_texts() for row in rows.all()]

    def match(self, **headings: str) -> "Import":
        """Pick the heading that feeds a column, and read the file this way."""
        for column, heading in headings.items():
            self.page.get_by_label(column.replace("_", " "), exact=True).select_option(heading)
        self.page.get_by_role("button", name="Read it this way").click()
        return self

    def expect_counts(self, words: str) -> "Import":
        expect(self.page.get_by_role("main")).to_contain_text(words)
        return self

    def take(self) -> "Import":
        self.page.get_by_role("button", name="Import", exact=True).click()
        expect(self.page.get_by_role("button", name="Undo this import")).to_be_visible(timeout=A_WHILE)
        return self

    def undo(self) -> "Import":
        self.page.get_by_role("button", name="Undo this import").click()
        expect(self.page.get_by_role("main")).to_contain_text("Undone by", timeout=A_WHILE)
        return self

    def go_on(self, step: str) -> "Import":
        self.page.get_by_role("link", name=f"Go on setting up: {step}").click()
        return self


class Policy(Screen):
    """The desk's pages about a change of the policy."""

    def open_draft(self, url: str) -> "Policy":
        self.page.goto(f"{url}/office/policy/draft")
        return self

    def change(self, setting: str, value: str) -> None:
        """Keep a draft with this value; what it would do comes next, or what is wrong with it."""
        self.page.get_by_label(setting).fill(value)
        self.page.get_by_role("button", name="Keep the draft and preview").click()

    def adopt(self, why: str) -> None:
        self.page.get_by_label("Why").fill(why)
        self.page.get_by_role("button", name="Adopt from").click()
        self.page.get_by_role("heading", name="History of the policy").wait_for()
