"""A password is never looked at while anybody waits for it: not under the writer's lock, nor with a connection held."""

import ast
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import QueuePool

from tests.account.conftest import Careful
from tests.builders import PASSWORD, create_staff, create_tablet, create_year
from webapp.account.links import make_link
from webapp.models import SignIn, Staff, db
from webapp.models.lock import alone
from webapp.setup import first_run
from webapp.sync.log.revisions import writing
from webapp.web import passwords

WEBAPP = Path(passwords.__file__).parents[1]
NEW = {"new": "three quiet otters", "again": "three quiet otters"}
HASHES = ("hash_password", "check_password")


class Watched:
    """The hasher, which demands that nothing of the database is held while it works."""

    def __init__(self, hasher: Any, pool: QueuePool) -> None:
        self._hasher, self._pool, self.times = hasher, pool, 0
        self.alone = True  # whether no other request is under way

    def hash(self, password: bytes) -> str:
        return str(self._look().hash(password))

    def verify(self, stored: str, password: bytes) -> bool:
        return bool(self._look().verify(stored, password))

    def check_needs_rehash(self, stored: str) -> bool:
        return bool(self._hasher.check_needs_rehash(stored))

    def _look(self) -> Any:
        self.times += 1
        assert not self.alone or self._pool.checkedout() == 0
        return self._hasher


@pytest.fixture
def hasher(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Watched:
    create_year()
    create_staff()
    create_staff("head", "head")
    pool = db.engine.pool
    assert isinstance(pool, QueuePool)
    hasher = Watched(passwords.HASHER, pool)
    monkeypatch.setattr(passwords, "HASHER", hasher)
    return hasher


@contextmanager
def taken(queue: passwords.Queue) -> Iterator[None]:
    """While this lasts, all seats are taken."""
    with ExitStack() as stack:
        for _ in range(passwords.MOST_WAITING):
            stack.enter_context(queue.seat())
        yield


def sign_in_on_a_page(app: Flask) -> None:
    for name, password in (("head", PASSWORD), ("head", "wrong"), ("nobody", "wrong")):
        app.test_client().post("/sign-in", data={"username": name, "password": password})


def sign_in_on_a_tablet(app: Flask) -> None:
    tablet = create_tablet(app)
    assert tablet.sign_in().status_code == 200
    assert tablet.sign_in(password="wrong").status_code == 401
    assert tablet.sign_in("nobody").status_code == 401


def use_a_pin(app: Flask) -> None:
    client = create_tablet(app).client
    assert client.post("/pin", data={"pin": "4711"}).location == "/sign-in"
    assert client.post("/hold", data={"staff": "a.adeyemi", "pin": "0000"}).status_code == 422
    assert client.post("/hold", data={"staff": "a.adeyemi", "pin": "4711"}).status_code == 303


def look_after_an_account(app: Flask) -> None:
    head = Careful(app, "head")
    head.set_up(app.config["CLOCK"])
    for path, field in (("recovery-codes", "password-for-codes"), ("second-factor/off", "password-for-off")):
        for password in ("wrong", PASSWORD):
            head.post(f"/account/{path}", **{field: password})
    for password in ("wrong", PASSWORD):
        head.post("/account/password", current=password, **NEW)


def follow_a_link(app: Flask) -> None:
    with writing():
        link = make_link("a.adeyemi", app.config["CLOCK"].now)
    assert app.test_client().post(f"/set-up/{link}", data=NEW).location == "/sign-in"


def start_a_school(_app: Flask) -> None:
    with writing():
        db.session.query(Staff).update({"password_hash": None})
    assert first_run.make_administrator("first", "First", "Person", NEW["new"])


def set_one_by_command(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["set-password", "head", "--password", NEW["new"]])
    assert result.exit_code == 0, result.output


WAYS: Final[dict[str, Callable[[Flask], None] | None]] = {
    "sync.devices.signing": sign_in_on_a_tablet,
    "sync.devices.pins": use_a_pin,
    "account.routes": look_after_an_account,
    "account.link_routes": follow_a_link,
    "setup.first_run": start_a_school,
    "cli.school": set_one_by_command,
    "demo": None,  # no server runs beside these two
    "training.copying": None,
}
"""Each module that works out hashes, with all that makes it do so."""


@pytest.mark.parametrize("way", [sign_in_on_a_page, *filter(None, WAYS.values())])
def test_a_hash_is_worked_out_with_nothing_of_the_database_held(
    app: Flask, hasher: Watched, way: Callable[[Flask], None]
) -> None:
    way(app)
    assert hasher.times


def test_no_other_module_works_out_hashes() -> None:
    found = {
        ".".join(file.relative_to(WEBAPP).with_suffix("").parts).removesuffix(".__init__")
        for file in WEBAPP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in HASHES
    }
    assert found - {"web.passwords"} == WAYS.keys()


@pytest.mark.parametrize("slow", [lambda: passwords.hash_password("x"), lambda: passwords.check_password(None, "x")])
def test_under_the_lock_of_all_writers_it_is_a_mistake(app: Flask, slow: Callable[[], object]) -> None:
    with alone(), pytest.raises(RuntimeError, match="everybody else waits"):
        slow()
    assert slow() is not None


def test_of_many_guesses_at_one_moment_no_more_are_looked_at_than_of_many_in_a_row(app: Flask, hasher: Watched) -> None:
    def guess(number: int) -> int:
        form = {"username": "a.adeyemi", "password": "guess"}
        address = {"REMOTE_ADDR": f"198.51.100.{number}"}
        return app.test_client().post("/sign-in", data=form, environ_overrides=address).status_code

    hasher.alone = False
    db.session.remove()
    with ThreadPoolExecutor(20) as threads:
        statuses = set(threads.map(guess, range(40)))
    assert statuses <= {422, 503}
    assert hasher.times <= 5


def test_who_finds_no_seat_is_told_so_and_costs_nothing(app: Flask, hasher: Watched) -> None:
    tablet = create_tablet(app)
    with taken(passwords.STRANGERS):
        answer = app.test_client().post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
        assert (answer.status_code, "Try again in a moment" in answer.text) == (503, True)
        assert tablet.sign_in().status_code == 200  # strangers do not stand in its way
    with taken(passwords.KNOWN):
        answer = tablet.sign_in()
        assert (answer.status_code, answer.json["reason"]) == (503, "crowded")
    assert tablet.sign_in().status_code == 200


def test_what_was_changed_meanwhile_counts(app: Flask, hasher: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password that was right when it was looked at has been replaced by now."""
    verify = hasher.verify

    def verify_slowly(stored: str, password: bytes) -> bool:
        with alone():
            db.session.get_one(Staff, "a.adeyemi").password_hash = "another"
        db.session.rollback()
        return verify(stored, password)

    monkeypatch.setattr(hasher, "verify", verify_slowly)
    answer = app.test_client().post("/sign-in", data={"username": "a.adeyemi", "password": PASSWORD})
    assert answer.status_code == 422
    assert db.session.query(SignIn).count() == 0
