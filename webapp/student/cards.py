"""Students' cards and photos. A card carries a token, 128 random bits; the school keeps only its hash."""

import secrets
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from webapp.models import Card, FormerUpn, Student, db
from webapp.models.device import BROWSER
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing
from webapp.sync.operations.card import ISSUE

BYTES = 16


def make_token() -> str:
    """A new token in base64url without padding, as it stands in the card's address."""
    return secrets.token_urlsafe(BYTES)


def digest_of(token: str) -> str:
    """What the school keeps of a token: its SHA-256 in hexadecimal, whatever the text."""
    return sha256(token.encode(errors="replace")).hexdigest()


def photo_of(student: Student, data: Path) -> Path | None:
    """Where the school's photo of a student is, under a former UPN if need be, or would be; a UPN that is no plain file
    name has none."""
    former = select(FormerUpn.upn).where(FormerUpn.student_id == student.id).order_by(FormerUpn.upn)
    names = [f"{upn}.jpg" for upn in (student.upn, *db.session.scalars(former))]
    files = [data / "photos" / name for name in names if Path(name).name == name]
    return next((file for file in files if file.exists()), files[0] if files else None)


def student_of(token: str) -> Student | None:
    """Whose card this is, if it works and the student is on roll."""
    today = clock.today()
    query = select(Student).join(Card, Card.student_id == Student.id).where(Card.digest == digest_of(token))
    student = db.session.scalars(query).one_or_none()
    return student if student is not None and student.on_roll(today, today) else None


def issue(students: Iterable[int], by: str) -> dict[int, str]:
    """New cards for these students; the cards they had stop working. Each one's token, which nobody can ask for again.

    Without those who were refused: nobody of that id, or somebody who may not issue cards.
    """
    tokens = {student: make_token() for student in students}
    now = clock.now()
    with writing() as revs:
        drafts = [
            Draft(ISSUE, by, {"student": str(student), "digest": digest_of(token)}, now)
            for student, token in tokens.items()
        ]
        refusals = submit(revs, own_device(BROWSER), drafts)
    return {student: tokens[student] for student, refusal in zip(tokens, refusals, strict=True) if refusal is None}
