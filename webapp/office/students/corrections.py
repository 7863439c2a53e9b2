"""Finding what was recorded, its whole history, and putting it right (decision D4)."""

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from sqlalchemy import select

from webapp.domain.marks.marks import AUTHORISED, EXEMPT, HIGHEST, Mark, from_text
from webapp.domain.operations import kinds_of
from webapp.domain.text.words import clock_words, day_words, lesson_words
from webapp.domain.time.moment import instant
from webapp.models import Device, Item, Lesson, Operation, Redemption, Score, Stay, Student, db
from webapp.models.operation import APPLIED
from webapp.office.parts import spans
from webapp.office.parts.paging import Page, page_of
from webapp.office.parts.people import staff_choices, who
from webapp.office.parts.picking import pick_students
from webapp.office.parts.times import recorded_words, unsure_among
from webapp.office.parts.wording import mark_words, told
from webapp.school.calendar import load_calendar
from webapp.school.clock import local_moment, today
from webapp.school.school import school_pack
from webapp.sync.operations.ids import number

MARKS: Final = {str(mark): mark for mark in (*range(HIGHEST, -1, -1), AUTHORISED, EXEMPT)} | {"none": None}
"""What a mark can be corrected to, by the value of a form."""

Row = dict[str, Any]


def found(args: Mapping[str, str]) -> Row:
    """What was recorded of the student asked for, on the days asked for."""
    calendar = load_calendar()
    chosen = spans.choose(args, calendar, today())
    student = db.session.get(Student, number(args.get("student")) or 0)
    return {
        "students": pick_students(args.get("student-typed", ""), [args.get("student", "")], today()),
        "student": student,
        "choices": spans.choices(calendar),
        "own": spans.OWN,
        "period": args.get("period") or spans.value_of(chosen.span),
        "typed": {name: args.get(name, "") for name in ("first", "last", "student")},
        "problems": chosen.problems,
        "name": spans.words(chosen.span),
        "marks": _marks(student, chosen.span.start, chosen.span.end) if student else [],
        "stays": _stays(student, chosen.span.start, chosen.span.end) if student else [],
        "sales": _sales(student, chosen.span.start, chosen.span.end) if student else [],
    }


def mark_page(student: Student, lesson: Lesson, asked: int) -> Row:
    """One mark: how it stands, a page of everything ever recorded of it, and what it may become."""
    score = db.session.get(Score, (lesson.id, student.id))
    about = Operation.subject == f"score:{student.id}.{lesson.id}"
    claims = page_of(select(Operation).where(about).order_by(Operation.seq), asked)
    return {
        "student": student,
        "lesson": f"{lesson.subject}, {lesson_words(lesson.day, lesson.period)}",
        "lesson_id": lesson.id,
        "stands": mark_words(from_text(score.mark)) if score else "no mark",
        "op": score.op if score else "",
        "history": claims.told(lambda claim: _told(claim, bool(score and score.op == claim.id))),
        "marks": [(value, mark_words(mark)) for value, mark in MARKS.items()],
    }


def mark_body(student: Student, lesson: Lesson, form: Mapping[str, str]) -> Row:
    """What the form means, as the body of `score.record`."""
    mark: Mark = MARKS.get(form.get("mark", ""), "")
    return {"student": str(student.id), "lesson": str(lesson.id), "mark": mark, "why": form.get("why", "")}


def stay_page(stay: Stay, form: Mapping[str, str], asked: int) -> Row:
    """One stay, with a page of its history and what was typed into its form and is not stored yet."""
    usual = _typed_of(stay)
    typed = usual | {name: form[name] for name in usual if name in form}
    return {
        "id": stay.id,
        "day": day_words(stay.day),
        "over": stay.left is not None,
        "name": db.session.get_one(Student, stay.student).name,
        "history": _about(stay.id, "space", asked),
        "students": pick_students(form.get("student-typed", ""), [typed["student"]], stay.day),
        "spaces": [(space.key, space.name) for space in school_pack().calls.spaces],
        "staff": staff_choices(),
        "typed": typed,
    }


def _typed_of(stay: Stay) -> dict[str, str]:
    """A stay as its form shows it."""
    return {
        "student": str(stay.student),
        "space": stay.space,
        "staff": stay.staff or "",
        "entered": clock_words(stay.entered),
        "left": clock_words(stay.left) if stay.left else "",
        "free_to_leave": "" if stay.free_to_leave is None else "yes" if stay.free_to_leave else "no",
        "why": "",
    }


