"""What students' marks earn, worked out from the marks that stand.

One pass over the marks gives everything: the projection that tablets hold, the `levels` command and the receipt
all come from `work_out`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import String, cast, select

from webapp.domain.marks.caps import Cap, in_force
from webapp.domain.marks.levels import WeekLevel, level_of_week
from webapp.domain.marks.marks import Mark, from_text
from webapp.domain.marks.mean import Mean, mean_of
from webapp.domain.time.calendar import Calendar, monday_of, sunday_of
from webapp.models import Cap as CapRow
from webapp.models import Lesson, Score, db
from webapp.school.calendar import load_calendar
from webapp.school.school import Packs, school_packs

MarkInWeek = tuple[str, str, Mark]
"""A day, a period and the mark given there."""


@dataclass
class Week:
    """One student's marks in one week, in order of time."""

    marks: list[MarkInWeek] = field(default_factory=list)

    def mean(self) -> Mean:
        return mean_of(mark for _, _, mark in self.marks)


Weeks = dict[int, dict[str, Week]]
"""Weeks by student and week."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What levels are worked out in: the school's calendar and its policy, week by week."""

    calendar: Calendar
    packs: Packs

    @property
    def look_back(self) -> int:
        """How many school weeks a level may look back (D3); no version changes that."""
        return self.packs.first.scale.look_back


def load_frame() -> Frame:
    return Frame(load_calendar(), school_packs())


def work_out(
    weeks: Collection[str], students: Collection[int] | None = None, frame: Frame | None = None
) -> Iterator[tuple[int, WeekLevel, Week]]:
    """Level and deciding week (D3) of every student and week that marks could decide, even if all were taken back:
    then `from_week` is None and the week empty. `students` None means all.
    """
    frame = frame or load_frame()
    before = {week: frame.calendar.weeks_before(week, frame.look_back) for week in weeks}
    scales = {week: frame.packs.in_week(week).scale for week in weeks}
    marks = load_marks({source for sources in before.values() for source in sources}, students)
    caps = load_caps(students)
    spans = {week: (monday_of(week), sunday_of(week)) for week in weeks}
    for student, by_week in marks.items():
        means = {week: marked.mean() for week, marked in by_week.items()}
        limits = caps.get(student, ())
        for week, sources in before.items():
            if means.keys().isdisjoint(sources):
                continue
            cap = in_force(limits, *spans[week], scales[week]) if limits else None
            level = level_of_week(week, sources, means, cap, scales[week])
            yield student, level, by_week[level.from_week] if level.from_week else Week()


def level_in(week: str, student: int) -> WeekLevel:
    """One student's level in one week; with mean (0, 0) where decision D3 finds nothing."""
    for _, level, _ in work_out([week], [student]):
        return level
    return no_level(week, load_caps([student]).get(student, ()), load_frame())


def no_level(week: str, caps: Iterable[Cap], frame: Frame) -> WeekLevel:
    scale = frame.packs.in_week(week).scale
    return level_of_week(week, (), {}, in_force(caps, monday_of(week), sunday_of(week), scale), scale)


def load_marks(weeks: Collection[str], students: Collection[int] | None = None) -> Weeks:
    """The marks that stand in the given weeks, by student and week. A mark taken back leaves its week there."""
    query = (
        select(Score.student_id, Score.week, cast(Lesson.day, String), Lesson.period, Score.mark)
        .join(Lesson, Lesson.id == Score.lesson_id)
        .where(Score.week.in_(weeks))
        .order_by(Lesson.starts, Lesson.id)
    )
    if students is not None:
        query = query.where(Score.student_id.in_(students))
    found: defaultdict[int, defaultdict[str, Week]] = defaultdict(lambda: defaultdict(Week))
    for student, week, day, period, mark in db.session.execute(query):
        marks = found[student][week].marks
        if mark is not None:
            marks.append((day, period, from_text(mark)))
    return {student: dict(by_week) for student, by_week in found.items()}


def load_caps(students: Collection[int] | None = None) -> dict[int, list[Cap]]:
    """The caps ever set, by student."""
    query = select(CapRow.student_id, CapRow.cap, CapRow.start, CapRow.until, CapRow.lifted)
    if students is not None:
        query = query.where(CapRow.student_id.in_(students))
    caps: defaultdict[int, list[Cap]] = defaultdict(list)
    for student, cap, start, until, lifted in db.session.execute(query):
        caps[student].append(Cap(cap, start, until, lifted))
    return caps
