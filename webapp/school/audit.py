"""The audit trail: a line for everything of weight that is not an operation, and for reading what is sensitive.

An event is named as an operation is ("tablet.revoke", "records.view"), what it was about by its row ("student:12",
"staff:j.reid", "tablet:d3"). Facts are few and short: ids rather than names, and never what a record says.
"""

import json
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import delete, select

from webapp.domain.chain import START, Link, first_broken, hash_of
from webapp.domain.time.moment import as_utc
from webapp.models import AuditCut, AuditLine, db
from webapp.models.lock import alone
from webapp.school import clock

COMMAND_LINE = "command line"
SCHOOL = "school"
NOBODYS = {COMMAND_LINE: "The command line", SCHOOL: "The school"}
"""Who is named where nobody is signed in."""

SAME_VIEW = timedelta(minutes=10)
"""Looking again within this time is the same look."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the trail found: the first broken line if there is one, how many lines there are, and the newest
    hash, which stands for all of them."""

    broken: int | None
    lines: int
    newest: str


def note(event: str, about: str = "", /, **facts: str) -> None:
    """Add a line to the trail, by whoever is signed in; goes inside `with writing()`."""
    upto, previous = _end()
    at, by, said = clock.now(), _who(), json.dumps(facts, sort_keys=True)
    line = AuditLine(sequence=upto + 1, at=at, by=by, event=event, about=about, facts=said, previous=previous)
    line.hash = hash_of(line.sequence, _texts(line), previous)
    db.session.add(line)
    db.session.flush()


def viewed(what: str, about: str = "") -> None:
    """Note that whoever is signed in looks at something sensitive; a write of its own, before anything is shown.

    Looks at the same within some minutes are one line. Where the line cannot be written, nothing is shown.
    """
    event = f"{what}.view"
    if not _seen_just_now(event, about):
        with alone():
            note(event, about)


def verify() -> Verdict:
    """Check the whole trail, from where it was last cut."""
    cut = _last_cut()
    upto, previous = (cut.upto, cut.hash) if cut else (0, START)
    with closing(_links()) as links:
        broken = first_broken(links, upto, previous)
    count = db.session.query(AuditLine).filter(AuditLine.sequence > upto).count()
    return Verdict(broken, count, _end()[1])


def written_before(moment: datetime) -> range:
    """The lines with which the trail begins that are older than a moment, by their numbers. One timed before others
    that stand above it stays with them."""
    cut = _last_cut()
    first = select(AuditLine.sequence).where(AuditLine.at >= moment).order_by(AuditLine.sequence).limit(1)
    newer = db.session.scalar(first)
    return range((cut.upto if cut else 0) + 1, _end()[0] + 1 if newer is None else newer)


def cut(upto: int) -> None:
    """Let the lines up to a number go. The rest goes on from the hash of the last of them.

    Goes inside `with writing()`. The database lets nobody delete a line that no cut names.
    """
    last = db.session.get_one(AuditLine, upto)
    db.session.add(AuditCut(upto=upto, hash=last.hash, at=clock.now()))
    db.session.flush()
    db.session.execute(delete(AuditLine).where(AuditLine.sequence <= upto))


def holds(hash: str) -> bool:
    """Whether a hash that was written down is still one of the trail's."""
    known = select(AuditLine.sequence).where(AuditLine.hash == hash)
    cut = select(AuditCut.upto).where(AuditCut.hash == hash)
    return db.session.scalar(known) is not None or db.session.scalar(cut) is not None


def _end() -> tuple[int, str]:
    """Number and hash of the newest line."""
    newest = select(AuditLine.sequence, AuditLine.hash).order_by(AuditLine.sequence.desc()).limit(1)
    found = db.session.execute(newest).one_or_none()
    if found:
        return found.sequence, found.hash
    cut = _last_cut()
    return (cut.upto, cut.hash) if cut else (0, START)


def _last_cut() -> AuditCut | None:
    return db.session.scalar(select(AuditCut).order_by(AuditCut.upto.desc()).limit(1))


@contextmanager
def on_behalf_of(staff: str) -> Iterator[None]:
    """Work that somebody has asked for and that goes on without their request: its lines are theirs."""
    before = _asked_by.set(staff)
    try:
        yield
    finally:
        _asked_by.reset(before)


_asked_by: ContextVar[str] = ContextVar("asked_by", default=COMMAND_LINE)


def _who() -> str:
    if not has_request_context():
        return _asked_by.get()
    return str(current_user.id) if current_user.is_authenticated else SCHOOL


def _seen_just_now(event: str, about: str) -> bool:
    query = select(AuditLine.sequence).where(
        AuditLine.at > clock.now() - SAME_VIEW,
        AuditLine.by == _who(),
        AuditLine.event == event,
        AuditLine.about == about,
    )
    return db.session.scalar(query.limit(1)) is not None


def _links() -> Generator[Link]:
    """Every line there is: one that stands where the trail was cut off was slipped in."""
    query = select(AuditLine).order_by(AuditLine.sequence)
    with db.session.scalars(query.execution_options(yield_per=1000)) as lines:
        for line in lines:
            yield Link(line.sequence, _texts(line), line.previous, line.hash)


def _texts(line: AuditLine) -> tuple[str, ...]:
    """What a line says, in a form that is the same on every database."""
    return (as_utc(line.at).isoformat(timespec="microseconds"), line.by, line.event, line.about, line.facts)
