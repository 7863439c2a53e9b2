"""Showing who one is: the password, on a tablet or in a browser, then the second factor; and the brake on guessing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp import second_factor
from webapp.clock import local_date
from webapp.domain.lengths import longest
from webapp.domain.refusal import Refusal
from webapp.domain.text import clean
from webapp.models import Account, Device, Staff, db
from webapp.passwords import check_password, hash_password, is_outdated
from webapp.sync import devices
from webapp.sync.brake import Brake, Guess
from webapp.sync.devices import Enrolled
from webapp.sync.places import place, source
from webapp.sync.sequence import Sequence as Numbers
from webapp.sync.sign_ins import begin_sign_in, lasts_until

LOCKED_OUT = "locked-out"
BRAKE = Brake(tries=5, wait=timedelta(minutes=15))
SOURCE_BRAKE = Brake(tries=40, wait=timedelta(minutes=15))
"""For one place and all accounts: a whole school may be behind one address."""

CODE_BRAKE = Brake(tries=10, wait=timedelta(minutes=5))
"""For one place, and secrets that nobody knows whose they are: codes for tablets, links."""

WRONG = Refusal("wrong-password", "That username and password do not go together.")
TOO_MANY = Refusal(LOCKED_OUT, "Too many tries. Wait a quarter of an hour, or ask the office.")


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
    """Check a password, counting failures; on a tablet, whose own clock says `wall`, note who may record there. Inside
    `with writing()`."""
    if refusal := devices.judge_sign_in(device):
        return refusal
    if len(username) > longest("username"):
        return WRONG
    username = clean(username)
    staff = db.session.query(Staff).filter_by(username=username).one_or_none()
    guess = guess_at("password", staff.id if staff else username.casefold())
    if guess.left(now):
        return TOO_MANY
    fits = check_password(staff and staff.password_hash, password)
    if staff is None or not fits or not staff.is_here(local_date(now)):
        guess.count(now)
        return WRONG
    guess.release()
    if is_outdated(staff.password_hash or ""):
        staff.password_hash = hash_password(password)
    until = note_sign_in(device, staff, now, on_call, wall)
    return SignedIn(staff, until, complete=not second_factor.is_on(staff))


def note_sign_in(
    device: Device | None, staff: Staff, now: datetime, on_call: bool = False, wall: datetime | None = None
) -> datetime:
    """This person was here; until when they may record on a tablet, if it is one. `wall` is what its own clock says, if
    it tells. Inside `with writing()`."""
    db.session.merge(Account(staff_id=staff.id, last_sign_in=now))
    return lasts_until(staff, now) if device is None else begin_sign_in(device, staff, now, on_call, wall)


def check_code(staff: Staff, code: str, now: datetime) -> Refusal | None:
    """Check a second factor, counting failures; what is wrong with it, if anything. Inside `with writing()`."""
    guess = guess_at("code", staff.id)
    if guess.left(now):
        return TOO_MANY
    if not second_factor.check(staff, code, now):
        guess.count(now)
        return Refusal("wrong-code", "That code is not right, or was used before. Wait for the next one in the app.")
    guess.release()
    return None


def check_code_of_app(staff: Staff, code: str, now: datetime) -> list[str] | Refusal:
    """Switch the second factor on with a first code; the recovery codes. Inside `with writing()`."""
    guess = guess_at("code", staff.id)
    if guess.left(now):
        return TOO_MANY
    codes = second_factor.confirm(staff, code, now)
    if codes is None:
        guess.count(now)
        return Refusal(
            "wrong-code", "That code is not right. Wait for the next one in the app then type its six digits."
        )
    return codes


def check_own_password(staff: Staff, password: str, now: datetime) -> Refusal | None:
    """Whether it is still the person who signed in, before something of weight. Who has no password needs none. Inside
    `with writing()`."""
    guess = guess_at("password", staff.id)
    if staff.password_hash is None:
        return None
    if guess.left(now):
        return TOO_MANY
    if not check_password(staff.password_hash, password):
        guess.count(now)
        return Refusal("wrong-password", "This is not the password you have now.")
    guess.release()
    return None


def link_guess() -> Guess:
    """A try at a link of the desk's."""
    return Guess((f"link:{source()}", CODE_BRAKE))


def enrol(code: object, name: object, now: datetime, numbers: Numbers, was: object = None) -> Enrolled | Refusal:
    """Use up an enrol code, counting wrong ones by where they come from. Inside `with writing() as numbers`."""
    guess = Guess((f"enrol-code:{source()}", CODE_BRAKE))
    if guess.left(now):
        return Refusal(LOCKED_OUT, "Too many codes were wrong. Wait five minutes, then ask for a new one.")
    enrolled = devices.enrol(code, name, now, numbers, was)
    if isinstance(enrolled, Refusal):
        guess.count(now)
    return enrolled


def guess_at(kind: str, staff: str) -> Guess:
    """A try at something of this person's. From a tablet or a browser they use it counts there alone."""
    here = place(staff)
    whose = f"{kind}:{staff} at {here}" if here else f"{kind}:{staff}"
    return Guess((f"{kind}:{here or source()}", SOURCE_BRAKE), (whose, BRAKE))
