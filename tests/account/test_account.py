"""One's own account over whole requests: the password, and where one is signed in."""

import re

import pytest
from flask import Flask

from tests.account.conftest import audited, problem
from tests.builders import PASSWORD, Clock, create_staff
from tests.office.conftest import Person
from webapp.account.links import make_link
from webapp.models import BrowserSession, LockOut, Staff, db
from webapp.sync.log.revisions import writing
from webapp.web import passwords

NEW = "three quiet otters"


@pytest.fixture
def teacher(app: Flask, clock: Clock) -> Person:
    return Person(app, "teacher")


def change(person: Person, **typed: str) -> str:
    return problem(person.post("/account/password", **{"current": PASSWORD, "new": NEW, "again": NEW} | typed))


def test_a_changed_password_counts_and_the_old_one_does_not(teacher: Person) -> None:
    answer = teacher.post("/account/password", current=PASSWORD, new=NEW, again=NEW)
    assert "Your password is changed" in teacher.get(answer.location).text
    assert teacher.sign_in().status_code == 422
    assert teacher.post("/sign-in", username="teacher", password=NEW).status_code == 303
    assert audited("account.password") == ["staff:teacher"]


def test_a_changed_password_signs_out_everywhere_else(app: Flask, teacher: Person) -> None:
    other = Person(app, "teacher")
    teacher.post("/account/password", current=PASSWORD, new=NEW, again=NEW)
    assert other.get("/account/").location == "/sign-in"
    assert teacher.get("/account/").status_code == 200


def test_changing_the_password_takes_the_old_one(teacher: Person) -> None:
    assert change(teacher, current="guess") == "This is not the password you have now."
    assert teacher.sign_in().status_code == 303


def test_guessing_the_old_one_is_braked(teacher: Person) -> None:
    for _ in range(5):
        change(teacher, current="guess")
    assert "Too many tries" in change(teacher)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("short words", "at least 12 characters"),
        ("x" * 201, "at most 200"),
        ("teacher of maths", "without your username"),
        ("Password12345!", "Many people choose"),
        ("123456789012345", "Many people choose"),
        ("aaaaaaaaaaaaaaaa", "Many people choose"),
        ("qwertyuiopasdf", "Many people choose"),
        ("otterotterotter", "Many people choose"),
    ],
)
def test_what_comes_to_mind_first_is_refused(teacher: Person, new: str, words: str) -> None:
    assert words in change(teacher, new=new, again=new)


@pytest.mark.parametrize(
    "new", ["drei kleine Igel", "日本語のとても長いパスワードです", "correct horse 9 staples", "mmmm yes porridge"]
)
def test_nothing_but_length_is_asked_of_a_good_one(teacher: Person, new: str) -> None:
    assert teacher.post("/account/password", current=PASSWORD, new=new, again=new).status_code == 303


def test_a_new_password_is_typed_twice(teacher: Person) -> None:
    assert "not the same" in change(teacher, again="three quiet otter")


def test_a_password_never_comes_back_to_the_page(teacher: Person) -> None:
    page = teacher.post("/account/password", current=PASSWORD, new=NEW, again="other").text
    assert NEW not in page
    assert PASSWORD not in page


def test_one_sees_where_one_is_signed_in_and_signs_out_there(app: Flask, teacher: Person) -> None:
    other = Person(app, "teacher")
    page = teacher.get("/account/").text
    assert page.count("(this one)") == 1
    (hash_there,) = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    teacher.post("/account/sessions/end", session=hash_there)
    assert other.get("/account/").location == "/sign-in"
    assert teacher.get("/account/").status_code == 200


def test_nobody_signs_out_somebody_else(app: Flask, teacher: Person) -> None:
    head = Person(app, "head")
    (theirs,) = [row.hash for row in db.session.query(BrowserSession).filter_by(staff_id="head")]
    teacher.post("/account/sessions/end", session=theirs)
    assert head.get("/account/").status_code == 200


def test_signing_out_everywhere_ends_every_session_and_no_other_persons(app: Flask, teacher: Person) -> None:
    others, head = [Person(app, "teacher") for _ in range(2)], Person(app, "head")
    assert teacher.post("/account/sessions/end", everywhere="yes").location == "/sign-in"
    for person in (teacher, *others):
        assert person.get("/account/").location == "/sign-in"
    assert head.get("/account/").status_code == 200


def test_a_hash_made_at_other_costs_is_made_anew_at_the_next_sign_in(
    teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = db.session.get_one(Staff, "teacher").password_hash
    monkeypatch.setattr(passwords, "HASHER", passwords.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert teacher.sign_in().status_code == 303
    db.session.expire_all()
    after = db.session.get_one(Staff, "teacher").password_hash
    assert after != before
    assert "t=2" in str(after)
    assert teacher.sign_in().status_code == 303


def link_for(username: str, clock: Clock) -> str:
    with writing():
        return f"/set-up/{make_link(username, clock.now)}"


def test_a_link_lets_a_person_choose_a_password_once(app: Flask, clock: Clock) -> None:
    create_staff("new.comer")
    client, link = app.test_client(), link_for("new.comer", clock)
    assert "new.comer" in client.get(link).text
    assert "at least 12" in problem(client.post(link, data={"new": "short", "again": "short"}))
    assert client.post(link, data={"new": NEW, "again": NEW}).location == "/sign-in"
    assert client.post("/sign-in", data={"username": "new.comer", "password": NEW}).location == "/today"
    assert client.post(link, data={"new": "another long one", "again": "another long one"}).status_code == 404
    assert audited("account.set-up") == ["staff:new.comer"]


def test_a_link_ends_after_a_day_and_with_the_next_one(app: Flask, clock: Clock) -> None:
    client, link = app.test_client(), link_for("a.adeyemi", clock)
    clock.move(hours=23, minutes=59)
    assert client.get(link).status_code == 200
    clock.move(minutes=1)
    assert client.get(link).status_code == 404
    first, second = link_for("a.adeyemi", clock), link_for("a.adeyemi", clock)
    assert [client.get(one).status_code for one in (first, second)] == [404, 200]


def test_a_link_signs_its_person_out_everywhere(app: Flask, clock: Clock, teacher: Person) -> None:
    app.test_client().post(link_for("teacher", clock), data={"new": NEW, "again": NEW})
    assert teacher.get("/account/").location == "/sign-in"


def test_wrong_links_lock_nobodys_out_and_are_not_written_down(app: Flask, clock: Clock) -> None:
    """A link has 256 random bits, and a colleague on the same network may open theirs."""
    client, link = app.test_client(), link_for("a.adeyemi", clock)
    for number in range(100):
        assert client.get(f"/set-up/{number}").status_code == 404
        assert client.post(f"/set-up/{number}", data={"new": NEW, "again": NEW}).status_code == 404
    assert db.session.query(LockOut).count() == 0
    assert client.get(link).status_code == 200
