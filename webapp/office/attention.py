"""What needs somebody's attention: refused and quarantined operations, marks two people disagree about, and stays
that nobody ended."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from webapp import clock
from webapp.clock import day_and_time
from webapp.domain.winner import Claim
from webapp.domain.words import lesson_words
from webapp.models import Device, Lesson, Operation, Quarantined, Score, Student, db
from webapp.models.operation import REFUSED
from webapp.office.people import who
from webapp.office.stays import left_open
from webapp.office.telling import mark_words, told
from webapp.sync.quarantine import judge_accepting
from webapp.sync.scores import contenders

SETTLING = {
    "refusal.settle": "operation",
    "quarantine.settle": "quarantined",
    "quarantine.accept": "quarantined",
}
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


def listed() -> dict[str, list[dict[str, Any]]]:
    """The lists, oldest first, and whose entries can be accepted all at once."""
    refused = db.session.query(Operation).filter_by(status=REFUSED, settled_at=None).order_by(Operation.seq)
    quarantined = db.session.query(Quarantined).filter_by(settled_at=None).order_by(Quarantined.id).all()
    contested = db.session.query(Score).filter_by(contested=True).order_by(Score.at)
    return {
        "refused": [_refused(operation) for operation in refused],
        "quarantined": [_quarantined(item) for item in quarantined],
        "acceptable": _acceptable(quarantined),
        "contested": [_contested(score) for score in contested],
        "left_open": left_open(clock.now()),
    }


def _refused(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation.id,
        "what": told(operation.kind, json.loads(operation.body)),
        "why": operation.detail,
        "who": who(operation.by),
        "tablet": _tablet(operation.device_id),
        "when": day_and_time(operation.at),
    }


def _acceptable(quarantined: Sequence[Quarantined]) -> list[dict[str, Any]]:
    """Tablets with more than one entry that can be accepted: all of them, in the order of the tablet."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in sorted(quarantined, key=lambda item: item.n):
        if judge_accepting(item) is None:
            found[item.device_id].append(str(item.id))
    return [{"tablet": _tablet(device), "names": names} for device, names in found.items() if len(names) > 1]


def _quarantined(item: Quarantined) -> dict[str, Any]:
    content = json.loads(item.content)
    recorded = datetime.fromisoformat(content["at"]) if "at" in content else item.received
    return {
        "name": str(item.id),
        "what": told(content["kind"], content["body"]),
        "why": REASONS[item.reason],
        "who": who(content["by"]),
        "tablet": _tablet(item.device_id),
        "when": day_and_time(recorded),
        "can_accept": judge_accepting(item) is None,
    }


def _contested(score: Score) -> dict[str, Any]:
    student, lesson = db.session.get_one(Student, score.student_id), db.session.get_one(Lesson, score.lesson_id)
    return {
        "student": student.name,
        "lesson": f"{lesson.subject}, {lesson_words(lesson.day, lesson.period)}",
        "address": url_for("corrections.one_mark", student=student.id, lesson=lesson.id),
        "choices": [_choice(claim) for claim in contenders(student.id, lesson.id)],
    }


def _choice(claim: Claim) -> dict[str, Any]:
    """One of the marks that may stand, and who gave it."""
    mark = "none" if claim.mark is None else claim.mark
    return {"mark": mark, "words": mark_words(claim.mark), "who": f"{who(claim.by)}, {day_and_time(claim.at)}"}


def _tablet(device_id: str) -> str:
    return db.session.get_one(Device, device_id).name
