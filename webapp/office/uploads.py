"""Files that somebody is looking at before they are imported. They stay at school, for an hour."""

import json
import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from werkzeug.datastructures import FileStorage

from webapp import clock
from webapp.domain.text import clean
from webapp.imports import KINDS, Source
from webapp.imports.headers import find_columns
from webapp.models import ImportColumn, Upload, db
from webapp.sync.sequence import writing

LIFE = timedelta(hours=1)
MEGABYTE = 1024 * 1024
LARGEST = 8 * MEGABYTE
LONGEST_NAME = 100

TOO_LARGE = f"This file is larger than {LARGEST // MEGABYTE} MB. Export fewer columns or fewer years, and try again."


def keep(kind: str, file: FileStorage, by: str) -> str | None:
    """Put a file aside; the token by which this person finds it again, None if it is too large."""
    content = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        return None
    token = secrets.token_urlsafe(16)
    name = clean(file.filename or "")[:LONGEST_NAME]
    with writing():
        _drop_old()
        columns = json.dumps(_remembered(kind))
        db.session.add(Upload(id=token, kind=kind, name=name, content=content, columns=columns, by=by, at=clock.now()))
    return token


def find(token: str, by: str) -> Upload | None:
    """The file of this token, if it is this person's and not older than an hour."""
    upload = db.session.get(Upload, token)
    return upload if upload and upload.by == by and upload.at > clock.now() - LIFE else None


def source_of(upload: Upload) -> Source:
    """What an import needs to know of a file beside its bytes."""
    return Source(upload.name, upload.by, json.loads(upload.columns))


def choose_columns(token: str, headings: list[str], chosen: dict[str, str]) -> None:
    """Take these headings for our columns, in this file and in the next one of its kind."""
    guessed = {key: headings[place] for key, place in find_columns(headings, chosen).items()}
    with writing():
        upload = db.session.get_one(Upload, token)
        upload.columns = json.dumps(chosen)
        for key, heading in chosen.items():
            if heading == guessed.get(key, ""):
                db.session.execute(delete(ImportColumn).filter_by(kind=upload.kind, column=key))
            else:
                db.session.merge(ImportColumn(kind=upload.kind, column=key, heading=heading))


def drop(token: str) -> None:
    """Forget a file."""
    with writing():
        db.session.execute(delete(Upload).filter_by(id=token))
        _drop_old()


def _drop_old() -> None:
    db.session.execute(delete(Upload).where(Upload.at <= clock.now() - LIFE))


def _remembered(kind: str) -> dict[str, str]:
    """The headings that were picked for this kind before; of columns there still are."""
    keys = {column.key for column in KINDS[kind].COLUMNS}
    rows = db.session.execute(select(ImportColumn.column, ImportColumn.heading).filter_by(kind=kind))
    return {key: heading for key, heading in rows if key in keys}
