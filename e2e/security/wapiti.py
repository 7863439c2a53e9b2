"""Lets the open-source scanner Wapiti at a small school on this machine: as nobody, as a teacher, and as the head.

`make scan` runs it. It prints what was tried and what was found, and fails if anything found is of medium severity or
worse, or if the scanner was signed out on its way. It looks for no CSRF tokens: changes from other sites are refused by
headers that browsers send (`webapp/web/security.py`), and scanners do not. Nor does it try LDAP, which there is none
of: that module compares pages, and takes for an answer what another field of the same form has changed.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from e2e.security.scanned import HEAD, PASSWORD, TEACHER, make_school
from e2e.server import Server

VISITORS = {"nobody signed in": None, "a teacher": TEACHER, "the head": HEAD}
STARTS = ("/", "/office/", "/spaces", "/tuck", "/room", "/waiting", "/card", "/kiosk", "/hall", "/enrol", "/account/")
MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "exec", "file", "htaccess", "http_headers", "methods"),
    *("permanentxss", "redirect", "sql", "upload", "xss"),
)
AGENT = "Wapiti"  # a session that another kind of browser takes over is asked for its password again
MEDIUM = 2  # Wapiti's levels: 1 low, 2 medium, 3 high, 4 critical
LONGEST_WALK = 600  # seconds; Wapiti does not always come back from one that it cuts short
LONGEST_ATTACK = 180  # seconds, for each module
NOT_TO_BE_PRESSED = (
    *("/sign-out", "/account/sessions", "/office/accounts/second-factor"),
    *(f"/office/accounts/{HEAD}/", f"/office/staff/person/{HEAD}"),
)
"""What would end the scanner's own session, or close the desk to it."""


@dataclass(frozen=True)
class Scan:
    """What one visitor's scan came to: Wapiti's report, how many requests its attacks made, which modules ran out of
    time, and whether the visitor was still signed in at the end."""

    report: dict[str, Any]
    requests: int
    cut_short: list[str]
    stayed: bool

    def found(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Everything that was found, with the kind of thing it is."""
        for kind in ("vulnerabilities", "anomalies"):
            for name, finds in self.report[kind].items():
                yield from ((name, find) for find in finds)

    @property
    def is_good(self) -> bool:
        return self.stayed and all(find["level"] < MEDIUM for _, find in self.found())


def main(wapiti: str) -> int:
    """One visitor after the other, each at a school of their own."""
    print(f"Tried: {', '.join(MODULES)}")
    good = True
    for visitor, username in VISITORS.items():
        with tempfile.TemporaryDirectory() as folder:
            scan = scanned(wapiti, new_school(Path(folder) / "data"), username)
        print("\n".join(told(visitor, scan)), flush=True)
        good = good and scan.is_good
    return 0 if good else 1


def new_school(data: Path) -> Server:
    server = Server(data)
    with server.school():
        make_school()
    return server


def scanned(wapiti: str, server: Server, username: str | None) -> Scan:
    """The scan of a school by one visitor."""
    server.start()
    try:
        cookies = signed_in(server.url, username) if username else ""
        scan = attack(wapiti, server.url, cookies, server.data.parent)
        return Scan(*scan, stayed=not username or opens(f"{server.url}/account/", cookies))
    finally:
        server.stop()


def attack(wapiti: str, url: str, cookies: str, folder: Path) -> tuple[dict[str, Any], int, list[str]]:
    """What Wapiti reports of the school at an address, its number of requests, and the modules it cut short."""
    report = folder / "report.json"
    command = [wapiti, "--url", f"{url}/", "--scope", "domain", "--format", "json", "--output", str(report)]
    command += ["--module", ",".join(MODULES), "--flush-session", "--no-bugreport", "--scan-force", "paranoid"]
    command += ["--max-scan-time", str(LONGEST_WALK), "--max-attack-time", str(LONGEST_ATTACK)]
    command += ["--detailed-report", "1", "--verbose", "2", "--user-agent", AGENT]
    command += ["--header", f"Cookie: {cookies}"] if cookies else []
    command += [word for path in STARTS for word in ("--start", f"{url}{path}")]
    command += [word for path in NOT_TO_BE_PRESSED for word in ("--exclude", f"{url}{path}*")]
    longest, env = LONGEST_WALK + len(MODULES) * LONGEST_ATTACK, os.environ | {"HOME": str(folder)}
    answer = subprocess.run(command, check=True, env=env, capture_output=True, text=True, timeout=longest)
    lines = (answer.stdout + answer.stderr).splitlines()
    cut_short = [line for line in lines if "time was reached" in line]
    return json.loads(report.read_text()), sum(line.startswith("[¨]") for line in lines), cut_short


def signed_in(url: str, username: str) -> str:
    """The cookies of a browser in which somebody has signed in."""
    cookies = CookieJar()
    form = urlencode({"username": username, "password": PASSWORD}).encode()
    opener = build_opener(HTTPCookieProcessor(cookies))
    opener.open(Request(f"{url}/sign-in", form, {"User-Agent": AGENT}))
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


def opens(address: str, cookies: str) -> bool:
    """Whether a page of whoever is signed in opens, rather than the one to sign in at."""
    with build_opener().open(Request(address, headers={"Cookie": cookies, "User-Agent": AGENT})) as answer:
        return bool(answer.url == address)


def told(visitor: str, scan: Scan) -> Iterator[str]:
    """A scan in a few lines."""
    infos = scan.report["infos"]
    pages = infos["crawled_pages_nbr"]
    yield f"{infos['version']}, {infos['date']}, {visitor}: {pages} addresses and forms, {scan.requests} requests"
    yield from (f"  {line}" for line in scan.cut_short)
    if not scan.stayed:
        yield "  The scanner was signed out on its way."
    yield f"  Found: {sum(1 for _ in scan.found())}"
    for name, find in scan.found():
        yield f"    level {find['level']}, {name}: {find['method']} {find['path']}: {find['info']}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
