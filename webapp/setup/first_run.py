"""A fresh server, where nobody can sign in yet. Whoever can read its console may set it up, and nobody else."""

import hmac
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from webapp.account.endings import end_everything
from webapp.domain.access.guesses import NETWORK, Key
from webapp.domain.refusal import Refusal
from webapp.models import Staff, db
from webapp.models.lock import alone
from webapp.school import clock
from webapp.school.audit import note
from webapp.school.school import is_set_up
from webapp.sync.devices.devices import CODE_LENGTH, CODE_LETTERS
from webapp.sync.devices.places import network_of
from webapp.sync.devices.rate_limit import GROWING, Guess, RateLimit
from webapp.sync.devices.signing import too_many
from webapp.sync.log.revisions import writing
from webapp.web.passwords import hash_password

ADMINISTRATOR = "administrator"
LIMIT = RateLimit(tries=5, waits=GROWING)

OVER = Refusal("over", "Somebody can sign in to this school already. Sign in, or ask the office.")
WRONG = Refusal("wrong-code", "This is not the code. The server prints it on its console when it starts.")


def is_waiting() -> bool:
    """Whether nobody can sign in yet."""
    return (
        not is_set_up() or db.session.scalar(select(Staff.id).where(Staff.password_hash.is_not(None)).limit(1)) is None
    )


def code() -> str:
    """What the console says. It follows from the server's secret, so all processes say the same, and it is worth
    nothing once somebody can sign in."""
    secret = current_app.config["SETTINGS"].secret_key
    digest = hmac.digest(secret.encode(), b"first run", "sha256")
    text = "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:CODE_LENGTH])
    return f"{text[:4]}-{text[4:]}"


def try_code(text: str, source: str, now: datetime) -> Refusal | None:
    """Whether this is the code; wrong ones are counted against where they come from."""
    if not is_waiting():
        return OVER
    guess = Guess((Key("first-run", "", "", NETWORK, network_of(source)), LIMIT))
    with alone():
        tried = guess.take(now)
        if tried is None:
            return too_many(guess.left(now))
        if hmac.compare_digest(_letters(text).encode(), _letters(code()).encode()):
            tried.right()
            return None
        tried.wrong(now)
    return WRONG


def make_administrator(username: str, forename: str, surname: str, password: str) -> Staff | None:
    """The first account; None if somebody can sign in meanwhile."""
    hashed = hash_password(password)
    with writing() as revs:
        if not is_waiting():
            return None
        staff = db.session.query(Staff).filter_by(username=username).one_or_none() or Staff(id=username)
        staff.username, staff.forename, staff.surname = username, forename, surname
        staff.role, staff.password_hash, staff.rev = ADMINISTRATOR, hashed, revs.next()
        db.session.add(staff)
        end_everything(staff.id, clock.now())
        note("setup.administrator", f"staff:{staff.id}")
    return staff


def _letters(text: str) -> str:
    return text.upper().replace("-", "").replace(" ", "")
