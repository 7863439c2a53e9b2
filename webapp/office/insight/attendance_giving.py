"""Awards for attendance as the register proposes them. Nothing is given before somebody presses."""

from collections.abc import Sequence
from typing import Any

from flask_login import current_user
from werkzeug.datastructures import MultiDict

from webapp.domain.attendance.measures import OPEN
from webapp.domain.operations.reward_kinds import AWARD
from webapp.domain.text.words import count_words, day_words
from webapp.domain.time.calendar import Span
from webapp.models import Student
from webapp.office.insight.attendance_pages import choose
from webapp.results.attendance_awards import CLOSE, GIVEN, TAKEN_BACK, TO_GIVE, Due, Line, due_in
from webapp.school import clock
from webapp.school.calendar import load_calendar
from webapp.school.scope import Scope
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

DOUBTS = {TAKEN_BACK: "given and taken back, {}", CLOSE: "has one of {}"}
"""Why somebody who earned an award is not ticked."""


def page(span: Span, students: Sequence[Student]) -> list[dict[str, Any]]:
    """What the page shows of each award for a week or half term; nothing of other days."""
    return [_section(due) for due in _due(span, students)]


def give(form: MultiDict[str, str], mine: Scope) -> None:
    """Give an award to those ticked. Whoever has it by now is left out, since two may press at once."""
    ticked = set(form.getlist("student"))
    with writing() as revs:
        chosen = choose(form, mine)
        asked = [due for due in _due(chosen.span, chosen.students) if _is_asked(due, form)]
        drafts = [_draft(due, line) for due in asked for line in _to_give(due) if str(line.student.id) in ticked]
        submit(revs, own_device("browser"), drafts)


def _due(span: Span, students: Sequence[Student]) -> list[Due]:
    return due_in(span, students) if span in load_calendar().half_terms else []


def _is_asked(due: Due, form: MultiDict[str, str]) -> bool:
    return (due.rule.key, due.day.isoformat()) == (form.get("award"), form.get("day"))


def _to_give(due: Due) -> list[Line]:
    return [line for line in due.lines if line.state in TO_GIVE]


def _draft(due: Due, line: Line) -> Draft:
    said = {"award": due.rule.key, "day": due.day.isoformat(), "note": due.name}
    return Draft(AWARD.name, current_user.id, {"student": str(line.student.id), **said}, clock.now())


def _section(due: Due) -> dict[str, Any]:
    return {
        "award": due.rule.key,
        "day": due.day.isoformat(),
        "name": due.rule.name,
        "when": due.name,
        "reward": due.rule.reward,
        "left": f"{count} to give" if (count := len(_to_give(due))) else "",
        "proposed": [_tick(line) for line in _to_give(due)],
        "given": [_named(line, _by_hand(line, due)) for line in due.lines if line.state == GIVEN],
        "open": [_named(line, _sessions(line.unmarked)) for line in due.lines if line.state == OPEN],
    }


def _tick(line: Line) -> dict[str, Any]:
    doubt = DOUBTS[line.state].format(day_words(line.day)) if line.day else ""
    return _named(line, doubt) | {"id": str(line.student.id), "ticked": not doubt}


def _by_hand(line: Line, due: Due) -> str:
    """The day of an award that staff gave without the register."""
    return day_words(line.day) if line.day and line.day != due.day else ""


def _named(line: Line, said: str) -> dict[str, Any]:
    return {"name": line.student.name, "said": said}


def _sessions(count: int) -> str:
    return count_words(count, "session", "sessions")
