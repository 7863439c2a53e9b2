"""What several screens ask of the rows.

Rows may be more than a screen needs: a tablet holds the whole school. So whatever is read here says which rows it
means, and the answer is the same from a tablet's rows and from the few that Flask loads.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from webapp.domain.marks.roll import is_expected, is_listed
from webapp.domain.text.words import clock_words, day_words, listed
from webapp.domain.time.calendar import monday_of, week_of
from webapp.domain.time.stretch import covers
from webapp.domain.wire.school import LessonRow, MembershipRow, ScoreRow, StaffRow, StudentRow
from webapp.domain.wire.tables import REACH, Tables
from webapp.school.clock import local_date, local_moment


def local_day(moment: datetime) -> str:
    """The school's local date: "2026-03-03"."""
    return local_date(moment).isoformat()


def window_days(today: str) -> list[str]:
    """The days of the lessons that tablets hold. Screens speak of no others, wherever they are shown."""
    first = date.fromisoformat(today) - REACH
    return [(first + timedelta(days=n)).isoformat() for n in range(2 * REACH.days + 1)]


def whole_weeks(today: str) -> list[str]:
    """The weeks of which tablets hold every lesson that has been."""
    weeks = sorted({week_of(date.fromisoformat(day)) for day in window_days(today)})
    return [week for week in weeks if monday_of(week).isoformat() >= window_days(today)[0]]


def days_of_week(week: str, today: str) -> list[str]:
    """The days of a week that tablets hold."""
    return [day for day in window_days(today) if week_of(date.fromisoformat(day)) == week]


def key_of(name: object) -> str:
    """What an entry calls a row, if that can be a name at all: entries that were refused may hold anything."""
    return str(name) if isinstance(name, (str, int)) else ""


def lesson_of(tables: Tables, now: datetime, name: object) -> LessonRow | None:
    """The lesson of that id, if tablets hold it."""
    lesson = tables["lessons"].get(key_of(name))
    return lesson if lesson and lesson["date"] in window_days(local_day(now)) else None


def in_order(lessons: list[LessonRow]) -> list[LessonRow]:
    """Lessons by time, then by group."""
    return sorted(lessons, key=lambda row: (row["starts"], row["period"], row["group"], int(row["id"])))


def scores_of(tables: Tables, lesson: str) -> list[ScoreRow]:
    """The scores of a lesson. Tablets, which hold those of the whole school, have an index for this."""
    return [score for score in tables["scores"].values() if score["lesson"] == lesson]


def marks_by_lesson(tables: Tables, lessons: list[LessonRow]) -> dict[str, dict[str, ScoreRow]]:
    """The scores of these lessons that hold a mark of a student who is known: lesson → student → score."""
    return {lesson["id"]: marks_in(tables, lesson["id"]) for lesson in lessons}


def marks_in(tables: Tables, lesson: str) -> dict[str, ScoreRow]:
    """The scores of a lesson that hold a mark of a student who is known, by student."""
    marked = [score for score in scores_of(tables, lesson) if score["mark"] is not None]
    return {score["student"]: score for score in marked if score["student"] in tables["students"]}


def roll(tables: Tables, lesson: LessonRow, marked: Mapping[str, ScoreRow]) -> list[StudentRow]:
    """The students of a lesson, in order: its class on that day, its guests, and whoever was marked in it."""
    inside, guests = members(tables, lesson), guests_of(lesson)
    found = [tables["students"].get(name) for name in inside | guests | set(marked)]
    students = [row for row in found if row and (row["id"] in marked or is_on(row, lesson, inside, guests))]
    return sorted(students, key=lambda row: (row["sort"], int(row["id"])))


def is_on(student: StudentRow, lesson: LessonRow, members: set[str], guests: set[str]) -> bool:
    """Whether a student stands on a lesson's list, marked or not."""
    return is_listed(student["id"] in members, is_here(student, lesson["date"]), student["id"] in guests)


def on_list(tables: Tables, lesson: LessonRow) -> list[StudentRow]:
    """The students of a lesson in order, marked or not."""
    return roll(tables, lesson, {})


def members(tables: Tables, lesson: LessonRow) -> set[str]:
    """Who is in the lesson's class on its day. A tablet that has heard of no memberships yet goes by the groups."""
    if not tables["memberships"]:
        return {row["id"] for row in tables["students"].values() if row["group"] == lesson["group"]}
    rows = memberships_of(tables, lesson["group"])
    return {row["student"] for row in rows if covers(row["from"], row["until"], lesson["date"])}


def memberships_of(tables: Tables, group: str) -> list[MembershipRow]:
    """The memberships of a class. Tablets, which hold those of the whole school, have an index for this."""
    return [row for row in tables["memberships"].values() if row["class"] == group]


def guests_of(lesson: LessonRow) -> set[str]:
    """Who comes to a lesson from another class; a tablet may hold rows that do not say so yet."""
    return set(lesson.get("guests", []))


def is_here(student: StudentRow, day: str) -> bool:
    """Whether a student is on roll on a day."""
    joined = student["joined"] is None or student["joined"] <= day
    if joined and not (student["left"] is not None and student["left"] <= day):
        return True
    return any((first is None or first <= day) and left > day for first, left in student.get("spells", []))


