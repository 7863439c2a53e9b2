"""Wire rows from the database: the few that a screen needs, as a tablet would hold them."""

from typing import Any

from sqlalchemy import Select, or_, select

from webapp.domain.text.text import clean
from webapp.domain.time.calendar import week_of
from webapp.floor.facts import Tables
from webapp.floor.viewer import Viewer
from webapp.models import (
    Admission,
    Apart,
    Ask,
    Assist,
    Award,
    Cap,
    Group,
    Item,
    Lesson,
    Level,
    Operation,
    OptionChoice,
    Plan,
    Redemption,
    School,
    Score,
    Staff,
    Stay,
    Student,
    Till,
    db,
)
from webapp.models.device import BROWSER
from webapp.models.operation import REFUSED
from webapp.policies import Pack
from webapp.school import clock
from webapp.school.school import school_pack, the_school
from webapp.sync.tables import rows, school_rows
from webapp.sync.tables.replicated import REFUSALS, TABLES
from webapp.sync.tables.replication import Table
from webapp.sync.tables.rows import Wire
from webapp.sync.tables.window import window_on

Query = Select[*tuple[Any, ...]]
NOTHING: dict[str, Wire] = {}


def lessons() -> Query:
    """The lessons that tablets hold."""
    return select(Lesson).where(Lesson.day.between(*window_on(clock.today())), ~Lesson.gone)


def scores() -> Query:
    """The scores that tablets hold, with their lessons at hand to narrow them down."""
    columns = (Score.student_id, Score.lesson_id, Score.mark, Score.by, Score.at, Score.op)
    held = (Lesson.day.between(*window_on(clock.today())), ~Lesson.gone)
    return select(*columns).join(Lesson, Lesson.id == Score.lesson_id).where(*held)


def stays(*names: str) -> Query:
    """Today's stays, those that were left open, and those of these ids: of all that tablets hold."""
    wanted = or_(Stay.day == clock.today(), Stay.id.in_(map(clean, names)))
    held = Stay.day.between(*window_on(clock.today()))
    return select(Stay).where(or_(held & wanted, Stay.left.is_(None)))


def asks(*names: str) -> Query:
    """Today's asks and those of these ids: of all that tablets hold."""
    wanted = or_(Ask.day == clock.today(), Ask.id.in_(map(clean, names)))
    return select(Ask).where(Ask.day.between(*window_on(clock.today())), wanted)


def apart() -> Query:
    return select(Apart).where(Apart.ended_at.is_(None))


def tuck_shop(student: int | None = None) -> dict[str, Query]:
    """What there is to take, who sells it, and what may be and was taken today, by one student or by all."""
    today = clock.today()
    shares = {
        "redemptions": select(Redemption).where(Redemption.day == today),
        "levels": select(Level).where(Level.week == week_of(today)),
        "caps": select(Cap),
    }
    if student is not None:
        shares = {name: query.filter_by(student_id=student) for name, query in shares.items()}
    return shares | {"items": select(Item).where(~Item.gone), "tills": select(Till)}


def admissions() -> Query:
    """Who was let into the reward room today."""
    return select(Admission).where(Admission.day == clock.today())


def treats(student: int) -> dict[str, Query]:
    """What a student was given, and what everybody chose for this week's options period."""
    today = clock.today()
    return {
        "redemptions": select(Redemption).where(Redemption.day == today, Redemption.student_id == student),
        "admissions": admissions(),
        "choices": select(OptionChoice).where(OptionChoice.week == week_of(today)),
        "awards": select(Award).where(Award.student_id == student),
    }


def load(viewer: Viewer, **queries: Query) -> Tables:
    """The rows of these queries, named as their tables, and those of the school that every screen may name."""
    if the_school() is None:
        return dict.fromkeys([*TABLES, REFUSALS], NOTHING)
    pack = school_pack()
    wanted = _common() | queries
    found = {name: _rows(wanted[name], table, pack) if name in wanted else NOTHING for name, table in TABLES.items()}
    refused = (rows.refusal_row(operation, pack) for operation in db.session.scalars(_refusals(viewer)))
    return found | {
        REFUSALS: {row["id"]: row for row in refused if row is not None},
        "spaces": {row["id"]: row for row in school_rows.space_rows(pack)},
        "students": found["students"] | _named(found, pack),
    }


def _common() -> dict[str, Query]:
    """What every screen may speak of: calls may come up on any."""
    today = clock.today()
    return {
        "school": select(School),
        "groups": select(Group),
        "staff": select(Staff),
        "asks": asks(),
        "stays": stays(),
        "assists": select(Assist).where(Assist.day == today),
        "plans": select(Plan).where(Plan.weekday == today.isoweekday()),
    }


def _named(found: Tables, pack: Pack) -> dict[str, Wire]:
    """The students of whom asks and stays speak, and who are not at hand yet."""
    rows_with_students = [*found["asks"].values(), *found["stays"].values()]
    missing = {int(row["student"]) for row in rows_with_students if row["student"] not in found["students"]}
    return _rows(select(Student).where(Student.id.in_(missing)), TABLES["students"], pack) if missing else NOTHING


def _refusals(viewer: Viewer) -> Query:
    """A tablet lists what was refused of anybody holding it; browsers share one device, so each sees their own."""
    query = select(Operation).where(
        Operation.device_id == viewer.device, Operation.status == REFUSED, Operation.settled_at.is_(None)
    )
    return query.where(Operation.by == viewer.staff) if viewer.device == BROWSER else query


def _rows(query: Query, table: Table, pack: Pack) -> dict[str, Wire]:
    found: list[Any] = list(db.session.execute(query))
    if len(query.column_descriptions) == 1:
        found = [entity for (entity,) in found]
    wired = map(table.wire(found, pack), found)
    return {row["id"]: row for row in wired if row is not None}
