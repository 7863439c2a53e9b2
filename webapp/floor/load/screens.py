"""Which rows each screen needs. A tablet holds those of the whole school, so it asks for none.

A function is given the parts of the screen's address and, before a tap, its form.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from webapp.domain.time.calendar import monday_of, week_of
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import whole_weeks, window_days
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.screens import (
    Params,
    Screen,
    board,
    choose,
    door,
    guest,
    lesson,
    room,
    stay,
    student,
    today,
    tuck,
    tuck_student,
    waiting,
)
from webapp.floor.load import queries
from webapp.floor.load.rows import load
from webapp.models import Admission, Cap, Guest, Lesson, Membership, Score, Student, db
from webapp.school import clock
from webapp.school.classes import may_be_of
from webapp.sync.operations.ids import number


def load_screen(screen: Screen, params: Params, viewer: Viewer) -> Tables:
    """The rows of a screen; of one that has none of its own, those that every screen may name."""
    loads = LOADS.get(screen.TEMPLATE)
    return loads(params, viewer) if loads else load(viewer)


def load_today(params: Params, viewer: Viewer) -> Tables:
    """The day with the nearest days before and after it that have lessons."""
    today = clock.today().isoformat()
    day = params.get("date", today)
    if day not in window_days(today):
        return load(viewer)
    days = _near(date.fromisoformat(day))
    near = Lesson.day.in_(days)
    return load(
        viewer,
        students=select(Student),
        memberships=queries.memberships(*days),
        lessons=queries.lessons().where(near),
        scores=queries.scores().where(near),
    )


def _near(day: date) -> list[date]:
    held = queries.lessons().subquery()
    before = select(func.max(held.c.day)).where(held.c.day < day)
    after = select(func.min(held.c.day)).where(held.c.day > day)
    return [day, *filter(None, (db.session.scalar(before), db.session.scalar(after)))]


def load_lesson(params: Params, viewer: Viewer) -> Tables:
    """With the student of a tap, who may no longer be on the list."""
    lesson = db.session.scalar(queries.lessons().where(Lesson.id == number(params["lesson"])))
    if lesson is None:
        return load(viewer)
    marked = select(Score.student_id).where(Score.lesson_id == lesson.id)
    tapped = number(params.get("student"))
    inside = queries.memberships(lesson.day).where(Membership.group_id == lesson.group_id)
    members = inside.with_only_columns(Membership.student_id)
    guests = select(Guest.student_id).where(Guest.lesson_id == lesson.id)
    chosen = or_(Student.id.in_(members.union(marked, guests)), Student.id == tapped)
    monday = monday_of(week_of(lesson.day))
    week = Lesson.day.between(monday, monday + timedelta(days=6))
    students = select(Student.id).where(chosen)
    return load(
        viewer,
        students=select(Student).where(chosen),
        memberships=inside,
        lessons=queries.lessons().where(week),
        scores=queries.scores().where(week, Score.student_id.in_(students)),
    )


def load_guest(params: Params, viewer: Viewer) -> Tables:
    """With everybody, since anybody may come."""
    lesson = db.session.scalar(queries.lessons().where(Lesson.id == number(params["lesson"])))
    if lesson is None:
        return load(viewer)
    return load(
        viewer,
        students=select(Student),
        memberships=queries.memberships(lesson.day).where(Membership.group_id == lesson.group_id),
        lessons=queries.lessons().where(Lesson.id == lesson.id),
        scores=queries.scores().where(Lesson.id == lesson.id),
    )


def load_student(params: Params, viewer: Viewer) -> Tables:
    today = clock.today()
    student = db.session.get(Student, number(params["student"]) or 0)
    week = params.get("week", week_of(today))
    if student is None or week not in whole_weeks(today.isoformat()):
        return load(viewer)
    monday = monday_of(week)
    days = Lesson.day.between(monday, monday + timedelta(days=6))
    marked = select(Score.lesson_id).where(Score.student_id == student.id)
    return load(
        viewer,
        students=select(Student).where(Student.id == student.id),
        memberships=queries.memberships(*_week(monday)).where(Membership.student_id == student.id),
        lessons=queries.lessons().where(days, or_(may_be_of(student.id), Lesson.id.in_(marked))),
        scores=queries.scores().where(days, Score.student_id == student.id),
        levels=queries.level_now(student.id),
        caps=select(Cap).where(Cap.student_id == student.id),
        apart=queries.apart(),
        **queries.rewards(student.id),
    )


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(7)]


def load_board(params: Params, viewer: Viewer) -> Tables:
    """With the student of a tap."""
    return load(viewer, students=_student(params))


def load_choose(_params: Params, viewer: Viewer) -> Tables:
    mine = queries.lessons().where(Lesson.day == clock.today(), Lesson.staff_id == viewer.staff)
    groups = mine.with_only_columns(Lesson.group_id)
    return load(
        viewer,
        students=select(Student),
        memberships=queries.memberships(clock.today()).where(Membership.group_id.in_(groups)),
        lessons=mine,
        apart=queries.apart(),
    )


def load_stay(params: Params, viewer: Viewer) -> Tables:
    return load(viewer, stays=queries.stays(params["stay"]))


def load_tuck(_params: Params, viewer: Viewer) -> Tables:
    return load(viewer, students=select(Student), **queries.tuck_shop())


def load_tuck_student(params: Params, viewer: Viewer) -> Tables:
    return load(viewer, students=_student(params), **queries.tuck_shop(number(params["student"]) or 0))


def load_room(_params: Params, viewer: Viewer) -> Tables:
    return load(viewer, students=select(Student), admissions=queries.admissions())


def load_door(params: Params, viewer: Viewer) -> Tables:
    """With whoever is inside: by the bells of their years it is known whether they still are."""
    name, there = number(params["student"]), queries.admissions().with_only_columns(Admission.student_id)
    return load(
        viewer,
        students=select(Student).where(or_(Student.id == name, Student.id.in_(there))),
        admissions=queries.admissions(),
        levels=queries.level_now(name),
        caps=select(Cap).where(Cap.student_id == name),
    )


def load_waiting(_params: Params, viewer: Viewer) -> Tables:
    """With whatever the entries that were refused speak of."""
    bodies = [row["body"] for row in load(viewer)["refusals"].values()]
    students = {number(body.get("student")) for body in bodies}
    lessons = {number(body.get("lesson")) for body in bodies}
    named = [str(body[key]) for body in bodies for key in ("ask", "stay") if key in body]
    return load(
        viewer,
        students=select(Student).where(Student.id.in_(students - {None})),
        lessons=queries.lessons().where(Lesson.id.in_(lessons - {None})),
        asks=queries.asks(*named),
        stays=queries.stays(*named),
    )


def _student(params: Params) -> queries.Query:
    return select(Student).where(Student.id == number(params.get("student")))


LOADS: Mapping[str, Callable[[Params, Viewer], Tables]] = {
    today.TEMPLATE: load_today,
    lesson.TEMPLATE: load_lesson,
    guest.TEMPLATE: load_guest,
    student.TEMPLATE: load_student,
    board.TEMPLATE: load_board,
    choose.TEMPLATE: load_choose,
    stay.TEMPLATE: load_stay,
    tuck.TEMPLATE: load_tuck,
    tuck_student.TEMPLATE: load_tuck_student,
    room.TEMPLATE: load_room,
    door.TEMPLATE: load_door,
    waiting.TEMPLATE: load_waiting,
}
"""By the template of the screen."""
