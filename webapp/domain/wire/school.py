"""People, groups, lessons, and what students were marked with."""

from typing import NotRequired, TypedDict

from webapp.domain.marks.marks import Mark

PartTime = tuple[int, str, str, str | None]
"""(weekday, period, first, last): not in school then, Monday is 1, from a day to a day or until further notice."""

Spell = tuple[str | None, str]
"""(joined, left): an earlier time at the school."""


class GroupRow(TypedDict):
    id: str
    name: str
    key_stage: int


class StaffRow(TypedDict):
    """`left` is the first day on which they no longer work here."""

    id: str
    name: str
    role: str
    left: str | None


class StudentRow(TypedDict):
    """`name` is the one the student goes by, `sort` what lists are ordered by, `group` an id.

    `joined` is the first day on roll, `left` the first day no longer; `spells` are earlier times at the school, which a
    tablet may hold rows without.
    """

    id: str
    name: str
    sort: str
    group: str
    key_stage: int
    year: int
    joined: str | None
    left: str | None
    part_time: list[PartTime]
    spells: NotRequired[list[Spell]]


_InClass = TypedDict("_InClass", {"class": str, "from": str | None})


class MembershipRow(_InClass):
    """A student in a class, from the first to the last day `until`; None: for ever."""

    id: str
    student: str
    until: str | None


class LessonRow(TypedDict):
    """On the day `date`; `starts` and `ends` are moments.

    `staff_all` are those who take it that day, in order, `staff` the first of them or "". `covered` are those on the
    timetable for whom others of them stand in. `room` may be null, and `week` is "A" or "B" in a school that has both.
    `guests` are students who come from other classes.
    """

    id: str
    date: str
    period: str
    group: str
    subject: str
    staff: str
    staff_all: list[str]
    covered: list[str]
    room: str | None
    week: str | None
    starts: str
    ends: str
    guests: list[str]


class ScoreRow(TypedDict):
    """`id` is "<student>.<lesson>". `op` is the operation that stands; `by` is "" if the mark was imported."""

    id: str
    student: str
    lesson: str
    mark: Mark
    by: str
    at: str
    op: str


class LevelRow(TypedDict):
    """A student's level of a week; `id` is "<student>.<week>".

    `level`, `earned` and `cap` are keys of levels; `level` is the lower of the other two. `mean` is exact:
    (sum, count). `tuck_left` are items of a day. `marks` are those of the deciding week `from_week`, for each of its
    seven days a list of (period, mark).
    """

    id: str
    student: str
    week: str
    level: str | None
    earned: str | None
    cap: str | None
    mean: tuple[int, int]
    tuck_left: int
    from_week: str | None
    marks: list[list[tuple[str, Mark]]]


_Start = TypedDict("_Start", {"from": str})


class CapRow(_Start):
    """A limit on a student's level, from a day to a day; `cap` is a level's key or "none", `lifted` the day it ended.

    Its reason stays at school.
    """

    id: str
    student: str
    cap: str
    until: str | None
    by: str
    lifted: str | None
