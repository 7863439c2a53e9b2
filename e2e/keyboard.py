"""A person without a mouse: Tab, Enter, Space and arrows, and whether a page lets them."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from e2e.axe import unfolded

FAR = 400  # presses

STOPS = """() => {
  const groups = new Set([...document.querySelectorAll("[type=radio]:checked")].map((radio) => radio.name));
  const isLed = (radio) => !radio.checked && (groups.has(radio.name) || !groups.add(radio.name));
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  window.stops = [...all].filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility()
    && !one.closest("[inert]") && !(one.type === "radio" && isLed(one)));
  window.walked = [];
  document.addEventListener("focusin", (event) => walked.push(stops.indexOf(event.target)));
  stops[0].focus();
  const parts = stops.filter((one) => ["date", "time"].includes(one.type)).length * 3;
  return stops.length + parts;
}"""
"""What can be used, in the order of the page, and how often Tab must be pressed to come to its end: of radio buttons,
which arrows reach, one of each group is a stop, and a date has four (day, month, year, and its picker)."""

FAULTS = """() => {
  const box = (one) => one.getClientRects()[0];
  const looksFocused = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const isUncovered = (one) => {
    const { left, right, top, bottom } = box(one);
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const hit = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, y);
    return hit && (one.contains(hit) || hit.contains(one));
  };
  const goesBack = (one, next) =>
    next && !one.matches(".skip") && box(next).bottom <= box(one).top && box(next).left < box(one).right;
  return stops.flatMap((one, at) => {
    one.focus();
    const faults = {
      "not reached in turn": walked[at] !== at,
      "looks no different with the focus": !looksFocused(one),
      "covered while it has the focus": !isUncovered(one),
      "followed by what stands above it": goesBack(one, stops[at + 1]),
    };
    return Object.keys(faults).filter((name) => faults[name]).map((name) => `${name}: ${one.outerHTML.slice(0, 120)}`);
  });
}"""


def expect_usable_by_keyboard(page: Page) -> None:
    """Tab leads to everything that can be used, in the order in which it stands there, and one sees where one is."""
    with unfolded(page):
        for _ in range(page.evaluate(STOPS)):
            page.keyboard.press("Tab")
        faults = page.evaluate(FAULTS)
    assert not faults, "\n".join([page.url, *faults])


@dataclass(frozen=True)
class Keyboard:
    """The keys as somebody uses who sees the page: on to what they want, and no mouse."""

    page: Page

    def to(self, wanted: Locator) -> "Keyboard":
        """Tab until it has the focus."""
        wanted.wait_for()
        for _ in range(FAR):
            if wanted.evaluate("(one) => one === document.activeElement"):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def press(self, *keys: str) -> "Keyboard":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def link(self, name: str) -> "Keyboard":
        """Follow a link."""
        return self.to(self.page.get_by_role("link", name=name, exact=True)).press("Enter")

    def button(self, name: str) -> "Keyboard":
        return self.to(self.page.get_by_role("button", name=name, exact=True)).press("Enter")

    def type(self, label: str, text: str) -> "Keyboard":
        """In place of what stands in a field."""
        self.to(self.page.get_by_label(label, exact=True)).press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self

    def choose(self, label: str, option: str) -> "Keyboard":
        """From a list, by its first letters."""
        field = self.page.get_by_label(label, exact=True)
        self.to(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)
        return self

    def pick(self, label: str, name: str) -> "Keyboard":
        """A person, found by the name."""
        self.type(f"{label}: part of the name", name)
        self.to(self.page.get_by_role("radio", name=name).first)
        return self.press("Space")

    def expect_focus(self, wanted: Locator) -> "Keyboard":
        expect(wanted).to_be_focused()
        return self
