"""Showing who one is: the password, on a tablet or in a browser, then the second factor; and the limit on guessing.

A password is looked at in four steps, so that nobody waits for a hash: the try is counted, the hash worked out with
nothing of the database held, what it was compared with read again, and what came of it written.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from webapp.domain.access.guesses import NOBODY, STAFF, Key, Place
from webapp.domain.refusal import Refusal
from webapp.domain.text.lengths import longest
from webapp.domain.text.text import clean
from webapp.domain.text.words import count_words
from webapp.models import Account, Device, Staff, db
from webapp.models.lock import alone
from webapp.school.clock import local_date
from webapp.sync.devices import devices
from webapp.sync.devices.devices import Enrolled
from webapp.sync.devices.places import place, source
from webapp.sync.devices.rate_limit import GROWING, QUARTER, Guess, RateLimit, Try
from webapp.sync.devices.sign_ins import begin_sign_in, lasts_until
from webapp.sync.log.revisions import RevCounter
from webapp.web import second_factor
from webapp.web.encryption import digest
from webapp.web.passwords import KNOWN, STRANGERS, check_password, hash_password, is_outdated

LOCKED_OUT = "locked-out"
PASSWORD, CODE = "password", "code"
LIMIT = RateLimit(tries=5, waits=QUARTER)
STRANGERS_LIMIT = RateLimit(tries=5, waits=GROWING)
"""For one account, from anywhere but tablets and browsers that its person uses."""

SOURCE_LIMIT = RateLimit(tries=40, waits=QUARTER)
NETWORK_LIMIT = RateLimit(tries=40, waits=GROWING)
"""For one place and all accounts: a whole school may be behind one address."""

CODE_LIMIT = RateLimit(tries=60, waits=(timedelta(minutes=1),))
"""For one place and codes for tablets: one of 10^12 is right, for a quarter of an hour."""

ONE_MINUTE = timedelta(minutes=1)
NOT_TOGETHER = Refusal("wrong-password", "That username and password do not go together.")
NOT_YOURS = Refusal("wrong-password", "This is not the password you have now.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who has shown the right password, and until when a tablet takes their entries. `complete`: nothing more
    is asked for, since there is no second factor."""

    staff: Staff
    until: datetime
    complete: bool


def sign_in(
    device: Device | None,
    username: str,
    password: str,
    now: datetime,
    on_call: bool = False,
    wall: datetime | None = None,
) -> SignedIn | Refusal:
    """Check a password, counting failures; on a tablet, whose own clock says `wall`, note who may record there. Takes
    the lock by itself."""
    if refusal := devices.judge_sign_in(device):
        return refusal
    if len(username) > longest("username"):
        return NOT_TOGETHER
    username = clean(username)
    found = db.session.query(Staff).filter_by(username=username).one_or_none()
    known, stored = (found.id, found.password_hash) if found else (None, None)
    guess = guess_at(PASSWORD, known) if known else guess_at_nobody(PASSWORD, username)
    queue = KNOWN if place(known or "") else STRANGERS
    with queue.seat():
        tried = _taken(guess, now)
        if isinstance(tried, Refusal):
            return tried
        fits = check_password(stored, password, queue)
    with alone():
        staff = _still(known, stored) if fits else None
        if staff is None or not staff.is_here(local_date(now)) or (device and device.revoked_at):
            tried.wrong(now)
            return NOT_TOGETHER
        tried.right()
        until = note_sign_in(device, staff, now, on_call, wall)
    _renew(staff.id, stored, password)
    return SignedIn(staff, until, complete=not second_factor.is_on(staff))


def check_own_password(staff: Staff, password: str, now: datetime) -> Refusal | None:
    """Whether it is still the person who signed in, before something of weight. Who has no password needs none. Takes
    the lock by itself."""
    known, stored = staff.id, staff.password_hash
    if stored is None:
        return None
    guess = guess_at(PASSWORD, known)
    with KNOWN.seat():
        tried = _taken(guess, now)
        if isinstance(tried, Refusal):
            return tried
        fits = check_password(stored, password)
    with alone():
        if fits and _still(known, stored):
            tried.right()
            return None
        tried.wrong(now)
    return NOT_YOURS


