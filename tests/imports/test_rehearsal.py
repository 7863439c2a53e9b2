"""A rehearsal only reads, and says what the import then does; what is brought in in portions can be gone on with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import text

from tests.imports.conftest import CALENDAR, PERIODS, STAFF, STUDENTS, TIMETABLE
from tests.sync.conftest import settings as on_both  # noqa: F401
from webapp.imports import (
    BRINGING,
    KINDS,
    Outcome,
    Source,
    bring_in,
    import_content,
    read_content,
    rehearse,
)
from webapp.imports.kinds import scores
from webapp.imports.undo.undo import undo
from webapp.models import ImportRun, Lesson, Operation, Score, db
from webapp.office.upkeep.import_pages import preview

T = TypeVar("T")

FIRST = {
    "calendar": CALENDAR,
    "periods": PERIODS,
    "staff": STAFF,
    "students": STUDENTS,
    "timetable": TIMETABLE,
    "scores": "date,period,upn,score\n03/03/2026,1,A1,4\n03/03/2026,1,A2,A\n02/03/2026,1,A3,0\n",
}
THEN = {
    "calendar": CALENDAR.replace("17/07/2026", "03/07/2026") + "closure,Snow,10/03/2026,10/03/2026\n",
    "periods": PERIODS.replace("09:50,10:10", "09:50,10:15").replace("10:10,11:00", "10:15,11:05"),
    "staff": STAFF.replace("Wit,TA", "Witold,SENDCo") + "n.new,New,Ned,teacher\n",
    "students": STUDENTS.replace("9,9H", "10,10C") + "A4,Reid,Jo,8,8B\n",
    "timetable": TIMETABLE.replace("Mon,2,8B,Art,w.kowal\n", "").replace("Tue,1,8B,Maths", "Tue,1,8B,Music"),
    "scores": "date,period,upn,score\n03/03/2026,1,A1,5\n03/03/2026,1,A2,\n02/03/2026,1,A1,2\n",
}


@pytest.fixture
def settings(on_both: Any) -> Any:  # noqa: F811
    return on_both


@contextmanager
def reading_only() -> Iterator[None]:
    """A session in which the database refuses to write."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    db.session.rollback()
    db.session.execute(text("PRAGMA query_only=ON" if is_sqlite else "SET TRANSACTION READ ONLY"))
    yield
    if is_sqlite:
        db.session.execute(text("PRAGMA query_only=OFF"))
    db.session.rollback()


def rehearsed(kind: str, content: str) -> Outcome:
    with reading_only():
        return import_content(KINDS[kind], content.encode(), dry_run=True)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged


def told(outcome: Outcome) -> dict[Any, Any]:
    """What changes or goes in the rows that people are told of, without how a mark came about."""
    touches = [touch for touch in outcome.touches if touch.before and touch.place.table not in ("lesson", "level")]
    untold = ("op", "by", "at", "week", "contested", "student_id", "lesson_id")
    return {
        touch.place: touch.after and {key: value for key, value in touch.after.items() if key not in untold}
        for touch in touches
    }


def lessons(outcome: Outcome) -> tuple[int, int]:
    touches = [touch for touch in outcome.touches if touch.place.table == "lesson"]
    new = sum(touch.before is None for touch in touches)
    return new, len(touches) - new


def test_a_rehearsal_writes_nothing_and_says_what_the_import_does(app: Flask):
    for files in (FIRST, THEN, FIRST):
        for kind, content in files.items():
            before = rehearsed(kind, content)
            assert before.problems == (), kind
            done = import_content(KINDS[kind], content.encode())
            assert counts(before) == counts(done), kind
            assert told(before) == told(done), kind
            assert (before.lessons.new, before.lessons.changed) == lessons(done), kind
            again = rehearsed(kind, content)
            assert (again.added, again.changed, again.is_news) == (0, 0, False), kind


