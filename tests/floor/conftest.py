from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.floor.twins import Twins


@pytest.fixture(scope="session")
def twins(browser: Browser) -> Iterator[Twins]:
    page = browser.new_page()
    yield Twins(page)
    page.close()
