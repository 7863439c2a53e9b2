"""Every table that tablets hold, declared once.

What is pulled, heard by a duty, numbered afresh as days pass and deleted with a student follows from here, and so does
what the floor's pages on the server are made of."""

from typing import Any, Final

from sqlalchemy import or_, select

from webapp.domain.access.duties import DUTIES
from webapp.models import (
    Admission,
    Apart,
    Ask,
    Assist,
    Award,
    Cap,
    Card,
    Group,
    Item,
    Lesson,
    Level,
    Membership,
    OptionChoice,
    Plan,
    Redemption,
    School,
    Score,
    Space,
    Staff,
    Stay,
    Student,
    Till,
)
from webapp.school import clock
from webapp.sync.tables import reward_rows, rows, school_rows
from webapp.sync.tables.replication import Span, Table

REFUSALS: Final = "refusals"
"""The table of what was refused, of which a tablet holds its own."""


def _is_here() -> Any:
    return or_(Student.left.is_(None), Student.left > clock.today())


def _scores() -> Any:
    columns = (Score.student_id, Score.lesson_id, Score.mark, Score.by, Score.at, Score.op, Score.rev, Lesson.day)
    return select(*columns).join(Lesson, Lesson.id == Score.lesson_id)


def _levels() -> Any:
    return select(*Level.__table__.columns)


_TABLES: Final = (
    Table("school", School, school_rows.school_row, key=(), public=True),
    Table("groups", Group, rows.group_row),
    Table("staff", Staff, rows.staff_row),
    Table("students", Student, rows.student_row, fresh=_is_here),
    Table("memberships", Membership, rows.membership_row, span=Span.STRETCHES),
    Table("caps", Cap, rows.cap_row, kept="limits"),
    Table("lessons", Lesson, rows.lesson_row, span=Span.DAYS, fresh=lambda: ~Lesson.gone, look_up=rows.guests_of),
    Table(
        "scores",
        Score,
        rows.score_row,
        key=("student_id", "lesson_id"),
        span=Span.DAYS,
        query=_scores,
        day=Lesson.day,
        kept="marks",
    ),
    Table(
        "levels",
        Level,
        rows.level_row,
        key=("student_id", "week"),
        span=Span.WEEKS,
        query=_levels,
        look_up=rows.tuck_left_of,
        kept="marks",
    ),
    Table("spaces", Space, school_rows.space_row),
    Table("asks", Ask, rows.ask_row, span=Span.DAYS),
    # Only a tablet's page asks the question that ends a stay, so one that nobody ended is held whatever its day.
    Table("stays", Stay, rows.stay_row, span=Span.DAYS, ends="left"),
    Table("assists", Assist, rows.assist_row, span=Span.DAYS),
    Table("plans", Plan, rows.plan_row),
    Table("apart", Apart, rows.apart_row),
    Table("cards", Card, reward_rows.card_row, key=("student_id",), kept="rewards"),
    Table("items", Item, reward_rows.item_row),
    Table("redemptions", Redemption, reward_rows.redemption_row, span=Span.DAYS, kept="rewards"),
    Table("tills", Till, reward_rows.till_row, key=("group_id",)),
    Table("admissions", Admission, reward_rows.admission_row, span=Span.DAYS, kept="rewards"),
    Table("choices", OptionChoice, reward_rows.choice_row, key=("student_id", "week"), span=Span.WEEKS, kept="rewards"),
    Table("awards", Award, reward_rows.award_row, kept="rewards"),
)
TABLES: Final = {table.name: table for table in _TABLES}


def heard_by(duty: str) -> frozenset[str]:
    """The tables of which a tablet of this duty receives rows."""
    if DUTIES[duty].staffed:
        return frozenset((*TABLES, REFUSALS))
    return frozenset(table.name for table in _TABLES if table.public)
