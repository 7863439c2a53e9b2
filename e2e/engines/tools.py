"""What the engines need beside themselves."""

import shutil
from collections.abc import Callable

from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver


def tool(name: str, package: str) -> str:
    """Where a program is. Raises FileNotFoundError in words that say what to install."""
    found = shutil.which(name)
    if not found:
        raise FileNotFoundError(
            f"The tests drive three engines and {name} is not here. Install it; Debian's package is {package}."
        )
    return found


def typist(driver: WebDriver) -> Callable[[str], None]:
    """Types on a driver's keyboard; a line ends with the Enter key."""
    return lambda text: ActionChains(driver).send_keys(text.replace("\n", Keys.ENTER)).perform()
