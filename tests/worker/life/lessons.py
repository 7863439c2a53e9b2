"""What can happen with lessons and the people in them, on tablets that live through random days."""

from datetime import timedelta

from tests.builders import create_staff, create_student
from tests.worker.life.life import GROUPS, HEAD, HOSTILE, SETS, Life
from webapp.domain.time.stretch import Stretch
from webapp.models import Lesson, Membership, PartTime, Spell, Staff, Student, db
from webapp.sync.log.revisions import writing
from webapp.sync.tables import memberships
from webapp.timetable.cover import cover
from webapp.timetable.lessons import refresh_lessons

MARKS = ("5", "4", "3", "2", "1", "0", "authorised", "exempt", "")


def mark(life: Life) -> None:
    tablet = life.random.choice(life.tablets)
    for lesson in life.lessons(2):
        for _ in range(life.random.randrange(1, 5)):
            tablet.mark(life.some_student().id, lesson.id, life.random.choice(MARKS))


def mark_all_and_undo(life: Life) -> None:
    tablet = life.random.choice(life.tablets)
    for lesson in life.lessons(1):
        tablet.tap(f"/lesson/{lesson.id}/all")
        for _ in range(life.random.randrange(3)):
            tablet.tap(f"/lesson/{lesson.id}/undo")


def disagree(life: Life) -> None:
    """Both tablets mark one student in one lesson without having heard of each other."""
    for lesson in life.lessons(1):
        student = life.some_student().id
        for tablet in life.tablets:
            tablet.mark(student, lesson.id, life.random.choice(MARKS))


def correct_in_a_browser(life: Life) -> None:
    for lesson in life.lessons(1):
        body = {"student": str(life.some_student().id), "lesson": str(lesson.id), "mark": life.random.randrange(6)}
        life.submit("score.record", body)


def somebody_joins(life: Life) -> None:
    name = life.random.choice(HOSTILE)
    create_student(name, "Okafor", life.random.choice(GROUPS), joined=life.day)


def somebody_leaves(life: Life) -> None:
    with writing() as revs:
        student = life.some_student()
        student.left, student.rev = life.day + timedelta(days=life.random.choice((0, 3))), revs.next()


def somebody_comes_back(life: Life) -> None:
    with writing() as revs:
        for student in db.session.query(Student).filter(Student.left.is_not(None)).limit(2):
            db.session.add(Spell(student_id=student.id, joined=student.joined, left=student.left))
            student.joined, student.left, student.rev = life.day, None, revs.next()


def somebody_is_part_time(life: Life) -> None:
    """In the mornings not in school, from some day on, sometimes until another."""
    with writing() as revs:
        student, first = life.some_student(), life.day + timedelta(days=life.random.randrange(-8, 3))
        last = first + timedelta(days=6) if life.random.random() < 0.5 else None
        about = {"student_id": student.id, "period": "1", "first": first, "last": last, "reason": "<i>Hospital</i>"}
        db.session.add_all(PartTime(weekday=weekday, **about) for weekday in range(1, 6))
        student.rev = revs.next()


def a_colleague_covers(life: Life) -> None:
    with writing() as revs:
        for lesson in life.lessons(2):
            cover([lesson.id], lesson.staff[0], HEAD, HEAD, revs)
        refresh_lessons(revs)


def a_colleague_leaves(life: Life) -> None:
    """Somebody signs in on a tablet, hands it to another, and leaves the school."""
    name = f"x.{db.session.query(Staff).count()}"
    create_staff(name)
    tablet = life.random.choice(life.tablets)
    for person in (name, HEAD):
        assert tablet.sign_in(person)["path"] == "/tuck"
    with writing() as revs:
        staff = db.session.get_one(Staff, name)
        staff.left, staff.rev = life.day + timedelta(days=life.random.choice((0, 2))), revs.next()


def somebody_changes_group(life: Life) -> None:
    """From today, from a day that has been, or from one to come."""
    with writing() as revs:
        first = life.day + timedelta(days=life.random.choice((-3, 0, 2)))
        memberships.move(life.some_student().id, life.random.choice(GROUPS), first, revs)


def somebody_joins_a_set(life: Life) -> None:
    """From some day on, sometimes until another; a second time, too."""
    with writing() as revs:
        student, first = life.some_student().id, life.day + timedelta(days=life.random.choice((-5, 0, 1)))
        last = first + timedelta(days=life.random.randrange(9)) if life.random.random() < 0.5 else None
        held = memberships.held_of(db.session.query(Membership).filter_by(student_id=student))
        memberships.put(held, life.random.choice(list(SETS)), Stretch(first, last))
        memberships.write(student, held, revs)


def a_guest_comes(life: Life) -> None:
    """Whoever is on the list already is none."""
    tablet = life.random.choice(life.tablets)
    for lesson in life.lessons(2):
        student = life.some_student().id
        tablet.tap(f"/lesson/{lesson.id}/add", student=student)
        tablet.mark(student, lesson.id, life.random.choice(MARKS))


def a_lesson_is_taken_off_while_a_tablet_is_away(life: Life) -> None:
    """What was marked in it meanwhile is refused, and listed on the tablet."""
    for lesson in life.lessons(1):
        life.school.stop()
        life.tablets[0].mark(life.some_student().id, lesson.id, "4")
        with writing() as revs:
            taken_off = db.session.get_one(Lesson, lesson.id)
            taken_off.gone, taken_off.rev = True, revs.next()
        life.school.start()


def the_network_goes_for_a_while(life: Life) -> None:
    life.school.stop()
    mark(life)
    mark_all_and_undo(life)
    life.school.start()


def settle_what_was_refused(life: Life) -> None:
    for row in life.tablets[0].rows.values():
        if row and "reason" in row:
            life.tablets[0].tap("/waiting/settle", operation=row["id"])


HAPPENINGS = (
    mark,
    mark,
    mark,
    mark_all_and_undo,
    disagree,
    correct_in_a_browser,
    somebody_joins,
    somebody_leaves,
    somebody_comes_back,
    somebody_is_part_time,
    a_colleague_covers,
    a_colleague_leaves,
    somebody_changes_group,
    somebody_joins_a_set,
    a_guest_comes,
    a_lesson_is_taken_off_while_a_tablet_is_away,
    the_network_goes_for_a_while,
    settle_what_was_refused,
)
