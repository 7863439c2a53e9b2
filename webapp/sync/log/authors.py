"""Whether whoever an entry is said to be by may have recorded it: there, then, and about these students."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from webapp.domain.access.duties import (
    BROWSER,
    FLOOR_TABLET,
    IMPORT,
    NOT_HERE,
    is_staffed,
    judge_writer,
)
from webapp.domain.access.rights import CARD_HOLDER
from webapp.domain.access.tenure import (
    BEFORE_SIGN_IN,
    CAME_TOO_LATE,
    COMES_WITHIN,
    SIGN_IN_LIFE,
    Span,
    time_within,
)
from webapp.domain.operations import RIGHTS
from webapp.domain.operations.kind import Recording
from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import SLACK, parse_instant
from webapp.models import Device, Restoration, Staff, db
from webapp.school import clock
from webapp.school.scope import scope_of
from webapp.sync.devices.sign_ins import holders_of
from webapp.sync.log.entry import Entry
from webapp.sync.operations.people import is_staff, known_students

NOT_SIGNED_IN: Final = Refusal("not-signed-in", "The person named was not signed in on this tablet.")
NOT_THEIRS: Final = Refusal("not-allowed", "This student is in none of the groups that are yours.")
SIGN_IN_LOST: Final = Refusal(
    "sign-in-lost", "The school was put back to a backup, and cannot know who was signed in. The office decides."
)
RECORDED_ELSEWHERE: Final = Refusal(
    "recorded-elsewhere", "It was recorded while this tablet was for staff, which it is no longer. The office decides."
)
ASIDE: Final = {one.reason: one for one in (BEFORE_SIGN_IN, CAME_TOO_LATE, SIGN_IN_LOST, RECORDED_ELSEWHERE)}
"""Why something is put aside for the office instead of being refused: it may well be so, and only people can know."""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody's role, and their sign-ins on the tablet, oldest first; none where a time gives no right."""

    role: str
    spans: tuple[Span, ...] = ()


def judge_authors(device: Device, entries: Sequence[Entry]) -> None:
    """Refuse what its author could not record so (`domain/operations/`). What nobody can know to be
    theirs is refused for one of the reasons of `ASIDE`."""
    authors = _authors(device, entries)
    for entry in entries:
        if not entry.refusal:
            entry.refusal = _judge_import(entry) if device.id == IMPORT else _judge(entry, device, authors)


def is_aside(refusal: Refusal | None) -> bool:
    return refusal is not None and refusal.reason in ASIDE


def _authors(device: Device, entries: Sequence[Entry]) -> dict[str, Author]:
    """Who may record on a device."""
    if device.id == BROWSER:
        roles = select(Staff.id, Staff.role).where(Staff.id.in_({entry.by for entry in entries}))
        card_holder = {CARD_HOLDER: Author(CARD_HOLDER)}
        return card_holder | {key: Author(role) for key, role in db.session.execute(roles)}
    return {staff: Author(holder.role, holder.spans) for staff, holder in holders_of(device).items()}


def _judge_import(entry: Entry) -> Refusal | None:
    """Whoever runs the school's commands may name anybody."""
    right = RIGHTS.get(entry.kind)
    return judge_writer(IMPORT, right.where) if right else _unknown(entry)


def _judge(entry: Entry, device: Device, authors: Mapping[str, Author]) -> Refusal | None:
    """What its author had no right to is refused; only then does it matter whether it is theirs at all."""
    author, fault = _author_of(entry, device, authors)
    if author is None or (fault and not is_aside(fault)):
        return fault
    right = RIGHTS.get(entry.kind)
    if right is None:
        return _unknown(entry)
    return _judge_right(entry, right, author, _writer(device)) or fault


def _author_of(entry: Entry, device: Device, authors: Mapping[str, Author]) -> tuple[Author | None, Refusal | None]:
    """Who recorded it, if anybody can have, and what is to be said against that."""
    author = authors.get(entry.by)
    if device.id == BROWSER:
        return author, None if author else NOT_SIGNED_IN
    fault = _judge_time(entry, author) if author else NOT_SIGNED_IN
    if not is_staffed(device.duty):
        fault = RECORDED_ELSEWHERE if fault is None or is_aside(fault) else NOT_HERE
    elif fault and (lost := _judge_lost(entry, device, author)) != NOT_SIGNED_IN:
        author, fault = _on_staff(entry), lost
    if entry.aside and (is_aside(fault) or entry.aside in ASIDE):
        # Whoever accepted it says that it is theirs.
        author = author or _on_staff(entry)
        fault = None if author else NOT_SIGNED_IN
    return author, fault


def _judge_time(entry: Entry, author: Author) -> Refusal | None:
    """Also puts right when it happened, if clocks were put right in between."""
    at = time_within(author.spans, entry.at, parse_instant(entry.wall), entry.received)
    if isinstance(at, Refusal):
        entry.unsure = entry.unsure or at == BEFORE_SIGN_IN
        return at
    entry.unsure = entry.unsure or at - entry.at > SLACK
    entry.at = at
    return None


def _judge_lost(entry: Entry, device: Device, author: Author | None) -> Refusal | None:
    """Nothing against it, if it was recorded under a sign-in that a restore may have taken: on a tablet that the school
    had before that, by somebody on the staff whose sign-ins there have not ended since, if it comes soon enough."""
    made_before = db.session.scalars(select(Restoration).where(Restoration.made <= entry.at))
    restorations = [restored for restored in made_before if entry.at <= restored.at + SIGN_IN_LIFE]
    if not restorations or _on_staff(entry) is None:
        return NOT_SIGNED_IN
    may_be = any(
        device.enrolled_at <= restored.at
        and entry.received <= restored.at + COMES_WITHIN
        and not any(restored.made <= span.until < entry.at for span in (author.spans if author else ()))
        for restored in restorations
    )
    return None if may_be else SIGN_IN_LOST


def _on_staff(entry: Entry) -> Author | None:
    """The person named, if they worked at the school on that day."""
    staff = db.session.get_one(Staff, entry.by) if is_staff(entry.by) else None
    return Author(staff.role) if staff and staff.is_here(clock.local_date(entry.at)) else None


def _writer(device: Device) -> str:
    """What was recorded on a tablet that is for staff no longer was so while it was."""
    if device.id == BROWSER:
        return BROWSER
    return device.duty if is_staffed(device.duty) else FLOOR_TABLET


def _judge_right(entry: Entry, right: Recording, author: Author, writer: str) -> Refusal | None:
    """Also notes in `entry.only_own` whether the author has a right to no more than that."""
    if not right.allows(author.role):
        return right.refusal()
    if refusal := judge_writer(writer, right.where):
        return refusal
    entry.only_own = right.only_own_from(writer, author.role)
    if entry.only_own and right.of_students and not _are_theirs(entry.body, entry.by):
        return NOT_THEIRS
    return None


def _are_theirs(body: Mapping[str, Any], by: str) -> bool:
    """Whether the students and the group that an entry names are among those given to its author."""
    scope, several = scope_of(by), body.get("students")
    students = known_students([body.get("student"), *(several if isinstance(several, list) else [])])
    return all(map(scope.has_student, students)) and ("group" not in body or scope.has_group(str(body["group"])))


def _unknown(entry: Entry) -> Refusal:
    return Refusal("unknown-kind", f"This school does not know entries of kind “{entry.kind}” yet.")
