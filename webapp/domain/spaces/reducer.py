"""How asks and stays come about, one operation after another, and what time does to them (policy 5, decision D9).

All here speak of nothing but the book they are given, so the log read again gives the same book.
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
    Event,
    Facts,
    Stay,
)
from webapp.domain.text.text import clean
from webapp.domain.time.moment import instant, parse_instant

LONGEST_WORDS: Final = 140  # what a radio call says in one breath
LONGEST_NOTE: Final = 2000


def settle(book: Book, now: datetime, facts: Facts) -> None:
    """Let time pass: what was held in vain lapses at its minute, and who has waited longest gets the place."""
    for space in {ask.space for ask in book.live()}:
        while (due := _next_deadline(book, space, now)) is not None:
            for ask in _live_in(book, space):
                if ask.deadline <= due:
                    ask.status = LAPSED
            _allot(book, space, due, facts)
        _allot(book, space, now, facts)


def _next_deadline(book: Book, space: str, now: datetime) -> datetime | None:
    return min((ask.deadline for ask in _live_in(book, space) if ask.deadline <= now), default=None)


def _live_in(book: Book, space: str) -> list[Ask]:
    return [ask for ask in book.live() if ask.space == space]


def _allot(book: Book, space: str, moment: datetime, facts: Facts) -> None:
    """One confirmed ask or one stay fills one place. Whoever is in is in, so an ask may lose the place it had."""
    free = facts.places.get(space, 0) - len(book.present(space, moment))
    asks = sorted(_live_in(book, space), key=lambda ask: (ask.status != CONFIRMED, ask.seq))
    for place, ask in enumerate(asks):
        if place >= free:
            ask.status, ask.until, ask.waited = WAITING, None, True
        elif ask.status == WAITING:
            ask.status, ask.until = CONFIRMED, moment + facts.lapse(moment)


def ask(book: Book, event: Event, facts: Facts) -> None:
    """One that took longer to reach school than a place is held comes too late to hold one."""
    body = event.body
    ask = Ask(
        event.id,
        event.seq,
        body["space"],
        int(body["student"]),
        body.get("why"),
        event.by,
        event.at,
        event.day,
        event.ends,
    )
    if event.at + facts.lapse(event.received) <= event.received:
        ask.status = LAPSED
    book.add(ask)


def enter(book: Book, event: Event, facts: Facts) -> None:
    """What happened is recorded as it happened. It answers every ask for the student."""
    body = event.body
    space, student = body["space"], int(body["student"])
    asks = [ask for ask in book.live() if ask.student == student]
    asked = book.asks.get(str(body.get("ask")))
    if asked is None or asked.student != student:
        asked = next((ask for ask in asks if ask.space == space), None)
    for ask in [*asks, *([asked] if asked else [])]:
        ask.status = ENTERED if ask is asked or ask.space == space else CANCELLED
    book.add(
        Stay(
            event.id,
            event.seq,
            asked.id if asked else None,
            space,
            student,
            body.get("why") or (asked.why if asked else None),
            event.by,
            event.moment,
            event.day,
            event.ends,
            body.get("staff", event.by),
            event.moment,
        )
    )
    _mark_clashes(book, space, event.day, facts)


def leave(book: Book, event: Event, facts: Facts) -> None:
    stay = book.stays[event.body["stay"]]
    stay.left = max(event.moment, stay.entered)
    stay.left_by = event.by
    stay.free_to_leave = event.body["free_to_leave"]
    helped = event.body.get("helped")
    named = helped if isinstance(helped, list) else []
    stay.helped = tuple(key for key in facts.strategies if key in named)
    note = event.body.get("note")
    stay.note = clean(note)[:LONGEST_NOTE] or None if isinstance(note, str) else None
    _mark_clashes(book, stay.space, stay.day, facts)


def hand_over(book: Book, event: Event, _facts: Facts) -> None:
    """Of two that did not know of each other, the later stands."""
    stay = book.stays[event.body["stay"]]
    if event.at >= stay.staff_since:
        stay.staff, stay.staff_since = event.body["staff"], event.at


def cancel(book: Book, event: Event, _facts: Facts) -> None:
    ask = book.asks[event.body["ask"]]
    if ask.status in LIVE:
        ask.status = CANCELLED


def ack(book: Book, event: Event, _facts: Facts) -> None:
    for rows in book.calls():
        call = rows.get(event.body["call"])
        if call and event.by not in (who for who, _ in call.acks):
            call.acks = (*call.acks, (event.by, instant(event.at)))


def assist(book: Book, event: Event, _facts: Facts) -> None:
    place, message = (clean(event.body.get(key) or "")[:LONGEST_WORDS] for key in ("place", "message"))
    book.add(Assist(event.id, event.seq, event.body.get("space"), place, message, event.by, event.at, event.day))


def correct(book: Book, event: Event, facts: Facts) -> None:
    """A stay that is over is put right; whoever was in the space it moves from or to may have been one too many."""
    body, stay = event.body, book.stays[event.body["stay"]]
    before = stay.space
    book.move(stay, body.get("space", before))
    stay.student, stay.staff = int(body.get("student", stay.student)), body.get("staff", stay.staff)
    stay.entered = parse_instant(body.get("entered")) or stay.entered
    stay.left = parse_instant(body.get("left")) or stay.left
    stay.free_to_leave = body.get("free_to_leave", stay.free_to_leave)
    for space in {before, stay.space}:
        _mark_clashes(book, space, stay.day, facts)


def _mark_clashes(book: Book, space: str, day: date, facts: Facts) -> None:
    """Stays that were too many at some moment: it is enough to look at the moments when somebody entered."""
    stays = book.stays_on(space, day)
    crowds = [[stay for stay in stays if stay.is_present(moment)] for moment in {stay.entered for stay in stays}]
    crowded = {stay.id for crowd in crowds if len(crowd) > facts.places.get(space, 0) for stay in crowd}
    for stay in stays:
        stay.clash = stay.id in crowded
