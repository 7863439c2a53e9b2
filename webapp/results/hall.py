"""The board in the hall: who leads, whose week was their best, who rose most. Names only, no places (policy 4.1)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from webapp.domain.marks.mean import Mean
from webapp.domain.rewards.board import Progress, best_means, most_improved, personal_bests
from webapp.domain.text.text import sort_key
from webapp.domain.time.calendar import Span
from webapp.models import BoardName, Student, db
from webapp.results.half_term import earning_levels, latest, marks_in, mean_so_far
from webapp.results.levels import Week
from webapp.school.school import school_pack

Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The names on the board of a half term: the highest means first, personal bests by name, the greatest rise first.

    `week` is the one that the last two are about: the latest with a mark; None before there is any.
    """

    half_term: Span
    week: str | None
    leading: tuple[str, ...]
    bests: tuple[str, ...]
    improved: tuple[str, ...]


def board_on(day: date) -> Board | None:
    """The board of a day's half term, or of the one before the holidays; None before the first."""
    half_term = latest(day)
    if half_term is None:
        return None
    given = {row.student_id: row for row in db.session.scalars(select(BoardName))}
    students = [one for one in earning_levels(day) if not (one.id in given and given[one.id].opted_out)]
    marks = marks_in(half_term, day)
    weeks = {student.id: marks.get(student.id, {}) for student in students}
    week, *lists = _lists(weeks, school_pack(min(day, half_term.end)).rewards.trip.places)
    shown = {student for ids in lists for student in ids}
    aliases = {student: row.alias for student, row in given.items() if row.alias}
    names = names_of([student for student in students if student.id in shown], aliases)
    leading, bests, improved = (tuple(names[student] for student in ids) for ids in lists)
    return Board(half_term, week, leading, tuple(sorted(bests, key=sort_key)), improved)


def _lists(weeks: Mapping[int, Mapping[str, Week]], places: int) -> tuple[str | None, Ids, Ids, Ids]:
    """The latest week with a mark, and the students of the three lists."""
    marked = (week for held in weeks.values() for week in held if held[week].mean().count)
    latest_week = max(marked, default=None)
    progress = {student: _progress(held, latest_week) for student, held in weeks.items()} if latest_week else {}
    means = {student: mean_so_far(held) for student, held in weeks.items()}
    return latest_week, best_means(means, places), personal_bests(progress), most_improved(progress, places)


def _progress(weeks: Mapping[str, Week], at_hand: str) -> Progress:
    means = {week: held.mean() for week, held in weeks.items()}
    return Progress(means.get(at_hand, Mean(0, 0)), tuple(mean for week, mean in means.items() if week < at_hand))


def names_of(students: Collection[Student], aliases: Mapping[int, str]) -> dict[int, str]:
    """How each is called on the board: by alias, else by first name. Where that is another's name too, as much of the
    surname follows as tells them apart, at least an initial."""
    called = {student.id: sort_key(aliases.get(student.id) or _first_name(student)) for student in students}
    return {
        student.id: aliases.get(student.id)
        or _told_apart(student, [other for other in students if called[other.id] == called[student.id]], aliases)
        for student in students
    }


def _told_apart(student: Student, namesakes: Collection[Student], aliases: Mapping[int, str]) -> str:
    first, surname = _first_name(student), _surname(student)
    if len(namesakes) == 1:
        return first
    others = [_surname(other) for other in namesakes if other is not student and other.id not in aliases]
    for length in range(1, len(surname)):
        if not any(sort_key(other[:length]) == sort_key(surname[:length]) for other in others):
            return f"{first} {surname[:length]}."
    return f"{first} {surname}"


def _first_name(student: Student) -> str:
    return student.preferred_forename or student.legal_forename


def _surname(student: Student) -> str:
    return student.preferred_surname or student.legal_surname
