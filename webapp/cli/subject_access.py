"""`subject-access`: everything about one student, to give away."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from webapp.cli.ready import needs_school
from webapp.models import Student, db
from webapp.office.data.subject_file import subject_file
from webapp.school import audit
from webapp.sync.log.revisions import writing


@click.command("subject-access")
@click.argument("upn")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
@needs_school
def subject_access(upn: str, file: Path) -> None:
    """Write all that is held about the student with this UPN to a ZIP, without other students' names."""
    student = db.session.query(Student).filter_by(upn=upn).one_or_none()
    if student is None:
        raise click.ClickException(f"No student has the UPN {upn}.")
    with writing():
        audit.note("student.export", f"student:{student.id}")
    file.touch(mode=0o600)
    file.chmod(0o600)  # also where it was there before
    file.write_bytes(subject_file(student, audit.COMMAND_LINE))
    click.echo(f"{file}: what is held about {student.name}. Read it before you give it away.")


COMMANDS: tuple[click.Command, ...] = (subject_access,)
