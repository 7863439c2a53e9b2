"""One lesson: its students and their marks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from webapp.domain.marks.mean import mean_of
from webapp.domain.text.words import lesson_words
from webapp.domain.time.calendar import week_of
from webapp.domain.wire.policy import CodeRule, MarkRule
from webapp.domain.wire.school import LessonRow, ScoreRow, StudentRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.chrome import Chrome, chrome, may_mark
from webapp.floor.both.parts.facts import (
    at_words,
    day_url,
    expected,
    initial,
    is_away,
    lesson_of,
    lesson_title,
    local_day,
    mark_name,
    mark_words,
    marks_by_lesson,
    roll,
    staff_name,
    times,
    week_marks,
    whole_weeks,
)
from webapp.floor.both.parts.viewer import Viewer
from webapp.floor.both.taps.marks import undoable

TEMPLATE = "floor/lesson.html"

# Where six names stand side by side there is no room for three words, and "not yet" is kinder.
SHORT = {"Did not achieve": "Not yet"}


class Column(TypedDict):
    """A mark, its name, the name where there is little room, and what it is given for."""

    mark: str
    name: str
    short: str
    criteria: list[str]


class Button(TypedDict):
    """A mark or a code to give; pressed, if it stands."""

    mark: str
    name: str
    pressed: bool


class Row(TypedDict):
    """A student with the buttons. `state` is the mark that stands, or ""; `letter` stands for a code."""

    id: str
    name: str
    note: str
    state: str
    letter: str
    marks: list[Button]
    codes: list[Button]


class Context(TypedDict):
    """`marked` and `last` are words; `all`: somebody has no mark yet; `undo` says what would be taken back, or "".

    Without `columns` nobody marks here.
    """

    chrome: Chrome
    url: str
    marked: str
    last: str
    all: bool
    undo: str
    columns: list[Column]
    rows: list[Row]


def context(tables: Tables, viewer: Viewer, now: datetime, params: Mapping[str, str]) -> Context | None:
    lesson = lesson_of(tables, now, params["lesson"])
    if not lesson:
        return None
    marked = marks_by_lesson(tables, [lesson])[lesson["id"]]
    students = roll(tables, lesson, marked)
    due = len(expected(students, lesson, marked))
    means = week_means(tables, lesson, now)
    when = lesson_words(date.fromisoformat(lesson["date"]), lesson["period"])
    return {
        "chrome": chrome(
            tables,
            viewer,
            now,
            lesson_title(tables, lesson),
            sub=f"{when} · {times(lesson)}",
            back=day_url(lesson["date"], now),
        ),
        "url": f"/lesson/{lesson['id']}",
        "marked": f"{len(marked)} of {due} marked",
        "last": last_words(tables, now, marked),
        "all": len(marked) < due,
        "undo": undo_words(tables, viewer, now, lesson),
        "columns": [column(rule) for rule in tables["school"]["school"]["marks"]] if may_mark(tables, viewer) else [],
        "rows": [row(tables, student, lesson, marked.get(student["id"]), means) for student in students],
    }


def week_means(tables: Tables, lesson: LessonRow, now: datetime) -> dict[str, str]:
    """Each student's mean of the lesson's week, as far as it has come; none where some of the week is out of reach."""
    week, today = week_of(date.fromisoformat(lesson["date"])), local_day(now)
    if week not in whole_weeks(today):
        return {}
    return {student: mean_of(marks).shown() for student, marks in week_marks(tables, week, today).items()}


def last_words(tables: Tables, now: datetime, marked: Mapping[str, ScoreRow]) -> str:
    """Who marked last and when."""
    scores = sorted(marked.values(), key=lambda score: (score["at"], int(score["student"])))
    if not scores:
        return ""
    return f"Last by {staff_name(tables, scores[-1]['by'])}, {at_words(scores[-1]['at'], now)}"


def undo_words(tables: Tables, viewer: Viewer, now: datetime, lesson: LessonRow) -> str:
    """What Undo would take back; "" when there is nothing."""
    steps = undoable(tables, viewer, now, lesson)
    if len(steps) != 1:
        return f"{len(steps)} marks" if steps else ""
    student = tables["students"].get(steps[0].student)
    score = tables["scores"].get(f"{steps[0].student}.{lesson['id']}")
    name = student["name"] if student else "a student"
    return f"{name}: {mark_words(tables, score['mark'] if score else None)}"


def column(rule: MarkRule) -> Column:
    return {
        "mark": str(rule["mark"]),
        "name": rule["name"],
        "short": SHORT.get(rule["name"], rule["name"]),
        "criteria": rule["criteria"],
    }


def row(
    tables: Tables, student: StudentRow, lesson: LessonRow, score: ScoreRow | None, means: Mapping[str, str]
) -> Row:
    school = tables["school"]["school"]
    mark = score["mark"] if score else None
    return {
        "id": student["id"],
        "name": student["name"],
        "note": note(tables, mark, is_away(student, lesson), means.get(student["id"], "")),
        "state": "" if mark is None else str(mark),
        "letter": initial(tables, mark) if isinstance(mark, str) else "",
        "marks": [button(rule, mark) for rule in school["marks"]],
        "codes": [button(rule, mark) for rule in school["codes"]],
    }


def note(tables: Tables, mark: object, away: bool, mean: str) -> str:
    if isinstance(mark, str):
        return mark_name(tables, mark)
    if away and mark is None:
        return "Not in school for this lesson"
    return f"{mean} this week" if mean else "No mark this week"


def button(rule: MarkRule | CodeRule, mark: object) -> Button:
    return {"mark": str(rule["mark"]), "name": rule["name"], "pressed": rule["mark"] == mark}
