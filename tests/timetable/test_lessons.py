from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.builders import create_group, create_staff, create_student
from webapp.models import CalendarEntry, Cover, Lesson, Period, Student, TimetableEntry, db
from webapp.models.lesson import NOBODY
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import head, writing
from webapp.timetable.cover import cover
from webapp.timetable.lessons import refresh_lessons

MONDAY = date(2026, 3, 2)  # the day before the school's today
NEXT_MONDAY = date(2026, 3, 9)


@pytest.fixture
def student(app: Flask) -> Student:
    """A student of 8B, which has Maths on Mondays in a school year of six weeks."""
    create_group("8B")
    create_staff("a.adeyemi")
    student = create_student(group="8B")
    with writing() as revs:
        db.session.add(CalendarEntry(kind="year", name="2026", start=date(2026, 2, 23), end=date(2026, 4, 3)))
        db.session.add(Period(name="1", starts="09:00", ends="09:50", kind="lesson"))
        db.session.flush()
        db.session.add(TimetableEntry(weekday=1, period="1", group_id="8B", subject="Maths", staff_id="a.adeyemi"))
        refresh_lessons(revs)
    return student


def refresh() -> int:
    with writing() as revs:
        return refresh_lessons(revs)


def lesson_on(day: date, group: str = "8B") -> Lesson:
    return db.session.query(Lesson).filter_by(day=day, group_id=group).one()


def score(student: Student, day: date) -> None:
    body = {"student": str(student.id), "lesson": str(lesson_on(day).id), "mark": 4}
    with writing() as revs:
        refusals = submit(revs, own_device("import"), [Draft("score.record", "", body, datetime.now(UTC))])
    assert refusals == [None]


def change_subject(subject: str) -> int:
    with writing() as revs:
        db.session.query(TimetableEntry).update({TimetableEntry.subject: subject})
        return refresh_lessons(revs)


def empty_timetable() -> int:
    with writing() as revs:
        db.session.query(TimetableEntry).delete()
        return refresh_lessons(revs)


@pytest.mark.usefixtures("student")
def test_lessons_fall_on_every_school_day_of_their_weekday():
    days = [lesson.day for lesson in db.session.query(Lesson).order_by(Lesson.day)]
    assert days == [date(2026, 2, 23), MONDAY, NEXT_MONDAY, *(date(2026, 3, day) for day in (16, 23, 30))]
    assert lesson_on(MONDAY).week == "2026-W10"


@pytest.mark.usefixtures("student")
def test_times_are_london_ones_through_the_change_of_the_clocks():
    assert lesson_on(date(2026, 3, 23)).starts == datetime(2026, 3, 23, 9, 0, tzinfo=UTC)
    assert lesson_on(date(2026, 3, 30)).starts == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


@pytest.mark.usefixtures("student")
def test_nothing_new_changes_no_row():
    before = head()
    assert refresh() == 0
    assert head() == before


@pytest.mark.usefixtures("student")
def test_each_changed_lesson_gets_a_number_of_its_own():
    before = head()
    assert change_subject("Art") == 6
    assert sorted(lesson.rev for lesson in db.session.query(Lesson)) == [*range(before + 1, before + 7)]


@pytest.mark.usefixtures("student")
def test_closure_takes_its_lessons_away_and_gives_them_back():
    with writing() as revs:
        db.session.add(CalendarEntry(kind="closure", name="Snow", start=NEXT_MONDAY, end=NEXT_MONDAY))
        assert refresh_lessons(revs) == 1
    assert lesson_on(NEXT_MONDAY).gone
    with writing() as revs:
        db.session.query(CalendarEntry).filter_by(kind="closure").delete()
        assert refresh_lessons(revs) == 1
    assert not lesson_on(NEXT_MONDAY).gone


def test_lesson_with_a_score_is_never_gone(student: Student):
    score(student, NEXT_MONDAY)
    assert empty_timetable() == 5
    assert not lesson_on(NEXT_MONDAY).gone


def test_past_lesson_with_scores_stays_as_it_was_taught(student: Student):
    score(student, MONDAY)
    score(student, NEXT_MONDAY)
    assert change_subject("Art") == 5
    assert lesson_on(MONDAY).subject == "Maths"
    assert lesson_on(NEXT_MONDAY).subject == "Art"


def test_lesson_scored_after_it_was_gone_comes_back(student: Student):
    score(student, MONDAY)
    with writing():
        lesson_on(MONDAY).gone = True
    assert refresh() == 1
    assert not lesson_on(MONDAY).gone


def test_a_past_day_with_a_score_stays_as_it_was_for_every_group(student: Student):
    create_group("9H")
    with writing() as revs:
        db.session.add(TimetableEntry(weekday=1, period="1", group_id="9H", subject="Art", staff_id="a.adeyemi"))
        refresh_lessons(revs)
    score(student, MONDAY)
    assert empty_timetable() == 5 * 2
    there = db.session.query(Lesson.day, Lesson.group_id).filter(~Lesson.gone)
    assert sorted(there) == [(MONDAY, "8B"), (MONDAY, "9H")]


def test_nothing_is_added_to_a_past_day_with_a_score(student: Student):
    score(student, MONDAY)
    with writing() as revs:
        db.session.add(Period(name="2", starts="10:00", ends="10:50", kind="lesson"))
        db.session.flush()
        db.session.add(TimetableEntry(weekday=1, period="2", group_id="8B", subject="Art", staff_id="a.adeyemi"))
        assert refresh_lessons(revs) == 5
    assert db.session.query(Lesson).filter_by(day=MONDAY).count() == 1


def test_cover_of_one_of_two_teachers_leaves_the_other_and_goes_once_the_timetable_does(student: Student):
    for name in ("b.brown", "c.cole"):
        create_staff(name)
    with writing() as revs:
        db.session.query(TimetableEntry).update({TimetableEntry.also: '["b.brown"]'})
        refresh_lessons(revs)
        cover([lesson_on(NEXT_MONDAY).id], "b.brown", "c.cole", "", revs)
    assert (lesson_on(NEXT_MONDAY).staff, lesson_on(NEXT_MONDAY).taking) == (
        ("a.adeyemi", "b.brown"),
        ("a.adeyemi", "c.cole"),
    )
    assert change_subject("Art") == 6
    assert lesson_on(NEXT_MONDAY).taking == ("a.adeyemi", "c.cole")
    with writing() as revs:
        db.session.query(TimetableEntry).update({TimetableEntry.also: "[]"})
        refresh_lessons(revs)
    assert lesson_on(NEXT_MONDAY).taking == ("a.adeyemi",)
    assert db.session.query(Cover).count() == 0


def test_a_lesson_that_nobody_has_can_be_covered_and_is_nobodys_again(student: Student):
    with writing() as revs:
        db.session.query(TimetableEntry).update({TimetableEntry.staff_id: None})
        refresh_lessons(revs)
        assert lesson_on(NEXT_MONDAY).taking == ()
        cover([lesson_on(NEXT_MONDAY).id], NOBODY, "a.adeyemi", "", revs)
    assert lesson_on(NEXT_MONDAY).taking == ("a.adeyemi",)
    with writing() as revs:
        cover([lesson_on(NEXT_MONDAY).id], NOBODY, NOBODY, "", revs)
    assert lesson_on(NEXT_MONDAY).taking == ()
