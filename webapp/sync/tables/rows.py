"""The rows tablets hold: how each table looks on the wire (docs/protocol.md, "Rows").

Each function turns a database row into the JSON that tablets store, screens are built from and the protocol
promises; None says that the row is gone. Ids and days are strings, times ISO 8601 UTC.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.marks.marks import Mark, from_text
from webapp.domain.time.calendar import week_of
from webapp.domain.time.moment import instant
from webapp.domain.wire.operations import RefusalRow
from webapp.domain.wire.school import (
    CapRow,
    GroupRow,
    LessonRow,
    LevelRow,
    MembershipRow,
    ScoreRow,
    StaffRow,
    StudentRow,
)
from webapp.domain.wire.spaces import ApartRow, AskRow, AssistRow, PlanRow, StayRow
from webapp.models import (
    Apart,
    Ask,
    Assist,
    Cap,
    Group,
    Guest,
    Lesson,
    Membership,
    Operation,
    Plan,
    Staff,
    Stay,
    Student,
    db,
)
from webapp.policies import Pack
from webapp.results.rewards import all_tuck_left
from webapp.school import clock
from webapp.school.school import school_packs
from webapp.sync.tables.tombstones import in_batches


def group_row(group: Group, _pack: Pack) -> GroupRow:
    return {"id": group.id, "name": group.name, "key_stage": group.key_stage}


def staff_row(staff: Staff, _pack: Pack) -> StaffRow:
    return {
        "id": staff.id,
        "name": staff.name,
        "role": staff.role,
        "left": staff.left.isoformat() if staff.left else None,
    }


def student_row(student: Student, _pack: Pack) -> StudentRow | None:
    """Gone once the student has left. Why somebody is not in school for a lesson stays at school."""
    if student.left and student.left <= clock.today():
        return None
    return {
        "id": str(student.id),
        "name": student.name,
        "sort": student.sort,
        "group": student.group_id,
        "key_stage": student.key_stage,
        "year": student.year,
        "joined": student.joined.isoformat() if student.joined else None,
        "left": student.left.isoformat() if student.left else None,
        "part_time": [
            (part.weekday, part.period, part.first.isoformat(), part.last.isoformat() if part.last else None)
            for part in student.part_times
        ],
        "spells": [
            (spell.joined.isoformat() if spell.joined else None, spell.left.isoformat()) for spell in student.spells
        ],
    }


def membership_row(membership: Membership, _pack: Pack) -> MembershipRow:
    return {
        "id": str(membership.id),
        "student": str(membership.student_id),
        "class": membership.group_id,
        "from": membership.first.isoformat() if membership.first else None,
        "until": membership.last.isoformat() if membership.last else None,
    }


def guests_of(lessons: Iterable[Lesson]) -> Mapping[int, list[str]]:
    """Who comes to these lessons from other classes, by the lessons' ids."""
    found: dict[int, list[str]] = {}
    query = select(Guest.lesson_id, Guest.student_id).order_by(Guest.student_id)
    for batch in in_batches([lesson.id for lesson in lessons]):
        for lesson, student in db.session.execute(query.where(Guest.lesson_id.in_(batch))):
            found.setdefault(lesson, []).append(str(student))
    return found


def lesson_row(lesson: Lesson, _pack: Pack, guests: Mapping[int, list[str]] | None = None) -> LessonRow | None:
    """`guests` is what `guests_of` says; it is looked up if not given."""
    if lesson.gone:
        return None
    guests = guests_of([lesson]) if guests is None else guests
    staff = list(lesson.taking)
    return {
        "id": str(lesson.id),
        "date": lesson.day.isoformat(),
        "period": lesson.period,
        "group": lesson.group_id,
        "subject": lesson.subject,
        "staff": staff[0] if staff else "",
        "staff_all": staff,
        "covered": [cover.absent_id for cover in lesson.covers if cover.absent_id],
        "room": lesson.room,
        "week": lesson.cycle,
        "starts": instant(lesson.starts),
        "ends": instant(lesson.ends),
        "guests": guests.get(lesson.id, []),
    }


def score_row(score: Any, _pack: Pack) -> ScoreRow:
    student, lesson = str(score.student_id), str(score.lesson_id)
    return {
        "id": f"{student}.{lesson}",
        "student": student,
        "lesson": lesson,
        "mark": from_text(score.mark),
        "by": score.by,
        "at": instant(score.at),
        "op": score.op,
    }


def level_id(level: Any) -> str:
    return f"{level.student_id}.{level.week}"


