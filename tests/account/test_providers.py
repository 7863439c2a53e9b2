"""Signing in with an account elsewhere, against a provider that is a process of its own."""

import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from e2e.server import free_port, wait_until_up
from tests.account.conftest import Careful, audited
from tests.account.provider import CLIENT, SECRET
from tests.builders import PASSWORD, Clock, create_staff, create_tablet, create_year
from webapp import create_app
from webapp.account.endings import end_everything
from webapp.config import ConfigError, Provider, Settings, read_settings
from webapp.models import BrowserSession, ProviderAccount, Staff, db
from webapp.sync.log.revisions import writing

ROOT = Path(__file__).resolve().parents[2]
START = "/sign-in/with/other"
ADA = {"sub": "ada-there", "email": "Ada@School.Example", "email_verified": True}


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The provider's address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.account.provider", str(port)], cwd=ROOT)
    wait_until_up(port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture
def settings(settings: Settings, elsewhere: str) -> Settings:
    metadata = f"{elsewhere}/.well-known/openid-configuration"
    return dataclasses.replace(settings, providers=(Provider("other", "Elsewhere", metadata, CLIENT, SECRET),))


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """Of Ada, whose address the school knows."""
    create_year()
    create_staff()
    with writing():
        db.session.get_one(Staff, "a.adeyemi").email = "ada@school.example"
    return app.test_client()


@dataclasses.dataclass(frozen=True)
class Elsewhere:
    """What a test tells the provider, and what a browser does there."""

    url: str

    def states(self, claims: dict[str, Any], **other: Any) -> None:
        requests.post(f"{self.url}/next", json={"claims": claims} | other, timeout=10).raise_for_status()

    def return_path(self, answer: TestResponse) -> str:
        """Where the provider sends the browser that comes from us."""
        assert answer.status_code == 302
        there = requests.get(answer.location, allow_redirects=False, timeout=10)
        where = urlsplit(there.headers["Location"])
        return f"{where.path}?{where.query}"

    def sign_in(self, client: FlaskClient) -> TestResponse:
        return client.get(self.return_path(client.get(START)))


@pytest.fixture
def there(elsewhere: str) -> Elsewhere:
    return Elsewhere(elsewhere)


def nobody_came_in(client: FlaskClient, answer: TestResponse) -> bool:
    return answer.status_code == 403 and client.get("/today").location == "/sign-in"


def test_the_sign_in_page_offers_it_in_a_browser_and_not_on_a_tablet(app: Flask, browser: FlaskClient) -> None:
    assert "Sign in with Elsewhere" in browser.get("/sign-in").text
    assert "Sign in with Elsewhere" not in create_tablet(app).client.get("/sign-in").text
    assert browser.get("/sign-in/with/nobody").status_code == 404


def test_who_is_known_by_a_verified_address_comes_in(browser: FlaskClient, there: Elsewhere) -> None:
    there.states(ADA)
    browser.get("/account/")
    assert there.sign_in(browser).location == "/account/"
    assert "Ada Adeyemi" in browser.get("/account/").text
    assert audited("account.provider") == ["staff:a.adeyemi"]


def test_what_is_sent_there_can_be_neither_guessed_nor_replayed(browser: FlaskClient, there: Elsewhere) -> None:
    asked = [parse_qs(urlsplit(browser.get(START).location).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) >= 20
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert set(asked[0]["scope"][0].split()) == {"openid", "email", "profile"}


def test_afterwards_the_account_is_known_by_its_name_there(browser: FlaskClient, there: Elsewhere) -> None:
    there.states(ADA)
    there.sign_in(browser)
    there.states({"sub": "ada-there", "email": "new@elsewhere.example"})
    assert there.sign_in(browser).status_code == 303
    assert db.session.query(ProviderAccount).one().subject == "ada-there"


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "x", "email": "ada@school.example"},
        {"sub": "x", "email": "ada@school.example", "email_verified": False},
        {"sub": "x", "email": "ada@school.example", "email_verified": "perhaps"},
        {"sub": "x", "email": "ada@school.example", "xms_edov": 0},
        {"sub": "x", "email_verified": True},
        {"sub": "x", "email": ["ada@school.example"], "email_verified": True},
        {"sub": "x", "preferred_username": "ada@school.example", "email_verified": True},
    ],
)
def test_an_address_nobody_vouches_for_opens_nothing(
    browser: FlaskClient, there: Elsewhere, claims: dict[str, Any]
) -> None:
    there.states(claims)
    answer = there.sign_in(browser)
    assert nobody_came_in(browser, answer)
    assert "does not vouch for your e-mail address" in answer.text


def test_microsofts_way_of_vouching_counts(browser: FlaskClient, there: Elsewhere) -> None:
    there.states({"sub": "x", "email": "ada@school.example", "xms_edov": "1"})
    assert there.sign_in(browser).status_code == 303


