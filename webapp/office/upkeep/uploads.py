"""Files that somebody is looking at before they are imported. They stay at school, for an hour."""

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import defer
from werkzeug.datastructures import FileStorage

from webapp.domain.text.text import clean
from webapp.imports import KINDS, Layout, Source
from webapp.imports.files.headers import find_columns
from webapp.imports.questions import FROM
from webapp.models import ImportColumn, Upload, db
from webapp.models.imports import BRING_IN, DONE, LOOK, STOPPED, WAITING, WORKING
from webapp.school import clock
from webapp.sync.log.revisions import writing

LIFE = timedelta(hours=1)
STALE = timedelta(seconds=30)
"""Whoever works on a file says so more often. One nobody has said so of was left when the server was stopped."""
MEGABYTE = 1024 * 1024
LARGEST = 8 * MEGABYTE
LONGEST_NAME = 100
MOST_OF_ONE = 5  # files that one person may look at, one beside the other

TOO_LARGE = f"This file is larger than {LARGEST // MEGABYTE} MB. Export fewer columns or fewer years, and try again."


def keep(kind: str, file: FileStorage, by: str) -> str | None:
    """Put a file aside to be looked at; the token by which this person finds it again, None if it is too large."""
    content = file.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        return None
    token, name = secrets.token_urlsafe(16), clean((file.filename or "")[:LONGEST_NAME])
    with writing():
        _drop_old(by)
        columns = json.dumps(_remembered(kind))
        db.session.add(Upload(id=token, kind=kind, name=name, content=content, columns=columns, by=by, at=clock.now()))
    return token


def find(token: str, by: str) -> Upload | None:
    """The file of this token, if it is this person's and not older than an hour."""
    upload = db.session.get(Upload, token)
    return upload if upload and upload.by == by and upload.at > clock.now() - LIFE else None


def of(by: str) -> list[Upload]:
    """The files that somebody has brought and neither imported nor dropped, the newest first; without their bytes."""
    query = select(Upload).where(Upload.by == by, Upload.at > clock.now() - LIFE, Upload.run.is_(None))
    return list(db.session.scalars(query.options(defer(Upload.content)).order_by(Upload.at.desc(), Upload.id)))


def is_left(upload: Upload) -> bool:
    """Whether work on it began and stopped before it was done."""
    is_stale = upload.beat is not None and upload.beat <= clock.now() - STALE
    return upload.state == STOPPED or (upload.state == WORKING and is_stale)


def is_open(upload: Upload) -> bool:
    """Whether it is being worked on, or is going to be."""
    return upload.state in (WAITING, WORKING) and not is_left(upload)


def source_of(upload: Upload) -> Source:
    """What an import needs to know of a file beside its bytes."""
    columns, answers = json.loads(upload.columns), json.loads(upload.answers)
    return Source(upload.name, upload.by, columns, answers, layout_of(upload))


def layout_of(upload: Upload) -> Layout:
    """What somebody said of how the file is laid out."""
    return Layout(**json.loads(upload.layout))


def choose_layout(token: str, layout: Layout) -> None:
    """Look at the file anew, laid out like this. Columns that were picked belong to other column names, perhaps."""
    with writing():
        upload = db.session.get_one(Upload, token)
        upload.layout, upload.columns = json.dumps(asdict(layout)), json.dumps(_remembered(upload.kind))
        _begin(upload, LOOK)


def choose_columns(token: str, headings: Collection[str], wanted: Mapping[str, str]) -> None:
    """Take these headings for our columns, in this file and in the next one of its kind; then it is looked at anew.
    A heading that the file does not have is none."""
    chosen = {key: heading if heading in headings else "" for key, heading in wanted.items()}
    places = list(headings)
    guessed = {key: places[place] for key, place in find_columns(places, chosen).items()}
    with writing():
        upload = db.session.get_one(Upload, token)
        upload.columns = json.dumps(chosen)
        _begin(upload, LOOK)
        for key, heading in chosen.items():
            if heading == guessed.get(key, ""):
                db.session.execute(delete(ImportColumn).filter_by(kind=upload.kind, column=key))
            else:
                db.session.merge(ImportColumn(kind=upload.kind, column=key, heading=heading))


def look_from(token: str, day: date) -> None:
    """Look at a file anew, as it would be if it held from a day on."""
    with writing():
        upload = db.session.get_one(Upload, token)
        upload.answers = json.dumps({FROM: day.isoformat()})
        _begin(upload, LOOK)


def bring_in(token: str, answers: Mapping[str, str]) -> None:
    """What was looked at is to be imported, with what was decided of it."""
    with writing():
        upload = db.session.get_one(Upload, token)
        if upload.state == DONE and upload.run is None:
            upload.answers = json.dumps(dict(answers))
            _begin(upload, BRING_IN)


def again(token: str) -> None:
    """Begin once more with what was left half way."""
    with writing():
        upload = db.session.get_one(Upload, token)
        if is_left(upload):
            _begin(upload, upload.task)


def _begin(upload: Upload, task: str) -> None:
    upload.task, upload.state, upload.found = task, WAITING, None
    upload.line, upload.lines, upload.beat = 0, 0, None


def drop(token: str) -> None:
    """Forget a file, unless it is being imported just now: that ends by itself, and can be undone."""
    with writing():
        is_busy = (Upload.task == BRING_IN) & (Upload.state == WORKING) & (Upload.beat > clock.now() - STALE)
        db.session.execute(delete(Upload).where(Upload.id == token, ~is_busy))
        _drop_old()


def _drop_old(by: str | None = None) -> None:
    """Forget files after an hour; and of this person, who brings one more, all but the newest few."""
    db.session.execute(delete(Upload).where(Upload.at <= clock.now() - LIFE))
    idle = select(Upload.id).where(Upload.by == by, Upload.state != WORKING)
    newest = idle.order_by(Upload.at.desc()).offset(MOST_OF_ONE - 1)
    for token in db.session.scalars(newest).all() if by else ():
        db.session.execute(delete(Upload).where(Upload.id == token))


def _remembered(kind: str) -> dict[str, str]:
    """The headings that were picked for this kind before; of columns there still are."""
    keys = {column.key for column in KINDS[kind].COLUMNS}
    rows = db.session.execute(select(ImportColumn.column, ImportColumn.heading).filter_by(kind=kind))
    return {key: heading for key, heading in rows if key in keys}
