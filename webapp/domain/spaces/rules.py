"""Whether an operation on the reflection spaces can be taken. A reason that says no is one that staff understand."""

from collections.abc import Collection
from typing import Final

from webapp.domain.refusal import Refusal
from webapp.domain.spaces.book import ENTERED, Book, Event, Facts, Stay
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


def ask(_book: Book, event: Event, facts: Facts) -> Refusal | None:
    return _asked(event, facts)


def _asked(event: Event, facts: Facts) -> Refusal | None:
    why = event.body.get("why")
    if why is not None and why in facts.never:
        return NEVER
    if why is not None and why not in facts.reasons:
        return NO_REASON
    return _where_and_who(event, facts)


def enter(book: Book, event: Event, facts: Facts) -> Refusal | None:
    missing = _asked(event, facts) or _adult(event, facts)
    if missing:
        return missing
    space, student = event.body["space"], int(event.body["student"])
    if any(stay.student == student and stay.left is None for stay in book.stays_on(space, event.day)):
        return IN_ALREADY
    ask = book.asks.get(str(event.body.get("ask")))
    return OVER if ask is not None and ask.status == ENTERED else None


def leave(book: Book, event: Event, _facts: Facts) -> Refusal | None:
    stay = _open_stay(book, event)
    if isinstance(stay, Refusal):
        return stay
    if not isinstance(event.body.get("free_to_leave"), bool):
        return NO_ANSWER
    return BEFORE if event.body.get("when") is not None and event.moment < stay.entered else None


def hand_over(book: Book, event: Event, facts: Facts) -> Refusal | None:
    stay = _open_stay(book, event)
    if isinstance(stay, Refusal):
        return stay
    return _adult(event, facts) if "staff" in event.body else NO_STAFF


def cancel(book: Book, event: Event, _facts: Facts) -> Refusal | None:
    ask = book.asks.get(str(event.body.get("ask")))
    if ask is None:
        return NO_ASK
    return IN_ALREADY if ask.status == ENTERED else None


def ack(book: Book, event: Event, _facts: Facts) -> Refusal | None:
    return None if any(str(event.body.get("call")) in rows for rows in book.calls()) else NO_CALL


def assist(_book: Book, event: Event, facts: Facts) -> Refusal | None:
    space = event.body.get("space")
    if space is not None and not _is_one_of(space, facts.places):
        return NO_SPACE
    words = [event.body.get(key) for key in ("place", "message")]
    if any(word is not None and not isinstance(word, str) for word in words):
        return EMPTY
    return None if space or any(clean(word) for word in words if word) else EMPTY


def correct(book: Book, event: Event, facts: Facts) -> Refusal | None:
    """What a correction does not name stays as it is."""
    stay = book.stays.get(str(event.body.get("stay")))
    if stay is None:
        return NO_STAY
    if stay.left is None:
        return NOT_OVER
    why = event.body.get("why")
    if not isinstance(why, str) or not clean(why):
        return NO_WHY
    if "space" in event.body and not _is_one_of(event.body["space"], facts.places):
        return NO_SPACE
    if "student" in event.body and not _is_one_of(event.body["student"], facts.students):
        return NO_STUDENT
    return _adult(event, facts) or _corrected_times(stay, event) or _corrected_answer(stay, event)


def _corrected_times(stay: Stay, event: Event) -> Refusal | None:
    """The day stays: which lessons and lists the stay belongs to follows from it."""
    named = {key: parse_instant(event.body[key]) for key in ("entered", "left") if key in event.body}
    entered, left = named.get("entered", stay.entered), named.get("left", stay.left)
    if entered is None or left is None or entered.astimezone(LONDON).date() != stay.day:
        return WRONG_TIMES
    return None if entered <= left <= event.at else WRONG_TIMES


def _corrected_answer(stay: Stay, event: Event) -> Refusal | None:
    answer = event.body.get("free_to_leave", stay.free_to_leave)
    if not isinstance(answer, bool):
        return NO_ANSWER
    return RECORD_STAYS if stay.free_to_leave is False and answer else None


def _where_and_who(event: Event, facts: Facts) -> Refusal | None:
    if not _is_one_of(event.body.get("space"), facts.places):
        return NO_SPACE
    return None if _is_one_of(event.body.get("student"), facts.students) else NO_STUDENT


def _is_one_of(value: object, known: Collection[str]) -> bool:
    """Whether something from outside, which may be anything, is one of the ids."""
    return isinstance(value, str) and value in known


def _adult(event: Event, facts: Facts) -> Refusal | None:
    """The adult named; None says that nobody is."""
    staff = event.body.get("staff")
    return None if staff is None or _is_one_of(staff, facts.staff) else NO_STAFF


def _open_stay(book: Book, event: Event) -> Stay | Refusal:
    stay = book.stays.get(str(event.body.get("stay")))
    if stay is None:
        return NO_STAY
    return LEFT_ALREADY if stay.left is not None else stay
