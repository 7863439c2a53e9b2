"""WebKitGTK, driven by Debian's WebKitWebDriver on a screen that nobody sees."""

import os
import re
import subprocess
from pathlib import Path

from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

from e2e.engines.tablet import Watched
from e2e.engines.tools import tool, typist
from e2e.server import PATIENCE, free_port, wait_until_up

PYTHON = "/usr/bin/python3"  # Debian's: python3-gi belongs to it
WINDOW = Path(__file__).with_name("window.py")
ERROR = re.compile(r"ERROR|Unhandled Promise Rejection|Failed to load resource")


class Options(ArgOptions):
    """What WebKitWebDriver is to start."""

    @property
    def default_capabilities(self) -> dict[str, object]:
        return {}

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self.set_capability("webkitgtk:browserOptions", {"binary": PYTHON, "args": [str(WINDOW), str(profile)]})


class WebKit:
    no_network = "Could not connect|Connection refused|EventSource cannot load .*/sync/"

    def launch(self, profile: Path) -> Watched:
        profile.mkdir(parents=True, exist_ok=True)
        console = profile.with_suffix(".console")
        screen, number = start_screen()
        port = free_port()
        environment = os.environ | {"DISPLAY": f":{number}", "NO_AT_BRIDGE": "1", "GDK_BACKEND": "x11"}
        with console.open("w") as output:
            command = [tool("WebKitWebDriver", "webkit2gtk-driver"), f"--port={port}"]
            service = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        wait_until_up(port)
        address = ClientConfig(remote_server_addr=f"http://127.0.0.1:{port}")
        driver = WebDriver(RemoteConnection(client_config=address), options=Options(profile))
        read = 0

        def errors() -> list[str]:
            nonlocal read
            lines = console.read_text().splitlines()
            fresh, read = lines[read:], len(lines)
            return [line for line in fresh if ERROR.search(line)]

        def close() -> None:
            driver.close()
            driver.quit()
            for process in (service, screen):
                process.terminate()
                process.wait(PATIENCE)

        return Watched(driver, errors, close, typist(driver))


def start_screen() -> tuple[subprocess.Popen[bytes], int]:
    """A screen of its own, which picks a free number."""
    reading, writing = os.pipe()
    command = [tool("Xvfb", "xvfb"), "-displayfd", str(writing), "-screen", "0", "820x1180x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        return screen, int(told.readline())
