"""How asks and stays come about, one operation after another, and what time does to them (policy 5, decision D9).

Both `happen` and `settle` speak of nothing but the book they are given, so the log read again gives the same book.
"""

from datetime import date, datetime
from typing import Final

from webapp.domain.spaces.book import (
    CANCELLED,
    CONFIRMED,
    ENTERED,
    LAPSED,
    LIVE,
    WAITING,
    Ask,
    Assist,
    Book,
    Said,
    Stay,
    World,
)
from webapp.domain.text.text import clean
from webapp.domain.time.moment import instant, parse_instant

LONGEST_WORDS: Final = 140  # what a radio call says in one breath
LONGEST_NOTE: Final = 2000


def settle(book: Book, now: datetime, world: World) -> None:
    """Let time pass: what was held in vain lapses at its minute, and who has waited longest gets the place."""
    for space in {ask.space for ask in book.live()}:
        while (due := _next_deadline(book, space, now)) is not None:
            for ask in _live_in(book, space):
                if ask.deadline <= due:
                    ask.status = LAPSED
            _allot(book, space, due, world)
        _allot(book, space, now, world)


def _next_deadline(book: Book, space: str, now: datetime) -> datetime | None:
    return min((ask.deadline for ask in _live_in(book, space) if ask.deadline <= now), default=None)


def _live_in(book: Book, space: str) -> list[Ask]:
    return [ask for ask in book.live() if ask.space == space]


def _allot(book: Book, space: str, moment: datetime, world: World) -> None:
    """One confirmed ask or one stay fills one place. Whoever is in is in, so an ask may lose the place it had."""
    free = world.places.get(space, 0) - len(book.present(space, moment))
    asks = sorted(_live_in(book, space), key=lambda ask: (ask.status != CONFIRMED, ask.seq))
    for place, ask in enumerate(asks):
        if place >= free:
            ask.status, ask.until, ask.waited = WAITING, None, True
        elif ask.status == WAITING:
            ask.status, ask.until = CONFIRMED, moment + world.lapse(moment)


def happen(book: Book, said: Said, world: World) -> None:
    """Write an operation that `judge` let pass into a book that is settled up to it."""
    _HAPPENINGS[said.kind](book, said, world)
    settle(book, said.received, world)


def _ask(book: Book, said: Said, world: World) -> None:
    """One that took longer to reach school than a place is held comes too late to hold one."""
    body = said.body
    ask = Ask(
        said.id, said.seq, body["space"], int(body["student"]), body.get("why"), said.by, said.at, said.day, said.ends
    )
    if said.at + world.lapse(said.received) <= said.received:
        ask.status = LAPSED
    book.add(ask)


def _enter(book: Book, said: Said, world: World) -> None:
    """What happened is recorded as it happened. It answers every ask for the student."""
    body = said.body
    space, student = body["space"], int(body["student"])
    asks = [ask for ask in book.live() if ask.student == student]
    asked = book.asks.get(str(body.get("ask")))
    if asked is None or asked.student != student:
        asked = next((ask for ask in asks if ask.space == space), None)
    for ask in [*asks, *([asked] if asked else [])]:
        ask.status = ENTERED if ask is asked or ask.space == space else CANCELLED
    book.add(
        Stay(
            said.id,
            said.seq,
            asked.id if asked else None,
            space,
            student,
            body.get("why") or (asked.why if asked else None),
            said.by,
            said.moment,
            said.day,
            said.ends,
            body.get("staff", said.by),
            said.moment,
        )
    )
    _mark_clashes(book, space, said.day, world)


def _leave(book: Book, said: Said, world: World) -> None:
    stay = book.stays[said.body["stay"]]
    stay.left = max(said.moment, stay.entered)
    stay.left_by = said.by
    stay.free_to_leave = said.body["free_to_leave"]
    helped = said.body.get("helped")
    named = helped if isinstance(helped, list) else []
    stay.helped = tuple(key for key in world.strategies if key in named)
    note = said.body.get("note")
    stay.note = clean(note)[:LONGEST_NOTE] or None if isinstance(note, str) else None
    _mark_clashes(book, stay.space, stay.day, world)


def _hand_over(book: Book, said: Said, _world: World) -> None:
    """Of two that did not know of each other, the later stands."""
    stay = book.stays[said.body["stay"]]
    if said.at >= stay.staff_since:
        stay.staff, stay.staff_since = said.body["staff"], said.at


def _cancel(book: Book, said: Said, _world: World) -> None:
    ask = book.asks[said.body["ask"]]
    if ask.status in LIVE:
        ask.status = CANCELLED


def _ack(book: Book, said: Said, _world: World) -> None:
    for rows in book.calls():
        call = rows.get(said.body["call"])
        if call and said.by not in (who for who, _ in call.acks):
            call.acks = (*call.acks, (said.by, instant(said.at)))


def _assist(book: Book, said: Said, _world: World) -> None:
    place, message = (clean(said.body.get(key) or "")[:LONGEST_WORDS] for key in ("place", "message"))
    book.add(Assist(said.id, said.seq, said.body.get("space"), place, message, said.by, said.at, said.day))


def _correct(book: Book, said: Said, world: World) -> None:
    """A stay that is over is put right; whoever was in the space it moves from or to may have been one too many."""
    body, stay = said.body, book.stays[said.body["stay"]]
    before = stay.space
    book.move(stay, body.get("space", before))
    stay.student, stay.staff = int(body.get("student", stay.student)), body.get("staff", stay.staff)
    stay.entered = parse_instant(body.get("entered")) or stay.entered
    stay.left = parse_instant(body.get("left")) or stay.left
    stay.free_to_leave = body.get("free_to_leave", stay.free_to_leave)
    for space in {before, stay.space}:
        _mark_clashes(book, space, stay.day, world)


def _mark_clashes(book: Book, space: str, day: date, world: World) -> None:
    """Stays that were too many at some moment: it is enough to look at the moments when somebody entered."""
    stays = book.stays_on(space, day)
    crowds = [[stay for stay in stays if stay.is_present(moment)] for moment in {stay.entered for stay in stays}]
    crowded = {stay.id for crowd in crowds if len(crowd) > world.places.get(space, 0) for stay in crowd}
    for stay in stays:
        stay.clash = stay.id in crowded


_HAPPENINGS: Final = {
    "space.ask": _ask,
    "space.enter": _enter,
    "space.leave": _leave,
    "space.handover": _hand_over,
    "space.cancel": _cancel,
    "space.ack": _ack,
    "space.assist": _assist,
    "space.correct": _correct,
}
KINDS: Final = tuple(_HAPPENINGS)
