"""Taking a whole import back: rows it added go, rows it changed get back what they held, and what follows follows."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from webapp.account.endings import Standing, end_everything, forget_providers
from webapp.domain.access.giving import may_give
from webapp.domain.access.rights import HEADS, LEADERSHIP
from webapp.domain.access.roles import may_look_after
from webapp.domain.footprint import Image, Obstacle, Place, Snapshot, Touch, Undoing, take_back
from webapp.domain.refusal import Refusal
from webapp.imports import KINDS
from webapp.imports.kinds import scores
from webapp.imports.kinds.heads import LAST, takes_the_last
from webapp.imports.undo.references import references_to
from webapp.imports.undo.snapshots import REV, WIRE, key_of, snapshot, unpacked, value_of, values_of
from webapp.imports.undo.words import FOLLOWS
from webapp.models import Attendance, Base, ImportRun, Score, Staff, db
from webapp.school import clock
from webapp.school.audit import note
from webapp.sync.log.revisions import RevCounter, give_way, writing
from webapp.sync.tables import levels
from webapp.sync.tables.tombstones import bury
from webapp.timetable import lessons

TOO_OLD = Refusal("too-old", "This import was undone already, or took place too long ago to be undone.")
OBSTACLES = Refusal("in-the-way", "Something stands in the way. Nothing was undone.")
BEYOND = Refusal(
    "not-allowed",
    f"Only {LEADERSHIP.words} give or take roles of leaders, and only {HEADS.words} their own, and change their "
    "addresses. Nobody changes their own role. Nothing was undone.",
)
_REGISTER = Base.metadata.tables[Attendance.__tablename__]
STANDING = set(Standing._fields)
"""The columns of staff of which another value ends all that somebody is signed in at."""

TAKEN = Refusal("taken", "Something else has taken the place of what would come back. Nothing was undone.")


def undoing_of(run: ImportRun) -> Undoing:
    """What undoing an import comes to, as things are now."""
    touches = unpacked(run.touches) if run.touches else []
    if run.kind == scores.KEY:
        return _undoing_of_marks(touches)
    known = [touch for touch in touches if touch.place.table not in FOLLOWS]
    new_lessons = {touch.place: touch for touch in touches if touch.place.table == "lesson" and touch.before is None}
    added = {touch.place for touch in known if touch.before is None}
    now = _now(known)
    restored = {touch.place for touch in take_back(known, now, {}).restore}
    references = references_to(added | new_lessons.keys(), restored)
    undoing = take_back(known, now, references)
    taught = tuple(
        Obstacle(new_lessons[place], tuple(why)) for place, why in references.items() if place in new_lessons
    )
    return Undoing(undoing.remove, undoing.restore, undoing.kept, undoing.obstacles + taught)


def undo(run_id: int, by: str) -> Refusal | None:
    """Undo an import, all of it or nothing; why not, if not.

    Of many marks some thousands are corrected at a time. Where that stops half way, undoing again goes on with it.
    """
    run = db.session.get_one(ImportRun, run_id)
    if run.kind == scores.KEY:
        return _undo_marks(run_id, unpacked(run.touches) if run.touches else [], by)
    try:
        with writing() as revs:
            return _undo(db.session.get_one(ImportRun, run_id), by, revs)
    except IntegrityError:
        return TAKEN


def _undo(run: ImportRun, by: str, revs: RevCounter) -> Refusal | None:
    if run.touches is None:
        return TOO_OLD
    undoing = undoing_of(run)
    if undoing.obstacles:
        return OBSTACLES
    if not _may_undo(undoing, by):
        return BEYOND
    if takes_the_last(_places(undoing)):
        return LAST
    _put_back(run, unpacked(run.touches), undoing, revs)
    _mark_undone(run, by, len(undoing.kept))
    return None


def _undo_marks(run_id: int, touches: Sequence[Touch], by: str) -> Refusal | None:
    portions = [touches[i : i + scores.AT_ONCE] for i in range(0, len(touches), scores.AT_ONCE)] or [()]
    kept = 0
    for number, portion in enumerate(portions, start=1):
        with writing() as revs:
            if db.session.scalar(select(ImportRun.touches.is_(None)).where(ImportRun.id == run_id)):
                return TOO_OLD
            undoing = _undoing_of_marks(portion)
            scores.take_back(undoing.restore, by, revs)
            kept += len(undoing.kept)
            if number == len(portions):
                _mark_undone(db.session.get_one(ImportRun, run_id), by, kept)
        give_way(number < len(portions))
    return None


def _mark_undone(run: ImportRun, by: str, kept: int) -> None:
    run.touches, run.undone_at, run.undone_by = None, clock.now(), by
    note("import.undo", f"import:{run.id}", kind=run.kind, kept=str(kept))


def _may_undo(undoing: Undoing, by: str) -> bool:
    """Whether somebody may change the roles and addresses that undoing changes."""
    person = db.session.get(Staff, by) if by else None
    touches = (*undoing.remove, *undoing.restore)
    return person is None or all(_may_turn(person, touch) for touch in touches if touch.place.table == "staff")


def _may_turn(by: Staff, touch: Touch) -> bool:
    was, now = [(image or {}).get("role") for image in touch[1:]]
    if was != now and (by.id in touch.place.key or not may_give(by.role, was, now)):
        return False
    return "email" not in touch.changed or may_look_after(by.role, str(now))


def _places(undoing: Undoing) -> dict[str, tuple[str, date | None] | None]:
    """What becomes of members of staff: their role and day of leaving, or None of who goes."""
    gone = {touch.place.key[0]: None for touch in undoing.remove if touch.place.table == "staff"}
    turned = [touch for touch in undoing.restore if touch.place.table == "staff" and "role" in touch.changed]
    return gone | {touch.place.key[0]: (str(touch.changed["role"]), _left(touch.place.key[0])) for touch in turned}


def _left(staff: str) -> date | None:
    person = db.session.get(Staff, staff)
    return person.left if person else None


def _undoing_of_marks(touches: Sequence[Touch]) -> Undoing:
    """Marks are corrected, not removed: those that still stand as the import left them."""
    lessons_marked = [touch.place.key[0] for touch in touches]
    span = Score.lesson_id.between(min(lessons_marked, default=0), max(lessons_marked, default=0))
    now = {place: mark["op"] for place, mark in snapshot(Score, where=span).items()}
    standing = [touch for touch in touches if touch.after and now.get(touch.place) == touch.after["op"]]
    places = {touch.place for touch in standing}
    kept = [touch for touch in touches if touch.place not in places]
    return Undoing(restore=tuple(standing), kept=tuple(kept))


def _now(touches: Iterable[Touch]) -> Snapshot:
    """How the tables stand that an import touched."""
    names = {touch.place.table for touch in touches}
    models = (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ in names)
    found: dict[Place, Image] = {}
    for model in models:
        found |= snapshot(model, where=_within(touches) if model is Attendance else None)
    return found


def _within(touches: Iterable[Touch]) -> Any:
    """The days of the register that an import touched: of all days it would be a long one."""
    name = Attendance.__tablename__
    days = [values_of(_REGISTER, {"day": touch.place.key[1]})["day"] for touch in touches if touch.place.table == name]
    return Attendance.day.between(min(days), max(days))


def _put_back(run: ImportRun, touches: Sequence[Touch], undoing: Undoing, revs: RevCounter) -> None:
    days = set(lessons.school_days())
    for touch in undoing.restore:
        _restore(touch, revs)
        if touch.place.table == "staff" and touch.changed.keys() & STANDING:
            _end(touch, clock.now())
    _remove(undoing.remove, revs)
    db.session.expire_all()
    reopened = set(lessons.school_days()) - days
    changed, added = _followers(touches, "lesson")
    lessons.put_back([_facts(touch) for touch in changed], revs, reopened)
    KINDS[run.kind].follow(revs, reopened)
    lessons.forget([lesson for (lesson,) in added], revs)
    _, new_levels = _followers(touches, "level")
    levels.forget(new_levels, revs)


def _followers(touches: Sequence[Touch], table: str) -> tuple[list[Touch], list[tuple[Any, ...]]]:
    """Of a table that follows from others: the rows that changed, and the keys of those that were new."""
    of_table = [touch for touch in touches if touch.place.table == table]
    changed = [touch for touch in of_table if touch.before is not None]
    return changed, [touch.place.key for touch in of_table if touch.before is None]


def _facts(touch: Touch) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """A lesson's id, and what it held before and after the import."""
    table = Base.metadata.tables[touch.place.table]
    return touch.place.key[0], values_of(table, touch.before or {}), values_of(table, touch.after or {})


