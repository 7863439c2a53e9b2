"""`receipt`: why a student has a level, down to every mark."""

import json
from collections.abc import Iterator
from typing import Any

import click
from flask.cli import with_appcontext

from webapp.cli.levels import json_option, level_json, week_option
from webapp.cli.ready import needs_school
from webapp.domain.text.words import clock_words, day_words, decimal_words, lesson_words, week_words
from webapp.domain.time.calendar import sunday_of
from webapp.domain.time.moment import instant
from webapp.models import Cap, Staff, Student, db
from webapp.policies import Pack
from webapp.results.receipts import Change, Line, Receipt
from webapp.results.receipts import receipt as receipt_of
from webapp.school.clock import local_date
from webapp.school.school import school_pack


@click.command()
@click.argument("upn")
@week_option
@json_option
@with_appcontext
@needs_school
def receipt(upn: str, week: str, as_json: bool) -> None:
    """Why the student with this UPN has the level they have in a week."""
    student = db.session.query(Student).filter_by(upn=upn).one_or_none()
    if student is None:
        raise click.ClickException(f"No student has the UPN {upn}.")
    found = receipt_of(student, week)
    if as_json:
        click.echo(json.dumps(_json(found), ensure_ascii=False))
    else:
        click.echo("\n".join(_words(found, school_pack(sunday_of(week)))))


def _words(found: Receipt, pack: Pack) -> Iterator[str]:
    level = found.level
    yield f"{found.student.name}, {week_words(level.week)}: {pack.level_name(level.level) or 'no level'}"
    yield ""
    if level.from_week is None:
        yield f"No mark counted in the weeks that could decide. {pack.decision('D3')}"
    else:
        yield f"From the {week_words(level.from_week)}:"
        yield from (_line_words(line, pack) for line in found.lines)
        yield f"  Mean {level.mean.shown()}: {level.mean.sum} over {level.mean.count} marks. {pack.decision('D2')}"
    for rule in found.rules:
        yield f"  {rule.name} from a mean of {decimal_words(rule.threshold)} (policy {rule.clause})"
    yield from (_cap_words(cap, pack) for cap in found.caps)
    if found.changes:
        yield "Changed after that week was over:"
        yield from (_change_words(change, pack) for change in found.changes)


def _line_words(line: Line, pack: Pack) -> str:
    """A mark that counted, or why it did not."""
    counted = f"{line.mark} {pack.name_of(line.mark)}"
    return f"  {lesson_words(line.day, line.period)}, {line.subject}: " + (
        f"does not count, {line.why_not} (D1)" if line.why_not else counted
    )


def _cap_words(cap: Cap, pack: Pack) -> str:
    until = f"until {day_words(cap.until)}" if cap.until else "until lifted"
    lifted = f", lifted {day_words(cap.lifted)}" if cap.lifted else ""
    limit = pack.level_name(cap.cap) or "no level"
    return f"  Limited to {limit} from {day_words(cap.start)} {until}{lifted} (D5), {_name(cap.by)}: {cap.reason}"


def _change_words(change: Change, pack: Pack) -> str:
    when = f"{day_words(local_date(change.at))} at {clock_words(change.at)}"
    mark = pack.name_of(change.mark) or "mark taken back"
    return f"  {when}, {_name(change.by)}: {lesson_words(change.day, change.period)} is now {mark}"


def _name(staff: str) -> str:
    person = db.session.get(Staff, staff)
    return person.name if person else "imported"


def _json(found: Receipt) -> dict[str, Any]:
    return level_json(found.student, found.level) | {
        "marks": [_line_json(line) for line in found.lines],
        "thresholds": [
            {"level": rule.key, "threshold": str(rule.threshold), "clause": rule.clause} for rule in found.rules
        ],
        "changes": [_change_json(change) for change in found.changes],
        "caps": [_cap_json(cap) for cap in found.caps],
    }


def _line_json(line: Line) -> dict[str, Any]:
    lesson = {"date": line.day.isoformat(), "period": line.period, "subject": line.subject}
    return lesson | {"mark": line.mark, "counted": not line.why_not, "why_not": line.why_not or None}


def _change_json(change: Change) -> dict[str, Any]:
    lesson = {"date": change.day.isoformat(), "period": change.period}
    return lesson | {"mark": change.mark, "at": instant(change.at), "by": change.by}


def _cap_json(cap: Cap) -> dict[str, Any]:
    return {
        "cap": cap.cap,
        "from": cap.start.isoformat(),
        "until": cap.until and cap.until.isoformat(),
        "lifted": cap.lifted and cap.lifted.isoformat(),
        "reason": cap.reason,
        "by": cap.by,
    }


COMMANDS = (receipt,)