def is_away(student: StudentRow, lesson: LessonRow) -> bool:
    """Whether a student with a part-time timetable is not in school for a lesson."""
    day = lesson["date"]
    return any(
        weekday == date.fromisoformat(day).isoweekday() and period == lesson["period"] and covers(first, last, day)
        for weekday, period, first, last in student.get("part_time", [])
    )


def expected(students: list[StudentRow], lesson: LessonRow, marked: Mapping[str, ScoreRow]) -> list[StudentRow]:
    """Of a lesson's list those who are to be marked: whoever is away is not, unless they turned up."""
    guests = guests_of(lesson)
    return [
        row
        for row in students
        if row["id"] in marked or is_expected(listed=True, away=is_away(row, lesson), guest=row["id"] in guests)
    ]


def week_marks(tables: Tables, week: str, today: str) -> dict[str, list[Any]]:
    """The marks of a week by student, in no order."""
    days = frozenset(days_of_week(week, today))
    lessons = [lesson["id"] for lesson in tables["lessons"].values() if lesson["date"] in days]
    found: dict[str, list[Any]] = defaultdict(list)
    for score in [score for lesson in lessons for score in scores_of(tables, lesson)]:
        if score["mark"] is not None:
            found[score["student"]].append(score["mark"])
    return found


def group_name(tables: Tables, name: str) -> str:
    group = tables["groups"].get(name)
    return group["name"] if group else name


def staff_name(tables: Tables, name: str) -> str:
    """Who that was; what no member of staff did came from the office."""
    staff = tables["staff"].get(name)
    return staff["name"] if staff else "the office"


def has_left(person: StaffRow | None, day: str) -> bool:
    """Whether a member of staff no longer works at the school on a day; of nobody it is not known."""
    return person is not None and person["left"] is not None and person["left"] <= day


def student_name(tables: Tables, name: object) -> str:
    student = tables["students"].get(key_of(name))
    return student["name"] if student else "a student"


def mark_name(tables: Tables, mark: object) -> str:
    """What staff call a mark or a code; "" for none."""
    school = tables["school"]["school"]
    return next((rule["name"] for rule in [*school["marks"], *school["codes"]] if rule["mark"] == mark), "")


def initial(tables: Tables, mark: object) -> str:
    """The letter that stands for a code: "A" for authorised absence."""
    return mark_name(tables, mark)[:1]


def mark_words(tables: Tables, mark: object) -> str:
    """A mark as read out: "Creative, 4", "Exempt", "no mark"."""
    name = mark_name(tables, mark)
    if name == "":
        return "no mark"
    return f"{name}, {mark}" if isinstance(mark, int) else name


def square_text(tables: Tables, mark: object) -> str:
    """A mark where there is little room: "4", "A", ""."""
    if mark is None:
        return ""
    return initial(tables, mark) if isinstance(mark, str) else str(mark)


def square_kind(mark: object) -> str:
    if mark is None:
        return "none"
    return "code" if isinstance(mark, str) else "mark"


def short_day(day: str) -> str:
    """A day of a week that is named beside it: "Tue 3"."""
    return " ".join(day_words(date.fromisoformat(day)).split(" ")[:2])


def teachers(lesson: LessonRow) -> list[str]:
    """Who takes a lesson, in order. What a tablet still holds from before may name the first alone."""
    return lesson.get("staff_all", [lesson["staff"]])


def taken_by(tables: Tables, lesson: LessonRow) -> str:
    """Who takes a lesson, in words, and whom they cover."""
    names = [staff_name(tables, person) for person in teachers(lesson)]
    covered = [staff_name(tables, person) for person in lesson.get("covered", [])]
    words = listed(names) if names else "Nobody yet"
    return f"{words}, for {listed(covered)}" if covered else words


def room_words(lesson: LessonRow) -> str:
    """ "room 12"; nothing where none is known."""
    room = lesson.get("room")
    return f"room {room}" if room else ""


def lesson_title(tables: Tables, lesson: LessonRow) -> str:
    """What is taught to whom: "Maths · 8B"."""
    return f"{lesson['subject']} · {group_name(tables, lesson['group'])}"


def times(lesson: LessonRow) -> str:
    """When a lesson begins and ends: "10:05–10:55"."""
    return f"{at_clock(lesson['starts'])}–{at_clock(lesson['ends'])}"


def at_clock(instant: str) -> str:
    return clock_words(datetime.fromisoformat(instant))


def at_words(instant: str, now: datetime) -> str:
    """When something happened: "10:21", or "Mon 2 March, 10:21" if not today."""
    day = local_day(datetime.fromisoformat(instant))
    prefix = "" if day == local_day(now) else f"{day_words(date.fromisoformat(day))}, "
    return prefix + at_clock(instant)


def day_url(day: str, now: datetime) -> str:
    return "/today" if day == local_day(now) else f"/day/{day}"


def moment_of(day: str, at: str) -> datetime:
    """The moment when the school's clock shows "10:05" on a day; in autumn the first of the two."""
    return local_moment(date.fromisoformat(day), time.fromisoformat(at))
