"""What is written beside the names of students who share one: follows from all students' names and groups."""

from sqlalchemy import select

from webapp.domain.text.namesakes import Bearer, told_apart
from webapp.models import Group, Student, db
from webapp.sync.log.revisions import RevCounter


def follow(revs: RevCounter) -> None:
    """Bring it in line after any change of names, groups or who there is; goes inside `with writing() as revs`."""
    db.session.flush()
    groups = dict(db.session.execute(select(Group.id, Group.name)).all())
    students = [one for one in db.session.scalars(select(Student).order_by(Student.id)) if not one.is_former]
    wanted = told_apart(_bearer(one, groups[one.group_id]) for one in students)
    for student in students:
        if student.apart != wanted.get(student.id):
            student.apart, student.rev = wanted.get(student.id), revs.next()
    db.session.flush()


def _bearer(one: Student, group: str) -> Bearer:
    number = f"no. {one.admission}" if one.admission else f"record {one.id}"
    return Bearer(one.id, one.bare_name, one.legal_forename, group, number)
