"""What the web around the school can do to it: other addresses, other sites, and cookies that others put down."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from tests.builders import PASSWORD, Clock, create_staff, create_tablet, create_year
from webapp import create_app
from webapp.config import ConfigError, read_settings
from webapp.models import Device, SignIn, db
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing
from webapp.web import cookies
from webapp.web.security import SAFE

OURS = "https://reachable.example"
NAMES = (cookies.SESSION, cookies.DEVICE, cookies.KNOWN, cookies.WANTED)
HEAD = {"username": "head", "password": PASSWORD}


@pytest.fixture
def clock(app: Flask) -> Clock:
    create_year()
    create_staff()
    create_staff("head", "head")
    clock: Clock = app.config["CLOCK"]
    return clock


@pytest.fixture
def secure(app: Flask, clock: Clock) -> Flask:
    """The same school with HTTPS, as after an update."""
    settings = app.config["SETTINGS"]
    env = {"REACHABLE_DATA": str(settings.data), "DATABASE_URL": settings.database_url, "REACHABLE_URL": OURS}
    return create_app(read_settings(env), clock)


class Browser:
    """A browser behind the school's proxy."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def ask(self, url: str, method: str = "GET", host: str = "reachable.example", **other: Any) -> Any:
        g.pop("_login_user", None)
        headers = {"X-Forwarded-Proto": "https", "Host": host} | other.pop("headers", {})
        return self.client.open(url, method=method, base_url=OURS, headers=headers, **other)

    def sign_in(self) -> Any:
        return self.ask("/sign-in", "POST", data=HEAD)

    def plant(self, name: str, value: str) -> None:
        """As a site under the same domain may."""
        self.client.set_cookie(name, value, domain="reachable.example")

    def has(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain="reachable.example")
        return found.value if found else None

    def enrol(self) -> Any:
        with writing():
            code = make_code("floor", self.client.application.config["CLOCK"].now).text
        answer = self.ask("/sync/v1/enrol", "POST", json={"code": code, "name": "x"})
        assert answer.status_code == 200
        return answer.json


@pytest.fixture
def browser(secure: Flask) -> Browser:
    return Browser(secure)


# Cookies


def test_where_there_is_https_every_cookie_is_bound_to_the_one_address(browser: Browser) -> None:
    tablet = Browser(browser.client.application)
    with writing():
        code = make_code("floor", browser.client.application.config["CLOCK"].now).text
    answers = [
        browser.ask("/office/plans"),
        browser.sign_in(),
        tablet.ask("/sync/v1/enrol", "POST", json={"code": code, "name": "x"}),
    ]
    sent = [line for answer in answers for line in answer.headers.getlist("Set-Cookie") if "Max-Age=0" not in line]
    assert {line.partition("=")[0] for line in sent} == {f"__Host-{name}" for name in NAMES}
    for line in sent:
        parts = {part.strip() for part in line.split(";")}
        assert {"Secure", "Path=/", "HttpOnly", "SameSite=Lax"} <= parts
        assert "domain" not in line.lower()


def test_an_update_signs_nobody_out_and_loses_no_tablet(app: Flask, secure: Flask, clock: Clock) -> None:
    before = app.test_client()
    before.post("/sign-in", data=HEAD)
    tablet = create_tablet(app)
    person, device = Browser(secure), Browser(secure)
    for there, name, was in ((person, cookies.SESSION, before), (device, cookies.DEVICE, tablet.client)):
        old = was.get_cookie(name)
        assert old
        there.plant(name, old.value)
    g.pop("_login_user", None)
    assert person.ask("/account/").status_code == 200
    assert device.ask("/sync/v1/pull").status_code == 200
    for there, name in ((person, cookies.SESSION), (device, cookies.DEVICE)):
        assert there.has(f"__Host-{name}")
        assert there.has(name) is None
    assert person.ask("/account/").status_code == device.ask("/sync/v1/pull").status_code == 200
    assert [found.id for found in db.session.query(Device) if found.token_hash] == [tablet.device]


