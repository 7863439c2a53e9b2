"""The answer to "what do you hold about my child?": one ZIP that opens anywhere, without a network."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from flask import current_app, render_template
from sqlalchemy import select

from webapp.domain.text.redaction import Redaction
from webapp.domain.text.text import whole
from webapp.domain.text.words import day_words
from webapp.imports.undo.known import known_names
from webapp.models import Lesson, Score, Staff, Student, db
from webapp.office.data.subject_facts import Table, left_out, tables_about
from webapp.office.data.subject_log import log_tables
from webapp.office.parts.sheets import csv_file
from webapp.school import clock
from webapp.school.school import the_school

STYLE = Path("office") / "subject.css"
TO_CHECK = "for-the-school-only/words-to-check.csv"


def subject_file(student: Student, role: str) -> bytes:
    """Everything about a student that somebody of a role may see: a page to read or print, each table as CSV, and all
    of it as JSON; beside it a list of words for whoever reads it before it is given away."""
    redaction = _redaction(student)
    _at_hand = _named_often(student)
    tables = [*tables_about(student, redaction, role), *log_tables(student, redaction, role)]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", whole(_page(student, tables, redaction.count, left_out(role))))
        archive.writestr("subject.css", (Path(current_app.static_folder or "") / STYLE).read_text())
        archive.writestr("data.json", whole(json.dumps(_data(tables), ensure_ascii=False, indent=1, default=str)))
        for table in tables:
            archive.writestr(f"tables/{table.key}.csv", csv_file([table.columns, *table.rows]))
        archive.writestr(TO_CHECK, csv_file(_to_check(redaction)))
    return content.getvalue()


def file_name(student: Student) -> str:
    return f"subject-access-{student.upn}-{clock.today()}.zip"


def _named_often(student: Student) -> list[Staff | Lesson]:
    """Staff and the lessons with marks, whom a thousand lines name: while they are held, none is asked for again."""
    marked = select(Score.lesson_id).where(Score.student_id == student.id)
    lessons = db.session.scalars(select(Lesson).where(Lesson.id.in_(marked)))
    return [*db.session.scalars(select(Staff)), *lessons]


def _page(student: Student, tables: Sequence[Table], removed: int, missing: Sequence[str]) -> str:
    school, today = the_school(), clock.today()
    made = f"{day_words(today)} {today.year}"
    page = {"student": student, "school": school and school.name, "made": made, "tables": tables, "removed": removed}
    return render_template("office/data/subject.html", missing=missing, **page)


def _data(tables: Sequence[Table]) -> dict[str, list[dict[str, object]]]:
    return {table.key: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}


def _redaction(student: Student) -> Redaction:
    """Everybody ever at the school, as far as they are still known, goes; the student and the staff stay."""
    others = [known for key, known in known_names().items() if key != student.id]
    return Redaction(
        (name for known in others for name in known.names),
        student.names,
        also=[word for known in others for word in known.words],
        staff=[(person.forename, person.surname) for person in db.session.scalars(select(Staff))],
    )


def _to_check(redaction: Redaction) -> list[Sequence[object]]:
    doubts = sorted(redaction.doubts.items())
    return [("Word that was left in", "Why look at it", "How often"), *((*doubt, count) for doubt, count in doubts)]
