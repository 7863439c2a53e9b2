"""axe on a page, in light and in dark."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
RULES_OF_COLOUR = ALL_RULES | {"runOnly": ["color-contrast", "link-in-text-block"]}
SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": ALL_RULES,
    "dark": RULES_OF_COLOUR,  # the scheme changes nothing else
}


def expect_accessible(page: Page) -> None:
    page.wait_for_load_state()
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        result = Axe().run(page, options=options)
        assert result.violations_count == 0, f"{page.url}, {scheme}\n{result.generate_report()}"
