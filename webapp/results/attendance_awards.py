"""Awards that the register of attendance has earned: those to give, and those given.

An award is for the week or half term that had ended last by its day, whoever gave it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select

from webapp.domain.attendance.codes import UNMARKED
from webapp.domain.attendance.measures import EARNED, HALF_TERM, MISSED, Register, judge
from webapp.domain.attendance.tally import SESSIONS, Session, tally
from webapp.domain.text.words import week_heading
from webapp.domain.time.calendar import Calendar, Span, monday_of, sunday_of, week_of
from webapp.models import Award, Student, db
from webapp.policies.rewards import AwardRule
from webapp.results.register import sessions_of
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.school.school import school_pack

GIVEN: Final = "given"
TAKEN_BACK: Final = "taken back"
CLOSE: Final = "close"
"""What can be of an award besides what the register says: it was given, it was given and taken back, or one was given
shortly before the week or half term ended, which may have been for this one or the one before."""

CLOSE_BY: Final = timedelta(days=7)
TO_GIVE: Final = frozenset({EARNED, TAKEN_BACK, CLOSE})


class Stretch(NamedTuple):
    """A week or half term with its school days, those of the one before, and the last one of the one after."""

    name: str
    days: Sequence[date]
    before: Sequence[date]
    following: date

    def is_for(self, day: date) -> bool:
        """Whether an award of this day is for it."""
        return self.days[-1] <= day < self.following


class Line(NamedTuple):
    """A student, how it stands with the award, since when if it was given, and the sessions that are not marked."""

    student: Student
    state: str
    day: date | None
    unmarked: int


class Due(NamedTuple):
    """An award for a week or half term, with all students who have it, earned it, or still may."""

    rule: AwardRule
    name: str
    day: date
    lines: Sequence[Line]


def due_in(half_term: Span, students: Collection[Student]) -> list[Due]:
    """The awards of a half term and of its weeks that are over, the latest first."""
    calendar, pathway = load_calendar(), school_pack().rewards.pathway
    on_pathway = [student for student in students if student.key_stage in pathway.key_stages]
    found = [
        Due(rule, stretch.name, stretch.days[-1], _lines(rule, stretch, on_pathway, calendar))
        for rule in pathway.awards
        if rule.measure
        for stretch in _stretches(rule.measure.over, half_term, calendar)
    ]
    return sorted((one for one in found if one.lines), key=lambda one: one.day, reverse=True)


def _stretches(over: str, half_term: Span, calendar: Calendar) -> Iterator[Stretch]:
    spans = _half_terms(half_term, calendar) if over == HALF_TERM else _weeks(half_term, calendar)
    dated = [(span.name, days) for span in spans if (days := calendar.school_days(span.start, span.end))]
    for n, (name, days) in enumerate(dated):
        if half_term.holds(days[-1]) and days[-1] <= today():
            before = dated[n - 1][1] if n else ()
            yield Stretch(name, days, before, dated[n + 1][1][-1] if n + 1 < len(dated) else date.max)


def _half_terms(half_term: Span, calendar: Calendar) -> list[Span]:
    """It and those before and after; those of other key stages that overlap it are left out."""
    apart = [one for one in calendar.half_terms if one.end < half_term.start or half_term.end < one.start]
    return sorted([half_term, *apart], key=lambda span: span.start)


def _weeks(half_term: Span, calendar: Calendar) -> list[Span]:
    """Its weeks, and the one before and after."""
    first, last = week_of(half_term.start), week_of(half_term.end)
    within = (week for week in calendar.school_weeks() if first <= week <= last)
    weeks = (*calendar.weeks_before(first, 1), *within, *calendar.weeks_after(last, 1))
    return [Span(week_heading(week), monday_of(week), sunday_of(week)) for week in weeks]


def _lines(rule: AwardRule, stretch: Stretch, students: Collection[Student], calendar: Calendar) -> list[Line]:
    names, first = [student.id for student in students], (stretch.before or stretch.days)[0]
    sessions, awards = sessions_of(names, first, stretch.days[-1]), _awards(rule.key, names, stretch)
    lines = []
    for student in students:
        held = sessions.get(student.id, ())
        now, before = (_register(student, days, held, calendar) for days in (stretch.days, stretch.before))
        outcome = judge(rule.measure, now, before) if rule.measure else MISSED
        state, day = _standing(outcome, stretch, awards.get(student.id, ()))
        lines.append(Line(student, state, day, now.unmarked))
    return [line for line in lines if line.state != MISSED]


def _register(student: Student, days: Sequence[date], sessions: Sequence[Session], calendar: Calendar) -> Register:
    """Of days on which part of the school is closed for a student's year no mark is expected; if there is one, it
    counts."""
    closed = [one for one in calendar.partly if student.year in one.years]
    expected = {
        day for day in days if student.on_roll(day, day) and not any(one.start <= day <= one.end for one in closed)
    }
    within = [one for one in sessions if days and days[0] <= one.day <= days[-1]]
    marked = sum(one.day in expected and one.code != UNMARKED for one in within)
    return Register(tally(within), len(SESSIONS) * len(expected), len(SESSIONS) * len(expected) - marked)


def _standing(outcome: str, stretch: Stretch, awards: Sequence[Award]) -> tuple[str, date | None]:
    """How it stands by the register and by what was given before, and the day of that."""
    for_it = [award for award in awards if stretch.is_for(award.day)]
    given = [award.day for award in for_it if award.withdrawn_at is None]
    if given or outcome != EARNED:
        return (GIVEN, given[0]) if given else (outcome, None)
    if for_it:
        return TAKEN_BACK, for_it[-1].day
    close = [award.day for award in awards if award.day < stretch.days[-1] and award.withdrawn_at is None]
    return (CLOSE, close[-1]) if close else (EARNED, None)


def _awards(key: str, students: Collection[int], stretch: Stretch) -> Mapping[int, Sequence[Award]]:
    """Those of this name that may be for a week or half term, in order."""
    first = stretch.days[-1] - CLOSE_BY
    query = select(Award).where(Award.award == key, Award.student_id.in_(students), Award.day > first)
    found = defaultdict[int, list[Award]](list)
    for award in db.session.scalars(query.order_by(Award.day, Award.at)):
        found[award.student_id].append(award)
    return found
