"""The audit trail as leaders read it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, select

from webapp.domain.text.words import clock_words, day_words
from webapp.domain.time.calendar import parse_day
from webapp.imports.undo.words import KINDS as KIND_NAMES
from webapp.models import AuditLine, Device, ImportRun, Staff, Student, db
from webapp.office.parts.people import who
from webapp.office.upkeep.accounts import KINDS as GUESSED
from webapp.office.upkeep.accounts import guessed_words
from webapp.school.audit import NOBODYS
from webapp.school.clock import day_end, local_date, local_moment
from webapp.sync.operations.ids import number

A_PAGE = 100
EVENTS: Final = {
    "account.email": "Changed an e-mail address",
    "account.link": "Made a link to choose a password",
    "account.password": "Changed their password",
    "account.provider": "Signed in with Microsoft or Google for the first time",
    "account.recovery-code": "Used a recovery code",
    "account.recovery-codes": "Made new recovery codes",
    "account.second-factor-off": "Switched the second factor off",
    "account.second-factor-on": "Switched the second factor on",
    "account.second-factor-reset": "Reset a second factor",
    "account.set-up": "Chose a password with a link",
    "account.sign-out": "Signed out browsers",
    "apart.view": "Looked at who is kept apart",
    "calendar.add": "Added to the calendar",
    "calendar.change": "Changed the calendar",
    "calendar.remove": "Removed from the calendar",
    "cards.print": "Printed cards",
    "court-orders.view": "Looked at court orders about contact",
    "export.download": "Downloaded a list",
    "group.add": "Added a group",
    "group.change": "Changed a group",
    "guesses.lock": "Locked out after wrong tries",
    "guesses.unlock": "Unlocked",
    "import.run": "Imported a file",
    "import.undo": "Undid an import",
    "lesson.cover": "Said who takes a lesson",
    "limits.view": "Looked at limits and their reasons",
    "period.add": "Added a period",
    "period.change": "Changed a period",
    "period.remove": "Removed a period",
    "policy.adopt": "Adopted a change of the policy",
    "policy.withdraw": "Withdrew a change of the policy",
    "records.view": "Looked at restrictive-intervention records",
    "retention.run": "Deleted what was past its time",
    "retention.view": "Looked at whose records are past their time",
    "school.second-factor": "Decided who must have a second factor",
    "setup.administrator": "Made the first account",
    "setup.school": "Set up the school",
    "setup.wrong-code": "Tried a wrong code for the set-up",
    "school.backup": "Made a backup",
    "school.roll-over": "Prepared the year roll-over",
    "school.roll-over-undo": "Undid the year roll-over",
    "school.restore": "Put a backup back",
    "staff.add": "Added a member of staff",
    "staff.change": "Changed a member of staff",
    "staff.groups": "Gave somebody groups",
    "staff.password": "Set a password",
    "student.add": "Added a student",
    "student.change": "Changed a student",
    "student.export": "Prepared all that is held about a student",
    "student.leave": "Noted that a student leaves",
    "student.merge": "Made two records of one student one",
    "student.move": "Moved a student to another group",
    "student.part-time": "Added to a part-time timetable",
    "student.part-time-end": "Ended a part of a part-time timetable",
    "student.return": "Noted that a student is back",
    "student.unmerge": "Made one record of a student two again",
    "tablet.code": "Made a code for a tablet",
    "tablet.enrol": "Enrolled a tablet",
    "tablet.flood": "Stopped taking entries that cannot be used from a tablet for the day",
    "tablet.rename": "Renamed a tablet",
    "tablet.revoke": "Took a tablet out of use",
    "timetable.add": "Added a lesson to the timetable",
    "timetable.change": "Changed a lesson of the timetable",
    "timetable.remove": "Removed a lesson from the timetable",
}
"""Events in words. One that is not here is shown by its name."""

COLUMNS = ("Line", "Date", "Time", "Who", "Event", "What happened", "About", "Details")


class Filter(NamedTuple):
    """What is asked for; empty or None: all. `before` is the number of the line the page ends before."""

    person: str
    event: str
    day: date | None
    before: int | None


def chosen(args: Mapping[str, str]) -> Filter:
    return Filter(
        args.get("person", ""), args.get("event", ""), parse_day(args.get("day")), number(args.get("before", ""))
    )


def page(asked: Filter) -> dict[str, Any]:
    """All the page shows, the newest line first."""
    found = list(db.session.scalars(_query(asked).limit(A_PAGE + 1)))
    lines = found[:A_PAGE]
    return {
        "lines": [_line(line) for line in lines],
        "earlier": lines[-1].sequence if len(found) > A_PAGE else None,
        "people": _people(),
        "events": sorted(EVENTS.items(), key=lambda pair: pair[1]),
        "asked": {"person": asked.person, "event": asked.event, "day": asked.day.isoformat() if asked.day else ""},
    }


def sheet(asked: Filter) -> list[list[Any]]:
    """All lines asked for as a table, the first with its headings."""
    return [list(COLUMNS), *(_row(line) for line in db.session.scalars(_query(asked)))]


def words_of(event: str) -> str:
    return EVENTS.get(event, event)


def about_words(about: str) -> str:
    """A row of the school in words: "student:12" is "Zoë Okafor"."""
    kind, _, key = about.partition(":")
    if kind == "student" and (student := db.session.get(Student, number(key) or 0)):
        return student.name
    if kind == "staff" and (person := db.session.get(Staff, key)):
        return person.name
    if kind == "tablet" and (tablet := db.session.get(Device, key)):
        return tablet.name
    if kind == "import" and (run := db.session.get(ImportRun, number(key) or 0)):
        return run.file or KIND_NAMES[run.kind]
    if kind == "guess":
        return guessed_words(key)
    return guessed_words(about) if kind in GUESSED else about


def _query(asked: Filter) -> Select[AuditLine]:
    query = select(AuditLine).order_by(AuditLine.sequence.desc())
    if asked.person:
        query = query.where(AuditLine.by == asked.person)
    if asked.event:
        query = query.where(AuditLine.event == asked.event)
    if asked.day:
        query = query.where(AuditLine.at >= local_moment(asked.day), AuditLine.at < day_end(asked.day))
    return query.where(AuditLine.sequence < asked.before) if asked.before else query


def _people() -> list[tuple[str, str]]:
    """Everybody who may have done something: asking the trail itself would mean to read all of it."""
    staff = sorted(db.session.scalars(select(Staff)), key=lambda person: (person.sort, person.id))
    return [*NOBODYS.items(), *((person.id, person.name) for person in staff)]


def _line(line: AuditLine) -> dict[str, Any]:
    day = local_date(line.at)
    return {
        "when": f"{day_words(day)} {day.year}, {clock_words(line.at)}",
        "who": _name(line.by),
        "what": words_of(line.event),
        "about": about_words(line.about),
        "details": _details(line),
    }


def _row(line: AuditLine) -> list[Any]:
    said = (_name(line.by), line.event, words_of(line.event), about_words(line.about), _details(line))
    return [line.sequence, local_date(line.at), clock_words(line.at), *said]


def _details(line: AuditLine) -> str:
    """The facts in a line: "duty: floor"."""
    facts: dict[str, str] = json.loads(line.facts)
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in facts.items())


def _name(by: str) -> str:
    return NOBODYS.get(by) or who(by)