def put_rows_back(undoing: Undoing, revs: RevCounter) -> None:
    """Rows get back what they held, those that others refer to first; rows that were added go."""
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    for touch in sorted(undoing.restore, key=lambda touch: order[touch.place.table]):
        _restore(touch, revs)
    _remove(undoing.remove, revs)
    db.session.expire_all()


def _restore(touch: Touch, revs: RevCounter) -> None:
    """Give a row back what it held, or bring it back."""
    table = Base.metadata.tables[touch.place.table]
    rev = {REV: revs.next()} if REV in table.columns else {}
    if touch.after is None:
        db.session.execute(insert(table).values(values_of(table, touch.before or {}) | rev))
    else:
        db.session.execute(update(table).where(*_is(table, touch.place)).values(values_of(table, touch.changed) | rev))


def _end(touch: Touch, now: datetime) -> None:
    """Whoever gets back a role or an address that they had before signs in anew with it."""
    (staff,) = touch.place.key
    if "email" in touch.changed:
        forget_providers(staff)
    end_everything(staff, now)


def _remove(touches: Sequence[Touch], revs: RevCounter) -> None:
    """Rows that others refer to go last; tablets hear of each."""
    for table in reversed(Base.metadata.sorted_tables):
        places = [touch.place for touch in touches if touch.place.table == table.name]
        for place in places:
            db.session.execute(delete(table).where(*_is(table, place)))
        if table.name in WIRE:
            bury(revs, WIRE[table.name], [str(place.key[0]) for place in places])


def _is(table: Table, place: Place) -> list[Any]:
    """That a row is the one at a place."""
    columns = [(table.columns[name], value) for name, value in zip(key_of(table), place.key, strict=True)]
    return [column == value_of(column, value) for column, value in columns]
