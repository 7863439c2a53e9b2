"""The second factor over whole requests: setting it up, being asked for it, and what takes its place."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.account.conftest import Careful, Make, audited, problem, require
from tests.builders import PASSWORD, Clock, create_staff, create_tablet
from tests.office.conftest import Person
from webapp.domain.access.roles import ROLES, SECOND_FACTOR_ROLES
from webapp.models import RecoveryCode, SecondFactor, Staff, db
from webapp.sync.log.revisions import writing

STEP = timedelta(seconds=30)


@pytest.fixture
def head(careful: Make) -> Careful:
    return careful("head")


def test_after_the_password_comes_the_code_and_then_the_desk(head: Careful) -> None:
    head.post("/sign-out")
    assert head.sign_in().location == "/sign-in/code"
    assert head.get("/today").location == "/sign-in"
    assert head.get("/office/tablets").location == "/sign-in/code"
    assert "six digits" in head.get("/sign-in/code").text
    assert head.show_code().location == "/office/tablets"
    assert head.get("/office/tablets").status_code == 200


def test_without_a_second_factor_nothing_more_is_asked(app: Flask, clock: Clock) -> None:
    person = Person(app, "head")
    assert person.sign_in().location == "/today"
    assert person.get("/sign-in/code").location == "/sign-in"
    assert person.post("/sign-in/code", code="123456").location == "/sign-in"


def test_a_code_works_once(head: Careful, clock: Clock) -> None:
    code = head.phone.code()
    head.sign_in()
    head.show_code(code)
    head.sign_in()
    assert "used before" in problem(head.show_code(code))
    clock.now += STEP
    assert head.show_code().status_code == 303


def test_the_code_that_switched_it_on_is_used_too(app: Flask, clock: Clock) -> None:
    head = Careful(app, "head")
    head.set_up(clock)
    head.sign_in()
    assert "used before" in problem(head.show_code())


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_phone_may_be_half_a_minute_slow_or_fast(head: Careful, clock: Clock, steps: int, status: int) -> None:
    head.sign_in()
    assert head.show_code(head.phone.code(clock.now + steps * STEP)).status_code == status


def test_after_a_code_an_earlier_one_is_no_use(head: Careful, clock: Clock) -> None:
    head.sign_in()
    head.show_code(head.phone.code(clock.now + STEP))
    head.sign_in()
    assert head.show_code(head.phone.code(clock.now)).status_code == 422


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "١٢٣٤٥٦", "000000 OR 1=1", "AAAAA-AAAAA"])
def test_what_is_no_code_of_the_app_is_none(head: Careful, code: str) -> None:
    head.sign_in()
    assert "not right" in problem(head.show_code(code))


def test_a_code_may_be_typed_in_two_halves(head: Careful) -> None:
    head.sign_in()
    code = head.phone.code()
    assert head.show_code(f" {code[:3]} {code[3:]} ").status_code == 303


def test_half_way_lasts_ten_minutes(head: Careful, clock: Clock) -> None:
    head.sign_in()
    clock.move(minutes=10, seconds=1)
    assert head.show_code().location == "/sign-in"


def test_five_wrong_codes_lock_it_for_a_quarter_of_an_hour(head: Careful, clock: Clock) -> None:
    head.sign_in()
    for _ in range(5):
        assert "not right" in problem(head.show_code("000000"))
    assert "Too many tries" in problem(head.show_code())
    assert any('"code","staff","head"' in about for about in audited("guesses.lock"))
    clock.move(minutes=15)
    head.sign_in()
    assert head.show_code().status_code == 303


def test_each_recovery_code_stands_once_for_the_app(head: Careful) -> None:
    assert len(set(head.recovery_codes)) == 10
    for code in (head.recovery_codes[0], head.recovery_codes[1].lower().replace("-", " ")):
        head.sign_in()
        assert head.show_code(code).status_code == 303
    assert "8 recovery codes left" in head.get("/account/").text
    assert audited("account.recovery-code") == ["staff:head"] * 2
    head.sign_in()
    assert "used before" in problem(head.show_code(head.recovery_codes[0]))


def test_recovery_codes_of_somebody_else_are_no_use(careful: Make) -> None:
    head, office = careful("head"), careful("office")
    head.sign_in()
    assert head.show_code(office.recovery_codes[0]).status_code == 422


def test_neither_secret_nor_recovery_codes_lie_open(head: Careful) -> None:
    factor = db.session.query(SecondFactor).one()
    assert head.phone.app.secret not in factor.secret
    hashes = {row.hash for row in db.session.query(RecoveryCode)}
    assert len(hashes) == 10
    assert not hashes & {*head.recovery_codes, *(code.replace("-", "") for code in head.recovery_codes)}


def test_few_recovery_codes_are_warned_of_and_new_ones_replace_them(head: Careful) -> None:
    for code in head.recovery_codes[:7]:
        head.sign_in()
        head.show_code(code)
    assert "Make new ones before you need them" in head.get("/account/").text
    assert "not the password" in problem(head.post("/account/recovery-codes", **{"password-for-codes": "guess"}))
    page = head.post("/account/recovery-codes", **{"password-for-codes": PASSWORD}).text
    assert page.count('<li class="num">') == 10
    head.sign_in()
    assert head.show_code(head.recovery_codes[8]).status_code == 422


def test_switching_it_off_takes_the_password(head: Careful) -> None:
    assert head.post("/account/second-factor/off", **{"password-for-off": "guess"}).status_code == 422
    assert head.post("/account/second-factor/off", **{"password-for-off": PASSWORD}).status_code == 303
    assert head.sign_in().location == "/today"
    assert audited("account.second-factor-off") == ["staff:head"]


def test_where_the_school_requires_it_nobody_who_must_have_it_switches_it_off(head: Careful) -> None:
    require()
    assert "Switch it off" not in head.get("/account/").text
    head.post("/account/second-factor/off", **{"password-for-off": PASSWORD})
    assert head.sign_in().location == "/sign-in/code"


def test_where_it_is_required_the_desk_opens_once_it_is_set_up(app: Flask, clock: Clock) -> None:
    require()
    head = Careful(app, "head")
    assert head.get("/office/tablets").location == "/account/second-factor"
    assert head.get("/account/").location == "/account/second-factor"
    assert head.get("/today").status_code == 200
    assert "the school asks for more than a password" in head.get("/account/second-factor").text
    head.set_up(clock)
    assert head.get("/office/tablets").status_code == 200


def test_it_is_required_of_those_who_see_what_is_sensitive(app: Flask, clock: Clock) -> None:
    require()
    asked = [role for role in ROLES if Person(app, role).get("/account/").status_code == 303]
    assert asked == [role for role in ROLES if role in SECOND_FACTOR_ROLES]


def test_a_wrong_first_code_switches_nothing_on(app: Flask, clock: Clock) -> None:
    head = Careful(app, "head")
    head.post("/account/second-factor/key", **{"password-for-factor": PASSWORD})
    assert "not right" in problem(head.post("/account/second-factor", code="000000"))
    assert head.sign_in().location == "/today"


def test_on_a_tablet_the_password_opens_the_floor_and_the_code_the_desk(app: Flask, head: Careful) -> None:
    tablet = create_tablet(app, staff="head").client
    assert tablet.get("/today").status_code == 200
    assert tablet.get("/office/tablets").location == "/sign-in/code"
    assert tablet.post("/sign-in/code", data={"code": head.phone.code()}).location == "/office/tablets"
    assert tablet.get("/office/tablets").status_code == 200


def test_whoever_was_signed_in_before_is_not_any_more(app: Flask, head: Careful) -> None:
    create_staff("b.boyle", role="office")
    head.post("/sign-in", username="b.boyle", password=PASSWORD)
    assert head.get("/office/tablets").status_code == 200
    head.sign_in()
    assert head.get("/office/tablets").location == "/sign-in/code"
    assert head.get("/today").location == "/sign-in"


WEIGHTY = {
    "/account/second-factor/key": "password-for-factor",
    "/account/recovery-codes": "password-for-codes",
    "/account/second-factor/off": "password-for-off",
    "/account/password": "current",
}
"""What takes the password again, with the field it is typed into."""


@pytest.mark.parametrize("typed", ["", "guess", None])
@pytest.mark.parametrize("path", WEIGHTY)
def test_what_has_weight_takes_the_password_again_however_lately_it_was_shown(
    app: Flask, clock: Clock, path: str, typed: str | None
) -> None:
    person, form = Person(app, "head"), {"new": "three quiet otters", "again": "three quiet otters"}
    answer = person.post(path, **form | ({} if typed is None else {WEIGHTY[path]: typed}))
    assert answer.status_code == 422
    assert "not the password you have now" in answer.text
    assert db.session.query(SecondFactor).count() == db.session.query(RecoveryCode).count() == 0


def test_a_key_is_shown_to_nobody_without_the_password(app: Flask, clock: Clock) -> None:
    head = Person(app, "head")
    page = head.get("/account/second-factor").text
    assert "Your password" in page
    assert "data:image" not in page
    assert db.session.query(SecondFactor).count() == 0


def test_a_code_counts_only_in_the_session_and_the_minutes_in_which_its_key_was_shown(app: Flask, clock: Clock) -> None:
    owner, other = Careful(app, "head"), Careful(app, "head")
    phone = owner.read(owner.post("/account/second-factor/key", **{"password-for-factor": PASSWORD}).text, clock)
    assert other.post("/account/second-factor", code=phone.code()).location == "/account/second-factor"
    clock.move(minutes=11)
    assert owner.post("/account/second-factor", code=phone.code()).location == "/account/second-factor"
    assert db.session.query(RecoveryCode).count() == 0


def test_each_time_the_key_is_another_one(app: Flask, clock: Clock) -> None:
    """Whoever saw one before the owner came does not know the one that counts."""
    head = Careful(app, "head")
    pages = [head.post("/account/second-factor/key", **{"password-for-factor": PASSWORD}).text for _ in range(2)]
    first, second = (head.read(page, clock) for page in pages)
    assert first.app.secret != second.app.secret
    assert head.post("/account/second-factor", code=first.code()).status_code == 422
    assert head.post("/account/second-factor", code=second.code()).status_code == 200


def test_a_second_factor_that_is_on_is_not_replaced(head: Careful) -> None:
    before = db.session.query(SecondFactor.secret).scalar()
    assert head.post("/account/second-factor/key", **{"password-for-factor": PASSWORD}).location == "/account/"
    head.post("/account/second-factor", code=head.phone.code())
    assert db.session.query(SecondFactor.secret).scalar() == before


@pytest.mark.parametrize("role", SECOND_FACTOR_ROLES)
def test_whoever_must_have_one_from_now_on_is_asked_at_once(app: Flask, clock: Clock, role: str) -> None:
    """By a promotion behind the session's back, or by the head's decision."""
    person = Person(app, "teacher")
    require()
    assert person.get("/account/").status_code == 200
    with writing():
        db.session.get_one(Staff, "teacher").role = role
    assert person.get("/account/").location == "/account/second-factor"
    assert person.post("/account/password").location == "/account/second-factor"
    assert person.get("/today").status_code == 200


def test_what_the_school_decides_holds_for_who_is_signed_in(app: Flask, clock: Clock) -> None:
    head = Person(app, "head")
    assert head.get("/office/tablets").status_code == 200
    require()
    assert head.get("/office/tablets").location == "/account/second-factor"
