"""Where files are looked at and brought in: one at a time, in a thread of its own, while nobody waits for it.

What is to be done stands in the table `upload`, so that it outlives the server. A thread begins when there is something
to do, and ends when there is nothing more. Of several processes that serve one school, one works at a time.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from threading import Condition, Thread
from time import sleep
from typing import TypeVar

from flask import Flask, current_app
from sqlalchemy import select, update

from webapp.imports import BRINGING, KINDS, bring_in, read_content, rehearse
from webapp.models import Upload, db
from webapp.models.imports import DONE, LOOK, STOPPED, WAITING, WORKING
from webapp.models.lock import alone
from webapp.office.upkeep import import_pages
from webapp.office.upkeep.uploads import STALE, source_of
from webapp.school import clock
from webapp.school.audit import on_behalf_of

T = TypeVar("T")

STEP = 2_000  # lines between two words of how far it is
BREATH = 100, 0.001  # after so many lines, so many seconds in which whoever asks for a page has the interpreter


class Dropped(Exception):  # noqa: N818  # not an error: nobody wants it any more
    """The file that was worked on is gone."""


class Desk:
    """The one thread of this process that works on files."""

    def __init__(self) -> None:
        self._free = Condition()
        self._thread: Thread | None = None
        self._is_asked = False

    def wake(self, app: Flask) -> None:
        """There is something to do."""
        with self._free:
            self._is_asked = True
            if self._thread is None:
                self._thread = Thread(target=self._work, args=(app,), name="imports", daemon=True)
                self._thread.start()

    def rest(self, seconds: float) -> bool:
        """Wait until all is done, and so long at most; whether it is. Hold no connection meanwhile."""
        with self._free:
            return self._free.wait_for(lambda: self._thread is None, seconds)

    def _work(self, app: Flask) -> None:
        while self._goes_on():
            with app.app_context():
                _do_all()

    def _goes_on(self) -> bool:
        with self._free:
            asked, self._is_asked = self._is_asked, False
            if not asked:
                self._thread = None
                self._free.notify_all()
            return asked


def desk() -> Desk:
    found: Desk = current_app.extensions["import_desk"]
    return found


def _do_all() -> None:
    try:
        while token := _next():
            _do(token)
    except Exception:  # such as a database that is away: the next look begins again
        current_app.logger.exception("An import could not be worked on.")
        db.session.rollback()


def _next() -> str | None:
    """The file that waits longest, claimed; None if none does, or another process works."""
    now = clock.now()
    with alone():
        for token, beat in db.session.execute(select(Upload.id, Upload.beat).filter_by(state=WORKING)).all():
            if beat is not None and beat > now - STALE:
                return None
            _set(token, state=STOPPED)
        waiting = select(Upload.id).filter_by(state=WAITING).order_by(Upload.at, Upload.id).limit(1)
        longest = db.session.scalar(waiting)
        if longest:
            _set(longest, state=WORKING, beat=now)
    return longest


def _do(token: str) -> None:
    state, found, run = STOPPED, None, None
    try:
        with suppress(Dropped):
            found, run = _found(token)
            state = DONE
    except Exception:
        current_app.logger.exception("An import stopped.")
    with alone():
        _set(token, state=state, found=found, run=run)


def _set(token: str, **values: object) -> None:
    db.session.execute(update(Upload).where(Upload.id == token).values(**values))


def _found(token: str) -> tuple[str, int | None]:
    """Do what is to be done with a file: what its page says then, and the import it became, if it did."""
    upload = db.session.get(Upload, token)
    if upload is None:
        raise Dropped
    kind, content, source, is_look = KINDS[upload.kind], upload.content, source_of(upload), upload.task == LOOK
    db.session.rollback()  # no connection is held while the file is read
    track = _Track(token)
    table = read_content(kind, content, source, track)
    with on_behalf_of(source.by):
        outcome = (rehearse if is_look else bring_in)(kind, table, source, track)
    return json.dumps(import_pages.preview(kind, source.file, table, outcome)), outcome.run


class _Track:
    """Tells how far it is with a file, and lets others have the interpreter in between."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, sequence: Sequence[T], description: str) -> Iterable[T]:
        step = 1 if description == BRINGING else STEP
        every, seconds = BREATH
        for number, item in enumerate(sequence, start=1):
            yield item
            if number % every == 0:
                sleep(seconds)
            if number % step == 0:
                _beat(self._token, number, len(sequence))


def _beat(token: str, line: int, lines: int) -> None:
    """On a connection of its own: the session's is in the middle of something."""
    row = update(Upload).where(Upload.id == token).values(line=line, lines=lines, beat=clock.now())
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if not connection.execute(row).rowcount:
            raise Dropped
