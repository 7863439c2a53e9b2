"""What needs somebody's attention: refused and quarantined operations, marks two people disagree about, and stays
that nobody ended."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from webapp.domain.access.tenure import BEFORE_SIGN_IN
from webapp.domain.marks.winner import Claim
from webapp.domain.operations import KINDS
from webapp.domain.text.words import lesson_words
from webapp.models import Device, Lesson, Operation, Quarantined, Score, Student, db
from webapp.models.lookup import look_up
from webapp.models.operation import APPLIED, IS_OPEN, IS_UNSURE
from webapp.office.parts.forms import record, record_all
from webapp.office.parts.paging import page_of
from webapp.office.parts.people import who
from webapp.office.parts.times import recorded_words, unsure_among
from webapp.office.parts.wording import mark_words, told
from webapp.office.today.records import left_open, open_row
from webapp.office.today.twice import marked_twice
from webapp.school import clock
from webapp.school.clock import day_and_time
from webapp.sync.log.quarantine import can_be_accepted
from webapp.sync.log.revisions import give_way
from webapp.sync.operations.attention import ACCEPT, count_open, open_of
from webapp.sync.operations.attention import KINDS as SETTLING_KINDS
from webapp.sync.protocol.push import FORKED
from webapp.sync.tables.scores import contenders

SETTLING = {kind: next(iter(KINDS[kind].holds)) for kind in SETTLING_KINDS}
"""The operation that settles each kind of entry, and what its body calls the entry."""

REASONS = {
    "forked": "This tablet sent two different entries under one number.",
    "revoked": "Sent by a tablet that is no longer enrolled.",
    "another-device": "Sent under another tablet's name.",
    "before-sign-in": "Recorded, it seems, before this person signed in on the tablet.",
    "came-too-late": "It came more than 14 days after this person's sign-in on the tablet had ended.",
    "sign-in-lost": "The backup that was put back does not say whether this person was signed in there.",
    "recorded-elsewhere": "Recorded before the tablet was set up for students.",
}


LISTS = ("refused", "aside", "unsure", "marks", "twice", "stays")
"""What the page's address calls the page of each list that is shown."""

AT_ONCE = 2_000  # entries that one operation settles: quick enough for whoever waits to write
MOST_ACCEPTED = 1_000  # entries of a tablet that are accepted with one press
ACCEPTED_AT_ONCE = 100
MOST_TABLETS = 20  # whose entries can be dealt with all at once, those with the most


def listed(asked: Mapping[str, int]) -> dict[str, Any]:
    """A page of each list, oldest first, and whose entries can be dealt with all at once."""
    refused = select(Operation).where(IS_OPEN)
    quarantined = select(Quarantined).where(Quarantined.settled_at.is_(None))
    unsure = select(Operation).where(IS_UNSURE, Operation.settled_at.is_(None), Operation.status == APPLIED)
    contested = select(Score).where(Score.contested).order_by(Score.at, Score.student_id, Score.lesson_id)
    pages = {
        "refused": page_of(refused.order_by(Operation.seq), asked["refused"]),
        "aside": page_of(quarantined.order_by(Quarantined.id), asked["aside"]),
        "unsure": page_of(unsure.order_by(Operation.seq), asked["unsure"]),
        "marks": page_of(contested, asked["marks"]),
        "twice": marked_twice(asked["twice"]),
        "stays": page_of(left_open(clock.now()), asked["stays"]),
    }
    return {
        "refused": [_refused(operation) for operation in pages["refused"].rows],
        "unsure": [_unsure(operation) for operation in pages["unsure"].rows],
        "quarantined": _quarantined(pages["aside"].rows),
        "contested": [_contested(score) for score in pages["marks"].rows],
        "twice": pages["twice"].rows,
        "left_open": [open_row(stay) for stay in pages["stays"].rows],
        "pages": pages,
        "refusing": _tablets(Operation, IS_OPEN),
        "acceptable": _acceptable(),
        "putting": _tablets(Quarantined, Quarantined.settled_at.is_(None)),
    }


def _tablets(model: Any, is_open: Any) -> list[dict[str, Any]]:
    """The tablets with more than one entry on a list, those with the most first."""
    count = func.count()
    query = select(model.device_id, count).where(is_open).group_by(model.device_id)
    rows = db.session.execute(query.having(count > 1).order_by(count.desc(), model.device_id).limit(MOST_TABLETS))
    return [{"id": device, "name": _tablet(device), "count": found, "some": False} for device, found in rows]