def stay_body(stay: Stay, form: Mapping[str, str]) -> Row:
    """What the form changes, as the body of `space.correct`; a time that cannot be read stays as it was typed."""
    before = _typed_of(stay)
    changed = {name: form[name] for name in before if name in form and form[name] != before[name]}
    read: dict[str, Any] = {
        "entered": lambda text: _moment(stay.day, text),
        "left": lambda text: _moment(stay.day, text),
        "staff": lambda text: text or None,
        "free_to_leave": {"yes": True, "no": False}.get,
    }
    body = {name: read[name](text) if name in read else text for name, text in changed.items()}
    return {"stay": stay.id, "why": form.get("why", "")} | body


def sale_page(sale: Redemption, asked: int) -> Row:
    """One sale and a page of its history."""
    return {
        "id": sale.id,
        "name": db.session.get_one(Student, sale.student_id).name,
        "what": f"{db.session.get_one(Item, sale.item).name}, {day_words(sale.day)}, {clock_words(sale.at)}",
        "void": sale.voided_at is not None,
        "history": _about(sale.id, "tuck", asked),
    }


def _moment(day: date, text: str) -> str:
    """A time of the school's day as the protocol writes it, or the text itself if it is none."""
    try:
        return instant(local_moment(day, time.fromisoformat(text)))
    except ValueError:
        return text


def _marks(student: Student, first: date, last: date) -> list[Row]:
    query = select(Score, Lesson).join(Lesson, Lesson.id == Score.lesson_id)
    query = query.where(Score.student_id == student.id, Lesson.day.between(first, last)).order_by(Lesson.starts.desc())
    found = db.session.execute(query).all()
    unsure = unsure_among(score.op for score, _ in found)
    return [
        {
            "what": f"{lesson.subject}, {lesson_words(lesson.day, lesson.period)}",
            "lesson": lesson.id,
            "mark": mark_words(from_text(score.mark)),
            "by": f"{who(score.by)}, {recorded_words(score.at, score.op in unsure)}",
            "contested": score.contested,
        }
        for score, lesson in found
    ]


def _stays(student: Student, first: date, last: date) -> list[Row]:
    query = select(Stay).where(Stay.student == student.id, Stay.day.between(first, last)).order_by(Stay.entered.desc())
    found = db.session.scalars(query).all()
    unsure = unsure_among(stay.id for stay in found)
    spaces = {space.key: space.name for space in school_pack().calls.spaces}
    return [
        {
            "id": stay.id,
            "what": f"{spaces.get(stay.space, stay.space)}, {recorded_words(stay.entered, stay.id in unsure)}",
            "left": f"left {clock_words(stay.left)}" if stay.left else "not ended",
            "by": f"with {who(stay.staff)}" if stay.staff else "nobody named",
        }
        for stay in found
    ]


def _sales(student: Student, first: date, last: date) -> list[Row]:
    query = select(Redemption, Item.name).join(Item, Item.id == Redemption.item)
    query = query.where(Redemption.student_id == student.id, Redemption.day.between(first, last))
    found = db.session.execute(query.order_by(Redemption.at.desc())).all()
    unsure = unsure_among(sale.id for sale, _ in found)
    return [
        {
            "id": sale.id,
            "what": f"{item}, {recorded_words(sale.at, sale.id in unsure)}",
            "void": sale.voided_at is not None,
            "by": f"sold by {who(sale.by)}",
        }
        for sale, item in found
    ]


def _about(name: str, noun: str, asked: int) -> Page:
    """The operation that made a row, and all that name it since, in words."""
    device, incarnation, n = name.split(".")
    made = (Operation.device_id == device) & (Operation.incarnation == incarnation) & (Operation.n == int(n))
    named = Operation.kind.in_(kinds_of(noun)) & (Operation.subject == name)
    found = page_of(select(Operation).where(made | named).order_by(Operation.seq), asked)
    return found.told(lambda one: _told(one, True))


def _told(operation: Operation, stands: bool) -> Row:
    """One line of a history."""
    body = json.loads(operation.body)
    return {
        "what": told(operation.kind, body),
        "who": who(operation.by),
        "when": recorded_words(operation.at, operation.unsure),
        "tablet": db.session.get_one(Device, operation.device_id).name,
        "verdict": operation.detail or ("stands" if stands else "replaced"),
        "refused": operation.status != APPLIED,
    }