def tuck_left_of(levels: Iterable[Any]) -> Mapping[str, int]:
    """What is left at the tuck shop today by the levels of today's week, and what those of other weeks allow for a day,
    by their ids."""
    levels, today, packs = list(levels), clock.today(), school_packs()
    students = {level.student_id for level in levels if level.week == week_of(today)}
    todays = all_tuck_left(today, students) if students else {}
    return {
        level_id(level): todays[level.student_id]
        if level.week == week_of(today)
        else packs.in_week(level.week).scale.tuck_items(level.level)
        for level in levels
    }


def level_row(level: Any, _pack: Pack, left: Mapping[str, int] | None = None) -> LevelRow:
    """`left` is what `tuck_left_of` says; it is looked up if not given."""
    left = tuck_left_of([level]) if left is None else left
    return {
        "id": level_id(level),
        "student": str(level.student_id),
        "week": level.week,
        "level": level.level,
        "earned": level.earned,
        "cap": level.cap,
        "mean": (level.sum, level.count),
        "tuck_left": left[level_id(level)],
        "from_week": level.from_week,
        "marks": by_weekday(json.loads(level.marks)),
    }


def by_weekday(marks: list[list[Any]]) -> list[list[tuple[str, Mark]]]:
    """A week's marks [day, period, mark] as seven lists of (period, mark), Monday first: half as long."""
    days: list[list[tuple[str, Mark]]] = [[] for _ in range(7)]
    for day, period, mark in marks:
        days[date.fromisoformat(day).weekday()].append((period, mark))
    return days


def cap_row(cap: Cap, _pack: Pack) -> CapRow:
    """Without its reason: that stays at school (docs/decisions.md)."""
    return {
        "id": cap.id,
        "student": str(cap.student_id),
        "cap": cap.cap,
        "from": cap.start.isoformat(),
        "until": cap.until.isoformat() if cap.until else None,
        "by": cap.by,
        "lifted": cap.lifted.isoformat() if cap.lifted else None,
    }


def ask_row(ask: Ask, _pack: Pack) -> AskRow:
    return {
        "id": ask.id,
        "space": ask.space,
        "student": str(ask.student),
        "by": ask.by,
        "at": instant(ask.at),
        "status": ask.status,
        "why": ask.why,
        "until": instant(ask.until) if ask.until else None,
        "acks": json.loads(ask.acks),
    }


def stay_row(stay: Stay, _pack: Pack) -> StayRow:
    """Without what helped and the note: those stay at school."""
    return {
        "id": stay.id,
        "space": stay.space,
        "student": str(stay.student),
        "staff": stay.staff,
        "staff_since": instant(stay.staff_since),
        "entered": instant(stay.entered),
        "left": instant(stay.left) if stay.left else None,
        "free_to_leave": stay.free_to_leave,
        "clash": stay.clash,
        "by": stay.by,
        "why": stay.why,
        "ask": stay.ask,
        "acks": json.loads(stay.acks),
    }


def assist_row(assist: Assist, _pack: Pack) -> AssistRow:
    return {
        "id": assist.id,
        "space": assist.space,
        "place": assist.place,
        "message": assist.message,
        "by": assist.by,
        "at": instant(assist.at),
        "acks": json.loads(assist.acks),
    }


def plan_row(plan: Plan, _pack: Pack) -> PlanRow:
    return {
        "id": plan.id,
        "space": plan.space,
        "kind": plan.kind,
        "weekday": plan.weekday,
        "starts": plan.starts,
        "ends": plan.ends,
        "first": plan.first.isoformat(),
        "last": plan.last.isoformat() if plan.last else None,
        "staff": plan.staff,
        "students": json.loads(plan.students),
        "by": plan.by,
        "ended": plan.ended.isoformat() if plan.ended else None,
    }


def apart_row(apart: Apart, _pack: Pack) -> ApartRow | None:
    """Without its reason, which no tablet holds."""
    return None if apart.ended_at else {"id": apart.id, "students": [str(apart.one), str(apart.other)]}


def refusal_row(operation: Operation, _pack: Pack) -> RefusalRow | None:
    """An operation of this device that was refused and that nobody has settled yet."""
    if operation.settled_at:
        return None
    return {
        "id": operation.id,
        "n": operation.n,
        "kind": operation.kind,
        "by": operation.by,
        "at": instant(operation.at),
        "body": json.loads(operation.body),
        "reason": operation.reason,
        "detail": operation.detail,
    }
