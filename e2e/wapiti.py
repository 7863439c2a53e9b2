"""Lets the open-source scanner Wapiti at a demo school on this machine, signed in as its head; run by `make scan`.

It prints what was tried and what was found, and fails if anything found is of medium severity or worse. It looks for no
CSRF tokens: changes from other sites are refused by headers that browsers send (`webapp/security.py`), and scanners do
not.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from e2e.server import Server
from webapp.demo import PASSWORD

WHO = "c.quartey"
MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "exec", "file", "htaccess", "http_headers", "ldap", "methods"),
    *("permanentxss", "redirect", "sql", "upload", "xss"),
)
MEDIUM = 2  # Wapiti's levels: 1 low, 2 medium, 3 high, 4 critical
LONGEST = 900  # seconds of attacks, and a fifth of that for each kind of them
NOT_TO_BE_PRESSED = ("/sign-out", "/account")
"""What would end the scanner's own session."""


def main(wapiti: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        server.command("demo")
        server.start()
        try:
            report = scan(wapiti, server.url, Path(folder) / "report.json")
        finally:
            server.stop()
    print("\n".join(told(report)))
    return 1 if any(find["level"] >= MEDIUM for _, find in found(report)) else 0


def scan(wapiti: str, url: str, report: Path) -> dict[str, Any]:
    """What Wapiti reports of the school at an address, after at most LONGEST seconds of attacks."""
    command = [wapiti, "--url", f"{url}/office/", "--scope", "domain", "--format", "json", "--output", str(report)]
    command += ["--header", f"Cookie: {signed_in(url)}", "--module", ",".join(MODULES), "--flush-session"]
    command += ["--max-scan-time", str(LONGEST), "--max-attack-time", str(LONGEST // 5), "--no-bugreport"]
    command += ["--max-links-per-page", "40", "--detailed-report", "1", "--verbose", "0"]
    command += [word for path in NOT_TO_BE_PRESSED for word in ("--exclude", f"{url}{path}*")]
    subprocess.run(command, check=True, env=os.environ | {"HOME": str(report.parent)})
    read: dict[str, Any] = json.loads(report.read_text())
    return read


def signed_in(url: str) -> str:
    """The cookies of a browser in which the head has signed in."""
    cookies = CookieJar()
    form = urlencode({"username": WHO, "password": PASSWORD}).encode()
    build_opener(HTTPCookieProcessor(cookies)).open(f"{url}/sign-in", form)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


def found(report: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that was found, with the kind of thing it is."""
    for kind in ("vulnerabilities", "anomalies"):
        for name, finds in report[kind].items():
            yield from ((name, find) for find in finds)


def told(report: dict[str, Any]) -> Iterator[str]:
    """The report in a few lines."""
    infos = report["infos"]
    yield f"{infos['version']}, {infos['date']}: {infos['crawled_pages_nbr']} pages found and attacked"
    yield f"Tried: {', '.join(MODULES)}"
    yield f"Found: {sum(1 for _ in found(report))}"
    for name, find in found(report):
        yield f"  level {find['level']}, {name}: {find['method']} {find['path']}: {find['info']}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