def _acceptable() -> list[dict[str, Any]]:
    """Tablets with more than one entry that can be accepted, of those with the most."""
    tablets = _tablets(Quarantined, Quarantined.settled_at.is_(None))
    counted = [tablet | {"count": len(acceptable(tablet["id"]))} for tablet in tablets]
    return [tablet | {"some": tablet["count"] == MOST_ACCEPTED} for tablet in counted if tablet["count"] > 1]


def acceptable(device: str) -> list[int]:
    """What of a tablet can be accepted now with one press, in the order of the tablet."""
    query = select(Quarantined.id, Quarantined.incarnation, Quarantined.n).where(
        Quarantined.device_id == device,
        Quarantined.reason != FORKED,  # whose number is taken
        *can_be_accepted(),
    )
    found = db.session.execute(query.order_by(Quarantined.id).limit(MOST_ACCEPTED))
    return [id for id, _, _ in sorted(found, key=lambda row: row.n)]


def settle_all(kind: str, device: str) -> None:
    """Settle all that is listed of a tablet by now, some thousands at a time."""
    left = count_open(kind, device)
    while left > 0 and (numbers := open_of(kind, device, AT_ONCE)):
        if record(kind, {"tablet": device, "upto": str(numbers[-1])}):
            return
        left -= len(numbers)
        give_way(left > 0)


def accept_all(device: str) -> None:
    """Accept what can be accepted of a tablet, some at a time; what cannot after all stays on the list."""
    items = acceptable(device)
    for i in range(0, len(items), ACCEPTED_AT_ONCE):
        give_way(i > 0)
        record_all(ACCEPT, [{"quarantined": str(item)} for item in items[i : i + ACCEPTED_AT_ONCE]])


def _refused(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation.id,
        "what": told(operation.kind, json.loads(operation.body)),
        "why": operation.detail,
        "who": who(operation.by),
        "tablet": _tablet(operation.device_id),
        "when": recorded_words(operation.at, operation.unsure),
    }


def _unsure(operation: Operation) -> dict[str, Any]:
    """It counts, so that nothing is wrong but its time."""
    return _refused(operation) | {"why": f"It came {day_and_time(operation.received)}."}


def _quarantined(items: Sequence[Quarantined]) -> list[dict[str, Any]]:
    ids = [item.id for item in items]
    free = set(db.session.scalars(select(Quarantined.id).where(Quarantined.id.in_(ids), *can_be_accepted())))
    return [_put_aside(item) | {"can_accept": item.id in free} for item in items]


def _put_aside(item: Quarantined) -> dict[str, Any]:
    content = json.loads(item.content)
    recorded = datetime.fromisoformat(content["at"]) if "at" in content else item.received
    return {
        "name": str(item.id),
        "what": told(content["kind"], content["body"]),
        "why": REASONS[item.reason],
        "who": who(content["by"]),
        "tablet": _tablet(item.device_id),
        "when": recorded_words(recorded, item.reason == BEFORE_SIGN_IN.reason or content.get("unsure", False)),
    }


def _contested(score: Score) -> dict[str, Any]:
    student, lesson = db.session.get_one(Student, score.student_id), db.session.get_one(Lesson, score.lesson_id)
    claims = contenders(student.id, lesson.id)
    unsure = unsure_among(claim.op for claim in claims)
    return {
        "student": student.name,
        "lesson": f"{lesson.subject}, {lesson_words(lesson.day, lesson.period)}",
        "address": url_for("corrections.one_mark", student=student.id, lesson=lesson.id),
        "choices": [_choice(claim, unsure) for claim in claims],
    }


def _choice(claim: Claim, unsure: set[str]) -> dict[str, Any]:
    """One of the marks that may stand, and who gave it."""
    mark = "none" if claim.mark is None else claim.mark
    return {
        "mark": mark,
        "words": mark_words(claim.mark),
        "who": f"{who(claim.by)}, {recorded_words(claim.at, claim.op in unsure)}",
    }


def _tablet(device_id: str) -> str:
    device = look_up(Device, device_id)
    return device.name if device else device_id
