"""What a student's card shows: the week's marks, the level and what it opens, or the awards on a pathway.

Of other students it reads only how many chose each option.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from webapp.domain.marks.caps import Cap, in_force
from webapp.domain.marks.levels import LevelRule
from webapp.domain.marks.marks import Mark, from_text
from webapp.domain.marks.mean import Mean, mean_of
from webapp.domain.rewards.options import FULL, NOT_ENTITLED, judge_choice
from webapp.domain.time.calendar import Calendar, monday_of, sunday_of, week_of
from webapp.models import Award, Lesson, OptionChoice, Score, Student, db
from webapp.policies.rewards import AwardRule
from webapp.results.levels import level_in, load_caps
from webapp.results.rewards import allowance_on, level_on, tuck_left
from webapp.school.calendar import load_calendar
from webapp.school.classes import ClassLesson, load_classes, may_be_of
from webapp.school.clock import local_date
from webapp.school.school import school_pack, school_packs


@dataclass(frozen=True, slots=True)
class Taught:
    """One lesson of the week. `left`: it is not over and has no mark yet."""

    day: date
    period: str
    subject: str
    mark: Mark
    left: bool


@dataclass(frozen=True, slots=True)
class Holiday:
    """A week without a school day: when school begins again, and the level it begins with."""

    until: date
    level: str | None


@dataclass(frozen=True, slots=True)
class Limit:
    """The strictest cap in force on the day, and its last day; None: until staff lift it."""

    cap: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A choice for the options period that the level is good for."""

    key: str
    name: str
    full: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The level on the day and what it opens. `left` of the `allowance` is for the tuck shop today.

    `next_week` is the next school week, if the calendar has one, `to_earn` the levels as the policy has them in it, and
    `limited_next` whether a cap holds as it begins.
    """

    level: str | None
    limit: Limit | None
    allowance: int
    left: int
    room: bool
    places: tuple[Place, ...]
    choice: str | None
    next_week: str | None
    to_earn: tuple[LevelRule, ...]
    limited_next: bool


@dataclass(frozen=True, slots=True)
class Given:
    """An award on a pathway, and what it was for in words the student may read."""

    rule: AwardRule
    note: str
    day: date


@dataclass(frozen=True, slots=True)
class Points:
    """One student's points as they stood `at` a moment. `standing` is None in key stages that have awards instead."""

    at: datetime
    today: date
    is_school_day: bool
    first_name: str
    lessons: tuple[Taught, ...]
    holiday: Holiday | None
    standing: Standing | None
    awards: tuple[Given, ...]

    @property
    def mean(self) -> Mean:
        return mean_of(lesson.mark for lesson in self.lessons)

    @property
    def lessons_left(self) -> int:
        return sum(lesson.left for lesson in self.lessons)


def points_of(student_id: int, at: datetime) -> Points:
    """The points of one student at a moment."""
    student, today, calendar = db.session.get_one(Student, student_id), local_date(at), load_calendar()
    on_pathway = student.key_stage in school_pack().rewards.pathway.key_stages
    return Points(
        at,
        today,
        calendar.is_school_day(today),
        student.preferred_forename or student.legal_forename,
        _lessons(student, week_of(today), at),
        _holiday(student_id, today, calendar),
        None if on_pathway else _standing(student_id, today, calendar),
        _awards(student_id) if on_pathway else (),
    )


def places_of(student: int, day: date) -> tuple[Place, ...]:
    """The choices that a student's level on a day opens for its week, full or not."""
    week, level = week_of(day), level_on(student, day)
    others = select(OptionChoice.choice).where(OptionChoice.week == week, OptionChoice.student_id != student)
    taken = Counter(db.session.scalars(others))
    judged = [(rule, judge_choice(rule, level, taken[rule.key])) for rule in school_pack().rewards.options.choices]
    return tuple(Place(rule.key, rule.name, refusal is FULL) for rule, refusal in judged if refusal is not NOT_ENTITLED)


def _lessons(student: Student, week: str, at: datetime) -> tuple[Taught, ...]:
    """The lessons in which the student is expected, and any other with a mark."""
    classes = load_classes([student.id])
    is_marked = and_(Score.lesson_id == Lesson.id, Score.student_id == student.id)
    query = (
        select(Lesson.id, Lesson.group_id, Lesson.day, Lesson.period, Lesson.subject, Lesson.ends, Score.mark)
        .outerjoin(Score, is_marked)
        .where(Lesson.week == week)
        .where(or_(and_(may_be_of(student.id), ~Lesson.gone), Score.mark.is_not(None)))
        .order_by(Lesson.starts, Lesson.id)
    )
    return tuple(
        Taught(day, period, subject, from_text(mark), mark is None and ends > at)
        for lesson, group, day, period, subject, ends, mark in db.session.execute(query)
        if mark is not None or classes.expect(student, ClassLesson(lesson, group, day, period))
    )


def _holiday(student: int, today: date, calendar: Calendar) -> Holiday | None:
    following = calendar.weeks_after(week_of(today), 1)
    if week_of(today) in calendar.school_weeks() or not following:
        return None
    back = calendar.school_days(monday_of(following[0]), sunday_of(following[0]))[0]
    return Holiday(back, level_in(following[0], student).level)


def _standing(student: int, today: date, calendar: Calendar) -> Standing:
    level, caps = level_on(student, today), load_caps([student]).get(student, [])
    following = next(iter(calendar.weeks_after(week_of(today), 1)), None)
    return Standing(
        level,
        _limit(caps, today),
        allowance_on(student, today),
        tuck_left(student, today),
        level in school_pack().rewards.room.levels,
        places_of(student, today),
        _choice(student, week_of(today)),
        following,
        school_packs().in_week(following).scale.rules if following else (),
        following is not None and _limit(caps, monday_of(following)) is not None,
    )


def _limit(caps: list[Cap], day: date) -> Limit | None:
    scale = school_pack().scale
    strictest = in_force(caps, day, day, scale)
    if strictest is None:
        return None
    ends = [cap.until for cap in caps if cap.cap == strictest and in_force([cap], day, day, scale)]
    return Limit(strictest, None if None in ends else max(end for end in ends if end))


def _choice(student: int, week: str) -> str | None:
    query = select(OptionChoice.choice).where(OptionChoice.student_id == student, OptionChoice.week == week)
    return db.session.scalar(query)


def _awards(student: int) -> tuple[Given, ...]:
    """The awards that stand, the latest first."""
    pathway = school_pack().rewards.pathway
    query = select(Award).where(Award.student_id == student, Award.withdrawn_at.is_(None))
    rows = db.session.scalars(query.order_by(Award.day.desc(), Award.at.desc()))
    return tuple(Given(rule, row.note, row.day) for row in rows if (rule := pathway.award(row.award)))
