"""The page on which two records of one person are found, and what making them one would do."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import func, select

from webapp.domain.marks.marks import from_text
from webapp.domain.text.finding import MOST, found, key_of
from webapp.domain.text.words import count_words, lesson_words, week_words
from webapp.imports.undo.references import UNTOLD, WORDS
from webapp.models import BoardName, Card, Group, Lesson, Merge, OptionChoice, Plan, Score, Student, db
from webapp.models.base import Base
from webapp.office.parts.form_fields import dated
from webapp.office.parts.people import who
from webapp.office.parts.wording import mark_words
from webapp.office.students.merging import Pair, judge
from webapp.school.clock import day_and_time
from webapp.sync.operations.ids import number
from webapp.sync.tables import scores

SIDES: Final = (("kept", "The record that stays"), ("gone", "The record that becomes part of it"))
MOST_LISTED: Final = 50


def page(args: Mapping[str, str], refusal: str = "") -> dict[str, Any]:
    """Both records as far as they are chosen or searched for; once both are, what making them one would do."""
    kept, gone = (number(args.get(field)) for field, _ in SIDES)
    pair = Pair(kept, gone) if kept and gone else None
    fault = judge(pair) if pair else None
    wrong = refusal or (fault.detail if fault else "")
    return {
        "sides": [_side(field, label, args) for field, label in SIDES],
        "problems": {"form": wrong} if wrong else {},
        "preview": _preview(pair) if pair and not fault else None,
    }


def merges_of(student: int) -> list[dict[str, Any]]:
    """The records that became part of a student's, the newest first."""
    query = select(Merge).where(Merge.kept == student, Merge.undone_at.is_(None)).order_by(Merge.id.desc())
    return [
        {"id": one.id, "when": f"{day_and_time(one.at)}, by {who(one.by)}", "may_undo": one.touches is not None}
        for one in db.session.scalars(query)
    ]


def _side(field: str, label: str, args: Mapping[str, str]) -> dict[str, Any]:
    typed, chosen = args.get(f"{field}-name", ""), number(args.get(field))
    student = db.session.get(Student, chosen) if chosen else None
    there = _found(typed)
    if student and student not in there:
        there = [student, *there]
    return {
        "field": field,
        "label": label,
        "typed": typed,
        "chosen": str(chosen or ""),
        "found": [_row(one) for one in there[:MOST]],
        "more": max(len(there) - MOST, 0),
    }


def _found(typed: str) -> list[Student]:
    """Whoever is called so in part, by name, UPN, admission number or group."""
    there = [one for one in db.session.scalars(select(Student)) if not one.is_former]
    by_id = {str(one.id): one for one in sorted(there, key=lambda one: (one.sort, one.id))}
    return [by_id[name] for name in found(typed, {name: key_of(_called(one)) for name, one in by_id.items()})]


def _called(one: Student) -> list[str]:
    return [*(f"{forename} {surname}" for forename, surname in one.names), one.upn, one.admission or "", one.group_id]


def _row(one: Student) -> dict[str, str]:
    group = db.session.get_one(Group, one.group_id).name
    left = f" · left on {dated(one.left)}" if one.left else ""
    number = f" · admission number {one.admission}" if one.admission else ""
    return {"id": str(one.id), "name": one.name, "about": f"{group} · UPN {one.upn}{number}{left}"}


def _preview(pair: Pair) -> dict[str, Any]:
    clashes = list(_clashes(pair))
    return {
        "kept": _row(db.session.get_one(Student, pair.kept)),
        "gone": _row(db.session.get_one(Student, pair.gone)),
        "moves": list(_moves(pair.gone)) or ["nothing"],
        "clashes": clashes[:MOST_LISTED],
        "more_clashes": max(len(clashes) - MOST_LISTED, 0),
    }


def _moves(student: int) -> Iterator[str]:
    """How much of each table names a student: marks, stays and so on."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == Student.__tablename__ and table.name not in UNTOLD:
                query = select(func.count()).select_from(table).where(key.parent == student)
                if count := db.session.scalar(query):
                    yield f"{WORDS.get(table.name, table.name.replace('_', ' '))}: {count}"
    plans = [plan for plan in db.session.scalars(select(Plan.students)) if str(student) in json.loads(plan)]
    if plans:
        yield count_words(len(plans), "planned intervention", "planned interventions")


def _clashes(pair: Pair) -> Iterator[str]:
    """What both have of which one student can have only one, and what becomes of it."""
    for lesson_id, standing in scores.contested_between(*pair):
        lesson = db.session.get_one(Lesson, lesson_id)
        marks = {score.student_id: score for score in db.session.scalars(select(Score).where(*_of(lesson_id, pair)))}
        words = [mark_words(from_text(marks[student].mark)) or "no mark" for student in pair]
        stands = next((mark_words(from_text(one.mark)) for one in marks.values() if one.op == standing), None)
        yield (
            f"{lesson_words(lesson.day, lesson.period)}: {words[0]} and {words[1]}. "
            f"Of the two, {stands or 'the later one'} stands; both stay in the history."
        )
    if len(db.session.scalars(select(Card.student_id).where(Card.student_id.in_(pair))).all()) > 1:
        yield "Both have a card. The one made last works, the other stops."
    yield from (f"Both chose for the {week_words(week)}. The last choice stands." for week in _weeks_of_both(pair))
    if len(db.session.scalars(select(BoardName).where(BoardName.student_id.in_(pair))).all()) > 1:
        yield "Both are named on the hall board. What was said last stands."


def _of(lesson: int, pair: Pair) -> Sequence[Any]:
    return Score.lesson_id == lesson, Score.student_id.in_(pair)


def _weeks_of_both(pair: Pair) -> list[str]:
    query = select(OptionChoice.week).where(OptionChoice.student_id.in_(pair)).group_by(OptionChoice.week)
    return list(db.session.scalars(query.having(func.count() > 1).order_by(OptionChoice.week)))
