"""Deleting what is past its time: all of it in one write, with a report."""

import json
from collections.abc import Callable, Collection

from sqlalchemy import delete, or_, select, update

from webapp.domain.footprint import Touch
from webapp.domain.text.redaction import Redaction
from webapp.imports.undo.known import known_names
from webapp.imports.undo.snapshots import packed, unpacked
from webapp.models import FormerUpn, ImportRun, Merge, PartTime, PolicyVersion, RetentionRun, Staff, Student, db
from webapp.models.people import FORMER, FORMER_STUDENT
from webapp.policies.kept import REWARDS, STUDENT
from webapp.retention.ageing import KINDS
from webapp.retention.past import Past, fingerprint, past_on
from webapp.retention.photos import photos_of
from webapp.school import audit, clock
from webapp.sync.log.erasing import NOT_ON_TABLETS, PARTS, erase
from webapp.sync.log.revisions import RevCounter, writing
from webapp.sync.log.wording import take_out
from webapp.sync.tables import memberships

REMOVED = "[former student]"


def delete_past(by: str, seen: str) -> int | None:
    """Delete what is past its time today, by what a look with this fingerprint has shown; the number of the report.

    None, and nothing happens, if there is something else to delete by now, or nothing.
    """
    with writing() as revs:
        past = past_on(clock.today())
        there = [one for one in past if one.count]
        if fingerprint(past) != seen or not there:
            return None
        for one in there:
            _forget(one, revs)
        return _report(there, by)


def _forget(past: Past, revs: RevCounter) -> None:
    key = past.rule.key
    if key in PARTS:
        erase(key, past.students, revs)
        if key in NOT_ON_TABLETS:
            _forget_images(past.students, (NOT_ON_TABLETS[key].__tablename__,))
        for photo in photos_of(past.students if key == REWARDS else ()).values():
            photo.unlink()
    elif key == STUDENT:
        _forget_names(past.students, revs)
    else:
        KINDS[key].forget(past.found, revs)


def _report(there: Collection[Past], by: str) -> int:
    counts = [
        {"key": one.rule.key, "name": one.rule.name, "kept": one.rule.kept, "count": one.count, "people": one.people}
        for one in there
    ]
    run = RetentionRun(at=clock.now(), by=by, counts=json.dumps(counts))
    db.session.add(run)
    db.session.flush()
    audit.note("retention.run", f"retention:{run.id}", **{one.rule.key: str(one.count) for one in there})
    return run.id


def _forget_names(students: Collection[int], revs: RevCounter) -> None:
    """Leave a former student where records are that others depend on, and take the names out of everything written."""
    free = _free_of(students)
    for model in (PartTime, FormerUpn):
        db.session.execute(delete(model).where(model.student_id.in_(students)))
    memberships.forget(students, revs)
    for student in students:
        values = FORMER_STUDENT | {"upn": f"{FORMER}{student}", "rev": revs.next()}
        values |= dict.fromkeys(("admission", "preferred_surname", "preferred_forename", "born", "apart"))
        db.session.execute(update(Student).where(Student.id == student).values(values))
    take_out(students, free, revs)
    _take_out_of_set_up(free)
    _forget_images(students, (Student.__tablename__, FormerUpn.__tablename__))


def _free_of(students: Collection[int]) -> Callable[[str], str]:
    """What takes the names of these students out of a text, but for those that somebody else bears. A text without
    them stays letter for letter."""
    known = known_names()
    names = [name for student in students for name in (known[student].names if student in known else ())]
    words = [word for student in students for word in (known[student].words if student in known else ())]
    others = [name for student, one in known.items() if student not in set(students) for name in one.names]
    others += [(person.forename, person.surname) for person in db.session.scalars(select(Staff))]
    redaction = Redaction(names, others, REMOVED, also=words)

    def free(text: str) -> str:
        before = redaction.count
        cleaned = redaction(text)
        return text if redaction.count == before else cleaned

    return free


def _take_out_of_set_up(free: Callable[[str], str]) -> None:
    for part in db.session.scalars(select(PartTime)):
        part.reason = free(part.reason)
    for version in db.session.scalars(select(PolicyVersion)):
        version.why = free(version.why)
    for run in db.session.scalars(select(ImportRun)):
        run.file = free(run.file)


def _forget_images(students: Collection[int], tables: Collection[str]) -> None:
    """What imports remember of these students in these tables, with which it would come back if one was undone."""
    for run in db.session.scalars(select(ImportRun).where(ImportRun.touches.is_not(None))):
        touches = unpacked(run.touches or b"")
        rest = [touch for touch in touches if not _is_about(touch, students, tables)]
        if len(rest) < len(touches):
            run.touches = packed(rest)
    theirs = or_(Merge.gone.in_(students), Merge.kept.in_(students))
    db.session.execute(update(Merge).where(theirs).values(touches=None))


def _is_about(touch: Touch, students: Collection[int], tables: Collection[str]) -> bool:
    """Whether a row of these tables is a student's, or names one by a foreign key."""
    image = touch.after or touch.before or {}
    named = "id" if touch.place.table == Student.__tablename__ else "student_id"
    return touch.place.table in tables and image.get(named) in students
