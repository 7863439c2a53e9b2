"""The answer to "what do you hold about my child?": one ZIP that opens anywhere, without a network."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from flask import current_app, render_template
from sqlalchemy import select

from webapp import clock
from webapp.domain.redaction import Redaction
from webapp.domain.text import whole
from webapp.domain.words import day_words
from webapp.models import Student, db
from webapp.office.sheets import csv_file
from webapp.office.subject_facts import Table, tables_about
from webapp.office.subject_log import log_tables
from webapp.school import the_school

STYLE = Path("office") / "subject.css"


def subject_file(student: Student) -> bytes:
    """Everything about a student: a page to read or print, each table as CSV, and all of it as JSON."""
    redaction = Redaction(_names_of_others(student), student.names)
    tables = [*tables_about(student, redaction), *log_tables(student, redaction)]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", whole(_page(student, tables, redaction.count)))
        archive.writestr("subject.css", (Path(current_app.static_folder or "") / STYLE).read_text())
        archive.writestr("data.json", whole(json.dumps(_data(tables), ensure_ascii=False, indent=1, default=str)))
        for table in tables:
            archive.writestr(f"tables/{table.key}.csv", csv_file([table.columns, *table.rows]))
    return content.getvalue()


def file_name(student: Student) -> str:
    return f"subject-access-{student.upn}-{clock.today()}.zip"


def _page(student: Student, tables: Sequence[Table], removed: int) -> str:
    school, today = the_school(), clock.today()
    made = f"{day_words(today)} {today.year}"
    page = {"student": student, "school": school and school.name, "made": made, "tables": tables, "removed": removed}
    return render_template("office/subject.html", **page)


def _data(tables: Sequence[Table]) -> dict[str, list[dict[str, object]]]:
    return {table.key: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}


def _names_of_others(student: Student) -> list[tuple[str, str]]:
    """Everybody ever at the school, as far as they are still known by name."""
    others = db.session.scalars(select(Student).where(Student.id != student.id))
    return [name for other in others if not other.is_former for name in other.names]
