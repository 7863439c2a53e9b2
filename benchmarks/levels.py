"""How long a year of 1,000 students takes to work out, beside one plain GROUP BY over the same rows.

python -m benchmarks.levels
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from sqlalchemy import text

from benchmarks.schools import NOW, empty_school, fill_lessons, fill_people, fill_scores
from webapp.models import Lesson, Level, Score, db
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.sync.tables.levels import recompute

STUDENTS = 1_000
SCHOOL_DAYS = 190
RUNS = 3

GROUP_BY = text("""
    SELECT score.student_id, lesson.week, SUM(CAST(score.mark AS INTEGER)), COUNT(*)
    FROM score JOIN lesson ON lesson.id = score.lesson_id
    WHERE score.mark BETWEEN '0' AND '5'
    GROUP BY score.student_id, lesson.week
""")


def main() -> None:
    with empty_school():
        fill_people(STUDENTS)
        fill_lessons(STUDENTS, SCHOOL_DAYS)
        marks = fill_scores(STUDENTS)
        plain = [_seconds(_group_by) for _ in range(RUNS)]
        first = _seconds(_recompute)
        again = [_seconds(_recompute) for _ in range(RUNS)]
        print(f"{STUDENTS} students, {marks} marks, {db.session.query(Level).count()} levels")
        print(f"plain GROUP BY            {median(plain):7.2f} s")
        print(f"recompute, from nothing   {first:7.2f} s   {first / median(plain):5.2f} x")
        print(f"recompute, nothing new    {median(again):7.2f} s   {median(again) / median(plain):5.2f} x")
        _one_late_mark()


def _group_by() -> None:
    db.session.execute(GROUP_BY).all()
    db.session.rollback()


def _recompute() -> None:
    with writing() as revs:
        recompute(revs)


def _one_late_mark() -> None:
    """One mark of three weeks ago changed: which rows are written."""
    lesson = db.session.query(Lesson).filter(Lesson.day < NOW.date()).order_by(Lesson.day.desc()).offset(4000).first()
    score = db.session.query(Score).filter_by(lesson_id=lesson.id).first() if lesson else None
    if lesson is None or score is None:
        raise SystemExit("no lesson to mark late")
    mark = 0 if score.mark != "0" else 5
    body = {"student": str(score.student_id), "lesson": str(lesson.id), "mark": mark}
    student = score.student_id
    top = db.session.query(db.func.max(Level.rev)).scalar()
    seconds = _seconds(lambda: _submit(body))
    touched = db.session.query(Level.student_id).filter(Level.rev > top).all()
    print(f"one late mark             {seconds:7.4f} s   {len(touched)} levels of {len(set(touched))} student written")
    if {row[0] for row in touched} != {student}:
        raise SystemExit("a late mark changed somebody else's level")


def _submit(body: dict[str, object]) -> None:
    with writing() as revs:
        submit(revs, own_device("browser"), [Draft("score.record", "t", body, NOW)])


def _seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


if __name__ == "__main__":
    main()
