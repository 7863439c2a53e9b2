"""Photos for cards, which lie beside the database under the student's UPN."""

from collections.abc import Collection
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from webapp.models import Student, db
from webapp.student.cards import photo_of


def photos_of(students: Collection[int]) -> dict[int, Path]:
    """Where the photos of these students are, of those who have one."""
    folder: Path = current_app.config["SETTINGS"].data
    known = db.session.scalars(select(Student).where(Student.id.in_(students)))
    files = {student.id: photo_of(student, folder) for student in known}
    return {student: file for student, file in files.items() if file and file.exists()}
