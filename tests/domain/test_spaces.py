"""Any course of calls, true or muddled: what the book of the reflection spaces then says."""

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.spaces.book import CONFIRMED, LAPSED, LIVE, WAITING, Book, Event, Facts
from webapp.domain.spaces.reducer import settle
from webapp.domain.spaces.steps import apply, judge

MORNING = datetime(2026, 3, 3, 9, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 4, tzinfo=UTC)
DAY = date(2026, 3, 3)
PLACES = {"hazel": 1, "hall": 2}
FACTS = Facts(
    PLACES,
    lambda _moment: timedelta(minutes=10),
    ("upset", "talk"),
    ("punishment",),
    ("music", "quiet"),
    {"1", "2", "3", "4"},
    {"ada", "ben", "cai"},
)

spaces = st.sampled_from(sorted(PLACES))
students = st.sampled_from(sorted(FACTS.students))
earlier = st.integers(0, 12)  # which operation another one speaks of
bodies = st.one_of(
    st.tuples(st.just("ask"), st.fixed_dictionaries({"space": spaces, "student": students})),
    st.tuples(st.just("enter"), st.fixed_dictionaries({"space": spaces, "student": students, "ask": earlier})),
    st.tuples(st.just("enter"), st.fixed_dictionaries({"space": spaces, "student": students})),
    st.tuples(
        st.just("leave"),
        st.fixed_dictionaries({"stay": earlier, "free_to_leave": st.sampled_from([True, False, None])}),
    ),
    st.tuples(
        st.just("handover"), st.fixed_dictionaries({"stay": earlier, "staff": st.sampled_from(["ben", None, "?"])})
    ),
    st.tuples(st.just("cancel"), st.fixed_dictionaries({"ask": earlier})),
    st.tuples(st.just("ack"), st.fixed_dictionaries({"call": earlier})),
    st.tuples(st.just("assist"), st.fixed_dictionaries({"place": st.sampled_from(["Hall", ""])})),
)
steps = st.tuples(bodies, st.integers(0, 700), st.integers(0, 1500), st.sampled_from(["ada", "ben", "cai"]))
"""What is said, how many seconds after the one before it came to school, how long it was on its way, and by whom."""
courses = st.lists(steps, max_size=14)


def events_of(course: list[Any]) -> list[Event]:
    events, received = [], MORNING
    for seq, ((kind, body), pause, late, by) in enumerate(course, start=1):
        received += timedelta(seconds=pause)
        at = max(MORNING, received - timedelta(seconds=late))
        named = {
            key: f"d.a.{value + 1}" if isinstance(value, int) and key in ("ask", "stay", "call") else value
            for key, value in body.items()
        }
        events.append(Event(f"d.a.{seq}", seq, f"space.{kind}", by, at, received, named, at, DAY, MIDNIGHT))
    return events


def take(book: Book, one: Event) -> bool:
    settle(book, one.received, FACTS)
    if judge(book, one, FACTS):
        return False
    apply(book, one, FACTS)
    return True


def contents(book: Book) -> list[Any]:
    return [astuple(row) for rows in book.calls() for row in rows.values()]


@given(courses)
def test_no_more_is_promised_than_there_is_room(course: list[Any]):
    book = Book()
    for one in events_of(course):
        take(book, one)
        for space, places in PLACES.items():
            confirmed = [ask for ask in book.asks.values() if ask.space == space and ask.status == CONFIRMED]
            present = book.present(space, one.received)
            assert len(confirmed) + len(present) <= places or (not confirmed and all(stay.clash for stay in present))


@given(courses)
def test_nobody_waits_while_there_is_room(course: list[Any]):
    book = Book()
    for one in events_of(course):
        take(book, one)
        for space, places in PLACES.items():
            asks = [ask for ask in book.live() if ask.space == space]
            taken = sum(ask.status == CONFIRMED for ask in asks) + len(book.present(space, one.received))
            assert taken >= places or not any(ask.status == WAITING for ask in asks)


@given(courses, st.lists(st.integers(0, 9000), max_size=5))
def test_it_makes_no_difference_when_somebody_looks(course: list[Any], looks: list[int]):
    event = events_of(course)
    once, often = Book(), Book()
    moments, before = sorted(MORNING + timedelta(seconds=look) for look in looks), MORNING
    for one in event:
        take(once, one)
        for moment in moments:
            if before < moment < one.received:
                settle(often, moment, FACTS)
        take(often, one)
        before = one.received
    for book in (once, often):
        settle(book, MIDNIGHT, FACTS)
    assert contents(once) == contents(often)


@given(courses)
def test_what_was_taken_gives_the_same_book_again(course: list[Any]):
    first, again = Book(), Book()
    taken = [one for one in events_of(course) if take(first, one)]
    for one in taken:
        settle(again, one.received, FACTS)
        apply(again, one, FACTS)
    for book in (first, again):
        settle(book, MIDNIGHT, FACTS)
    assert contents(first) == contents(again)


@given(courses)
def test_stays_clash_exactly_when_they_were_too_many(course: list[Any]):
    book = Book()
    for one in events_of(course):
        take(book, one)
    for space, places in PLACES.items():
        stays = [stay for stay in book.stays.values() if stay.space == space]
        for stay in stays:
            crowd = [
                [other for other in stays if other.is_present(each.entered)]
                for each in stays
                if stay.is_present(each.entered)
            ]
            assert stay.clash == any(len(present) > places for present in crowd)


@given(courses)
def test_by_midnight_nothing_is_held_and_every_stay_has_its_answer_or_stays_open(course: list[Any]):
    book = Book()
    for one in events_of(course):
        take(book, one)
    settle(book, MIDNIGHT, FACTS)
    assert not any(ask.status in LIVE for ask in book.asks.values())
    assert all((stay.left is None) == (stay.free_to_leave is None) for stay in book.stays.values())


def test_who_waited_longest_gets_the_place_at_the_minute_it_lapses():
    book = Book()
    asks = [(("ask", {"space": "hazel", "student": name}), 60, 0, "ada") for name in ("1", "2", "3")]
    for one in events_of(asks):
        take(book, one)
    settle(book, MORNING + timedelta(minutes=25), FACTS)
    assert [ask.status for ask in book.asks.values()] == [LAPSED, LAPSED, CONFIRMED]
    assert book.asks["d.a.3"].until == MORNING + timedelta(minutes=31)