def test_who_is_unknown_is_told_so_and_no_account_is_made(browser: FlaskClient, there: Elsewhere) -> None:
    there.states({"sub": "x", "email": "stranger@school.example", "email_verified": True})
    answer = there.sign_in(browser)
    assert nobody_came_in(browser, answer)
    assert "Ask the office to add it" in answer.text
    assert db.session.query(Staff).count() == 1


def test_an_address_that_has_passed_to_somebody_else_opens_nothing(browser: FlaskClient, there: Elsewhere) -> None:
    there.states(ADA)
    there.sign_in(browser)
    browser.post("/sign-out")
    there.states(ADA | {"sub": "somebody-new"})
    assert nobody_came_in(browser, there.sign_in(browser))


@pytest.mark.parametrize(
    ("what", "faults"),
    [
        ("another nonce", {"claims": ADA | {"nonce": "another"}}),
        ("no nonce", {"drop": ["nonce"]}),
        ("another audience", {"claims": ADA | {"aud": "another-app"}}),
        ("no audience", {"drop": ["aud"]}),
        ("another issuer", {"claims": ADA | {"iss": "https://elsewhere.example"}}),
        ("one that has run out", {"claims": ADA | {"exp": 1_700_000_000, "iat": 1_699_999_000}}),
        ("one without an end", {"drop": ["exp"]}),
        ("one about nobody", {"drop": ["sub"]}),
        ("one signed by another key", {"signed_by": "stranger"}),
        ("one signed by nobody", {"signed_by": "nobody"}),
    ],
)
def test_a_statement_that_is_not_for_us_opens_nothing(
    browser: FlaskClient, there: Elsewhere, what: str, faults: dict[str, Any]
) -> None:
    there.states(**({"claims": ADA} | faults))
    answer = there.sign_in(browser)
    assert nobody_came_in(browser, answer), what
    assert "could not be used" in answer.text


def test_an_answer_works_once(browser: FlaskClient, there: Elsewhere) -> None:
    there.states(ADA)
    path = there.return_path(browser.get(START))
    assert browser.get(path).status_code == 303
    browser.post("/sign-out")
    assert nobody_came_in(browser, browser.get(path))


def test_an_answer_is_for_the_browser_that_asked(app: Flask, browser: FlaskClient, there: Elsewhere) -> None:
    """Or somebody could be signed in as somebody else by following a link."""
    there.states(ADA)
    path = there.return_path(browser.get(START))
    other = app.test_client()
    assert nobody_came_in(other, other.get(path))
    other.get(START)
    assert nobody_came_in(other, other.get(path))


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x", "?state=x", "?code=x&state=x"])
def test_an_answer_nobody_asked_for_opens_nothing(browser: FlaskClient, there: Elsewhere, query: str) -> None:
    assert nobody_came_in(browser, browser.get(f"{START}/back{query}"))


def test_a_second_factor_is_asked_for_here_unless_it_was_there(
    app: Flask, browser: FlaskClient, there: Elsewhere
) -> None:
    head = Careful(app, "head")
    head.set_up(app.config["CLOCK"])
    with writing():
        db.session.get_one(Staff, "head").email = "head@school.example"
    claims = {"sub": "head-there", "email": "head@school.example", "email_verified": True}
    there.states(claims)
    assert there.sign_in(browser).location == "/sign-in/code"
    there.states(claims | {"amr": ["pwd", "mfa"]})
    assert there.sign_in(browser).location == "/today"


def test_signing_in_gives_the_session_another_name(browser: FlaskClient, there: Elsewhere) -> None:
    there.states(ADA)
    path = there.return_path(browser.get(START))
    before = browser.get_cookie("reachable_session")
    browser.get(path)
    after = browser.get_cookie("reachable_session")
    assert before
    assert after
    assert before.value != after.value
    assert db.session.query(BrowserSession).count() == 1


def test_sessions_of_those_who_never_came_back_go_after_an_hour(
    app: Flask, browser: FlaskClient, there: Elsewhere
) -> None:
    for _ in range(3):
        app.test_client().get(START)
    clock: Clock = app.config["CLOCK"]
    clock.move(hours=1)
    there.states(ADA)
    there.sign_in(browser)
    assert db.session.query(BrowserSession).count() == 1


def with_domain(app: Flask, settings: Settings, domain: str | None) -> FlaskClient:
    """A browser at the same school, whose provider says whose an account is, as Google does."""
    there = dataclasses.replace(settings, providers=(dataclasses.replace(settings.providers[0], domain=domain),))
    return create_app(there, app.config["CLOCK"]).test_client()


@pytest.mark.parametrize("domain", ["", "school.example", "School.Example"])
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("hd", [None, "", "evil.example", "school.example.evil.example", ["school.example"], 1])
def test_an_account_that_is_not_the_schools_opens_nothing(
    app: Flask, settings: Settings, browser: FlaskClient, there: Elsewhere, domain: str, known: bool, hd: Any
) -> None:
    """Anybody may have an account of their own with an address of the school's, known here from before or not."""
    if known:
        there.states(ADA)
        there.sign_in(browser)
    client = with_domain(app, settings, domain)
    there.states(ADA if hd is None else ADA | {"hd": hd})
    answer = there.sign_in(client)
    assert nobody_came_in(client, answer)
    assert "not an account the school has" in answer.text


