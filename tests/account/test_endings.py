"""Every ending ends everything: a table of what ends somebody's access, tried with all that gives it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from flask import Flask, g

from tests.account.conftest import Careful
from tests.builders import PASSWORD, Clock, Tablet, create_group, create_lesson, create_student, create_tablet
from tests.office.conftest import Person
from webapp.account.endings import end_everything
from webapp.account.links import make_link
from webapp.imports import KINDS, Source, import_content
from webapp.imports.undo.undo import undo
from webapp.models import BrowserSession, Score, SecondFactor, SetUpLink, SignIn, Staff, db
from webapp.sync.devices.places import place
from webapp.sync.log.revisions import writing

NEW = "three quiet otters"
MO = "tutor"
FORM = {"username": MO, "surname": "Tutor", "forename": "Kit", "role": "tutor", "left": ""}


@dataclass
class Scene:
    """Mo, who signs in at `own` and elsewhere, with a second factor, and the head."""

    app: Flask
    own: Careful
    head: Person
    codes: list[str] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        clock: Clock = self.app.config["CLOCK"]
        return clock

    def code(self) -> str:
        """A recovery code not used yet."""
        return self.own.recovery_codes.pop()

    def elsewhere(self) -> Careful:
        """Mo at another browser, signed in."""
        there = Careful(self.app, MO)
        there.show_code(self.code())
        return there

    def edits(self, **change: str) -> None:
        self.head.post(f"/office/staff/person/{MO}", **FORM | change)

    def imports(self, line: str) -> int:
        source = Source("staff.csv", "head")
        content = f"username,surname,forename,role,email\n{line}\n".encode()
        run = import_content(KINDS["staff"], content, source=source).run
        assert run
        return run


@pytest.fixture
def scene(app: Flask, clock: Clock) -> Scene:
    create_group()
    create_student()
    create_lesson()
    own = Careful(app, MO)
    own.set_up(clock)
    clock.move(minutes=1)
    return Scene(app, own, Person(app, "head"))


Open = Callable[[], bool]


def at_the_desk(scene: Scene) -> Open:
    there = scene.elsewhere()
    return lambda: there.get("/account/").status_code == 200


def half_way_in(scene: Scene) -> Open:
    there, code = Careful(scene.app, MO), scene.code()

    def is_open() -> bool:
        there.show_code(code)
        return there.get("/account/").status_code == 200

    return is_open


def to_record_on_a_tablet(scene: Scene) -> Open:
    tablet = create_tablet(scene.app, staff=MO)

    def is_open() -> bool:
        tablet.mark(1, 1, 4)
        return bool(tablet.push().json["notes"] == [])

    return is_open


def in_the_list_of_a_tablet(scene: Scene) -> Open:
    tablet = create_tablet(scene.app, staff=MO)
    told = tablet.client.get("/sync/v1/pull").json["signed_in"][MO]
    return lambda: bool(tablet.client.get("/sync/v1/pull").json["signed_in"][MO] == told)


def ask(client: Any, url: str, **form: str) -> Any:
    g.pop("_login_user", None)
    return client.post(url, data=form) if form else client.get(url)


def at_the_pages_of_a_tablet(scene: Scene) -> Open:
    client = create_tablet(scene.app, staff=MO).client
    return lambda: bool(ask(client, "/today").status_code == 200)


def to_be_taken_up_on_a_tablet(scene: Scene) -> Open:
    client = create_tablet(scene.app, staff=MO).client

    def is_open() -> bool:
        ask(client, "/hold", staff=MO)
        return bool(ask(client, "/today").status_code == 200)

    return is_open


def by_a_pin(scene: Scene) -> Open:
    client = create_tablet(scene.app, staff=MO).client
    ask(client, "/pin", pin="4711")
    ask(client, "/sign-out")

    def is_open() -> bool:
        ask(client, "/hold", staff=MO, pin="4711")
        return bool(ask(client, "/today").status_code == 200)

    return is_open


def by_a_link(scene: Scene) -> Open:
    with writing():
        link = f"/set-up/{make_link(MO, scene.clock.now)}"
    return lambda: scene.app.test_client().get(link).status_code == 200


def uncounted_where_the_password_was_known(scene: Scene) -> Open:
    """A browser that knows the old password guesses by itself no longer, but among all others that are strange."""
    there = scene.elsewhere()
    cookie = there.client.get_cookie("reachable_known")
    assert cookie

    def is_open() -> bool:
        with scene.app.test_request_context(headers={"Cookie": f"reachable_known={cookie.value}"}):
            return place(MO) is not None

    return is_open


THINGS: dict[str, Callable[[Scene], Open]] = {
    thing.__name__: thing
    for thing in (
        *(at_the_desk, half_way_in, to_record_on_a_tablet, in_the_list_of_a_tablet, at_the_pages_of_a_tablet),
        *(to_be_taken_up_on_a_tablet, by_a_pin, by_a_link),
    )
}


def own_password(scene: Scene) -> None:
    scene.own.post("/account/password", current=PASSWORD, new=NEW, again=NEW)


def own_sign_out(scene: Scene) -> None:
    scene.own.post("/account/sessions/end", everywhere="yes")


def own_second_factor_off(scene: Scene) -> None:
    scene.own.post("/account/second-factor/off", **{"password-for-off": PASSWORD})


def link_used(scene: Scene) -> None:
    with writing():
        links = {row.hash: row.until for row in db.session.query(SetUpLink)}
        token = make_link(MO, scene.clock.now)
        # The one that was there before is still there, as if both had been made at a time.
        db.session.add_all(SetUpLink(hash=hash, staff_id=MO, until=until) for hash, until in links.items())
    scene.app.test_client().post(f"/set-up/{token}", data={"new": NEW, "again": NEW})


def by_the_office(what: str, **form: str) -> Callable[[Scene], None]:
    def end(scene: Scene) -> None:
        assert scene.head.post(f"/office/accounts/{MO}/{what}", **form).status_code == 303

    return end


def edited(**change: str) -> Callable[[Scene], None]:
    return lambda scene: scene.edits(**change)


def leaves_by_itself(scene: Scene) -> None:
    scene.edits(left="2026-03-04")
    scene.clock.move(days=1)


def leaves_and_comes_back(scene: Scene) -> None:
    leaves_by_itself(scene)
    scene.head.sign_in()
    scene.edits()


def imported(line: str) -> Callable[[Scene], None]:
    def end(scene: Scene) -> None:
        scene.imports(line)

    return end


def command(*words: str) -> Callable[[Scene], None]:
    def run(scene: Scene) -> None:
        assert scene.app.test_cli_runner().invoke(args=[*words]).exit_code == 0

    return run


ENDINGS: dict[str, Callable[[Scene], None]] = {
    "one's own new password": own_password,
    "a link to choose a password": link_used,
    "a password by command": command("set-password", MO, "--password", NEW),
    "a second factor reset": by_the_office("second-factor/reset"),
    "a second factor reset by command": command("reset-second-factor", MO),
    "one's own second factor switched off": own_second_factor_off,
    "signing out everywhere": own_sign_out,
    "being signed out everywhere": by_the_office("sign-out"),
    "another address": by_the_office("email", email="mo@school.example"),
    "another role": edited(role="teacher"),
    "a promotion": edited(role="senior-leader"),
    "another username": edited(username="m.tutor"),
    "leaving": edited(left="2026-03-03"),
    "a day of leaving that comes": leaves_by_itself,
    "coming back": leaves_and_comes_back,
    "another role by a file": imported(f"{MO},Tutor,Kit,teacher,"),
    "another address by a file": imported(f"{MO},Tutor,Kit,tutor,mo@school.example"),
}


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_open_stays_open_as_long_as_nothing_ends_it(scene: Scene, thing: str) -> None:
    is_open = THINGS[thing](scene)
    scene.edits(surname="Tutorova")
    scene.clock.move(minutes=1)
    assert is_open()


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_ends_everything(scene: Scene, ending: str) -> None:
    begun = {name: begin(scene) for name, begin in THINGS.items()}
    scene.clock.move(minutes=1)
    ENDINGS[ending](scene)
    scene.clock.move(minutes=1)
    g.pop("_login_user", None)
    assert [name for name, is_open in begun.items() if is_open()] == []


def test_an_import_that_is_undone_ends_what_began_since(scene: Scene) -> None:
    run = scene.imports(f"{MO},Tutor,Kit,teacher,mo@school.example")
    scene.own.recovery_codes = scene.own.recovery_codes[:6]
    begun = {name: begin(scene) for name, begin in THINGS.items()}
    scene.clock.move(minutes=1)
    assert undo(run, "head") is None
    scene.clock.move(minutes=1)
    assert [name for name, is_open in begun.items() if is_open()] == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_recorded_before_counts_whenever_it_comes(scene: Scene, ending: str) -> None:
    tablet = create_tablet(scene.app, staff=MO)
    scene.clock.move(minutes=1)
    tablet.mark(1, 1, 5)
    scene.clock.move(minutes=1)
    ENDINGS[ending](scene)
    scene.clock.move(days=2)
    assert tablet.push().json["notes"] == []
    assert db.session.query(Score).one().mark == "5"


@pytest.mark.parametrize("ending", ["one's own new password", "a link to choose a password"])
def test_a_browser_that_was_used_with_the_old_password_is_a_strange_one(scene: Scene, ending: str) -> None:
    is_open = uncounted_where_the_password_was_known(scene)
    assert is_open()
    ENDINGS[ending](scene)
    assert not is_open()


def test_a_pin_is_forgotten_with_the_sign_in_it_was_for(scene: Scene) -> None:
    by_a_pin(scene)
    assert db.session.query(SignIn).filter(SignIn.pin_hash.is_not(None)).count() == 1
    own_password(scene)
    assert db.session.query(SignIn).filter(SignIn.pin_hash.is_not(None)).count() == 0


def test_after_the_last_day_nothing_is_taken_however_late_it_comes(scene: Scene) -> None:
    tablet = create_tablet(scene.app, staff=MO)
    leaves_by_itself(scene)
    tablet.mark(1, 1, 5)
    scene.clock.move(days=9)
    assert [note["reason"] for note in tablet.push().json["notes"]] == ["sign-in-ended"]


def test_nobody_else_is_signed_out(scene: Scene) -> None:
    other, tablet = Person(scene.app, "office"), create_tablet(scene.app, staff="a.adeyemi")
    end_with(scene)
    assert other.get("/account/").status_code == scene.head.get("/account/").status_code == 200
    tablet.mark(1, 1, 4)
    assert tablet.push().json["notes"] == []


def end_with(scene: Scene) -> None:
    with writing():
        end_everything(MO, scene.clock.now)
    scene.clock.move(minutes=1)


def test_who_changes_their_password_goes_on_there_under_another_name(scene: Scene) -> None:
    before = scene.own.client.get_cookie("reachable_session")
    own_password(scene)
    after = scene.own.client.get_cookie("reachable_session")
    assert scene.own.get("/account/").status_code == 200
    assert before
    assert after
    assert before.value != after.value
    scene.own.client.set_cookie("reachable_session", before.value)
    assert scene.own.get("/account/").location == "/sign-in"
    assert db.session.query(BrowserSession).filter_by(staff_id=MO).count() == 1


def test_on_a_tablet_even_who_changes_the_password_signs_in_with_the_new_one(scene: Scene) -> None:
    client = create_tablet(scene.app, staff=MO).client
    ask(client, "/sign-in/code", code=scene.code())
    answer = ask(client, "/account/password", current=PASSWORD, new=NEW, again=NEW)
    assert "on tablets too" in ask(client, answer.location).text
    assert ask(client, "/today").location == "/sign-in"
    assert client.post("/sync/v1/sign-in", json={"username": MO, "password": PASSWORD}).status_code == 401
    assert client.post("/sync/v1/sign-in", json={"username": MO, "password": NEW}).status_code == 200


def test_a_secret_that_was_shown_before_cannot_be_confirmed_afterwards(app: Flask, clock: Clock) -> None:
    thief, owner = Careful(app, "teacher"), Person(app, "teacher")
    page = thief.post("/account/second-factor/key", **{"password-for-factor": PASSWORD}).text
    owner.post("/account/password", current=PASSWORD, new=NEW, again=NEW)
    assert db.session.query(SecondFactor).count() == 0
    owner.post("/account/second-factor/key", **{"password-for-factor": NEW})
    assert thief.post("/account/second-factor", code=thief.read(page, clock).code()).location == "/sign-in"
    assert owner.post("/account/second-factor", code=thief.read(page, clock).code()).status_code == 422


def test_a_person_who_has_left_is_half_way_nowhere(scene: Scene) -> None:
    there = Careful(scene.app, MO)
    with writing():
        db.session.get_one(Staff, MO).left = date(2026, 3, 3)
    assert there.show_code(scene.code()).location == "/sign-in"


def test_a_tablet_tells_nobody_else_who_is_signed_in(scene: Scene) -> None:
    one, other = create_tablet(scene.app, staff=MO), create_tablet(scene.app, staff="a.adeyemi")
    assert list(told(one)) == [MO]
    assert list(told(other)) == ["a.adeyemi"]


def told(tablet: Tablet) -> dict[str, str]:
    signed_in: dict[str, str] = tablet.client.get("/sync/v1/pull").json["signed_in"]
    return signed_in