def test_a_neighbouring_site_hands_nobody_a_session_or_a_tablet_of_its_own(secure: Flask) -> None:
    thief = Browser(secure)
    thief.enrol()
    thief.ask("/sync/v1/sign-in", "POST", json=HEAD)
    for marked in (True, False):
        victim = Browser(secure)
        for name in (cookies.SESSION, cookies.DEVICE):
            value = thief.has(f"__Host-{name}")
            assert value
            victim.plant(name, value if marked else value.removeprefix(cookies.MARK))
        assert victim.ask("/today").location == "/sign-in"
        assert victim.ask("/sync/v1/pull").status_code == 401
        victim.sign_in()
    assert db.session.query(SignIn).count() == 1


def test_a_cookie_of_the_new_name_goes_before_one_of_the_old(app: Flask, secure: Flask) -> None:
    planted = app.test_client()
    planted.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    old = planted.get_cookie(cookies.SESSION)
    assert old
    person = Browser(secure)
    person.sign_in()
    person.plant(cookies.SESSION, old.value)
    assert "head" in person.ask("/account/").text


def test_a_tablet_enrolled_anew_keeps_its_new_cookie(app: Flask, secure: Flask) -> None:
    old = create_tablet(app).client.get_cookie(cookies.DEVICE)
    assert old
    again = Browser(secure)
    again.plant(cookies.DEVICE, old.value)
    device = again.enrol()["device"]
    assert again.has(cookies.DEVICE) is None
    envelope = {"device": device, "incarnation": "x", "epoch": "", "now": "2026-03-03T10:21:07.000Z", "ops": []}
    assert again.ask("/sync/v1/push", "POST", json=envelope).json["reason"] == "another-device"
    assert db.session.query(Device).filter_by(id=device).one().last_heard


def test_signing_out_leaves_no_cookie_under_either_name(app: Flask, secure: Flask) -> None:
    before = app.test_client()
    before.post("/sign-in", data=HEAD)
    old = before.get_cookie(cookies.SESSION)
    assert old
    person = Browser(secure)
    person.plant(cookies.SESSION, old.value)
    person.ask("/sign-out", "POST")
    assert person.has(cookies.SESSION) is None
    assert person.has(f"__Host-{cookies.SESSION}") is None
    assert person.ask("/today").location == "/sign-in"


@pytest.mark.parametrize("path", ["/sign-out", "/account/sessions/end"])
def test_a_browser_forgets_pages_at_sign_out_and_a_tablet_nothing_ever(secure: Flask, path: str) -> None:
    for is_tablet in (False, True):
        there = Browser(secure)
        if is_tablet:
            there.enrol()
        there.ask("/sync/v1/sign-in", "POST", json=HEAD) if is_tablet else there.sign_in()
        answer = there.ask(path, "POST", data={"everywhere": "yes"})
        assert answer.location == "/sign-in"
        assert answer.headers.get("Clear-Site-Data") == (None if is_tablet else '"cache"')


def test_a_tablet_that_is_no_more_or_never_was_is_told_to_forget_nothing(secure: Flask) -> None:
    there = Browser(secure)
    there.plant(f"__Host-{cookies.DEVICE}", "~unknown")
    there.sign_in()
    assert "Clear-Site-Data" not in there.ask("/sign-out", "POST").headers


# Addresses


@pytest.mark.parametrize("host", ["evil.example", "reachable.example.evil.org", "reachable.example:8443", "10.0.0.1"])
def test_where_there_is_https_no_other_address_is_answered(browser: Browser, host: str) -> None:
    for url in ("/sign-in", "/office/?x=1", "/sync/v1/pull", "/nowhere", "//evil.example/"):
        answer = browser.ask(url, host=host)
        assert answer.status_code == 307
        assert answer.location.startswith(f"{OURS}/")
    for url in ("/sign-in", "/sync/v1/sign-in", "/sync/v1/push"):
        assert browser.ask(url, "POST", host=host, data=HEAD).status_code == 400


@pytest.mark.parametrize("host", ["reachable.example", "REACHABLE.example", "reachable.example:443"])
def test_the_schools_own_address_is_known_however_it_is_written(browser: Browser, host: str) -> None:
    assert browser.ask("/sign-in", host=host).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost:5000", "localhost", "[::1]:5000"])
