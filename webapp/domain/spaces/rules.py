"""Whether an operation on the reflection spaces can be taken. A reason that says no is one that staff understand."""

from collections.abc import Callable, Collection
from typing import Final

from webapp.domain.refusal import Refusal
from webapp.domain.spaces.book import ENTERED, Book, Said, Stay, World
from webapp.domain.text.text import clean
from webapp.domain.text.words import LONDON
from webapp.domain.time.moment import parse_instant

AHEAD: Final = Refusal("in-the-future", "This is timed in the future. Set the clock right and record it again.")
NO_TIME: Final = Refusal("no-such-time", "The time it happened cannot be read.")
NO_SPACE: Final = Refusal("no-such-space", "There is no reflection space of this name.")
NO_STUDENT: Final = Refusal("no-such-student", "This student is not known at this school.")
NO_STAFF: Final = Refusal("no-such-staff", "The adult named is not known at this school.")
NO_STAY: Final = Refusal("no-such-stay", "The school knows of no such stay in a space.")
NO_ASK: Final = Refusal("no-such-ask", "The school knows of no such ask for a space.")
NO_CALL: Final = Refusal("no-such-call", "The school knows of no such call.")
NEVER: Final = Refusal("never-for-this", "The reflection spaces are never used for this.")
NO_REASON: Final = Refusal("no-such-reason", "This is none of the reasons to choose from.")
IN_ALREADY: Final = Refusal("already-in", "This student is in this space already.")
OVER: Final = Refusal("stay-over", "That stay is over. If the student is back, enter again.")
LEFT_ALREADY: Final = Refusal(
    "already-left", "This stay was ended before, with its answer. Tell a leader if yours differs."
)
NO_ANSWER: Final = Refusal(
    "no-answer", "Was the student free to leave throughout? A stay ends only with the answer, yes or no."
)
BEFORE: Final = Refusal("before-it-began", "The end of a stay cannot lie before its beginning.")
NOT_OVER: Final = Refusal("not-over", "This stay is still open. End it on its own page, then correct it.")
NO_WHY: Final = Refusal("no-why", "Say in a few words why it is corrected.")
WRONG_TIMES: Final = Refusal("no-such-time", "A stay ends after it began, on the same day, and not in the future.")
RECORD_STAYS: Final = Refusal(
    "record-stays", "The answer “No” has opened a record. It stays; say there what really happened."
)
EMPTY: Final = Refusal("nothing-said", "A call for help needs a place or a message.")


def judge(book: Book, said: Said, world: World) -> Refusal | None:
    """Why an operation cannot be taken, if so; `book` is settled up to the time it was received."""
    when = said.body.get("when")
    if when is not None and parse_instant(when) is None:
        return NO_TIME
    return AHEAD if said.ahead else _RULES[said.kind](book, said, world)


def _ask(_book: Book, said: Said, world: World) -> Refusal | None:
    why = said.body.get("why")
    if why is not None and why in world.never:
        return NEVER
    if why is not None and why not in world.reasons:
        return NO_REASON
    return _where_and_who(said, world)


def _enter(book: Book, said: Said, world: World) -> Refusal | None:
    missing = _ask(book, said, world) or _adult(said, world)
    if missing:
        return missing
    space, student = said.body["space"], int(said.body["student"])
    if any(stay.student == student and stay.left is None for stay in book.stays_on(space, said.day)):
        return IN_ALREADY
    ask = book.asks.get(str(said.body.get("ask")))
    return OVER if ask is not None and ask.status == ENTERED else None


def _leave(book: Book, said: Said, _world: World) -> Refusal | None:
    stay = _open_stay(book, said)
    if isinstance(stay, Refusal):
        return stay
    if not isinstance(said.body.get("free_to_leave"), bool):
        return NO_ANSWER
    return BEFORE if said.body.get("when") is not None and said.moment < stay.entered else None


def _hand_over(book: Book, said: Said, world: World) -> Refusal | None:
    stay = _open_stay(book, said)
    if isinstance(stay, Refusal):
        return stay
    return _adult(said, world) if "staff" in said.body else NO_STAFF


def _cancel(book: Book, said: Said, _world: World) -> Refusal | None:
    ask = book.asks.get(str(said.body.get("ask")))
    if ask is None:
        return NO_ASK
    return IN_ALREADY if ask.status == ENTERED else None


def _ack(book: Book, said: Said, _world: World) -> Refusal | None:
    return None if any(str(said.body.get("call")) in rows for rows in book.calls()) else NO_CALL


def _assist(_book: Book, said: Said, world: World) -> Refusal | None:
    space = said.body.get("space")
    if space is not None and not _is_one_of(space, world.places):
        return NO_SPACE
    words = [said.body.get(key) for key in ("place", "message")]
    if any(word is not None and not isinstance(word, str) for word in words):
        return EMPTY
    return None if space or any(clean(word) for word in words if word) else EMPTY


def _correct(book: Book, said: Said, world: World) -> Refusal | None:
    """What a correction does not name stays as it is."""
    stay = book.stays.get(str(said.body.get("stay")))
    if stay is None:
        return NO_STAY
    if stay.left is None:
        return NOT_OVER
    why = said.body.get("why")
    if not isinstance(why, str) or not clean(why):
        return NO_WHY
    if "space" in said.body and not _is_one_of(said.body["space"], world.places):
        return NO_SPACE
    if "student" in said.body and not _is_one_of(said.body["student"], world.students):
        return NO_STUDENT
    return _adult(said, world) or _corrected_times(stay, said) or _corrected_answer(stay, said)


def _corrected_times(stay: Stay, said: Said) -> Refusal | None:
    """The day stays: which lessons and lists the stay belongs to follows from it."""
    named = {key: parse_instant(said.body[key]) for key in ("entered", "left") if key in said.body}
    entered, left = named.get("entered", stay.entered), named.get("left", stay.left)
    if entered is None or left is None or entered.astimezone(LONDON).date() != stay.day:
        return WRONG_TIMES
    return None if entered <= left <= said.at else WRONG_TIMES


def _corrected_answer(stay: Stay, said: Said) -> Refusal | None:
    answer = said.body.get("free_to_leave", stay.free_to_leave)
    if not isinstance(answer, bool):
        return NO_ANSWER
    return RECORD_STAYS if stay.free_to_leave is False and answer else None


def _where_and_who(said: Said, world: World) -> Refusal | None:
    if not _is_one_of(said.body.get("space"), world.places):
        return NO_SPACE
    return None if _is_one_of(said.body.get("student"), world.students) else NO_STUDENT


def _is_one_of(value: object, known: Collection[str]) -> bool:
    """Whether something from outside, which may be anything, is one of the ids."""
    return isinstance(value, str) and value in known


def _adult(said: Said, world: World) -> Refusal | None:
    """The adult named; None says that nobody is."""
    staff = said.body.get("staff")
    return None if staff is None or _is_one_of(staff, world.staff) else NO_STAFF


def _open_stay(book: Book, said: Said) -> Stay | Refusal:
    stay = book.stays.get(str(said.body.get("stay")))
    if stay is None:
        return NO_STAY
    return LEFT_ALREADY if stay.left is not None else stay


_RULES: Final[dict[str, Callable[[Book, Said, World], Refusal | None]]] = {
    "space.ask": _ask,
    "space.enter": _enter,
    "space.leave": _leave,
    "space.handover": _hand_over,
    "space.cancel": _cancel,
    "space.ack": _ack,
    "space.assist": _assist,
    "space.correct": _correct,
}
