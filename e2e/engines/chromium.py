"""Chromium, driven by Debian's chromedriver."""

from pathlib import Path

from selenium.webdriver import Chrome as Driver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from e2e.browser import ARGUMENTS, chromium_path
from e2e.engines.tablet import Watched
from e2e.engines.tools import tool


class Chromium:
    no_network = "net::ERR_|503"

    def launch(self, profile: Path) -> Watched:
        options = Options()
        options.binary_location = chromium_path()
        for argument in (*ARGUMENTS, "--headless", "--window-size=820,1180", f"--user-data-dir={profile}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        driver = Driver(options=options, service=Service(tool("chromedriver", "chromium-driver")))

        def errors() -> list[str]:
            return [line["message"] for line in driver.get_log("browser") if line["level"] == "SEVERE"]

        return Watched(driver, errors, driver.quit)