@pytest.mark.parametrize(
    ("domain", "hd", "address"),
    [("", "school.example", "ada@school.example"), ("trust.example", "Trust.example", "ada@school.example")],
)
def test_an_account_of_the_schools_own_does(
    app: Flask, settings: Settings, browser: FlaskClient, there: Elsewhere, domain: str, hd: str, address: str
) -> None:
    client = with_domain(app, settings, domain)
    there.states(ADA | {"email": address, "hd": hd})
    asked = client.get(START)
    assert ("hd=trust.example" in asked.location) == (domain != "")
    assert client.get(there.return_path(asked)).location == "/today"


@pytest.mark.parametrize("whose", ["nobody's", "another person's"])
def test_who_is_on_the_way_as_something_ends_starts_again(
    app: Flask, browser: FlaskClient, there: Elsewhere, whose: str
) -> None:
    if whose == "another person's":
        browser.post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    there.states(ADA)
    path = there.return_path(browser.get(START))
    with writing():
        end_everything("a.adeyemi", app.config["CLOCK"].now)
    g.pop("_login_user", None)
    assert nobody_came_in(browser, browser.get(path))
    there.states(ADA)
    assert there.sign_in(browser).status_code == 303


@pytest.mark.parametrize("path", ["key", "password", "recovery-codes", "off"])
def test_who_has_no_password_shows_it_is_them_by_having_just_signed_in(
    app: Flask, browser: FlaskClient, there: Elsewhere, path: str
) -> None:
    with writing():
        db.session.get_one(Staff, "a.adeyemi").password_hash = None
    there.states(ADA)
    there.sign_in(browser)
    url = f"/account/{path}" if path in ("password", "recovery-codes") else f"/account/second-factor/{path}"
    form = {"new": "three quiet otters", "again": "three quiet otters"}
    clock: Clock = app.config["CLOCK"]
    clock.move(minutes=11)
    g.pop("_login_user", None)
    answer = browser.post(url, data=form)
    assert answer.status_code == 422
    assert "Sign in with Microsoft or Google once more" in answer.text
    there.states(ADA)
    there.sign_in(browser)
    g.pop("_login_user", None)
    assert browser.post(url, data=form).status_code in (200, 303)


def test_a_provider_that_cannot_be_reached_is_said_kindly(settings: Settings, browser: FlaskClient, app: Flask) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/.well-known/openid-configuration"
    away = dataclasses.replace(settings, providers=(dataclasses.replace(settings.providers[0], metadata=nowhere),))
    client = create_app(away, app.config["CLOCK"]).test_client()
    for path in (START, f"{START}/back?code=x&state=x"):
        assert "could not be reached just now" in client.get(path).text or "could not be used" in client.get(path).text


MICROSOFT = {
    "OIDC_MICROSOFT_TENANT": "12345678-90ab-cdef-1234-567890abcdef",
    "OIDC_MICROSOFT_CLIENT_ID": "client",
    "OIDC_MICROSOFT_CLIENT_SECRET": "secret",
}
GOOGLE = {"OIDC_GOOGLE_CLIENT_ID": "client", "OIDC_GOOGLE_CLIENT_SECRET": "secret"}


@pytest.mark.parametrize("domain", ["school", "https://school.example", "school.example/x", "a b.example"])
def test_a_domain_that_is_none_stops_the_start(domain: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="OIDC_GOOGLE_DOMAIN"):
        read_settings({"REACHABLE_DATA": str(tmp_path), "OIDC_GOOGLE_DOMAIN": domain} | GOOGLE)


def test_accounts_of_google_are_always_those_of_an_organisation(tmp_path: Path) -> None:
    read = read_settings({"REACHABLE_DATA": str(tmp_path)} | MICROSOFT | GOOGLE)
    assert [provider.domain for provider in read.providers] == [None, ""]


def test_settings_name_the_providers(tmp_path: Path) -> None:
    read = read_settings({"REACHABLE_DATA": str(tmp_path)} | MICROSOFT | GOOGLE)
    assert [provider.name for provider in read.providers] == ["Microsoft", "Google"]
    assert "/12345678-90ab-cdef-1234-567890abcdef/" in read.providers[0].metadata


@pytest.mark.parametrize(
    "env",
    [
        {"OIDC_GOOGLE_CLIENT_ID": "client"},
        MICROSOFT | {"OIDC_MICROSOFT_CLIENT_SECRET": ""},
        MICROSOFT | {"OIDC_MICROSOFT_TENANT": "common"},
        MICROSOFT | {"OIDC_MICROSOFT_TENANT": "../12345678-90ab-cdef-1234-567890abcdef"},
    ],
)
def test_half_a_provider_stops_the_start(env: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="OIDC_"):
        read_settings({"REACHABLE_DATA": str(tmp_path)} | env)
