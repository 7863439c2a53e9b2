from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.offline.sides import Tablet


@pytest.fixture(scope="session")
def tablet(browser: Browser) -> Iterator[Tablet]:
    page = browser.new_page()
    yield Tablet(page)
    page.close()