def test_a_rehearsal_waits_for_nobody_who_writes(app: Flask):
    for kind, content in FIRST.items():
        import_content(KINDS[kind], content.encode())
    with db.engine.connect().execution_options(writes=True) as writer, writer.begin():
        writer.execute(text("UPDATE staff SET surname = 'Held'"))
        writer.execute(text("UPDATE school SET sequence = sequence + 1"))
        for kind, content in THEN.items():
            outcome = import_content(KINDS[kind], content.encode(), dry_run=True)
            assert outcome.is_news, kind


@pytest.fixture
def school(app: Flask) -> None:
    for kind in list(FIRST)[:-1]:
        import_content(KINDS[kind], FIRST[kind].encode())


DAYS = ("02/03/2026", "03/03/2026", "09/03/2026", "10/03/2026")
MARKS = "date,period,upn,score\n" + "".join(
    f"{day},1,{upn},{n}\n" for n, day in enumerate(DAYS) for upn in ("A1", "A2")
)


class StoppedError(Exception):
    """The server was stopped between two portions."""


def stopping(after: int) -> Any:
    def track(sequence: Sequence[T], description: str) -> Iterator[T]:
        for number, item in enumerate(sequence):
            if description == BRINGING and number == after:
                raise StoppedError
            yield item

    return track


@pytest.fixture
def in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "AT_ONCE", 3)


def marks() -> int:
    db.session.rollback()
    return db.session.query(Score).filter(Score.mark.is_not(None)).count()


@pytest.mark.usefixtures("school", "in_portions")
def test_what_stopped_half_way_is_gone_on_with_or_taken_back():
    kind = KINDS["scores"]
    table = read_content(kind, MARKS.encode(), Source())
    assert rehearse(kind, table, Source()).added == len(DAYS) * 2
    with pytest.raises(StoppedError):
        bring_in(kind, table, Source(), stopping(after=2))
    [run] = db.session.query(ImportRun).filter_by(kind="scores").all()
    assert (run.added, marks()) == (6, 6)
    rest = bring_in(kind, table, Source())
    assert (rest.added, rest.unchanged, marks()) == (2, 6, 8)
    first, second = db.session.query(ImportRun).filter_by(kind="scores").order_by(ImportRun.id).all()
    assert undo(second.id, "") is None
    assert marks() == 6
    assert undo(first.id, "") is None
    assert marks() == 0
    assert db.session.query(Lesson).count() > 0


@pytest.mark.usefixtures("school", "in_portions")
def test_a_school_that_changes_in_the_middle_is_told_what_was_imported_until_then():
    kind = KINDS["scores"]

    def without_the_lesson(sequence: Sequence[T], description: str) -> Iterator[T]:
        for number, item in enumerate(sequence):
            if description == BRINGING and number == 2:
                db.session.execute(text("UPDATE lesson SET gone = true WHERE day = '2026-03-10'"))
                db.session.commit()
            yield item

    outcome = bring_in(kind, read_content(kind, MARKS.encode(), Source()), Source(), without_the_lesson)
    [run] = db.session.query(ImportRun).filter_by(kind="scores").all()
    assert (outcome.run, run.added, marks()) == (run.id, 6, 6)
    page = preview(kind, "marks.csv", read_content(kind, MARKS.encode(), Source()), outcome)
    assert (page["partly"], len(page["wrong"])) == (True, 1)


@pytest.mark.usefixtures("school", "in_portions")
def test_all_portions_are_one_import_that_is_undone_as_a_whole():
    outcome = import_content(KINDS["scores"], MARKS.encode())
    [run] = db.session.query(ImportRun).filter_by(kind="scores").all()
    assert (outcome.run, run.added, len(outcome.touches), marks()) == (run.id, 8, 8, 8)
    assert undo(run.id, "") is None
    assert (marks(), db.session.query(Operation).count()) == (0, 16)
    assert undo(run.id, "") is not None
