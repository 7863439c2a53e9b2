"""axe on a page as it stands: all of its rules once, and again those that dark or a phone may answer differently."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, ViewportSize

TABLET: ViewportSize = {"width": 820, "height": 1180}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROWEST = 320  # CSS pixels, at which nothing may need scrolling in two directions (WCAG 1.4.10)

ALIKE = 2
"""So many rows of a list or table are looked at, an odd and an even one: the rest come from the same loop."""

UNFOLD = f"""() => {{
  document.querySelectorAll("details:not([open])").forEach((one) => (one.open = one.dataset.unfolded = true));
  const rows = ":is(ul, ol, tbody) > :nth-child(n + {ALIKE + 1}), label.tick:nth-of-type(n + {ALIKE + 1})";
  document.querySelectorAll(rows).forEach((row) => (row.inert = true));
}}"""
FOLD = """() => {
  document.querySelectorAll("[inert]").forEach((row) => (row.inert = false));
  document.querySelectorAll("[data-unfolded]").forEach((one) => (one.open = false, delete one.dataset.unfolded));
}"""
RUN = "(rules) => axe.run({ exclude: [['[inert]']] }, { resultTypes: ['violations'], preload: false, ...rules })"


class Look(NamedTuple):
    size: ViewportSize
    scheme: Literal["light", "dark"]
    rules: dict[str, Any]


LOOKS = (
    Look(PHONE, "dark", {"runOnly": ["color-contrast", "link-in-text-block", "target-size"]}),
    Look(TABLET, "light", {}),  # last, so that the page is left as it was met
)


@contextmanager
def unfolded(page: Page) -> Iterator[None]:
    """The page with all that is folded away unfolded, and of rows that are alike only the first ones in use."""
    page.evaluate(UNFOLD)
    yield
    page.evaluate(FOLD)


def expect_accessible(page: Page, looks: Sequence[Look] = LOOKS) -> None:
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    with unfolded(page):
        for size, scheme, rules in looks:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found = AxeResults(page.evaluate(RUN, rules))
            assert found.violations_count == 0, f"{page.url}, {size}, {scheme}\n{found.generate_report()}"


def expect_no_sideways_scrolling(page: Page) -> None:
    """Also on the narrowest of phones; what is wider by nature scrolls by itself."""
    page.set_viewport_size(PHONE | {"width": NARROWEST})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROWEST, f"{page.url} is {width} px wide"
    page.set_viewport_size(TABLET)