def _taken(guess: Guess, now: datetime) -> Try | Refusal:
    """The try, counted, if it may be looked at. Who must wait costs a look and no write."""
    if wait := guess.left(now):
        return too_many(wait)
    with alone():
        return guess.take(now) or too_many(guess.left(now))


def _still(staff: str | None, stored: str | None) -> Staff | None:
    """The person, if the hash is the one that was compared with: it may have changed meanwhile."""
    found = db.session.get(Staff, staff) if staff else None
    return found if found and found.password_hash == stored else None


def _renew(staff: str, stored: str | None, password: str) -> None:
    """A hash that was made at other costs than today's is made anew."""
    if stored and is_outdated(stored):
        fresh = hash_password(password)
        with alone():
            mine = (Staff.id == staff, Staff.password_hash == stored)
            db.session.execute(update(Staff).where(*mine).values(password_hash=fresh))


def note_sign_in(
    device: Device | None, staff: Staff, now: datetime, on_call: bool = False, wall: datetime | None = None
) -> datetime:
    """This person was here; until when they may record on a tablet, if it is one. `wall` is what its own clock says, if
    it tells. Inside `with writing()`."""
    db.session.merge(Account(staff_id=staff.id, last_sign_in=now))
    return lasts_until(staff, now) if device is None else begin_sign_in(device, staff, now, on_call, wall)


def check_code(staff: Staff, code: str, now: datetime) -> Refusal | None:
    """Check a second factor, counting failures; what is wrong with it, if anything. Inside `with writing()`."""
    guess = guess_at(CODE, staff.id)
    tried = guess.take(now)
    if tried is None:
        return too_many(guess.left(now))
    if not second_factor.check(staff, code, now):
        tried.wrong(now)
        return Refusal("wrong-code", "That code is not right, or was used before. Wait for the next one in the app.")
    tried.right()
    return None


def check_code_of_app(staff: Staff, code: str, now: datetime) -> list[str] | Refusal:
    """Switch the second factor on with a first code; the recovery codes. Inside `with writing()`."""
    guess = guess_at(CODE, staff.id)
    tried = guess.take(now)
    if tried is None:
        return too_many(guess.left(now))
    codes = second_factor.confirm(staff, code, now)
    if codes is None:
        tried.wrong(now)
        return Refusal(
            "wrong-code", "That code is not right. Wait for the next one in the app then type its six digits."
        )
    tried.right()
    return codes


def enrol(code: object, name: object, now: datetime, revs: RevCounter, was: object = None) -> Enrolled | Refusal:
    """Use up an enrol code, counting wrong ones by where they come from. Inside `with writing() as revs`."""
    here = source()
    guess = Guess((Key("enrol-code", "", "", *here), CODE_LIMIT))
    tried = guess.take(now)
    if tried is None:
        return Refusal(LOCKED_OUT, "Too many codes were wrong. Wait a minute, then try again.")
    enrolled = devices.enrol(code, name, now, revs, was)
    if isinstance(enrolled, Refusal):
        tried.wrong(now)
    else:
        tried.right()
    return enrolled


def guess_at(kind: str, staff: str) -> Guess:
    """A try at something of this person's. From a tablet or a browser they use it counts there alone."""
    return _guess(kind, STAFF, staff, place(staff))


def guess_at_nobody(kind: str, name: str) -> Guess:
    """A try with a name that nobody has. It may be a password, typed into the wrong field: neither the name is kept nor
    all of its hash, and many names share one of a few thousand rows."""
    return _guess(kind, NOBODY, digest(f"nobody {name.casefold()}")[:4], place())


def _guess(kind: str, whom: str, who: str, here: Place | None) -> Guess:
    if here:
        return Guess((Key(kind, "", "", *here), SOURCE_LIMIT), (Key(kind, whom, who, *here), LIMIT))
    strangers = LIMIT if kind == CODE else STRANGERS_LIMIT  # of those who guess at a code we know the password
    return Guess((Key(kind, "", "", *source()), NETWORK_LIMIT), (Key(kind, whom, who), strangers))


def too_many(wait: timedelta) -> Refusal:
    minutes = max(1, -(-wait // ONE_MINUTE))
    return Refusal(
        LOCKED_OUT, f"Too many tries. Try again in {count_words(minutes, 'minute', 'minutes')}, or ask the office."
    )