def test_what_watches_over_the_server_asks_it_directly(browser: Browser, host: str) -> None:
    assert browser.ask("/health", host=host).status_code == 200


@pytest.mark.parametrize("host", ["192.168.1.20:5000", "school.local", "127.0.0.1:5000"])
def test_without_https_a_local_network_may_call_it_as_it_likes(app: Flask, clock: Clock, host: str) -> None:
    own = {"Host": host, "Origin": f"http://{host}"}
    assert app.test_client().post("/sign-in", data=HEAD, headers=own).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1:5000"])
def test_links_and_codes_name_the_schools_address_whatever_it_was_asked_at(
    app: Flask, clock: Clock, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def draw(text: str) -> str:
        shown.append(text)
        return "data:,"

    monkeypatch.setattr("webapp.office.upkeep.tablet_routes.qr_picture", draw)
    client = app.test_client()
    client.post("/sign-in", data=HEAD, headers={"Host": host})
    cookie = client.get_cookie(cookies.SESSION, domain=host.partition(":")[0])
    assert cookie
    named = {"Host": host, "Cookie": f"{cookies.SESSION}={cookie.value}"}
    for path in ("/office/tablets/code", "/office/accounts/a.adeyemi/link"):
        g.pop("_login_user", None)
        page = client.post(path, headers=named)
        assert page.status_code == 200
        links = re.findall(r"https?://[^\s<\"]+", page.text)
        assert links
        assert {link.split("/")[2] for link in [*links, *shown]} == {"127.0.0.1:5000"}


def test_no_page_is_made_with_the_address_it_was_asked_at() -> None:
    """So that what somebody writes into `Host` leads nobody astray."""
    root = Path(__file__).resolve().parents[2] / "webapp"
    files = [*root.rglob("*.py"), *root.rglob("*.html")]
    wanted = re.compile(r"_external|url_root|\bbase_url|host_url|request\.url\b")
    assert [str(file) for file in files if wanted.search(file.read_text())] == []


@pytest.mark.parametrize(
    "url",
    [
        *("https://", "http:///x", "ftp://school.example", "school.example", "https://school.example/reachable"),
        *("https://school.example?x", "https://school.example#x", "https://me@school.example", "https://a b.example"),
        *("https://school.example:port", "https://school.example:99999", "https://school.example\nx"),
    ],
)
def test_an_address_that_is_none_stops_the_start(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="REACHABLE_URL"):
        read_settings({"REACHABLE_DATA": str(tmp_path), "REACHABLE_URL": url})


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://School.example:443/", "https://school.example"),
        ("https://school.example:8443", "https://school.example:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("https://schüle.example", "https://xn--schle-mva.example"),
        ("http://[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_the_address_is_compared_as_browsers_write_it(url: str, origin: str, tmp_path: Path) -> None:
    assert read_settings({"REACHABLE_DATA": str(tmp_path), "REACHABLE_URL": url}).origin == origin


# Other sites

STRANGE: tuple[dict[str, str], ...] = (
    {"Origin": "http://reachable.example"},
    {"Origin": "https://reachable.example:8443"},
    {"Origin": "https://evil.example"},
    {"Origin": "https://reachable.example.evil.example"},
    {"Origin": "https://sub.reachable.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "reachable.example"},
    {"Origin": "https://reachable.example, https://evil.example"},
    {"Origin": "https://x@reachable.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "none", "Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": OURS},
)


@pytest.mark.parametrize("headers", STRANGE)
def test_nothing_is_changed_for_another_site(browser: Browser, headers: dict[str, str]) -> None:
    for url in ("/sign-in", "/sync/v1/sign-in", "/office/tablets/code", "/account/password", "/setup"):
        assert browser.ask(url, "POST", headers=headers).status_code == 403


def test_a_site_without_its_certificate_does_not_pass_for_the_school(secure: Flask, clock: Clock) -> None:
    """Also where the proxy does not say how it was asked."""
    headers = {"Host": "reachable.example", "Origin": "http://reachable.example"}
    assert secure.test_client().post("/sign-in", data=HEAD, headers=headers).status_code == 403


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}])
def test_our_own_pages_change_what_they_are_for(browser: Browser, site: dict[str, str]) -> None:
    assert browser.ask("/sign-in", "POST", data=HEAD, headers=site | {"Origin": OURS}).status_code == 303


def test_a_program_that_is_no_browser_says_nothing_of_where_it_is(browser: Browser) -> None:
    assert browser.ask("/sign-in", "POST", data=HEAD).status_code == 303


def test_every_address_that_changes_something_asks_where_it_comes_from(browser: Browser) -> None:
    rules = [rule for rule in browser.client.application.url_map.iter_rules() if (rule.methods or set()) - set(SAFE)]
    assert len(rules) > 100
    for rule in rules:
        url = re.sub(r"<[^>]+>", "1", rule.rule)
        assert browser.ask(url, "POST", headers={"Origin": "null"}).status_code == 403, url


# Tablets and browsers are not the same


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Callable[[FlaskClient], int]:
    def opens(client: FlaskClient) -> int:
        g.pop("_login_user", None)
        return client.get("/office/tablets").status_code

    return opens


def test_without_its_tablets_cookie_a_session_opens_nothing(
    app: Flask, clock: Clock, desk: Callable[[FlaskClient], int]
) -> None:
    client = create_tablet(app, staff="head").client
    assert desk(client) == 200
    client.delete_cookie(cookies.DEVICE)
    assert desk(client) == 303
    assert client.get("/today").location == "/sign-in"


def test_another_tablets_cookie_does_not_stand_for_it(
    app: Flask, clock: Clock, desk: Callable[[FlaskClient], int]
) -> None:
    client, other = create_tablet(app, staff="head").client, create_tablet(app).client.get_cookie(cookies.DEVICE)
    assert other
    client.set_cookie(cookies.DEVICE, other.value)
    assert desk(client) == 303


def test_nor_does_that_of_a_tablet_taken_out_of_use(
    app: Flask, clock: Clock, desk: Callable[[FlaskClient], int]
) -> None:
    tablet = create_tablet(app, staff="head")
    with writing():
        db.session.get_one(Device, tablet.device).revoked_at = clock.now
    assert desk(tablet.client) == 303
    assert tablet.client.get("/sign-in").status_code == 403
    tablet.client.delete_cookie(cookies.DEVICE)
    assert desk(tablet.client) == 303


def test_a_browser_that_becomes_a_tablet_has_the_shorter_time_of_both(
    app: Flask, clock: Clock, desk: Callable[[FlaskClient], int]
) -> None:
    client = app.test_client()
    client.post("/sign-in", data=HEAD)
    cookie = create_tablet(app).client.get_cookie(cookies.DEVICE)
    assert cookie
    client.set_cookie(cookies.DEVICE, cookie.value)
    clock.move(minutes=9)
    assert desk(client) == 200
    clock.move(minutes=10)
    assert desk(client) == 303


def test_a_tablets_cookie_lasts_as_long_as_browsers_keep_one(browser: Browser) -> None:
    browser.enrol()
    found = browser.client.get_cookie(f"__Host-{cookies.DEVICE}", domain="reachable.example")
    assert found
    assert found.max_age == 400 * 24 * 60 * 60


# Where somebody wanted to go


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/%2f/evil.example", "/a?b=//x"),
        *(
            "/\tevil.example",
            "/a\n//evil.example",
            "///evil.example",
            "/.//evil.example",
            "/@evil.example",
            "evil.example",
        ),
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(app: Flask, clock: Clock, elsewhere: str) -> None:
    client = app.test_client()
    quoted = elsewhere.encode().decode("latin-1")
    answer = client.post("/sign-in", data=HEAD, headers={"Cookie": f'{cookies.WANTED}="{quoted.translate(ESCAPED)}"'})
    assert answer.location == "/today"


ESCAPED = {ord(letter): f"\\{ord(letter):03o}" for letter in '\t\n"\\,;'}
