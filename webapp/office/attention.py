"""What needs somebody's attention: refused and quarantined operations, marks two people disagree about, and stays
that nobody ended."""

import json
from typing import Any

from webapp import clock
from webapp.clock import local_date
from webapp.domain.marks import from_text
from webapp.domain.words import clock_words, day_words, lesson_words
from webapp.models import Device, Lesson, Operation, Quarantined, Score, Student, db
from webapp.models.operation import REFUSED
from webapp.office.people import who
from webapp.office.stays import left_open
from webapp.school import school_pack

SETTLING = {"refusal.settle": "operation", "quarantine.settle": "quarantined"}
"""The operation that settles each kind of entry, and what its body calls the entry."""

REASONS = {
    "forked": "This tablet sent two different entries under one number.",
    "revoked": "Sent by a tablet that is no longer enrolled.",
    "another-device": "Sent under another tablet's name.",
}


def listed() -> dict[str, list[dict[str, Any]]]:
    """The four lists, oldest first."""
    refused = db.session.query(Operation).filter_by(status=REFUSED, settled_at=None).order_by(Operation.seq)
    quarantined = db.session.query(Quarantined).filter_by(settled_at=None).order_by(Quarantined.id)
    contested = db.session.query(Score).filter_by(contested=True).order_by(Score.at)
    return {
        "refused": [_refused(operation) for operation in refused],
        "quarantined": [_quarantined(item) for item in quarantined],
        "contested": [_contested(score) for score in contested],
        "left_open": left_open(clock.now()),
    }


def _refused(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation.id,
        "what": _what(json.loads(operation.body)),
        "why": operation.detail,
        "who": who(operation.by),
        "tablet": _tablet(operation.device_id),
        "when": f"{day_words(local_date(operation.at))}, {clock_words(operation.at)}",
    }


def _quarantined(item: Quarantined) -> dict[str, Any]:
    content = json.loads(item.content)
    return {
        "name": str(item.id),
        "what": _what(content["body"]),
        "why": REASONS[item.reason],
        "who": who(content["by"]),
        "tablet": _tablet(item.device_id),
        "when": f"{day_words(local_date(item.received))}, {clock_words(item.received)}",
    }


def _contested(score: Score) -> dict[str, Any]:
    student, lesson = db.session.get_one(Student, score.student_id), db.session.get_one(Lesson, score.lesson_id)
    return {
        "student": student.name,
        "lesson": f"{lesson.subject}, {lesson_words(lesson.day, lesson.period)}",
        "address": f"/lesson/{lesson.id}",
        "stands": f"{school_pack().name_of(from_text(score.mark)) or 'No mark'}, {who(score.by)}",
    }


def _what(body: Any) -> str:
    """The content as the tablet sent it: it may be anything, so it is shown and not interpreted."""
    return ", ".join(f"{key}: {value}" for key, value in body.items()) if isinstance(body, dict) else str(body)


def _tablet(device_id: str) -> str:
    return db.session.get_one(Device, device_id).name
