"""Staff accounts at the desk: who can sign in, and what is done for somebody who cannot."""

import re

import pytest
from flask import Flask

from tests.account.conftest import Careful, audited, problem, require
from tests.builders import PASSWORD, Clock, create_staff
from tests.office.conftest import Person, Sign
from webapp.domain.access.guesses import Key
from webapp.models import Staff, db
from webapp.sync.log.revisions import writing

NEW = "three quiet otters"
ADA = Key("password", "staff", "a.adeyemi").text


@pytest.fixture
def clock(app: Flask) -> Clock:
    clock: Clock = app.config["CLOCK"]
    return clock


@pytest.fixture
def office(sign_in: Sign) -> Person:
    return sign_in("office")


@pytest.fixture
def head(sign_in: Sign) -> Person:
    return sign_in("head")


def guess(app: Flask, username: str, times: int = 5, address: str = "203.0.113.9") -> None:
    for _ in range(times):
        form = {"username": username, "password": "guess"}
        app.test_client().post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": address})


def test_the_list_says_how_everybody_signs_in_and_when_they_did_last(app: Flask, office: Person) -> None:
    create_staff("new.comer", surname="Zzz")
    with writing():
        db.session.get_one(Staff, "new.comer").password_hash = None
    rows = re.findall(r"<tr>(.*?)</tr>", office.get("/office/accounts/").text, re.DOTALL)
    text = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert "Kit Office Office Password today, 10:21" in text
    assert "Ada Adeyemi Teacher Password never" in text
    assert text[-1] == "Ada Zzz Teacher Cannot sign in yet never"


def test_a_link_from_the_desk_lets_somebody_choose_a_password(app: Flask, office: Person) -> None:
    page = office.post("/office/accounts/a.adeyemi/link").text
    link = re.search(r"http://127.0.0.1:5000(/set-up/[\w-]+)", page)
    assert link
    client = app.test_client()
    assert client.post(link[1], data={"new": NEW, "again": NEW}).location == "/sign-in"
    assert client.post("/sign-in", data={"username": "a.adeyemi", "password": NEW}).location == "/today"
    assert audited("account.link") == ["staff:a.adeyemi"]
    assert link[1] not in office.get("/office/accounts/a.adeyemi").text


@pytest.mark.parametrize("action", ["link", "sign-out", "email", "second-factor/reset"])
@pytest.mark.parametrize("other", ["head", "administrator", "safeguarding-lead"])
def test_the_office_cannot_take_over_the_account_of_a_leader(
    sign_in: Sign, office: Person, other: str, action: str
) -> None:
    sign_in(other)
    assert office.post(f"/office/accounts/{other}/{action}").status_code == 403
    assert "Only administrators and the head" in office.get(f"/office/accounts/{other}").text


def test_a_reset_second_factor_is_asked_for_no_more(app: Flask, head: Person, clock: Clock) -> None:
    careful = Careful(app, "sendco")
    careful.set_up(clock)
    assert "Password, second factor" in head.get("/office/accounts/sendco").text
    head.post("/office/accounts/sendco/second-factor/reset")
    assert careful.get("/office/records").location == "/sign-in"
    assert careful.sign_in().location == "/office/records"
    assert audited("account.second-factor-reset") == ["staff:sendco"]


def test_somebody_is_signed_out_everywhere(sign_in: Sign, head: Person) -> None:
    sendco = sign_in("sendco")
    assert "A browser" in head.get("/office/accounts/sendco").text
    head.post("/office/accounts/sendco/sign-out")
    assert sendco.get("/today").location == "/sign-in"
    assert head.get("/office/accounts/").status_code == 200


def test_who_is_locked_out_is_shown_and_let_in_again(app: Flask, office: Person, clock: Clock) -> None:
    guess(app, "a.adeyemi")
    page = office.get("/office/accounts/a.adeyemi").text
    assert "Passwords of Ada Adeyemi" in page
    assert "5 wrong tries, locked until 10:22" in page
    assert app.test_client().post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD}).status_code == 422
    office.post("/office/accounts/unlock", key=ADA)
    assert app.test_client().post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD}).status_code == 303
    assert audited("guesses.unlock") == [f"guess:{ADA}"]


def test_an_address_that_guesses_and_names_nobody_has_are_shown_too(app: Flask, office: Person, clock: Clock) -> None:
    for number in range(8):
        guess(app, f"nobody{number}")
    page = office.get("/office/accounts/").text
    assert "Passwords from 203.0.113.9" in page
    assert "Passwords of a name that nobody has" in page
    assert "nobody1" not in page
    clock.move(minutes=1)
    assert "Locked because" not in office.get("/office/accounts/").text


def test_an_address_is_kept_in_small_letters_and_belongs_to_one_person(office: Person) -> None:
    office.post("/office/accounts/a.adeyemi/email", email=" Ada@School.Example ")
    assert 'value="ada@school.example"' in office.get("/office/accounts/a.adeyemi").text
    create_staff("b.boyle")
    assert "has this address already" in problem(
        office.post("/office/accounts/b.boyle/email", email="ada@school.example")
    )
    for wrong in ("ada", "ada@school", "a da@school.example", "@school.example"):
        assert "such as" in problem(office.post("/office/accounts/b.boyle/email", email=wrong))
    office.post("/office/accounts/a.adeyemi/email", email="")
    assert db.session.get_one(Staff, "a.adeyemi").email is None


def test_who_must_have_a_second_factor_is_decided_by_the_head(office: Person, head: Person) -> None:
    assert office.post("/office/accounts/second-factor", second_factor="required").status_code == 403
    assert "Who must have one" not in office.get("/office/accounts/").text
    assert head.post("/office/accounts/second-factor", second_factor="maybe").status_code == 400
    head.post("/office/accounts/second-factor", second_factor="required")
    office.sign_in()
    assert office.get("/office/accounts/").location == "/account/second-factor"
    assert audited("school.second-factor") == ["school"]


def test_a_new_school_requires_it(app: Flask, clock: Clock) -> None:
    require()
    head = Careful(app, "head")
    head.set_up(clock)
    assert re.search(r'value="required" checked', head.get("/office/accounts/").text)


def test_a_name_that_is_nobodys_is_not_found(office: Person) -> None:
    assert office.get("/office/accounts/nobody").status_code == 404
    assert office.post("/office/accounts/nobody/link").status_code == 404
